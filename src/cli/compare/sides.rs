//! The sides of a comparison, from words and files to trials that can be paired.

use std::path::{Path, PathBuf};

use super::CompareArguments;
use crate::cli::overrides::Overrides;
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::study;
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::scenario::document::{Document, Treatment};
use crate::study::compare::first_difference;
use crate::study::design::{Contrast, Design};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;

/// Trials, their files, the outcomes and the day of the difference in differences.
pub struct Sides {
    /// The control, then the treatments.
    pub trials: Vec<Trial>,
    /// What is set against what.
    pub design: Design,
    /// The scenario file of every trial.
    pub files: Vec<PathBuf>,
    /// What is asked of every run.
    pub outcomes: Vec<Outcome>,
    /// Whether somebody named the outcomes, so that the first is the headline.
    pub asked: bool,
    /// Day of the difference in differences.
    pub since: Option<u32>,
}

/// Checks all sides.
///
/// # Errors
/// All that is wrong with a side, or with the sides beside each other.
pub fn prepare(arguments: &CompareArguments) -> Result<(Prepared, Sides), Refusal> {
    let both = Overrides { set: arguments.both.clone(), treatment: None, ..arguments.overrides.clone() };
    let control = prepare::prepare(&arguments.control, &both)?;
    let mut trials = vec![Trial::new("control", both.words(), control.checked.clone())];
    let mut files = vec![arguments.control.clone()];
    refuse_mixed(arguments)?;
    let document = prepare::load(&arguments.control)?;
    let treatments = treatments(arguments, &document)?;
    let design = match &treatments {
        Treatments::Declared(declared) => Design::declared(declared),
        Treatments::Files(files) => Design::against_control(files.len() + 1),
    };
    match &treatments {
        Treatments::Files(named) => {
            for file in named {
                let label = label(arguments, file, &trials);
                trials.push(side(arguments, file, &label, None)?);
                files.push(file.clone());
            }
        }
        Treatments::Declared(declared) => {
            for treatment in declared {
                trials.push(side(arguments, &arguments.control, &treatment.label, Some(&treatment.name))?);
                files.push(arguments.control.clone());
            }
        }
    }
    refuse_unlike(&trials)?;
    let outcomes = outcomes(arguments, &document, &control.checked.scenario)?;
    let since = since(arguments, &trials, &design)?;
    let asked = !arguments.options.of.is_empty() || !document.outcomes().is_empty();
    Ok((control, Sides { trials, design, files, outcomes, asked, since }))
}

/// What is set beside the control.
enum Treatments {
    /// Files, or the control with every `--set`.
    Files(Vec<PathBuf>),
    /// What the control's file declares.
    Declared(Vec<Treatment>),
}

/// One treatment, with what both sides are told and what the treatment is told. `--set` beside `--treatment` changes
/// the treatment that is named, not what it is set against.
fn side(
    arguments: &CompareArguments,
    file: &Path,
    label: &str,
    declared: Option<&str>,
) -> Result<Trial, Refusal> {
    let wanted = arguments.overrides.treatment.as_deref();
    let own = if declared.is_none() || declared == wanted { &arguments.overrides.set[..] } else { &[] };
    let overrides = Overrides {
        set: [&arguments.both[..], own].concat(),
        treatment: declared.map(str::to_owned),
        ..arguments.overrides.clone()
    };
    let checked = prepare::prepare(file, &overrides)?.checked;
    Ok(Trial::new(label, overrides.words(), checked))
}

fn treatments(arguments: &CompareArguments, document: &Document) -> Result<Treatments, Refusal> {
    if !arguments.treatments.is_empty() {
        return Ok(Treatments::Files(arguments.treatments.clone()));
    }
    let wanted = arguments.overrides.treatment.as_deref();
    if wanted.is_none() && !arguments.overrides.set.is_empty() {
        return Ok(Treatments::Files(vec![arguments.control.clone()]));
    }
    let declared = match wanted {
        None => document.treatments(),
        Some(name) => with_bases(document.treatments(), name),
    };
    if declared.is_empty() {
        return Err(Refusal::reason(
            "there is nothing to compare with",
            "name a second scenario file, change a setting with --set PATH=VALUE, or declare [[treatments]] in the file",
        ));
    }
    Ok(Treatments::Declared(declared))
}

