//! Phase 0: dated events, and how much they are noticed.

use crate::equations::plan::inclusive_value;
use crate::scenario::{Effect, Event, Scenario};
use crate::world::World;
use crate::world::market::{Market, Pulse, Reversal};

/// Salience below this is forgotten.
const UNNOTICED: f64 = 1e-4;

/// Fades salience and lets the events of the day happen.
pub fn run(world: &mut World, scenario: &Scenario) {
    fade(world);
    let day = world.day;
    let today: Vec<&Event> = scenario.events.iter().filter(|event| event.day == day).collect();
    let reversals = world.market.reversals.iter().any(|reversal| reversal.day == day);
    if today.is_empty() && !reversals {
        return;
    }
    refresh(world);
    let before = Picture::of(world);
    reverse(&mut world.market, day);
    for event in today {
        apply(&mut world.market, &event.effect, day);
    }
    world.tables.stale = true;
    refresh(world);
    notice(world, &before);
}

fn fade(world: &mut World) {
    let (tables, factor) = (&mut world.tables, world.rules.fading);
    if tables.top_salience == 0.0 {
        return;
    }
    let mut top = 0.0_f64;
    for salience in &mut tables.salience {
        *salience *= factor;
        if *salience < UNNOTICED {
            *salience = 0.0;
        }
        top = top.max(*salience);
    }
    tables.top_salience = top;
}

fn refresh(world: &mut World) {
    let World { tables, rules, types, market, day, .. } = world;
    tables.refresh(rules, types, market, *day);
}

/// What types see of the platforms: coverage, and utility apart from the catalogue.
struct Picture {
    coverage: Vec<Vec<f64>>,
    utility: Vec<f64>,
}

impl Picture {
    fn of(world: &World) -> Self {
        let World { tables, rules, types, market, .. } = world;
        let mut utility = vec![0.0; tables.utility.len()];
        for kind in 0..types.count {
            for here in 1..rules.places {
                let at = tables.at(kind, here);
                let plans = tables.plans(rules, (kind, here), tables.expected[at], 0.0, 0.0);
                let catalogue = types.appetite[kind] * rules.weights.catalogue * tables.matching[at];
                utility[at] = tables.utility[at] - catalogue + inclusive_value(&plans, rules.plan_scale);
            }
        }
        let coverage = (0..market.platforms()).map(|platform| market.coverage(platform)).collect();
        Self { coverage, utility }
    }
}

/// E12: adds `sum_g theta |dA| + |dV|` to the salience, at most 1.
fn notice(world: &mut World, before: &Picture) {
    let after = Picture::of(world);
    let World { tables, rules, types, .. } = world;
    for kind in 0..types.count {
        for here in 1..rules.places {
            let at = tables.at(kind, here);
            let changes = before.coverage[here - 1].iter().zip(&after.coverage[here - 1]);
            let catalogue: f64 = types
                .tastes(kind)
                .iter()
                .zip(changes)
                .map(|(taste, (old, new))| taste * (new - old).abs())
                .sum();
            let other = (after.utility[at] - before.utility[at]).abs();
            tables.salience[at] = (tables.salience[at] + catalogue + other).min(1.0);
            if tables.salience[at] < UNNOTICED {
                tables.salience[at] = 0.0;
            }
            tables.top_salience = tables.top_salience.max(tables.salience[at]);
        }
    }
}

fn reverse(market: &mut Market, day: u32) {
    let (due, later): (Vec<Reversal>, Vec<Reversal>) =
        market.reversals.iter().partition(|reversal| reversal.day == day);
    for reversal in due {
        market.licences[reversal.platform][reversal.holder] = reversal.share;
    }
    market.reversals = later;
}

fn apply(market: &mut Market, effect: &Effect, day: u32) {
    match *effect {
        Effect::Licence { platform, holder, share, until } => {
            license(market, (platform, holder), share, until);
        }
        Effect::Sublicence { from, to, holder, share, until } => {
            let offered = share * market.licences[from][holder];
            let share = offered.max(market.licences[to][holder]);
            license(market, (to, holder), share, until);
        }
        Effect::ExclusivityBan { share, ref holders } => open_catalogues(market, share, holders),
        Effect::Feature { platform, recommender, open, feature, identity, pulse, half_life_days } => {
            let set = |value: &mut f64, new: Option<f64>| *value = new.unwrap_or(*value);
            set(&mut market.recommender[platform], recommender);
            set(&mut market.open[platform], open);
            for tier in 1..=2 {
                set(&mut market.feature[platform][tier], feature);
                set(&mut market.identity[platform][tier], identity);
            }
            market.pulses.push(Pulse { platform, day, size: pulse, half_life: half_life_days });
        }
        Effect::Price { platform, basic, premium, ad_load } => {
            let price = &mut market.price[platform];
            price[1] = basic.unwrap_or(price[1]);
            price[2] = premium.unwrap_or(price[2]);
            market.ad_load[platform] = ad_load.unwrap_or(market.ad_load[platform]);
        }
        Effect::Campaign { platform, awareness, half_life_days } => {
            market.campaigns.push(Pulse { platform, day, size: awareness, half_life: half_life_days });
        }
    }
}

fn license(market: &mut Market, (platform, holder): (usize, usize), share: f64, until: Option<u32>) {
    let former = std::mem::replace(&mut market.licences[platform][holder], share);
    if let Some(day) = until {
        market.reversals.push(Reversal { day, platform, holder, share: former });
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
