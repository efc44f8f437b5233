//! Promise: the parts of a study, run anywhere and put together, are the study.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::study_market::{ends, files, folder, names, tables};

const SWEEP: &str = "sweep market.toml --vary choice.beta_s=0,1 --vary choice.kappa_0=1,2 --of share:beta \
    --replications 2 -q";
const COMPARE: &str = "compare market.toml --set events[1].share=0.2 --of share:beta -q";

/// Copies every record of a store into another.
fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let place = to.join(&name);
        assert!(!place.exists(), "{name} was simulated twice");
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}

#[test]
fn three_parts_put_together_are_the_whole() {
    for study in [SWEEP, COMPARE] {
        let folder = folder();
        let path = folder.path();
        ends(0, path, &format!("{study} --store one --out whole"));
        for part in 1..=3 {
            let (said, _) =
                ends(0, path, &format!("{study} --store part{part} --shard {part}/3 --out parts"));
            assert!(said.contains(&format!("{part}/3")), "{said}");
            assert!(!path.join("parts").exists(), "a part wrote a result");
            copy(&path.join(format!("part{part}")), &path.join("all"));
        }
        assert_eq!(files(&path.join("all")), files(&path.join("one")));
        let (said, _) = ends(0, path, &format!("{study} --store all --out parts --dry-run --json"));
        let listed: Value = serde_json::from_str(&said).unwrap();
        assert!(listed["runs"].as_array().unwrap().iter().all(|run| run["stored"] == true), "{said}");
        ends(0, path, &format!("{study} --store all --out parts"));
        assert_eq!(tables(&path.join("parts")), tables(&path.join("whole")));
    }
}

/// A decomposition knows its matched runs only when it has looked at the raw ones: the parts are those of the raw runs.
#[test]
fn parts_of_a_study_in_rounds_leave_it_as_it_is() {
    let folder = folder();
    let path = folder.path();
    let study = "decompose market.toml --between beta alpha --of share --users 500 --replications 2 -q";
    ends(0, path, &format!("{study} --store one --out whole"));
    for part in ["1/2", "2/2"] {
        ends(0, path, &format!("{study} --store parts --shard {part} --out parts"));
    }
    assert_eq!(files(&path.join("parts")).len(), 16 * 2, "the raw runs, each once");
    ends(0, path, &format!("{study} --store parts --out together"));
    assert_eq!(tables(&path.join("together")), tables(&path.join("whole")));
    ends(0, path, "verify together -q");
}

#[test]
fn parts_may_share_a_store_and_speak_json() {
    let folder = folder();
    for part in ["1/3", "2/3", "3/3"] {
        let (said, _) = ends(0, folder.path(), &format!("{SWEEP} --store runs --shard {part} --json"));
        let told: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((&told["status"], &told["part"]), (&"part".into(), &part.into()));
        assert_eq!(told["runs"], told["stored"]);
    }
    assert_eq!(names(folder.path()), ["market.toml", "runs"]);
    assert_eq!(files(&folder.path().join("runs")).len(), 8);
}

#[test]
fn a_part_that_is_none_is_refused() {
    let folder = folder();
    for part in ["0/3", "4/3", "1"] {
        ends(2, folder.path(), &format!("{SWEEP} --shard {part}"));
    }
    assert_eq!(names(folder.path()), ["market.toml"]);
}
