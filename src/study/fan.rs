//! The fan: outcomes over draws of uncertain settings and replications, and where their variance comes from.

use crate::scenario::{ActivityMode, Scenario};
use crate::stats::bca::{Plan, bca, small_sample};
use crate::stats::intervals::Interval;
use crate::stats::mean_bootstrap::{FEWEST, RESAMPLES};
use crate::stats::quantile::quantile;
use crate::stats::variance_split::{self, split};
use crate::study::batch::{Fate, Job};
use crate::study::curve::CURVES;
use crate::study::outcome::Outcome;
use crate::study::values::{Values, drawn};
use crate::table::{Cell, Kind, Table, Unit};

/// Quantiles of the fan: median, ends of the inner half, ends of the inner nine tenths.
const QUANTILES: [(&str, f64); 5] =
    [("median", 0.5), ("low50", 0.25), ("high50", 0.75), ("low90", 0.05), ("high90", 0.95)];

/// Table `variance`: the variance of every outcome over draws and replications, and the shares of it owed to
/// the settings drawn (parameter), to chance (seed) and to following a panel instead of everybody (panel), with
/// BCa intervals over the draws.
pub fn variance(values: &Values, outcomes: &[Outcome], scenario: &Scenario) -> Table {
    let mut columns = vec![("outcome", Kind::Text, Unit::Label)];
    columns.extend(SHARES.map(|name| (name, Kind::Number, Unit::Share)));
    columns.push(("variance", Kind::Number, Unit::Ratio));
    let mut table = Table::new("variance", "Where the variance of each outcome comes from", &columns);
    for (at, outcome) in outcomes.iter().enumerate() {
        let draw = |trial: usize| {
            let one = |value: f64| variance_split::Outcome {
                value,
                panel_variance: panel_variance(outcome, value, scenario),
            };
            values.of(trial, at).into_iter().filter(|value| !value.is_nan()).map(one).collect()
        };
        let draws: Vec<Vec<variance_split::Outcome>> = (0..values.runs.len()).map(draw).collect();
        let mut row: Vec<Cell> = vec![(&outcome.name).into()];
        for component in 0..3 {
            let found = share(&draws, component, scenario.run.confidence);
            row.extend([found.point, found.low, found.high].map(Cell::Number));
        }
        row.push(Cell::Number(split(&draws).variance()));
        table.push(&row);
    }
    table
}

/// The shares with the ends of their intervals, in the order of the columns.
const SHARES: [&str; 9] = [
    "parameter",
    "parameter_low",
    "parameter_high",
    "seed",
    "seed_low",
    "seed_high",
    "panel",
    "panel_low",
    "panel_high",
];

/// A share of the variance with its interval: the bootstrap takes whole draws, since their replications belong
/// together. Split into nothing (no variance at all), a resample counts as none.
fn share(draws: &[Vec<variance_split::Outcome>], component: usize, confidence: f64) -> Interval {
    let count = draws.len();
    let of = |sample: &[usize]| {
        let chosen: Vec<Vec<variance_split::Outcome>> =
            sample.iter().map(|&draw| draws[draw].clone()).collect();
        split(&chosen).shares()[component]
    };
    let point = split(draws).shares()[component];
    if count < FEWEST || !point.is_finite() {
        return Interval { point, low: f64::NAN, high: f64::NAN };
    }
    let plan = Plan { count, resamples: RESAMPLES, confidence: small_sample(confidence, count) };
    let known = |sample: &[usize]| {
        let share = of(sample);
        if share.is_finite() { share } else { 0.0 }
    };
    let Interval { low, high, .. } = bca(plan, known, |resample, position| drawn(resample, position, count));
    Interval { point, low: low.clamp(0.0, 1.0), high: high.clamp(0.0, 1.0) }
}

/// Variance of a count of active people because only a panel is followed: binomial with the finite-population
/// correction, P^2 p (1 - p) / n (1 - n / N). 0 for what is known of everybody, and for ratios, where it is
/// neither known nor large.
fn panel_variance(outcome: &Outcome, value: f64, scenario: &Scenario) -> f64 {
    let users = scenario.market.users as f64;
    let followed = (scenario.measures.panel_users as f64).min(users);
    let is_panel = scenario.measures.activity == ActivityMode::Panel && followed < users;
    let is_count = outcome.name.starts_with("mau:") || outcome.name.starts_with("dau:");
    if !(is_panel && is_count) {
        return 0.0;
    }
    let people = scenario.market.population;
    let share = (value / people).clamp(0.0, 1.0);
    people * people * share * (1.0 - share) / followed * (1.0 - followed / users)
}

/// Table `fan`: quantiles of every curve over all runs.
pub fn fan(jobs: &[Job], fates: &[Fate], scenario: &Scenario) -> Table {
    let text = |name| (name, Kind::Text, Unit::Label);
    let mut columns = vec![text("curve"), text("platform"), ("x", Kind::Integer, Unit::Days)];
    columns.extend(QUANTILES.map(|(name, _)| (name, Kind::Number, Unit::Ratio)));
    let mut table = Table::new("fan", "Curves over draws and replications, quantiles", &columns);
    debug_assert_eq!(jobs.len(), fates.len());
    let done: Vec<&[Table]> = fates
        .iter()
        .filter_map(|fate| if let Fate::Done(tables) = fate { Some(tables.as_slice()) } else { None })
        .collect();
    for curve in CURVES {
        for platform in &scenario.platforms {
            let runs: Vec<Vec<(i64, f64)>> =
                done.iter().map(|tables| curve.read(tables, &platform.name)).collect();
            let length = runs.iter().map(Vec::len).min().unwrap_or(0);
            for at in 0..length {
                let x = runs[0][at].0;
                let mut values: Vec<f64> =
                    runs.iter().filter(|run| run[at].0 == x).map(|run| run[at].1).collect();
                // A curve that some runs do not reach would narrow there for want of runs, not of doubt.
                if values.len() < runs.len() || values.iter().any(|value| value.is_nan()) {
                    continue;
                }
                values.sort_by(f64::total_cmp);
                let mut row: Vec<Cell> = vec![curve.name.into(), (&platform.name).into(), x.into()];
                row.extend(QUANTILES.map(|(_, probability)| Cell::Number(quantile(&values, probability))));
                table.push(&row);
            }
        }
    }
    table
}
