//! Every scenario that ships, and every template, checks without a fault and runs small.

use crate::shipped;
use ecotone::engine::simulate;
use ecotone::world::memory::peak;

#[test]
fn every_scenario_checks_and_runs_small() {
    let documents = shipped::documents();
    assert!(documents.len() >= 5, "only {} found", documents.len());
    for (name, document) in documents {
        let checked = shipped::checked(&name, &document);
        // A control without the entrant dates its entry after the end; the header of such a file says so.
        let is_meant = |warning: &String| {
            warning.contains("so entrant never opens") && document.text.contains("never opens")
        };
        let warnings: Vec<&String> = checked.warnings.iter().filter(|warning| !is_meant(warning)).collect();
        assert!(warnings.is_empty(), "{name}: {warnings:?}");
        let scenario = shipped::small(checked.scenario, 500, 90);
        let run = simulate(&scenario, 0, &|_| true).expect("not stopped");
        assert_eq!(run.users, scenario.market.users, "{name}");
        assert!(run.decisions > 0, "{name}: nobody ever reconsidered");
        assert!(run.panel.moves.iter().any(|&count| count > 0), "{name}: nobody ever moved");
        assert!(run.panel.active.iter().any(|&count| count > 0), "{name}: nobody was ever active");
    }
}

/// The first lines of a scenario are for its reader: they say what it is about before any setting.
#[test]
fn every_scenario_begins_with_words() {
    for (name, document) in shipped::documents() {
        let words = document.text.lines().filter(|line| !line.starts_with("#:schema"));
        assert!(words.take(1).all(|line| line.starts_with("# ")), "{name}: no introduction");
    }
}

/// A scenario that is stopped leaves no run.
#[test]
fn a_stopped_simulation_leaves_nothing() {
    let (name, document) = shipped::documents().swap_remove(0);
    let scenario = shipped::small(shipped::checked(&name, &document).scenario, 100, 20);
    let days = std::sync::atomic::AtomicU32::new(0);
    let tick = |day: u32| {
        days.store(day, std::sync::atomic::Ordering::Relaxed);
        day < 7
    };
    assert!(simulate(&scenario, 0, &tick).is_none());
    assert_eq!(days.into_inner(), 7);
}

/// Peaks measured with `/usr/bin/time -v ecotone run FILE --threads 2 --users … --replications …` (GNU time 1.9,
/// Linux, x86-64), in kB of 1024 bytes: the scenario and its days, users, replications, at once, peak.
const PEAKS: [(&str, u64, u32, u64, u64); 8] = [
    ("first_try", 10_000, 1, 1, 83_656),
    ("first_try", 100_000, 1, 1, 87_912),
    ("first_try", 1_000_000, 1, 1, 107_104),
    ("first_try", 4_000_000, 1, 1, 200_168),
    ("first_try", 100_000, 10, 2, 99_124),
    ("netease_vs_tencent", 200_000, 1, 1, 210_252),
    ("netease_vs_tencent", 1_000_000, 1, 1, 248_368),
    ("netease_vs_tencent", 200_000, 10, 2, 268_104),
];

#[test]
fn estimated_memory_is_within_15_per_cent_of_the_measured_peak() {
    let documents = shipped::documents();
    for (name, users, replications, at_once, kilobytes) in PEAKS {
        let (_, document) = documents.iter().find(|(known, _)| known == name).expect("a scenario");
        let mut scenario = shipped::checked(name, document).scenario;
        (scenario.market.users, scenario.run.replications) = (users, replications);
        let ratio = peak(&scenario, at_once) as f64 / (kilobytes * 1024) as f64;
        assert!(
            (0.85..1.15).contains(&ratio),
            "{name}, {users} users, {replications} replications: {ratio:.2}"
        );
    }
}
