//! Phase 4: candidates choose a platform (E8-E11), reading yesterday.

use super::sight::{Company, Sight};
use crate::equations::consideration::probability;
use crate::equations::migration::{to_new, to_outside, to_remembered};
use crate::equations::plan::inclusive_value;
use crate::equations::stock;
use crate::parallel::map_mut;
use crate::random::law::{gumbel, uniform};
use crate::random::philox::LANES;
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::graph::Tally;
use crate::world::panel::TIERS;
use crate::world::types::Types;
use crate::world::users::{Users, home, remembered, tier};

/// Outside and at most fifteen platforms.
const MOST_PLACES: usize = 16;
/// Positions whose draws are made together when many of them choose.
const GROUP: usize = LANES;
/// Covers the rounding of bounds that are sums.
const SLACK: f64 = 1e-9;
/// So many candidates in a group make drawing for all of it worth while.
const MANY: u32 = 5;

/// Lets every candidate choose; those who stay are unmarked.
pub fn run(world: &mut World, _: &Scenario) {
    let World { chunks, users, types, tables, rules, graph, chance, day, .. } = world;
    let eyes = Eyes { sight: Sight { rules, tables, graph, day: *day }, users, types, chance: *chance };
    map_mut(chunks, |_, chunk| {
        chunk.moves.clear();
        chunk.decisions = 0;
        for first in (0..chunk.len).step_by(GROUP) {
            let shift = first % 64;
            let waiting = (chunk.candidates[first / 64] >> shift & 0xffff) as u16;
            if waiting != 0 {
                let movers = eyes.choose_group(chunk, first, waiting);
                chunk.decisions += u64::from(waiting.count_ones());
                chunk.candidates[first / 64] &= !(u64::from(waiting & !movers) << shift);
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
}

/// The bits of a user's choice today.
struct Draws {
    luck: u64,
    memory: u64,
    taste: u64,
}

/// A place under consideration: its value net of costs, the bits of luck and taste, and the most that its
/// score can be.
#[derive(Clone, Copy, Default)]
struct Prospect {
    place: usize,
    value: f64,
    luck: u64,
    taste: u64,
    most: f64,
}

#[inline(always)]
fn pair(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

impl Eyes<'_> {
    /// Lets the waiting positions of a group choose; answers who of them moves.
    #[inline(always)]
    fn choose_group(&self, chunk: &mut Chunk, first: usize, waiting: u16) -> u16 {
        let (user, day) = (chunk.first + first as u32, self.sight.day);
        let together = waiting.count_ones() >= MANY;
        let mut luck = [[0; LANES]; 4];
        let mut taste = [[0; LANES]; 4];
        if together {
            self.chance.fill(user, day, Purpose::Choice, &mut luck);
            if self.sight.rules.taste_sd != 0.0 {
                self.chance.fill(user, 0, Purpose::Taste, &mut taste);
            }
        }
        // One list for the group: clearing it for every user would cost as much as a place.
        let mut options = [Prospect::default(); MOST_PLACES];
        let (mut left, mut movers) = (waiting, 0);
        while left != 0 {
            let slot = left.trailing_zeros() as usize;
            left &= left - 1;
            let position = first + slot;
            let draws = if together {
                Draws {
                    luck: pair(luck[0][slot], luck[1][slot]),
                    memory: pair(luck[2][slot], luck[3][slot]),
                    taste: pair(taste[0][slot], taste[1][slot]),
                }
            } else {
                let [luck, memory] = self.chance.pair(user + slot as u32, day, Purpose::Choice, 0);
                let [taste, _] = self.chance.pair(user + slot as u32, 0, Purpose::Taste, 0);
                Draws { luck, memory, taste }
            };
            let mut chooser = self.chooser(chunk, position);
            if self.surely_stays(chunk, position, &chooser, &draws) {
                continue;
            }
            chooser.tally = self.look_around(user + slot as u32);
            let there = self.choose(&chooser, &draws, &mut options);
            if there != chooser.home {
                chunk.moves.push((position as u16, there as u8));
                movers |= 1 << slot;
            }
        }
        movers
    }

    /// The place that a user chooses (E11). Bounds on the draws exclude most places before taste and luck
    /// need to be computed.
    #[inline(always)]
    fn choose(&self, chooser: &Chooser, draws: &Draws, options: &mut [Prospect; MOST_PLACES]) -> usize {
        let Sight { rules, .. } = self.sight;
        let (mut count, mut sure) = (0, f64::NEG_INFINITY);
        for place in usize::from(!rules.outside)..rules.places {
            if !self.considers(chooser, place, draws.memory) {
                continue;
            }
            let key = rules.keys[place];
            let (luck, taste) = (key.bits(draws.luck), key.bits(draws.taste));
            let company = self.sight.around(&chooser.tally, place);
            let value = self.value(chooser, place, company) - self.cost(chooser, place);
            let [taste_low, taste_high] = rules.taste_bounds.at(taste);
            let [luck_low, luck_high] = rules.luck_bounds.at(luck);
            let least = value + taste_low + luck_low;
            sure = if least > sure { least } else { sure };
            options[count] = Prospect { place, value, luck, taste, most: value + taste_high + luck_high };
            count += 1;
        }
        let contenders = || options[..count].iter().filter(|option| option.most >= sure);
        let mut best = (f64::NEG_INFINITY, chooser.home);
        if contenders().nth(1).is_none() {
            return contenders().next().map_or(chooser.home, |option| option.place);
        }
        for option in contenders() {
            let taste = if rules.taste_sd == 0.0 { 0.0 } else { rules.taste_of(option.taste) };
            let score = option.value + taste + gumbel(option.luck);
            if score > best.0 {
                best = (score, option.place);
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
            tally: Tally::default(),
        }
    }

    /// A user's ties by place.
    #[inline(always)]
    fn look_around(&self, user: u32) -> Tally {
        let Sight { rules, graph, .. } = self.sight;
        match (rules.looks_at_ties, rules.plans) {
            (false, _) => Tally::default(),
            (true, false) => graph.tally::<false>(user, self.users),
            (true, true) => graph.tally::<true>(user, self.users),
        }
    }

    /// Whether the home wins even if every tie that does not live there lived, and paid, on each other place:
    /// then there is no need to look around. The own counters tell the ties at home. Decides nothing that
    /// looking around would not.
    #[inline(always)]
    fn surely_stays(&self, chunk: &Chunk, position: usize, chooser: &Chooser, draws: &Draws) -> bool {
        let Sight { rules, .. } = self.sight;
        if !(rules.counts_ties && rules.company_attracts && rules.looks_at_ties) {
            return false;
        }
        let at_home = self.sight.at_home(chunk, position, chooser.home);
        let degree = if chooser.inverse_degree > 0.0 { 1.0 / chooser.inverse_degree } else { 0.0 };
        let rest = degree - at_home.friends - at_home.taste;
        let elsewhere = Company { friends: rest, taste: 0.0, paying: rest };
        let bounds = |place: usize, company: Company| {
            let key = rules.keys[place];
            let taste = rules.taste_bounds.at(key.bits(draws.taste));
            let luck = rules.luck_bounds.at(key.bits(draws.luck));
            let value = self.value(chooser, place, company) - self.cost(chooser, place);
            [value + taste[0] + luck[0], value + taste[1] + luck[1]]
        };
        let [least, _] = bounds(chooser.home, at_home);
        (usize::from(!rules.outside)..rules.places)
            .filter(|&place| place != chooser.home)
            .all(|place| bounds(place, elsewhere)[1] + SLACK < least)
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

    /// E8 without taste: the tabulated terms, ties and plans.
    #[inline(always)]
    fn value(&self, chooser: &Chooser, place: usize, company: Company) -> f64 {
        let Sight { rules, tables, .. } = self.sight;
        if place == 0 {
            return 0.0;
        }
        let at = tables.at(chooser.kind, place);
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
        tables.utility[at] + rules.weights.ties * social + plans
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
