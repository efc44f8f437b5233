//! Who of a batch of users is active (E14).
//!
//! A user is active when a logistic draw stays below the log-odds. Bounds on the draw by its first bits, beside
//! log-odds in single precision, decide all but a few of a thousand; those few are computed exactly. What is
//! decided is always what the exact computation would decide.

use super::super::sight::Sight;
use super::BATCH;
use crate::equations::ties;
use crate::random::law::uniform32;
use crate::random::philox::LANES;
use crate::random::{Chance, Purpose};
use crate::world::chunk::Chunk;
use crate::world::graph::Graph;
use crate::world::panel::TIERS;
use crate::world::types::Types;
use crate::world::users::{ORIGIN, Users, home, tier};
use std::ops::Range;

/// Rounding of log-odds in single precision, as a part of the largest summands: fewer than thirty operations,
/// each off by at most 2^-24.
const ROUNDING: f64 = 2e-6;

/// What presence reads, prepared once a day.
pub struct Presence<'a> {
    pub sight: Sight<'a>,
    users: &'a Users,
    types: &'a Types,
    chance: Chance,
    /// What a plan adds to the log-odds, by the two bits of a tier.
    paid: [f32; 4],
    /// Openness by the four bits of a place.
    open: [f32; 16],
    /// By type.
    sorts: Vec<Sort>,
    /// Covers the rounding of log-odds.
    slack: f32,
}

/// What presence reads of a type.
#[derive(Clone, Copy)]
struct Sort {
    /// psi_s z.
    pull: f32,
    /// First of its counts (class × place × tier).
    first_cell: u16,
}

/// A batch by user: who is active, a byte each, and where each is counted (class × place × tier).
pub struct Batch {
    pub active: [u8; BATCH],
    pub cells: [u16; BATCH],
}

/// What the log-odds of a batch are made of.
struct Leanings {
    /// Log-odds without ties.
    alone: [f32; BATCH],
    /// psi_s z.
    pull: [f32; BATCH],
    /// Openness times ramp.
    reach: [f32; BATCH],
}

impl<'a> Presence<'a> {
    /// The presence of a day.
    pub fn new(sight: Sight<'a>, users: &'a Users, types: &'a Types, chance: Chance) -> Self {
        let Sight { rules, tables, .. } = sight;
        let (drivers, cells) = (&rules.drivers, rules.places * TIERS);
        let sort = |(&z, &class): (&f64, &u8)| Sort {
            pull: (drivers.ties * z) as f32,
            first_cell: (usize::from(class) * cells) as u16,
        };
        let mut open = [0.0; 16];
        open.iter_mut().zip(&tables.open).for_each(|(single, &open)| *single = open as f32);
        let paid = drivers.paid as f32;
        let scale = tables.top_log_odds + drivers.paid.abs() + drivers.ties.abs() * types.top_social;
        Self {
            sight,
            users,
            types,
            chance,
            paid: [0.0, paid, paid, paid],
            open,
            sorts: types.social.iter().zip(&types.class).map(sort).collect(),
            slack: (ROUNDING * scale) as f32,
        }
    }

    /// Who of at most 64 users is active. The loops over the batch are separate so that each stays simple enough
    /// for the processor to run several users at once.
    #[inline(always)]
    pub fn of(&self, chunk: &Chunk, range: Range<usize>) -> Batch {
        let mut leanings =
            Leanings { alone: [f32::NEG_INFINITY; BATCH], pull: [0.0; BATCH], reach: [0.0; BATCH] };
        let mut cells = [0; BATCH];
        self.lean(chunk, range.clone(), &mut leanings, &mut cells);
        let mut log_odds = leanings.alone;
        if self.sight.rules.drivers.ties != 0.0 {
            let shares = self.shares(chunk, range.clone(), &leanings.reach);
            for (log_odds, (pull, share)) in log_odds.iter_mut().zip(leanings.pull.iter().zip(&shares)) {
                *log_odds += pull * share;
            }
        }
        let active = self.draw(chunk, range, &log_odds);
        Batch { active, cells }
    }

