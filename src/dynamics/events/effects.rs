//! What each kind of event does to platforms and rules.

use super::signing::sign;
use crate::scenario::{Effect, Scenario};
use crate::world::World;
use crate::world::market::{Bridge, Launch, Market, Pulse, Reversal};
use crate::world::money::{Programme, Retainer, spread};
use crate::world::panel::TIERS;

/// Lets an event happen today.
pub fn apply(world: &mut World, scenario: &Scenario, effect: &Effect) {
    let World { market, rules, day, .. } = world;
    let day = *day;
    match *effect {
        Effect::Licence { platform, holder, share, fee, until } => {
            license(market, (platform, holder), (share, fee), until);
        }
        Effect::Sublicence { from, to, holder, share, fee, until } => {
            let offered = share * market.licences[from][holder];
            let share = offered.max(market.licences[to][holder]);
            license(market, (to, holder), (share, fee), until);
        }
        Effect::ExclusivityBan { share, ref holders } => open_catalogues(market, share, holders),
        Effect::Feature { platform, .. } => launch(market, platform, effect, day),
        Effect::Price { platform, basic, premium, ad_load } => {
            let price = &mut market.price[platform];
            price[1] = basic.unwrap_or(price[1]);
            price[2] = premium.unwrap_or(price[2]);
            market.ad_load[platform] = ad_load.unwrap_or(market.ad_load[platform]);
        }
        Effect::Campaign { platform, awareness, half_life_days } => {
            market.campaigns.push(Pulse { platform, day, size: awareness, half_life: half_life_days });
        }
        Effect::Entry { platform } => market.present[platform] = true,
        Effect::Exit { platform } => market.present[platform] = false,
        Effect::Portability { portability, ties } => rules.set_portability(portability, ties),
        Effect::KolSigning { platform, hubs, pick, ref originals, awareness, half_life_days, fee, until } => {
            for (own, bump) in market.originals[platform].iter_mut().zip(originals) {
                *own = 1.0 - (1.0 - *own) * (1.0 - bump);
            }
            market.campaigns.push(Pulse { platform, day, size: awareness, half_life: half_life_days });
            let yearly = fee.unwrap_or(0.0);
            market.money.retainers.push(Retainer { platform, until, yearly });
            sign(world, platform, (hubs as usize, pick), until);
        }
        Effect::OriginalsProgramme { platform, per_year, ref genres, until } => {
            let split = spread(scenario, genres.clone());
            let by_genre = split.iter().map(|share| share * per_year).collect();
            market.money.programmes.push(Programme { platform, until, by_genre });
        }
        Effect::Partnership { platform, partner, bridge, ref originals, awareness, half_life_days } => {
            market.bridges.push(Bridge { partners: [platform, partner], share: bridge });
            share_originals(market, (platform, partner), originals);
            for platform in [platform, partner] {
                market.campaigns.push(Pulse { platform, day, size: awareness, half_life: half_life_days });
            }
        }
    }
}

/// Licences return to their former values.
pub fn reverse(market: &mut Market, day: u32) {
    let (due, later): (Vec<Reversal>, Vec<Reversal>) =
        market.reversals.iter().partition(|reversal| reversal.day == day);
    for reversal in due {
        let Reversal { platform, holder, share, fee, .. } = reversal;
        market.licences[platform][holder] = share;
        let paid = &mut market.money.fees[platform][holder];
        *paid = fee.unwrap_or(*paid);
    }
    market.reversals = later;
}

/// Rivals bring out what they have copied: at least as good, with the same pulse.
pub fn copy(market: &mut Market, day: u32) {
    let (due, later): (Vec<Launch>, Vec<Launch>) = market.copies.iter().partition(|launch| launch.day == day);
    for launch in due {
        for rival in (0..market.platforms()).filter(|&rival| rival != launch.platform) {
            if !market.present[rival] {
                continue;
            }
            let raise = |value: &mut f64, new: Option<f64>| *value = value.max(new.unwrap_or(*value));
            raise(&mut market.recommender[rival], launch.recommender);
            raise(&mut market.open[rival], launch.open);
            for tier in 1..TIERS {
                raise(&mut market.feature[rival][tier], launch.feature);
                raise(&mut market.identity[rival][tier], launch.identity);
            }
            market.pulses.push(Pulse { platform: rival, ..launch.pulse });
        }
    }
    market.copies = later;
}

fn license(
    market: &mut Market,
    (platform, holder): (usize, usize),
    (share, fee): (f64, Option<f64>),
    until: Option<u32>,
) {
    let former = std::mem::replace(&mut market.licences[platform][holder], share);
    let paid = &mut market.money.fees[platform][holder];
    let former_fee = fee.map(|fee| std::mem::replace(paid, fee));
    if let Some(day) = until {
        market.reversals.push(Reversal { day, platform, holder, share: former, fee: former_fee });
    }
}

/// Everybody gets at least `share` of the best licence of each holder named (none named: of all).
fn open_catalogues(market: &mut Market, share: f64, holders: &[usize]) {
    for holder in 0..market.demand.len() {
        if !holders.is_empty() && !holders.contains(&holder) {
            continue;
        }
        let best = market.licences.iter().map(|licences| licences[holder]).fold(0.0, f64::max);
        for licences in &mut market.licences {
            licences[holder] = licences[holder].max(share * best);
        }
    }
}

/// Lasting changes and a pulse; rivals may copy both later.
fn launch(market: &mut Market, platform: usize, effect: &Effect, day: u32) {
    let &Effect::Feature {
        recommender, open, feature, identity, pulse, half_life_days, copy_lag_days, ..
    } = effect
    else {
        return;
    };
    let set = |value: &mut f64, new: Option<f64>| *value = new.unwrap_or(*value);
    set(&mut market.recommender[platform], recommender);
    set(&mut market.open[platform], open);
    for tier in 1..TIERS {
        set(&mut market.feature[platform][tier], feature);
        set(&mut market.identity[platform][tier], identity);
    }
    let pulse = Pulse { platform, day, size: pulse, half_life: half_life_days };
    market.pulses.push(pulse);
    if let Some(lag) = copy_lag_days {
        let pulse = Pulse { day: day + lag, ..pulse };
        market.copies.push(Launch { day: day + lag, platform, recommender, open, feature, identity, pulse });
    }
}

/// Each of two partners has at least a share of the other's originals, by genre.
fn share_originals(market: &mut Market, (one, other): (usize, usize), shares: &[f64]) {
    for (genre, share) in shares.iter().enumerate() {
        let (mine, theirs) = (market.originals[one][genre], market.originals[other][genre]);
        market.originals[one][genre] = mine.max(share * theirs);
        market.originals[other][genre] = theirs.max(share * mine);
    }
}
