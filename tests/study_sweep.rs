//! Promise: a sweep runs exactly the trials that its axes mean, each is the run with the same `--set`, and what
//! cannot be is refused before the first run.

use ecotone::engine::simulate;
use ecotone::maths::ln;
use ecotone::measure::measure_named;
use ecotone::study::axis::Axis;
use ecotone::study::outcome::Outcome;
use ecotone::study::sweep::{Design, points};

use crate::study_market::{checked, ends, folder, names, number, row, rows};

fn axes(texts: &[&str]) -> Vec<Axis> {
    texts.iter().map(|text| Axis::parse(text).expect("an axis")).collect()
}

/// The values of every trial as they are written.
fn written(texts: &[&str], design: Design, count: usize, seed: u64) -> Vec<Vec<String>> {
    let found = points(&axes(texts), design, count, seed).expect("points");
    found.iter().map(|patches| patches.iter().map(|patch| patch.value.written()).collect()).collect()
}

#[test]
fn a_grid_is_every_combination_once() {
    let texts = ["choice.beta_s=0,0.5,1", "market.users=10..20/2", "ties.kind=matching,well_mixed"];
    let found = written(&texts, Design::Grid, 0, 1);
    assert_eq!(found.len(), 3 * 2 * 2);
    assert_eq!(found[0], ["0", "10", "\"matching\""]);
    assert_eq!(found[11], ["1", "20", "\"well_mixed\""]);
    for (at, point) in found.iter().enumerate() {
        assert!(!found[..at].contains(point), "{point:?} twice");
    }
}

#[test]
fn linked_axes_move_together() {
    let texts = ["choice.beta_s=0,0.5,1", "choice.kappa_0=1..3/3"];
    let found = written(&texts, Design::Linked, 0, 1);
    assert_eq!(found, [["0", "1.0"], ["0.5", "2.0"], ["1", "3.0"]]);
    let linked = ["choice.beta_s,choice.kappa_0=0:1,1:3", "choice.chi=1,2"];
    let found = written(&linked, Design::Grid, 0, 1);
    assert_eq!(found, [["0", "1", "1"], ["0", "1", "2"], ["1", "3", "1"], ["1", "3", "2"]]);
    let (rule, _) =
        points(&axes(&["choice.beta_s=0,1", "choice.chi=1,2,3"]), Design::Linked, 0, 1).unwrap_err();
    assert!(rule.contains("2, 3 levels"), "{rule}");
}

/// A hypercube puts one point into each of n strata; eight points of a shifted Sobol sequence do the same
/// (a digital shift permutes strata).
#[test]
fn points_that_fill_the_space_cover_every_setting_evenly() {
    let texts = [
        "choice.beta_s=0..8",
        "choice.kappa_0=1..256/log",
        "market.users=100..899",
        "ties.kind=matching,well_mixed",
    ];
    for design in [Design::LatinHypercube, Design::Sobol] {
        let found = written(&texts, design, 8, 11);
        assert_eq!(found.len(), 8);
        let strata = |read: &dyn Fn(&Vec<String>) -> f64| {
            let mut strata: Vec<usize> = found.iter().map(|point| read(point) as usize).collect();
            strata.sort_unstable();
            strata
        };
        let every: Vec<usize> = (0..8).collect();
        assert_eq!(strata(&|point| point[0].parse().unwrap()), every, "{design:?}");
        assert_eq!(strata(&|point| ln(point[1].parse().unwrap()) / ln(2.0)), every, "{design:?}");
        assert_eq!(strata(&|point| (point[2].parse::<f64>().unwrap() - 99.5) / 100.0), every, "{design:?}");
        let words = found.iter().filter(|point| point[3] == "\"matching\"").count();
        assert_eq!(words, 4, "{design:?}");
        assert_eq!(written(&texts, design, 8, 11), found, "the seed decides the points");
        assert_ne!(written(&texts, design, 8, 12), found, "{design:?}");
    }
}

