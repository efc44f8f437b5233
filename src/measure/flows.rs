//! Flows: arrivals, departures and win-backs of each platform by month.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::groups::{audiences, calendar, people_per_user};
use crate::measure::monthly_moves::MonthlyMoves;
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Monthly flows.
pub const MEASURE: Measure = Measure {
    name: "flows",
    title: "Arrivals, departures and win-backs by month",
    answers: "Does a platform grow because more come or because fewer leave?",
    definition: "arrivals, departures: moves to and from the platform in the month. net: arrivals - departures. \
        winbacks: arrivals of users who had left this platform within the last 90 days.",
    reads: "Panel: moves, winbacks.",
    caveats: "The first and the last month may be cut by the horizon. Departures before day 0 are unknown, so \
        win-backs are too few in the first 90 days.",
    source: "Definition of this project.",
    units: "people per calendar month",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("month", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("arrivals", Kind::Number, Unit::People),
            ("departures", Kind::Number, Unit::People),
            ("net", Kind::Number, Unit::PeopleChange),
            ("winbacks", Kind::Number, Unit::People),
        ],
    );
    let calendar = calendar(scenario);
    let totals = MonthlyMoves::new(scenario, run);
    let scale = people_per_user(scenario, run);
    for month in 0..calendar.months() {
        let name = calendar.month_name(month);
        let days = calendar.month_start(month) as usize..=calendar.month_end(month) as usize;
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            let place = platform + 1;
            for audience in audiences(scenario, run) {
                let moves = |from, to| totals.moves(&[month], &audience.classes, from, to);
                let arrivals: u64 = (0..scenario.places()).map(|from| moves(from, place)).sum();
                let departures: u64 = (0..scenario.places()).map(|to| moves(place, to)).sum();
                let returns = |day| -> u64 {
                    let count =
                        |&class: &usize| u64::from(run.panel.winbacks[run.panel.at(day, class, place)]);
                    audience.classes.iter().map(count).sum()
                };
                let winbacks: u64 = days.clone().map(returns).sum();
                table.push(&[
                    (&name).into(),
                    (&settings.name).into(),
                    (&audience.name).into(),
                    (scale * arrivals as f64).into(),
                    (scale * departures as f64).into(),
                    (scale * (arrivals as f64 - departures as f64)).into(),
                    (scale * winbacks as f64).into(),
                ]);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row, run, scenario_with_audiences};

    #[test]
    fn flows_by_month_and_audience() {
        let scenario = scenario_with_audiences(40, 2);
        let mut run = run(&scenario, &[0, 1]);
        // From the outside to p1 on day 3 (class 0: 2, class 1: 1), from p1 to p2 on day 35 (class 1).
        for (day, class, from, to, count) in [(3, 0, 0, 1, 2), (3, 1, 0, 1, 1), (35, 1, 1, 2, 1)] {
            let at = run.panel.at(day, class, from) * 3 + to;
            run.panel.moves[at] = count;
        }
        let at = run.panel.at(3, 1, 1);
        run.panel.winbacks[at] = 1;
        let table = measure(&scenario, &run);
        let of = |month, platform, audience| {
            let at = row(&table, &[("month", month), ("platform", platform), ("audience", audience)]);
            ["arrivals", "departures", "net", "winbacks"].map(|name| table.numbers(name)[at])
        };
        close(&of("2021-01", "p1", "everybody"), &[300.0, 0.0, 300.0, 100.0]);
        close(&of("2021-01", "p1", "pop fans"), &[100.0, 0.0, 100.0, 100.0]);
        close(&of("2021-01", "p1", "folk fans"), &[0.0; 4]);
        close(&of("2021-02", "p1", "everybody"), &[0.0, 100.0, -100.0, 0.0]);
        close(&of("2021-02", "p2", "pop fans"), &[100.0, 0.0, 100.0, 0.0]);
    }
}
