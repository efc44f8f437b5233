//! Compares two result folders byte for byte.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The one file that may differ: it tells times and threads.
const MANIFEST: &str = "manifest.json";

/// What was found.
pub struct Comparison {
    /// Files compared.
    pub files: usize,
    /// One line for each file that differs.
    pub differences: Vec<String>,
}

/// Compares every file but the manifest.
pub fn compare(stored: &Path, fresh: &Path) -> Result<Comparison> {
    let (in_stored, in_fresh) = (files(stored)?, files(fresh)?);
    let all: BTreeSet<&PathBuf> = in_stored.union(&in_fresh).collect();
    let mut differences = Vec::new();
    for &file in &all {
        let shown = file.display();
        match (in_stored.contains(file), in_fresh.contains(file)) {
            (false, _) => differences.push(format!("{shown}: missing")),
            (_, false) => differences.push(format!("{shown}: a rerun does not write it")),
            _ => differences.extend(first_difference(stored, fresh, file)?),
        }
    }
    Ok(Comparison { files: all.len(), differences })
}

fn first_difference(stored: &Path, fresh: &Path, file: &Path) -> Result<Option<String>> {
    let old = read(&stored.join(file))?;
    let new = read(&fresh.join(file))?;
    if old == new {
        return Ok(None);
    }
    let place = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let sizes = format!("{} bytes stored, {} bytes again", old.len(), new.len());
    Ok(Some(format!("{}: differs from byte {place} on ({sizes})", file.display())))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// All files below a folder, relative to it; links to folders are named, never followed.
fn files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    collect(folder, Path::new(""), &mut found)
        .with_context(|| format!("cannot list {}", folder.display()))?;
    found.remove(Path::new(MANIFEST));
    Ok(found)
}

fn collect(folder: &Path, below: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let relative = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(folder, &relative, found)?;
        } else {
            found.insert(relative);
        }
    }
    Ok(())
}
