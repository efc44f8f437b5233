//! The manifest: what produced the folder, and a digest of every file in it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::report::Story;

/// What only the caller knows about the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManifestFacts {
    /// Worker threads; decides who computes, never what.
    pub threads: usize,
    /// Date and time of the start, ISO 8601; empty when unknown.
    pub started: String,
    /// Seconds by stage, in order, for example `("simulate", 12.3)`.
    pub seconds: Vec<(String, f64)>,
}

/// One written file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Path relative to the output folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 digest, hexadecimal.
    pub blake3: String,
}

/// A finished output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The folder.
    pub folder: PathBuf,
    /// Its files in order of writing; the manifest last.
    pub files: Vec<WrittenFile>,
}

impl WrittenFile {
    /// The record of a file with that content.
    pub fn of(path: String, content: &[u8]) -> Self {
        let blake3 = blake3::hash(content).to_hex().to_string();
        Self { path, bytes: content.len() as u64, blake3 }
    }
}

/// The paths of the files that a manifest names; none when it is no manifest.
pub fn files_named(manifest: &str) -> BTreeSet<String> {
    let read: Value = serde_json::from_str(manifest).unwrap_or_default();
    let files = read["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    files.iter().filter_map(|file| file["path"].as_str()).map(str::to_owned).collect()
}

/// The manifest as indented JSON with a final line break; `kind` is the verb that made the folder, and
/// `more` adds entries of that kind.
pub fn manifest_text(
    story: &Story,
    facts: &ManifestFacts,
    files: &[WrittenFile],
    (kind, more): (&str, Map<String, Value>),
) -> String {
    let seconds: Map<String, Value> =
        facts.seconds.iter().map(|(stage, seconds)| (stage.clone(), json!(seconds))).collect();
    let files: Vec<Value> = files
        .iter()
        .map(|file| json!({ "path": file.path, "bytes": file.bytes, "blake3": file.blake3 }))
        .collect();
    let mut manifest = json!({
        "program": "ecotone",
        "kind": kind,
        "version": story.version,
        "scenario": story.scenario.name,
        "digest": story.digest,
        "command": story.command,
        "seed": story.scenario.run.seed,
        "replications": story.scenario.run.replications,
        "confidence": story.scenario.run.confidence,
        "threads": facts.threads,
        "started": facts.started,
        "seconds": seconds,
        "warnings": story.warnings,
        "files": files,
        "settings": story.resolved,
    });
    for (name, value) in more {
        manifest[name] = value;
    }
    format!("{manifest:#}\n")
}
