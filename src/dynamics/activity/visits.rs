//! Who is active on the second home today: eta_2 times as likely as at home.

use super::super::sight::Sight;
use crate::random::law::uniform32;
use crate::random::{Chance, Purpose};
use crate::world::chunk::Chunk;
use crate::world::panel::TIERS;
use crate::world::rules::SecondHomes;
use crate::world::types::Types;
use crate::world::users::{ORIGIN, Users, home, second, tier};

/// Users who share a block of four words.
const BLOCK: usize = 4;

/// What visits read.
pub struct Visits<'a> {
    pub sight: Sight<'a>,
    pub terms: SecondHomes,
    pub users: &'a Users,
    pub types: &'a Types,
    pub chance: Chance,
}

impl Visits<'_> {
    /// Adds the day's visitors, and those of the window, as free users of their second home.
    pub fn count(&self, chunk: &mut Chunk, present: &mut [[u64; 2]]) {
        let Sight { rules, day, .. } = self.sight;
        let today = day as u16 + ORIGIN;
        let counts_from = (today + 1).saturating_sub(rules.window as u16);
        let mut block = (u32::MAX, [0; BLOCK]);
        for position in 0..chunk.tracked() {
            let user = chunk.first as usize + position;
            let there = second(self.users.place[user], self.users.status[user]);
            if there == 0 {
                continue;
            }
            let wanted = (user / BLOCK) as u32;
            if block.0 != wanted {
                block = (wanted, self.chance.words(wanted, day, Purpose::SecondActivity, 0));
            }
            let active = self.visits(chunk, position, block.1[user % BLOCK]);
            if active {
                chunk.second_active[position] = today;
            }
            let recent = chunk.second_active[position] >= counts_from;
            let class = usize::from(self.types.class[usize::from(self.users.kind[user])]);
            let cell = (class * rules.places + there) * TIERS;
            present[cell][0] += u64::from(active) | u64::from(recent) << 32;
        }
    }

    /// u < eta_2 q (E14).
    fn visits(&self, chunk: &Chunk, position: usize, word: u32) -> bool {
        let Sight { rules, tables, graph, .. } = self.sight;
        let uniform = uniform32(word);
        if uniform >= self.terms.activity {
            return false;
        }
        let user = chunk.first as usize + position;
        let (here, kind) = (home(self.users.place[user]), usize::from(self.users.kind[user]));
        let company = self.sight.at_home(chunk, position, here);
        let inverse = graph.inverse_degree(user as u32, rules.inverse_degree);
        let share = self.sight.share(company, here, self.sight.ramp(chunk, position), inverse);
        let social = self.types.social[kind] * share;
        uniform
            < self.terms.activity
                * tables.activity(rules, (kind, here, tier(self.users.status[user])), social)
    }
}
