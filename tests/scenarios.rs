//! Every scenario that ships, and every template, checks without a fault and runs small.

mod shipped;

use ecotone::engine::simulate;

#[test]
fn every_scenario_checks_and_runs_small() {
    let documents = shipped::documents();
    assert!(documents.len() >= 5, "only {} found", documents.len());
    for (name, document) in documents {
        let checked = shipped::checked(&name, &document);
        assert_eq!(checked.warnings, Vec::<String>::new(), "{name}");
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
