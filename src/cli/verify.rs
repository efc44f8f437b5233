//! `ecotone verify`: simulate an earlier result again and compare it byte for byte.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use crate::cli::arguments::Arguments;
use crate::cli::differences::{self, Comparison};
use crate::cli::ending::Ending;
use crate::cli::manifest::{self, Manifest};
use crate::cli::overrides::{quoted, unquoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::progress::Progress;
use crate::cli::refusal::Refusal;
use crate::cli::scratch::Scratch;
use crate::cli::simulation::Simulation;
use crate::cli::speak::{self, Tone};
use crate::cli::{interrupt, memory};
use crate::parallel;
use crate::scenario::document::Document;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone verify output/duopoly
      the settings come from output/duopoly/manifest.json; every other file is compared
  ecotone verify output/duopoly-compare
      a study: its command is given again in this folder, without the store of finished runs

Exit codes: 0 the same bytes, 4 differences (each file is named), 1 or 2 the result cannot be repeated.";

/// The words after `ecotone verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArguments {
    /// Folder of an earlier result
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Folder of the scenario; needed only when it reads its ties from a file
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub ties: PathBuf,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub threads: Option<u16>,
    /// No progress
    #[arg(short, long)]
    pub quiet: bool,
}

/// Repeats the result in a temporary folder and compares.
pub fn verify(arguments: &VerifyArguments) -> Result<Ending> {
    let stored = manifest::read(&arguments.folder)?;
    if stored.settings.get("study").is_some() {
        warn_of_another_version(&stored);
        return repeat_study(arguments, &stored);
    }
    let prepared = match prepare(arguments, &stored) {
        Ok(prepared) => prepared,
        Err(refusal) => return Ok(refusal.tell()),
    };
    let threads = arguments.threads.map_or_else(parallel::threads, usize::from);
    if let Some(refusal) = memory::refuse(prepared.memory(threads), memory::available()) {
        return Ok(refusal.tell());
    }
    warn_of_another_version(&stored);
    let warnings = stored.warnings.unwrap_or_else(|| prepared.warnings());
    repeat(arguments, &Simulation { prepared, threads, command: stored.command, warnings })
}

/// Checks the stored settings like a file that a user wrote.
fn prepare(arguments: &VerifyArguments, stored: &Manifest) -> Result<Prepared, Refusal> {
    let name = arguments.folder.join("manifest.json").display().to_string();
    prepare::prepare_document(&Document::from_resolved(&stored.settings, &name, &arguments.ties)?)
}

fn repeat(arguments: &VerifyArguments, simulation: &Simulation) -> Result<Ending> {
    interrupt::watch()?;
    let scratch = Scratch::new()?;
    let progress = Progress::new(&simulation.prepared.checked.scenario, arguments.quiet);
    let Some(outcome) = simulation.simulate(&progress) else {
        speak::tell(Tone::Warning, "interrupted", "nothing was compared");
        return Ok(Ending::Interrupted);
    };
    let again = scratch.path().join("again");
    simulation.publish(&outcome, &again, false)?;
    conclude(arguments, &differences::compare(&arguments.folder, &again)?)
}

/// Gives the study's own command again, from scratch: no stored run is believed. Its scenario files are read anew, from
/// the folder in which the command was given.
fn repeat_study(arguments: &VerifyArguments, stored: &Manifest) -> Result<Ending> {
    let scratch = Scratch::new()?;
    let again = scratch.path().join("again");
    let mut words: Vec<OsString> = unquoted(&stored.command).into_iter().map(OsString::from).collect();
    words.extend([
        "--out".into(),
        again.clone().into(),
        "--store".into(),
        scratch.path().join("runs").into(),
    ]);
    words.push("--silent".into());
    if let Some(threads) = arguments.threads {
        words.extend(["--threads".into(), threads.to_string().into()]);
    }
    let Some(verb) = Arguments::try_parse_from(words).ok().and_then(|parsed| parsed.verb) else {
        let what = format!("{} does not say how it was made", arguments.folder.display());
        return Ok(Refusal::reason(what, "its manifest was changed, or another version wrote it").tell());
    };
    match crate::cli::act(&verb)? {
        Ending::Done | Ending::SomeFailed => {
            conclude(arguments, &differences::compare(&arguments.folder, &again)?)
        }
        ending => Ok(ending),
    }
}

fn conclude(arguments: &VerifyArguments, comparison: &Comparison) -> Result<Ending> {
    let Comparison { files, differences } = comparison;
    let folder = arguments.folder.display();
    if differences.is_empty() {
        let text = format!("{folder}: all {files} files are the same, byte for byte");
        speak::say_labelled(Tone::Good, "verified", &text)?;
        return Ok(Ending::Done);
    }
    let text = format!("{folder}: {} of {files} files differ", differences.len());
    speak::say_labelled(Tone::Bad, "mismatch", &text)?;
    for difference in differences {
        speak::say(&format!("  {difference}\n"))?;
    }
    if differences.iter().all(|difference| is_drawing(difference)) {
        let again = quoted(&arguments.folder.to_string_lossy());
        speak::say(&format!(
            "every table is the same; only drawings differ, as after ecotone report with another look: \
             ecotone report {again} draws them as the run did\n"
        ))?;
    }
    Ok(Ending::Mismatch)
}

/// Whether a difference is one of a picture or the page.
fn is_drawing(difference: &str) -> bool {
    let is_picture = difference.starts_with("charts/") || difference.starts_with("report.html:");
    is_picture && difference.contains(": differs from")
}

fn warn_of_another_version(stored: &Manifest) {
    let ours = env!("CARGO_PKG_VERSION");
    if stored.version != ours {
        let text = format!("this result was written by Ecotone {}; this is {ours}", stored.version);
        speak::tell(Tone::Warning, "warning", &text);
    }
}
