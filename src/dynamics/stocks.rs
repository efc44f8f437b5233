//! Phase 7: community stocks (E5, E6), and the record of the day.

use crate::equations::community;
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::panel::TIERS;

/// Ages and feeds the community stocks; records prices, coverage and homes.
pub fn run(world: &mut World, _: &Scenario) {
    feed(world);
    let World { market, ledger, calendar, day, .. } = world;
    let (today, places) = (*day as usize, ledger.panel.places);
    for platform in 0..market.platforms() {
        let at = (today * places + platform + 1) * TIERS;
        ledger.panel.price[at..at + TIERS].copy_from_slice(&market.price[platform]);
    }
    let month = calendar.month_of(*day);
    if calendar.month_end(month) == *day {
        for platform in 0..market.platforms() {
            let coverage = market.coverage(platform);
            let at = (month * places + platform + 1) * coverage.len();
            ledger.panel.coverage[at..at + coverage.len()].copy_from_slice(&coverage);
        }
    }
    ledger.record_homes(today + 1);
}

fn feed(world: &mut World) {
    let World { market, ledger, rules, day, .. } = world;
    for platform in 0..market.platforms() {
        let flow = if rules.tracked == 0 {
            0.0
        } else {
            let active: u64 = (0..ledger.panel.classes)
                .flat_map(|class| (0..TIERS).map(move |tier| (class, tier)))
                .map(|(class, tier)| ledger.panel.active(*day as usize, class, platform + 1, tier))
                .sum();
            let views = market.view[platform] * active as f64 / rules.tracked as f64;
            let items = community::items(market.stock[platform], rules.content_decay);
            let feedback = 1.0 + rules.content_feedback * community::interaction(views, items);
            market.creation[platform] * active as f64 / rules.tracked as f64 * feedback
        };
        market.stock[platform] = community::stock(market.stock[platform], flow, rules.content_decay);
    }
}
