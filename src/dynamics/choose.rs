//! Phase 4: candidates choose a platform (E8-E11), reading yesterday.

use super::sight::{Company, Sight};
use crate::equations::consideration::probability;
use crate::equations::migration::{to_new, to_outside, to_remembered};
use crate::equations::plan::inclusive_value;
use crate::equations::stock;
use crate::parallel::map_mut;
use crate::random::law::{gumbel, uniform};
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::graph::Tally;
use crate::world::panel::TIERS;
use crate::world::types::Types;
use crate::world::users::{Users, home, remembered, tier};

/// Lets every candidate choose; those who stay are unmarked.
pub fn run(world: &mut World, _: &Scenario) {
    let World { chunks, users, types, tables, rules, graph, chance, day, .. } = world;
    let eyes = Eyes { sight: Sight { rules, tables, graph, day: *day }, users, types, chance: *chance };
    map_mut(chunks, |_, chunk| {
        chunk.moves.clear();
        chunk.decisions = 0;
        for word in 0..chunk.candidates.len() {
            let mut waiting = chunk.candidates[word];
            while waiting != 0 {
                let bit = waiting.trailing_zeros() as usize;
                waiting &= waiting - 1;
                let position = word * 64 + bit;
                let here = home(eyes.users.place[chunk.first as usize + position]);
                let there = eyes.choose(chunk, position);
                chunk.decisions += 1;
                if there == here {
                    chunk.candidates[word] &= !(1 << bit);
                } else {
                    chunk.moves.push((position as u16, there as u8));
                }
            }
        }
    });
}

/// Everything that a choice reads.
struct Eyes<'a> {
    sight: Sight<'a>,
    users: &'a Users,
    types: &'a Types,
    chance: Chance,
}

/// One user about to choose.
struct Chooser {
    kind: usize,
    home: usize,
    remembered: usize,
    tier: usize,
    social: f64,
    stock: f64,
    stock_left: f64,
    ramp: f64,
    inverse_degree: f64,
    tally: Tally,
    taste: u64,
}

impl Eyes<'_> {
    /// The place that a user chooses (E11).
    #[inline(always)]
    fn choose(&self, chunk: &Chunk, position: usize) -> usize {
        let Sight { rules, .. } = self.sight;
        let user = chunk.first + position as u32;
        let chooser = self.chooser(chunk, position);
        let [luck, memory] = self.chance.pair(user, self.sight.day, Purpose::Choice, 0);
        let mut best = (f64::NEG_INFINITY, chooser.home);
        for place in usize::from(!rules.outside)..rules.places {
            if !self.considers(&chooser, place, memory) {
                continue;
            }
            let score = self.value(&chooser, place) - self.cost(&chooser, place)
                + gumbel(rules.keys[place].bits(luck));
            if score > best.0 {
                best = (score, place);
            }
        }
        best.1
    }

    #[inline(always)]
    fn chooser(&self, chunk: &Chunk, position: usize) -> Chooser {
        let Sight { rules, tables, graph, day } = self.sight;
        let user = chunk.first + position as u32;
        let byte = self.users.place[user as usize];
        let kind = usize::from(self.users.kind[user as usize]);
        let here = home(byte);
        let stock = if rules.stock && here > 0 {
            let days = day - u32::from(chunk.touch[position]);
            let excess = f64::from(chunk.stock[position]) * (1.0 / 32_767.0);
            let stock =
                stock::later(excess, rules.kept[days as usize], tables.always_there[tables.at(kind, here)]);
            stock.clamp(0.0, 1.0)
        } else {
            0.0
        };
        Chooser {
            kind,
            home: here,
            remembered: remembered(byte),
            tier: tier(self.users.status[user as usize]),
            social: self.types.social[kind],
            stock,
            stock_left: f64::from(chunk.stock_left[position]) * (1.0 / 255.0),
            ramp: self.sight.ramp(chunk, position),
            inverse_degree: graph.inverse_degree(user, rules.inverse_degree),
            tally: if rules.looks_at_ties { graph.tally(user, self.users) } else { Tally::default() },
            taste: self.chance.pair(user, 0, Purpose::Taste, 0)[0],
        }
    }

    /// E10: outside, the home and the remembered platform always come to mind.
    #[inline(always)]
    fn considers(&self, chooser: &Chooser, place: usize, memory: u64) -> bool {
        let Sight { rules, tables, .. } = self.sight;
        if place == 0 || place == chooser.home || place == chooser.remembered || tables.aware[place] >= 1.0 {
            return true;
        }
        let Company { friends, taste, .. } = self.sight.around(&chooser.tally, place);
        let ties = friends + tables.open[place] * taste;
        uniform(rules.keys[place].bits(memory)) < probability(tables.aware[place], rules.log_silence, ties)
    }

    /// E8, the tabulated terms and the personal ones: ties, plans, taste.
    #[inline(always)]
    fn value(&self, chooser: &Chooser, place: usize) -> f64 {
        let Sight { rules, tables, .. } = self.sight;
        let taste = rules.taste(chooser.taste, place);
        if place == 0 {
            return taste;
        }
        let at = tables.at(chooser.kind, place);
        let company = self.sight.around(&chooser.tally, place);
        // Elsewhere one lives as a newcomer: no tenure, the free plan.
        let (ramp, plan) =
            if place == chooser.home { (chooser.ramp, chooser.tier) } else { (rules.ramp[0], 0) };
        let social = chooser.social * self.sight.share(company, place, ramp, chooser.inverse_degree);
        let plans = if rules.plans {
            let activity = tables.activity(rules, (chooser.kind, place, plan), social);
            let values = tables.plans(rules, (chooser.kind, place), activity, social, company.paying);
            inclusive_value(&values, rules.plan_scale)
        } else {
            tables.plan_value[at * TIERS]
        };
        tables.utility[at] + rules.weights.ties * social + plans + taste
    }

    /// E9: what the move costs; staying is free.
    #[inline(always)]
    fn cost(&self, chooser: &Chooser, place: usize) -> f64 {
        let costs = &self.sight.rules.costs;
        match place {
            _ if place == chooser.home => 0.0,
            0 => to_outside(costs, chooser.stock),
            _ if place == chooser.remembered => to_remembered(costs, chooser.stock, chooser.stock_left),
            _ => to_new(costs, chooser.stock),
        }
    }
}
