//! Phase 7: community stocks (E5, E6), originals (E17), and the record of the day.

use crate::equations::community;
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::money::LEVERS;
use crate::world::panel::TIERS;

/// Ages and feeds community stocks and originals; records prices, spending, coverage and homes.
pub fn run(world: &mut World, _: &Scenario) {
    feed(world);
    produce(world);
    let World { market, ledger, calendar, day, .. } = world;
    let (today, places) = (*day as usize, ledger.panel.places);
    for platform in 0..market.platforms() {
        let at = (today * places + platform + 1) * TIERS;
        ledger.panel.price[at..at + TIERS].copy_from_slice(&market.price[platform]);
        let at = today * places + platform + 1;
        ledger.panel.ad_load[at] = market.ad_load[platform];
        if market.present[platform] {
            ledger.panel.spent[at * LEVERS..][..LEVERS].copy_from_slice(&market.money.spent(platform, *day));
        }
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

/// E17: originals grow with money and creators, and age; the home shares are those of this morning.
fn produce(world: &mut World) {
    let World { market, tables, day, .. } = world;
    if !market.money.moves_originals() {
        return;
    }
    for platform in (0..market.platforms()).filter(|&platform| market.present[platform]) {
        for genre in 0..market.originals[platform].len() {
            let today = market.originals[platform][genre];
            market.originals[platform][genre] =
                market.money.originals_tomorrow(today, (platform, genre), tables.share[platform + 1], *day);
        }
    }
    tables.stale = true;
}

fn feed(world: &mut World) {
    let World { market, ledger, rules, day, .. } = world;
    for platform in 0..market.platforms() {
        let flow = if rules.tracked == 0 {
            0.0
        } else {
            let active = ledger.panel.all_active(*day as usize, platform + 1, 0..TIERS);
            let views = market.view[platform] * active as f64 / rules.tracked as f64;
            let items = community::items(market.stock[platform], rules.content_decay);
            let feedback = 1.0 + rules.content_feedback * community::interaction(views, items);
            let feedback = feedback * market.money.encouragement(platform);
            market.creation[platform] * active as f64 / rules.tracked as f64 * feedback
        };
        market.stock[platform] = community::stock(market.stock[platform], flow, rules.content_decay);
    }
}
