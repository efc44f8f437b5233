//! Bracket retention: who is active at least once between two ages.

use crate::engine::Run;
use crate::measure::groups::{Cohorts, audiences, calendar};
use crate::measure::retention::{Kept, joined_by_month, observed_cohorts};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Bracket retention.
pub const MEASURE: Measure = Measure {
    name: "bracket_retention",
    title: "Share of joiners active at least once within a bracket of days after joining",
    answers: "How many of those who join are seen again in, say, their second week?",
    definition: "Share of the cohort active at least once from day `first` to day `last` after joining, inclusive.",
    reads: "Attendance: joined, in_bracket.",
    caveats: "All brackets of a cohort count the same months of joiners, chosen as in table retention for the \
        last day of any bracket: at least the first half of the months, and quarters whole. A bracket whose last \
        day they cannot all reach inside the horizon is not defined.",
    source: "Industry usage (bracket retention).",
    units: "share in 0..=1 of tracked joiners",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("cohort", Kind::Text, Unit::Label),
            ("first", Kind::Integer, Unit::Days),
            ("last", Kind::Integer, Unit::Days),
            ("share", Kind::Number, Unit::Share),
        ],
    );
    let calendar = calendar(scenario);
    let cohorts = Cohorts::new(&calendar);
    let joined = joined_by_month(run, &calendar);
    let longest = scenario.measures.brackets.iter().map(|bracket| bracket[1]).max().unwrap_or(0) as usize;
    for (platform, settings) in scenario.platforms.iter().enumerate() {
        for audience in audiences(scenario, run) {
            for cohort in observed_cohorts(&cohorts, audience.is_everybody) {
                let kept = Kept::new(&cohorts, cohort, &calendar, longest);
                for (bracket, &[first, last]) in scenario.measures.brackets.iter().enumerate() {
                    let group = (&audience.classes[..], platform + 1, bracket);
                    let is_reached = (last as usize) < kept.ages;
                    let share = if is_reached { share(run, &joined, group, &kept) } else { f64::NAN };
                    table.push(&[
                        (&settings.name).into(),
                        (&audience.name).into(),
                        (&cohorts.names[cohort]).into(),
                        i64::from(first).into(),
                        i64::from(last).into(),
                        share.into(),
                    ]);
                }
            }
        }
    }
    table
}

/// Share of the joiners of some months who were active in a bracket; `group` is classes, place, bracket.
fn share(run: &Run, joined: &[u64], (classes, place, bracket): (&[usize], usize, usize), kept: &Kept) -> f64 {
    let attendance = &run.attendance;
    let (mut hits, mut all) = (0, 0);
    for month in kept.months.clone() {
        for &class in classes {
            let first = attendance.at(class, place, month, attendance.brackets);
            hits += u64::from(attendance.in_bracket[first + bracket]);
            all += joined[attendance.at(class, place, month, 1)];
        }
    }
    ratio(hits as f64, all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, numbers, run, scenario_with_audiences};

    #[test]
    fn months_that_cannot_reach_the_last_day_do_not_count() {
        // 33 days: all of January, half of the months, reaches day 2 (of the bracket 1..=2), February does not.
        let scenario = scenario_with_audiences(33, 1);
        // Class 0 in `pop fans`, class 1 in both audiences.
        let mut run = run(&scenario, &[1, 3]);
        let groups = 2 * 2;
        run.attendance.joined[5 * groups + 1] = 4; // class 0
        run.attendance.joined[5 * groups + 3] = 6; // class 1
        run.attendance.joined[32 * groups + 1] = 90;
        let at = |class| run.attendance.at(class, 1, 0, 1);
        let (first, second) = (at(0), at(1));
        run.attendance.in_bracket[first] = 3;
        run.attendance.in_bracket[second] = 2;
        let table = measure(&scenario, &run);
        let joiners =
            |audience| numbers(&table, &[("audience", audience), ("cohort", "all joiners")], "share");
        close(&joiners("everybody"), &[0.5]);
        close(&joiners("pop fans"), &[0.5]);
        close(&joiners("folk fans"), &[2.0 / 6.0]);
        close(&numbers(&table, &[("cohort", "2021-Q1")], "share"), &[f64::NAN]);
    }
}
