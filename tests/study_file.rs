//! Promise: a study file says what the command line says, its mistakes are told with their place, and every
//! shipped study can be run as it is.

use std::fs;
use std::path::Path;

use crate::study_market::{ends, folder, tables};

const SWEEP: &str = r#"schema = 1
study = "sweep"
scenario = "market.toml"
replications = 2
vary = ["choice.beta_s=0,0.4"]
of = ["share:beta"]
[set]
"market.users" = 500
"#;

#[test]
fn a_file_and_the_command_line_give_the_same_tables() {
    let place = folder();
    fs::write(place.path().join("study.toml"), SWEEP).unwrap();
    ends(0, place.path(), "study study.toml --out a --store s1");
    let line = "sweep market.toml --replications 2 --vary choice.beta_s=0,0.4 --of share:beta --set market.users=500";
    ends(0, place.path(), &format!("{line} --out b --store s2"));
    assert_eq!(tables(&place.path().join("a")), tables(&place.path().join("b")));
}

#[test]
fn mistakes_of_a_study_file_are_told_together_with_their_place() {
    let place = folder();
    let text = SWEEP
        .replace("vary =", "vari =")
        .replace("schema = 1", "schema = 2")
        .replace("replications", "replicatons");
    fs::write(place.path().join("study.toml"), text).unwrap();
    let (_, told) = ends(2, place.path(), "study study.toml");
    for part in
        ["study.toml:1:10", "study.toml:5:1: vari", "did you mean `vary`?", "study.toml:4:1", "3 faults"]
    {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert!(!place.path().join("output").exists());
}

#[test]
fn wrong_values_of_a_study_file_are_told_with_their_line() {
    let place = folder();
    let text = SWEEP.replace("choice.beta_s=0,0.4", "choice.beta_z=0,0.4").replace("= 500", "= -1");
    fs::write(place.path().join("study.toml"), text).unwrap();
    let (_, told) = ends(2, place.path(), "study study.toml");
    for part in ["study.toml:5:9: choice.beta_z", "study.toml:8:18: market.users = -1"] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
}

#[test]
fn every_shipped_study_is_ready_to_run() {
    let studies = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies");
    let place = tempfile::tempdir().unwrap();
    let mut count = 0;
    for file in fs::read_dir(studies).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|ending| ending == "toml") {
            ends(0, place.path(), &format!("study {} --dry-run", file.display()));
            count += 1;
        }
    }
    assert!(count >= 4, "{count} studies");
}
