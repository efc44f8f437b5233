//! Promise: sensitivity is computed from the runs and nothing else: what cannot matter has exactly nothing, what
//! matters is ranked above it, and the seed alone decides the points.

use crate::study_market::{Row, ends, folder, number, row, rows, tables};

const MORRIS: &str = "sensitivity market.toml --vary choice.kappa_0=0.2..3 --vary measures.discount_monthly=0..0.02 \
    --vary choice.beta_s=0..0.8 --of share:beta --of retention_30:beta --trajectories 4 --users 500 --replications 2 -q";
const SOBOL: &str = "sensitivity market.toml --vary choice.kappa_0=0.2..3 --vary measures.discount_monthly=0..0.02 \
    --method sobol --base 16 --of share:beta --users 500 --replications 1 -q";

/// The mean output of every trial, in order.
fn outputs(results: &[Row], outcome: &str) -> Vec<f64> {
    let trials = results.iter().map(|row| number(row, "point") as usize).max().unwrap() + 1;
    let of = |trial: usize| {
        let mine =
            results.iter().filter(|row| row["point"] == trial.to_string() && row["outcome"] == outcome);
        let values: Vec<f64> = mine.map(|row| number(row, "value")).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    (0..trials).map(of).collect()
}

/// The value of a setting in every trial, as a place in its range.
fn places(results: &[Row], setting: &str, low: f64, high: f64) -> Vec<f64> {
    let trials = results.iter().map(|row| number(row, "point") as usize).max().unwrap() + 1;
    let first = |trial: usize| results.iter().find(|row| row["point"] == trial.to_string()).unwrap();
    (0..trials).map(|trial| (number(first(trial), setting) - low) / (high - low)).collect()
}

#[test]
fn screening_gives_the_elementary_effects_of_its_runs() {
    let folder = folder();
    ends(0, folder.path(), &format!("{MORRIS} --out there"));
    let (results, morris) =
        (rows(&folder.path().join("there"), "results"), rows(&folder.path().join("there"), "morris"));
    let ranges =
        [("choice.kappa_0", 0.2, 3.0), ("measures.discount_monthly", 0.0, 0.02), ("choice.beta_s", 0.0, 0.8)];
    let places: Vec<Vec<f64>> =
        ranges.iter().map(|(setting, low, high)| places(&results, setting, *low, *high)).collect();
    assert_eq!(places[0].len(), 4 * 4);
    for outcome in ["share:beta", "retention_30:beta"] {
        let outputs = outputs(&results, outcome);
        for ((setting, ..), places) in ranges.iter().zip(&places) {
            // Trials of a trajectory follow each other; the steps that move this setting are its effects.
            let steps =
                (1..outputs.len()).filter(|at| at % 4 != 0 && (places[*at] - places[at - 1]).abs() > 1e-6);
            let effects: Vec<f64> =
                steps.map(|at| (outputs[at] - outputs[at - 1]) / (places[at] - places[at - 1])).collect();
            assert_eq!(effects.len(), 4, "{setting}");
            let mean = |read: fn(f64) -> f64| effects.iter().map(|&effect| read(effect)).sum::<f64>() / 4.0;
            let found = row(&morris, &[("outcome", outcome), ("setting", setting)]);
            // Values are written with nine digits.
            assert!((number(found, "mu") - mean(|effect| effect)).abs() < 1e-7, "{found:?}");
            assert!((number(found, "mu_star") - mean(f64::abs)).abs() < 1e-7, "{found:?}");
        }
        let star =
            |setting: &str| number(row(&morris, &[("outcome", outcome), ("setting", setting)]), "mu_star");
        let inert = row(&morris, &[("outcome", outcome), ("setting", "measures.discount_monthly")]);
        for column in ["mu", "mu_star", "mu_star_low", "mu_star_high", "sigma"] {
            assert_eq!(number(inert, column), 0.0, "a discount moves no user: {inert:?}");
        }
        assert!(star("choice.kappa_0") > 0.0, "{outcome}");
    }
}

/// Total effects over total effects are free of the variance by which both are divided: Jansen's sums of squares.
#[test]
fn an_inert_setting_has_no_share_of_the_variance() {
    let folder = folder();
    ends(0, folder.path(), &format!("{SOBOL} --out there"));
    let (results, sobol) =
        (rows(&folder.path().join("there"), "results"), rows(&folder.path().join("there"), "sobol"));
    let inert = row(&sobol, &[("setting", "measures.discount_monthly")]);
    for column in ["first", "first_low", "first_high", "total", "total_low", "total_high"] {
        assert_eq!(number(inert, column), 0.0, "a discount moves no user: {inert:?}");
    }
    let outputs = outputs(&results, "share:beta");
    assert_eq!(outputs.len(), 16 * 4);
    let both: Vec<f64> = outputs.chunks(4).flat_map(|row| [row[0], row[1]]).collect();
    let mean = both.iter().sum::<f64>() / 32.0;
    let variance = both.iter().map(|output| (output - mean) * (output - mean)).sum::<f64>() / 32.0;
    let total = outputs.chunks(4).map(|row| (row[0] - row[2]) * (row[0] - row[2])).sum::<f64>()
        / 16.0
        / 2.0
        / variance;
    let found = row(&sobol, &[("setting", "choice.kappa_0")]);
    assert!((number(found, "total") - total).abs() < 1e-9, "{found:?}, by hand {total}");
    assert!(total > 0.5, "the only setting that matters: {total}");
}

#[test]
fn the_seed_alone_decides_the_points() {
    let folder = folder();
    for (study, method) in [(MORRIS, "morris"), (SOBOL, "sobol")] {
        let study = study.replace("--trajectories 4", "--trajectories 2").replace("--base 16", "--base 4");
        let of = |name: &str, options: &str| {
            ends(0, folder.path(), &format!("{study} --days 31 {options} --out {name} --store s{name}"));
            tables(&folder.path().join(name))
        };
        let (a, b, c) = (format!("{method}a"), format!("{method}b"), format!("{method}c"));
        let once = of(&a, "");
        assert_eq!(of(&b, ""), once);
        assert_ne!(of(&c, "--seed 12")["results.csv"], once["results.csv"]);
        let points =
            |name: &str| places(&rows(&folder.path().join(name), "results"), "choice.kappa_0", 0.0, 1.0);
        assert_ne!(points(&c), points(&a), "{method}");
    }
}
