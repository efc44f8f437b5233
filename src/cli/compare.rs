//! `ecotone compare`: what a treatment changes, by pairs of runs that share every draw.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::columns::{align, counted};
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare;
use crate::cli::refusal::Refusal;
use crate::cli::study::{self, Findings, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::scenario::document::{Document, Treatment};
use crate::study::batch::Keeps;
use crate::study::compare::{Comparison, first_difference};
use crate::study::curve::tables_needed;
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::study::trial::Trial;
use crate::table::Table;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone compare first_try.toml --set platforms.community.premium.price=12
      the same market with another price: effects with intervals, curves, difference below
  ecotone compare control.toml loss.toml loss_60_days.toml --of share:netease
      two treatments against one control
  ecotone compare sm_catalogue_loss.toml
      a file that declares its own treatments: control and all of them
  ecotone compare first_try.toml --both market.users=50000 --set choice.beta_s=0.5
      --both changes control and treatment alike

Exit codes: 0 done, 1 failure while running, 2 fault in a scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// The words after `ecotone compare`.
#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// Scenario of the control
    pub control: PathBuf,
    /// Scenarios of the treatments; none: the control with every --set, or the treatments that it declares
    pub treatments: Vec<PathBuf>,
    /// A setting of both sides; may be repeated
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    pub both: Vec<String>,
    /// What the treatment of --set is called
    #[arg(long, value_name = "LABEL")]
    pub label: Option<String>,
    /// Day or date of a difference in differences [default: the first event that the sides do not share]
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Compares.
pub fn compare(arguments: &CompareArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok((base, sides)) => carry_out(arguments, &base, sides),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

/// Trials, their files, the outcomes and the day of the difference in differences.
struct Sides {
    trials: Vec<Trial>,
    files: Vec<PathBuf>,
    outcomes: Vec<Outcome>,
    /// Whether somebody named them, so that the first is the headline.
    asked: bool,
    since: Option<u32>,
}

fn prepare(arguments: &CompareArguments) -> Result<(prepare::Prepared, Sides), Refusal> {
    let both = Overrides { set: arguments.both.clone(), treatment: None, ..arguments.overrides.clone() };
    let control = prepare::prepare(&arguments.control, &both)?;
    let mut trials = vec![Trial::new("control", both.words(), control.checked.clone())];
    let mut files = vec![arguments.control.clone()];
    let treatment = Overrides {
        set: [&arguments.both[..], &arguments.overrides.set[..]].concat(),
        ..arguments.overrides.clone()
    };
    refuse_mixed(arguments)?;
    let document = prepare::load(&arguments.control)?;
    for (file, declared) in treatments(arguments, &document)? {
        let name = declared.as_ref().map(|declared| declared.name.clone());
        let overrides = Overrides { treatment: name, ..treatment.clone() };
        let checked = prepare::prepare(&file, &overrides)?.checked;
        let label = declared.map_or_else(|| label(arguments, &file, &trials), |declared| declared.label);
        trials.push(Trial::new(&label, overrides.words(), checked));
        files.push(file);
    }
    refuse_unlike(&trials)?;
    let outcomes = outcomes(arguments, &document, &control.checked.scenario)?;
    let since = since(arguments, &trials)?;
    let asked = !arguments.options.of.is_empty() || !document.outcomes().is_empty();
    Ok((control, Sides { trials, files, outcomes, asked, since }))
}

/// The treatments: files, or the control with every --set, or what the control declares.
fn treatments(
    arguments: &CompareArguments,
    document: &Document,
) -> Result<Vec<(PathBuf, Option<Treatment>)>, Refusal> {
    let control = || arguments.control.clone();
    if !arguments.treatments.is_empty() {
        return Ok(arguments.treatments.iter().map(|file| (file.clone(), None)).collect());
    }
    let wanted = arguments.overrides.treatment.as_deref();
    if wanted.is_none() && !arguments.overrides.set.is_empty() {
        return Ok(vec![(control(), None)]);
    }
    let mut declared = document.treatments();
    if let Some(name) = wanted {
        declared.retain(|treatment| treatment.name == name);
        let (name, label) = (name.to_owned(), name.to_owned());
        declared.resize(1, Treatment { name, label });
    }
    if declared.is_empty() {
        return Err(Refusal::reason(
            "there is nothing to compare with",
            "name a second scenario file, change a setting with --set PATH=VALUE, or declare [[treatments]] in the file",
        ));
    }
    Ok(declared.into_iter().map(|treatment| (control(), Some(treatment))).collect())
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
fn since(arguments: &CompareArguments, trials: &[Trial]) -> Result<Option<u32>, Refusal> {
    let control = &trials[0].scenario;
    let Some(text) = &arguments.since else {
        return Ok(trials[1..].iter().filter_map(|trial| first_difference(control, &trial.scenario)).min());
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

fn carry_out(arguments: &CompareArguments, base: &prepare::Prepared, sides: Sides) -> Result<Ending> {
    let scenario = &base.checked.scenario;
    let keeps = Keeps::Tables(tables_needed(&sides.outcomes));
    let study = Study {
        kind: StudyKind::Compare,
        file: &arguments.control,
        base,
        trials: sides.trials,
        files: sides.files,
        outcomes: sides.outcomes,
        keeps,
        replications: scenario.run.replications,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out(|jobs, fates| {
        let comparison = Comparison {
            trials: &study.trials,
            jobs,
            fates,
            outcomes: &study.outcomes,
            confidence: scenario.run.confidence,
            since: sides.since,
        };
        findings(scenario, &study, comparison.tables(), (sides.since, sides.asked))
    })
}

fn command(arguments: &CompareArguments) -> String {
    let mut words = vec!["ecotone compare".to_owned(), quoted(&arguments.control.to_string_lossy())];
    words.extend(arguments.treatments.iter().map(|file| quoted(&file.to_string_lossy())));
    words.extend(arguments.overrides.words());
    let with_value = |name: &str, value: &String| [name.to_owned(), quoted(value)];
    words.extend(arguments.both.iter().flat_map(|pair| with_value("--both", pair)));
    words.extend(arguments.label.iter().flat_map(|label| with_value("--label", label)));
    words.extend(arguments.since.iter().flat_map(|date| with_value("--since", date)));
    words.extend(arguments.options.words());
    words.join(" ")
}

fn findings(
    scenario: &Scenario,
    study: &Study,
    tables: Vec<Table>,
    (since, asked): (Option<u32>, bool),
) -> Findings {
    let names: Vec<&str> = study.trials[1..].iter().map(|trial| trial.label.as_str()).collect();
    let mut facts = vec![
        ("Control".to_owned(), study.file.display().to_string()),
        ("Treatments".to_owned(), names.join("; ")),
        ("Pairs of runs".to_owned(), study.replications.to_string()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
        ("Simulated users".to_owned(), crate::cli::columns::thousands(scenario.market.users)),
        ("Chance".to_owned(), "both sides of a pair share every draw".to_owned()),
    ];
    if let Some(day) = since {
        let date = Calendar::new(&scenario.market.start, scenario.market.days).date(day);
        facts.push(("Difference in differences since".to_owned(), date));
    }
    let effects = &tables[0];
    let first = if asked { study.outcomes.first() } else { phrase::clearest(&study.outcomes, effects) };
    let answer = first.map_or(String::new(), |outcome| phrase::effects(scenario, outcome, effects));
    let few = (study.replications < 5).then(|| {
        format!("only {}: intervals rest on very few markets", counted(u64::from(study.replications), "pair"))
    });
    Findings {
        title: phrase::heading(scenario, "what the treatment changes"),
        answer,
        facts,
        lines: lines(scenario, &study.outcomes, effects),
        warnings: few.into_iter().collect(),
        tables,
        files: Vec::new(),
    }
}

fn lines(scenario: &Scenario, outcomes: &[Outcome], effects: &Table) -> String {
    let head = ["treatment", "outcome", "control", "treated", "effect", "pairing saves"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for row in 0..effects.rows() {
        let name = effects.word("outcome", row);
        let Some(outcome) = outcomes.iter().find(|outcome| outcome.name == name) else { continue };
        let number = |column: &str| effects.numbers(column)[row];
        let words = |column: &str| phrase::amount(scenario, outcome.unit, number(column));
        let ratio = number("variance_ratio");
        rows.push(vec![
            effects.word("treatment", row).to_owned(),
            name.to_owned(),
            words("control"),
            words("treated"),
            phrase::difference_with_interval(
                scenario,
                outcome.unit,
                [number("effect"), number("effect_low"), number("effect_high")],
            ),
            if ratio.is_nan() { "–".to_owned() } else { format!("{ratio:.0} x") },
        ]);
    }
    format!("\n{}", align(&rows))
}
