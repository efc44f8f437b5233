//! What the report promises: whole files, inert names, the same bytes, calm charts.

#![cfg(feature = "report")]

mod report_story;

use std::fs;
use std::path::{Path, PathBuf};

use ecotone::report::chart::{CHARTS, render_png, render_svg};
use ecotone::report::{ManifestFacts, ReportError, publish, write::write_atomic};
use report_story::{HOSTILE, Invented};

const PLAIN: [&str; 2] = ["NetEase Cloud Music", "QQ Music"];

fn facts() -> ManifestFacts {
    ManifestFacts { threads: 2, started: String::new(), seconds: vec![("simulate".to_owned(), 1.5)] }
}

/// Every file below a folder with its bytes, by relative path.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Published into the build folder, where it can be looked at.
#[test]
fn a_report_holds_every_table_and_chart_and_the_manifest_names_them() {
    for (name, platforms, replications) in [("plain", &PLAIN[..], 20), ("hostile", &HOSTILE[..], 1)] {
        let invented = Invented::new(platforms, replications);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report").join(name);
        let published = publish(&invented.story(), &folder, true, &facts()).unwrap();
        let on_disk = contents(&folder);
        assert_eq!(on_disk.len(), published.files.len());
        for table in &invented.tables {
            assert!(folder.join(format!("tables/{}.csv", table.name)).is_file());
        }
        for chart in CHARTS {
            assert!(folder.join(format!("charts/{}.svg", chart.name)).is_file());
            assert!(folder.join(format!("charts/{}.png", chart.name)).is_file());
        }
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
        for file in manifest["files"].as_array().unwrap() {
            let bytes = fs::read(folder.join(file["path"].as_str().unwrap())).unwrap();
            assert_eq!(file["bytes"], bytes.len());
            assert_eq!(file["blake3"], blake3::hash(&bytes).to_hex().as_str());
        }
        assert_eq!(manifest["settings"], invented.resolved);
    }
}
