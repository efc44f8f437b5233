//! Tables as comma-separated text that spreadsheets open without harm.

use std::borrow::Cow;

use crate::report::ReportError;
use crate::table::{Cells, Column, Table};

/// A table as CSV: one header line of column names, undefined values as empty cells.
///
/// # Errors
/// When the writer refuses a record: a bug.
pub fn table_bytes(table: &Table) -> Result<Vec<u8>, ReportError> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let names = table.columns.iter().map(|column| inert(&column.name).into_owned());
    writer.write_record(names).map_err(|error| failure(table, &error))?;
    for row in 0..table.rows() {
        let cells = table.columns.iter().map(|column| cell(column, row).into_owned());
        writer.write_record(cells).map_err(|error| failure(table, &error))?;
    }
    writer.into_inner().map_err(|error| failure(table, &error))
}

/// The dictionary of columns: table, column, unit, title.
///
/// # Errors
/// When the writer refuses a record: a bug.
pub fn dictionary_bytes(tables: &[Table]) -> Result<Vec<u8>, ReportError> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let written = (|| {
        writer.write_record(["table", "column", "unit", "title"])?;
        for table in tables {
            for column in &table.columns {
                let (name, unit) = (inert(&column.name), column.unit.word());
                writer.write_record([&*inert(&table.name), &*name, unit, &*inert(&table.title)])?;
            }
        }
        Ok::<(), ::csv::Error>(())
    })();
    written
        .map_err(|error| ReportError::Encode { name: "columns.csv".into(), message: error.to_string() })?;
    writer
        .into_inner()
        .map_err(|error| ReportError::Encode { name: "columns.csv".into(), message: error.to_string() })
}

fn failure(table: &Table, error: &dyn std::fmt::Display) -> ReportError {
    ReportError::Encode { name: format!("{}.csv", table.name), message: error.to_string() }
}

/// Numbers stand as the shortest text that reads back to the same value.
fn cell(column: &Column, row: usize) -> Cow<'_, str> {
    match &column.cells {
        Cells::Text { words, codes } => inert(&words[codes[row] as usize]),
        Cells::Integer(values) => Cow::Owned(values[row].to_string()),
        Cells::Number(values) if values[row].is_nan() => Cow::Borrowed(""),
        Cells::Number(values) => Cow::Owned(values[row].to_string()),
    }
}

/// Text that a spreadsheet would run as a formula gets a leading apostrophe.
fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
