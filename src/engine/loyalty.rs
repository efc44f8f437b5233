//! How safe residents are: what their home is worth to them against the best other place, on the last day.
//!
//! Everybody values every place as a newcomer would live there, with company as large as the place's share of the market,
//! own persistent tastes included; neither the costs of moving nor habit count. A user's safety is the probability of the
//! home in a choice between the two, `1 / (1 + e^(V[best other] - V[home]))`.

use crate::maths::logistic;
use crate::parallel::{CHUNK, map_indices};
use crate::random::Purpose;
use crate::world::World;
use crate::world::users::home;

/// Steps of a twentieth in which safety is counted.
pub const BINS: usize = 20;
/// Users beyond so many are sampled at equal steps.
const MOST_USERS: usize = 1 << 18;

/// Residents by safety.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loyalty {
    /// Places, outside included.
    pub places: usize,
    /// Residents asked whose safety lies in each twentieth; shape classes × places × [`BINS`].
    pub counts: Vec<u64>,
}

impl Loyalty {
    /// Residents of a place by safety, in twentieths.
    pub fn of(&self, class: usize, place: usize) -> &[u64] {
        &self.counts[(class * self.places + place) * BINS..][..BINS]
    }
}

/// Counts the residents of a world by safety.
pub fn loyalty(world: &World) -> Loyalty {
    let (places, users) = (world.rules.places, world.users.place.len());
    let values = values(world);
    let step = users.div_ceil(MOST_USERS).max(1);
    let asked = users.div_ceil(step);
    let width = world.types.masks.len() * places * BINS;
    let parts = map_indices(asked.div_ceil(CHUNK), |part| {
        let mut counts = vec![0_u64; width];
        for number in part * CHUNK..asked.min((part + 1) * CHUNK) {
            let user = number * step;
            let here = home(world.users.place[user]);
            if here > 0 {
                let class = usize::from(world.types.class[usize::from(world.users.kind[user])]);
                counts[(class * places + here) * BINS + bin(safety(world, &values, user))] += 1;
            }
        }
        counts
    });
    let mut counts = vec![0; width];
    for part in parts {
        counts.iter_mut().zip(part).for_each(|(sum, count)| *sum += count);
    }
    Loyalty { places, counts }
}

/// What every place is worth to a type before taste, nats; shape types × places.
fn values(world: &World) -> Vec<f64> {
    let World { tables, rules, types, .. } = world;
    let outside = if rules.outside { 0.0 } else { f64::NEG_INFINITY };
    let value = |kind: usize, place: usize| match place {
        0 => outside,
        _ if tables.closed[place] => f64::NEG_INFINITY,
        _ => tables.newcomer_value(rules, (kind, place), types.social[kind] * tables.share[place]),
    };
    let cells = (0..types.count).flat_map(|kind| (0..rules.places).map(move |place| (kind, place)));
    cells.map(|(kind, place)| value(kind, place)).collect()
}

/// Probability that a resident prefers the home to the best other place.
fn safety(world: &World, values: &[f64], user: usize) -> f64 {
    let World { users, rules, chance, .. } = world;
    let common = &values[usize::from(users.kind[user]) * rules.places..][..rules.places];
    let [taste, _] = chance.pair(user as u32, 0, Purpose::Taste, 0);
    let here = home(users.place[user]);
    let value = |place: usize| common[place] + rules.taste(taste, place);
    let others = (0..rules.places).filter(|&place| place != here);
    let best = others.map(value).fold(f64::NEG_INFINITY, f64::max);
    logistic(value(here) - best)
}

fn bin(safety: f64) -> usize {
    ((safety * BINS as f64) as usize).min(BINS - 1)
}
