//! Tenure, own stock and paid tenure at the start, as constant hazards would have produced them.

use super::super::World;
use super::super::users::{NEVER, ORIGIN, home, tier};
use crate::equations::consideration::probability;
use crate::equations::migration::{to_new, to_outside};
use crate::equations::plan::inclusive_value;
use crate::maths::{exp, ln, ln_1p};
use crate::parallel::map_mut;
use crate::random::Purpose;
use crate::random::law::uniform;
use crate::scenario::Scenario;

/// Billing period, days.
pub const CYCLE: u32 = 30;

/// Draws everybody's past.
pub fn settle(world: &mut World, scenario: &Scenario) {
    let values = newcomer_values(world);
    let mut chunks = std::mem::take(&mut world.chunks);
    map_mut(&mut chunks, |_, chunk| {
        for (position, user) in chunk.users().enumerate() {
            let here = home(world.users.place[user]);
            chunk.start[position] = ORIGIN;
            if here == 0 {
                continue;
            }
            let longest = scenario.platforms[here - 1].initial.max_tenure_days;
            let [bits, _] = world.chance.pair(user as u32, 0, Purpose::InitialTenure, 0);
            let age =
                truncated_geometric(uniform(bits), hazard_of_leaving(world, &values, (user, here)), longest);
            chunk.start[position] = ORIGIN - age as u16;
            chunk.stock[position] = stock_excess(world, scenario, (user, here), age);
            if position < chunk.tracked() {
                chunk.last_active[position] = last_active(world, user, here, age);
            }
            if tier(world.users.status[user]) > 0 {
                chunk.paid_start[position] = ORIGIN - paid_age(world, user, here, age) as u16;
            }
        }
    });
    for chunk in &mut chunks {
        debug_assert!(chunk.paid_start.iter().all(|&day| day == NEVER || day <= ORIGIN));
    }
    world.chunks = chunks;
}

/// Completed days under a daily hazard, at most `longest`: the geometric law cut there, at quantile `u`.
fn truncated_geometric(u: f64, hazard: f64, longest: u32) -> u32 {
    let cells = f64::from(longest) + 1.0;
    if hazard < 1e-12 {
        return (u * cells) as u32;
    }
    let log_stay = ln_1p(-hazard.min(1.0 - 1e-12));
    let within = 1.0 - exp(log_stay * cells);
    ((ln(1.0 - u * within) / log_stay) as u32).min(longest)
}

/// What each place is worth to a newcomer of each type who has the market's share of ties there, nats; shape
/// types × places.
fn newcomer_values(world: &World) -> Vec<f64> {
    let World { tables, rules, types, .. } = world;
    let mut values = vec![0.0; types.count * rules.places];
    for kind in 0..types.count {
        for there in 1..rules.places {
            let company = types.social[kind] * tables.share[there];
            values[tables.at(kind, there)] = tables.newcomer_value(rules, (kind, there), company);
        }
    }
    values
}

/// Daily hazard of leaving as the user's type and tastes alone would have it: logit odds against the other
/// places, each weighed by the chance that it comes to mind.
fn hazard_of_leaving(world: &World, values: &[f64], (user, here): (usize, usize)) -> f64 {
    let World { tables, rules, users, chance, .. } = world;
    let kind = usize::from(users.kind[user]);
    let [taste, _] = chance.pair(user as u32, 0, Purpose::Taste, 0);
    let stock = if rules.stock { tables.expected[tables.at(kind, here)] } else { 0.0 };
    let value = |there: usize| -> f64 {
        if there == 0 {
            return rules.taste(taste, 0);
        }
        values[tables.at(kind, there)] + rules.taste(taste, there)
    };
    let own = value(here);
    let mut odds = 0.0;
    for there in (0..rules.places).filter(|&there| there != here && (there > 0 || rules.outside)) {
        let (cost, considered) = if there == 0 {
            (to_outside(&rules.costs, stock), 1.0)
        } else {
            let ties = tables.share[there] * rules.degree;
            (to_new(&rules.costs, stock), probability(tables.aware[there], rules.log_silence, ties))
        };
        odds += considered * exp((value(there) - cost - own).clamp(-700.0, 700.0));
    }
    rules.spontaneous * odds / (1.0 + odds)
}

/// Own stock on day 0, less that of somebody always there: `-xbar (1 - delta)^age`, in 1/32767.
fn stock_excess(world: &World, scenario: &Scenario, (user, here): (usize, usize), age: u32) -> i16 {
    let at = world.tables.at(usize::from(world.users.kind[user]), here);
    let kept = exp(f64::from(age) * ln_1p(-scenario.choice.delta_h.min(1.0 - 1e-12)));
    (-world.tables.expected[at] * kept * 32_767.0) as i16
}

/// Last active day before the start, if it still counts: gaps between active days are geometric.
fn last_active(world: &World, user: usize, here: usize, age: u32) -> u16 {
    let World { tables, rules, types, users, chance, .. } = world;
    let (kind, plan) = (usize::from(users.kind[user]), tier(users.status[user]));
    let company = types.social[kind] * tables.share[here];
    let log_idle = ln_1p(-tables.activity(rules, (kind, here, plan), company).min(1.0 - 1e-12));
    let [bits, _] = chance.pair(user as u32, 0, Purpose::InitialActivity, 0);
    let days_ago = 1.0 + ln(uniform(bits)) / log_idle;
    if days_ago < f64::from(age.min(rules.window) + 1) { ORIGIN - days_ago as u16 } else { 0 }
}

/// Completed paid days, at most the tenure: whole cycles under a constant hazard of cancelling, and a phase.
fn paid_age(world: &World, user: usize, here: usize, age: u32) -> u32 {
    let World { tables, rules, types, users, chance, .. } = world;
    let (kind, plan) = (usize::from(users.kind[user]), tier(users.status[user]));
    let company = types.social[kind] * tables.share[here];
    let activity = tables.activity(rules, (kind, here, plan), company);
    let mut values = tables.plans(rules, (kind, here), activity, company, 0.0);
    for (tier, value) in values.iter_mut().enumerate() {
        *value -= if tier == plan { 0.0 } else { rules.tier_inertia };
    }
    let total = inclusive_value(&values, rules.plan_scale);
    let cancel = exp(((values[0] - total) / rules.plan_scale).clamp(-700.0, 0.0));
    let [cycles, phase] = chance.pair(user as u32, 0, Purpose::InitialPaidTenure, 0);
    let cycles = truncated_geometric(uniform(cycles), cancel, age / CYCLE);
    (cycles * CYCLE + (uniform(phase) * f64::from(CYCLE)) as u32).min(age)
}
