//! A chart on its way into files and onto the page.

use crate::report::ReportError;
use crate::report::chart::canvas;
use crate::report::chart::look::Look;
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

/// The file formats of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Scalable drawing.
    Svg,
    /// Pixels.
    Png,
}

impl Format {
    /// The ending of its files.
    pub fn word(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Png => "png",
        }
    }
}

impl Leaf {
    /// The chart as a file.
    ///
    /// # Errors
    /// When plotters or the encoder refuses: a bug.
    pub fn file(&self, format: Format, look: Look) -> Result<Vec<u8>, ReportError> {
        match format {
            Format::Svg => canvas::svg(&self.sheet, look.theme).map(String::into_bytes),
            Format::Png => canvas::png(&self.sheet, look),
        }
    }
}
