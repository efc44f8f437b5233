//! What the program says when it is called without a word: what it is, and what to do next here.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::ending::Ending;
use crate::cli::speak;

/// Scenario files that are offered by name.
const OFFERED: usize = 3;

/// Says where to begin, given what lies in the current folder.
///
/// # Errors
/// When standard output is closed.
pub fn welcome() -> Result<Ending> {
    let scenarios = scenarios(Path::new("."));
    let next = match scenarios.first() {
        None => "  ecotone init                  writes a commented scenario, duopoly.toml\n".to_owned(),
        Some(_) => scenarios.iter().take(OFFERED).map(|file| offer(file)).collect(),
    };
    let results = if Path::new("output").is_dir() {
        "  ecotone report --index output lists the results that are there in output/index.html\n"
    } else {
        ""
    };
    speak::say(&format!(
        "Ecotone simulates how platforms compete for users, and says who stays, who pays and who leaves.\n\n\
         Next:\n{next}{results}  ecotone help                  tells everything else\n"
    ))?;
    Ok(Ending::Done)
}

fn offer(file: &Path) -> String {
    format!("  ecotone run {:<17} simulates it and writes a report\n", file.display())
}

/// The scenario files of the current folder and of `scenarios/`, sorted.
fn scenarios(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [folder.to_owned(), folder.join("scenarios")]
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml") && is_scenario(path))
        .map(|path| path.strip_prefix(folder).map_or_else(|_| path.clone(), Path::to_owned))
        .collect();
    found.sort();
    found
}

/// Whether a file says the version of the format of scenarios, and platforms.
fn is_scenario(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() < 1 << 20)
        && fs::read_to_string(path)
            .is_ok_and(|text| text.contains("schema =") && text.contains("[[platforms]]"))
}
