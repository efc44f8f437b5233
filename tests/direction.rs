//! The sign of the effect of every setting that has one in theory, under common random numbers: the same
//! replications at a low and at a high value, each of which must agree.

use std::collections::BTreeSet;

use crate::common::{duopoly, scenario};
use ecotone::engine::{Run, simulate};
use ecotone::parallel::map_ordered;
use ecotone::scenario::settings::SETTINGS;
use ecotone::world::panel::TIERS;
use serde_json::{Value, json};

const USERS: u64 = 5_000;
const DAYS: u32 = 150;
const REPLICATIONS: u32 = 2;

/// What is measured of a run.
type Measure = fn(&Run) -> f64;

/// One setting, the values to compare, and what theory says.
struct Case {
    /// Pointer into the resolved settings.
    path: &'static str,
    low: f64,
    high: f64,
    /// Other settings in both runs, as JSON: they make the effect visible or single it out.
    with: &'static [(&'static str, &'static str)],
    measure: Measure,
    /// +1 if the measure must grow with the setting.
    sign: f64,
    why: &'static str,
}

const fn case(
    path: &'static str,
    (low, high): (f64, f64),
    measure: Measure,
    sign: f64,
    why: &'static str,
) -> Case {
    Case { path, low, high, with: &[], measure, sign, why }
}

const fn given(case: Case, with: &'static [(&'static str, &'static str)]) -> Case {
    Case { with, ..case }
}

// Platform 1 has the catalogue and half of the market, platform 2 the community and a quarter.

