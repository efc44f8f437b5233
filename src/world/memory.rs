//! How much memory a run will take, known before anything is allocated.

use super::panel::TIERS;
use crate::parallel::CHUNK;
use crate::scenario::calendar::Calendar;
use crate::scenario::{ActivityMode, Scenario, TieKind};

/// Bytes of a user's columns without activity.
pub const BYTES_PER_USER: u64 = 16;
/// Further bytes of a tracked user: last active day and active days of the month.
pub const BYTES_PER_TRACKED_USER: u64 = 3;
/// Program, threads and buffers that do not depend on the scenario.
const BASE: u64 = 12 << 20;

/// Estimated peak memory of one replication, bytes.
pub fn estimate(scenario: &Scenario) -> u64 {
    let users = scenario.market.users;
    let tracked = match scenario.measures.activity {
        ActivityMode::Full => users,
        ActivityMode::Panel => scenario.measures.panel_users.min(users),
        ActivityMode::Off => 0,
    };
    let places = scenario.places() as u64;
    let cells = places * classes(scenario);
    let columns = users * BYTES_PER_USER + tracked * BYTES_PER_TRACKED_USER;
    // Candidates' bits, moves and notices of a day, absences within the window.
    let day = users / 8 + users / 4 + tracked * 2;
    BASE + columns
        + day
        + graph(scenario, users)
        + tables(scenario, places)
        + results(scenario, cells)
        + users.div_ceil(CHUNK as u64) * 1024
}

/// Largest possible number of audience classes that matter for the estimate.
fn classes(scenario: &Scenario) -> u64 {
    1 << scenario.audiences.len().min(8).min(3)
}

fn graph(scenario: &Scenario, users: u64) -> u64 {
    match scenario.ties.kind {
        TieKind::WellMixed | TieKind::Matching => 0,
        // Rows and targets, and while they are built the pairs and a second set of offsets.
        TieKind::WattsStrogatz => users * (8 + 8 * u64::from(scenario.ties.degree)),
        TieKind::EdgeList => users * 8 + scenario.ties.edges.len() as u64 * 16,
    }
}

fn tables(scenario: &Scenario, places: u64) -> u64 {
    u64::from(scenario.users.types) * places * 8 * (6 + 2 * TIERS as u64)
}

fn results(scenario: &Scenario, cells: u64) -> u64 {
    let days = u64::from(scenario.market.days);
    let months = Calendar::new(&scenario.market.start, scenario.market.days).months() as u64;
    let ages = u64::from(scenario.measures.retention_days.min(scenario.market.days)) + 1;
    let panel = days * cells * 4 * (2 * TIERS as u64 + 5 + scenario.places() as u64);
    let attendance = cells * (days + months * (2 * ages + 2)) * 4;
    let monthly = months * scenario.places() as u64 * u64::from(scenario.users.types) * 8;
    let spells = 3 * days * months.min(40) * cells * 24;
    panel + attendance + monthly + spells
}
