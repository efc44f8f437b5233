//! `ecotone sensitivity`: which settings move an outcome, and how surely that is known.

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
use crate::cli::sweep::{axes, trials};
use crate::report::study::StudyKind;
use crate::report::study::setting::in_sentence;
use crate::scenario::Scenario;
use crate::scenario::document::Patch;
use crate::stats::design::sobol::MOST_DIMENSIONS;
use crate::stats::sensitivity::saltelli::CONVERGED_WIDTH;
use crate::study::axis::Axis;
use crate::study::batch::Keeps;
use crate::study::outcome::Outcome;
use crate::study::phrase::{self, capital};
use crate::study::sensitivity::Method;
use crate::study::sweep::{place, varied};
use crate::study::values::{Values, results};
use crate::table::{Table, Unit};

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone sensitivity first_try.toml --of share:community --vary choice.beta_s=0..1 --vary choice.kappa_0=0.5..4 \\
          --vary platforms.community.open=0..1
      Morris screening: 10 trajectories of 4 trials; which settings matter at all?
  ecotone sensitivity first_try.toml --of share:community --method sobol --base 64 --vary choice.beta_s=0..1 \\
          --vary choice.kappa_0=0.5..4
      Sobol' indices: 64 rows of 4 trials; shares of variance, alone and with interactions

Every trial runs the scenario's replications under the same chance; its output is their mean.
Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// How sensitivity is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MethodName {
    /// Elementary effects: cheap, ranks settings
    Morris,
    /// First-order and total shares of variance: dear, measures interactions
    Sobol,
}

/// The words after `ecotone sensitivity`.
#[derive(Debug, clap::Args)]
pub struct SensitivityArguments {
    /// Scenario file
    pub file: PathBuf,
    /// A setting and its range: PATH=LOW..HIGH[/log], or listed values; may be repeated
    #[arg(long, value_name = "PATH=RANGE", required = true, allow_hyphen_values = true)]
    pub vary: Vec<String>,
    /// How sensitivity is measured
    #[arg(long, value_enum, default_value = "morris")]
    pub method: MethodName,
    /// Trajectories of the Morris method, each of settings + 1 trials
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub trajectories: u32,
    /// Base points of the Sobol method, each of settings + 2 trials; best a power of two
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(4..=65_536))]
    pub base: u32,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

impl SensitivityArguments {
    fn method(&self) -> Method {
        match self.method {
            MethodName::Morris => Method::Morris(self.trajectories),
            MethodName::Sobol => Method::Sobol(self.base),
        }
    }
}

