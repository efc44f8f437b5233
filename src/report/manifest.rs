//! The manifest: what produced the folder, and a digest of every file in it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::report::Story;
use crate::table::{Cells, Column, Kind, Table, Unit};

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

/// A table's columns as the manifest tells them, enough to read its CSV back.
fn described(table: &Table) -> Value {
    let column = |column: &Column| json!({ "name": column.name, "kind": kind(column), "unit": column.unit });
    json!({
        "name": table.name,
        "title": table.title,
        "columns": table.columns.iter().map(column).collect::<Vec<Value>>(),
    })
}

fn kind(column: &Column) -> &'static str {
    match column.cells {
        Cells::Text { .. } => "text",
        Cells::Integer(_) => "integer",
        Cells::Number(_) => "number",
    }
}

/// The tables that a manifest tells of, without rows; `None` when it does not.
pub fn tables_described(manifest: &Value) -> Option<Vec<Table>> {
    let column = |told: &Value| {
        let kind = match told["kind"].as_str()? {
            "text" => Kind::Text,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            _ => return None,
        };
        let unit: Unit = serde_json::from_value(told["unit"].clone()).ok()?;
        Some((told["name"].as_str()?.to_owned(), kind, unit))
    };
    let table = |told: &Value| {
        let columns = told["columns"].as_array()?.iter().map(column).collect::<Option<Vec<_>>>()?;
        let columns: Vec<(&str, Kind, Unit)> =
            columns.iter().map(|(name, kind, unit)| (name.as_str(), *kind, *unit)).collect();
        Some(Table::new(told["name"].as_str()?, told["title"].as_str()?, &columns))
    };
    manifest["tables"].as_array()?.iter().map(table).collect()
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
        "tables": story.tables.iter().map(described).collect::<Vec<Value>>(),
        "files": files,
        "settings": story.resolved,
        "remarks": story.remarks,
    });
    for (name, value) in more {
        manifest[name] = value;
    }
    format!("{manifest:#}\n")
}
