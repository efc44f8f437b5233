//! Made for an eye or another program: tables, charts, the report page and the manifest as files.
//!
//! It computes no result: every number that it shows stands in a table that it was given.

use std::path::{Path, PathBuf};

use crate::parallel;
use crate::scenario::Scenario;
use crate::table::Table;

pub mod cards;
pub mod caution;
pub mod chart;
pub mod csv;
pub mod findings;
pub mod folder;
pub mod html;
pub mod manifest;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod reading;
pub mod summary;
pub mod wording;
pub mod write;

pub use manifest::{ManifestFacts, Published, WrittenFile};

/// Everything that a report tells.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The checked scenario.
    pub scenario: &'a Scenario,
    /// The same with every default filled in, for the manifest.
    pub resolved: &'a serde_json::Value,
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
    let mut shelf = Shelf { folder: folder::Folder::prepare(folder, force)?, files: Vec::new() };
    write_tables(story, &mut shelf)?;
    let pictures = write_charts(story, &mut shelf)?;
    shelf.put("report.html".to_owned(), html::page(story, &pictures)?.as_bytes())?;
    let manifest = manifest::manifest_text(story, facts, &shelf.files);
    shelf.put("manifest.json".to_owned(), manifest.as_bytes())?;
    Ok(Published { folder: shelf.folder.finish()?, files: shelf.files })
}

/// The folder in the making and what already stands in it.
struct Shelf {
    folder: folder::Folder,
    files: Vec<WrittenFile>,
}

impl Shelf {
    fn put(&mut self, path: String, content: &[u8]) -> Result<(), ReportError> {
        write::write_atomic(&self.folder.path().join(&path), content)?;
        self.files.push(WrittenFile::of(path, content));
        Ok(())
    }

    fn folder(&self, name: &str) -> Result<(), ReportError> {
        let path = self.folder.path().join(name);
        std::fs::create_dir(&path).map_err(|source| ReportError::Write { path, source })
    }
}

fn write_tables(story: &Story, shelf: &mut Shelf) -> Result<(), ReportError> {
    shelf.folder("tables")?;
    shelf.put("tables/columns.csv".to_owned(), &csv::dictionary_bytes(story.tables)?)?;
    for table in story.tables {
        shelf.put(format!("tables/{}.csv", table.name), &csv::table_bytes(table)?)?;
        #[cfg(feature = "parquet")]
        shelf.put(format!("tables/{}.parquet", table.name), &parquet::table_bytes(table)?)?;
    }
    Ok(())
}

fn write_charts(story: &Story, shelf: &mut Shelf) -> Result<Vec<html::Picture>, ReportError> {
    shelf.folder("charts")?;
    let shown = chart::shown(story);
    let mut pictures = Vec::new();
    for drawn in parallel::map_ordered(&shown, |chart| draw(story, chart)) {
        let (picture, png) = drawn?;
        let name = picture.chart.name;
        shelf.put(format!("charts/{name}.svg"), picture.svg.as_bytes())?;
        shelf.put(format!("charts/{name}.png"), &png)?;
        pictures.push(picture);
    }
    Ok(pictures)
}

/// A chart for the page and as a PNG file.
fn draw(story: &Story, chart: &'static chart::Chart) -> Result<(html::Picture, Vec<u8>), ReportError> {
    let sheet = (chart.draw)(story);
    let svg = chart::canvas::svg(&sheet)?;
    let png = chart::canvas::png(&sheet)?;
    Ok((html::Picture { chart, alternative: sheet.alternative(), svg }, png))
}
