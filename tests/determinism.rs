//! Threads decide who computes, never what; a replication stands alone; seeds differ; goldens.
//!
//! The golden digests in `tests/golden/` are renewed by `ECOTONE_WRITE_GOLDEN=1 cargo test --test
//! promises determinism`. A change of one needs its reason in the commit, under `Results: changed`.

use crate::common;
use crate::shipped;
use std::fmt::Write;
use std::path::Path;

use ecotone::engine::{Run, simulate};
use ecotone::parallel::{CHUNK, map_indices, with_threads};
use ecotone::scenario::Scenario;
use serde_json::json;

fn run(scenario: &Scenario, replication: u32) -> Run {
    simulate(scenario, replication, &|_| true).expect("not stopped")
}

/// A world of three chunks, so that threads have something to share.
fn three_chunks() -> Scenario {
    let mut settings = common::duopoly(2 * CHUNK as u64 + 500, 60);
    settings["users"]["types"] = json!(128);
    settings["choice"]["lambda_w"] = json!(0.02);
    common::scenario(&settings)
}

#[test]
fn thread_count_decides_who_not_what() {
    let mut scenarios = vec![("three chunks".to_owned(), three_chunks())];
    for (name, document) in shipped::documents() {
        let scenario = shipped::small(shipped::checked(&name, &document).scenario, 20_000, 200);
        scenarios.push((name, scenario));
    }
    for (name, scenario) in scenarios {
        let alone = with_threads(1, || run(&scenario, 0));
        for threads in [2, 3, 8] {
            let together = with_threads(threads, || run(&scenario, 0));
            assert!(alone == together, "{name}: {threads} threads change the run");
        }
    }
}

#[test]
fn a_replication_can_be_run_alone() {
    for (name, document) in shipped::documents() {
        let scenario = shipped::small(shipped::checked(&name, &document).scenario, 1_000, 100);
        let batch = with_threads(3, || map_indices(9, |replication| run(&scenario, replication as u32)));
        assert!(batch[7] == run(&scenario, 7), "{name}: replication 7 depends on its company");
        assert_eq!(batch[7].replication, 7, "{name}");
    }
}

#[test]
fn replications_and_seeds_differ() {
    let (name, document) = shipped::documents().swap_remove(0);
    let mut scenario = shipped::small(shipped::checked(&name, &document).scenario, 1_000, 100);
    let mut digests: Vec<String> = (0..4).map(|replication| digest(&run(&scenario, replication))).collect();
    scenario.run.seed += 1;
    digests.extend((0..4).map(|replication| digest(&run(&scenario, replication))));
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), 8, "two of eight runs are equal");
}

/// Digest of the integer outcomes of a run, written out as text in a fixed order.
fn digest(run: &Run) -> String {
    let mut text = String::new();
    let panel = &run.panel;
    for (name, counts) in [
        ("home", &panel.home),
        ("moves", &panel.moves),
        ("active", &panel.active),
        ("monthly_active", &panel.monthly_active),
        ("winbacks", &panel.winbacks),
        ("conversions", &panel.conversions),
        ("cancellations", &panel.cancellations),
        ("active_days", &panel.active_days),
        ("joined", &run.attendance.joined),
        ("attended", &run.attendance.active),
        ("last_active", &run.attendance.last_active),
        ("in_bracket", &run.attendance.in_bracket),
    ] {
        writeln!(text, "{name} {counts:?}").expect("writing to a string");
    }
    writeln!(text, "decisions {} motives {:?}", run.decisions, run.motives.sums).expect("a string");
    for (key, count) in &run.spells.entries {
        writeln!(text, "{key:?} {count}").expect("writing to a string");
    }
    for (key, count) in &run.spells.ends {
        writeln!(text, "{key:?} {count}").expect("writing to a string");
    }
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// 2,000 users and 240 days, so that the events of the year are inside.
#[test]
fn shipped_scenarios_keep_their_digests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let renew = std::env::var_os("ECOTONE_WRITE_GOLDEN").is_some();
    let mut changed = Vec::new();
    for (name, document) in shipped::documents() {
        let scenario = shipped::small(shipped::checked(&name, &document).scenario, 2_000, 240);
        let found = run(&scenario, 0);
        let end = found.panel.days;
        let homes: Vec<u64> = (0..found.panel.places).map(|place| living(&found, end, place)).collect();
        let current =
            format!("{}\nhomes at the end {homes:?}, decisions {}\n", digest(&found), found.decisions);
        let path = folder.join(format!("{name}.txt"));
        if renew {
            std::fs::write(&path, &current).expect("a writable folder");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_else(|_| "no golden yet\n".to_owned());
        if golden != current {
            changed.push(format!("{name}\n  was {golden}  is  {current}"));
        }
    }
    let remedy = "if meant, run ECOTONE_WRITE_GOLDEN=1 cargo test --test promises determinism, and say why in the commit";
    assert!(changed.is_empty(), "results changed:\n{}{remedy}", changed.join(""));
}

/// No golden outlives its scenario.
#[test]
fn goldens_belong_to_scenarios() {
    let mut expected: Vec<String> =
        shipped::documents().into_iter().map(|(name, _)| format!("{name}.txt")).collect();
    expected.sort();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = std::fs::read_dir(folder).expect("the goldens");
    let mut found: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    found.sort();
    assert_eq!(found, expected);
}

fn living(run: &Run, day: usize, place: usize) -> u64 {
    let cells = (0..run.panel.classes).flat_map(|class| (0..3).map(move |tier| (class, tier)));
    cells.map(|(class, tier)| run.panel.home(day, class, place, tier)).sum()
}
