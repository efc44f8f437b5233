//! V15: daily and monthly actives of a market that nobody leaves.

use super::plain::{MILLION, advance, close, close_share, fits, founded, living, logit, plain, power};
use ecotone::world::World;
use ecotone::world::panel::Panel;
use serde_json::{Value, json};
use statrs::distribution::{Beta, ContinuousCDF};

const DAYS: u32 = 41;
/// Tenures at the start are uniform on 0..=LONGEST, as nobody leaves.
const LONGEST: usize = 20_000;

/// One platform, nobody ever reconsiders, log-odds of activity by type.
fn steady(types: u32, mean: f64, sd: f64) -> Value {
    let mut settings = plain(MILLION, DAYS, &[0.0]);
    settings["choice"]["lambda_0"] = json!(0.0);
    settings["measures"]["activity"] = json!("full");
    settings["users"]["types"] = json!(types);
    settings["users"]["q0_mean"] = json!(mean);
    settings["users"]["q0_sd"] = json!(sd);
    settings["platforms"][0]["initial"]["max_tenure_days"] = json!(LONGEST);
    settings
}

/// Share of a million users active per day, mean of all days.
fn daily(panel: &Panel) -> f64 {
    let active: u64 = (0..panel.days).map(|day| panel.active(day, 0, 1, 0)).sum();
    active as f64 / panel.days as f64 / MILLION as f64
}

fn monthly(panel: &Panel, day: usize) -> f64 {
    panel.monthly_active(day, 0, 1) as f64 / MILLION as f64
}

fn run(settings: &Value) -> World {
    let (scenario, mut world) = founded(settings);
    advance(&mut world, &scenario, DAYS);
    assert_eq!(living(&world.ledger.panel, DAYS as usize, 1), MILLION);
    world
}

/// Share of users active within the 30 days that end on a day: 1 - (1 - q)^n, n the days of the window on which
/// the user was there. V15 has n = 30 for all.
fn expected_month(q: f64, day: usize) -> f64 {
    let idle: f64 = (0..=LONGEST).map(|tenure| power(1.0 - q, (day + 1 + tenure).min(30))).sum();
    1.0 - idle / (LONGEST + 1) as f64
}

/// The founding draws everybody's last active day, so the month before the start counts as it should.
#[test]
fn monthly_actives_of_equal_users_are_right_from_the_first_day() {
    let cases = [
        (0.01, 0.260_299_626_6, 0.038_417_266),
        (0.05, 0.785_361_236_1, 0.063_664_970_6),
        (0.1, 0.957_608_841_7, 0.104_426_771_8),
        (0.2, 0.998_762_06, 0.200_247_894_9),
        (0.3, 0.999_977_460_7, 0.300_006_762),
        (0.5, 0.999_999_999_1, 0.500_000_000_5),
    ];
    for (q, month, stickiness) in cases {
        close(expected_month(q, 29), month, 1e-9);
        let world = run(&steady(1, logit(q), 0.0));
        let panel = &world.ledger.panel;
        for day in [0, 10, 40] {
            close_share(monthly(panel, day), expected_month(q, day), MILLION);
            close(daily(panel) / monthly(panel, day), stickiness, 0.001);
        }
    }
}

/// The window of monthly activity may have 28 days: 1 - (1 - q)^28 of users who have been there that long.
#[test]
fn months_of_28_days_are_right_too() {
    for (q, month) in [(0.05, 0.762_173_114_7), (0.1, 0.947_665_236_7)] {
        let mut settings = steady(1, logit(q), 0.0);
        settings["measures"]["mau_window_days"] = json!(28);
        close_share(monthly(&run(&settings).ledger.panel, 40), month, MILLION);
    }
}

/// Logistic-normal activity, log-odds with mean -1 and standard deviation 1.5, one type per quantile. Means by
/// quadrature (scipy 1.17.1, integrate.quad).
#[test]
fn monthly_actives_of_unequal_users_are_right_from_the_first_day() {
    let world = run(&steady(4096, -1.0, 1.5));
    let panel = &world.ledger.panel;
    close(daily(panel), 0.329_261_015_3, 0.000_5);
    for day in [0, 10, 40] {
        close(daily(panel) / monthly(panel, day), 0.349_668_969_5, 0.001);
    }
}

/// A file cannot ask for a beta law, so the types' log-odds are set on the founded world; the days before the
/// start followed another law, so the month is right from day 29 on.
#[test]
fn beta_distributed_activity_gives_the_beta_binomial_month() {
    let cases = [
        (0.5, 1.5, 0.798_152_627_3, 0.313_223_300_2),
        (0.6, 1.2, 0.870_764_473_5, 0.382_805_389_4),
        (1.0, 1.0, 0.967_741_935_5, 0.516_666_666_7),
        (1.0, 3.0, 0.909_090_909_1, 0.275),
        (0.4, 1.6, 0.717_723_943, 0.278_658_670_9),
    ];
    for (a, b, month, stickiness) in cases {
        let (scenario, mut world) = founded(&steady(4096, 0.0, 0.0));
        let law = Beta::new(a, b).expect("positive parameters");
        for (kind, base) in world.types.base_activity.iter_mut().enumerate() {
            *base = logit(law.inverse_cdf((kind as f64 + 0.5) / 4096.0));
        }
        advance(&mut world, &scenario, DAYS);
        let panel = &world.ledger.panel;
        close(monthly(panel, 40), month, 0.001);
        close(daily(panel) / monthly(panel, 40), stickiness, 0.001);
    }
}

/// Users who live somewhere the whole month have binomial counts of active days.
#[test]
fn active_days_of_a_month_are_binomial() {
    let mut settings = steady(1, logit(0.3), 0.0);
    settings["market"]["start"] = json!("2021-01-01");
    let world = run(&settings);
    let counts: Vec<f64> = world.ledger.panel.active_days[32..64].iter().map(|&n| f64::from(n)).collect();
    let mut expected = vec![MILLION as f64 * power(0.7, 31)];
    for days in 1..=31 {
        let before = expected[days - 1];
        expected.push(before * (32 - days) as f64 / days as f64 * 0.3 / 0.7);
    }
    // Cells below five expected users are left out; together they hold less than ten.
    let kept: Vec<usize> = (0..32).filter(|&days| expected[days] >= 5.0).collect();
    let pick = |values: &[f64]| -> Vec<f64> { kept.iter().map(|&days| values[days]).collect() };
    fits(&pick(&counts), &pick(&expected));
}
