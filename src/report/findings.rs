//! The headline numbers, in one place for chart titles and the page.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, cohort};
use crate::report::reading::{Estimate, at, estimate, number, rows, table, word};
use crate::report::wording::measure_word;
use crate::scenario::calendar::Calendar;
use crate::scenario::{Bound, Role, Target};
use crate::table::Table;

/// Survival at home at an age in days.
pub fn home_retention(story: &Story, platform: &str, age: i64) -> Option<Estimate> {
    let cohort = cohort(story, "home_survival");
    let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort)];
    at(story, "home_survival", &wanted, ("age", age), "survival")
}

/// Share converted by an age in days.
pub fn conversion(story: &Story, platform: &str, age: i64) -> Option<Estimate> {
    let cohort = cohort(story, "conversion");
    let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort)];
    at(story, "conversion", &wanted, ("age", age), "converted")
}

/// Members still paying at a billing cycle.
pub fn membership(story: &Story, platform: &str, cycle: i64) -> Option<Estimate> {
    let cohort = cohort(story, "member_retention");
    let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort)];
    at(story, "member_retention", &wanted, ("cycle", cycle), "survival")
}

/// A column of the activity table on its last defined day.
pub fn at_the_end(story: &Story, platform: &str, column: &str) -> Option<Estimate> {
    let table = table(story, "activity")?;
    let found = rows(table, &[("platform", platform), EVERYBODY]);
    found.into_iter().rev().map(|row| estimate(table, column, row)).find(|it| it.value.is_finite())
}

/// The largest flow between two platforms over the whole run: from, to, moves scaled to people.
pub fn biggest_flow(story: &Story) -> Option<(String, String, Estimate)> {
    let table = table(story, "migration")?;
    let is_a_platform = |name: &str| story.scenario.platforms.iter().any(|platform| platform.name == name);
    rows(table, &[("period", "whole run"), EVERYBODY])
        .into_iter()
        .filter(|&row| number(table, "moves", row) > 0.0)
        .filter(|&row| is_a_platform(word(table, "from", row)) && is_a_platform(word(table, "to", row)))
        .filter(|&row| word(table, "from", row) != word(table, "to", row))
        .max_by(|&a, &b| {
            let moves = |row| number(table, "moves", row);
            moves(a).total_cmp(&moves(b))
        })
        .map(|row| {
            (
                word(table, "from", row).to_owned(),
                word(table, "to", row).to_owned(),
                estimate(table, "moves", row),
            )
        })
}

/// The moves against the largest flow: from its destination back to its origin.
pub fn flow_back(story: &Story, from: &str, to: &str) -> Estimate {
    let nothing = Estimate::bare(0.0);
    let Some(table) = table(story, "migration") else { return nothing };
    let wanted = [("period", "whole run"), EVERYBODY, ("from", to), ("to", from)];
    rows(table, &wanted).first().map_or(nothing, |&row| estimate(table, "moves", row))
}

/// The platform with the highest value and the one with the lowest, when at least one is defined.
pub fn extremes<'a>(
    story: &Story<'a>,
    value: impl Fn(&str) -> Option<Estimate>,
) -> Option<[(&'a str, f64); 2]> {
    let names = story.scenario.platforms.iter().map(|platform| platform.name.as_str());
    let mut found: Vec<(&str, f64)> =
        names.filter_map(|name| value(name).map(|estimate| (name, estimate.value))).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    Some([*found.first()?, *found.last()?])
}

/// Two ends of a comparison in one sentence; with more than two platforms it says that they are ends.
pub fn both(story: &Story, is_alone: bool, first: String, second: String) -> String {
    match (is_alone, story.scenario.platforms.len() > 2) {
        (true, _) => first,
        (false, false) => format!("{first}, {second}"),
        (false, true) => format!("{first} (highest), {second} (lowest)"),
    }
}

/// What the scenario says of the published figure in a row of the table of targets.
pub fn published_as(story: &Story, table: &Table, row: usize) -> (Bound, Role) {
    let scenario = story.scenario;
    let calendar = Calendar::new(&scenario.market.start, scenario.market.days);
    let is_meant = |target: &&Target| {
        scenario.platforms[target.platform].name == word(table, "platform", row)
            && measure_word(target.measure) == word(table, "measure", row)
            && calendar.date(target.from) == word(table, "from", row)
            && calendar.date(target.to) == word(table, "to", row)
            && same(target.value, number(table, "published", row))
    };
    let found = scenario.targets.iter().find(is_meant);
    found.map_or((Bound::Value, Role::Compare), |target| (target.bound, target.role))
}

/// Whether two numbers are one but for the rounding of a mean over replications.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// The role of a published figure in a word or two.
pub fn role_words(role: Role) -> &'static str {
    match role {
        Role::Predicted => "predicted",
        Role::Compare => "compared",
        Role::Fitted => "fitted",
        Role::Given => "given: tests nothing",
    }
}

/// Stands before a figure that was published as a bound.
pub fn bound_mark(bound: Bound) -> &'static str {
    match bound {
        Bound::Value => "",
        Bound::AtLeast => "≥ ",
        Bound::AtMost => "≤ ",
    }
}

/// How a simulated figure stands beside the published one. It agrees within 10 % only: that its band holds the figure is
/// no agreement further away, else fewer replications, whose bands are wider, would agree better.
pub fn verdict(bound: Bound, published: f64, simulated: &Estimate) -> String {
    if !published.is_finite() || !simulated.value.is_finite() || published == 0.0 {
        return "cannot be compared".to_owned();
    }
    match bound {
        Bound::AtLeast if simulated.value >= published => {
            return "met (published as a lower bound)".to_owned();
        }
        Bound::AtMost if simulated.value <= published => {
            return "met (published as an upper bound)".to_owned();
        }
        _ => (),
    }
    let off = simulated.value / published - 1.0;
    let is_inside = simulated.low <= published && published <= simulated.high;
    if off.abs() <= CLOSE {
        return if is_inside { "inside the band" } else { "within 10\u{202f}%" }.to_owned();
    }
    let size = crate::report::wording::percent(off.abs(), 0);
    let opening = if is_inside { "open: inside a wide band, but" } else { "disagrees:" };
    format!("{opening} simulated {size} too {}", if off < 0.0 { "low" } else { "high" })
}

/// Distance from a published figure, as a share of it, up to which a simulated one agrees.
const CLOSE: f64 = 0.1;

/// Whether a verdict is agreement. A band that is wide enough to hold the figure by accident is none.
pub fn agrees(verdict: &str) -> bool {
    !["cannot", "open", "disagrees"].iter().any(|opening| verdict.starts_with(opening))
}
