//! Invented studies that rank, split, fit and spread.

use super::{InventedStudy, banded, frame, study};
use ecotone::maths::{exp, sqrt};
use ecotone::report::study::StudyKind;
use ecotone::table::{Cell, Table};

/// One of each.
pub fn all(names: &[&str]) -> Vec<InventedStudy> {
    vec![
        study(names, "sensitivity", StudyKind::Sensitivity, sensitivity),
        study(names, "decompose", StudyKind::Decompose, decompose),
        study(names, "calibrate", StudyKind::Calibrate, calibrate),
        study(names, "fan", StudyKind::Fan, fan),
    ]
}

const SETTINGS: [&str; 9] = [
    "choice.beta_s",
    "choice.kappa_0",
    "choice.kappa_h",
    "platforms.netease.premium.price",
    "platforms.netease.y0",
    "choice.lambda_0",
    "users.price_sensitivity",
    "community.delta_k",
    "choice.beta_r",
];

const OUTCOMES: [(&str, f64); 3] = [("retention_180", 0.06), ("share", 0.04), ("arppu", 0.5)];

fn sensitivity(names: &[&str]) -> Vec<Table> {
    let columns = [
        ("outcome", 't'),
        ("setting", 't'),
        ("mu", 'n'),
        ("mu_star", 'n'),
        ("mu_star_low", 'n'),
        ("mu_star_high", 'n'),
        ("sigma", 'n'),
    ];
    let mut morris = frame("morris", "Elementary effects of settings", &columns);
    let columns = [
        ("outcome", 't'),
        ("setting", 't'),
        ("first", 'n'),
        ("first_low", 'n'),
        ("first_high", 'n'),
        ("total", 'n'),
        ("total_low", 'n'),
        ("total_high", 'n'),
        ("converged", 't'),
    ];
    let mut sobol = frame("sobol", "Shares of variance by setting", &columns);
    for name in names {
        for (o, (measure, size)) in OUTCOMES.into_iter().enumerate() {
            let outcome = format!("{measure}:{name}");
            for (index, setting) in SETTINGS.iter().enumerate() {
                let rank = ((index + 2 * o) % SETTINGS.len()) as f64;
                let effect = size * exp(-rank / 2.5);
                let sign = [1.0, -1.0, 0.2][index % 3];
                let mut row = vec![Cell::Text(&outcome), Cell::Text(setting), Cell::Number(sign * effect)];
                row.extend(banded(effect, effect * 0.15));
                row.push(Cell::Number(effect * (0.3 + 0.25 * (index % 4) as f64)));
                morris.push(&row);
                let mut row = vec![Cell::Text(&outcome), Cell::Text(setting)];
                let first = 0.45 * exp(-rank / 1.8);
                row.extend(banded(first, 0.03));
                row.extend(banded(first * 1.3 + 0.01, 0.04));
                row.push(Cell::Text(if index == 5 { "no" } else { "yes" }));
                sobol.push(&row);
            }
        }
    }
    vec![morris, sobol]
}

