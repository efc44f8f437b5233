//! Promise: the command in the report of a study repeats it.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::study_market::{ends, folder, tables};

/// Every option that decides a number, with words that a shell would take apart.
const STUDIES: [&str; 4] = [
    "compare market.toml --set events[1].share=0.2 --both platforms.beta.label=Beta's --since 2021-02-01 --label $x \
        --users 300 --first-replication 2",
    "sweep market.toml --design lhs --points 3 --vary choice.kappa_0=1..2/log --set platforms.beta.label=It's,$(x) \
        --days 50",
    "sensitivity market.toml --vary choice.beta_s=0..0.8 --vary choice.chi=1..2 --method sobol --base 4 --seed 5",
    "decompose market.toml --between beta alpha --raw --replications 2 --set platforms.beta.premium.price=14",
];

#[test]
fn the_command_of_a_report_repeats_the_study() {
    for study in STUDIES {
        let folder = folder();
        ends(0, folder.path(), &format!("{study} --of share:beta --of payers:beta --out there -q"));
        let there = folder.path().join("there");
        let manifest = fs::read_to_string(there.join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        let command = manifest["command"].as_str().unwrap();
        let program = assert_cmd::cargo::cargo_bin("ecotone");
        let shell = command.replacen("ecotone", &program.to_string_lossy(), 1) + " --out again -q";
        let output = Command::new("sh").current_dir(folder.path()).args(["-c", &shell]).output().unwrap();
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(tables(&there), tables(&folder.path().join("again")), "{command}");
    }
}

#[test]
fn a_study_is_verified_by_giving_its_command_again() {
    let folder = folder();
    let study = "compare market.toml --set platforms.beta.premium.price=13 --label it's --replications 2";
    ends(0, folder.path(), &format!("{study} --of share:beta --out there -q"));
    let (said, _) = ends(0, folder.path(), "verify there");
    assert!(said.contains("verified") && !said.contains("Report"), "{said}");
    let table = folder.path().join("there/tables/effects.csv");
    let text = fs::read_to_string(&table).unwrap();
    fs::write(&table, text.replace('1', "2")).unwrap();
    let (said, _) = ends(4, folder.path(), "verify there");
    assert!(said.contains("tables/effects.csv") && said.contains("1 of"), "{said}");
}
