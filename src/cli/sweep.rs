//! `ecotone sweep`: settings over levels, outcomes with intervals.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use serde_json::Value;

use crate::cli::columns::{align, counted};
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::{Refusal, both};
use crate::cli::study::{self, Findings, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::scenario::Scenario;
use crate::scenario::document::{Document, Patch};
use crate::scenario::fault::Fault;
use crate::stats::design::sobol::MOST_DIMENSIONS;
use crate::study::axis::Axis;
use crate::study::batch::Keeps;
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::study::sweep::{self, Design, label, ranges, summary, varied};
use crate::study::trial::Trial;
use crate::study::values::{Values, results};
use crate::table::Table;

/// Rows of the summary that the terminal shows.
const SHOWN: usize = 40;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone sweep first_try.toml --vary choice.beta_s=0..1/6 --of share:community
      a line with its band
  ecotone sweep first_try.toml --vary choice.beta_s=0..1/8 --vary choice.kappa_0=0.5..4/8 --of share:community
      a phase diagram: heat map with contours
  ecotone sweep first_try.toml --vary ties.kind=matching,well_mixed
      words as well as numbers
  ecotone sweep first_try.toml --design sobol --points 64 --vary choice.beta_s=0..1 --vary choice.kappa_0=0.1..10/log
      points spread over the ranges
  ecotone sweep first_try.toml --vary platforms.catalogue.premium.price,platforms.community.premium.price=12:12,15:15
      settings that move together

Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// How trials fill the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DesignName {
    /// Every combination of levels
    Grid,
    /// First levels together, second levels together …
    Linked,
    /// Latin hypercube
    Lhs,
    /// Sobol sequence
    Sobol,
}

