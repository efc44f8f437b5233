//! Plain markets: every term off, so that a test switches on just what its closed form knows.

pub use crate::common::{duopoly, scenario};
use ecotone::dynamics::step;
use ecotone::maths::{ln, pow, sqrt};
use ecotone::scenario::Scenario;
use ecotone::world::World;
use ecotone::world::founding::{count_ties, found};
use ecotone::world::panel::{Panel, TIERS};
use ecotone::world::users::place;
use serde_json::{Value, json};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The protocols' market size.
pub const MILLION: u64 = 1_000_000;

const OFF: &[(&str, &[&str])] = &[
    (
        "choice",
        &[
            "lambda_e", "lambda_w", "beta_c", "chi", "beta_s", "beta_u", "beta_r", "beta_n", "kappa_0",
            "kappa_q", "kappa_h", "varrho", "tau_t", "omega",
        ],
    ),
    (
        "users",
        &[
            "taste_log_sd",
            "catalogue_log_sd",
            "social_log_sd",
            "price_sensitivity",
            "price_log_sd",
            "q0_sd",
            "xi_sd",
        ],
    ),
    ("activity", &["psi_m", "psi_s", "psi_u", "psi_paid", "psi_f"]),
    ("plans", &["w0_basic", "w0_premium", "w_f", "w_i", "w_v", "w_g", "w_a", "kappa_tier", "lambda_c"]),
];

/// Platforms that differ in alpha alone, one type of users, well-mixed, free plans only; everybody
/// reconsiders every day (lambda_0 = 1) and knows every platform; nobody's activity is simulated. The
/// platforms start with equal shares that leave nobody outside.
pub fn plain(users: u64, days: u32, attractiveness: &[f64]) -> Value {
    let mut settings = duopoly(users, days);
    for (section, names) in OFF {
        names.iter().for_each(|name| settings[section][name] = json!(0.0));
    }
    settings["choice"]["lambda_0"] = json!(1.0);
    settings["users"]["types"] = json!(1);
    settings["measures"]["activity"] = json!("off");
    settings["ties"]["kind"] = json!("well_mixed");
    settings["events"] = json!([]);
    settings["audiences"] = json!([]);
    settings["genres"] = json!([{"name": "music", "weight": 1.0}]);
    settings["rights_holders"] = json!([{"name": "label", "share": [1.0]}]);
    let share = 1.0 / attractiveness.len() as f64;
    let numbered = attractiveness.iter().enumerate();
    settings["platforms"] =
        numbered.map(|(index, &alpha)| platform(&format!("p{}", index + 1), alpha, share)).collect();
    settings
}

fn platform(name: &str, alpha: f64, share: f64) -> Value {
    json!({
        "name": name, "label": name, "alpha": alpha, "open": 0.0, "aware": 1.0, "y0": 0.0, "view": 0.5, "creators": 0.01,
        "recommender": 0.0, "free_catalogue": 1.0, "ad_load": 0.0, "margin": 0.0,
        "licences": [0.0], "originals": [0.0], "second_homes": [], "basic": null, "premium": null,
        "initial": {"share": share, "basic": 0.0, "premium": 0.0, "max_tenure_days": 0, "founders": "tastes"}
    })
}

/// Sets the initial share of each platform.
pub fn set_shares(settings: &mut Value, shares: &[f64]) {
    for (platform, share) in shares.iter().enumerate() {
        settings["platforms"][platform]["initial"]["share"] = json!(share);
    }
}

/// The scenario and its world on the morning of day 0.
pub fn founded(settings: &Value) -> (Scenario, World) {
    let scenario = scenario(settings);
    let world = found(&scenario, 0);
    (scenario, world)
}

/// Simulates so many days.
pub fn advance(world: &mut World, scenario: &Scenario, days: u32) {
    (0..days).for_each(|_| step(world, scenario));
}

/// Gives every user, on the free plan, the home that `home` says. For worlds of one class.
pub fn rehome(world: &mut World, home: impl Fn(usize) -> usize) {
    world.ledger.home.fill(0);
    for (user, byte) in world.users.place.iter_mut().enumerate() {
        *byte = place(home(user), 0);
        world.ledger.home[home(user) * TIERS] += 1;
    }
    world.users.status.fill(0);
    world.ledger.record_homes(0);
    count_ties(world);
}

/// Share of all users who live on a place now.
pub fn share(world: &World, place: usize) -> f64 {
    world.ledger.living(place) as f64 / world.users.place.len() as f64
}

/// Users at home on a place at the start of a day, all classes and plans.
pub fn living(panel: &Panel, day: usize, place: usize) -> u64 {
    let cells = (0..panel.classes).flat_map(|class| (0..TIERS).map(move |tier| (class, tier)));
    cells.map(|(class, tier)| panel.home(day, class, place, tier)).sum()
}

/// Fails unless `found` is within `tolerance` of `expected`.
#[track_caller]
pub fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} +- {tolerance}");
}

/// Fails unless a share of `count` independent trials is within four standard errors of `expected`.
#[track_caller]
pub fn close_share(found: f64, expected: f64, count: u64) {
    close(found, expected, 4.0 * sqrt(expected * (1.0 - expected) / count as f64));
}

/// Fails unless counts follow the expected counts: Pearson's chi-square, `p > 0.001`.
#[track_caller]
pub fn fits(counts: &[f64], expected: &[f64]) {
    let cells = counts.iter().zip(expected);
    let statistic: f64 = cells.map(|(n, e)| (n - e) * (n - e) / e).sum();
    let law = ChiSquared::new((counts.len() - 1) as f64).expect("at least two cells");
    let p = 1.0 - law.cdf(statistic);
    assert!(p > 0.001, "chi-square {statistic} with {} cells: p = {p}", counts.len());
}

/// Log-odds of a probability.
pub fn logit(p: f64) -> f64 {
    ln(p / (1.0 - p))
}

/// `x^n` for a whole number.
pub fn power(x: f64, n: usize) -> f64 {
    pow(x, n as f64)
}
