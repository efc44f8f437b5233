//! Made for an eye or another program: tables, charts, the report page and the manifest as files.
//!
//! It computes no result: every number that it shows stands in a table that it was given.

use std::path::{Path, PathBuf};

use crate::scenario::Scenario;
use crate::table::Table;

pub mod answer;
pub mod cards;
pub mod caution;
pub mod chart;
pub mod csv;
pub mod departures;
pub mod figure;
pub mod findings;
pub mod folder;
pub mod handbook;
pub mod html;
pub mod index;
pub mod listing;
pub mod manifest;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod picture;
pub mod policy;
pub mod reading;
pub mod redraw;
pub mod restore;
mod shelf;
pub mod study;
pub mod summary;
pub mod wording;
pub mod write;

use shelf::{GoOn, Shelf};

pub use manifest::{ManifestFacts, Published, WrittenFile};

/// Everything that a report tells.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The checked scenario.
    pub scenario: &'a Scenario,
    /// The same with every default filled in, for the manifest.
    pub resolved: &'a serde_json::Value,
    /// What the scenario file says of its settings in comments: an object of texts by place; null when nothing is known.
    pub remarks: &'a serde_json::Value,
    /// The tables, combined over replications: every number column `x` has `x_low` and `x_high`.
    pub tables: &'a [Table],
    /// Sentences that a reader must see before trusting a number; further lines of one are small print.
    pub warnings: &'a [String],
    /// The program's version.
    pub version: &'a str,
    /// BLAKE3 digest of the resolved scenario, hexadecimal.
    pub digest: &'a str,
    /// The command that repeats the report.
    pub command: &'a str,
    /// What came of a precision that was asked for, as the manifest tells it: an object with its `sentence`;
    /// null when none was.
    pub precision: &'a serde_json::Value,
}

/// Why a report could not be written. The message names the file and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The system refused.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The target is a link.
    #[error("{} is a symbolic link: results are never written through links; name the real place", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The output folder holds something.
    #[error("{} is not empty: choose another output folder, or replace it with --force", path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder holds something that is no report.
    #[error(
        "{} is not empty and holds no earlier report (no manifest.json): it is not replaced even with --force; choose another output folder",
        path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder holds an earlier report and files of somebody else.
    #[error(
        "{} holds files that Ecotone did not write ({}): it is not replaced even with --force",
        path.display(),
        some(files)
    )]
    Strangers {
        /// The folder.
        path: PathBuf,
        /// The files, relative to the folder.
        files: Vec<String>,
    },
    /// Who waits for the report asked to stop; nothing was written.
    #[error("interrupted; nothing was written")]
    Interrupted,
    /// A result cannot be read back.
    #[error("{}: {rule}; {remedy}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        rule: String,
        /// What to do.
        remedy: String,
    },
    /// A table or chart could not be encoded.
    #[error("cannot encode {name}: {message}; this is a bug in Ecotone")]
    Encode {
        /// The file.
        name: String,
        /// What the encoder said.
        message: String,
    },
}

/// The first few names of a list, and how many more there are.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
    format!("{}{more}", names[..names.len().min(SHOWN)].join(", "))
}

/// Writes the whole report: `tables/`, `charts/`, `report.html` and `manifest.json`.
///
/// The folder appears complete or not at all. Two calls with the same story write the same bytes, the
/// manifest aside.
///
/// # Errors
/// When the folder is not free (see [`folder::Folder::prepare`]) or a file cannot be written.
pub fn publish(
    story: &Story,
    folder: &Path,
    force: bool,
    facts: &ManifestFacts,
) -> Result<Published, ReportError> {
    publish_while(story, (folder, force), facts, &|| true)
}

/// The same for who may want to stop: `go_on` is asked before every drawing and every file. Once it answers no,
/// an earlier report stays as it was.
///
/// # Errors
/// [`ReportError::Interrupted`], and those of [`publish`].
pub fn publish_while(
    story: &Story,
    (folder, force): (&Path, bool),
    facts: &ManifestFacts,
    go_on: GoOn,
) -> Result<Published, ReportError> {
    let mut shelf = Shelf::open(folder, force, go_on)?;
    let leaves = chart::leaves(story);
    let page = || Ok(html::page(story, &leaves)?.into_bytes());
    shelf.put_result(story.tables, &leaves, Box::new(page))?;
    let mut more = serde_json::Map::new();
    more.insert("answer".to_owned(), answer::answer(story).into());
    if !story.precision.is_null() {
        more.insert("precision".to_owned(), story.precision.clone());
    }
    let manifest = manifest::manifest_text(story, facts, shelf.files(), ("run", more));
    shelf.put("manifest.json".to_owned(), manifest.as_bytes())?;
    shelf.close()
}
