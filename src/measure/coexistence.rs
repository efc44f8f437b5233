//! Coexistence: whether two platforms leave each other room, by the theory of competing species.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::listening::genre_shares;
use crate::scenario::Scenario;
use crate::stats::lotka_volterra::{Outcome, Rivals};
use crate::stats::niche::macarthur_levins;
use crate::table::{Cell, Kind, Table, Unit};

/// Lotka and Volterra's competition between each two platforms.
pub const MEASURE: Measure = Measure {
    name: "coexistence",
    title: "Who leaves whom room",
    answers: "Would two platforms last beside each other, or would one displace the other?",
    definition: "capacity = the share of the market that the platform would hold alone against the outside on the last \
        day: where as many users come as go, with company and size as large as the share itself, and prices, catalogue \
        and content as they are. alpha = the rival's pressure on the platform, MacArthur and Levins' overlap by \
        genre (as in niche_overlap). coexist = 1 if alpha < capacity / rival_capacity and rival_alpha < \
        rival_capacity / capacity; wins = 1 if only the second fails, loses = 1 if only the first fails; over \
        replications, the share of them. share and rival_share: where the two come to rest under Lotka and \
        Volterra's equations; not defined where the beginning decides.",
    reads: "Panel: type_active_days, coverage. Tastes. Capacities at the end of the run.",
    caveats: "An indicator, not a forecast: the simulation itself says what happens. Overlap in genres stands for competition, \
        although platforms of one mix may differ in openness and price; tastes count as spread over the whole run, \
        capacities as on its last day. Overlaps multiply to at most 1, so that the fourth outcome, whoever comes first \
        wins, cannot show except exactly on the border; markets that tip by ties do so for reasons outside this \
        theory (see tipping in check). Company alone is taken as well mixed, everybody outside is taken for a newcomer, at most 1024 types are asked, and content that \
        the rival's users would bring is left out. One genre is no niche: not defined.",
    source: "Lotka 1932; Gause 1934; MacArthur and Levins 1967.",
    units: "shares in 0..=1 (capacities, outcomes, rests); a ratio >= 0 (alpha)",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("rival", Kind::Text, Unit::Label),
            ("capacity", Kind::Number, Unit::Share),
            ("rival_capacity", Kind::Number, Unit::Share),
            ("alpha", Kind::Number, Unit::Ratio),
            ("rival_alpha", Kind::Number, Unit::Ratio),
            ("coexist", Kind::Number, Unit::Probability),
            ("wins", Kind::Number, Unit::Probability),
            ("loses", Kind::Number, Unit::Probability),
            ("share", Kind::Number, Unit::Share),
            ("rival_share", Kind::Number, Unit::Share),
        ],
    );
    let niches = genre_shares(scenario, run);
    for (at, own) in niches.iter().enumerate() {
        for (rival_at, rival) in niches.iter().enumerate().filter(|&(rival_at, _)| rival_at != at) {
            let pressures = match own.len() {
                0 | 1 => [f64::NAN; 2],
                _ => [macarthur_levins(own, rival), macarthur_levins(rival, own)],
            };
            let rivals = Rivals { capacities: [run.capacities[at], run.capacities[rival_at]], pressures };
            let names = [at, rival_at].map(|platform| &scenario.platforms[platform].name);
            let keys: [Cell; 2] = [names[0].into(), names[1].into()];
            let numbers = numbers(&rivals);
            let cells: Vec<Cell> = keys.into_iter().chain(numbers.map(Cell::from)).collect();
            table.push(&cells);
        }
    }
    table
}

/// The numbers of a row.
fn numbers(rivals: &Rivals) -> [f64; 9] {
    let ([capacity, rival_capacity], [alpha, rival_alpha]) = (rivals.capacities, rivals.pressures);
    let outcome = rivals.outcome();
    let is = |meant: Outcome| outcome.map_or(f64::NAN, |outcome| f64::from(u8::from(outcome == meant)));
    let [share, rival_share] = rivals.rest();
    [
        capacity,
        rival_capacity,
        alpha,
        rival_alpha,
        is(Outcome::Coexist),
        is(Outcome::FirstWins),
        is(Outcome::SecondWins),
        share,
        rival_share,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::close;
    use crate::measure::listening::tests::two_platforms;

    #[test]
    fn a_generalist_and_a_specialist_leave_each_other_room() {
        let (scenario, mut run) = two_platforms();
        run.capacities = vec![0.5, 0.4];
        let table = measure(&scenario, &run);
        // Genre shares (2/3, 1/3) and (0, 1): alpha 0.6 on the first, 1/3 on the second; both below 5/4 and 4/5.
        close(table.numbers("capacity"), &[0.5, 0.4]);
        close(table.numbers("rival_alpha"), &[1.0 / 3.0, 0.6]);
        close(table.numbers("coexist"), &[1.0, 1.0]);
        // (0.5 - 0.6 0.4) / 0.8 and (0.4 - 0.5 / 3) / 0.8.
        close(table.numbers("share"), &[0.325, 0.7 / 2.4]);
        close(table.numbers("rival_share"), &[0.7 / 2.4, 0.325]);
    }

    #[test]
    fn a_far_larger_platform_displaces() {
        let (scenario, mut run) = two_platforms();
        // 0.6 > 0.2 / 0.9: the first cannot enter.
        run.capacities = vec![0.2, 0.9];
        let table = measure(&scenario, &run);
        close(table.numbers("wins"), &[0.0, 1.0]);
        close(table.numbers("loses"), &[1.0, 0.0]);
        close(table.numbers("share"), &[0.0, 0.9]);
    }

    #[test]
    fn without_activity_nothing_is_told() {
        let (scenario, mut run) = two_platforms();
        run.panel.type_active_days.fill(0);
        let table = measure(&scenario, &run);
        close(table.numbers("coexist"), &[f64::NAN; 2]);
        close(table.numbers("share"), &[f64::NAN; 2]);
    }
}
