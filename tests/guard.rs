//! The tipping guard against the closed form of model section 9.

use crate::common::{duopoly, scenario};
use ecotone::engine::guard::{tipping, tips};
use ecotone::equations::guard::{inertia, slow_mode};
use serde_json::{Value, json};

/// Identical platforms, one type, no taste, no plans, no outside: the market of the closed form.
fn symmetric(platforms: usize, kappa: f64, beta_s: f64) -> Value {
    let mut settings = duopoly(1000, 100);
    let choice = &mut settings["choice"];
    for name in ["beta_c", "beta_u", "beta_r", "kappa_h", "omega", "kappa_q"] {
        choice[name] = json!(0.0);
    }
    choice["kappa_0"] = json!(kappa);
    choice["beta_s"] = json!(beta_s);
    let users = &mut settings["users"];
    for name in ["catalogue_log_sd", "social_log_sd", "price_log_sd", "q0_sd", "xi_sd"] {
        users[name] = json!(0.0);
    }
    settings["market"]["outside"] = json!(false);
    settings["events"] = json!([]);
    let mut platform = settings["platforms"][0].clone();
    platform["aware"] = json!(1.0);
    platform["alpha"] = json!(0.0);
    platform["basic"] = json!(null);
    platform["premium"] = json!(null);
    platform["initial"] = json!({"share": 1.0 / platforms as f64, "basic": 0.0, "premium": 0.0, "max_tenure_days": 100, "founders": "tastes"});
    let list: Vec<Value> = (0..platforms)
        .map(|j| {
            let mut platform = platform.clone();
            platform["name"] = json!(format!("p{j}"));
            platform
        })
        .collect();
    settings["platforms"] = json!(list);
    settings
}

#[test]
fn symmetric_markets_have_the_slow_mode_of_the_closed_form() {
    for (platforms, kappa, beta_s) in
        [(2, 0.0, 1.0), (2, 1.8, 0.8), (3, 1.0, 1.2), (4, 3.0, 1.5), (2, 0.0, 3.0)]
    {
        let found = tipping(&scenario(&symmetric(platforms, kappa, beta_s)));
        let expected = slow_mode(platforms, kappa, beta_s);
        // The founded shares differ from 1/P by sampling (2,048 points): 2 %.
        assert!(
            (found.radius / expected - 1.0).abs() < 0.02,
            "{platforms} {kappa} {beta_s}: {} {expected}",
            found.radius
        );
        assert_eq!(found.tips, expected >= 1.0);
        let plain = (1.0 - inertia(platforms, kappa)) / (1.0 - expected);
        if expected < 1.0 {
            assert!((found.multiplier / plain - 1.0).abs() < 0.1, "multiplier {} {plain}", found.multiplier);
        }
    }
}

#[test]
fn stronger_ties_amplify_and_slow_the_response() {
    let weak = tipping(&scenario(&duopoly(1000, 100)));
    let mut settings = duopoly(1000, 100);
    settings["choice"]["beta_s"] = json!(1.6);
    let strong = tipping(&scenario(&settings));
    assert!(weak.multiplier > 1.0 && strong.multiplier > weak.multiplier);
    assert!(strong.half_life_days > weak.half_life_days);
}

/// Ties so strong that nobody can move leave the linearised map flat; the market has tipped long before.
#[test]
fn absurdly_strong_ties_are_not_declared_safe() {
    for strength in [6.0, 20.0, 99.0, 1e4] {
        let mut settings = duopoly(1_000, 60);
        settings["choice"]["beta_s"] = json!(strength);
        let market = scenario(&settings);
        let found = tipping(&market);
        assert!(found.tips, "{strength}: {}", found.text);
        assert!(tips(&market), "{strength}");
    }
}

/// The quick verdict that studies ask of every trial is that of the whole guard, on both sides of the threshold and
/// close to it, with and without a way out of the market.
#[test]
fn the_quick_verdict_is_that_of_the_whole_guard() {
    let mut seen = [0, 0];
    for (platforms, kappa) in [(2, 0.0), (3, 1.0)] {
        let threshold = (1..400)
            .map(|step| f64::from(step) / 100.0)
            .find(|&beta_s| slow_mode(platforms, kappa, beta_s) >= 1.0);
        let threshold = threshold.expect("a threshold below 4");
        for share in [0.3, 0.7, 0.9, 0.97, 0.99, 1.0, 1.01, 1.03, 1.1, 1.5] {
            let market = scenario(&symmetric(platforms, kappa, share * threshold));
            let whole = tipping(&market).tips;
            assert_eq!(tips(&market), whole, "{platforms} platforms, {share} of the threshold {threshold}");
            seen[usize::from(whole)] += 1;
        }
    }
    for beta_s in [0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0] {
        let mut settings = duopoly(1_000, 60);
        settings["choice"]["beta_s"] = json!(beta_s);
        let market = scenario(&settings);
        let whole = tipping(&market).tips;
        assert_eq!(tips(&market), whole, "{beta_s}");
        seen[usize::from(whole)] += 1;
    }
    assert!(seen.iter().all(|&count| count >= 5), "{seen:?}");
}
