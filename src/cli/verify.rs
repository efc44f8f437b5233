//! `ecotone verify`: simulate an earlier result again and compare it byte for byte.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use serde_json::{Value, json};

use crate::cli::arguments::Arguments;
use crate::cli::differences::{self, Comparison};
use crate::cli::ending::Ending;
use crate::cli::manifest::{self, Manifest};
use crate::cli::overrides::{quoted, unquoted};
use crate::cli::prepare;
use crate::cli::progress::Progress;
use crate::cli::refusal::Refusal;
use crate::cli::scratch::Scratch;
use crate::cli::simulation::Simulation;
use crate::cli::speak::{self, Tone};
use crate::cli::{interrupt, memory, until};
use crate::parallel;
use crate::scenario::document::Document;
use crate::study::until::Precision;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone verify output/duopoly
      the settings come from output/duopoly/manifest.json; every other file is compared
  ecotone verify output/duopoly-compare
      a study: its command is given again in this folder, without the store of finished runs

Exit codes: 0 the same bytes, 4 differences (each file is named), 1 or 2 the result cannot be repeated,
130 interrupted.";

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
    /// Print exactly one JSON object on standard output
    #[arg(long)]
    pub json: bool,
    /// No progress
    #[arg(short, long)]
    pub quiet: bool,
}

/// Repeats the result in a temporary folder and compares.
pub fn verify(arguments: &VerifyArguments) -> Result<Ending> {
    let stored = manifest::read(&arguments.folder)?;
    warn_of_another_version(&stored);
    if stored.settings.get("study").is_some() {
        return repeat_study(arguments, &stored);
    }
    match prepare(arguments, stored) {
        Ok((simulation, precision)) => repeat(arguments, simulation, precision.as_ref()),
        Err(refusal) => refused(arguments, &refusal),
    }
}

/// Checks the stored settings like a file that a user wrote.
fn prepare(
    arguments: &VerifyArguments,
    stored: Manifest,
) -> Result<(Simulation, Option<Precision>), Refusal> {
    let name = arguments.folder.join("manifest.json").display().to_string();
    let document = Document::from_resolved(&stored.settings, &name, &arguments.ties)?;
    let mut prepared = prepare::prepare_document(&document)?;
    prepared.checked.remarks = stored.remarks;
    let threads = arguments.threads.map_or_else(parallel::threads, usize::from);
    if let Some(refusal) = memory::refuse(prepared.memory(threads), memory::available()) {
        return Err(refusal);
    }
    let precision = until::recorded(&stored.precision, &prepared.checked.scenario)?;
    let warnings = stored.warnings.unwrap_or_else(|| prepared.warnings());
    let (command, precision_told) = (stored.command, Value::Null);
    Ok((Simulation { prepared, threads, command, warnings, precision: precision_told }, precision))
}

fn repeat(
    arguments: &VerifyArguments,
    mut simulation: Simulation,
    precision: Option<&Precision>,
) -> Result<Ending> {
    interrupt::watch()?;
    let scratch = Scratch::new()?;
    let scenario = &simulation.prepared.checked.scenario;
    let outcome = match precision {
        None => simulation.simulate(&Progress::new(scenario, arguments.quiet)),
        Some(wanted) => {
            let simulated = until::simulate(scenario, wanted, (simulation.threads, arguments.quiet));
            simulated.map(|(outcome, settled)| {
                simulation.precision = until::told(scenario, wanted, &settled);
                outcome
            })
        }
    };
    let Some(outcome) = outcome.filter(|_| interrupt::go_on()) else { return stopped(arguments) };
    let again = scratch.path().join("again");
    match simulation.publish(&outcome, &again, false)? {
        None => stopped(arguments),
        Some(_) => conclude(arguments, &differences::compare(&arguments.folder, &again)?),
    }
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
        let refusal = Refusal::reason(what, "its manifest was changed, or another version wrote it");
        return refused(arguments, &refusal);
    };
    match crate::cli::act(&verb)? {
        Ending::Done | Ending::SomeFailed => {
            conclude(arguments, &differences::compare(&arguments.folder, &again)?)
        }
        Ending::Interrupted => stopped(arguments),
        ending => {
            let what = format!("the study of {} cannot be repeated", arguments.folder.display());
            if arguments.json {
                speak::say_json(&json!({ "status": "refused", "refused": what }))?;
            }
            Ok(ending)
        }
    }
}

fn refused(arguments: &VerifyArguments, refusal: &Refusal) -> Result<Ending> {
    Ok(if arguments.json { refusal.tell_json()? } else { refusal.tell() })
}

fn stopped(arguments: &VerifyArguments) -> Result<Ending> {
    let facts = arguments.json.then(|| json!({ "status": "interrupted", "compared": false }));
    Ok(interrupt::stopped("nothing was compared", facts.as_ref())?)
}

fn conclude(arguments: &VerifyArguments, comparison: &Comparison) -> Result<Ending> {
    let is_same = comparison.differences.is_empty();
    if arguments.json {
        speak::say_json(&json!({
            "status": if is_same { "verified" } else { "mismatch" },
            "folder": arguments.folder.to_string_lossy(),
            "files": comparison.files,
            "differences": comparison.differences,
            "only_drawings_differ": !is_same && only_drawings_differ(comparison),
        }))?;
    } else {
        tell(arguments, comparison)?;
    }
    Ok(if is_same { Ending::Done } else { Ending::Mismatch })
}

fn tell(arguments: &VerifyArguments, comparison: &Comparison) -> std::io::Result<()> {
    let Comparison { files, differences } = comparison;
    let folder = arguments.folder.display();
    if differences.is_empty() {
        let text = format!("{folder}: all {files} files are the same, byte for byte");
        return speak::say_labelled(Tone::Good, "verified", &text);
    }
    let text = format!("{folder}: {} of {files} files differ", differences.len());
    speak::say_labelled(Tone::Bad, "mismatch", &text)?;
    for difference in differences {
        speak::say(&format!("  {difference}\n"))?;
    }
    if only_drawings_differ(comparison) {
        let again = quoted(&arguments.folder.to_string_lossy());
        speak::say(&format!(
            "every table is the same; only drawings differ, as after ecotone report with another look: \
             ecotone report {again} draws them as the run did\n"
        ))?;
    }
    Ok(())
}

fn only_drawings_differ(comparison: &Comparison) -> bool {
    comparison.differences.iter().all(|difference| is_drawing(difference))
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
