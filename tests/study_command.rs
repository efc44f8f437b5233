//! Promise: the command in the report of a study repeats it.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::study_market::{ends, folder, tables};

/// Every option that decides a number, with words that a shell would take apart.
const STUDIES: [&str; 4] = [
    "compare market.toml --set events[1].share=0.2 --both platforms.beta.label=Beta's --since 2021-02-01 --label $x \
        --users 300 --first-replication 2",
    "sweep market.toml --design lhs --points 3 --vary choice.kappa_0=1..2/log --vary platforms.beta.label=It's,$(x) \
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
fn a_study_is_not_verified_as_if_it_were_a_run() {
    let folder = folder();
    ends(0, folder.path(), "sweep market.toml --vary choice.beta_s=0,0.5 --out there -q");
    let (_, said) = ends(2, folder.path(), "verify there");
    assert!(said.contains("holds a study") && said.contains("ecotone sweep market.toml"), "{said}");
}