fn decompose(names: &[&str]) -> Vec<Table> {
    let columns = [
        ("outcome", 't'),
        ("convention", 't'),
        ("group", 't'),
        ("share", 'n'),
        ("share_low", 'n'),
        ("share_high", 'n'),
    ];
    let mut shares = frame("shares", "Contributions to the gap", &columns);
    let columns = [
        ("outcome", 't'),
        ("convention", 't'),
        ("own", 'n'),
        ("own_low", 'n'),
        ("own_high", 'n'),
        ("rival", 'n'),
        ("rival_low", 'n'),
        ("rival_high", 'n'),
        ("gap", 'n'),
        ("gap_low", 'n'),
        ("gap_high", 'n'),
    ];
    let mut gap = frame("gap", "Gap between the platform and its rival", &columns);
    for (measure, rival, unit) in
        [("retention_180", 0.52, 0.01), ("conversion_180", 0.11, 0.004), ("mau", 1.6e8, 4e6)]
    {
        let outcome = format!("{measure}:{}", names[0]);
        for (convention, stretch) in [("raw", 1.0), ("matched", 0.7)] {
            let groups = [("community", 5.8), ("catalogue", -2.1), ("migration cost", 1.4), ("price", 0.3)];
            let whole: f64 = groups.iter().map(|(_, part)| part * unit * stretch).sum();
            for (group, part) in groups {
                let mut row = vec![Cell::Text(&outcome), Cell::Text(convention), Cell::Text(group)];
                row.extend(banded(part * unit * stretch, 0.5 * unit));
                shares.push(&row);
            }
            let mut row = vec![Cell::Text(&outcome), Cell::Text(convention)];
            row.extend(banded(rival + whole, 0.4 * unit));
            row.extend(banded(rival, 0.4 * unit));
            row.extend(banded(whole, 0.5 * unit));
            gap.push(&row);
        }
    }
    vec![shares, gap]
}

fn calibrate(names: &[&str]) -> Vec<Table> {
    vec![fit(names), posterior(), settings(), correlation()]
}

fn fit(names: &[&str]) -> Table {
    let columns = [
        ("platform", 't'),
        ("measure", 't'),
        ("from", 't'),
        ("to", 't'),
        ("role", 't'),
        ("published", 'n'),
        ("simulated", 'n'),
        ("simulated_low", 'n'),
        ("simulated_high", 'n'),
        ("tolerance", 'n'),
    ];
    let mut table = frame("fit", "Published and simulated figures", &columns);
    for (index, name) in names.iter().enumerate() {
        for (year, role) in [("2021", "fitted"), ("2022", "fitted"), ("2023", "predicted")] {
            for (at, (measure, published)) in
                [("mau", 1.84e8), ("paid_ratio", 0.198), ("stickiness", 0.33), ("arppu", 7.0)]
                    .into_iter()
                    .enumerate()
            {
                let error = 0.03 * (at as f64 - 1.3) + if role == "predicted" { 0.05 } else { 0.0 }
                    - 0.01 * index as f64;
                let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
                let mut row: Vec<Cell> =
                    [name, measure, &from, &to, role].into_iter().map(Cell::Text).collect();
                row.push(Cell::Number(published));
                row.extend(banded(published * (1.0 + error), published * 0.02));
                row.push(Cell::Number(published * 0.05));
                table.push(&row);
            }
        }
    }
    table
}

/// A number in 0..1 that looks like chance, the same every time.
fn draw(index: usize, which: usize) -> f64 {
    let mixed = (index * 7_919 + which * 104_729 + 17) % 10_007;
    ((mixed * mixed) % 10_007) as f64 / 10_007.0
}

/// Nearly normal, standard deviation near one.
fn bell(index: usize, which: usize) -> f64 {
    (0..6).map(|part| draw(index, which * 6 + part)).sum::<f64>() * sqrt(2.0) - 3.0 * sqrt(2.0)
}

/// Middle, spread and range of each fitted setting.
const FITTED: [(&str, f64, f64, f64, f64, &str); 6] = [
    ("choice.beta_s", 0.8, 0.12, 0.0, 2.0, "identified"),
    ("choice.kappa_0", 1.8, 0.25, 0.5, 4.0, "identified"),
    ("platforms.netease.premium.price", 15.0, 4.5, 5.0, 30.0, "weakly identified"),
    ("users.price_sensitivity", 0.06, 0.02, 0.001, 0.2, "only in combination with choice.kappa_0"),
    ("community.delta_k", 0.5, 0.6, 0.0, 1.0, "not identified"),
    ("choice.lambda_0", 0.035, 0.004, 0.005, 0.14, "identified"),
];

