//! From a scenario to the world on the morning of day 0.
//!
//! Homes and plans follow the observed shares; tenure, own stock and paid tenure are drawn from the law
//! that constant hazards would have produced; tie counters come from the graph. Nothing is burnt in.

mod founders;
mod homes;
mod levels;
mod plans;
mod second;
mod tenure;
mod ties;

use super::World;
use super::chunk::Chunk;
use super::graph::Graph;
use super::ledger::Ledger;
use super::market::Market;
use super::panel::TIERS;
use super::rules::Rules;
use super::spells::{EntryKey, State};
use super::tables::Tables;
use super::types::Types;
use super::users::{NEVER, ORIGIN, Users, has_paid, home, second, tier};
use crate::equations::community;
use crate::parallel::{CHUNK, map_mut};
use crate::random::law::{normal_quantile, uniform};
use crate::random::permutation::Permutation;
use crate::random::quick::normal_steps;
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;

pub use ties::count as count_ties;

/// Founds the world of one replication.
pub fn found(scenario: &Scenario, replication: u32) -> World {
    let chance = Chance::new(scenario.run.seed, replication);
    let calendar = Calendar::new(&scenario.market.start, scenario.market.days);
    let rules = Rules::new(scenario);
    let types = Types::new(scenario);
    let order = type_order(scenario, chance);
    let users = empty_users(scenario, &types, &order);
    let ledger = Ledger::new(scenario, &rules, &types, &calendar);
    let market = Market::new(scenario);
    let tables = Tables::new(types.count, rules.places);
    let graph = Graph::new(scenario, chance, &order);
    let chunks = empty_chunks(scenario, &rules, &types);
    let mut world =
        World { chance, day: 0, calendar, rules, types, market, tables, users, chunks, graph, ledger };
    settle_stocks(&mut world, scenario);
    homes::settle(&mut world, scenario);
    plans::settle(&mut world, scenario);
    tenure::settle(&mut world, scenario);
    second::settle(&mut world, scenario);
    ties::count(&mut world);
    note_tastes(&mut world);
    register(&mut world);
    world
}

/// Ranks users by type: exactly equal numbers of every type, in an order that chance decides.
fn type_order(scenario: &Scenario, chance: Chance) -> Permutation {
    let [key, _] = chance.pair(0, 0, Purpose::Type, 0);
    Permutation::new(scenario.market.users as u32, key)
}

fn empty_users(scenario: &Scenario, types: &Types, order: &Permutation) -> Users {
    let users = scenario.market.users;
    let mut kind = vec![0_u16; users as usize];
    let mut slices: Vec<&mut [u16]> = kind.chunks_mut(CHUNK).collect();
    map_mut(&mut slices, |chunk, slice| {
        for (position, kind) in slice.iter_mut().enumerate() {
            let rank = u64::from(order.apply((chunk * CHUNK + position) as u32));
            *kind = (rank * types.count as u64 / users) as u16;
        }
    });
    Users { place: vec![0; users as usize], status: vec![0; users as usize], kind }
}

fn empty_chunks(scenario: &Scenario, rules: &Rules, types: &Types) -> Vec<Chunk> {
    let users = scenario.market.users as u32;
    let cells = types.masks.len() * rules.places;
    (0..users)
        .step_by(CHUNK)
        .map(|first| {
            let end = users.min(first.saturating_add(CHUNK as u32));
            Chunk::new(first..end, rules.tracked, rules.window, cells)
        })
        .collect()
}

/// Community stocks, and shares, as if the observed shares had lasted: K = y0 times expected daily actives, with
/// the feedback of E6 settled.
fn settle_stocks(world: &mut World, scenario: &Scenario) {
    let World { tables, rules, types, market, .. } = world;
    for (platform, settings) in scenario.platforms.iter().enumerate() {
        tables.share[platform + 1] = settings.initial.share;
        tables.payers[platform + 1] =
            settings.initial.share * (settings.initial.basic + settings.initial.premium);
    }
    tables.share[0] = (1.0 - tables.share[1..].iter().sum::<f64>()).max(0.0);
    tables.refresh(rules, types, market, 0);
    if rules.tracked > 0 {
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            let expected: f64 =
                (0..types.count).map(|kind| tables.expected[tables.at(kind, platform + 1)]).sum();
            let base = settings.y0 * settings.initial.share * expected / types.count as f64;
            let views = settings.view * settings.initial.share * expected / types.count as f64;
            market.stock[platform] =
                community::settled(base, rules.content_feedback, views, rules.content_decay);
        }
        tables.refresh(rules, types, market, 0);
    }
    tables.always_there.copy_from_slice(&tables.expected);
}

/// Writes tastes down, rounded, where memory is spent on ties already: drawing them anew takes a third of a choice.
fn note_tastes(world: &mut World) {
    let World { chunks, rules, chance, .. } = world;
    if !rules.keeps_ties || rules.taste_sd == 0.0 {
        return;
    }
    map_mut(chunks, |_, chunk| {
        chunk.tastes = vec![0; rules.places * chunk.len];
        for position in 0..chunk.len {
            let [bits, _] = chance.pair(chunk.first + position as u32, 0, Purpose::Taste, 0);
            for (place, key) in rules.keys.iter().enumerate() {
                let taste = normal_quantile(uniform(key.bits(bits)));
                chunk.tastes[place * chunk.len + position] = normal_steps(taste);
            }
        }
    });
}

/// Writes the spells under way and the counts of users into the ledger.
fn register(world: &mut World) {
    let World { chunks, users, types, ledger, .. } = world;
    let places = ledger.panel.places;
    for chunk in chunks.iter() {
        for (position, user) in chunk.users().enumerate() {
            let (here, status) = (home(users.place[user]), users.status[user]);
            let class = types.class[usize::from(users.kind[user])];
            ledger.home[(usize::from(class) * places + here) * TIERS + tier(status)] += 1;
            let also = second(users.place[user], status);
            if also > 0 {
                ledger.second[(usize::from(class) * places + here) * places + also] += 1;
            }
            if here == 0 {
                continue;
            }
            let mut enter = |state, start: u16| {
                let key = EntryKey { state, place: here as u8, class, age: ORIGIN - start };
                *ledger.spells.entries.entry(key).or_default() += 1;
            };
            enter(State::Home, chunk.start[position]);
            if chunk.paid_start[position] != NEVER {
                enter(State::Member, chunk.paid_start[position]);
            }
            if !has_paid(status) {
                enter(State::Unpaid, chunk.start[position]);
            }
        }
    }
    ledger.record_homes(0);
    world.tables.take_census(&world.ledger, world.users.place.len());
}
