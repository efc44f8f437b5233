//! V24: paying as a two-state chain.

use crate::plain::{MILLION, advance, close, founded, logit, plain, power};
use ecotone::world::World;
use serde_json::{Value, json};

const CYCLE: u32 = 30;

/// A free user who is shown the plan takes it with .01, a payer whose bill comes cancels with .04.
fn market(days: u32) -> Value {
    let mut settings = plain(MILLION, days, &[0.0]);
    settings["choice"]["lambda_0"] = json!(0.0);
    settings["platforms"][0]["basic"] = json!({"price": 0.0, "feature": 0.0, "identity": 0.0});
    settings["platforms"][0]["initial"]["max_tenure_days"] = json!(20_000);
    // ln odds of taking: w0 - kappa; of cancelling: -w0 - kappa.
    settings["plans"]["w0_basic"] = json!((logit(0.01) - logit(0.04)) / 2.0);
    settings["plans"]["kappa_tier"] = json!(-(logit(0.01) + logit(0.04)) / 2.0);
    settings
}

fn paid(world: &World) -> f64 {
    world.ledger.paying(1) as f64 / MILLION as f64
}

/// The closed form lets free and paying users decide at once, once a cycle: free users are shown the plan on
/// every thirtieth day, which is also the billing day of all who took it.
#[test]
fn the_paid_share_follows_the_chain() {
    let mut settings = market(23 * CYCLE + 1);
    settings["platforms"][0]["initial"]["max_tenure_days"] = json!(0);
    let (scenario, mut world) = founded(&settings);
    let points = [(1, 0.01), (6, 0.052_981_621_9), (12, 0.091_927_982_5), (24, 0.141_602_195_1)];
    for (cycles, expected) in points {
        while world.day < (cycles - 1) * CYCLE + 1 {
            world.rules.exposure = if world.day.is_multiple_of(CYCLE) { 1.0 } else { 0.0 };
            advance(&mut world, &scenario, 1);
        }
        close(paid(&world), expected, 0.002);
    }
}

/// One exposure a month on average keeps the same balance, .01 / (.01 + .04), and a market that starts in it,
/// with bills spread over the month, stays there.
#[test]
fn a_market_in_balance_keeps_its_paid_share_and_its_flows() {
    let mut settings = market(360);
    settings["plans"]["lambda_c"] = json!(1.0 / 30.0);
    settings["platforms"][0]["initial"]["basic"] = json!(0.2);
    let (scenario, mut world) = founded(&settings);
    // The levels of the plans were fitted on 32,768 users: four standard errors are .009.
    let start = paid(&world);
    close(start, 0.2, 0.009);
    for month in 1..=12 {
        advance(&mut world, &scenario, CYCLE);
        // The distance to the balance shrinks by .95 a cycle.
        close(paid(&world), 0.2 + (start - 0.2) * power(0.95, month), 0.002);
    }
    let panel = &world.ledger.panel;
    let (mut converted, mut cancelled, mut free, mut payers) = (0.0, 0.0, 0.0, 0.0);
    for day in 0..360 {
        let at = panel.at(day, 0, 1);
        converted += f64::from(panel.conversions[at]);
        cancelled += f64::from(panel.cancellations[at]);
        free += panel.home(day, 0, 1, 0) as f64;
        payers += panel.home(day, 0, 1, 1) as f64;
    }
    // Conversions and cancellations have their rates. About 96,000 events each: four standard errors are 1.3 %.
    close(converted / (free / 30.0), 0.01, 0.000_13);
    close(cancelled / (payers / 30.0), 0.04, 0.000_52);
}