const LICENCE: (&str, &str) = (
    "/events",
    r#"[{"day": 30, "label": "", "effect": {"licence": {"platform": 1, "holder": 0, "share": 0.2, "until": 100}}}]"#,
);
const SUBLICENCE: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"sublicence": {"from": 0, "to": 1, "holder": 0, "share": 0.9, "until": 100}}}]"#,
);
const BAN: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"exclusivity_ban": {"share": 0.9, "holders": []}}}]"#,
);
const FEATURE: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"feature": {"platform": 1, "recommender": 0.5, "open": 1.0, "feature": 1.0,
        "identity": 2.0, "pulse": 0.5, "half_life_days": 30.0}}}]"#,
);
const PRICE: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"price": {"platform": 0, "basic": 8.0, "premium": 15.0, "ad_load": 0.5}}}]"#,
);
const CAMPAIGN: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"campaign": {"platform": 1, "awareness": 0.5, "half_life_days": 30.0}}}]"#,
);
const SECOND: (&str, &str) = (
    "/second_home",
    r#"{"allowed": true, "kappa_2": 2.0, "kappa_2_known": 1.0, "mu_s": 0.5, "eta_2": 0.35}"#,
);
const COPIED: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"feature": {"platform": 1, "recommender": 1.0, "open": 1.0, "feature": 3.0,
        "identity": 4.0, "pulse": 1.0, "half_life_days": 60.0, "copy_lag_days": 30}}}]"#,
);
const PORTABLE: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"portability": {"portability": 0.5, "ties": 0.5}}}]"#,
);
const PARTNERS: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"partnership": {"platform": 0, "partner": 1, "bridge": 0.5,
        "originals": [0.5, 0.5], "awareness": 0.5, "half_life_days": 30.0}}}]"#,
);
/// Money enough to matter, with originals from nothing.
const RICH: (&str, &str) = (
    "/platforms/1/budget",
    r#"{"licences": 10000.0, "community": 10000.0, "originals": 100000.0, "marketing": 10000.0,
        "originals_genres": null}"#,
);
const SUPPLY: (&str, &str) = (
    "/supply",
    r#"{"eta_o": 300.0, "delta_o": 0.0, "licences_scale": 2.0, "community_scale": 2.0, "marketing_scale": 2.0,
        "eta_x": 0.0, "review_days": 60}"#,
);
const PROGRAMME: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"originals_programme": {"platform": 1, "per_year": 100000.0,
        "genres": [0.5, 0.5], "until": 100}}}]"#,
);
/// Users with unequal ties, and stars among them.
const STARS: (&str, &str) = (
    "/events",
    r#"[{"day": 10, "label": "", "effect": {"kol_signing": {"platform": 1, "hubs": 400, "pick": "ties", "originals": [0.0, 0.0],
        "awareness": 0.0, "half_life_days": 30.0, "fee": null, "until": 140}}}]"#,
);
const UNEQUAL: (&str, &str) = ("/ties/kind", "\"barabasi_albert\"");
const EXIT: (&str, &str) = ("/events", r#"[{"day": 60, "label": "", "effect": {"exit": {"platform": 0}}}]"#);
const ENTRY: (&str, &str) =
    ("/events", r#"[{"day": 60, "label": "", "effect": {"entry": {"platform": 1}}}]"#);
const BARE: (&str, &str) = ("/platforms/1/licences", "[0.1, 0.1]");
const UNKNOWN: (&str, &str) = ("/platforms/1/aware", "0.1");
const SILENT: (&str, &str) = ("/choice/omega", "0.0");
/// Ties matter through paying friends alone.
const PEERS_ONLY: [(&str, &str); 3] =
    [("/choice/beta_s", "0.0"), ("/activity/psi_s", "0.0"), ("/plans/w_i", "0.0")];
/// Ties matter by making platforms known alone, and lie in blocks.
const BLOCKS: [(&str, &str); 4] = [
    ("/ties/kind", "\"stochastic_block\""),
    ("/choice/beta_s", "0.0"),
    UNKNOWN,
    ("/platforms/0/aware", "0.1"),
];

const UP: f64 = 1.0;
const DOWN: f64 = -1.0;

const CASES: &[Case] = &[
    // Choice.
    case("/choice/lambda_0", (0.01, 0.1), decisions, UP, "more occasions"),
    given(case("/choice/lambda_e", (0.0, 1.0), decisions, UP, "news gives occasions"), &[LICENCE]),
    given(case("/choice/tau_e", (2.0, 30.0), decisions, UP, "news lasts"), &[LICENCE]),
    case("/choice/lambda_w", (0.0, 0.2), decisions, UP, "movers give occasions to their ties"),
    case("/choice/beta_c", (1.0, 8.0), lead, UP, "the better catalogue gains"),
    case("/choice/chi", (0.0, 6.0), lead, DOWN, "diminishing returns make up for missing licences"),
    case("/choice/beta_s", (0.0, 2.0), inside, UP, "company is only to be had on platforms"),
    case("/choice/beta_u", (0.0, 0.5), inside, UP, "content is only to be had on platforms"),
    case("/choice/beta_u", (0.0, 0.5), lead, DOWN, "the open platform has more of it"),
    case("/choice/k_ref", (0.005, 0.5), inside, DOWN, "the same content is felt less"),
    case("/choice/beta_r", (0.0, 1.0), inside, UP, "recommenders are only to be had on platforms"),
    case("/choice/beta_n", (0.0, 0.5), lead, UP, "size attracts"),
    case("/choice/kappa_0", (0.0, 4.0), switches, DOWN, "joining costs"),
    case("/choice/kappa_q", (0.0, 4.0), lapses, DOWN, "quitting costs"),
    case("/choice/kappa_h", (0.0, 5.0), departures, DOWN, "own stock locks in"),
    case("/choice/delta_h", (0.002, 0.1), departures, DOWN, "own stock is built sooner"),
    case("/choice/varrho", (0.0, 1.0), win_backs, UP, "returning is cheaper"),
    case("/choice/portability", (0.0, 1.0), departures, UP, "own stock no longer locks in"),
    case("/choice/tau_t", (0.0, 365.0), inside, DOWN, "relations are built later"),
    given(
        case("/choice/omega", (0.0, 0.2), switches, UP, "more alternatives come to mind"),
        &[UNKNOWN, ("/platforms/0/aware", "0.1")],
    ),
    // Activity.
    case("/activity/psi_m", (0.0, 2.0), stickiness, UP, "catalogue makes active"),
    case("/activity/psi_s", (0.0, 3.0), stickiness, UP, "company makes active"),
    case("/activity/psi_u", (0.0, 1.0), stickiness, UP, "content makes active"),
    case("/activity/psi_paid", (0.0, 2.0), stickiness, UP, "paying makes active"),
    given(
        case("/activity/psi_f", (0.0, 2.0), stickiness, UP, "the feature's pulse makes active"),
        &[FEATURE],
    ),
    // Plans.
    case("/plans/w0_basic", (-5.0, -2.0), basic_ratio, UP, "the plan is worth more"),
    case("/plans/w0_premium", (-5.0, -2.0), premium_ratio, UP, "the plan is worth more"),
    case("/plans/w_f", (0.0, 4.0), paid_ratio, UP, "features are behind the plans"),
    case("/plans/w_i", (0.0, 3.0), paid_ratio, UP, "plans affirm identity"),
    case("/plans/w_v", (0.0, 2.0), paid_ratio, UP, "peers pay"),
    case("/plans/w_g", (0.0, 5.0), paid_ratio, UP, "the shut catalogue is behind the plans"),
    case("/plans/w_a", (0.0, 3.0), paid_ratio, UP, "paying ends advertising"),
    case("/plans/w_a", (0.0, 5.0), inside, DOWN, "advertising annoys"),
    case("/plans/kappa_tier", (0.0, 5.0), plan_changes, DOWN, "plans stay as they are"),
    case("/plans/lambda_c", (0.005, 0.2), conversions, UP, "more occasions to convert"),
    // Ties.
    given(case("/ties/k_friends", (2.0, 16.0), paid_ratio, UP, "more paying ties"), &PEERS_ONLY),
    given(case("/ties/k_taste", (0.0, 16.0), paid_ratio, UP, "more paying ties"), &PEERS_ONLY),
    given(
        case("/ties/degree", (2.0, 30.0), switches, UP, "more ties speak of other platforms"),
        &[
            ("/ties/kind", "\"watts_strogatz\""),
            ("/choice/beta_s", "0.0"),
            UNKNOWN,
            ("/platforms/0/aware", "0.1"),
        ],
    ),
    given(case("/ties/within", (1.0, 16.0), switches, UP, "more ties speak of other platforms"), &BLOCKS),
    given(case("/ties/between", (0.5, 16.0), switches, UP, "more ties speak of other platforms"), &BLOCKS),
    given(
        case("/ties/attachments", (1.0, 15.0), switches, UP, "more ties speak of other platforms"),
        &[
            ("/ties/kind", "\"barabasi_albert\""),
            ("/choice/beta_s", "0.0"),
            UNKNOWN,
            ("/platforms/0/aware", "0.1"),
        ],
    ),
    // Users.
    case("/users/price_sensitivity", (0.02, 0.2), paid_ratio, DOWN, "prices hurt"),
    case("/users/q0_mean", (-4.0, 0.0), stickiness, UP, "a higher base"),
    case("/users/q0_sd", (0.0, 2.5), stickiness, UP, "the logistic function is convex below 0 (Jensen)"),
    given(
        case("/users/xi_sd", (0.0, 3.0), departures, DOWN, "who lives where taste says stays"),
        &[("/choice/kappa_0", "0.5")],
    ),
    // Platforms.
    case("/platforms/1/alpha", (-1.0, 1.0), second, UP, "attractive"),
    case("/platforms/1/open", (0.0, 1.0), second, UP, "strangers of like taste and their content are met"),
    given(case("/platforms/1/aware", (0.05, 1.0), second, UP, "known to more people"), &[SILENT]),
    given(case("/platforms/1/y0", (0.0, 0.5), second, UP, "more content"), &[("/choice/beta_u", "0.5")]),
    given(
        case("/community/nu", (0.0, 5.0), second, UP, "content that is interacted with begets content"),
        &[("/choice/beta_u", "0.5")],
    ),
    given(
        case("/platforms/1/view", (0.0, 2.0), second, UP, "more interaction, more content"),
        &[("/choice/beta_u", "0.5"), ("/community/nu", "5.0")],
    ),
    case("/platforms/1/recommender", (0.0, 1.0), second, UP, "a better recommender"),
    given(
        case("/platforms/0/free_catalogue", (0.1, 1.0), first_paid_ratio, DOWN, "less reason to pay"),
        &[("/plans/w_g", "4.0")],
    ),
    given(
        case("/platforms/0/ad_load", (0.0, 1.0), first_paid_ratio, UP, "paying ends advertising"),
        &[("/plans/w_a", "3.0")],
    ),
    given(case("/platforms/0/ad_load", (0.0, 1.0), first, DOWN, "annoying"), &[("/plans/w_a", "3.0")]),
    case("/platforms/1/licences/0", (0.1, 1.0), second, UP, "more music"),
    given(case("/platforms/1/originals/0", (0.0, 0.9), second, UP, "more music"), &[BARE]),
    case("/platforms/0/basic/price", (1.0, 30.0), basic_ratio, DOWN, "dear"),
    case("/platforms/0/premium/price", (1.0, 40.0), premium_ratio, DOWN, "dear"),
    given(
        case(
            "/platforms/0/premium/price",
            (0.0, 60.0),
            first,
            DOWN,
            "a price cut also attracts (nested logit)",
        ),
        &[("/plans/w0_premium", "0.0")],
    ),
    case("/platforms/0/basic/feature", (0.0, 4.0), basic_ratio, UP, "unlocks more"),
    case("/platforms/0/premium/feature", (0.0, 4.0), premium_ratio, UP, "unlocks more"),
    case("/platforms/1/basic/identity", (0.0, 6.0), basic_ratio, UP, "affirms more"),
    case("/platforms/1/premium/identity", (0.0, 6.0), premium_ratio, UP, "affirms more"),
    case("/platforms/1/initial/share", (0.1, 0.5), second, UP, "who is there stays for a while"),
    case("/platforms/0/initial/basic", (0.0, 0.4), basic_ratio, UP, "payers stay payers for a while"),
    case("/platforms/0/initial/premium", (0.0, 0.4), premium_ratio, UP, "payers stay payers for a while"),
    case(
        "/platforms/0/initial/max_tenure_days",
        (0.0, 3_000.0),
        departures,
        DOWN,
        "own stock is there already",
    ),
    // Events.
    given(case("/events/0/effect/licence/share", (0.0, 0.8), second, UP, "more music"), &[LICENCE]),
    given(case("/events/0/effect/licence/until", (40.0, 149.0), second, DOWN, "a longer loss"), &[LICENCE]),
    given(case("/events/0/day", (10.0, 90.0), second, UP, "a later loss"), &[LICENCE]),
    given(
        case("/events/0/effect/sublicence/share", (0.1, 1.0), second, UP, "more music"),
        &[SUBLICENCE, BARE],
    ),
    given(
        case("/events/0/effect/sublicence/until", (30.0, 149.0), second, UP, "more music, longer"),
        &[SUBLICENCE, BARE],
    ),
    given(case("/events/0/effect/exclusivity_ban/share", (0.1, 1.0), second, UP, "more music"), &[BAN, BARE]),
    given(
        case("/events/0/effect/feature/recommender", (0.0, 1.0), second, UP, "a better recommender"),
        &[FEATURE],
    ),
    given(case("/events/0/effect/feature/open", (0.0, 1.0), second, UP, "strangers are met"), &[FEATURE]),
    given(case("/events/0/effect/feature/feature", (0.0, 4.0), paid_ratio, UP, "unlocks more"), &[FEATURE]),
    given(case("/events/0/effect/feature/identity", (0.0, 6.0), paid_ratio, UP, "affirms more"), &[FEATURE]),
    given(case("/events/0/effect/feature/pulse", (0.0, 2.0), stickiness, UP, "a stronger pulse"), &[FEATURE]),
    given(
        case("/events/0/effect/feature/half_life_days", (5.0, 200.0), stickiness, UP, "a longer pulse"),
        &[FEATURE],
    ),
    // Second homes.
    given(
        case("/second_home/kappa_2", (0.5, 4.0), visitors, DOWN, "a second platform is a hassle"),
        &[SECOND],
    ),
    given(
        case("/second_home/kappa_2_known", (0.0, 3.0), visitors, UP, "a remembered account is less of one"),
        &[SECOND],
    ),
    given(case("/second_home/mu_s", (0.0, 1.0), visitors, UP, "friends are there"), &[SECOND]),
    given(case("/second_home/eta_2", (0.1, 1.0), daily_actives, UP, "visited more often"), &[SECOND]),
    given(
        case("/platforms/1/second_homes/0", (0.1, 0.8), early_visitors, UP, "more of them from the start"),
        &[SECOND],
    ),
    given(case("/events/0/effect/price/basic", (1.0, 30.0), basic_ratio, DOWN, "dear"), &[PRICE]),
    given(case("/events/0/effect/price/premium", (1.0, 40.0), premium_ratio, DOWN, "dear"), &[PRICE]),
    given(
        case("/events/0/effect/price/ad_load", (0.0, 1.0), first_paid_ratio, UP, "paying ends advertising"),
        &[PRICE, ("/plans/w_a", "3.0")],
    ),
    given(
        case("/events/0/effect/campaign/awareness", (0.0, 0.9), second, UP, "known to more people"),
        &[CAMPAIGN, UNKNOWN, SILENT],
    ),
    given(
        case("/events/0/effect/campaign/half_life_days", (3.0, 200.0), second, UP, "known for longer"),
        &[CAMPAIGN, UNKNOWN, SILENT],
    ),
    given(
        case("/events/0/effect/feature/copy_lag_days", (5.0, 120.0), second, UP, "rivals are late"),
        &[COPIED],
    ),
    given(
        case("/events/0/effect/portability/portability", (0.0, 1.0), departures, UP, "own stock comes along"),
        &[PORTABLE],
    ),
    given(
        case("/events/0/effect/portability/ties", (0.0, 1.0), inside, UP, "relations are there at once"),
        &[PORTABLE],
    ),
    given(
        case(
            "/events/0/effect/partnership/bridge",
            (0.0, 1.0),
            inside,
            UP,
            "the partner's content counts too",
        ),
        &[PARTNERS, ("/choice/beta_u", "0.5")],
    ),
    given(
        case("/events/0/effect/partnership/originals/0", (0.0, 1.0), second, UP, "more music"),
        &[PARTNERS, BARE, ("/platforms/0/originals", "[0.9, 0.9]")],
    ),
    given(
        case("/events/0/effect/partnership/awareness", (0.0, 0.9), second, UP, "known to more people"),
        &[PARTNERS, UNKNOWN, SILENT],
    ),
    given(
        case("/events/0/effect/partnership/half_life_days", (3.0, 200.0), second, UP, "known for longer"),
        &[PARTNERS, UNKNOWN, SILENT],
    ),
    // Money.
    given(case("/supply/eta_o", (0.0, 300.0), second, UP, "originals attract"), &[RICH, SUPPLY, BARE]),
    given(
        case("/supply/delta_o", (0.0, 0.02), second, DOWN, "originals age"),
        &[SUPPLY, BARE, ("/platforms/1/originals", "[0.9, 0.9]")],
    ),
    given(
        case("/supply/licences_scale", (1.0, 1e6), second, DOWN, "licences are dearer"),
        &[RICH, SUPPLY, BARE],
    ),
    given(
        case("/supply/community_scale", (1.0, 1e6), second, DOWN, "content is dearer"),
        &[RICH, SUPPLY, ("/choice/beta_u", "0.5")],
    ),
    given(
        case("/supply/marketing_scale", (1.0, 1e6), second, DOWN, "attention is dearer"),
        &[RICH, SUPPLY, UNKNOWN, SILENT],
    ),
    given(case("/platforms/1/creators", (0.0, 0.02), second, UP, "originals attract"), &[RICH, SUPPLY, BARE]),
    given(case("/platforms/1/budget/licences", (0.0, 1e5), second, UP, "more music"), &[RICH, SUPPLY, BARE]),
    given(
        case("/platforms/1/budget/community", (0.0, 1e5), second, UP, "more content"),
        &[RICH, SUPPLY, ("/choice/beta_u", "0.5")],
    ),
    given(case("/platforms/1/budget/originals", (0.0, 2e5), second, UP, "more music"), &[RICH, SUPPLY, BARE]),
    given(
        case("/platforms/1/budget/marketing", (0.0, 1e5), second, UP, "known to more people"),
        &[RICH, SUPPLY, UNKNOWN, SILENT],
    ),
    given(
        case("/events/0/effect/originals_programme/per_year", (0.0, 2e5), second, UP, "more music"),
        &[PROGRAMME, SUPPLY, BARE],
    ),
    given(
        case("/events/0/effect/kol_signing/hubs", (1.0, 400.0), second, UP, "stars bring their ties"),
        &[STARS, UNEQUAL],
    ),
    given(
        case("/events/0/effect/kol_signing/until", (20.0, 140.0), second, UP, "stars stay longer"),
        &[STARS, UNEQUAL],
    ),
    given(
        case("/events/0/effect/kol_signing/originals/0", (0.0, 1.0), second, UP, "stars bring their works"),
        &[STARS, UNEQUAL, BARE],
    ),
    given(
        case("/events/0/effect/kol_signing/awareness", (0.0, 0.9), second, UP, "known to more people"),
        &[STARS, UNEQUAL, UNKNOWN, SILENT],
    ),
    given(
        case("/supply/eta_x", (0.0, 1.0), best_lever, UP, "money goes where it returns more"),
        &[RICH, SUPPLY, BARE],
    ),
    given(
        case("/supply/review_days", (30.0, 100.0), best_lever, DOWN, "money moves less often"),
        &[RICH, SUPPLY, BARE, ("/supply/eta_x", "0.3")],
    ),
    given(case("/events/0/day", (20.0, 120.0), first, UP, "it closes later"), &[EXIT]),
    given(
        case("/events/0/day", (20.0, 120.0), second, DOWN, "it opens later"),
        &[ENTRY, ("/platforms/1/initial/share", "0.0")],
    ),
];

/// Numbers of these sections without a sign, and why. All others must have a case.
const UNSIGNED: &[(&str, &str)] = &[
    ("users.types", "resolution of the mixture, not a quantity"),
    ("users.taste_log_sd", "whose niche gains depends on who serves it"),
    ("users.catalogue_log_sd", "spreads the weight around the median: raises its mean, but worth saturates"),
    ("users.social_log_sd", "spreads the weight around the median: raises its mean, but worth saturates"),
    ("users.price_log_sd", "some pay more readily, others less; the sum depends on the level"),
    ("plans.rho_t", "scales luck and inclusive value at once"),
    ("community.delta_k", "speed of the stock, not its level: the sign is that of the trend"),
    ("ties.block", "clustering: the level of company is the same"),
    ("ties.rewiring", "clustering: the level of company is the same"),
    ("genres[].weight", "depends on who serves the genre"),
    ("platforms[].margin", "read by tables only"),
];

fn mean_over_late_days(run: &Run, value: impl Fn(usize) -> f64) -> f64 {
    let (first, last) = (run.panel.days / 3, run.panel.days);
    (first..last).map(value).sum::<f64>() / (last - first) as f64
}

fn living(run: &Run, day: usize, place: usize, lowest: usize) -> f64 {
    let cells = (0..run.panel.classes).flat_map(|class| (lowest..TIERS).map(move |tier| (class, tier)));
    cells.map(|(class, tier)| run.panel.home(day, class, place, tier) as f64).sum()
}

fn share(run: &Run, place: usize) -> f64 {
    mean_over_late_days(run, |day| living(run, day, place, 0) / run.users as f64)
}

fn first(run: &Run) -> f64 {
    share(run, 1)
}

fn second(run: &Run) -> f64 {
    share(run, 2)
}

/// Part of the second platform's last spending that goes to the lever with the best return at first.
fn best_lever(run: &Run) -> f64 {
    let first = run.reviews.iter().find(|review| review.platform == 1).expect("a review").returns;
    let best = (0..first.len()).reduce(|a, b| if first[b] > first[a] { b } else { a }).expect("levers");
    let spent = run.panel.spent(run.panel.days - 1, 2);
    spent[best] / spent.iter().sum::<f64>()
}

/// Share of the catalogue platform less that of the community platform.
fn lead(run: &Run) -> f64 {
    share(run, 1) - share(run, 2)
}

fn inside(run: &Run) -> f64 {
    1.0 - share(run, 0)
}

/// Share of the platforms' users on plans of these tiers.
fn ratio(run: &Run, places: std::ops::RangeInclusive<usize>, tiers: std::ops::Range<usize>) -> f64 {
    mean_over_late_days(run, |day| {
        let sum = |tiers: std::ops::Range<usize>| -> f64 {
            let cells = places.clone().flat_map(|place| tiers.clone().map(move |tier| (place, tier)));
            cells
                .flat_map(|(place, tier)| (0..run.panel.classes).map(move |class| (class, place, tier)))
                .map(|(class, place, tier)| run.panel.home(day, class, place, tier) as f64)
                .sum()
        };
        sum(tiers.clone()) / sum(0..TIERS)
    })
}

fn paid_ratio(run: &Run) -> f64 {
    ratio(run, 1..=2, 1..TIERS)
}

fn first_paid_ratio(run: &Run) -> f64 {
    ratio(run, 1..=1, 1..TIERS)
}

fn basic_ratio(run: &Run) -> f64 {
    ratio(run, 1..=2, 1..2)
}

fn premium_ratio(run: &Run) -> f64 {
    ratio(run, 1..=2, 2..TIERS)
}

/// Active users over users.
fn stickiness(run: &Run) -> f64 {
    mean_over_late_days(run, |day| {
        let cells =
            (0..run.panel.classes).flat_map(|class| (1..run.panel.places).map(move |place| (class, place)));
        let active: u64 = cells
            .flat_map(|(class, place)| (0..TIERS).map(move |tier| (class, place, tier)))
            .map(|(class, place, tier)| run.panel.active(day, class, place, tier))
            .sum();
        active as f64 / (living(run, day, 1, 0) + living(run, day, 2, 0))
    })
}

fn sum(counts: &[u32]) -> f64 {
    counts.iter().map(|&count| f64::from(count)).sum()
}

/// Moves between places chosen by origin and destination.
fn moved(run: &Run, chosen: impl Fn(usize, usize) -> bool) -> f64 {
    let places = run.panel.places;
    let rows = run.panel.moves.chunks(places).enumerate();
    rows.flat_map(|(row, counts)| {
        counts.iter().enumerate().map(move |(to, &count)| (row % places, to, count))
    })
    .filter(|&(from, to, _)| chosen(from, to))
    .map(|(_, _, count)| f64::from(count))
    .sum()
}

fn switches(run: &Run) -> f64 {
    moved(run, |from, to| from > 0 && to > 0)
}

fn lapses(run: &Run) -> f64 {
    moved(run, |from, to| from > 0 && to == 0)
}

fn departures(run: &Run) -> f64 {
    moved(run, |from, _| from > 0)
}

fn win_backs(run: &Run) -> f64 {
    sum(&run.panel.winbacks)
}

fn conversions(run: &Run) -> f64 {
    sum(&run.panel.conversions)
}

fn plan_changes(run: &Run) -> f64 {
    sum(&run.panel.conversions) + sum(&run.panel.cancellations)
}

/// Second homes in use on a day.
fn kept(run: &Run, day: usize) -> f64 {
    let width = run.panel.classes * run.panel.places * run.panel.places;
    sum(&run.panel.second_home[day * width..][..width])
}

fn visitors(run: &Run) -> f64 {
    mean_over_late_days(run, |day| kept(run, day))
}

fn early_visitors(run: &Run) -> f64 {
    kept(run, 0)
}

fn daily_actives(run: &Run) -> f64 {
    sum(&run.panel.active)
}

fn decisions(run: &Run) -> f64 {
    run.decisions as f64
}

/// The duopoly without events, with the case's other settings.
fn base(case: &Case) -> Value {
    let mut settings = duopoly(USERS, DAYS);
    settings["users"]["types"] = json!(256);
    settings["events"] = json!([]);
    for (path, value) in case.with {
        let place = settings.pointer_mut(path).unwrap_or_else(|| panic!("no setting {path}"));
        *place = serde_json::from_str(value).expect("JSON");
    }
    settings
}

fn at(case: &Case, value: f64) -> Vec<f64> {
    let mut settings = base(case);
    let place = settings.pointer_mut(case.path).unwrap_or_else(|| panic!("no setting {}", case.path));
    *place = if place.is_u64() { json!(value as u64) } else { json!(value) };
    let scenario = scenario(&settings);
    let measure = |replication| (case.measure)(&simulate(&scenario, replication, &|_| true).expect("a run"));
    (0..REPLICATIONS).map(measure).collect()
}

#[test]
fn effects_have_the_sign_of_theory() {
    let wrong: Vec<String> = map_ordered(CASES, |case| {
        let (low, high) = (at(case, case.low), at(case, case.high));
        let agrees = low.iter().zip(&high).all(|(low, high)| (high - low) * case.sign > 0.0);
        let told =
            format!("{} from {} to {}: {low:?} to {high:?}; {}", case.path, case.low, case.high, case.why);
        (!agrees).then_some(told)
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

/// Every number of the model's sections has a case here or a reason why it has none.
#[test]
fn every_number_has_a_sign_or_a_reason() {
    let word = |word: &str| if word.parse::<usize>().is_ok() { "[]".to_owned() } else { word.to_owned() };
    let general = |path: &str| -> String {
        let words: Vec<String> = path.split('/').skip(1).map(word).collect();
        words.join(".").replace(".[]", "[]")
    };
    let told: BTreeSet<String> = CASES.iter().map(|case| general(case.path)).collect();
    let sections = [
        "choice.",
        "activity.",
        "plans.",
        "community.",
        "supply.",
        "ties.",
        "users.",
        "genres",
        "platforms",
        "second_home.",
    ];
    let is_number = |path: &str| {
        let settings = duopoly(100, 100);
        let pointer = format!("/{}", path.replace("[]", "/1").replace('.', "/"));
        settings.pointer(&pointer).is_some_and(|value| value.is_number() || value.is_array())
    };
    for setting in
        SETTINGS.iter().filter(|setting| sections.iter().any(|name| setting.path.starts_with(name)))
    {
        let has_case = told.iter().any(|path| path.trim_end_matches("[]") == setting.path);
        let is_unsigned = UNSIGNED.iter().any(|(path, _)| *path == setting.path);
        assert!(!(has_case && is_unsigned), "{} has both a case and a reason for none", setting.path);
        assert!(has_case || is_unsigned || !is_number(setting.path), "{} has no case", setting.path);
    }
    for (path, reason) in UNSIGNED {
        assert!(SETTINGS.iter().any(|setting| setting.path == *path) && !reason.is_empty(), "{path}");
    }
}
