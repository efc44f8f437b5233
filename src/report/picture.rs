//! A chart on its way into files and onto the page.

use crate::report::ReportError;
use crate::report::chart::canvas;
use crate::report::chart::sheet::Sheet;

/// A sheet with what the page says of it.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// File name without ending; unique in a report.
    pub name: String,
    /// Heading in the report page.
    pub title: String,
    /// How to read it; empty where the leaf before it said so.
    pub guide: &'static str,
    /// The table that holds its numbers.
    pub table: &'static str,
    /// The drawing.
    pub sheet: Sheet,
}

/// A drawn chart for the page.
#[derive(Clone, Debug)]
pub struct Picture {
    /// File name without ending.
    pub name: String,
    /// Heading.
    pub title: String,
    /// How to read it; may be empty.
    pub guide: &'static str,
    /// The table that holds its numbers.
    pub table: &'static str,
    /// What it shows, for readers who do not see it.
    pub alternative: String,
    /// The drawing as an SVG document.
    pub svg: String,
}

impl Leaf {
    /// The leaf for the page, and as a PNG file.
    ///
    /// # Errors
    /// When the drawing library or the encoder refuses: a bug.
    pub fn drawn(&self) -> Result<(Picture, Vec<u8>), ReportError> {
        let picture = Picture {
            name: self.name.clone(),
            title: self.title.clone(),
            guide: self.guide,
            table: self.table,
            alternative: self.sheet.alternative(),
            svg: canvas::svg(&self.sheet)?,
        };
        Ok((picture, canvas::png(&self.sheet)?))
    }
}
