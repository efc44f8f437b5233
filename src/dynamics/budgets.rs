//! Phase 8: on days of review, what more money for each lever would return, and budgets that follow (E19).

mod prospects;

use crate::equations::budget::{bounded, contribution, moved, returned};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::money::LEVERS;
use crate::world::panel::TIERS;
use crate::world::reviews::Review;
use prospects::Prospects;

/// Extra money by which returns are measured, as a part of the whole budget.
const STEP: f64 = 0.01;
/// Days and months of a year of money.
const YEAR: (f64, f64) = (365.0, 12.0);

/// Reviews the budgets of all open platforms that have one, at the end of every `supply.review_days` days.
pub fn run(world: &mut World, scenario: &Scenario) {
    if !(world.day + 1).is_multiple_of(scenario.supply.review_days) {
        return;
    }
    let spends = |platform: &usize| world.market.present[*platform] && total(world, *platform) > 0.0;
    let spenders: Vec<usize> = (0..world.market.platforms()).filter(spends).collect();
    if spenders.is_empty() {
        return;
    }
    // All look at the same evening before anyone moves.
    let prospects = Prospects::new(world);
    let found: Vec<Review> =
        spenders.iter().map(|&platform| review(world, scenario, &prospects, platform)).collect();
    for review in &found {
        follow(world, scenario.supply.eta_x, review);
    }
    world.ledger.reviews.extend(found);
}

/// Budget of a platform, currency a year.
fn total(world: &World, platform: usize) -> f64 {
    world.market.money.budget[platform].iter().sum()
}

fn review(world: &World, scenario: &Scenario, prospects: &Prospects, platform: usize) -> Review {
    let total = total(world, platform);
    let (extra, worth) = (STEP * total, yearly_contribution(world, scenario, platform));
    let as_planned = prospects.share(world, platform, None);
    let returns = core::array::from_fn(|lever| {
        let gained = prospects.share(world, platform, Some((lever, extra))) - as_planned;
        returned(gained * world.market.money.population, worth, extra)
    });
    let shares = world.market.money.budget[platform].map(|money| money / total);
    Review { day: world.day, platform, shares, returns }
}

/// The budget moves towards what returns more; exactly as it was at eta 0.
fn follow(world: &mut World, eta: f64, review: &Review) {
    if eta == 0.0 {
        return;
    }
    let total = total(world, review.platform);
    let shares: [f64; LEVERS] = moved(review.shares, review.returns.map(bounded), eta);
    world.market.money.budget[review.platform] = shares.map(|share| share * total);
    world.tables.stale = true;
}

/// What a user of a platform leaves in a year at tonight's plans and prices and today's activity, currency. Nobody's
/// activity counts where none is simulated.
fn yearly_contribution(world: &World, scenario: &Scenario, platform: usize) -> f64 {
    let World { market, ledger, rules, users, day, .. } = world;
    let (place, (days, months)) = (platform + 1, YEAR);
    let heads = users.place.len() as f64;
    let paid = |tier| ledger.on_plan(place, tier) as f64 / heads * market.price[platform][tier];
    let mut revenue = months * (1..TIERS).map(paid).sum::<f64>();
    let (mut shared, mut cost) = (0.0, 0.0);
    if let Some(costs) = &scenario.platforms[platform].costs {
        let active = |tiers| match rules.tracked {
            0 => 0.0,
            tracked => ledger.panel.all_active(*day as usize, place, tiers) as f64 / tracked as f64,
        };
        revenue += days * costs.ad_revenue * market.ad_load[platform] * active(0..1);
        (shared, cost) = (costs.revenue_share, days * costs.per_active_day * active(0..TIERS));
    }
    contribution(revenue, shared, cost, ledger.living(place) as f64 / heads)
}
