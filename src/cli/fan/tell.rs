//! What a fan shows, in words and lines.

use crate::cli::columns::{align, thousands};
use crate::cli::study::{Findings, Study};
use crate::scenario::Scenario;
use crate::stats::quantile::quantile;
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::study::values::{Setting, Values, Varied};
use crate::table::Table;

/// Below so many runs, tenths of them mean little.
const FEW_RUNS: usize = 40;

/// What the tables say.
pub fn findings(
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
    Findings {
        title: phrase::heading(scenario, "what uncertain settings leave open"),
        answer: answer(scenario, study, values, &tables[0]),
        facts,
        lines: lines(scenario, &study.outcomes, values, &tables[0]),
        warnings: warnings(study, varied),
        tables,
        files: Vec::new(),
    }
}

/// The spread of the first outcome, and how much of it comes from the settings.
fn answer(scenario: &Scenario, study: &Study, values: &Values, split: &Table) -> String {
    let Some(first) = study.outcomes.first() else { return String::new() };
    let runs: usize = values.runs.iter().map(Vec::len).sum();
    let spread = format!(
        "{} of runs put {} at {}",
        if runs < FEW_RUNS { format!("The middle 90 % of only {runs}") } else { "90 %".to_owned() },
        phrase::outcome(scenario, first),
        phrase::with_interval(scenario, first.unit, spread(values, 0))
    );
    if study.replications < 2 {
        return format!("{spread}; settings and chance cannot be told apart with one replication.");
    }
    let [settings, chance, _] = parts(split, 0);
    let users = thousands(scenario.market.users);
    format!(
        "{spread}; {settings} of their variance comes from the settings, {chance} from chance at {users} simulated users."
    )
}

fn lines(scenario: &Scenario, outcomes: &[Outcome], values: &Values, split: &Table) -> String {
    let head =
        ["outcome", "median (90 % of runs)", "settings", "chance", "panel"].map(str::to_owned).to_vec();
    let row = |(at, outcome): (usize, &Outcome)| {
        let words = phrase::with_interval(scenario, outcome.unit, spread(values, at));
        [vec![outcome.name.clone(), words], parts(split, at).to_vec()].concat()
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(outcomes.iter().enumerate().map(row)).collect();
    format!("\n{}", align(&rows))
}

/// The parts of settings, chance and panel in the variance of an outcome.
fn parts(split: &Table, row: usize) -> [String; 3] {
    let percent =
        |share: f64| if share.is_nan() { "–".to_owned() } else { format!("{:.0} %", share * 100.0) };
    ["parameter", "seed", "panel"].map(|column| {
        let [share, low, high] = split.estimate(column, row);
        let ends =
            if low.is_nan() { String::new() } else { format!(" ({} to {})", percent(low), percent(high)) };
        percent(share) + &ends
    })
}

fn warnings(study: &Study, varied: &Varied) -> Vec<String> {
    let chance =
        "chance here is that of a market of so many simulated users: it shrinks as they grow, and the real \
                  market may be larger; judge the settings' part with as many users as you can"
            .to_owned();
    let mut distinct: Vec<&Vec<Setting>> = Vec::new();
    for point in &varied.points {
        if !distinct.contains(&point) {
            distinct.push(point);
        }
    }
    let (distinct, all) = (distinct.len(), study.trials.len());
    let again = (distinct < all).then(|| format!("only {distinct} of the {all} draws are distinct"));
    let one = (study.replications < 2)
        .then(|| "with one replication a draw, chance and settings cannot be told apart".to_owned());
    std::iter::once(chance).chain(again).chain(one).collect()
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
