//! Entrants: whether a platform that enters reaches a share of the market, and whether it lasts.

use crate::engine::Run;
use crate::measure::{Measure, ratio};
use crate::scenario::{Effect, Scenario};
use crate::table::{Kind, Table, Unit};
use crate::world::panel::TIERS;

/// Success of platforms that enter.
pub const MEASURE: Measure = Measure {
    name: "entrant_success",
    title: "Whether platforms that enter succeed",
    answers: "How probably does an entrant hold a share of the market at the horizon, and when does it first get there?",
    definition: "For every platform with an entry event before the horizon; share = its users at home over those of all \
        platforms. success = 1 if the share at the horizon is at least measures.success_share; survives = 1 if it is more \
        than a hundredth of that; reached = 1 if it was there on any day. Over replications, the share of replications: a \
        probability, with Wilson's interval. day_reached: first day at whose start it was there, the number of days standing \
        for the horizon; days_needed: the same since the entry.",
    reads: "Panel: home. Entry events.",
    caveats: "A probability over luck alone, the settings being what they are: draw settings too (fan) for what is not known about \
        them. Ten replications tell 0.9 from 0.5, not from 0.8. The outside is in no share. day_reached and days_needed have a mean only \
        where every replication got there; else read reached. The threshold is a convention, success of a firm is not only \
        share: see profit.",
    source: "Definition of this project; interval: Wilson 1927.",
    units: "1 or 0, probabilities over replications; shares in 0..=1; days",
    measure,
};

/// A survivor has more than this part of the threshold.
const SURVIVAL: f64 = 0.01;

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("entry", Kind::Integer, Unit::Days),
            ("success", Kind::Number, Unit::Probability),
            ("survives", Kind::Number, Unit::Probability),
            ("reached", Kind::Number, Unit::Probability),
            ("share", Kind::Number, Unit::Share),
            ("day_reached", Kind::Number, Unit::Days),
            ("days_needed", Kind::Number, Unit::Days),
        ],
    );
    let wanted = scenario.measures.success_share;
    for (platform, entry) in entries(scenario) {
        let shares: Vec<f64> = (0..=run.panel.days).map(|day| share(run, platform + 1, day)).collect();
        let last = shares[run.panel.days];
        let reached = shares.iter().position(|&share| share >= wanted);
        let day = reached.map_or(f64::NAN, |day| day as f64);
        // Nobody lives on any platform: there is no share to reach.
        let truth = |holds: bool| if last.is_nan() { f64::NAN } else { f64::from(u8::from(holds)) };
        table.push(&[
            (&scenario.platforms[platform].name).into(),
            i64::from(entry).into(),
            truth(last >= wanted).into(),
            truth(last > SURVIVAL * wanted).into(),
            truth(reached.is_some()).into(),
            last.into(),
            day.into(),
            (day - f64::from(entry)).into(),
        ]);
    }
    table
}

/// Platforms that enter before the horizon, and when.
fn entries(scenario: &Scenario) -> Vec<(usize, u32)> {
    let entry = |event: &crate::scenario::Event| match event.effect {
        Effect::Entry { platform } if event.day < scenario.market.days => Some((platform, event.day)),
        _ => None,
    };
    scenario.events.iter().filter_map(entry).collect()
}

/// Share of platform users at the start of a day.
fn share(run: &Run, place: usize, day: usize) -> f64 {
    let panel = &run.panel;
    let living = |place: usize| -> f64 {
        let cells = (0..panel.classes).flat_map(|class| (0..TIERS).map(move |tier| (class, tier)));
        cells.map(|(class, tier)| panel.home(day, class, place, tier)).sum::<u64>() as f64
    };
    ratio(living(place), (1..panel.places).map(living).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario};
    use crate::scenario::Event;

    /// A market of ten days in which p2 enters on day 2; users of p1 and p2 at the start of every day.
    fn market(users: [[u32; 2]; 11]) -> (Scenario, Run) {
        let mut scenario = scenario(10, 2);
        let label = String::new();
        scenario.events.push(Event { day: 2, label, effect: Effect::Entry { platform: 1 } });
        scenario.measures.success_share = 0.2;
        let mut run = run(&scenario, &[0]);
        for (day, users) in users.into_iter().enumerate() {
            for (platform, users) in users.into_iter().enumerate() {
                let at = run.panel.at(day, 0, platform + 1) * TIERS;
                run.panel.home[at] = users;
            }
        }
        (scenario, run)
    }

    fn told(users: [[u32; 2]; 11]) -> [f64; 6] {
        let (scenario, run) = market(users);
        let table = measure(&scenario, &run);
        assert_eq!(table.integers("entry"), [2]);
        ["success", "survives", "reached", "share", "day_reached", "days_needed"]
            .map(|column| table.numbers(column)[0])
    }

    #[test]
    fn an_entrant_succeeds_fades_or_fails() {
        let mut users = [[8, 0]; 11];
        users[5..].fill([8, 2]);
        close(&told(users), &[1.0, 1.0, 1.0, 0.2, 5.0, 3.0]);
        // There for a day only, then small but alive.
        users[6..].fill([99, 1]);
        close(&told(users), &[0.0, 1.0, 1.0, 0.01, 5.0, 3.0]);
        users[6..].fill([8, 0]);
        close(&told(users), &[0.0, 0.0, 1.0, 0.0, 5.0, 3.0]);
        close(&told([[8, 0]; 11]), &[0.0, 0.0, 0.0, 0.0, f64::NAN, f64::NAN]);
        close(&told([[0, 0]; 11]), &[f64::NAN; 6]);
    }

    #[test]
    fn a_higher_threshold_makes_success_rarer() {
        let (mut scenario, run) = market([[8, 2]; 11]);
        let mut success = |threshold| {
            scenario.measures.success_share = threshold;
            measure(&scenario, &run).numbers("success")[0]
        };
        assert_eq!([0.1, 0.2, 0.21, 0.5].map(&mut success), [1.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn whoever_was_there_from_the_start_is_no_entrant() {
        let (mut scenario, run) = market([[8, 2]; 11]);
        scenario.events[0].day = 10;
        assert_eq!(measure(&scenario, &run).rows(), 0);
        scenario.events.clear();
        assert_eq!(measure(&scenario, &run).rows(), 0);
    }
}
