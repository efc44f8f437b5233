//! What a study says: refusals, warnings, the end.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::Findings;
use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::interrupt;
use crate::cli::refusal::Refusal;
use crate::cli::speak::{self, Tone};
use crate::cli::study_file;
use crate::cli::study_options::StudyOptions;
use crate::table::{Cells, Column, Table};

/// Rows of a table that a machine-readable summary holds.
const MOST_ROWS: usize = 500;

/// Tells a refusal the way the user wants to hear it.
///
/// # Errors
/// When standard output is closed.
pub fn refused(options: &StudyOptions, refusal: &Refusal) -> Result<Ending> {
    let told = options.told_by.as_ref().map(|file| study_file::located(refusal, file));
    let refusal = told.as_ref().unwrap_or(refusal);
    Ok(if options.json { refusal.tell_json()? } else { refusal.tell() })
}

/// Says that the user stopped while results were drawn or written.
///
/// # Errors
/// When standard output is closed.
pub fn stopped(options: &StudyOptions) -> std::io::Result<Ending> {
    let text = "nothing was written; every run is stored, the same command draws and writes";
    interrupt::stopped(text, options.json.then(interrupt::nothing_written).as_ref())
}

/// The time of day, ISO 8601, UTC.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A warning when intervals rest on very few markets.
pub fn few_replications(replications: u32) -> Option<String> {
    let count = counted(u64::from(replications), "replication");
    match replications {
        1 => Some("one replication: there are no intervals, and every difference may be chance".to_owned()),
        2..5 => Some(format!("only {count}: intervals rest on very few markets")),
        _ => None,
    }
}

/// Says where the report is and what was found.
///
/// # Errors
/// When standard output is closed.
pub fn conclude(options: &StudyOptions, found: &Findings, folder: &Path, seconds: f64) -> Result<()> {
    if options.silent {
        return Ok(());
    }
    let report = folder.join("report.html");
    if options.json {
        let facts: serde_json::Map<String, Value> =
            found.facts.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        speak::say_json(&json!({
            "status": "done", "answer": found.answer, "folder": folder.to_string_lossy(),
            "report": report.to_string_lossy(), "seconds": seconds, "facts": facts, "tables": tables(found),
            "warnings": found.warnings,
        }))?;
        return Ok(());
    }
    if !options.quiet {
        speak::tell(Tone::Good, "done", &format!("in {seconds:.1} s"));
    }
    let warnings: String = found.warnings.iter().map(|warning| format!("Note: {warning}\n")).collect();
    speak::say(&format!("Report: {}\n\n{}\n{}{}", report.display(), found.answer, found.lines, warnings))?;
    Ok(())
}

/// The short tables by name, a list of rows each, as in the files of the folder; long ones (every run, curves) stand
/// there alone.
fn tables(found: &Findings) -> Value {
    let short = found.tables.iter().filter(|table| table.rows() <= MOST_ROWS);
    short
        .map(|table| (table.name.clone(), (0..table.rows()).map(|row| of_row(table, row)).collect::<Value>()))
        .collect()
}

/// A row by column; null where nothing is defined.
fn of_row(table: &Table, row: usize) -> Value {
    let cell = |column: &Column| match &column.cells {
        Cells::Text { words, codes } => json!(words[codes[row] as usize]),
        Cells::Integer(values) => json!(values[row]),
        Cells::Number(values) => json!(values[row]),
    };
    table.columns.iter().map(|column| (column.name.clone(), cell(column))).collect()
}
