//! Homes at the start: the best place for each user's own tastes, with levels that meet the observed shares.

use super::super::World;
use super::super::users::place;
use super::{founders, levels};
use crate::parallel::{CHUNK, map_indices, map_mut};
use crate::random::Purpose;
use crate::random::law::gumbel;
use crate::scenario::{Founders, Initial, Scenario};

/// Users on whom the levels are fitted; ids are in random order of types.
const SAMPLE: usize = 262_144;

/// Gives every user a home.
pub fn settle(world: &mut World, scenario: &Scenario) {
    let founders = founders::homes(scenario);
    let wanted = wanted_shares(scenario);
    let sorted = scenario.market.sorted_start;
    let values = if sorted { type_values(world) } else { vec![0.0; world.types.count * world.rules.places] };
    let World { users, chance, rules, .. } = world;
    let prospects = Prospects { rules, sorted, values: &values, kind: &users.kind, chance: *chance };
    let sample = prospects.of_sample();
    let levels = fit(&sample, &wanted);
    let mut slices: Vec<&mut [u8]> = users.place.chunks_mut(CHUNK).collect();
    map_mut(&mut slices, |chunk, slice| {
        let known = sample.get(chunk).map_or(&[][..], |block| block);
        let mut known = known.chunks(rules.places);
        let mut worth = vec![0.0; rules.places];
        for (position, byte) in slice.iter_mut().enumerate() {
            let worth = known.next().unwrap_or_else(|| {
                prospects.of(chunk * CHUNK + position, &mut worth);
                &worth
            });
            let founder = founders.get(chunk * CHUNK + position).map_or(0, |&home| usize::from(home));
            *byte = place(if founder > 0 { founder } else { best(worth, &levels) }, 0);
        }
    });
}

/// Observed shares by place, of those whom tastes draw; what the platforms leave is outside.
fn wanted_shares(scenario: &Scenario) -> Vec<f64> {
    let initial = scenario.platforms.iter().map(|platform| &platform.initial);
    let left = 1.0 - initial.clone().map(|initial| initial.share).sum::<f64>();
    let is_drawn = |initial: &Initial| initial.founders == Founders::Tastes;
    let shares = initial.map(|initial| if is_drawn(initial) { initial.share } else { 0.0 });
    let mut wanted: Vec<f64> = std::iter::once(if left > 1e-9 { left } else { 0.0 }).chain(shares).collect();
    if !scenario.platforms.iter().all(|platform| is_drawn(&platform.initial)) {
        let drawn = wanted.iter().sum::<f64>();
        wanted.iter_mut().filter(|share| **share > 0.0).for_each(|share| *share /= drawn);
    }
    wanted
}

/// Utility by type and place without ties, plans at expected activity; outside is worth 0.
fn type_values(world: &World) -> Vec<f64> {
    let World { tables, rules, types, .. } = world;
    let mut values = vec![0.0; types.count * rules.places];
    for kind in 0..types.count {
        for here in 1..rules.places {
            values[tables.at(kind, here)] = tables.newcomer_value(rules, (kind, here), 0.0);
        }
    }
    values
}

/// What each place is worth to a user before the levels: type, taste and luck.
struct Prospects<'a> {
    rules: &'a super::Rules,
    /// Whether tastes draw users to their first home.
    sorted: bool,
    values: &'a [f64],
    kind: &'a [u16],
    chance: super::Chance,
}

impl Prospects<'_> {
    /// The worths of the sample's users, users × places, by chunk.
    fn of_sample(&self) -> Vec<Vec<f64>> {
        let (sample, places) = (self.kind.len().min(SAMPLE), self.rules.places);
        map_indices(sample.div_ceil(CHUNK), |block| {
            let range = block * CHUNK..sample.min((block + 1) * CHUNK);
            let mut worth = vec![0.0; range.len() * places];
            range.zip(worth.chunks_mut(places)).for_each(|(user, worth)| self.of(user, worth));
            worth
        })
    }

    fn of(&self, user: usize, worth: &mut [f64]) {
        let [luck, _] = self.chance.pair(user as u32, 0, Purpose::InitialHome, 0);
        let [taste, _] = self.chance.pair(user as u32, 0, Purpose::Taste, 0);
        for (here, worth) in worth.iter_mut().enumerate() {
            let base = self.values[usize::from(self.kind[user]) * self.rules.places + here];
            let taste = if self.sorted { self.rules.taste(taste, here) } else { 0.0 };
            *worth = base + taste + gumbel(self.rules.keys[here].bits(luck));
        }
    }
}

fn best(worth: &[f64], levels: &[f64]) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for (here, (worth, level)) in worth.iter().zip(levels).enumerate() {
        if worth + level > best.0 {
            best = (worth + level, here);
        }
    }
    best.1
}

/// Levels by place at which the sample's shares equal the wanted ones.
fn fit(sample: &[Vec<f64>], wanted: &[f64]) -> Vec<f64> {
    let places = wanted.len();
    let users = sample.iter().map(|block| block.len() / places).sum();
    levels::fit(wanted, users, |levels| {
        let mut counts = vec![0; places];
        sample
            .iter()
            .flat_map(|block| block.chunks(places))
            .for_each(|worth| counts[best(worth, levels)] += 1);
        counts
    })
}
