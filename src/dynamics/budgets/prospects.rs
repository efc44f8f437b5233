//! How much of the market newcomers would give a platform in a year, with its budget as it is or with more.
//!
//! Nothing is simulated: types look at tonight's platforms as newcomers without ties, rivals stand still, and the
//! platform's originals and content are taken a year on.

use crate::equations::budget::known_share;
use crate::world::World;
use crate::world::market::Market;

/// Days that more money has to take effect.
const YEAR: u32 = 365;

/// What every place is worth to newcomers of every type, and how many know it, tonight.
pub struct Prospects {
    /// Nats; shape places × types.
    values: Vec<Vec<f64>>,
    /// Awareness by place.
    aware: Vec<f64>,
}

impl Prospects {
    /// Looks at all places.
    pub fn new(world: &World) -> Self {
        let outside = if world.rules.outside { 0.0 } else { f64::NEG_INFINITY };
        let platforms = 0..world.market.platforms();
        let known = platforms.clone().map(|platform| world.market.awareness(platform, world.day));
        let values = platforms.map(|platform| newcomer_values(world, &world.market, platform));
        Self {
            values: std::iter::once(vec![outside; world.types.count]).chain(values).collect(),
            aware: std::iter::once(1.0).chain(known).collect(),
        }
    }

    /// Mean share of a platform over types in a year, in 0..=1; `more` is a lever and extra money, currency a year.
    pub fn share(&self, world: &World, platform: usize, more: Option<(usize, f64)>) -> f64 {
        let market = a_year_on(world, platform, more);
        let own = newcomer_values(world, &market, platform);
        let known = market.awareness(platform, world.day);
        let place = platform + 1;
        let of_type = |kind: usize| {
            let seen = self.aware.iter().zip(&self.values).map(|(&aware, values)| (aware, values[kind]));
            let mut places: Vec<(f64, f64)> = seen.collect();
            places[place] = (known, own[kind]);
            known_share(&places, place)
        };
        (0..own.len()).map(of_type).sum::<f64>() / own.len() as f64
    }
}

/// What a platform is worth to newcomers without ties, nats; by type.
fn newcomer_values(world: &World, market: &Market, platform: usize) -> Vec<f64> {
    let World { tables, rules, types, day, .. } = world;
    let tables = tables.alone(rules, types, market, (platform, *day));
    (0..types.count).map(|kind| tables.newcomer_value(rules, (kind, 1), 0.0)).collect()
}

/// The market with a platform's originals and content a year on. Content that flows as today stays as it is; more
/// encouragement adds to it as the old ages.
fn a_year_on(world: &World, platform: usize, more: Option<(usize, f64)>) -> Market {
    let World { tables, rules, day, .. } = world;
    let mut market = world.market.clone();
    if let Some((lever, extra)) = more {
        let before = market.money.encouragement(platform);
        market.money.budget[platform][lever] += extra;
        let growth = market.money.encouragement(platform) / before - 1.0;
        let old = (0..YEAR).fold(1.0, |left, _| left * (1.0 - rules.content_decay));
        market.stock[platform] *= 1.0 + growth * (1.0 - old);
    }
    let share = tables.share[platform + 1];
    for genre in 0..market.originals[platform].len() {
        let next =
            |today: f64, day: u32| market.money.originals_tomorrow(today, (platform, genre), share, day);
        market.originals[platform][genre] =
            (day + 1..=day + YEAR).fold(market.originals[platform][genre], next);
    }
    market
}