/// Measures sensitivity.
pub fn sensitivity(arguments: &SensitivityArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok(ready) => carry_out(arguments, ready),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

/// What was checked before the first run.
struct Ready {
    base: Prepared,
    axes: Vec<Axis>,
    cube: Vec<Vec<f64>>,
    points: Vec<Vec<Patch>>,
    trials: Vec<crate::study::trial::Trial>,
    outcomes: Vec<crate::study::outcome::Outcome>,
}

fn prepare(arguments: &SensitivityArguments) -> Result<Ready, Refusal> {
    let axes = axes(&arguments.vary);
    let begun = prepare::patched(&arguments.file, &arguments.overrides)
        .and_then(|document| Ok((prepare::prepare_document(&document)?, document)));
    let (base, document) = begun.map_err(|refusal| refusal.and(axes.as_ref().err()))?;
    let outcomes = study::outcomes(&arguments.options, &base.checked.scenario);
    let designed = axes.and_then(|axes| {
        let cube = cube(arguments, axes.len(), base.checked.scenario.run.seed)?;
        let points: Vec<Vec<Patch>> = cube.iter().map(|point| place(&axes, point)).collect();
        let trials = trials(&document, &arguments.overrides, &points)?;
        Ok((axes, cube, points, trials))
    });
    let ((axes, cube, points, trials), outcomes) = both(designed, outcomes)?;
    Ok(Ready { base, axes, cube, points, trials, outcomes })
}

/// The points of the unit cube at which the outcomes are looked at.
fn cube(arguments: &SensitivityArguments, settings: usize, seed: u64) -> Result<Vec<Vec<f64>>, Refusal> {
    if 2 * settings > MOST_DIMENSIONS {
        let what = format!("{settings} settings are more than {}", MOST_DIMENSIONS / 2);
        return Err(Refusal::reason(what, "screen them first, with --method morris, in groups"));
    }
    Ok(arguments.method().points(settings, seed))
}

fn carry_out(arguments: &SensitivityArguments, ready: Ready) -> Result<Ending> {
    let scenario = &ready.base.checked.scenario;
    let study = Study {
        kind: StudyKind::Sensitivity,
        file: &arguments.file,
        base: &ready.base,
        trials: ready.trials,
        files: Vec::new(),
        keeps: Keeps::Outcomes(ready.outcomes.clone()),
        outcomes: ready.outcomes,
        replications: scenario.run.replications,
        design: Value::Null,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out(|jobs, fates| {
        let varied = varied(&ready.axes, &ready.points);
        let names: Vec<String> = ready.axes.iter().map(|axis| axis.paths.join("+")).collect();
        let values = Values::read(study.trials.len(), jobs, fates, &study.outcomes);
        let asked = (&values, &study.outcomes[..]);
        let indices = arguments.method().table(&names, &ready.cube, asked, scenario.run.confidence);
        let tables = vec![indices, results(&varied, &values, &study.outcomes)];
        findings(scenario, &study, arguments, tables)
    })
}

fn command(arguments: &SensitivityArguments) -> String {
    let mut words = vec!["ecotone sensitivity".to_owned(), quoted(&arguments.file.to_string_lossy())];
    words.extend(arguments.vary.iter().flat_map(|axis| ["--vary".to_owned(), quoted(axis)]));
    words.push(match arguments.method {
        MethodName::Morris => format!("--trajectories {}", arguments.trajectories),
        MethodName::Sobol => format!("--method sobol --base {}", arguments.base),
    });
    words.extend(arguments.overrides.words());
    words.extend(arguments.options.words());
    words.join(" ")
}

fn findings(
    scenario: &Scenario,
    study: &Study,
    arguments: &SensitivityArguments,
    tables: Vec<Table>,
) -> Findings {
    let method = match arguments.method {
        MethodName::Morris => format!(
            "Morris, {}",
            counted(u64::from(arguments.trajectories), "trajectory").replace("trajectorys", "trajectories")
        ),
        MethodName::Sobol => format!(
            "Sobol' indices (Saltelli 2010, Jansen 1999), {}",
            counted(u64::from(arguments.base), "base point")
        ),
    };
    let facts = vec![
        ("Method".to_owned(), method),
        ("Ranges".to_owned(), arguments.vary.join("; ")),
        ("Trials".to_owned(), study.trials.len().to_string()),
        ("Replications of each".to_owned(), study.replications.to_string()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
    ];
    let (size, name) = match arguments.method {
        MethodName::Morris => ("mu_star", "mean absolute effect over the range"),
        MethodName::Sobol => ("total", "total share of variance"),
    };
    let indices = &tables[0];
    Findings {
        title: phrase::heading(scenario, "what moves the outcome"),
        answer: answer(scenario, study, indices, (size, name)),
        facts,
        lines: lines(scenario, &study.outcomes, indices),
        warnings: unconverged(indices)
            .into_iter()
            .chain(study::few_replications(study.replications))
            .collect(),
        tables,
        files: Vec::new(),
    }
}

/// The setting that matters most for the first outcome, and the runner-up.
fn answer(scenario: &Scenario, study: &Study, indices: &Table, (size, name): (&str, &str)) -> String {
    let Some(first) = study.outcomes.first() else { return String::new() };
    let mut rows = indices.rows_where(&[("outcome", &first.name)]);
    rows.retain(|&row| !indices.numbers(size)[row].is_nan());
    rows.sort_by(|&a, &b| indices.numbers(size)[b].total_cmp(&indices.numbers(size)[a]));
    let one = |row: usize| {
        let ends = indices.estimate(size, row);
        let words = match size {
            "mu_star" => size_in_words(scenario, first.unit, ends),
            _ if ends[1].is_nan() => format!("{:.2}", ends[0]),
            _ => format!("{:.2}, {:.2} to {:.2}", ends[0], ends[1], ends[2]),
        };
        let path = indices.word("setting", row);
        let meaning = in_sentence(scenario, path);
        let setting = if meaning == path { meaning } else { format!("{meaning} ({path})") };
        (setting, words)
    };
    let moves = |row: usize| if size == "mu_star" { way(indices, row) } else { "moves" };
    let percent = scenario.run.confidence * 100.0;
    let what = phrase::outcome(scenario, first);
    match rows[..] {
        [] => format!("No setting could be ranked: {what} is not defined in some trials, or constant."),
        [most, ..] if indices.numbers(size)[most] == 0.0 => format!("None of the settings moves {what}."),
        [only] => {
            let (setting, words) = one(only);
            capital(&format!("{setting} {} {what}: {name} {words}, {percent:.0} % interval.", moves(only)))
        }
        [most, next, ..] => {
            let number = |column: &str, row: usize| indices.numbers(&format!("{size}{column}"))[row];
            let is_clear = number("_low", most) > number("_high", next);
            let order = if is_clear { "most" } else { "most in this sample, not clearly before the next" };
            let open = if unconverged(indices).is_some() { "; not converged" } else { "" };
            let [(first, words), (second, next_words)] = [most, next].map(one);
            capital(&format!(
                "{first} {} {what} {order}: {words}. Then {second}: {next_words} ({name}, {percent:.0} % intervals{open}).",
                moves(most)
            ))
        }
    }
}

/// A mean absolute effect with its interval: a size has no sign.
fn size_in_words(scenario: &Scenario, unit: Unit, ends: [f64; 3]) -> String {
    let words = phrase::difference_with_interval(scenario, unit, ends);
    words.trim_start_matches('+').replace("(+", "(").replace("to +", "to ")
}

/// What a setting does to the outcome on its way up: one word where every elementary effect has the same sign.
fn way(indices: &Table, row: usize) -> &'static str {
    let [mean, absolute] = ["mu", "mu_star"].map(|column| indices.numbers(column)[row]);
    match mean.abs() >= absolute * (1.0 - 1e-9) {
        true if mean > 0.0 => "raises",
        true => "lowers",
        false => "moves",
    }
}

fn unconverged(indices: &Table) -> Option<String> {
    indices.column("converged")?;
    let rows = (0..indices.rows()).filter(|&row| indices.word("converged", row) == "no").count();
    (rows > 0).then(|| {
        format!("{rows} of {} indices have not converged (an interval wider than {CONVERGED_WIDTH}): take more base points", indices.rows())
    })
}

/// A line for each outcome and setting, in the outcome's unit.
fn lines(scenario: &Scenario, outcomes: &[Outcome], indices: &Table) -> String {
    let is_morris = indices.column("mu_star").is_some();
    let head: &[&str] = if is_morris {
        &["outcome", "setting", "mean absolute effect", "mean effect", "spread (sigma)"]
    } else {
        &["outcome", "setting", "first order", "total", "converged"]
    };
    let mut rows = vec![head.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>()];
    for row in 0..indices.rows() {
        let name = indices.word("outcome", row);
        let found = outcomes.iter().find(|outcome| outcome.name == name);
        let unit = found.map_or(Unit::Ratio, |outcome| outcome.unit);
        let number = |column: &str| phrase::difference(scenario, unit, indices.numbers(column)[row]);
        let index = |column: &str| match indices.estimate(column, row) {
            [value, low, _] if low.is_nan() => format!("{value:.2}"),
            [value, low, high] => format!("{value:.2} ({low:.2} to {high:.2})"),
        };
        let told = if is_morris {
            let size = size_in_words(scenario, unit, indices.estimate("mu_star", row));
            [size, number("mu"), number("sigma").trim_start_matches('+').to_owned()]
        } else {
            [index("first"), index("total"), indices.word("converged", row).to_owned()]
        };
        let mut cells = vec![name.to_owned(), indices.word("setting", row).to_owned()];
        cells.extend(told);
        rows.push(cells);
    }
    format!("\n{}", align(&rows))
}
