//! A small table on a page: headings and rows of text.

use minijinja::{Value, context};

use crate::report::reading::Estimate;
use crate::report::wording::interval;

/// Rows beyond this stay in the files.
const SHOWN: usize = 40;

/// A table as headings and rows of text; the first column of every row is its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Heading.
    pub title: String,
    /// What to know before reading it.
    pub note: String,
    /// The file with all rows.
    pub file: &'static str,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
}

/// The listings that have a row, for the template.
pub fn shown(listings: impl IntoIterator<Item = Option<Listing>>) -> Vec<Value> {
    listings.into_iter().flatten().filter(|listing| !listing.rows.is_empty()).map(Listing::value).collect()
}

impl Listing {
    /// The listing for the template.
    pub fn value(self) -> Value {
        let cut = self.rows.len().saturating_sub(SHOWN);
        let numeric: Vec<bool> = (0..self.head.len()).map(|column| is_numeric(&self, column)).collect();
        let rows: Vec<Value> = self.rows.into_iter().take(SHOWN).map(Value::from).collect();
        context! {
            title => self.title, note => self.note, file => self.file, head => self.head,
            rows => rows, cut => cut, numeric => numeric,
        }
    }
}

/// Whether a column holds amounts, which stand right-aligned; periods are names.
fn is_numeric(listing: &Listing, column: usize) -> bool {
    let is_amount =
        |cell: &str| cell.starts_with(|letter: char| letter.is_ascii_digit() || "-+–≥≤".contains(letter));
    !matches!(listing.head[column].as_str(), "Period" | "Year")
        && listing.rows.iter().all(|row| row.get(column).is_some_and(|cell| is_amount(cell)))
}

/// Column names.
pub fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// A value with its interval in brackets, where it has one.
pub fn with_interval(found: &Estimate, write: impl Fn(f64) -> String) -> String {
    let ends = interval(found.low, found.high, &write);
    if ends.is_empty() { write(found.value) } else { format!("{} ({ends})", write(found.value)) }
}
