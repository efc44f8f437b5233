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

    /// Writes all tables and the dictionary of their columns into `tables/`, every leaf in every format into `charts/`,
    /// and the page; many files at a time.
    ///
    /// # Errors
    /// When an encoder or the system refuses, or nobody wants to go on.
    pub fn put_result(&mut self, tables: &[Table], leaves: &[Leaf], page: Make) -> Result<(), ReportError> {
        self.folder("tables")?;
        self.folder("charts")?;
        let mut works = table_works(tables);
        works.extend(chart_works(leaves));
        works.push(Work { path: "report.html".to_owned(), make: page });
        let written = parallel::map_ordered(&works, |work| {
            refuse_stopped(self.go_on)?;
            let content = (work.make)()?;
            write::write_atomic(&self.folder.path().join(&work.path), &content)?;
            Ok(WrittenFile::of(work.path.clone(), &content))
        });
        for file in written {
            self.files.push(file?);
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

/// How the content of a file is made.
pub type Make<'a> = Box<dyn Fn() -> Result<Vec<u8>, ReportError> + Send + Sync + 'a>;

/// A file to be made.
struct Work<'a> {
    path: String,
    make: Make<'a>,
}

fn table_works(tables: &[Table]) -> Vec<Work<'_>> {
    let mut works = vec![Work {
        path: "tables/columns.csv".to_owned(),
        make: Box::new(|| csv::dictionary_bytes(tables)),
    }];
    for table in tables {
        let path = |ending: &str| format!("tables/{}.{ending}", table.name);
        works.push(Work { path: path("csv"), make: Box::new(|| csv::table_bytes(table)) });
        #[cfg(feature = "parquet")]
        works.push(Work {
            path: path("parquet"),
            make: Box::new(|| crate::report::parquet::table_bytes(table)),
        });
    }
    works
}

fn chart_works(leaves: &[Leaf]) -> impl Iterator<Item = Work<'_>> {
    let pairs = leaves.iter().flat_map(|leaf| [Format::Svg, Format::Png].map(|format| (leaf, format)));
    pairs.map(|(leaf, format)| Work {
        path: path(leaf, format),
        make: Box::new(move || leaf.file(format, Look::default())),
    })
}

/// Where the file of a chart lies in the folder.
fn path(leaf: &Leaf, format: Format) -> String {
    format!("charts/{}.{}", leaf.name, format.word())
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
        (path(leaf, *format), refuse_stopped(go_on).and_then(|()| leaf.file(*format, look)))
    })
}
