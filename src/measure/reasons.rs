//! Why users moved: what each term said for the new place against the old one.

use std::ops::Range;

use crate::engine::Run;
use crate::equations::utility::TERMS;
use crate::measure::groups::{audiences, calendar, people_per_user};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Cell, Kind, Table, Unit};
use crate::world::reasons::{FIXED_POINT, MoveKey, REASONS};

/// The period of all months together.
pub const WHOLE_RUN: &str = "whole run";
/// All places moved to together.
pub const ANYWHERE: &str = "anywhere";
/// All platforms moved to together, without the outside.
pub const RIVALS: &str = "rivals";

/// Mean contribution of each term over the moves of a month.
pub const MEASURE: Measure = Measure {
    name: "reasons",
    title: "Why users moved: mean contribution of each term to the worth of the new place, less that to the old one",
    answers: "Why did she leave?",
    definition: "Over the moves of the month, or of the whole run, from one place to another, for the whole run also to \
        anywhere and to rivals (all other platforms): mean over the moves of each term of the \
        utility (E8) of the new place less that of the old one; migration_cost is minus the cost of the move (E9), luck \
        the difference of the draws. Their sum is the advantage that decided, and is never negative.",
    reads: "Reasons.",
    caveats: "An accounting at the moment of the move, not a causal effect: switch a term off to see what it causes. \
        Whoever moves was lucky with the new place, so luck is large and positive by selection. The outside has no \
        terms of its own: a move there shows all terms of the old place with their signs turned, its attractiveness \
        included, whatever rivals offer. On the new place users \
        are newcomers: relations with strangers of like taste are yet to be built.",
    source: "Definition of this project (measures of record: why did she leave).",
    units: "moves; nats",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut columns = vec![
        ("period", Kind::Text, Unit::Label),
        ("audience", Kind::Text, Unit::Label),
        ("from", Kind::Text, Unit::Label),
        ("to", Kind::Text, Unit::Label),
        ("moves", Kind::Number, Unit::Count),
    ];
    columns.extend(names().map(|name| (name, Kind::Number, Unit::Nats)));
    let mut table = Table::new(MEASURE.name, MEASURE.title, &columns);
    if !scenario.measures.reasons {
        return table;
    }
    let calendar = calendar(scenario);
    for month in 0..calendar.months() {
        period(&mut table, (scenario, run), &calendar.month_name(month), month..month + 1);
    }
    period(&mut table, (scenario, run), WHOLE_RUN, 0..calendar.months());
    table
}

/// Rows of a period: by audience and places; of the whole run, also those of all who left a place, and who left it for
/// another platform.
fn period(table: &mut Table, (scenario, run): (&Scenario, &Run), name: &str, months: Range<usize>) {
    let places = usize::from(!scenario.market.outside)..scenario.places();
    for audience in audiences(scenario, run) {
        for from in places.clone() {
            let rivals: Vec<usize> = places.clone().filter(|&to| to != from).collect();
            let platforms = rivals.iter().copied().filter(|&to| to > 0).collect();
            let all = [(ANYWHERE, rivals.clone()), (RIVALS, platforms)];
            let all = all.into_iter().filter(|_| name == WHOLE_RUN);
            let each = rivals.iter().map(|&to| (place_name(scenario, to), vec![to]));
            for (to, rivals) in each.chain(all) {
                let (moves, sums) = total(run, months.clone(), &audience.classes, (from, &rivals));
                let mut row: Vec<Cell> = vec![
                    name.into(),
                    (&audience.name).into(),
                    place_name(scenario, from).into(),
                    to.into(),
                    (people_per_user(scenario, run) * moves as f64).into(),
                ];
                row.extend(sums.map(|sum| Cell::Number(ratio(sum as f64 / FIXED_POINT, moves as f64))));
                table.push(&row);
            }
        }
    }
}

/// The names of the reasons, in the order of their sums.
pub fn names() -> impl Iterator<Item = &'static str> {
    TERMS.iter().map(|term| term.name).chain(["migration_cost", "luck"])
}

