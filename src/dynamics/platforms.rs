//! Phase 1: shares of yesterday, and the tables of the day.

use crate::scenario::Scenario;
use crate::world::World;

/// Computes the tables of the day.
pub fn run(world: &mut World, _: &Scenario) {
    let World { tables, rules, types, market, users, ledger, day, .. } = world;
    tables.take_census(ledger, users.place.len());
    tables.refresh(rules, types, market, *day);
}
