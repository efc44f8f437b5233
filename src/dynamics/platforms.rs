//! Phase 1: shares of yesterday, and the tables of the day.

use crate::scenario::Scenario;
use crate::world::World;

/// Computes the tables of the day.
pub fn run(world: &mut World, scenario: &Scenario) {
    let World { tables, rules, types, market, ledger, day, .. } = world;
    let users = scenario.market.users as f64;
    for here in 0..rules.places {
        tables.share[here] = ledger.living(here) as f64 / users;
        tables.payers[here] = ledger.paying(here) as f64 / users;
    }
    tables.refresh(rules, types, market, *day);
}
