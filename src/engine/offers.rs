//! What each platform offers to each type of users on the last day: what people would score.

use crate::world::World;
use crate::world::panel::TIERS;

/// The offers of the last day, from the tables that users decided by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offers {
    /// Users of each type.
    pub users: Vec<u64>,
    /// z, weight of social terms, by type; median 1.
    pub social: Vec<f64>,
    /// gamma, by type, nats per currency unit and month.
    pub price_sensitivity: Vec<f64>,
    /// m, match of tastes and catalogue, in 0..=1; shape types × platforms.
    pub matching: Vec<f64>,
    /// What a platform is to everybody; `None` while it is closed.
    pub platforms: Vec<Option<Offer>>,
}

/// What a platform offers to everybody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// Share of the market at home there: a user's share of ties, if ties mixed well; in 0..=1.
    pub company: f64,
    /// R, in 0..=1.
    pub recommender: f64,
    /// Openness × felt community content, >= 0.
    pub content: f64,
    /// Largest B of a paid plan that is sold, >= 0; 0 without plans.
    pub identity: f64,
    /// Lowest price of a paid plan that is sold, currency a month; 0 without plans.
    pub price: f64,
}

/// The offers of a world.
pub fn offers(world: &World) -> Offers {
    let World { types, tables, users, .. } = world;
    let mut counts = vec![0; types.count];
    users.kind.iter().for_each(|&kind| counts[usize::from(kind)] += 1);
    let platforms = world.rules.places - 1;
    let cells = (0..types.count).flat_map(|kind| (1..=platforms).map(move |place| (kind, place)));
    Offers {
        users: counts,
        social: types.social.clone(),
        price_sensitivity: types.price_sensitivity.clone(),
        matching: cells.map(|(kind, place)| tables.matching[tables.at(kind, place)]).collect(),
        platforms: (0..platforms).map(|platform| offer(world, platform)).collect(),
    }
}

fn offer(world: &World, platform: usize) -> Option<Offer> {
    let World { market, tables, rules, .. } = world;
    let sold = || (1..TIERS).filter(|&tier| market.sold[platform][tier]);
    let prices = sold().map(|tier| market.price[platform][tier]);
    market.present[platform].then(|| Offer {
        company: tables.share[platform + 1],
        recommender: market.recommender[platform],
        content: market.open[platform] * market.felt_content(platform, rules.content_reference),
        identity: sold().map(|tier| market.identity[platform][tier]).fold(0.0, f64::max),
        price: prices.reduce(f64::min).unwrap_or(0.0),
    })
}
