//! The schedule of a day, written once, as data. Everyone reads the end of yesterday.

mod activity;
mod budgets;
mod candidates;
mod choose;
mod commit;
mod events;
pub mod horizon;
mod neighbours;
mod platforms;
mod sight;
mod stocks;
mod subscribe;

use crate::scenario::Scenario;
use crate::world::World;

/// One phase of a day.
#[derive(Clone, Copy, Debug)]
pub struct Phase {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub meaning: &'static str,
    /// The phase itself.
    pub run: fn(&mut World, &Scenario),
}

/// The order of one day.
pub const PHASES: &[Phase] = &[
    Phase {
        name: "events",
        meaning: "Dated events change platforms and licences; their salience is set, older salience fades.",
        run: events::run,
    },
    Phase {
        name: "platforms",
        meaning: "Coverage, content, shares and the type x platform tables of the day.",
        run: platforms::run,
    },
    Phase {
        name: "activity",
        meaning: "Who is active today; daily and monthly actives, attendance.",
        run: activity::run,
    },
    Phase {
        name: "candidates",
        meaning: "Who reconsiders: spontaneously, on news, because a tie moved.",
        run: candidates::run,
    },
    Phase {
        name: "choose",
        meaning: "Candidates choose a platform, reading yesterday; at most one choice a day.",
        run: choose::run,
    },
    Phase {
        name: "subscribe",
        meaning: "Payers on their billing day and exposed free users choose a plan, unless they move.",
        run: subscribe::run,
    },
    Phase {
        name: "commit",
        meaning: "Own stocks grow; moves and plans take effect; neighbours' counters follow.",
        run: commit::run,
    },
    Phase {
        name: "stocks",
        meaning: "Community stocks age and grow; the day is recorded.",
        run: stocks::run,
    },
    Phase {
        name: "budgets",
        meaning: "On days of review: what more money would return; budgets follow from the next day on.",
        run: budgets::run,
    },
];

/// Simulates one day.
pub fn step(world: &mut World, scenario: &Scenario) {
    for phase in PHASES {
        (phase.run)(world, scenario);
    }
    world.day += 1;
}