fn posterior() -> Table {
    let mut columns = vec![("draw", 'i'), ("weight", 'n')];
    columns.extend(FITTED.iter().map(|it| (it.0, 'n')));
    let mut table = frame("posterior", "Weighted draws of the settings", &columns);
    for index in 0..800 {
        let mut row = vec![Cell::Integer(index as i64), Cell::Number((0.5 + draw(index, 99)) / 800.0)];
        for (which, (_, middle, spread, low, high, _)) in FITTED.into_iter().enumerate() {
            row.push(Cell::Number((middle + spread * bell(index, which)).clamp(low, high)));
        }
        table.push(&row);
    }
    table
}

fn settings() -> Table {
    let columns = [
        ("setting", 't'),
        ("prior_low", 'n'),
        ("prior_high", 'n'),
        ("best", 'n'),
        ("mean", 'n'),
        ("mean_low", 'n'),
        ("mean_high", 'n'),
        ("contraction", 'n'),
        ("verdict", 't'),
    ];
    let mut table = frame("settings", "Fitted settings", &columns);
    for (setting, middle, spread, low, high, verdict) in FITTED {
        let mut row =
            vec![Cell::Text(setting), Cell::Number(low), Cell::Number(high), Cell::Number(middle * 1.02)];
        row.extend(
            [middle, middle - 1.96 * spread, middle + 1.96 * spread]
                .map(|it| Cell::Number(it.clamp(low, high))),
        );
        row.extend([Cell::Number((1.0 - spread * 3.46 / (high - low)).max(0.0)), Cell::Text(verdict)]);
        table.push(&row);
    }
    table
}

fn correlation() -> Table {
    let columns = [("first", 't'), ("second", 't'), ("correlation", 'n')];
    let mut table = frame("correlation", "Correlations of the posterior", &columns);
    for (a, first) in FITTED.iter().enumerate() {
        for (b, second) in FITTED.iter().enumerate() {
            let r = if a == b { 1.0 } else { [0.12, -0.84, 0.35, -0.4, 0.02][(a + b) % 5] };
            table.push(&[Cell::Text(first.0), Cell::Text(second.0), Cell::Number(r)]);
        }
    }
    table
}

fn fan(names: &[&str]) -> Vec<Table> {
    let columns = [("outcome", 't'), ("parameter", 'n'), ("seed", 'n'), ("panel", 'n'), ("variance", 'n')];
    let mut variance = frame("variance", "Where the variance of outcomes comes from", &columns);
    let columns = [
        ("curve", 't'),
        ("platform", 't'),
        ("x", 'i'),
        ("median", 'n'),
        ("low50", 'n'),
        ("high50", 'n'),
        ("low90", 'n'),
        ("high90", 'n'),
    ];
    let mut fan = frame("fan", "Quantiles of curves over the draws", &columns);
    for (index, name) in names.iter().enumerate() {
        for (at, (measure, size)) in OUTCOMES.into_iter().enumerate() {
            let outcome = format!("{measure}:{name}");
            let seed = 0.05 + 0.08 * at as f64;
            let panel = 0.02 + 0.01 * at as f64;
            let numbers = [1.0 - seed - panel, seed, panel, size * size];
            let mut row = vec![Cell::Text(&outcome)];
            row.extend(numbers.map(Cell::Number));
            variance.push(&row);
        }
        for curve in ["home_survival", "share", "payers"] {
            for x in (0..=1_080).step_by(10) {
                let t = f64::from(x);
                let middle = match curve {
                    "home_survival" => exp(-t / (500.0 + 60.0 * index as f64)),
                    "share" => 0.5 - 0.02 * index as f64 + 1e-4 * t,
                    _ => 3e7 + 2e4 * t,
                };
                let half = middle * 0.1 * sqrt(t / 1_080.0);
                let mut row = vec![Cell::Text(curve), Cell::Text(name), Cell::Integer(x.into())];
                row.extend([0.0, -0.7, 0.65, -1.6, 1.7].map(|times| Cell::Number(middle + times * half)));
                fan.push(&row);
            }
        }
    }
    vec![variance, fan]
}
