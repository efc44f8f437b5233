//! `ecotone fan`: outcomes under uncertain settings, and where their spread comes from.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::study::{self, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::scenario::document::Patch;
use crate::study::axis::settings_of;
use crate::study::batch::Keeps;
use crate::study::curve::tables_needed;
use crate::study::fan::{fan as fan_table, variance};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;
use crate::study::values::{Values, Varied, results};

mod draws;
mod tell;

use draws::Draws;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone fan netease_vs_tencent.toml --draws output/netease_vs_tencent-calibrate/tables/posterior.csv --take 50
      50 draws of the calibrated settings, each with the scenario's replications
  ecotone fan first_try.toml --draws mine.csv
      mine.csv has one column a setting (choice.beta_s,choice.kappa_0) and one row a draw; a column `weight` counts

Exit codes: 0 done, 1 failure while running, 2 fault in the scenario, the draws or the arguments, 3 some runs
failed, 130 interrupted (finished runs are kept; the same command continues).";

/// The words after `ecotone fan`.
#[derive(Debug, clap::Args)]
pub struct FanArguments {
    /// Scenario file
    pub file: PathBuf,
    /// CSV file of draws: a column for every uncertain setting, named by its path
    #[arg(long, value_name = "FILE")]
    pub draws: PathBuf,
    /// Number of draws to take, evenly by weight [default: all of them]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub take: Option<u32>,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Draws the fan.
pub fn fan(arguments: &FanArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok(ready) => carry_out(arguments, ready),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

struct Ready {
    base: Prepared,
    varied: Varied,
    trials: Vec<Trial>,
    outcomes: Vec<Outcome>,
}

fn prepare(arguments: &FanArguments) -> Result<Ready, Refusal> {
    let draws = Draws::read(&arguments.draws)?;
    let document = prepare::patched(&arguments.file, &arguments.overrides)?;
    let base = prepare::prepare_document(&document)?;
    let outcomes = study::outcomes(&arguments.options, &base.checked.scenario)?;
    let chosen = draws.take(arguments.take);
    let origin = arguments.draws.display().to_string();
    let points: Vec<(String, Vec<Patch>)> = chosen
        .iter()
        .enumerate()
        .map(|(at, &row)| {
            let patch = |(path, text): (&String, &String)| Patch::new(path, text, &origin);
            (format!("draw {}", at + 1), draws.paths.iter().zip(&draws.rows[row]).map(patch).collect())
        })
        .collect();
    let trials = study::trials(&document, &arguments.overrides.words(), &points)?;
    let varied = Varied {
        paths: draws.paths,
        points: points.iter().map(|(_, patches)| settings_of(patches)).collect(),
    };
    Ok(Ready { base, varied, trials, outcomes })
}

fn carry_out(arguments: &FanArguments, ready: Ready) -> Result<Ending> {
    let scenario = &ready.base.checked.scenario;
    let study = Study {
        kind: StudyKind::Fan,
        file: &arguments.file,
        base: &ready.base,
        trials: ready.trials,
        files: Vec::new(),
        keeps: Keeps::Tables(tables_needed(&ready.outcomes)),
        outcomes: ready.outcomes,
        replications: scenario.run.replications,
        design: Value::Null,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out(|jobs, fates| {
        let values = Values::read(study.trials.len(), jobs, fates, &study.outcomes);
        let tables = vec![
            variance(&values, &study.outcomes, scenario),
            fan_table(jobs, fates, scenario),
            results(&ready.varied, &values, &study.outcomes),
        ];
        tell::findings(scenario, &study, &ready.varied, (&values, tables))
    })
}

fn command(arguments: &FanArguments) -> String {
    let mut words = vec!["ecotone fan".to_owned(), quoted(&arguments.file.to_string_lossy())];
    words.push(format!("--draws {}", quoted(&arguments.draws.to_string_lossy())));
    words.extend(arguments.take.map(|count| format!("--take {count}")));
    words.extend(arguments.overrides.words());
    words.extend(arguments.options.words());
    words.join(" ")
}
