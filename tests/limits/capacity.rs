//! The share that a platform holds alone, against closed forms and against a market of one.

use super::plain::{advance, close, founded, plain, scenario, share};
use ecotone::engine::simulate;
use serde_json::{Value, json};

fn capacity(settings: &Value) -> f64 {
    simulate(&scenario(settings), 0, &|_| true).expect("a run").capacities[0]
}

/// A market in which users differ in nothing but luck, with two platforms.
fn alike(attractiveness: f64) -> Value {
    plain(1000, 3, &[attractiveness, 0.7])
}

/// 1 / (1 + e^(-0.4)), whatever the rival.
#[test]
fn without_costs_and_company_capacity_is_a_logit() {
    close(capacity(&alike(0.4)), 0.598_687_660_1, 1e-9);
}

/// In with probability 1 / (1 + e^(1 - 0.4)), out with 1 / (1 + e^(0.4 + 0.5)).
#[test]
fn costs_slow_both_ways() {
    let mut settings = alike(0.4);
    settings["choice"]["kappa_0"] = json!(1.0);
    settings["choice"]["kappa_q"] = json!(0.5);
    let (comes, goes) = (0.354_343_693_8, 0.289_050_497_4);
    close(capacity(&settings), comes / (comes + goes), 1e-9);
}

/// K = 1 / (1 + e^(0.5 - K)) has the solution 1/2.
#[test]
fn company_is_that_of_the_capacity_itself() {
    let mut settings = alike(-0.5);
    settings["choice"]["beta_s"] = json!(1.0);
    close(capacity(&settings), 0.5, 1e-5);
}

/// Without an outside there is nobody whom a platform alone would not have.
#[test]
fn without_an_outside_a_platform_alone_holds_all() {
    let mut settings = alike(-0.5);
    settings["market"]["outside"] = json!(false);
    close(capacity(&settings), 1.0, 0.0);
}

/// Tastes, company, awareness and costs together: a market of one platform comes to rest at its capacity. Four tastes stand
/// for the normal law, hence the tolerance.
#[test]
fn a_market_of_one_platform_rests_at_its_capacity() {
    let mut settings = plain(50_000, 60, &[0.3]);
    settings["users"]["xi_sd"] = json!(0.8);
    settings["users"]["social_log_sd"] = json!(0.5);
    settings["users"]["types"] = json!(256);
    settings["choice"]["beta_s"] = json!(0.8);
    settings["choice"]["kappa_0"] = json!(0.6);
    settings["choice"]["kappa_q"] = json!(0.3);
    settings["choice"]["omega"] = json!(0.02);
    settings["platforms"][0]["aware"] = json!(0.6);
    let (scenario, mut world) = founded(&settings);
    for _ in 0..60 {
        advance(&mut world, &scenario, 1);
        // Capacity takes everybody outside for a newcomer, so those who left forget.
        world.users.place.iter_mut().for_each(|place| *place &= 15);
    }
    close(capacity(&settings), share(&world, 1), 0.01);
}
