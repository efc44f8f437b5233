//! Tables as comma-separated text that spreadsheets open without harm.

use std::borrow::Cow;

use crate::report::ReportError;
use crate::table::{Cell, Cells, Column, Table};

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

/// Text that a spreadsheet would run as a formula gets a leading apostrophe; so does text that already
/// looks like that, so that reading back is never in doubt.
fn inert(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a cell without the apostrophe that made it inert.
fn live(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Fills a table without rows from its CSV, which must have the table's columns.
///
/// # Errors
/// What is wrong, with its line.
pub fn fill(table: &mut Table, bytes: &[u8]) -> Result<(), String> {
    let mut reader = ::csv::Reader::from_reader(bytes);
    let heads = reader.headers().map_err(|error| error.to_string())?;
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    if !heads.iter().map(live).eq(names) {
        return Err("its columns are not those that the manifest tells".to_owned());
    }
    let columns = table.columns.clone();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let cells: Result<Vec<Cell>, String> = columns
            .iter()
            .zip(&record)
            .map(|(column, text)| {
                parsed(column, text).ok_or_else(|| {
                    format!("line {}, column {}: {text:?} is not {}", row + 2, column.name, wanted(column))
                })
            })
            .collect();
        table.push(&cells?);
    }
    Ok(())
}

/// What the cells of a column of numbers are.
fn wanted(column: &Column) -> &'static str {
    if matches!(column.cells, Cells::Integer(_)) { "a whole number" } else { "a number" }
}

/// A cell of a column; an empty number is not defined.
fn parsed<'a>(column: &Column, text: &'a str) -> Option<Cell<'a>> {
    match column.cells {
        Cells::Text { .. } => Some(Cell::Text(live(text))),
        Cells::Integer(_) => text.parse().ok().map(Cell::Integer),
        Cells::Number(_) if text.is_empty() => Some(Cell::Number(f64::NAN)),
        Cells::Number(_) => text.parse().ok().map(Cell::Number),
    }
}
