//! Second homes at the start: who is most inclined (E13), with levels that meet the observed shares.

use super::super::World;
use super::super::rules::SecondHomes;
use super::super::users::{ORIGIN, home, place, tier, with_second};
use super::levels;
use crate::equations::second_home::log_odds;
use crate::maths::{ln, ln_1p};
use crate::parallel::CHUNK;
use crate::random::Purpose;
use crate::random::law::uniform;
use crate::scenario::Scenario;

/// Users on whom the levels are fitted; ids are in random order of types.
const SAMPLE: usize = 262_144;

/// Gives users their second homes.
pub fn settle(world: &mut World, scenario: &Scenario) {
    let Some(terms) = world.rules.second else { return };
    for chunk in &mut world.chunks {
        chunk.second_active = vec![0; chunk.tracked()];
    }
    for (platform, settings) in scenario.platforms.iter().enumerate() {
        if settings.second_homes.iter().any(|&share| share > 0.0) {
            settle_residents(world, &terms, platform + 1, &settings.second_homes);
        }
    }
}

/// Gives the residents of a home their second homes, in these shares by platform.
fn settle_residents(world: &mut World, terms: &SecondHomes, here: usize, shares: &[f64]) {
    let places = world.rules.places;
    let none = 1.0 - shares.iter().sum::<f64>();
    let wanted: Vec<f64> =
        std::iter::once(if none > 1e-9 { none } else { 0.0 }).chain(shares.iter().copied()).collect();
    let lives_here = |world: &World, user: usize| home(world.users.place[user]) == here;
    let sample: Vec<f64> = (0..world.users.place.len().min(SAMPLE))
        .filter(|&user| lives_here(world, user))
        .flat_map(|user| inclinations(world, terms, user))
        .collect();
    let levels = levels::fit(&wanted, sample.len() / places, |levels| {
        let mut counts = vec![0; places];
        sample.chunks(places).for_each(|worth| counts[highest(worth, levels)] += 1);
        counts
    });
    for user in 0..world.users.place.len() {
        if !lives_here(world, user) {
            continue;
        }
        let second = highest(&inclinations(world, terms, user), &levels);
        if second > 0 {
            world.users.place[user] = place(here, second);
            world.users.status[user] = with_second(world.users.status[user]);
            note_last_visit(world, terms, user);
        }
    }
}

/// Log-odds of every second home with taste and luck, if ties lived as the market does; 0 for having none.
fn inclinations(world: &World, terms: &SecondHomes, user: usize) -> Vec<f64> {
    let World { tables, rules, types, users, chance, .. } = world;
    let (here, kind) = (home(users.place[user]), usize::from(users.kind[user]));
    let [luck, _] = chance.pair(user as u32, 0, Purpose::InitialSecondHome, 0);
    let [taste, _] = chance.pair(user as u32, 0, Purpose::Taste, 0);
    let inclination = |second: usize| {
        if second == 0 {
            return 0.0;
        }
        let gain = tables.second_gain[tables.at(kind, here) * tables.places + second];
        let company = terms.ties * types.social[kind] * tables.share[second];
        let share = uniform(rules.keys[second].bits(luck));
        log_odds(types.appetite[kind] * rules.weights.catalogue * gain, company, terms.hassle)
            + 0.5 * rules.taste(taste, second)
            + ln(share)
            - ln(1.0 - share)
    };
    (0..rules.places).map(inclination).collect()
}

fn highest(worth: &[f64], levels: &[f64]) -> usize {
    let sum = |place: usize| worth[place] + levels[place];
    (0..worth.len()).fold(0, |best, place| if sum(place) > sum(best) { place } else { best })
}

/// Last active day on the second home before the start, if it still counts: gaps between active days are geometric.
fn note_last_visit(world: &mut World, terms: &SecondHomes, user: usize) {
    let World { tables, rules, types, users, chance, chunks, .. } = world;
    let (chunk, position) = (&mut chunks[user / CHUNK], user % CHUNK);
    if position >= chunk.tracked() {
        return;
    }
    let (here, kind) = (home(users.place[user]), usize::from(users.kind[user]));
    let company = types.social[kind] * tables.share[here];
    let activity = terms.activity * tables.activity(rules, (kind, here, tier(users.status[user])), company);
    let [_, bits] = chance.pair(user as u32, 0, Purpose::InitialSecondHome, 0);
    let days_ago = 1.0 + ln(uniform(bits)) / ln_1p(-activity.min(1.0 - 1e-12));
    if days_ago < f64::from(rules.window + 1) {
        chunk.second_active[position] = ORIGIN - days_ago as u16;
    }
}
