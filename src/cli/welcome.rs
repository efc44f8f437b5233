//! What the program says when it is called without a word: what it is, and what to do next here.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::columns;
use crate::cli::ending::Ending;
use crate::cli::overrides::quoted;
use crate::cli::speak;

/// Scenario files that are offered by name.
const OFFERED: usize = 3;

/// Says where to begin, given what lies in the current folder.
///
/// # Errors
/// When standard output is closed.
pub fn welcome() -> Result<Ending> {
    let scenarios = scenarios(Path::new("."));
    let mut rows: Vec<Vec<String>> = scenarios.iter().take(OFFERED).map(|file| offer(file)).collect();
    if rows.is_empty() {
        rows.push(row("ecotone init", "writes a commented scenario, duopoly.toml"));
    }
    if Path::new("output").is_dir() {
        rows.push(row(
            "ecotone report --index output",
            "lists the results that are there in output/index.html",
        ));
    }
    rows.push(row("ecotone help", "tells everything else"));
    let next = columns::indented(&columns::align(&rows));
    speak::say(&format!(
        "Ecotone simulates how platforms compete for users, and says who stays, who pays and who leaves.\n\n\
         Next:\n{next}"
    ))?;
    Ok(Ending::Done)
}

fn row(command: &str, what: &str) -> Vec<String> {
    vec![command.to_owned(), what.to_owned()]
}

fn offer(file: &Path) -> Vec<String> {
    row(&format!("ecotone run {}", quoted(&file.to_string_lossy())), "simulates it and writes a report")
}

/// The scenario files of a folder and of `scenarios/` in it, the smallest first.
fn scenarios(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<(u64, PathBuf)> = [folder.to_owned(), folder.join("scenarios")]
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml") && is_scenario(path))
        .map(|path| {
            let size = fs::metadata(&path).map_or(0, |found| found.len());
            (size, path.strip_prefix(folder).map_or_else(|_| path.clone(), Path::to_owned))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

/// Whether a file says the version of the format of scenarios, and platforms.
fn is_scenario(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() < 1 << 20)
        && fs::read_to_string(path)
            .is_ok_and(|text| text.contains("schema =") && text.contains("[[platforms]]"))
}
