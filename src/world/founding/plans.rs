//! Plans at the start: drawn from the law that the plans' own switching would have produced for each user, with
//! levels that meet the observed shares of each platform.
//!
//! Inertia makes that law steeper in W than a logit: who would cancel soon is hardly ever a payer.

use super::super::World;
use super::super::panel::TIERS;
use super::super::rules::Rules;
use super::super::users::{home, with_tier};
use super::levels;
use super::tenure::CYCLE;
use crate::maths::{exp, ln};
use crate::parallel::{CHUNK, map_mut};
use crate::random::Purpose;
use crate::random::law::gumbel;
use crate::scenario::Scenario;

/// Users of a platform on whom its levels are fitted.
const SAMPLE: usize = 262_144;

/// Gives every user a plan.
pub fn settle(world: &mut World, scenario: &Scenario) {
    if !world.rules.plans {
        return;
    }
    let mut status = std::mem::take(&mut world.users.status);
    let mut fits = vec![Fit { levels: [0.0; TIERS], beyond: 0 }];
    for here in 1..world.rules.places {
        fits.push(fit(world, scenario, here, &mut status));
    }
    let mut slices: Vec<&mut [u8]> = status.chunks_mut(CHUNK).collect();
    map_mut(&mut slices, |chunk, slice| {
        for (position, status) in slice.iter_mut().enumerate() {
            let user = chunk * CHUNK + position;
            let here = home(world.users.place[user]);
            if here > 0 && user >= fits[here].beyond {
                *status = with_tier(0, best(&values(world, user, here), &fits[here].levels));
            }
        }
    });
    world.users.status = status;
}

/// The levels of a platform's plans, and the first user beyond those on whom they were fitted.
struct Fit {
    levels: [f64; TIERS],
    beyond: usize,
}

/// Log-probability of each plan in the long run plus luck, as somebody with the market's share of ties would
/// see the plans.
fn values(world: &World, user: usize, here: usize) -> [f64; TIERS] {
    let World { tables, rules, types, users, chance, .. } = world;
    let kind = usize::from(users.kind[user]);
    let company = types.social[kind] * tables.share[here];
    let activity = tables.activity(rules, (kind, here, 0), company);
    let values = tables.plans(rules, (kind, here), activity, company, 0.0);
    let lasting = lasting(&values, rules);
    let words = chance.words(user as u32, 0, Purpose::InitialPlan, 0);
    core::array::from_fn(|tier| ln(lasting[tier]) + gumbel(u64::from(words[tier]) << 32))
}

/// Stationary probabilities of the chain of plans: free users choose at the rate of exposure, payers once a
/// billing period, each by E16. For three states they are sums over the trees that lead to a state.
fn lasting(values: &[f64; TIERS], rules: &Rules) -> [f64; TIERS] {
    // Plans that do not exist are worth minus infinity, which differences do not bear.
    let values = values.map(|value| value.max(-1e4));
    let rates: [[f64; TIERS]; TIERS] = core::array::from_fn(|from| {
        let worths: [f64; TIERS] = core::array::from_fn(|tier| {
            let inertia = if tier == from { 0.0 } else { rules.tier_inertia };
            exp(((values[tier] - inertia - values[from]) / rules.plan_scale).clamp(-700.0, 300.0))
        });
        let total: f64 = worths.iter().sum();
        // Nobody is ever exposed where the rate is 0: the chain then compares billing periods.
        let chances = if from == 0 && rules.exposure > 0.0 { rules.exposure } else { 1.0 / f64::from(CYCLE) };
        worths.map(|worth| chances * worth / total)
    });
    let weight = |to: usize| {
        let (a, b) = ((to + 1) % TIERS, (to + 2) % TIERS);
        rates[a][to] * rates[b][to] + rates[a][b] * rates[b][to] + rates[b][a] * rates[a][to]
    };
    core::array::from_fn(|tier| weight(tier).max(1e-300))
}

fn best(values: &[f64; TIERS], levels: &[f64]) -> usize {
    let score = |tier: usize| values[tier] + levels[tier];
    let paid = if score(2) > score(1) { 2 } else { 1 };
    if score(paid) > score(0) { paid } else { 0 }
}

/// Fits the levels of a platform's plans so that the shares of its users equal the observed ones; those on whom
/// they are fitted get their plans at once.
fn fit(world: &World, scenario: &Scenario, here: usize, status: &mut [u8]) -> Fit {
    let initial = &scenario.platforms[here - 1].initial;
    let wanted = [1.0 - initial.basic - initial.premium, initial.basic, initial.premium];
    let residents = (0..world.users.place.len()).filter(|&user| home(world.users.place[user]) == here);
    let sample: Vec<(usize, [f64; TIERS])> =
        residents.take(SAMPLE).map(|user| (user, values(world, user, here))).collect();
    let mut levels = [0.0, f64::NEG_INFINITY, f64::NEG_INFINITY];
    if !sample.is_empty() && initial.basic + initial.premium > 0.0 {
        let fitted = levels::fit(&wanted, sample.len(), |levels| {
            let mut counts = vec![0; TIERS];
            sample.iter().for_each(|(_, values)| counts[best(values, levels)] += 1);
            counts
        });
        levels.copy_from_slice(&fitted);
    }
    for (user, values) in &sample {
        status[*user] = with_tier(0, best(values, &levels));
    }
    Fit { levels, beyond: sample.last().map_or(0, |(user, _)| user + 1) }
}
