//! Phase 5: payers on their billing day and exposed free users choose a plan (E15-E16), unless they move.

use super::sight::Sight;
use crate::equations::plan::reasons;
use crate::parallel::map_mut;
use crate::random::law::gumbel;
use crate::random::skip::skip;
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::panel::TIERS;
use crate::world::types::Types;
use crate::world::users::{ORIGIN, Users, home, tier};

/// Billing period, days.
const CYCLE: u16 = 30;
/// Covers the rounding of bounds that are sums.
const SLACK: f64 = 1e-9;
/// Motives are summed in units of 2^-20 nat.
const FIXED_POINT: f64 = 1_048_576.0;

/// Lets payers and exposed free users choose a plan.
pub fn run(world: &mut World, _: &Scenario) {
    if !world.rules.plans {
        return;
    }
    let World { chunks, users, types, tables, rules, graph, chance, day, .. } = world;
    let desk = Desk { sight: Sight { rules, tables, graph, day: *day }, users, types, chance: *chance };
    map_mut(chunks, |index, chunk| {
        chunk.plans.clear();
        chunk.motives.clear();
        let mut visitors = desk.billed(chunk);
        skip(*chance, (index as u32, *day, Purpose::Exposure), rules.exposure, chunk.len, |position| {
            let user = chunk.first as usize + position;
            if tier(users.status[user]) == 0 && home(users.place[user]) > 0 {
                visitors[position / 64] |= 1 << (position % 64);
            }
        });
        for (word, visitors) in visitors.into_iter().enumerate() {
            let mut staying = visitors & !chunk.candidates[word];
            while staying != 0 {
                desk.choose(chunk, (word * 64) as u16 + staying.trailing_zeros() as u16);
                staying &= staying - 1;
            }
        }
    });
}

struct Desk<'a> {
    sight: Sight<'a>,
    users: &'a Users,
    types: &'a Types,
    chance: Chance,
}

impl Desk<'_> {
    /// Payers for whom a billing period ends today, a bit each.
    fn billed(&self, chunk: &Chunk) -> Vec<u64> {
        let tomorrow = self.sight.day as u16 + 1 + ORIGIN;
        // `NEVER` lies behind every day.
        let due = |start: u16| start < tomorrow && tomorrow.wrapping_sub(start).is_multiple_of(CYCLE);
        let of_block = |starts: &[u16]| {
            // Most blocks have nobody; to see that takes eight comparisons at a time.
            if !starts.iter().fold(false, |any, &start| any | due(start)) {
                return 0;
            }
            starts.iter().rev().fold(0, |bits, &start| bits << 1 | u64::from(due(start)))
        };
        chunk.paid_start.chunks(64).map(of_block).collect()
    }

    /// Whether bounds on the luck suffice to see that the plan stays. Decides nothing that luck would not.
    #[inline(always)]
    fn surely_keeps(&self, plan: usize, values: &[f64; TIERS], words: [u32; 4]) -> bool {
        let rules = self.sight.rules;
        let luck = |tier: usize| rules.plan_bounds.at(words[tier]).map(f64::from);
        let least = values[plan] + rules.plan_scale * luck(plan)[0] - SLACK;
        (0..TIERS).filter(|&tier| tier != plan).all(|tier| {
            let most = values[tier] - rules.tier_inertia + rules.plan_scale * luck(tier)[1];
            most < least
        })
    }

    fn choose(&self, chunk: &mut Chunk, position: u16) {
        let Sight { rules, tables, graph, day } = self.sight;
        let user = chunk.first + u32::from(position);
        let here = home(self.users.place[user as usize]);
        let plan = tier(self.users.status[user as usize]);
        let kind = usize::from(self.users.kind[user as usize]);
        let company = self.sight.at_home(chunk, usize::from(position), here);
        let ramp = self.sight.ramp(chunk, usize::from(position));
        let inverse = graph.inverse_degree(user, rules.inverse_degree);
        let social = self.types.social[kind] * self.sight.share(company, here, ramp, inverse);
        let activity = tables.activity(rules, (kind, here, plan), social);
        let values = tables.plans(rules, (kind, here), activity, social, company.paying);
        let words = self.chance.words(user, day, Purpose::Plan, 0);
        if self.surely_keeps(plan, &values, words) {
            return;
        }
        let mut best = (f64::NEG_INFINITY, plan);
        for tier in 0..TIERS {
            let inertia = if tier == plan { 0.0 } else { rules.tier_inertia };
            let score = values[tier] - inertia + rules.plan_scale * gumbel(u64::from(words[tier]) << 32);
            if score > best.0 {
                best = (score, tier);
            }
        }
        if best.1 == plan {
            return;
        }
        chunk.plans.push((position, best.1 as u8));
        if plan == 0 {
            let appeal = tables.appeal[here][best.1];
            let [feature, identity, peers] =
                reasons(&rules.motives, appeal, activity, social, company.paying);
            let catalogue = rules.gate * tables.withheld[tables.at(kind, here)];
            let motives =
                [feature, identity, peers, catalogue].map(|motive| (motive * FIXED_POINT).round() as i64);
            chunk.motives.push((self.types.class[kind], here as u8, motives));
        }
    }
}
