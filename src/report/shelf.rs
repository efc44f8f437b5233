//! A result folder in the making: tables, charts and single files, in order of writing.

use std::path::Path;

use crate::parallel;
use crate::report::chart::look::Look;
use crate::report::folder::Folder;
use crate::report::picture::{Format, Leaf};
use crate::report::{Published, ReportError, WrittenFile, csv, write};
use crate::table::Table;

/// Whether to go on; asked before every file and every drawing.
pub type GoOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// The folder in the making and what already stands in it.
pub struct Shelf<'a> {
    folder: Folder,
    files: Vec<WrittenFile>,
    go_on: GoOn<'a>,
}

impl<'a> Shelf<'a> {
    /// An empty shelf for a folder; see [`Folder::prepare`]. Once `go_on` answers no, nothing more is drawn or
    /// written, and what stood in the folder before stays.
    ///
    /// # Errors
    /// When the folder is not free.
    pub fn open(folder: &Path, force: bool, go_on: GoOn<'a>) -> Result<Self, ReportError> {
        Ok(Self { folder: Folder::prepare(folder, force)?, files: Vec::new(), go_on })
    }

    /// What was written so far.
    pub fn files(&self) -> &[WrittenFile] {
        &self.files
    }

    /// Writes one file.
    ///
    /// # Errors
    /// When the system refuses, or nobody wants to go on.
    pub fn put(&mut self, path: String, content: &[u8]) -> Result<(), ReportError> {
        refuse_stopped(self.go_on)?;
        write::write_atomic(&self.folder.path().join(&path), content)?;
        self.files.push(WrittenFile::of(path, content));
        Ok(())
    }

    /// Writes all tables and the dictionary of their columns into `tables/`.
    ///
    /// # Errors
    /// When the system refuses, or nobody wants to go on.
    pub fn put_tables(&mut self, tables: &[Table]) -> Result<(), ReportError> {
        self.folder("tables")?;
        self.put("tables/columns.csv".to_owned(), &csv::dictionary_bytes(tables)?)?;
        for table in tables {
            self.put(format!("tables/{}.csv", table.name), &csv::table_bytes(table)?)?;
            #[cfg(feature = "parquet")]
            self.put(format!("tables/{}.parquet", table.name), &crate::report::parquet::table_bytes(table)?)?;
        }
        Ok(())
    }

    /// Draws every leaf into `charts/`, in every format.
    ///
    /// # Errors
    /// When the encoder or the system refuses, or nobody wants to go on.
    pub fn put_charts(&mut self, leaves: &[Leaf]) -> Result<(), ReportError> {
        self.folder("charts")?;
        for (path, drawn) in drawn(leaves, &[Format::Svg, Format::Png], Look::default(), self.go_on) {
            self.put(path, &drawn?)?;
        }
        Ok(())
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// When the system refuses (see [`Folder::finish`]), or nobody wants to go on.
    pub fn close(self) -> Result<Published, ReportError> {
        refuse_stopped(self.go_on)?;
        Ok(Published { folder: self.folder.finish()?, files: self.files })
    }

    fn folder(&self, name: &str) -> Result<(), ReportError> {
        let path = self.folder.path().join(name);
        std::fs::create_dir(&path).map_err(|source| ReportError::Write { path, source })
    }
}

/// An error when nobody wants to go on.
pub fn refuse_stopped(go_on: GoOn) -> Result<(), ReportError> {
    if go_on() { Ok(()) } else { Err(ReportError::Interrupted) }
}

/// Every leaf in every format: path in the folder and content; an error for those that nobody waits for.
pub fn drawn(
    leaves: &[Leaf],
    formats: &[Format],
    look: Look,
    go_on: GoOn,
) -> Vec<(String, Result<Vec<u8>, ReportError>)> {
    let pairs: Vec<(&Leaf, Format)> =
        leaves.iter().flat_map(|leaf| formats.iter().map(move |&format| (leaf, format))).collect();
    parallel::map_ordered(&pairs, |(leaf, format)| {
        let path = format!("charts/{}.{}", leaf.name, format.word());
        (path, refuse_stopped(go_on).and_then(|()| leaf.file(*format, look)))
    })
}
