//! The report of a study, that is of many runs: tables, charts, page and manifest, written as a run's are.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::report::chart::study as charts;
use crate::report::{GoOn, ManifestFacts, Published, ReportError, Shelf, Story, manifest};
use crate::scenario::Scenario;
use crate::table::Table;

pub mod form;
pub mod outcome;
pub mod page;
pub mod quantity;
pub mod setting;
pub mod summary;

/// What a study does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyKind {
    /// Sets treatments beside a control.
    Compare,
    /// Varies settings over levels.
    Sweep,
    /// Ranks settings by their influence.
    Sensitivity,
    /// Splits a gap between two platforms among groups of settings.
    Decompose,
    /// Fits settings to published figures.
    Calibrate,
    /// Spreads uncertain settings and chance over outcomes.
    Fan,
}

impl StudyKind {
    /// The verb of the program, as it stands in the manifest.
    pub fn word(self) -> &'static str {
        match self {
            StudyKind::Compare => "compare",
            StudyKind::Sweep => "sweep",
            StudyKind::Sensitivity => "sensitivity",
            StudyKind::Decompose => "decompose",
            StudyKind::Calibrate => "calibrate",
            StudyKind::Fan => "fan",
        }
    }

    /// The kind with that word.
    pub fn of(word: &str) -> Option<Self> {
        use StudyKind::{Calibrate, Compare, Decompose, Fan, Sensitivity, Sweep};
        [Compare, Sweep, Sensitivity, Decompose, Calibrate, Fan].into_iter().find(|kind| kind.word() == word)
    }

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            StudyKind::Compare => "Comparison",
            StudyKind::Sweep => "Sweep",
            StudyKind::Sensitivity => "Sensitivity",
            StudyKind::Decompose => "Decomposition",
            StudyKind::Calibrate => "Calibration",
            StudyKind::Fan => "Uncertainty",
        }
    }
}

/// Everything that the report of a study tells.
#[derive(Clone, Copy, Debug)]
pub struct StudyStory<'a> {
    /// What was done.
    pub kind: StudyKind,
    /// The checked scenario from which the study departs: the control, the base.
    pub scenario: &'a Scenario,
    /// The study and the scenario with every default filled in, for the manifest.
    pub resolved: &'a Value,
    /// What the scenario file says of its settings in comments: an object of texts by place; null when nothing is known.
    pub remarks: &'a Value,
    /// Heading.
    pub title: &'a str,
    /// The question, one or two sentences; may be empty.
    pub question: &'a str,
    /// The answer in one sentence with its interval; may be empty.
    pub answer: &'a str,
    /// Label and value pairs about the design: runs, replications, seed, settings varied.
    pub facts: &'a [(String, String)],
    /// The tables of the study; the charts read those named in [`charts::STUDY_CHARTS`].
    pub tables: &'a [Table],
    /// Sentences that a reader must see before trusting a number; further lines of one are small print.
    pub warnings: &'a [String],
    /// The program's version.
    pub version: &'a str,
    /// BLAKE3 digest of the resolved study, hexadecimal.
    pub digest: &'a str,
    /// The command that repeats the study.
    pub command: &'a str,
}

impl<'a> StudyStory<'a> {
    /// The same as the story of one report, for what charts of runs and of studies share.
    pub fn story(&self) -> Story<'a> {
        Story {
            scenario: self.scenario,
            resolved: self.resolved,
            remarks: self.remarks,
            tables: self.tables,
            warnings: self.warnings,
            version: self.version,
            digest: self.digest,
            command: self.command,
            precision: &Value::Null,
        }
    }

    /// The table of that name.
    pub fn table(&self, name: &str) -> Option<&'a Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// Writes the whole report of a study: `tables/`, `charts/`, `report.html` and `manifest.json`,
/// and the further `files` by name.
///
/// The folder appears complete or not at all. Two calls with the same story write the same bytes, the
/// manifest aside.
///
/// # Errors
/// When the folder is not free (see [`crate::report::folder::Folder::prepare`]) or a file cannot be written.
pub fn publish_study(
    study: &StudyStory,
    files: &[(String, Vec<u8>)],
    (folder, force): (&Path, bool),
    facts: &ManifestFacts,
) -> Result<Published, ReportError> {
    publish_study_while(study, files, ((folder, force), facts), &|| true)
}

/// The same for who may want to stop; see [`crate::report::publish_while`].
///
/// # Errors
/// [`ReportError::Interrupted`], and those of [`publish_study`].
pub fn publish_study_while(
    study: &StudyStory,
    files: &[(String, Vec<u8>)],
    ((folder, force), facts): ((&Path, bool), &ManifestFacts),
    go_on: GoOn,
) -> Result<Published, ReportError> {
    let mut shelf = Shelf::open(folder, force, go_on)?;
    let leaves = charts::leaves(study);
    let page = || Ok(page::page(study, &leaves)?.into_bytes());
    shelf.put_result(study.tables, &leaves, Box::new(page))?;
    for (name, content) in files {
        shelf.put(name.clone(), content)?;
    }
    let kind = (study.kind.word(), told(study));
    let manifest = manifest::manifest_text(&study.story(), facts, shelf.files(), kind);
    shelf.put("manifest.json".to_owned(), manifest.as_bytes())?;
    shelf.close()
}

/// What the manifest of a study says beyond that of a run.
fn told(study: &StudyStory) -> Map<String, Value> {
    let design: Vec<Value> =
        study.facts.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let pairs = [
        ("title", json!(study.title)),
        ("question", json!(study.question)),
        ("answer", json!(study.answer)),
        ("design", Value::Array(design)),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
