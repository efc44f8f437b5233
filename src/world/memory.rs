//! How much memory a run will take, known before anything is allocated.
//!
//! Counted: columns, the day's lists and absences (by user); stored ties, hubs, second homes and type tables (by world); spells,
//! panel, cohorts and the tables made of them (by row of a survival curve); the program and its report. Worlds are gone
//! when the report is drawn, so the larger of the two counts. The constants were fitted to measured peaks of seven scenarios, not
//! derived part by part; the guide (validation) shows estimates beside peaks and how to repeat them.

use crate::scenario::calendar::Calendar;
use crate::scenario::{ActivityMode, Scenario, TieKind};

use super::graph::{MOST_IN_BYTES, WRITTEN_DOWN};
use super::money::LEVERS;
use super::panel::TIERS;
use super::rules::{keeps_ties, typical_degree};

/// Bytes of a simulated user: 19 of columns, and by fit the rest: the day's candidates, moves and ended spells, absences and gaps
/// that still count.
const BYTES_PER_USER: u64 = 20;
/// Spells and counts by cohort while a world lives, per row of a survival curve, bytes.
const BYTES_PER_ROW: u64 = 204;
/// Tables, curves and page of the report, per row of a survival curve, bytes.
const BYTES_TOLD_PER_ROW: u64 = 400;
/// Finished tables of one further replication, per row of a survival curve, bytes.
const BYTES_KEPT_PER_ROW: u64 = 104;
/// The other tables of one further replication, bytes.
const BYTES_KEPT: u64 = 735_000;
/// Report of one platform more, bytes.
const BYTES_PER_PLATFORM: u64 = 1_000_000;
/// Report of one audience more, bytes.
const BYTES_PER_AUDIENCE: u64 = 914_000;
/// Report of one published figure more, bytes: their chart is as tall as they are many.
const BYTES_PER_FIGURE: u64 = 191_000;
/// Ties of a user who has more than bytes count: two counters for each of 16 places, and the position.
const BYTES_PER_HUB: u64 = 132;
/// Mean ties from which users with more than bytes count are common in random graphs.
const CROWDED: f64 = 200.0;
/// Program and founding's sample, bytes.
const BASE: u64 = 30_300_000;
/// Program and the drawing of a report, bytes.
const DRAWING: u64 = 35_200_000;

/// Estimated peak memory of a run with so many replications at a time, its report included, bytes.
pub fn peak(scenario: &Scenario, at_once: u64) -> u64 {
    let users = scenario.market.users;
    let ties = graph(scenario, users) + kept(scenario, users) + hubs(scenario, users);
    let tables_of_day = tables(scenario, scenario.places() as u64);
    let world = users * BYTES_PER_USER + ties + tables_of_day + money(scenario) + second_homes(scenario);
    let (further, rows) = (u64::from(scenario.run.replications).saturating_sub(1), rows(scenario));
    let living = BASE + (world + rows * BYTES_PER_ROW).saturating_mul(at_once.max(1));
    let told = DRAWING
        + rows * BYTES_TOLD_PER_ROW
        + scenario.platforms.len() as u64 * BYTES_PER_PLATFORM
        + scenario.audiences.len() as u64 * BYTES_PER_AUDIENCE
        + scenario.targets.len() as u64 * BYTES_PER_FIGURE;
    living.max(told) + (BYTES_KEPT + rows * BYTES_KEPT_PER_ROW) * further
}

/// Rows of the survival curves. By audience and platform: those present at the start, as old as they then are, and all who
/// join; by platform also who joins in a quarter, followed for half of the run on average.
fn rows(scenario: &Scenario) -> u64 {
    let days = u64::from(scenario.market.days);
    let quarters = Calendar::new(&scenario.market.start, scenario.market.days).months().div_ceil(3) as u64;
    let audiences = scenario.audiences.len() as u64 + 1;
    let ages = scenario.platforms.iter().map(|platform| match platform.initial.share {
        share if share > 0.0 => u64::from(platform.initial.max_tenure_days) + 2 * days,
        _ => 2 * days,
    });
    audiences * ages.sum::<u64>() + scenario.platforms.len() as u64 * quarters * days / 2
}

fn graph(scenario: &Scenario, users: u64) -> u64 {
    match scenario.ties.kind {
        TieKind::Matching if users <= u64::from(WRITTEN_DOWN) => {
            users * 4 * u64::from(scenario.ties.k_friends + scenario.ties.k_taste)
        }
        TieKind::WellMixed | TieKind::Matching => 0,
        // Rows and targets, and while they are built the pairs and a second set of offsets.
        TieKind::WattsStrogatz => users * (8 + 8 * u64::from(scenario.ties.degree)),
        TieKind::EdgeList => users * 8 + scenario.ties.edges.len() as u64 * 16,
        // The same; arrivals are renamed by a list.
        TieKind::ErdosRenyi | TieKind::StochasticBlock | TieKind::BarabasiAlbert => {
            users * 12 + (users as f64 * 8.0 * typical_degree(scenario)) as u64
        }
    }
}

/// Where ties by place are kept: a word for friends, one for taste neighbours and one for payers, and two bytes for
/// each private taste.
fn kept(scenario: &Scenario, users: u64) -> u64 {
    let tastes = 2 * scenario.places() as u64;
    match scenario.ties.kind {
        _ if !keeps_ties(scenario) => 0,
        TieKind::Matching => users * (24 + tastes),
        _ => users * (16 + tastes),
    }
}

/// Users with more ties than bytes count: by the law of the growing graph, at most what a list allows, and everybody in crowded
/// random graphs.
fn hubs(scenario: &Scenario, users: u64) -> u64 {
    let many = MOST_IN_BYTES as f64 + 1.0;
    let count = match scenario.ties.kind {
        TieKind::Matching | TieKind::WellMixed => 0.0,
        TieKind::EdgeList => 2.0 * scenario.ties.edges.len() as f64 / many,
        TieKind::BarabasiAlbert => {
            let own = f64::from(scenario.ties.attachments);
            users as f64 * own * (own + 1.0) / (many * (many + 1.0))
        }
        _ if typical_degree(scenario) > CROWDED => users as f64,
        _ => 0.0,
    };
    count as u64 * BYTES_PER_HUB
}

/// Advertising load and spending by lever, every day.
fn money(scenario: &Scenario) -> u64 {
    u64::from(scenario.market.days) * scenario.places() as u64 * 8 * (1 + LEVERS as u64)
}

/// Where second homes are allowed: last active days, pairs of homes by day and class (at most as many classes as there are
/// sets of audiences, or types), and what each pair is worth to each type.
fn second_homes(scenario: &Scenario) -> u64 {
    if !scenario.second_home.allowed {
        return 0;
    }
    let tracked = match scenario.measures.activity {
        ActivityMode::Full => scenario.market.users,
        ActivityMode::Panel => scenario.measures.panel_users.min(scenario.market.users),
        ActivityMode::Off => 0,
    };
    let (pairs, types) = ((scenario.places() as u64).pow(2), u64::from(scenario.users.types));
    let classes = types.min(1 << scenario.audiences.len());
    2 * tracked + pairs * (4 * (u64::from(scenario.market.days) + 1) * classes + 8 * types)
}

fn tables(scenario: &Scenario, places: u64) -> u64 {
    u64::from(scenario.users.types) * places * 8 * (6 + 2 * TIERS as u64)
}
