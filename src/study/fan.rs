//! The fan: outcomes over draws of uncertain settings and replications, and where their variance comes from.

use crate::scenario::{ActivityMode, Scenario};
use crate::stats::quantile::quantile;
use crate::stats::variance_split::{self, split};
use crate::study::batch::{Fate, Job};
use crate::study::curve::CURVES;
use crate::study::outcome::Outcome;
use crate::study::values::Values;
use crate::table::{Cell, Kind, Table, Unit};

/// Quantiles of the fan: median, ends of the inner half, ends of the inner nine tenths.
const QUANTILES: [(&str, f64); 5] =
    [("median", 0.5), ("low50", 0.25), ("high50", 0.75), ("low90", 0.05), ("high90", 0.95)];

/// Table `variance`: the variance of every outcome over draws and replications, and the shares of it owed to
/// the settings drawn (parameter), to chance (seed) and to following a panel instead of everybody (panel).
pub fn variance(values: &Values, outcomes: &[Outcome], scenario: &Scenario) -> Table {
    let number = |name| (name, Kind::Number, Unit::Share);
    let columns = [
        ("outcome", Kind::Text, Unit::Label),
        number("parameter"),
        number("seed"),
        number("panel"),
        ("variance", Kind::Number, Unit::Ratio),
    ];
    let mut table = Table::new("variance", "Where the variance of each outcome comes from", &columns);
    for (at, outcome) in outcomes.iter().enumerate() {
        let draw = |trial: usize| {
            let one = |value: f64| variance_split::Outcome {
                value,
                panel_variance: panel_variance(outcome, value, scenario),
            };
            values.of(trial, at).into_iter().filter(|value| !value.is_nan()).map(one).collect()
        };
        let found = split(&(0..values.runs.len()).map(draw).collect::<Vec<_>>());
        let [parameter, seed, panel] = found.shares();
        let numbers = [parameter, seed, panel, found.variance()].map(Cell::Number);
        table.push(&[&[(&outcome.name).into()], &numbers[..]].concat());
    }
    table
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
