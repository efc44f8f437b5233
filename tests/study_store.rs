//! Promise: nothing finished is simulated again, nothing else is mistaken for it, and damage is noticed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use ecotone::engine::simulate;
use ecotone::study::batch::{Beat, Desk, Fate, Keeps, execute, jobs};
use ecotone::study::outcome::Outcome;
use ecotone::study::trial::{PROGRAM, Trial};
use ecotone::table::Table;

use crate::study_market::{ends, files, folder, names, tables, trial};

const SWEEP: &str = "sweep market.toml --vary choice.beta_s=0,0.5 --of share:beta --store runs -q";

/// What a batch told: finished days, runs simulated, found, their user-days, and failed.
#[derive(Default)]
struct Told {
    days: AtomicU64,
    simulated: AtomicU64,
    found: AtomicU64,
    saved: AtomicU64,
}

impl Told {
    fn hear(&self, beat: Beat) {
        let (count, by) = match beat {
            Beat::Day(users) => (&self.days, users),
            Beat::Simulated => (&self.simulated, 1),
            Beat::Found(user_days) => {
                self.saved.fetch_add(user_days, Ordering::Relaxed);
                (&self.found, 1)
            }
            Beat::Failed => panic!("a run failed"),
        };
        count.fetch_add(by, Ordering::Relaxed);
    }

    fn read(&self) -> [u64; 4] {
        [&self.days, &self.simulated, &self.found, &self.saved].map(|count| count.load(Ordering::Relaxed))
    }
}

/// Runs trials with a store in memory.
fn with_store(
    trials: &[Trial],
    outcomes: &[&str],
    store: &Mutex<BTreeMap<String, Vec<Table>>>,
) -> (Vec<Fate>, [u64; 4]) {
    let scenario = &trials[0].scenario;
    let outcomes = outcomes.iter().map(|name| Outcome::parse(name, scenario).expect("an outcome")).collect();
    let told = Told::default();
    let desk = Desk {
        recall: &|digest| store.lock().unwrap().get(digest).cloned(),
        keep: &|digest, tables| {
            let before = store.lock().unwrap().insert(digest.to_owned(), tables.to_vec());
            assert!(before.is_none(), "{digest} was stored twice");
        },
        tick: &|beat| {
            told.hear(beat);
            true
        },
        simulate,
    };
    (execute(&jobs(trials, 2), &Keeps::Outcomes(outcomes), desk), told.read())
}

/// Every record of a store with the time of its last change.
fn records(store: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let changed = |path: &Path| fs::metadata(path).and_then(|found| found.modified()).expect("a time");
    let paths = files(store).into_keys().map(|name| store.join(name));
    paths.map(|path| (path.clone(), changed(&path))).collect()
}

#[test]
fn what_was_simulated_is_found_and_not_simulated_again() {
    let store = Mutex::default();
    let trials = [trial("a", &[]), trial("b", &[("choice.beta_s", "0.2")])];
    let (first, told) = with_store(&trials, &["share:beta"], &store);
    assert_eq!(told, [4 * 60_000, 4, 0, 0]);
    let (second, told) = with_store(&trials, &["share:beta"], &store);
    assert_eq!(told, [0, 0, 4, 4 * 60_000]);
    assert_eq!(first, second);
    // A third trial costs its own runs only.
    let more = [trial("c", &[("choice.kappa_0", "0.2")]), trials[1].clone(), trials[0].clone()];
    let (third, told) = with_store(&more, &["share:beta"], &store);
    assert_eq!(told, [2 * 60_000, 2, 4, 4 * 60_000]);
    assert_eq!((&third[2..4], &third[4..6]), (&first[2..4], &first[0..2]));
    assert_ne!(third[0], third[2]);
    // Other outcomes are other records.
    let (_, told) = with_store(&trials[..1], &["share:alpha"], &store);
    assert_eq!(told[1..3], [2, 0]);
}

#[test]
fn whatever_changes_a_number_changes_the_digest() {
    let digest = |patches: &[(&str, &str)]| trial("x", patches).digest;
    let base = digest(&[]);
    for patch in [
        ("choice.beta_s", "0.81"),
        ("run.seed", "12"),
        ("market.users", "1001"),
        ("market.days", "61"),
        ("events[1].share", "0.49"),
        ("platforms.beta.premium.price", "12.5"),
        ("platforms.beta.licences.majors", "0.51"),
        ("measures.activity", "off"),
    ] {
        assert_ne!(digest(&[patch]), base, "{patch:?}");
    }
    // A run is the same whatever the size of its batch, and whoever allowed it.
    for patch in [("run.replications", "7"), ("run.first_replication", "2"), ("run.allow_tipping", "true")] {
        assert_eq!(digest(&[patch]), base, "{patch:?}");
    }
    let found = trial("x", &[]);
    let identities: Vec<String> = jobs(std::slice::from_ref(&found), 2)
        .iter()
        .flat_map(|job| {
            let outcome = |name: &str| Keeps::Outcomes(vec![Outcome::parse(name, &found.scenario).unwrap()]);
            [outcome("share:beta"), outcome("share:alpha"), Keeps::Tables(vec!["activity"])]
                .map(|keeps| job.digest(&keeps))
        })
        .collect();
    for (at, one) in identities.iter().enumerate() {
        assert!(!identities[..at].contains(one) && one.len() == 64, "{one}");
    }
}

