//! Phase 4: candidates choose a platform (E8-E11), reading yesterday.
#![expect(clippy::needless_range_loop, reason = "loops over the same lane of several columns")]

mod crowd;
mod plain;
mod reasons;
mod score;
mod second;

use super::sight::Sight;
use crate::parallel::map_mut;
use crate::random::Chance;
use crate::random::quick::{GUMBEL_ERROR, NORMAL_ERROR, STEPS_ERROR};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::graph::{CROWD, lanes};
use crate::world::market::Market;
use crate::world::panel::TIERS;
use crate::world::rules::Rules;
use crate::world::tables::Tables;
use crate::world::types::Types;
use crate::world::users::Users;
use crowd::Crowd;
use multiversion::multiversion;

/// Covers the rounding of scores.
const SLACK: f64 = 1e-5;

/// Lets every candidate choose; those who stay are unmarked.
pub fn run(world: &mut World, _: &Scenario) {
    let World { chunks, users, types, market, tables, rules, graph, chance, day, .. } = world;
    let taste_error = if rules.keeps_ties { STEPS_ERROR } else { NORMAL_ERROR };
    let eyes = Eyes {
        sight: Sight { rules, tables, graph, day: *day },
        users,
        types,
        market,
        chance: *chance,
        common: common(rules, tables, types.count),
        newcomer_ramp: rules.ramp[0],
        error: GUMBEL_ERROR + rules.taste_sd * taste_error + SLACK,
    };
    map_mut(chunks, |_, chunk| {
        eyes.choose_all(chunk);
        if !chunk.contracts.is_empty() {
            chunk.fetch_bound(eyes.users);
        }
    });
}

/// Everything that a choice reads.
struct Eyes<'a> {
    sight: Sight<'a>,
    users: &'a Users,
    types: &'a Types,
    market: &'a Market,
    chance: Chance,
    /// The part of a place's value that users of a type share, nats; shape places × types.
    common: Vec<f64>,
    /// rho of somebody who has just arrived.
    newcomer_ramp: f64,
    /// Largest error of a quick score, nats.
    error: f64,
}

/// The tabulated terms of the utility, with the free plan where no others are sold.
fn common(rules: &Rules, tables: &Tables, types: usize) -> Vec<f64> {
    let mut common = vec![0.0; rules.places * types];
    for place in 1..rules.places {
        for kind in 0..types {
            let at = tables.at(kind, place);
            let free = if rules.plans { 0.0 } else { tables.plan_value[at * TIERS] };
            common[place * types + kind] = tables.utility[at] + free;
        }
    }
    common
}

impl Eyes<'_> {
    /// The part of a place's value that users of a type share, by type.
    #[inline(always)]
    fn common_to_type(&self, place: usize) -> &[f64] {
        &self.common[place * self.types.count..][..self.types.count]
    }

    /// Lets the candidates of a chunk choose, a crowd at a time.
    #[inline(always)]
    fn choose_all(&self, chunk: &mut Chunk) {
        chunk.moves.clear();
        chunk.seconds.clear();
        chunk.reasons.clear();
        chunk.decisions = 0;
        let mut crowd = Crowd::new(self.sight.rules.places);
        for word in 0..chunk.candidates.len() {
            let mut waiting = std::mem::take(&mut chunk.candidates[word]);
            while waiting != 0 {
                let position = word * 64 + waiting.trailing_zeros() as usize;
                waiting &= waiting - 1;
                if crowd.join(position) {
                    settle(self, chunk, &mut crowd);
                }
            }
        }
        settle(self, chunk, &mut crowd);
    }

    /// The lanes that have to look around, a bit each.
    #[inline(always)]
    fn undecided(&self, chunk: &Chunk, crowd: &Crowd) -> u64 {
        let rules = self.sight.rules;
        let must_look = rules.looks_at_ties && !rules.keeps_ties;
        if !(must_look && rules.counts_ties && rules.company_attracts) {
            return u64::MAX >> (64 - crowd.len);
        }
        let mut undecided = 0;
        for lane in 0..crowd.len {
            let (position, here) = (usize::from(crowd.position[lane]), crowd.home[lane] as usize);
            let at_home = self.sight.at_home(chunk, position, here);
            let knows = self.surely_stays(crowd, lane, at_home) && self.surely_without_second(crowd, lane);
            undecided |= u64::from(!knows) << lane;
        }
        undecided
    }
}

/// Lets a crowd choose, and empties it. The same bits at every vector width: lanes do not mix, and no operation is
/// fused or reordered.
#[multiversion(targets(
    "x86_64+avx+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512dq+avx512vl+avx512bw+avx512cd",
    "x86_64+avx+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn settle(eyes: &Eyes, chunk: &mut Chunk, crowd: &mut Crowd) {
    if crowd.len == 0 {
        return;
    }
    eyes.recognise(chunk, crowd);
    eyes.draw(chunk, crowd);
    let wanted = eyes.undecided(chunk, crowd);
    eyes.look_around(chunk, crowd, wanted);
    let chosen = eyes.choose(crowd, wanted);
    let mut movers = 0;
    for lane in 0..CROWD {
        movers |= u64::from(chosen[lane] != crowd.home[lane]) << lane;
    }
    if eyes.sight.rules.second.is_some() {
        eyes.choose_second(chunk, crowd, !(movers & wanted), wanted);
    }
    for lane in lanes(movers & wanted) {
        if eyes.sight.rules.reasons {
            let class = eyes.types.class[usize::from(crowd.kind[lane])];
            let reasons = eyes.reasons(crowd, lane, chosen[lane] as usize);
            chunk.reasons.push((class, crowd.home[lane] as u8, chosen[lane] as u8, reasons));
        }
        chunk.moves.push((crowd.position[lane], chosen[lane] as u8));
        chunk.mark(usize::from(crowd.position[lane]));
    }
    chunk.decisions += crowd.len as u64;
    crowd.len = 0;
}
