//! `ecotone fan`: outcomes under uncertain settings, and where their spread comes from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::columns::align;
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::study::{self, Findings, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::scenario::Scenario;
use crate::scenario::document::Patch;
use crate::scenario::fault::Fault;
use crate::scenario::settings;
use crate::stats::quantile::quantile;
use crate::study::axis::settings_of;
use crate::study::batch::Keeps;
use crate::study::curve::tables_needed;
use crate::study::fan::{fan as fan_table, variance};
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::study::trial::Trial;
use crate::study::values::{Values, Varied, results};
use crate::table::Table;

/// Longest file of draws that is read, bytes.
const LONGEST: u64 = 64 << 20;
/// Below so many runs, tenths of them mean little.
const FEW_RUNS: usize = 40;
/// Columns of a file of draws that are no settings.
const OTHERS: [&str; 2] = ["draw", "weight"];

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
    let draws = read(&arguments.draws)?;
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

/// A file of draws.
struct Draws {
    paths: Vec<String>,
    /// Shape draws × paths, as written.
    rows: Vec<Vec<String>>,
    weights: Vec<f64>,
}

impl Draws {
    /// The rows to take: all of them, or so many, evenly along the sum of their weights.
    fn take(&self, wanted: Option<u32>) -> Vec<usize> {
        let Some(count) = wanted else { return (0..self.rows.len()).collect() };
        let all: f64 = self.weights.iter().sum();
        let (mut row, mut sum) = (0, self.weights[0]);
        let pick = |at: u32| {
            let goal = all * (f64::from(at) + 0.5) / f64::from(count);
            while sum < goal && row + 1 < self.rows.len() {
                row += 1;
                sum += self.weights[row];
            }
            row
        };
        (0..count).map(pick).collect()
    }
}

/// Reads a file of draws; all that is wrong with it at once.
fn read(path: &Path) -> Result<Draws, Refusal> {
    let name = path.display().to_string();
    let refuse = |rule: String, remedy: &str| Refusal::from(Fault::of_file(&name, &rule, remedy));
    let size = fs::metadata(path).map_err(|error| refuse(format!("cannot be read: {error}"), ""))?.len();
    if size > LONGEST {
        return Err(refuse("is longer than 64 MiB".to_owned(), "take fewer draws"));
    }
    let mut reader =
        csv::Reader::from_path(path).map_err(|error| refuse(format!("cannot be read: {error}"), ""))?;
    let head = reader
        .headers()
        .map_err(|error| refuse(error.to_string(), "the first line names the settings"))?
        .clone();
    let mut faults = Vec::new();
    let is_setting = |column: &&str| !OTHERS.contains(column);
    for column in head.iter().filter(is_setting) {
        if let Err(near) = settings::find(column) {
            let remedy = near.first().map_or(String::new(), |name| format!("did you mean `{name}`?"));
            faults.push(Fault {
                line: 1,
                column: 1,
                ..Fault::of_file(&name, &format!("no setting is named `{column}`"), &remedy)
            });
        }
    }
    let paths: Vec<String> = head.iter().filter(is_setting).map(str::to_owned).collect();
    if paths.is_empty() {
        faults.push(Fault::of_file(
            &name,
            "names no setting",
            "the first line holds paths such as choice.beta_s",
        ));
    }
    let (mut rows, mut weights) = (Vec::new(), Vec::new());
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(Fault {
                    line: at + 2,
                    column: 1,
                    ..Fault::of_file(&name, &error.to_string(), "")
                });
                continue;
            }
        };
        let weight = head.iter().position(|column| column == "weight").map_or(Some(1.0), |column| {
            record[column].parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0)
        });
        match weight {
            Some(weight) => weights.push(weight),
            None => faults.push(Fault {
                line: at + 2,
                column: 1,
                ..Fault::of_file(&name, "the weight is no number >= 0", "")
            }),
        }
        let cells = head.iter().zip(&record).filter(|(column, _)| is_setting(column));
        rows.push(cells.map(|(_, cell)| cell.to_owned()).collect());
    }
    for (at, path) in paths.iter().enumerate().filter(|(at, path)| paths[..*at].contains(path)) {
        faults.push(Fault {
            line: 1,
            column: 1,
            ..Fault::of_file(
                &name,
                &format!("column {} names `{path}` again", at + 1),
                "one column a setting",
            )
        });
    }
    if !rows.is_empty() && weights.iter().sum::<f64>() <= 0.0 {
        faults.push(Fault::of_file(
            &name,
            "no draw has a weight above 0",
            "weights are shares, or leave the column out",
        ));
    }
    if rows.len() < 2 {
        faults.push(Fault::of_file(
            &name,
            "holds fewer than two draws",
            "one row a draw below the line of names",
        ));
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    Ok(Draws { paths, rows, weights })
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
        findings(scenario, &study, &ready.varied, (&values, tables))
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

fn findings(
    scenario: &Scenario,
    study: &Study,
    varied: &Varied,
    (values, tables): (&Values, Vec<Table>),
) -> Findings {
    let facts = vec![
        ("Uncertain settings".to_owned(), varied.paths.join(", ")),
        ("Draws".to_owned(), study.trials.len().to_string()),
        ("Replications of each".to_owned(), study.replications.to_string()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
    ];
    let percent =
        |share: f64| if share.is_nan() { "–".to_owned() } else { format!("{:.0} %", share * 100.0) };
    let runs: usize = values.runs.iter().map(Vec::len).sum();
    let split = &tables[0];
    let part = |row: usize, column: &str| {
        let of = |ending: &str| split.numbers(&format!("{column}{ending}"))[row];
        let (low, high) = (of("_low"), of("_high"));
        let ends =
            if low.is_nan() { String::new() } else { format!(" ({} to {})", percent(low), percent(high)) };
        percent(of("")) + &ends
    };
    let parts = |row: usize| ["parameter", "seed", "panel"].map(|column| part(row, column));
    let ends = |at: usize| spread(values, at);
    let head =
        ["outcome", "median (90 % of runs)", "settings", "chance", "panel"].map(str::to_owned).to_vec();
    let row = |(at, outcome): (usize, &Outcome)| {
        let words = phrase::with_interval(scenario, outcome.unit, ends(at));
        [vec![outcome.name.clone(), words], parts(at).to_vec()].concat()
    };
    let rows: Vec<Vec<String>> =
        std::iter::once(head).chain(study.outcomes.iter().enumerate().map(row)).collect();
    let answer = study.outcomes.first().map_or(String::new(), |first| {
        let [settings, chance, _] = parts(0);
        let spread = format!(
            "{} of runs put {} at {}",
            if runs < FEW_RUNS { format!("The middle 90 % of only {runs}") } else { "90 %".to_owned() },
            phrase::outcome(scenario, first),
            phrase::with_interval(scenario, first.unit, ends(0))
        );
        if study.replications < 2 {
            return format!("{spread}; settings and chance cannot be told apart with one replication.");
        }
        let users = crate::cli::columns::thousands(scenario.market.users);
        format!("{spread}; {settings} of their variance comes from the settings, {chance} from chance at {users} simulated users.")
    });
    let chance =
        "chance here is that of a market of so many simulated users: it shrinks as they grow, and the real \
                  market may be larger; judge the settings' part with as many users as you can"
            .to_owned();
    let distinct = {
        let mut points: Vec<&Vec<crate::study::values::Setting>> = Vec::new();
        for point in &varied.points {
            if !points.contains(&point) {
                points.push(point);
            }
        }
        points.len()
    };
    let again = (distinct < study.trials.len())
        .then(|| format!("only {distinct} of the {} draws are distinct", study.trials.len()));
    let one = (study.replications < 2)
        .then(|| "with one replication a draw, chance and settings cannot be told apart".to_owned());
    Findings {
        title: phrase::heading(scenario, "what uncertain settings leave open"),
        answer,
        facts,
        lines: format!("\n{}", align(&rows)),
        warnings: std::iter::once(chance).chain(again).chain(one).collect(),
        tables,
        files: Vec::new(),
    }
}

/// Median and ends of the inner nine tenths over all runs.
fn spread(values: &Values, at: usize) -> [f64; 3] {
    let mut all: Vec<f64> = (0..values.runs.len())
        .flat_map(|trial| values.of(trial, at))
        .filter(|value| !value.is_nan())
        .collect();
    all.sort_by(f64::total_cmp);
    if all.is_empty() {
        [f64::NAN; 3]
    } else {
        [0.5, 0.05, 0.95].map(|probability| quantile(&all, probability))
    }
}
