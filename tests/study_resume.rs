//! Promise: a study killed at any moment loses no finished run, leaves no half file, and ends as if nothing had
//! happened when the same command is given again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ecotone::random::address::mix;
use serde_json::Value;

use crate::study_market::{command, ends, files, folder, names, tables};

const SWEEP: &str = "sweep market.toml --vary choice.beta_s=0..1/6 --of share:beta --of retention_30:beta \
    --replications 4 --users 2000 --days 100 --store runs --out there --force -q";

/// What a study finds where it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    /// The scenario only: kills meet simulations.
    Nothing,
    /// Every run and an earlier result: kills meet the report in the making, and its swap for the earlier one.
    Everything,
}

/// Kills the sweep that many times, each at another moment of its life, and finishes it each time.
fn survives(kills: u64, before: Before) {
    let whole = folder();
    if before == Before::Everything {
        ends(0, whole.path(), SWEEP);
    }
    let clock = Instant::now();
    ends(0, whole.path(), SWEEP);
    let life = clock.elapsed();
    let expected = tables(&whole.path().join("there"));
    let mut unfinished = 0;
    for kill in 0..kills {
        let folder = folder();
        if before == Before::Everything {
            copy(whole.path(), folder.path());
        }
        let mut study = command(folder.path(), SWEEP).stdout(Stdio::null()).spawn().unwrap();
        sleep(life.mul_f64((mix(kill) % 1000) as f64 / 1000.0));
        study.kill().unwrap();
        unfinished += u32::from(!study.wait().unwrap().success());
        let kept = records(folder.path());
        ends(0, folder.path(), SWEEP);
        assert!(tables(&folder.path().join("there")) == expected, "kill {kill}: other tables");
        assert_eq!(names(folder.path()), ["market.toml", "runs", "there"], "kill {kill}: leftovers");
        let after = records(folder.path());
        assert!(
            after.len() == 24 && after.keys().all(|name| name.ends_with(".run")),
            "kill {kill}: {after:?}"
        );
        let is_kept = |(name, bytes): (&String, &Vec<u8>)| !name.ends_with(".run") || after[name] == *bytes;
        assert!(kept.iter().all(is_kept), "kill {kill}: a finished run was lost");
    }
    assert!(unfinished > 0, "no kill met a study at work");
}

/// Copies every file.
fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let place = to.join(name);
        fs::create_dir_all(place.parent().expect("a folder")).unwrap();
        fs::write(place, bytes).unwrap();
    }
}

fn records(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(&folder.join("runs"))
}

#[test]
fn a_killed_study_ends_as_if_nothing_had_happened() {
    survives(3, Before::Nothing);
    survives(2, Before::Everything);
}

/// Repeat with `cargo test --test promises -- --ignored killed_fifty_times`.
#[test]
#[ignore = "minutes long"]
fn a_study_killed_fifty_times_ends_as_if_nothing_had_happened() {
    survives(50, Before::Nothing);
    survives(50, Before::Everything);
}

/// What dead processes left goes away, what the living write stays.
#[cfg(target_os = "linux")]
#[test]
fn leftovers_of_the_dead_are_swept_and_those_of_the_living_are_not() {
    let folder = folder();
    let shelf = folder.path().join("runs/ab");
    fs::create_dir_all(&shelf).unwrap();
    let (dead, alive) = ("abc.0.partial-4194999".to_owned(), format!("abd.0.partial-{}", std::process::id()));
    for name in [&dead, &alive] {
        fs::write(shelf.join(name), "half").unwrap();
    }
    ends(0, folder.path(), "sweep market.toml --vary choice.beta_s=0,1 --of share:beta --store runs -q");
    let found = names(&shelf);
    assert!(!found.contains(&dead) && found.contains(&alive), "{found:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_study_says_what_is_stored_and_continues() {
    let long = SWEEP.replace("..1/6", "..1/12").replace(" -q", " --json --threads 1");
    for signal in ["-INT", "-TERM"] {
        let folder = folder();
        let mut words = command(folder.path(), &long);
        let study = words.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while records(folder.path()).is_empty() {
            sleep(Duration::from_millis(5));
        }
        let kill = std::process::Command::new("kill").args([signal, &study.id().to_string()]).status();
        assert!(kill.unwrap().success());
        let output = study.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(130), "{said}");
        let stored = records(folder.path());
        assert!((1..48).contains(&stored.len()) && stored.keys().all(|name| name.ends_with(".run")));
        assert!(said.contains(&format!("{} of 48 runs are stored", stored.len())), "{said}");
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&told["status"], &told["stored"]), (&"interrupted".into(), &stored.len().into()));
        assert_eq!(names(folder.path()), ["market.toml", "runs"]);
        // The same command with less to do: what is stored of it is not simulated again.
        let listed = ends(0, folder.path(), &(long.clone() + " --dry-run")).0;
        let listed: Value = serde_json::from_str(&listed).unwrap();
        let is_stored = |run: &&Value| run["stored"] == true;
        let found = listed["runs"].as_array().unwrap().iter().filter(is_stored).count();
        assert_eq!(found, stored.len());
    }
}