/// Moves and sums of the classes of an audience, over months and places moved to.
fn total(
    run: &Run,
    months: Range<usize>,
    classes: &[usize],
    (from, rivals): (usize, &[usize]),
) -> (u64, [i64; REASONS]) {
    let mut total = (0, [0; REASONS]);
    for month in months {
        for &class in classes {
            for &to in rivals {
                let key = MoveKey { month: month as u16, class: class as u8, from: from as u8, to: to as u8 };
                if let Some((moves, sums)) = run.reasons.sums.get(&key) {
                    total.0 += moves;
                    total.1.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
                }
            }
        }
    }
    total
}

/// Name of a place; the outside is `outside`.
fn place_name(scenario: &Scenario, place: usize) -> &str {
    place.checked_sub(1).map_or("outside", |platform| &scenario.platforms[platform].name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row, run, scenario};

    #[test]
    fn reasons_are_means_over_moves() {
        let scenario = scenario(3, 2);
        let mut run = run(&scenario, &[0]);
        let key = MoveKey { month: 0, class: 0, from: 1, to: 2 };
        let mut reasons = [0; REASONS];
        reasons[1] = 1 << 20;
        run.reasons.add(key, &reasons);
        reasons[1] = -3 << 20;
        reasons[REASONS - 2] = -(1 << 21);
        run.reasons.add(key, &reasons);
        let table = measure(&scenario, &run);
        let at = row(&table, &[("period", "2021-01"), ("from", "p1"), ("to", "p2")]);
        let of = |column: &str| table.numbers(column)[at];
        close(&[of("moves"), of("catalogue"), of("migration_cost")], &[200.0, -1.0, -1.0]);
        assert!(
            table.numbers("catalogue")[row(&table, &[("period", "2021-01"), ("from", "p2"), ("to", "p1")])]
                .is_nan()
        );
    }

    /// One move in January gains 1 nat in catalogue, three in February lose 1 each: -2 / 4 over the run, whoever was chosen.
    #[test]
    fn the_whole_run_weighs_months_and_places_by_moves() {
        let scenario = scenario(40, 3);
        let mut run = run(&scenario, &[0]);
        let mut reasons = [0; REASONS];
        reasons[1] = 1 << 20;
        run.reasons.add(MoveKey { month: 0, class: 0, from: 1, to: 2 }, &reasons);
        reasons[1] = -(1 << 20);
        for to in [2, 3, 3] {
            run.reasons.add(MoveKey { month: 1, class: 0, from: 1, to }, &reasons);
        }
        let table = measure(&scenario, &run);
        let of = |to: &str, column: &str| {
            table.numbers(column)[row(&table, &[("period", WHOLE_RUN), ("from", "p1"), ("to", to)])]
        };
        close(&[of(ANYWHERE, "moves"), of(ANYWHERE, "catalogue")], &[400.0, -0.5]);
        close(&[of("p2", "moves"), of("p2", "catalogue"), of("p3", "catalogue")], &[200.0, 0.0, -1.0]);
    }

    /// Of two who left, one gained 2 nats at a rival and one lost 3 outside: rivals gave 2, anywhere (2 - 3) / 2.
    #[test]
    fn rivals_are_all_other_platforms_without_the_outside() {
        let scenario = scenario(3, 2);
        let mut run = run(&scenario, &[0]);
        for (to, nats) in [(2, 2), (0, -3)] {
            let mut reasons = [0; REASONS];
            reasons[0] = nats << 20;
            run.reasons.add(MoveKey { month: 0, class: 0, from: 1, to }, &reasons);
        }
        let table = measure(&scenario, &run);
        let of = |to: &str, column: &str| {
            table.numbers(column)[row(&table, &[("period", WHOLE_RUN), ("from", "p1"), ("to", to)])]
        };
        close(&[of(RIVALS, "moves"), of(RIVALS, "attractiveness")], &[100.0, 2.0]);
        close(&[of(ANYWHERE, "moves"), of(ANYWHERE, "attractiveness")], &[200.0, -0.5]);
    }
}
