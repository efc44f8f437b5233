//! How safely residents stay, against closed forms of the logit and of the normal law.

use super::plain::{close, plain, scenario};
use ecotone::engine::{Run, simulate};
use ecotone::measure::measure_named;
use ecotone::scenario::Scenario;
use ecotone::table::Table;
use serde_json::{Value, json};

fn measured(settings: &Value, name: &str) -> (Scenario, Run, Table) {
    let scenario = scenario(settings);
    let run = simulate(&scenario, 0, &|_| true).expect("a run");
    let table = measure_named(&scenario, &run, &[name]).swap_remove(0);
    (scenario, run, table)
}

/// 1 / (1 + e^-2.5) = 0.92: whoever lives on the better platform is sure, whoever lives on the other is not.
#[test]
fn without_tastes_the_better_platform_has_all_promoters() {
    let (_, _, table) = measured(&plain(2000, 2, &[2.5, 0.0]), "nps_proxy");
    close(table.numbers("promoters")[0], 1.0, 0.0);
    close(table.numbers("nps")[0], 1.0, 0.0);
    close(table.numbers("nps")[1], -1.0, 0.0);
}

/// Users placed at random on two equal platforms, tastes of sd 2: the difference of two tastes is N(0, 8), so p >= 0.9 has
/// the probability 1 - Phi(ln 9 / sqrt 8) and p < 0.6 Phi(ln 1.5 / sqrt 8) (R 4.2.2, pnorm).
#[test]
fn tastes_decide_who_is_sure() {
    const USERS: u64 = 40_000;
    let mut settings = plain(USERS, 2, &[0.0, 0.0]);
    settings["users"]["xi_sd"] = json!(2.0);
    settings["choice"]["lambda_0"] = json!(0.0);
    settings["market"]["outside"] = json!(false);
    settings["market"]["sorted_start"] = json!(false);
    let (_, _, table) = measured(&settings, "nps_proxy");
    for (column, expected) in [("promoters", 0.218_627_708), ("detractors", 0.556_994_523)] {
        let error = (expected * (1.0 - expected) / (USERS as f64 / 2.0)).sqrt();
        for platform in 0..2 {
            close(table.numbers(column)[platform], expected, 4.0 * error);
        }
    }
}

/// Offers are those of the market: everybody scores, shares are company, and nothing is paid where nothing is sold.
#[test]
fn offers_are_those_of_the_last_day() {
    let (scenario, run, table) = measured(&plain(2000, 2, &[0.5, 0.0]), "gratifications");
    assert_eq!(run.offers.users.iter().sum::<u64>(), scenario.market.users);
    let offers: Vec<_> = run.offers.platforms.iter().flatten().collect();
    assert_eq!(offers.len(), 2);
    assert!(offers.iter().all(|offer| offer.price == 0.0 && offer.company > 0.0 && offer.company < 1.0));
    let rows = table.rows_where(&[("component", "value")]);
    rows.into_iter().for_each(|row| close(table.numbers("breadth")[row], 1.0, 1e-12));
}
