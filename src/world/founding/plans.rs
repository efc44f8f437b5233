//! Plans at the start: each user's best plan, with levels that meet the observed shares of each platform.

use super::super::World;
use super::super::panel::TIERS;
use super::super::users::{home, with_tier};
use crate::maths::ln;
use crate::parallel::{CHUNK, map_mut};
use crate::random::Purpose;
use crate::random::law::gumbel;
use crate::scenario::Scenario;

const ROUNDS: usize = 60;
/// The fitted shares meet the observed ones to this accuracy.
const ACCURACY: f64 = 1e-4;
/// Users of a platform on whom its levels are fitted.
const SAMPLE: usize = 32_768;

/// Gives every user a plan.
pub fn settle(world: &mut World, scenario: &Scenario) {
    let levels: Vec<[f64; TIERS]> = std::iter::once([0.0, f64::NEG_INFINITY, f64::NEG_INFINITY])
        .chain((1..world.rules.places).map(|here| fit(world, scenario, here)))
        .collect();
    let mut status = std::mem::take(&mut world.users.status);
    let mut slices: Vec<&mut [u8]> = status.chunks_mut(CHUNK).collect();
    map_mut(&mut slices, |chunk, slice| {
        for (position, status) in slice.iter_mut().enumerate() {
            let user = chunk * CHUNK + position;
            let here = home(world.users.place[user]);
            if here > 0 {
                *status = with_tier(0, best(&values(world, user, here), &levels[here]));
            }
        }
    });
    world.users.status = status;
}

/// W / rho of the plans plus luck, as somebody with the market's share of ties would see them.
fn values(world: &World, user: usize, here: usize) -> [f64; TIERS] {
    let World { tables, rules, types, users, chance, .. } = world;
    let kind = usize::from(users.kind[user]);
    let company = types.social[kind] * tables.share[here];
    let activity = tables.activity(rules, (kind, here, 0), company);
    let values = tables.plans(rules, (kind, here), activity, company, 0.0);
    let words = chance.words(user as u32, 0, Purpose::InitialPlan, 0);
    core::array::from_fn(|tier| values[tier] / rules.plan_scale + gumbel(u64::from(words[tier]) << 32))
}

fn best(values: &[f64; TIERS], levels: &[f64; TIERS]) -> usize {
    let score = |tier: usize| values[tier] + levels[tier];
    let paid = if score(2) > score(1) { 2 } else { 1 };
    if score(paid) > score(0) { paid } else { 0 }
}

/// Levels of a platform's plans at which the shares of its users equal the observed ones.
fn fit(world: &World, scenario: &Scenario, here: usize) -> [f64; TIERS] {
    let initial = &scenario.platforms[here - 1].initial;
    let wanted = [1.0 - initial.basic - initial.premium, initial.basic, initial.premium];
    let residents = (0..world.users.place.len()).filter(|&user| home(world.users.place[user]) == here);
    let sample: Vec<[f64; TIERS]> = residents.take(SAMPLE).map(|user| values(world, user, here)).collect();
    let mut levels = wanted.map(|share| if share > 0.0 { 0.0 } else { f64::NEG_INFINITY });
    if sample.is_empty() || initial.basic + initial.premium == 0.0 {
        return [0.0, f64::NEG_INFINITY, f64::NEG_INFINITY];
    }
    for _ in 0..ROUNDS {
        let mut counts = [0_u32; TIERS];
        sample.iter().for_each(|values| counts[best(values, &levels)] += 1);
        let mut worst = 0.0_f64;
        for tier in (0..TIERS).filter(|&tier| wanted[tier] > 0.0) {
            let share = f64::from(counts[tier]) / sample.len() as f64;
            worst = worst.max((share - wanted[tier]).abs());
            levels[tier] += ln(wanted[tier] / share.max(0.5 / sample.len() as f64));
        }
        if worst < ACCURACY {
            break;
        }
    }
    levels
}