#[test]
fn a_trial_is_the_run_with_the_same_set() {
    let folder = folder();
    let words = "sweep market.toml --vary platforms.beta.premium.price=10..14/3 --vary ties.kind=matching,well_mixed \
        --vary market.users=500..600/2 --of payers:beta --of share:beta --replications 2 --out there -q";
    ends(0, folder.path(), words);
    let results = rows(&folder.path().join("there"), "results");
    assert_eq!(results.len(), 12 * 2 * 2);
    for found in results.iter().filter(|row| ["0", "5", "11"].contains(&row["point"].as_str())) {
        let set = ["platforms.beta.premium.price", "ties.kind", "market.users"]
            .map(|path| (path, found[path].as_str()));
        let scenario = checked(&set).scenario;
        let replication = found["replication"].parse().unwrap();
        let run = simulate(&scenario, replication, &|_| true).unwrap();
        let outcome = Outcome::parse(&found["outcome"], &scenario).unwrap();
        let alone = outcome.read(&measure_named(&scenario, &run, &["activity"]));
        assert_eq!(number(found, "value"), alone, "{found:?}");
    }
    let summary = rows(&folder.path().join("there"), "summary");
    assert_eq!(summary.len(), 12 * 2);
    let wanted = [("point", "7"), ("outcome", "share:beta")];
    let values: Vec<f64> = results
        .iter()
        .filter(|row| wanted.iter().all(|(column, word)| row[*column] == *word))
        .map(|row| number(row, "value"))
        .collect();
    let found = row(&summary, &wanted);
    assert_eq!(found["replications"], "2");
    assert!((number(found, "mean") - (values[0] + values[1]) / 2.0).abs() < 1e-12);
    // Half the distance of two values times Student's t with 1 degree of freedom, tan(0.475 pi) = 12.7062047.
    let half = (values[0] - values[1]).abs() / 2.0 * 12.706204736;
    assert!((number(found, "mean_low") - (number(found, "mean") - half).max(0.0)).abs() < 1e-9);
    assert!((number(found, "mean_high") - (number(found, "mean") + half).min(1.0)).abs() < 1e-9);
}

#[test]
fn all_faults_are_told_at_once_before_the_first_run() {
    let folder = folder();
    let words = "sweep market.toml --vary choice.beta_s=-1,0.5 --vary choice.kappa_0=-2..1/2 \
        --vary platforms.gamma.alpha=1,2 --of shear:beta --of share:gamma";
    let (said, _) = ends(2, folder.path(), &format!("{words} --json"));
    for part in ["choice.beta_s = -1", "choice.kappa_0 = -2", "`gamma`", "shear:beta", "share:gamma"] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    // Of eight trials four have that value.
    assert_eq!(said.matches("choice.beta_s = -1").count(), 1, "{said}");
    let words = "sweep market.toml --vary choice.beta_ss=0,1 --vary kappa_0=1,2 --vary choice.chi=3..2 \
        --vary choice.tau_e=1,2 --vary choice.tau_e=3,4 --vary choice.beta_r,choice.beta_r=1:2 \
        --vary run.replications=1,2 --vary choice.beta_n=0..1/log --of shear:beta";
    let (_, said) = ends(2, folder.path(), words);
    for part in [
        "`choice.beta_ss`",
        "did you mean `choice.kappa_0`",
        "3..2 does not rise",
        "`choice.tau_e` is varied twice",
        "`choice.beta_r` is varied twice",
        "one number for all trials",
        "cannot begin at 0",
        "shear:beta",
    ] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    assert_eq!(names(folder.path()), ["market.toml"]);
}

#[test]
fn faults_of_scenario_and_axes_are_told_together() {
    let folder = folder();
    let words = "sweep market.toml --set market.usres=5 --vary choice.beta_ss=0,1";
    let (_, said) = ends(2, folder.path(), words);
    assert!(said.contains("usres") && said.contains("beta_ss"), "{said}");
}

#[test]
fn an_outcome_asked_for_twice_is_told_once() {
    let folder = folder();
    ends(0, folder.path(), "sweep market.toml --vary choice.beta_s=0,1 --of hhi --of hhi --out there -q");
    assert_eq!(rows(&folder.path().join("there"), "results").len(), 2 * 3);
}

#[test]
fn a_grid_without_end_is_refused() {
    let folder = folder();
    let axes: Vec<String> =
        ["beta_s", "beta_r", "beta_c", "chi"].map(|name| format!("--vary choice.{name}=0..1/1000")).into();
    let (_, said) = ends(2, folder.path(), &format!("sweep market.toml {}", axes.join(" ")));
    assert!(said.contains("more than 1000000 points"), "{said}");
}
