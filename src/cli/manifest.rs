//! What the program reads of a result's `manifest.json`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

/// Longest manifest that is read, bytes.
const LONGEST: u64 = 64 << 20;

/// The entries that a rerun needs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Manifest {
    /// The version of Ecotone that wrote the result.
    pub version: String,
    /// The command as the report shows it.
    pub command: String,
    /// The scenario with every setting filled in.
    pub settings: Value,
    /// What the scenario file says of its settings in comments, which the settings no longer tell.
    #[serde(default)]
    pub remarks: Value,
    /// What the report warns of; the checker's words about the file itself cannot be found again.
    pub warnings: Option<Vec<String>>,
    /// What came of a precision that was asked for; null when none was.
    #[serde(default)]
    pub precision: Value,
}

/// Reads the manifest of a result folder.
pub fn read(folder: &Path) -> Result<Manifest> {
    let path = folder.join("manifest.json");
    let mut text = String::new();
    let read = File::open(&path)
        .and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text))
        .with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(read as u64 <= LONGEST, "{} is longer than {LONGEST} bytes", path.display());
    serde_json::from_str(&text).with_context(|| format!("{} is not a manifest of Ecotone", path.display()))
}
