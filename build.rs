//! A digest of the sources that make results, so that a stored run is never mistaken for that of other code.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms below `src/` that only show results; a change there leaves stored runs valid.
const PRESENTATION: [&str; 3] = ["cli", "report", "guide"];

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=Cargo.lock");
    // Another version of a dependency may be other arithmetic.
    let mut files = vec![PathBuf::from("Cargo.lock")];
    gather(Path::new("src"), &mut files);
    files.sort();
    // FNV-1a, 128 bits; line ends do not count, since some checkouts change them.
    let mut digest = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for file in &files {
        let content = fs::read(file).unwrap_or_default();
        for byte in content.into_iter().filter(|&byte| byte != b'\r') {
            digest = (digest ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
    println!("cargo:rustc-env=ECOTONE_SOURCES={digest:032x}");
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() && !PRESENTATION.iter().any(|room| name == *room) {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}
