//! What a study found, in words with intervals.

use crate::scenario::Scenario;
use crate::study::outcome::Outcome;
use crate::table::{Table, Unit};

/// Heading of a study: the scenario's own, and what is asked of it.
pub fn heading(scenario: &Scenario, what: &str) -> String {
    let title = if scenario.title.is_empty() { &scenario.name } else { &scenario.title };
    format!("{title}: {what}")
}

/// An amount with its unit: `12.3 %`, `4.56 M`, `15.00 RMB`.
pub fn amount(scenario: &Scenario, unit: Unit, value: f64) -> String {
    match unit {
        _ if value.is_nan() => "not defined".to_owned(),
        Unit::Share => format!("{:.1} %", value * 100.0),
        Unit::People | Unit::PeopleChange | Unit::Count => scaled(value),
        Unit::Money | Unit::MoneyPerMonth => format!("{} {}", scaled(value), scenario.market.currency),
        _ => format!("{value:.3}"),
    }
}

/// A difference with its sign: `+1.2 points`, `-3.4 k`.
pub fn difference(scenario: &Scenario, unit: Unit, value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    match unit {
        _ if value.is_nan() => "not defined".to_owned(),
        Unit::Share => format!("{sign}{:.2} points", value * 100.0),
        _ => format!("{sign}{}", amount(scenario, unit, value)),
    }
}

/// A difference with the ends of its interval: `+1.2 points (0.9 to 1.5)`.
pub fn difference_with_interval(scenario: &Scenario, unit: Unit, [value, low, high]: [f64; 3]) -> String {
    let point = difference(scenario, unit, value);
    if low.is_nan() || high.is_nan() {
        return point;
    }
    let bare = |end: f64| difference(scenario, unit, end).trim_end_matches(" points").to_owned();
    format!("{point} ({} to {})", bare(low), bare(high))
}

/// An outcome with its platform: *NetEase's share still at home 180 days after joining*.
pub fn outcome(scenario: &Scenario, outcome: &Outcome) -> String {
    let found = scenario.platforms.iter().find(|platform| platform.name == outcome.platform);
    let whose = found.map_or("the market's".to_owned(), |platform| format!("{}'s", platform.label));
    let among =
        if outcome.audience == "everybody" { String::new() } else { format!(" among {}", outcome.audience) };
    format!("{whose} {}{among}", outcome.title)
}

/// The effect of every treatment on the first outcome, in one sentence.
pub fn effects(scenario: &Scenario, outcomes: &[Outcome], effects: &Table) -> String {
    let Some(first) = outcomes.first() else { return String::new() };
    let percent = scenario.run.confidence * 100.0;
    let one = |row: usize| {
        let number = |column: &str| effects.numbers(column)[row];
        let [value, low, high] = ["effect", "effect_low", "effect_high"].map(number);
        let verb = match () {
            () if value == 0.0 && low == 0.0 && high == 0.0 => "leaves unchanged",
            () if value.is_nan() => "has no defined effect on",
            () if low > 0.0 || (low.is_nan() && value > 0.0) => "raises",
            () if high < 0.0 || (high.is_nan() && value < 0.0) => "lowers",
            () => "does not clearly change",
        };
        let name = effects.word("treatment", row);
        let by = difference_with_interval(scenario, first.unit, [value, low, high]);
        let how =
            if verb == "leaves unchanged" || value.is_nan() { String::new() } else { format!(": {by}") };
        format!("“{name}” {verb} {}{how}", outcome(scenario, first))
    };
    let rows = effects.rows_where(&[("outcome", &first.name)]);
    let sentences: Vec<String> = rows.into_iter().map(one).collect();
    format!("{} ({percent:.0} % interval on pairs of runs that share their chance).", sentences.join("; "))
}

/// An amount with the ends of its interval.
pub fn with_interval(scenario: &Scenario, unit: Unit, [value, low, high]: [f64; 3]) -> String {
    let point = amount(scenario, unit, value);
    if low.is_nan() || high.is_nan() {
        return point;
    }
    format!("{point} ({} to {})", amount(scenario, unit, low), amount(scenario, unit, high))
}

/// Where the first outcome is lowest and highest, in one sentence.
pub fn extremes(scenario: &Scenario, outcomes: &[Outcome], summary: &Table, labels: &[&str]) -> String {
    let Some(first) = outcomes.first() else { return String::new() };
    let mean = |row: usize| summary.numbers("mean")[row];
    let mut rows = summary.rows_where(&[("outcome", &first.name)]);
    rows.retain(|&row| !mean(row).is_nan());
    rows.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
    let (Some(&least), Some(&most)) = (rows.first(), rows.last()) else {
        return format!("{} is defined in no trial.", capital(&outcome(scenario, first)));
    };
    let at = |row: usize| {
        let ends = ["mean", "mean_low", "mean_high"].map(|column| summary.numbers(column)[row]);
        let place = labels[summary.integers("point")[row] as usize];
        format!("{} at {place}", with_interval(scenario, first.unit, ends))
    };
    let percent = scenario.run.confidence * 100.0;
    let what = capital(&outcome(scenario, first));
    format!("{what} goes from {} to {} ({percent:.0} % intervals over replications).", at(least), at(most))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Three significant digits with k, M or G.
fn scaled(value: f64) -> String {
    let size = value.abs();
    let (scale, letter) = match size {
        s if s >= 1e9 => (1e9, " G"),
        s if s >= 1e6 => (1e6, " M"),
        s if s >= 1e4 => (1e3, " k"),
        _ => (1.0, ""),
    };
    let shown = value / scale;
    let digits = match shown.abs() {
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        _ => 2,
    };
    format!("{shown:.digits$}{letter}")
}