#[test]
fn the_program_is_known_by_its_version_and_sources() {
    let (version, sources) = PROGRAM.split_once(' ').expect("two words");
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    assert!(sources.len() == 32 && sources.bytes().all(|digit| digit.is_ascii_hexdigit()), "{sources}");
}

#[test]
fn a_repeated_study_touches_no_record() {
    let folder = folder();
    ends(0, folder.path(), &format!("{SWEEP} --out a"));
    let before = records(&folder.path().join("runs"));
    assert_eq!(before.len(), 6);
    ends(0, folder.path(), &format!("{SWEEP} --out b --threads 1"));
    assert_eq!(records(&folder.path().join("runs")), before);
    assert_eq!(tables(&folder.path().join("a")), tables(&folder.path().join("b")));
    // Two more replications of two trials are four more records.
    ends(0, folder.path(), &format!("{SWEEP} --out c --replications 5"));
    let after = records(&folder.path().join("runs"));
    assert_eq!(after.len(), 10);
    assert!(before.iter().all(|(path, changed)| after[path] == *changed));
}

#[test]
fn damage_is_named_and_repaired() {
    let folder = folder();
    let store = folder.path().join("runs");
    ends(0, folder.path(), &format!("{SWEEP} --out whole"));
    let whole = files(&store);
    let mut damaged = Vec::new();
    for (at, (name, bytes)) in whole.iter().enumerate() {
        let mut bytes = bytes.clone();
        match at {
            0 => bytes[5] ^= 1,
            1 => bytes[20] ^= 0x80,
            2 => *bytes.last_mut().unwrap() ^= 4,
            3 => bytes.truncate(30),
            4 => bytes.clear(),
            _ => continue,
        }
        fs::write(store.join(name), bytes).unwrap();
        damaged.push(name);
    }
    let (_, said) = ends(0, folder.path(), &format!("{SWEEP} --out again"));
    assert_eq!(said.matches("is damaged; that run is simulated again").count(), 5, "{said}");
    assert!(damaged.iter().all(|name| said.contains(&format!("runs/{name} is damaged"))), "{said}");
    assert_eq!(tables(&folder.path().join("whole")), tables(&folder.path().join("again")));
    assert_eq!(files(&store), whole);
}

#[test]
fn a_store_that_cannot_be_is_named_and_nothing_is_written() {
    let folder = folder();
    let words = SWEEP.replace("--store runs", "--store market.toml/runs");
    let (_, said) = ends(1, folder.path(), &words);
    assert!(said.contains("market.toml/runs"), "{said}");
    assert_eq!(names(folder.path()), ["market.toml"]);
}

/// Files where the store would make its folders stand for a disk that takes no more.
#[test]
fn a_record_that_cannot_be_written_ends_the_study_and_loses_nothing() {
    let folder = folder();
    let store = folder.path().join("runs");
    ends(0, folder.path(), &format!("{SWEEP} --out first"));
    let before = records(&store);
    let blocks: Vec<PathBuf> = (0..=255).map(|shelf| store.join(format!("{shelf:02x}"))).collect();
    let blocks: Vec<PathBuf> = blocks.into_iter().filter(|path| !path.exists()).collect();
    blocks.iter().for_each(|path| fs::write(path, "full").unwrap());
    let wider = SWEEP.replace("=0,0.5", "=0,0.5,0.1,0.2,0.3") + " --out second";
    let (_, said) = ends(1, folder.path(), &wider);
    assert!(said.contains("cannot write runs/") && said.contains(".run: "), "{said}");
    assert!(said.contains("the same command continues"), "{said}");
    assert_eq!(names(folder.path()), ["first", "market.toml", "runs"]);
    blocks.iter().for_each(|path| fs::remove_file(path).unwrap());
    let kept = records(&store);
    assert!(before.iter().all(|(path, changed)| kept.get(path) == Some(changed)));
    ends(0, folder.path(), &wider);
    let after = records(&store);
    assert_eq!(after.len(), 15);
    assert!(kept.iter().all(|(path, changed)| after[path] == *changed));
    ends(0, folder.path(), &wider.replace("second", "undisturbed").replace("--store runs", "--store other"));
    assert_eq!(tables(&folder.path().join("second")), tables(&folder.path().join("undisturbed")));
}

#[test]
fn a_store_among_the_results_is_refused_before_the_work() {
    let folder = folder();
    for store in ["there/runs", "there"] {
        let words = SWEEP.replace("--store runs", &format!("--store {store} --out ./there"));
        let (_, said) = ends(2, folder.path(), &words);
        assert!(said.contains("--store"), "{said}");
    }
    assert_eq!(names(folder.path()), ["market.toml"]);
}
