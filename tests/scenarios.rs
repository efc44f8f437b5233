//! Every scenario that ships, and every template, checks without a fault and runs small.

use crate::shipped;
use ecotone::engine::simulate;

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

/// Largest resident memory of the program while it runs with these words, bytes. Linux tells until the process has ended.
#[cfg(target_os = "linux")]
fn measured_peak(words: &[&str]) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("ecotone"));
    command.args(words).arg("--quiet").arg("--out").arg(folder.path().join("result"));
    let mut process = command.stdout(std::process::Stdio::null()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", process.id());
    let mut peak = 0;
    loop {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or(0) * 1024);
        if let Some(ending) = process.try_wait().expect("a process") {
            assert!(ending.success(), "{words:?}: {ending}");
            return peak;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// The estimate that `check` prints beside what the same run takes: small and large, few days and many. Twenty per cent is
/// what the fit of `world::memory` reaches (guide, validation); five more for another profile and another system.
#[cfg(target_os = "linux")]
#[test]
fn estimated_memory_is_that_of_a_run() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/first_try.toml");
    for (users, days) in [("5000", "365"), ("2000000", "6")] {
        let words = [scenario, "--users", users, "--days", days, "--replications", "1"];
        let check = [&["check"], &words[..], &["--json"]].concat();
        let mut program = assert_cmd::Command::cargo_bin("ecotone").expect("the program");
        let told = program.args(check).output().expect("the program runs").stdout;
        let told: serde_json::Value = serde_json::from_slice(&told).expect("an object");
        let estimated = told["memory_bytes"].as_u64().expect("an estimate") as f64;
        let measured = measured_peak(&[&["run"], &words[..]].concat()) as f64;
        let ratio = estimated / measured;
        assert!(
            (0.75..1.25).contains(&ratio),
            "{users} users, {days} days: {estimated} estimated, {measured}"
        );
    }
}
