//! Phase 0: dated events, and how much they are noticed.

mod effects;
mod signing;

use crate::equations::plan::inclusive_value;
use crate::scenario::{Event, Scenario};
use crate::world::World;

/// Salience below this is forgotten.
const UNNOTICED: f64 = 1e-4;

/// Fades salience and lets the events of the day happen.
pub fn run(world: &mut World, scenario: &Scenario) {
    fade(world);
    signing::release(world);
    let day = world.day;
    let today: Vec<&Event> = scenario.events.iter().filter(|event| event.day == day).collect();
    if today.is_empty() && !world.market.is_due(day) {
        return;
    }
    refresh(world);
    let before = Picture::of(world);
    effects::reverse(&mut world.market, day);
    effects::copy(&mut world.market, day);
    for event in today {
        effects::apply(world, scenario, &event.effect);
    }
    signing::release(world);
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
    present: Vec<bool>,
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
        Self { present: market.present.clone(), coverage, utility }
    }
}

/// E12: adds `sum_g theta |dA| + |dV|` to the salience, at most 1. A platform that opens or closes is no news to
/// anybody at home: there is nobody, or everybody must leave.
fn notice(world: &mut World, before: &Picture) {
    let after = Picture::of(world);
    let World { tables, rules, types, .. } = world;
    for kind in 0..types.count {
        for here in (1..rules.places).filter(|&here| before.present[here - 1] && after.present[here - 1]) {
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
