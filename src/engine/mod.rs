//! From a scenario and a replication number to a run.

mod capacity;
pub mod guard;
pub mod loyalty;
pub mod offers;
pub mod run;

pub use run::Run;

use crate::dynamics::{horizon, step};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::founding::found;

/// Simulates one replication to the horizon.
///
/// `tick` hears the number of finished days, 0 before the world is founded and then after every day; when it
/// answers `false` the simulation stops there and there is no run.
pub fn simulate(scenario: &Scenario, replication: u32, tick: &(dyn Fn(u32) -> bool + Sync)) -> Option<Run> {
    if !tick(0) {
        return None;
    }
    let mut world = found(scenario, replication);
    for day in 0..scenario.market.days {
        step(&mut world, scenario);
        if !tick(day + 1) {
            return None;
        }
    }
    horizon::close(&mut world);
    Some(leave(world, replication))
}

/// What a world leaves.
fn leave(world: World, replication: u32) -> Run {
    let capacities = capacity::capacities(&world);
    let (offers, loyalty) = (offers::offers(&world), loyalty::loyalty(&world));
    let World { users, rules, types, ledger, .. } = world;
    Run {
        users: users.place.len() as u64,
        tracked: rules.tracked,
        replication,
        classes: types.masks,
        tastes: types.tastes,
        panel: ledger.panel,
        spells: ledger.spells,
        attendance: ledger.attendance,
        motives: ledger.motives,
        reasons: ledger.reasons,
        reviews: ledger.reviews,
        decisions: ledger.decisions,
        capacities,
        offers,
        loyalty,
    }
}
