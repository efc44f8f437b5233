//! Promise: a dry run tells what a study would simulate, and leaves no trace.

use serde_json::Value;

use crate::study_market::{ends, files, folder, names};

const STUDIES: [(&str, usize); 5] = [
    ("compare market.toml --set events[1].share=0.2", 6),
    ("sweep market.toml --vary choice.beta_s=0,0.5 --vary choice.kappa_0=1..2/4", 24),
    ("sensitivity market.toml --vary choice.beta_s=0..0.5 --vary choice.kappa_0=1..2 --trajectories 5", 45),
    (
        "sensitivity market.toml --vary choice.beta_s=0..0.5 --vary choice.kappa_0=1..2 --method sobol --base 8",
        96,
    ),
    ("decompose market.toml --between beta alpha", 48),
];

#[test]
fn a_dry_run_lists_the_runs_and_writes_nothing() {
    let folder = folder();
    for (study, runs) in STUDIES {
        let (said, told) = ends(0, folder.path(), &format!("{study} --dry-run"));
        assert!(
            said.contains(&format!("{runs} runs, about ")) && said.contains("nothing was simulated"),
            "{said}"
        );
        assert_eq!(said.lines().filter(|line| line.contains(" 6.0e4 ")).count(), runs, "{said}");
        assert_eq!(told, "");
        assert_eq!(names(folder.path()), ["market.toml"], "{study}");
    }
}

#[test]
fn a_dry_run_speaks_json() {
    let folder = folder();
    for (study, runs) in STUDIES {
        let (said, _) = ends(0, folder.path(), &format!("{study} --dry-run --json"));
        let told: Value = serde_json::from_str(&said).expect("one object");
        assert_eq!(
            (&told["status"], told["runs"].as_array().unwrap().len()),
            (&"listed".into(), runs),
            "{study}"
        );
        let run = &told["runs"][runs - 1];
        assert_eq!((&run["run"], &run["replication"]), (&runs.into(), &2.into()));
        assert_eq!((&run["user_days"], &run["stored"]), (&60_000.into(), &false.into()));
    }
    assert_eq!(names(folder.path()), ["market.toml"]);
}

#[test]
fn a_dry_run_knows_what_is_stored_and_touches_nothing() {
    let folder = folder();
    let (study, _) = STUDIES[1];
    ends(0, folder.path(), &format!("{study} --shard 1/2 -q"));
    let before = files(folder.path());
    let (said, _) = ends(0, folder.path(), &format!("{study} --dry-run"));
    assert_eq!(said.lines().filter(|line| line.trim_end().ends_with("yes")).count(), 12, "{said}");
    let (said, _) = ends(0, folder.path(), &format!("{study} --dry-run --shard 2/2"));
    assert!(said.contains("12 runs, about ") && !said.contains("yes"), "{said}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_study_that_cannot_be_is_refused_dry_as_well() {
    let folder = folder();
    let (_, said) = ends(2, folder.path(), "sweep market.toml --vary choice.beta_s=-1,1 --dry-run");
    assert!(said.contains("choice.beta_s = -1"), "{said}");
}