    /// Log-odds without ties, and the places where users are counted.
    #[inline(always)]
    fn lean(&self, chunk: &Chunk, range: Range<usize>, leanings: &mut Leanings, cells: &mut [u16; BATCH]) {
        let Sight { rules, tables, day, .. } = self.sight;
        let users = chunk.first as usize + range.start..chunk.first as usize + range.end;
        let columns = self.users.place[users.clone()].iter().zip(&self.users.kind[users.clone()]);
        let columns = columns.zip(self.users.status[users].iter().zip(&chunk.start[range]));
        let Leanings { alone, pull, reach } = leanings;
        let found = alone.iter_mut().zip(pull).zip(reach.iter_mut().zip(cells));
        let today = day + u32::from(ORIGIN);
        for (((&place, &kind), (&status, &start)), ((alone, pull), (reach, cell))) in columns.zip(found) {
            let (here, kind, plan) = (home(place), usize::from(kind), tier(status));
            *alone = tables.log_odds[tables.at(kind, here)] + self.paid[plan];
            let tenure = (today - u32::from(start)) as usize;
            *reach = self.open[here] * rules.ramp_single.get(tenure).copied().unwrap_or(1.0);
            let sort = &self.sorts[kind];
            *pull = sort.pull;
            *cell = sort.first_cell + (here * TIERS + plan) as u16;
        }
    }

    /// s of each user at home (E4), in single precision.
    #[inline(always)]
    fn shares(&self, chunk: &Chunk, range: Range<usize>, reach: &[f32; BATCH]) -> [f32; BATCH] {
        let Sight { rules, graph, .. } = self.sight;
        let mut shares = [0.0; BATCH];
        if let Graph::WellMixed = graph {
            for (position, share) in range.clone().zip(&mut shares) {
                let here = home(self.users.place[chunk.first as usize + position]);
                *share = self.sight.at_home(chunk, position, here).friends as f32;
            }
        } else {
            let ties = chunk.friends[range.clone()].iter().zip(&chunk.taste[range.clone()]);
            for ((&friends, &taste), (share, reach)) in ties.zip(shares.iter_mut().zip(reach)) {
                *share = f32::from(friends) + reach * f32::from(taste);
            }
            for hub in chunk.hubs.within(range.clone()) {
                let here = home(self.users.place[chunk.first as usize + hub.position()]);
                shares[hub.position() - range.start] = hub.friends(here) as f32;
            }
        }
        if let Graph::Stored(_) = graph {
            for (position, share) in range.zip(&mut shares) {
                *share *= graph.inverse_degree(chunk.first + position as u32, rules.inverse_degree) as f32;
            }
        } else {
            shares.iter_mut().for_each(|share| *share *= rules.inverse_degree as f32);
        }
        shares
    }

    /// Draws for the batch. Nobody is active outside, where the log-odds are minus infinity.
    #[inline(always)]
    fn draw(&self, chunk: &Chunk, range: Range<usize>, log_odds: &[f32; BATCH]) -> [u8; BATCH] {
        let first = chunk.first as usize + range.start;
        let mut words = [[0; LANES]; 4];
        let blocks = core::array::from_fn(|block| (first / 4 + block) as u32);
        self.chance.fill(&blocks, self.sight.day, Purpose::Activity, &mut words);
        let (mut surely, mut perhaps) = ([0; BATCH], [0; BATCH]);
        for (slot, &log_odds) in log_odds.iter().enumerate() {
            let [low, high] = self.sight.rules.presence_bounds.at(words[slot % 4][slot / 4]);
            surely[slot] = u8::from(log_odds - self.slack > high);
            perhaps[slot] = u8::from(log_odds + self.slack > low);
        }
        if surely != perhaps {
            for (slot, position) in range.enumerate() {
                if surely[slot] != perhaps[slot] {
                    surely[slot] = u8::from(self.is_active(chunk, position, words[slot % 4][slot / 4]));
                }
            }
        }
        surely
    }

    /// The exact decision: u < 1 / (1 + e^(-log-odds)).
    #[cold]
    fn is_active(&self, chunk: &Chunk, position: usize, word: u32) -> bool {
        let Sight { rules, tables, graph, .. } = self.sight;
        let user = chunk.first as usize + position;
        let (here, kind) = (home(self.users.place[user]), usize::from(self.users.kind[user]));
        let company = self.sight.at_home(chunk, position, here);
        let ramp = self.sight.ramp(chunk, position);
        let inverse = graph.inverse_degree(user as u32, rules.inverse_degree);
        let share = ties::share(company.friends, company.taste, tables.open[here], ramp, inverse);
        let plan = tier(self.users.status[user]);
        let odds = tables.idle_odds(rules, (kind, here, plan), self.types.social[kind] * share);
        uniform32(word) * (1.0 + odds) < 1.0
    }
}