/// A treatment with those that it is set against, and those that they are set against. One that the file does not
/// declare stays, to be refused as every other unknown name.
fn with_bases(mut declared: Vec<Treatment>, name: &str) -> Vec<Treatment> {
    if declared.iter().all(|treatment| treatment.name != name) {
        return vec![Treatment::named(name)];
    }
    let mut wanted = vec![name.to_owned()];
    // What a treatment is set against stands above it.
    for treatment in declared.iter().rev() {
        if wanted.contains(&treatment.name) {
            wanted.extend(treatment.against.iter().cloned());
        }
    }
    declared.retain(|treatment| wanted.contains(&treatment.name));
    declared
}

/// The outcomes asked for, else those that the file wants, else the usual ones.
fn outcomes(
    arguments: &CompareArguments,
    document: &Document,
    scenario: &Scenario,
) -> Result<Vec<Outcome>, Refusal> {
    let wanted = document.outcomes();
    if arguments.options.of.is_empty() && !wanted.is_empty() {
        return study::outcomes_named(
            &wanted,
            &format!("{}: outcomes", arguments.control.display()),
            scenario,
        );
    }
    study::outcomes(&arguments.options, scenario)
}

/// Options that would change a treatment behind its name.
fn refuse_mixed(arguments: &CompareArguments) -> Result<(), Refusal> {
    let files = arguments.treatments.len();
    if files > 0 && !arguments.overrides.set.is_empty() {
        return Err(Refusal::reason(
            "--set with treatment files would change the treatments only",
            "--both changes both sides; without treatment files --set is the treatment",
        ));
    }
    if arguments.label.as_ref().is_some_and(|label| label.trim().is_empty()) {
        return Err(Refusal::reason("--label is empty", "name the treatment, or leave --label out"));
    }
    if files > 1 && arguments.label.is_some() {
        return Err(Refusal::reason("--label names one treatment, and there are several", "leave it out"));
    }
    Ok(())
}

/// A name that no other trial has: the label, the patches, or the file without its ending.
fn label(arguments: &CompareArguments, file: &Path, trials: &[Trial]) -> String {
    let stem = || file.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
    let wanted = match (&arguments.label, arguments.treatments.is_empty()) {
        (Some(label), _) => label.clone(),
        (None, true) => arguments.overrides.set.join(", "),
        (None, false) => stem(),
    };
    let is_taken = |name: &str| trials.iter().any(|trial| trial.label == name);
    let numbered = (2..).map(|number| format!("{wanted} ({number})"));
    std::iter::once(wanted.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(wanted)
}

/// Pairs are only pairs when both sides simulate the same users on the same days from the same seed.
fn refuse_unlike(trials: &[Trial]) -> Result<(), Refusal> {
    let facts = |trial: &Trial| {
        let Scenario { market, run, .. } = &trial.scenario;
        [
            ("market.users", market.users.to_string()),
            ("market.days", market.days.to_string()),
            ("market.start", market.start.clone()),
            ("run.seed", run.seed.to_string()),
            ("run.first_replication", run.first_replication.to_string()),
        ]
    };
    let control = facts(&trials[0]);
    for trial in &trials[1..] {
        for ((path, ours), (_, theirs)) in control.iter().zip(facts(trial)) {
            if *ours != theirs {
                return Err(Refusal::reason(
                    format!(
                        "{path} is {ours} in the control and {theirs} in {}: pairs would not share their chance",
                        trial.label
                    ),
                    format!("give both sides one value, e.g. --both {path}={ours}"),
                ));
            }
        }
    }
    Ok(())
}

/// The day of the difference in differences.
fn since(arguments: &CompareArguments, trials: &[Trial], design: &Design) -> Result<Option<u32>, Refusal> {
    let control = &trials[0].scenario;
    let Some(text) = &arguments.since else {
        let day = |contrast: &Contrast| {
            first_difference(&trials[contrast.against].scenario, &trials[contrast.treated].scenario)
        };
        return Ok(design.contrasts.iter().filter_map(day).min());
    };
    let calendar = Calendar::new(&control.market.start, control.market.days);
    let named = (0..control.market.days).find(|&day| calendar.date(day) == *text);
    let day = text.parse::<u32>().ok().filter(|&day| day < control.market.days).or(named);
    day.map(Some).ok_or_else(|| {
        Refusal::reason(
            format!("--since {text}: no day of the simulation"),
            format!("write a day in 0..{} or a date from {}", control.market.days, control.market.start),
        )
    })
}
