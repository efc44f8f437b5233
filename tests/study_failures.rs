//! Promise R18: one failed run does not sink the batch, and every run of a study can be repeated alone by the
//! command that the program gives for it.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use ecotone::engine::{Run, simulate};
use ecotone::scenario::Scenario;
use ecotone::study::batch::{Beat, Desk, Fate, Keeps, execute, jobs};
use ecotone::study::compare::Comparison;
use ecotone::study::curve::tables_needed;
use ecotone::study::design::Design;
use ecotone::study::outcome::Outcome;
use serde_json::Value;

use crate::study_market::{ends, folder, number, row, rows, trial};

/// Fails in replication 1 of markets with beta_s = 0.5, with a text made at run time, and in replication 2 with
/// a plain one.
fn fails_on_purpose(
    scenario: &Scenario,
    replication: u32,
    tick: &(dyn Fn(u32) -> bool + Sync),
) -> Option<Run> {
    match (scenario.choice.beta_s == 0.5, replication) {
        (true, 1) => panic!("made to fail in replication {replication}"),
        (true, 2) => panic!("made to fail"),
        _ => simulate(scenario, replication, tick),
    }
}

#[test]
fn one_failed_run_does_not_sink_the_batch() {
    let trials = [trial("control", &[]), trial("treated", &[("choice.beta_s", "0.5")])];
    let outcomes = [Outcome::parse("share:beta", &trials[0].scenario).unwrap()];
    let (jobs, keeps) = (jobs(&trials, 5), Keeps::Tables(tables_needed(&outcomes)));
    let (beats, kept) = (Mutex::new(Vec::new()), Mutex::new(0));
    let tick = |beat: Beat| {
        beats.lock().unwrap().push(beat);
        true
    };
    let keep = |_: &str, _: &[_]| *kept.lock().unwrap() += 1;
    let desk = Desk { simulate: fails_on_purpose, keep: &keep, ..Desk::bare(&tick) };
    let fates = execute(&jobs, &keeps, desk);
    let whole = execute(&jobs, &keeps, Desk::bare(&|_| true));
    for (at, (fate, whole)) in fates.iter().zip(&whole).enumerate() {
        match at {
            6 => assert_eq!(*fate, Fate::Failed("made to fail in replication 1".to_owned())),
            7 => assert_eq!(*fate, Fate::Failed("made to fail".to_owned())),
            // NaN differs from itself, so words are compared.
            _ => assert_eq!(format!("{fate:?}"), format!("{whole:?}"), "run {at}"),
        }
    }
    let count = |beat: Beat| beats.lock().unwrap().iter().filter(|&&heard| heard == beat).count();
    assert_eq!((count(Beat::Simulated), count(Beat::Failed), *kept.lock().unwrap()), (8, 2, 8));
    // The comparison then rests on the three whole pairs.
    let found = |fates: &[Fate]| {
        let (trials, jobs, outcomes) = (&trials[..], &jobs[..], &outcomes[..]);
        let design = &Design::against_control(trials.len());
        Comparison { trials, design, jobs, fates, outcomes, confidence: 0.95, since: None }.tables()
    };
    let (effects, runs) = (&found(&fates)[0], &found(&whole)[2]);
    assert_eq!(effects.integers("replications"), [3]);
    let values = runs.numbers("value");
    let expected = [0, 3, 4].map(|at| values[5 + at] - values[at]).iter().sum::<f64>() / 3.0;
    assert!((effects.numbers("effect")[0] - expected).abs() < 1e-12);
}

#[test]
fn an_interrupted_batch_leaves_the_rest_open() {
    let trials = [trial("a", &[])];
    let jobs = jobs(&trials, 3);
    let fates = execute(&jobs, &Keeps::Tables(vec!["activity"]), Desk::bare(&|_| false));
    assert_eq!(fates, [Fate::Open, Fate::Open, Fate::Open]);
}

/// The share of beta at the end of a run, by its users.
fn share_of_beta(result: &Path) -> f64 {
    let found = rows(result, "activity");
    let users = |platform: &str| number(row(&found, &[("platform", platform), ("day", "59")]), "users");
    users("beta") / (users("alpha") + users("beta"))
}

#[test]
fn the_command_of_a_single_run_gives_the_numbers_of_the_study() {
    let counted = "--replications 2 --first-replication 3 --users 800";
    let studies = [
        "compare market.toml --both choice.beta_s=0.4 --both run.first_replication=4 --set events[1].share=0.1",
        "sweep market.toml --set platforms.beta.label=Beta's --vary choice.kappa_0=1,2 --vary choice.beta_s=0.123456789..1/2",
        "decompose market.toml --between beta alpha --raw --set run.replications=2",
    ];
    for study in studies {
        let folder = folder();
        let path = folder.path();
        let words = format!("{study} {counted} --of share:beta --out study");
        ends(0, path, &format!("{words} -q"));
        let (listed, _) = ends(0, path, &format!("{words} --dry-run --json --force"));
        let listed: Value = serde_json::from_str(&listed).unwrap();
        let runs = listed["runs"].as_array().unwrap();
        let results: Vec<_> = rows(&path.join("study"), "results")
            .into_iter()
            .filter(|row| row["outcome"] == "share:beta")
            .collect();
        assert_eq!(results.len(), runs.len());
        // Not the first: that one could be right by chance.
        for at in [1, runs.len() - 2] {
            let alone = runs[at]["alone"].as_str().unwrap();
            let program = assert_cmd::cargo::cargo_bin("ecotone");
            let shell = alone.replacen("ecotone", &program.to_string_lossy(), 1) + " --out alone --force -q";
            let output = Command::new("sh").current_dir(path).args(["-c", &shell]).output().unwrap();
            assert!(output.status.success(), "{alone}\n{}", String::from_utf8_lossy(&output.stderr));
            let (found, expected) = (share_of_beta(&path.join("alone")), number(&results[at], "value"));
            assert!((found - expected).abs() < 1e-12, "{alone}: {found}, in the study {expected}");
            assert_eq!(results[at]["replication"], runs[at]["replication"].to_string());
        }
    }
}
