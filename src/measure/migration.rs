//! Migration: who moves from where to where, how fast, and which rival gets them.

use crate::engine::Run;
use crate::measure::groups::{audiences, calendar, people_per_user};
use crate::measure::monthly_moves::MonthlyMoves;
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::table::{Kind, Table, Unit};

/// Days of a month of exposure.
const MONTH: f64 = 30.0;

/// Moves between places.
pub const MEASURE: Measure = Measure {
    name: "migration",
    title: "Moves between homes: the platforms and the outside",
    answers: "Where do users go when they leave a platform, and at what rate?",
    definition: "moves: moves from x to y in the period, scaled to the population. monthly_rate: moves \
        over user-months at home on x (30 days each). diversion: share of the moves out of x that went to y.",
    reads: "Panel: moves, home.",
    caveats: "Moves, not movers: one user may move more than once. The first and the last calendar year may be \
        cut by the horizon; rates are not affected.",
    source: "Exposure-based transition rates; diversion ratio as in merger analysis (Shapiro 1996), on moves.",
    units: "moves; rate in 1/month; share in 0..=1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("period", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("from", Kind::Text, Unit::Label),
            ("to", Kind::Text, Unit::Label),
            ("moves", Kind::Number, Unit::Count),
            ("monthly_rate", Kind::Number, Unit::Ratio),
            ("diversion", Kind::Number, Unit::Share),
        ],
    );
    let totals = MonthlyMoves::new(scenario, run);
    let scale = people_per_user(scenario, run);
    let places = usize::from(!scenario.market.outside)..scenario.places();
    for (period, months) in periods(&calendar(scenario)) {
        for audience in audiences(scenario, run) {
            for from in places.clone() {
                let moves = |to| totals.moves(&months, &audience.classes, from, to) as f64;
                let all: f64 = places.clone().map(moves).sum();
                let user_months = totals.exposure(&months, &audience.classes, from) as f64 / MONTH;
                for to in places.clone().filter(|&to| to != from) {
                    table.push(&[
                        (&period).into(),
                        (&audience.name).into(),
                        place_name(scenario, from).into(),
                        place_name(scenario, to).into(),
                        (scale * moves(to)).into(),
                        ratio(moves(to), user_months).into(),
                        ratio(moves(to), all).into(),
                    ]);
                }
            }
        }
    }
    table
}

/// Name of a place; the outside is `outside`.
fn place_name(scenario: &Scenario, place: usize) -> &str {
    place.checked_sub(1).map_or("outside", |platform| &scenario.platforms[platform].name)
}

/// The calendar years and the whole run, each with its months.
fn periods(calendar: &Calendar) -> Vec<(String, Vec<usize>)> {
    let mut periods: Vec<(String, Vec<usize>)> = Vec::new();
    for month in 0..calendar.months() {
        let year = calendar.month_name(month)[..4].to_owned();
        match periods.last_mut() {
            Some((name, months)) if *name == year => months.push(month),
            _ => periods.push((year, vec![month])),
        }
    }
    periods.push(("whole run".to_owned(), (0..calendar.months()).collect()));
    periods
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row, run, scenario};

    #[test]
    fn rates_use_exposure_and_diversion_uses_moves() {
        let scenario = scenario(370, 2);
        let mut run = run(&scenario, &[0]);
        // 6 users at home on p1 for 370 days: 74 user-months; 3 moves to p2, 1 to the outside, in 2021,
        // one more to the outside in 2022.
        for day in 0..370 {
            let at = run.panel.at(day, 0, 1) * 3;
            run.panel.home[at] = 6;
        }
        for (day, to, count) in [(5, 2, 2), (300, 2, 1), (40, 0, 1), (369, 0, 1)] {
            let at = run.panel.at(day, 0, 1) * 3 + to;
            run.panel.moves[at] += count;
        }
        let table = measure(&scenario, &run);
        // 2021, 2022 and the whole run, 3 places × 2 destinations each.
        assert_eq!(table.rows(), 3 * 6);
        let of = |period, to| row(&table, &[("period", period), ("from", "p1"), ("to", to)]);
        let (rival, outside) = (of("whole run", "p2"), of("whole run", "outside"));
        close(&[table.numbers("moves")[rival], table.numbers("moves")[outside]], &[300.0, 200.0]);
        close(&[table.numbers("monthly_rate")[rival]], &[3.0 / 74.0]);
        close(&[table.numbers("diversion")[rival]], &[0.6]);
        close(&[table.numbers("diversion")[of("2021", "p2")]], &[0.75]);
        close(&[table.numbers("diversion")[of("2022", "outside")]], &[1.0]);
        let nobody = row(&table, &[("from", "p2"), ("to", "p1")]);
        assert!(table.numbers("monthly_rate")[nobody].is_nan());
        assert!(table.numbers("diversion")[nobody].is_nan());
    }
}