/// The words after `ecotone sweep`.
#[derive(Debug, clap::Args)]
pub struct SweepArguments {
    /// Scenario file
    pub file: PathBuf,
    /// A setting and its values: PATH=1,2,5 or PATH=LOW..HIGH/LEVELS[/log]; may be repeated
    #[arg(long, value_name = "PATH=VALUES", required = true, allow_hyphen_values = true)]
    pub vary: Vec<String>,
    /// How the settings are combined
    #[arg(long, value_enum, default_value = "grid")]
    pub design: DesignName,
    /// Points of a Latin hypercube or Sobol sequence
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub points: u32,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Sweeps.
pub fn sweep(arguments: &SweepArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok((base, designed, outcomes)) => carry_out(arguments, &base, designed, outcomes),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

/// Most trials of one study.
const MOST_TRIALS: usize = 1_000_000;

/// The axes that `--vary` names; all wrong ones at once.
///
/// # Errors
/// The faults of all axes.
pub fn axes(vary: &[String]) -> Result<Vec<Axis>, Refusal> {
    let mut faults = Vec::new();
    let mut axes: Vec<Axis> = Vec::new();
    for text in vary {
        match Axis::parse(text) {
            Ok(axis) => {
                let known = axes.iter().flat_map(|axis| &axis.paths).find(|path| axis.paths.contains(path));
                if let Some(path) = known {
                    let rule = format!("`{path}` is varied twice");
                    faults.push(Fault {
                        value: text.clone(),
                        ..Fault::of_file("--vary", &rule, "name it once")
                    });
                }
                axes.push(axis);
            }
            Err((rule, remedy)) => {
                faults.push(Fault { value: text.clone(), ..Fault::of_file("--vary", &rule, &remedy) })
            }
        }
    }
    if faults.is_empty() { Ok(axes) } else { Err(faults.into()) }
}

/// The axes, the patches of every trial, and the trials.
struct Designed {
    axes: Vec<Axis>,
    points: Vec<Vec<Patch>>,
    trials: Vec<Trial>,
}

/// Checks everything, so that all faults are told at once.
fn prepare(arguments: &SweepArguments) -> Result<(Prepared, Designed, Vec<Outcome>), Refusal> {
    let axes = axes(&arguments.vary);
    let begun = prepare::patched(&arguments.file, &arguments.overrides)
        .and_then(|document| Ok((prepare::prepare_document(&document)?, document)));
    let (base, document) = begun.map_err(|refusal| refusal.and(axes.as_ref().err()))?;
    let outcomes = study::outcomes(&arguments.options, &base.checked.scenario);
    let designed = axes.and_then(|axes| {
        let points = points(arguments, &axes, base.checked.scenario.run.seed)?;
        let trials = trials(&document, &arguments.overrides, &points)?;
        Ok(Designed { axes, points, trials })
    });
    let (designed, outcomes) = both(designed, outcomes)?;
    Ok((base, designed, outcomes))
}

/// The trials of points, named after their settings.
///
/// # Errors
/// The faults of all trials at once.
pub fn trials(
    document: &Document,
    overrides: &Overrides,
    points: &[Vec<Patch>],
) -> Result<Vec<Trial>, Refusal> {
    let labelled: Vec<(String, Vec<Patch>)> =
        points.iter().map(|patches| (label(patches), patches.clone())).collect();
    study::trials(document, &overrides.words(), &labelled)
}

fn points(arguments: &SweepArguments, axes: &[Axis], seed: u64) -> Result<Vec<Vec<Patch>>, Refusal> {
    let design = match arguments.design {
        DesignName::Grid => Design::Grid,
        DesignName::Linked => Design::Linked,
        DesignName::Lhs => Design::LatinHypercube,
        DesignName::Sobol => Design::Sobol,
    };
    let size = axes.iter().map(Axis::count).try_fold(1_usize, |all, count| all.checked_mul(count));
    if design == Design::Grid && size.is_none_or(|size| size > MOST_TRIALS) {
        let what = format!("the grid has more than {MOST_TRIALS} points");
        return Err(Refusal::reason(what, "take fewer levels, or --design sobol --points N"));
    }
    if design == Design::Sobol && axes.len() > MOST_DIMENSIONS {
        let what = format!("{} settings are more than the sequence's {MOST_DIMENSIONS}", axes.len());
        return Err(Refusal::reason(what, "take --design lhs"));
    }
    sweep::points(axes, design, arguments.points as usize, seed)
        .map_err(|(rule, remedy)| Refusal::reason(rule, remedy))
}

fn carry_out(
    arguments: &SweepArguments,
    base: &Prepared,
    Designed { axes, points, trials }: Designed,
    outcomes: Vec<Outcome>,
) -> Result<Ending> {
    let scenario = &base.checked.scenario;
    let study = Study {
        kind: StudyKind::Sweep,
        file: &arguments.file,
        base,
        trials,
        files: Vec::new(),
        keeps: Keeps::Outcomes(outcomes.clone()),
        outcomes,
        replications: scenario.run.replications,
        design: Value::Null,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out(|jobs, fates| {
        let varied = varied(&axes, &points);
        let values = Values::read(study.trials.len(), jobs, fates, &study.outcomes);
        let summary = summary(&varied, &values, &study.outcomes, scenario.run.confidence);
        let mut tables = vec![summary];
        if arguments.design == DesignName::Grid && axes.iter().any(|axis| axis.count() > 1) {
            tables.push(ranges(&axes, &values, &study.outcomes, scenario.run.confidence));
        }
        tables.push(results(&varied, &values, &study.outcomes));
        findings(scenario, &study, &varied.paths, tables)
    })
}

fn command(arguments: &SweepArguments) -> String {
    let mut words = vec!["ecotone sweep".to_owned(), quoted(&arguments.file.to_string_lossy())];
    words.extend(arguments.vary.iter().flat_map(|axis| ["--vary".to_owned(), quoted(axis)]));
    if arguments.design != DesignName::Grid {
        let name =
            arguments.design.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned());
        words.push(format!("--design {name} --points {}", arguments.points));
    }
    words.extend(arguments.overrides.words());
    words.extend(arguments.options.words());
    words.join(" ")
}

fn findings(scenario: &Scenario, study: &Study, paths: &[String], tables: Vec<Table>) -> Findings {
    let facts = vec![
        ("Varied".to_owned(), paths.join(", ")),
        ("Trials".to_owned(), study.trials.len().to_string()),
        ("Replications of each".to_owned(), study.replications.to_string()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
        ("Simulated users".to_owned(), crate::cli::columns::thousands(scenario.market.users)),
        ("Chance".to_owned(), shared_chance(paths).to_owned()),
    ];
    let labels: Vec<&str> = study.trials.iter().map(|trial| trial.label.as_str()).collect();
    Findings {
        title: phrase::heading(scenario, &format!("sweep of {}", paths.join(" and "))),
        answer: match tables.iter().find(|table| table.name == "ranges") {
            Some(found) => phrase::ranges(scenario, &study.outcomes, found),
            None => phrase::extremes(scenario, &study.outcomes, &tables[0], &labels),
        },
        facts,
        lines: lines(scenario, study, &tables[0]),
        warnings: study::few_replications(study.replications).into_iter().collect(),
        tables,
        files: Vec::new(),
    }
}

/// Whether trials differ only in what is varied, or in their luck as well.
fn shared_chance(paths: &[String]) -> &'static str {
    let decides = |path: &String| ["run.seed", "market.users", "market.days"].contains(&path.as_str());
    if paths.iter().any(decides) {
        "trials do not share their draws, since what is varied decides them"
    } else {
        "all trials share the draws of a replication"
    }
}

fn lines(scenario: &Scenario, study: &Study, summary: &Table) -> String {
    let mut rows = vec![["trial", "outcome", "mean"].map(str::to_owned).to_vec()];
    for row in 0..summary.rows().min(SHOWN) {
        let name = summary.word("outcome", row);
        let Some(outcome) = study.outcomes.iter().find(|outcome| outcome.name == name) else { continue };
        let trial = &study.trials[summary.integers("point")[row] as usize];
        let ends = ["mean", "mean_low", "mean_high"].map(|column| summary.numbers(column)[row]);
        rows.push(vec![
            trial.label.clone(),
            name.to_owned(),
            phrase::with_interval(scenario, outcome.unit, ends),
        ]);
    }
    let hidden = summary.rows().saturating_sub(SHOWN);
    let more = if hidden > 0 {
        format!("and {} in tables/summary.csv\n", counted(hidden as u64, "row"))
    } else {
        String::new()
    };
    format!("\n{}{more}", align(&rows))
}
