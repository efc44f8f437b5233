//! Reads a result folder back: manifest, scenario and tables, so that it can be drawn again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::parallel;
use crate::report::study::{StudyKind, StudyStory};
use crate::report::{ReportError, Story, WrittenFile, csv, manifest};
use crate::scenario::Scenario;
use crate::scenario::check::check;
use crate::scenario::document::Document;
use crate::table::Table;

/// A result as it was told when it was written.
#[derive(Debug)]
pub struct Restored {
    /// The folder.
    pub folder: PathBuf,
    /// The whole manifest.
    pub manifest: Value,
    /// The scenario, or that of which the study departs.
    pub scenario: Scenario,
    /// The tables.
    pub tables: Vec<Table>,
    /// Files of tables that are not the bytes that the manifest names.
    pub changed: Vec<String>,
    /// Kind and design of a study; nothing for a run.
    study: Option<(StudyKind, Vec<(String, String)>)>,
    warnings: Vec<String>,
}

/// Reads a result folder.
///
/// # Errors
/// When a file is missing or is not what Ecotone writes.
pub fn restore(folder: &Path) -> Result<Restored, ReportError> {
    let manifest = read_manifest(folder)?;
    let path = folder.join("manifest.json");
    let kind = manifest["kind"].as_str().unwrap_or("run");
    let study = match kind {
        "run" => None,
        word => {
            let unknown = || unreadable(&path, format!("\"{word}\" is no kind of result"), NEWER);
            Some((StudyKind::of(word).ok_or_else(unknown)?, design(&manifest)))
        }
    };
    let settings = if study.is_some() { &manifest["settings"]["scenario"] } else { &manifest["settings"] };
    let scenario = scenario(settings, &path)?;
    let (tables, changed) = tables(folder, &manifest)?;
    let warnings = texts(&manifest["warnings"]);
    Ok(Restored { folder: folder.to_owned(), manifest, scenario, tables, changed, study, warnings })
}

/// Remedy for what an older version did not write.
const AGAIN: &str = "repeat the run with this version of Ecotone";
/// Remedy for what only a newer version knows.
const NEWER: &str = "it was perhaps written by a newer version of Ecotone";

/// The manifest of a result folder.
///
/// # Errors
/// When there is none, or it is not JSON.
pub fn read_manifest(folder: &Path) -> Result<Value, ReportError> {
    let path = folder.join("manifest.json");
    let remedy = "name the folder of a result, such as output/first_try";
    let text = fs::read_to_string(&path)
        .map_err(|error| unreadable(&path, format!("cannot be read: {error}"), remedy))?;
    let manifest: Value = serde_json::from_str(&text)
        .map_err(|error| unreadable(&path, format!("is not JSON: {error}"), remedy))?;
    if manifest["program"] == "ecotone" {
        Ok(manifest)
    } else {
        Err(unreadable(&path, "is not a manifest of Ecotone".to_owned(), remedy))
    }
}

fn unreadable(path: &Path, rule: String, remedy: &str) -> ReportError {
    ReportError::Unreadable { path: path.to_owned(), rule, remedy: remedy.to_owned() }
}

/// Charts ask nothing of who knows whom, so an edge list that is elsewhere by now is not missed.
fn scenario(settings: &Value, path: &Path) -> Result<Scenario, ReportError> {
    let mut settings = settings.clone();
    if settings["ties"]["kind"] == "edge_list" {
        settings["ties"]["kind"] = "matching".into();
        settings["ties"]["file"] = "".into();
    }
    let refused = |faults: Vec<crate::scenario::fault::Fault>| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        unreadable(path, format!("its settings are no scenario of this version: {first}"), AGAIN)
    };
    let document = Document::from_resolved(&settings, &path.display().to_string(), Path::new("."));
    Ok(check(&document.map_err(refused)?).map_err(refused)?.scenario)
}

/// All tables, and the files that changed since they were written.
fn tables(folder: &Path, manifest: &Value) -> Result<(Vec<Table>, Vec<String>), ReportError> {
    let path = folder.join("manifest.json");
    let mut tables = manifest::tables_described(manifest)
        .ok_or_else(|| unreadable(&path, "does not tell the columns of its tables".to_owned(), AGAIN))?;
    let read = parallel::map_ordered(&tables, |empty| -> Result<(Table, Option<String>), ReportError> {
        let name = format!("tables/{}.csv", empty.name);
        let path = folder.join(&name);
        let failed = |rule: String| unreadable(&path, rule, AGAIN);
        let bytes = fs::read(&path).map_err(|error| failed(format!("cannot be read: {error}")))?;
        let mut table = empty.clone();
        csv::fill(&mut table, &bytes).map_err(failed)?;
        let is_whole = recorded(manifest, &name)
            .is_some_and(|digest| digest == WrittenFile::of(name.clone(), &bytes).blake3);
        Ok((table, (!is_whole).then_some(name)))
    });
    let mut changed = Vec::new();
    tables.clear();
    for one in read {
        let (table, name) = one?;
        tables.push(table);
        changed.extend(name);
    }
    Ok((tables, changed))
}

/// The digest of a file as the manifest tells it.
pub fn recorded(manifest: &Value, path: &str) -> Option<String> {
    let file = manifest["files"].as_array()?.iter().find(|file| file["path"] == path)?;
    file["blake3"].as_str().map(str::to_owned)
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn design(manifest: &Value) -> Vec<(String, String)> {
    let pairs = manifest["design"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    pairs.iter().map(|pair| (text(&pair["name"]), text(&pair["value"]))).collect()
}

impl Restored {
    /// The story of a run.
    pub fn story(&self) -> Story<'_> {
        Story {
            scenario: &self.scenario,
            resolved: &self.manifest["settings"],
            remarks: &self.manifest["remarks"],
            tables: &self.tables,
            warnings: &self.warnings,
            version: self.text("version"),
            digest: self.text("digest"),
            command: self.text("command"),
            precision: &self.manifest["precision"],
        }
    }

    /// The story of a study; nothing for a run.
    pub fn study(&self) -> Option<StudyStory<'_>> {
        let (kind, facts) = self.study.as_ref()?;
        Some(StudyStory {
            kind: *kind,
            scenario: &self.scenario,
            resolved: &self.manifest["settings"],
            remarks: &self.manifest["remarks"],
            title: self.text("title"),
            question: self.text("question"),
            answer: self.text("answer"),
            facts,
            tables: &self.tables,
            warnings: &self.warnings,
            version: self.text("version"),
            digest: self.text("digest"),
            command: self.text("command"),
        })
    }

    fn text(&self, name: &str) -> &str {
        self.manifest[name].as_str().unwrap_or_default()
    }
}
