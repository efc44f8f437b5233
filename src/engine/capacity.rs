//! The share of the market that each platform would hold alone: with no rival, only the outside.
//!
//! Computed once, from the tables of the last day. A user of a type then moves between two places, in by luck, awareness
//! and the cost of joining, out by luck and the cost of quitting; the share is where as many come as go. Company and
//! size are those of the share itself, so the share is a fixed point: the largest one, found from above.
//! Prices, catalogues and community content stay as they were beside the rivals; everybody outside is a newcomer.

use crate::equations::consideration::probability;
use crate::equations::migration::{to_new, to_outside};
use crate::maths::{exp, ln};
use crate::random::law::normal_quantile;
use crate::world::World;

/// Types beyond so many are sampled at equal steps.
const MOST_TYPES: usize = 1024;
/// Equally likely tastes between the platform and the outside.
const TASTES: usize = 4;
/// The share is found when it moves less than this.
const STILL: f64 = 1e-6;
/// Steps after which it is taken as it is.
const MOST_STEPS: u32 = 200;
/// The least share whose size still pulls, as in the utility.
const LEAST_SHARE: f64 = 1e-9;

/// K of every platform, in 0..=1; 1 where nobody can live outside.
pub fn capacities(world: &World) -> Vec<f64> {
    let platforms = 1..world.rules.places;
    if !world.rules.outside {
        return platforms.map(|_| 1.0).collect();
    }
    platforms.map(|place| alone(world, place)).collect()
}

/// The largest share that feeds itself.
fn alone(world: &World, place: usize) -> f64 {
    let mut share = 1.0;
    for _ in 0..MOST_STEPS {
        let after = next(world, place, share);
        let moved = (after - share).abs();
        share = after;
        if moved < STILL {
            break;
        }
    }
    share
}

/// Share of the market that a platform holds if everybody meets this share of it there.
fn next(world: &World, place: usize, share: f64) -> f64 {
    let step = world.types.count.div_ceil(MOST_TYPES);
    let kinds = (0..world.types.count).step_by(step);
    let count = (kinds.len() * TASTES) as f64;
    let spread = world.rules.taste_sd * core::f64::consts::SQRT_2;
    let tastes: [f64; TASTES] =
        core::array::from_fn(|number| spread * normal_quantile((number as f64 + 0.5) / TASTES as f64));
    let held = kinds.map(|kind| {
        let flows = Flows::new(world, (kind, place), share);
        tastes.iter().map(|taste| flows.balance(*taste)).sum::<f64>()
    });
    held.sum::<f64>() / count
}

/// What moves users of a type between a platform and the outside.
struct Flows {
    /// Value of the platform against the outside, nats.
    value: f64,
    /// Costs of joining and of quitting, nats.
    costs: [f64; 2],
    /// Chance that the platform comes to mind outside.
    known: f64,
}

impl Flows {
    fn new(world: &World, (kind, place): (usize, usize), share: f64) -> Self {
        let World { tables, rules, types, .. } = world;
        let size = ln(share.max(LEAST_SHARE)) - ln(tables.share[place].max(LEAST_SHARE));
        let company = types.social[kind] * share;
        let stock = if rules.stock { tables.expected[tables.at(kind, place)] } else { 0.0 };
        Self {
            value: tables.newcomer_value(rules, (kind, place), company) + rules.weights.installed_base * size,
            costs: [to_new(&rules.costs, 0.0), to_outside(&rules.costs, stock)],
            known: probability(tables.aware[place], rules.log_silence, rules.degree * share),
        }
    }

    /// Share of the users with this taste who live on the platform when as many come as go.
    fn balance(&self, taste: f64) -> f64 {
        let value = self.value + taste;
        let comes = self.known * logistic(value - self.costs[0]);
        let goes = logistic(-value - self.costs[1]);
        comes / (comes + goes).max(f64::MIN_POSITIVE)
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}
