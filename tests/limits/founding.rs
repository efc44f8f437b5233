//! The founding draws the past that constant hazards would have left.

use super::plain::{MILLION, advance, close, duopoly, fits, founded, plain, power, scenario, share};
use ecotone::engine::simulate;
use ecotone::maths::{ln, sqrt};
use ecotone::world::spells::State;
use serde_json::json;

/// Levels of homes and plans are fitted on so many users, whose luck the rest of the market shares.
const FITTED_ON: f64 = 32_768.0;

#[test]
fn the_market_starts_with_the_observed_shares() {
    let (_, world) = founded(&duopoly(200_000, 1));
    for (place, expected) in [(0, 0.25), (1, 0.5), (2, 0.25)] {
        close(share(&world, place), expected, 4.0 * sqrt(expected * (1.0 - expected) / FITTED_ON));
    }
    let panel = &world.ledger.panel;
    for place in 1..3 {
        let users: u64 = world.ledger.living(place);
        for (tier, expected) in [(1, 0.08), (2, 0.04)] {
            let found: u64 = (0..panel.classes).map(|class| panel.home(0, class, place, tier)).sum();
            let error = sqrt(expected * (1.0 - expected) / FITTED_ON);
            close(found as f64 / users as f64, expected, 4.0 * error);
        }
    }
}

/// The market's shares are met, and blocks of 100 are filled, or hold as many founders each. Founders of whole blocks
/// have the friends among them whom blocks tie (half of the matchings of friends); others have the market's share.
#[test]
fn founders_fill_blocks_or_are_spread_evenly() {
    let mut settings = duopoly(10_000, 1);
    settings["ties"]["block"] = json!(100);
    let mut company = [0.0, 0.0];
    for (way, company) in ["spread", "blocks"].iter().zip(&mut company) {
        settings["platforms"][1]["initial"]["founders"] = json!(way);
        let (_, world) = founded(&settings);
        let lives = |user: usize| world.users.place[user] & 15 == 2;
        for block in 0..100 {
            let inside = (block * 100..(block + 1) * 100).filter(|&user| lives(user)).count();
            let expected = if *way == "spread" { 25 } else { 100 * usize::from(block < 25) };
            assert_eq!(inside, expected, "{way}, block {block}");
        }
        close(share(&world, 1), 0.5, 0.02);
        let friends: u32 =
            (0..2500).filter(|&user| lives(user)).map(|user| u32::from(world.chunks[0].friends[user])).sum();
        *company = f64::from(friends) / (0..2500).filter(|&user| lives(user)).count() as f64;
    }
    close(company[0], 8.0 * 0.25, 0.3);
    close(company[1], 4.0 + 4.0 * 0.25, 0.3);
}

/// Who reconsiders (one of twenty a day) leaves with one fifth: a hazard of .01, so completed days follow
/// .01 .99^a up to the longest tenure.
#[test]
fn tenures_are_truncated_geometric() {
    const LONGEST: usize = 300;
    let mut settings = plain(MILLION, 1, &[0.0]);
    settings["choice"]["lambda_0"] = json!(0.05);
    settings["choice"]["kappa_q"] = json!(ln(4.0));
    settings["platforms"][0]["initial"]["max_tenure_days"] = json!(LONGEST);
    let (_, world) = founded(&settings);
    let mut counts = vec![0.0; LONGEST + 1];
    for (key, &count) in world.ledger.spells.entries.iter().filter(|(key, _)| key.state == State::Home) {
        counts[usize::from(key.age)] += count as f64;
    }
    let within = 1.0 - power(0.99, LONGEST + 1);
    let expected: Vec<f64> =
        (0..=LONGEST).map(|age| MILLION as f64 * 0.01 * power(0.99, age) / within).collect();
    fits(&counts, &expected);
    // Mean of the truncated law: 99 - 301 .99^301 / (1 - .99^301).
    let mean: f64 = counts.iter().enumerate().map(|(age, n)| age as f64 * n).sum::<f64>() / MILLION as f64;
    close(mean, 99.0 - 301.0 * (1.0 - within) / within, 4.0 * 79.0 / 1000.0);
}

/// With no friction the founding is the stationary law of every user's own choices, tastes and types included:
/// moves a day show no trend.
#[test]
fn a_market_founded_in_equilibrium_stays_in_it() {
    let mut settings = plain(MILLION / 2, 60, &[0.0, 0.0, 0.0]);
    settings["market"]["outside"] = json!(false);
    settings["users"]["xi_sd"] = json!(1.5);
    settings["users"]["types"] = json!(256);
    settings["users"]["taste_log_sd"] = json!(1.0);
    settings["choice"]["beta_c"] = json!(4.0);
    settings["choice"]["lambda_0"] = json!(1.0 / 30.0);
    settings["genres"] = json!([{"name": "a", "weight": 0.5}, {"name": "b", "weight": 0.5}]);
    settings["rights_holders"] = json!([{"name": "label", "share": [1.0, 1.0]}]);
    for (platform, originals) in [[1.0, 0.2], [0.2, 1.0], [0.6, 0.6]].into_iter().enumerate() {
        settings["platforms"][platform]["originals"] = json!(originals);
    }
    let run = simulate(&scenario(&settings), 0, &|_| true).unwrap();
    let moves = |days: std::ops::Range<usize>| -> f64 {
        let pairs = days.flat_map(|day| (1..4).flat_map(move |a| (1..4).map(move |b| (day, a, b))));
        pairs.map(|(day, from, to)| run.panel.moves(day, 0, from, to) as f64).sum()
    };
    let (early, late) = (moves(0..20), moves(40..60));
    assert!(early > 10_000.0);
    close(late - early, 0.0, 4.0 * sqrt(late + early));
}

/// Equal platforms with friction: the hazard is the same for all and for ever.
#[test]
fn a_symmetric_market_with_friction_has_a_constant_hazard() {
    let mut settings = plain(MILLION, 90, &[0.0, 0.0]);
    settings["market"]["outside"] = json!(false);
    settings["choice"]["lambda_0"] = json!(0.1);
    settings["choice"]["kappa_0"] = json!(ln(9.0));
    let (scenario, mut world) = founded(&settings);
    advance(&mut world, &scenario, 90);
    let panel = &world.ledger.panel;
    let moves: Vec<f64> =
        (0..90).map(|day| (panel.moves(day, 0, 1, 2) + panel.moves(day, 0, 2, 1)) as f64).collect();
    // A tenth reconsiders and a tenth of those moves: .01 a day.
    let expected = 0.01 * MILLION as f64;
    moves.iter().for_each(|&count| close(count, expected, 4.5 * sqrt(expected * 0.99)));
    fits(&moves, &[expected; 90]);
    let lagged = moves.windows(2).map(|pair| (pair[0] - expected) * (pair[1] - expected)).sum::<f64>();
    close(lagged / (89.0 * expected), 0.0, 4.0 / sqrt(89.0));
}
