//! What the program says when it is called without a word: what it is, and what to do next here.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::error::{ContextKind, ContextValue};
use clap::{Command, CommandFactory};

use crate::cli::arguments::Arguments;
use crate::cli::columns;
use crate::cli::ending::Ending;
use crate::cli::overrides::quoted;
use crate::cli::speak::{self, Tone};
use crate::scenario::fault;

/// Scenario files that are offered by name.
const OFFERED: usize = 3;

/// Says where to begin, given what lies in the current folder.
///
/// # Errors
/// When standard output is closed.
pub fn welcome() -> Result<Ending> {
    let scenarios = scenarios(Path::new(""));
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
    rows.push(row("ecotone guide", "writes the handbook, a page that begins with a tutorial"));
    rows.push(row("ecotone help", "tells everything else"));
    let next = columns::indented(&columns::align(&rows));
    speak::say(&format!(
        "Ecotone simulates how platforms compete for users, and says who stays, who pays and who leaves.\n\n\
         Next:\n{next}"
    ))?;
    Ok(Ending::Done)
}

/// What to say about words that are no command: help that was asked for, or a fault with the nearest verb.
pub fn unheard(error: &clap::Error) -> Ending {
    let _ = error.print();
    if error.exit_code() == 0 {
        return Ending::Done;
    }
    if let Some(hint) = hint(error) {
        speak::tell(Tone::Plain, "hint", &hint);
    }
    Ending::Fault
}

/// What was probably meant by an unknown verb, where the parser itself offers nothing.
fn hint(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    if error.get(ContextKind::SuggestedSubcommand).is_some() {
        return None;
    }
    if Path::new(word).is_file() {
        return Some(format!("ecotone run {} simulates a scenario", quoted(word)));
    }
    let program = Arguments::command();
    let verbs: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    Some(fault::suggest(word, &verbs))
}

fn row(command: &str, what: &str) -> Vec<String> {
    vec![command.to_owned(), what.to_owned()]
}

fn offer(file: &Path) -> Vec<String> {
    row(&format!("ecotone run {}", quoted(&file.to_string_lossy())), "simulates it and writes a report")
}

/// The scenario files of a folder and of `scenarios/` in it, the smallest first; an empty name is the current folder.
pub fn scenarios(folder: &Path) -> Vec<PathBuf> {
    let listed = |folder: PathBuf| {
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let names = fs::read_dir(place).into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.map(|name| folder.join(name)).collect::<Vec<PathBuf>>()
    };
    let mut found: Vec<(u64, PathBuf)> = [folder.to_owned(), folder.join("scenarios")]
        .into_iter()
        .flat_map(listed)
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml") && is_scenario(path))
        .map(|path| (fs::metadata(&path).map_or(0, |found| found.len()), path))
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
