//! Promise: a script can follow a run and a study: one JSON object a line, from the start to the summary.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const MARKET: &str = r#"schema = 1
name = "small"
market = { users = 300, days = 40 }
run = { replications = 3, first_replication = 2 }
[[platforms]]
name = "alpha"
licences = 1.0
initial = { share = 0.5 }
[[platforms]]
name = "beta"
licences = 0.5
initial = { share = 0.3 }
"#;

fn ecotone(folder: &Path, words: &str) -> Output {
    fs::write(folder.join("small.toml"), MARKET).unwrap();
    let mut command = Command::cargo_bin("ecotone").unwrap();
    command.current_dir(folder).args(words.split_whitespace()).output().unwrap()
}

/// The events that a command tells; nothing is said to persons beside them.
fn events(folder: &Path, words: &str) -> Vec<Value> {
    let output = ecotone(folder, words);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

fn named<'a>(events: &'a [Value], name: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["event"] == name).collect()
}

#[test]
fn a_run_tells_of_its_start_its_replications_and_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let events = events(folder.path(), "run small.toml --events");
    let started = named(&events, "started");
    assert_eq!((started.len(), &started[0]["replications"]), (1, &3.into()));
    assert_eq!(started[0]["user_days"], 300 * 40 * 3);
    let warnings = named(&events, "warning");
    assert!(
        warnings.iter().any(|it| it["text"].as_str().unwrap().contains("fewer than 1,000")),
        "{warnings:?}"
    );
    let replications = named(&events, "replication");
    let mut numbers: Vec<u64> = replications.iter().map(|it| it["replication"].as_u64().unwrap()).collect();
    let finished: Vec<u64> = replications.iter().map(|it| it["finished"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4]);
    assert!((1..=3).all(|count| finished.contains(&count)), "{finished:?}");
    let last = events.last().unwrap();
    assert_eq!((&last["event"], &last["status"]), (&"done".into(), &"done".into()));
    assert_eq!(last["headline"].as_array().unwrap().len(), 2);
}

#[test]
fn a_study_tells_of_every_run_and_where_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let command = "compare small.toml --set choice.beta_s=0.1 --of share:alpha --events";
    let first = events(folder.path(), command);
    assert_eq!(named(&first, "started")[0]["runs"], 6);
    let fates = |events: &[Value]| -> Vec<Value> {
        named(events, "run").iter().map(|it| it["fate"].clone()).collect()
    };
    assert_eq!(fates(&first), vec![Value::from("simulated"); 6]);
    assert_eq!(named(&first, "run").iter().map(|it| it["finished"].as_u64().unwrap()).max(), Some(6));
    assert!(first.last().unwrap()["answer"].as_str().unwrap().contains("share"));
    let again = events(folder.path(), &format!("{command} --force"));
    assert_eq!(fates(&again), vec![Value::from("found"); 6]);
}

#[test]
fn refusals_are_events_too() {
    let folder = tempfile::tempdir().unwrap();
    let output = ecotone(folder.path(), "run small.toml --events --days -1");
    assert_eq!(output.status.code(), Some(2));
    let refused: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&refused["event"], refused["faults"].as_array().unwrap().len()), (&"refused".into(), 1));
}
