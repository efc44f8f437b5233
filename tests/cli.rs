//! The program as a user meets it: verbs, files, exit codes, and what is said where.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Two platforms, 400 users, 60 days: the smallest market worth simulating.
const TINY: &str = r#"schema = 1
name = "tiny"

[market]
users = 400
days = 60
start = "2021-01-01"

[run]
seed = 11
replications = 2

[[platforms]]
name = "alpha"
licences = { all = 1.0 }
[platforms.initial]
share = 0.5

[[platforms]]
name = "beta"
licences = { all = 0.5 }
[platforms.initial]
share = 0.3
"#;

/// A folder of its own with `tiny.toml` in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tiny.toml"), TINY).unwrap();
    folder
}

fn ecotone(folder: &Path, words: &str) -> Output {
    let mut command = Command::cargo_bin("ecotone").unwrap();
    command.current_dir(folder).args(words.split_whitespace()).output().unwrap()
}

/// The program with the given words, for tests that need pipes and signals.
fn process(words: &str) -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("ecotone"));
    command.args(words.split_whitespace()).stderr(std::process::Stdio::piped());
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "stdout: {}\nstderr: {}", out(output), err(output));
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "{part:?} is missing in:\n{text}");
}

/// Every file below a folder but the manifest, with its bytes, sorted by path.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    collect(folder, "", &mut found);
    found.retain(|(name, _)| name != "manifest.json");
    found.sort();
    found
}

fn collect(folder: &Path, below: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else {
            found.push((name, fs::read(&path).unwrap()));
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// check

#[test]
fn check_says_what_would_be_simulated_and_writes_nothing() {
    let folder = folder();
    let output = ecotone(folder.path(), "check tiny.toml");
    assert_code(&output, 0);
    let text = out(&output);
    for part in
        ["scenario is sound: tiny", "alpha, beta", "400 ", "2021-01-01 to 2021-03-01", "memory", "time"]
    {
        assert_has(&text, part);
    }
    assert_eq!(names(folder.path()), ["tiny.toml"]);
}

#[test]
fn check_speaks_json() {
    let folder = folder();
    let output = ecotone(folder.path(), "check tiny.toml --json --users 500");
    assert_code(&output, 0);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["sound"], true);
    assert_eq!(object["users"], 500);
    assert_eq!(object["platforms"], serde_json::json!(["alpha", "beta"]));
    assert_eq!(object["tipping"]["tips"], false);
    assert!(object["memory_bytes"].as_u64().unwrap() > 0);
}

#[test]
fn all_faults_are_told_at_once_with_their_places() {
    let folder = folder();
    let bad = TINY.replace("users = 400", "users = -4").replace("seed = 11", "sead = 11");
    fs::write(folder.path().join("bad.toml"), bad).unwrap();
    let output = ecotone(folder.path(), "check bad.toml");
    assert_code(&output, 2);
    let text = err(&output);
    for part in ["bad.toml:5:", "bad.toml:10:", "market.users = -4", "seed", "2 faults"] {
        assert_has(&text, part);
    }
    assert_eq!(out(&output), "");
}

#[test]
fn faults_are_json_for_programs() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny.toml --json --days -1");
    assert_code(&output, 2);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["sound"], false);
    assert_eq!(object["faults"].as_array().unwrap().len(), 1);
    assert_has(object["faults"][0].as_str().unwrap(), "--days");
}

#[test]
fn a_missing_scenario_is_a_fault_that_names_the_file() {
    let output = ecotone(folder().path(), "check absent.toml");
    assert_code(&output, 2);
    assert_has(&err(&output), "absent.toml");
}

/// With two equal platforms a market tips at the latest at beta_s = P / (1 + D) = 2 (model, section 9).
#[test]
fn a_market_that_tips_needs_the_users_consent() {
    let folder = folder();
    let equal = TINY.replace("share = 0.3", "share = 0.5").replace("all = 0.5", "all = 1.0");
    fs::write(folder.path().join("equal.toml"), equal).unwrap();
    let output = ecotone(folder.path(), "run equal.toml --set choice.beta_s=20");
    assert_code(&output, 2);
    assert_has(&err(&output), "run.allow_tipping = true");
    assert_eq!(names(folder.path()), ["equal.toml", "tiny.toml"]);
    let allowed = "check equal.toml --json --set choice.beta_s=20 --set run.allow_tipping=true";
    let output = ecotone(folder.path(), allowed);
    assert_code(&output, 0);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["tipping"]["tips"], true);
}

// run

#[test]
fn run_writes_the_report_and_tells_the_headline() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny.toml");
    assert_code(&output, 0);
    let results = folder.path().join("output/tiny");
    for file in ["report.html", "manifest.json", "tables/home_survival.csv", "tables/activity.csv"] {
        assert!(results.join(file).is_file(), "{file} is missing");
    }
    for part in ["output/tiny/report.html", "alpha", "beta", "90 days", "180 days", "payers", "MAU"] {
        assert_has(&out(&output), part);
    }
    assert_has(&err(&output), "tiny: 400 users, 60 days, 2 replications, seed 11");
    assert!(!err(&output).contains('\u{1b}'), "colour or a progress bar without a terminal");
}

#[test]
fn run_speaks_exactly_one_json_object() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny.toml --json --quiet --seed 5 --replications 3 --out there");
    assert_code(&output, 0);
    assert_eq!(err(&output), "");
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["seed"], 5);
    assert_eq!(object["replications"], 3);
    assert_eq!(object["report"], "there/report.html");
    let headline = object["headline"].as_array().unwrap();
    assert_eq!(headline.len(), 2);
    assert_eq!(headline[0]["platform"], "alpha");
    assert!(headline[0]["home_retention_90"]["mean"].is_null(), "60 days cannot tell a 90-day retention");
    let limit = |name: &str| headline[0]["monthly_active"][name].as_f64().unwrap();
    assert!(limit("low") <= limit("mean") && limit("mean") <= limit("high"));
    assert!(limit("mean") > 0.0 && limit("mean") <= 400.0);
}

#[test]
fn options_change_the_scenario_like_the_file_does() {
    let folder = folder();
    let changed = TINY.replace("users = 400", "users = 300").replace("seed = 11", "seed = 12");
    fs::write(folder.path().join("changed.toml"), changed).unwrap();
    assert_code(&ecotone(folder.path(), "run tiny.toml --users 300 --set run.seed=12 --out a -q"), 0);
    assert_code(&ecotone(folder.path(), "run changed.toml --out b -q"), 0);
    let tables = |name: &str| files(&folder.path().join(name).join("tables"));
    assert!(!tables("a").is_empty());
    assert_eq!(tables("a"), tables("b"));
}

#[test]
fn thread_count_changes_no_byte() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --threads 1 --out one -q"), 0);
    assert_code(&ecotone(folder.path(), "run tiny.toml --threads 3 --out three -q"), 0);
    let one = files(&folder.path().join("one"));
    assert!(one.iter().any(|(name, _)| name == "tables/activity.csv"));
    assert!(one == files(&folder.path().join("three")), "results depend on the number of threads");
}

#[test]
fn another_seed_changes_the_tables() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --seed 1 --out a -q"), 0);
    assert_code(&ecotone(folder.path(), "run tiny.toml --seed 2 --out b -q"), 0);
    let activity = |name: &str| fs::read(folder.path().join(name).join("tables/activity.csv")).unwrap();
    assert!(activity("a") != activity("b"));
}

#[test]
fn a_fault_in_an_option_names_the_option_and_writes_nothing() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny.toml --seed -3 --set market.usres=5");
    assert_code(&output, 2);
    for part in ["--seed", "--set", "market.usres", "`users`"] {
        assert_has(&err(&output), part);
    }
    assert_eq!(names(folder.path()), ["tiny.toml"]);
}

#[test]
fn set_needs_a_path_and_a_value() {
    let output = ecotone(folder().path(), "run tiny.toml --set beta");
    assert_code(&output, 2);
    assert_has(&err(&output), "an equals sign");
}

#[test]
fn an_unknown_option_is_a_fault() {
    assert_code(&ecotone(folder().path(), "run tiny.toml --sead 3"), 2);
}

#[test]
fn results_are_replaced_only_by_force() {
    let folder = folder();
    let there = folder.path().join("there");
    assert_code(&ecotone(folder.path(), "run tiny.toml --out there -q"), 0);
    let before = files(&there);
    let refused = ecotone(folder.path(), "run tiny.toml --out there -q --seed 2");
    assert_code(&refused, 2);
    assert_has(&err(&refused), "--force");
    assert!(files(&there) == before, "a refused run changed the results");
    assert_code(&ecotone(folder.path(), "run tiny.toml --out there -q --seed 2 --force"), 0);
    assert!(files(&there) != before, "the results were not replaced");
    assert_eq!(names(folder.path()), ["there", "tiny.toml"]);
}

#[test]
fn force_does_not_replace_what_is_not_a_result() {
    let folder = folder();
    let documents = folder.path().join("documents");
    fs::create_dir(&documents).unwrap();
    fs::write(documents.join("thesis.txt"), "years of work").unwrap();
    let output = ecotone(folder.path(), "run tiny.toml --out documents --force");
    assert_code(&output, 2);
    assert_has(&err(&output), "not written by Ecotone");
    assert_eq!(fs::read(documents.join("thesis.txt")).unwrap(), b"years of work");
}

#[test]
fn the_folder_of_the_scenario_is_never_replaced() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny.toml --out . --force");
    assert_code(&output, 2);
    assert_has(&err(&output), "lies in the folder");
    assert_eq!(fs::read_to_string(folder.path().join("tiny.toml")).unwrap(), TINY);
}

#[cfg(unix)]
#[test]
fn results_are_not_written_through_a_link() {
    let folder = folder();
    fs::create_dir(folder.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
    let output = ecotone(folder.path(), "run tiny.toml --out link");
    assert_code(&output, 2);
    assert_has(&err(&output), "is a link");
    assert!(names(&folder.path().join("real")).is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_made_is_a_failure_before_the_simulation() {
    let output = ecotone(folder().path(), "run tiny.toml --out /proc/ecotone/there");
    assert_code(&output, 1);
    assert_has(&err(&output), "cannot write");
    assert!(!err(&output).contains("simulated"));
}

#[test]
fn names_cannot_steer_the_terminal() {
    let folder = folder();
    let label = "name = \"alpha\"\nlabel = \"\\u001b[31mred\\u202e\"\n";
    let hostile = TINY.replace("name = \"alpha\"\n", label);
    fs::write(folder.path().join("hostile.toml"), hostile).unwrap();
    let output = ecotone(folder.path(), "check hostile.toml");
    let said = out(&output) + &err(&output);
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    assert!(matches!(output.status.code(), Some(0 | 2)), "accepted or refused, never a failure");
}

// signals

/// Starts a long run, waits for its first line so that the signal meets a simulation, signals, and returns
/// the exit code with all that was said.
#[cfg(unix)]
fn interrupted(folder: &Path, signal: &str) -> (Option<i32>, String, Value) {
    use std::io::{BufRead, BufReader, Read};
    let mut long = process("run tiny.toml --users 200000 --days 3000 --replications 20 --json");
    let mut run = long.current_dir(folder).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(run.stderr.take().unwrap());
    lines.read_line(&mut said).unwrap();
    let kill = std::process::Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap();
    assert!(kill.success());
    lines.read_to_string(&mut said).unwrap();
    let output = run.wait_with_output().unwrap();
    (output.status.code(), said, serde_json::from_slice(&output.stdout).unwrap())
}

#[cfg(unix)]
#[test]
fn the_first_signal_ends_in_order_and_writes_nothing() {
    for signal in ["-INT", "-TERM"] {
        let folder = folder();
        let (code, said, told) = interrupted(folder.path(), signal);
        assert_eq!(code, Some(130), "{signal}: {said}");
        assert_eq!(told["status"], "interrupted", "{signal}");
        for part in ["200,000 users", "finishing the current day", "nothing was written"] {
            assert_has(&said, part);
        }
        assert_eq!(names(folder.path()), ["tiny.toml"], "{signal}");
    }
}

/// Starts a command, waits until charts are drawn, so that the signal meets a simulation that has ended, signals,
/// and returns the exit code with all that was said.
#[cfg(unix)]
fn interrupted_while_drawing(folder: &Path, words: &str) -> (Option<i32>, String) {
    let mut running = process(words);
    let mut running = running.current_dir(folder).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let is_drawing = || {
        let mut partial = names(folder).into_iter().filter(|name| name.starts_with(".there.partial-"));
        partial.any(|name| folder.join(name).join("charts").is_dir())
    };
    while !is_drawing() {
        assert!(running.try_wait().unwrap().is_none(), "it ended before it drew");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let kill = std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = running.wait_with_output().unwrap();
    (output.status.code(), out(&output) + &err(&output))
}

#[cfg(unix)]
#[test]
fn a_signal_while_results_are_drawn_keeps_the_earlier_ones() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --out there -q"), 0);
    let earlier = files(&folder.path().join("there"));
    let (code, said) =
        interrupted_while_drawing(folder.path(), "run tiny.toml --out there --force --seed 12 --json");
    assert_eq!(code, Some(130), "{said}");
    for part in ["finishing the current day or file", "nothing was written", "\"status\": \"interrupted\""] {
        assert_has(&said, part);
    }
    assert_eq!(files(&folder.path().join("there")), earlier);
    assert_eq!(names(folder.path()), ["there", "tiny.toml"]);
}

#[cfg(unix)]
#[test]
fn a_signal_while_a_study_is_drawn_keeps_its_runs() {
    let folder = folder();
    let words = "sweep tiny.toml --vary choice.beta_s=0,1 --of share:beta --store runs --out there";
    let (code, said) = interrupted_while_drawing(folder.path(), words);
    assert_eq!(code, Some(130), "{said}");
    assert_has(&said, "nothing was written; every run is stored");
    assert_eq!(names(folder.path()), ["runs", "tiny.toml"]);
    let listed: Value =
        serde_json::from_slice(&ecotone(folder.path(), &format!("{words} --dry-run --json")).stdout).unwrap();
    let runs = listed["runs"].as_array().unwrap();
    assert!(runs.len() == 4 && runs.iter().all(|run| run["stored"] == true), "{listed}");
}

// words for people and programs

#[test]
fn check_says_whether_a_market_fits_this_machine() {
    let folder = folder();
    for words in ["check tiny.toml", "check tiny.toml --users 1000000000 --days 3000"] {
        let told: Value =
            serde_json::from_slice(&ecotone(folder.path(), &format!("{words} --json")).stdout).unwrap();
        let (needed, free) = (&told["memory_bytes"], &told["memory_available_bytes"]);
        let fits = free.as_u64().is_none_or(|free| needed.as_u64().unwrap() <= free);
        assert_eq!((&told["sound"], &told["fits_memory"]), (&true.into(), &fits.into()), "{told}");
        let output = ecotone(folder.path(), words);
        assert_code(&output, 0);
        assert_has(&out(&output), "scenario is sound");
        assert_eq!(out(&output).contains("too large for this machine"), !fits);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_named() {
    let folder = folder();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = process("check tiny.toml")
        .current_dir(folder.path())
        .stdout(full)
        .spawn()
        .unwrap()
        .wait_with_output();
    let output = output.unwrap();
    assert_code(&output, 1);
    assert_has(&err(&output), "cannot write to standard output");
}

#[test]
fn a_cause_is_told_once() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("market.toml")).unwrap();
    let output = ecotone(folder.path(), "init market.toml --force");
    assert_code(&output, 1);
    assert_eq!(err(&output).matches("os error").count(), 1, "{}", err(&output));
}

#[test]
fn init_names_the_folder_that_is_missing() {
    let folder = folder();
    let output = ecotone(folder.path(), "init nowhere/market.toml");
    assert_code(&output, 2);
    assert_has(&err(&output), "there is no folder nowhere");
    assert_has(&err(&output), "make the folder first");
    assert!(!folder.path().join("nowhere").exists());
}

#[test]
fn words_of_tables_and_equations_are_explained() {
    let folder = folder();
    for (name, part) in [
        ("multiplier", "ties double a change"),
        ("moat", "ecotone decompose"),
        ("mu_star", "of the table morris"),
        ("variance_ratio", "of the table effects"),
        ("bdw_c", "of the table member_fit"),
        ("incidence", "of the table home_causes"),
        ("E8", "V[i,j] = alpha[j]"),
    ] {
        let output = ecotone(folder.path(), &format!("explain {name}"));
        assert_code(&output, 0);
        assert_has(&out(&output), part);
    }
    let told = ecotone(folder.path(), "explain mu_star --json");
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["status"], &told["name"]), (&"explained".into(), &"mu_star".into()));
    let listed: Value = serde_json::from_slice(&ecotone(folder.path(), "explain --json").stdout).unwrap();
    assert!(listed["names"].as_array().unwrap().iter().any(|name| name["name"] == "choice.beta_s"));
    // Nothing is near: nothing is offered.
    let output = ecotone(folder.path(), "explain zzzz");
    assert_code(&output, 2);
    assert!(!err(&output).contains("did you mean"), "{}", err(&output));
}

#[test]
fn init_speaks_to_programs_and_can_be_silent() {
    let folder = folder();
    let told = ecotone(folder.path(), "init --template minimal --json");
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["status"], &told["file"]), (&"written".into(), &"minimal.toml".into()));
    assert_eq!(out(&ecotone(folder.path(), "init quiet.toml -q")), "");
    assert!(folder.path().join("quiet.toml").exists());
    let again = ecotone(folder.path(), "init quiet.toml --json");
    assert_code(&again, 2);
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["status"], "refused");
}

#[test]
fn a_sweep_of_what_changes_no_simulation_is_refused() {
    let folder = folder();
    for vary in ["name=one,two", "platforms.alpha.label=A,B", "run.confidence=0.9,0.95"] {
        let output = ecotone(folder.path(), &format!("sweep tiny.toml --vary {vary} --of share:alpha"));
        assert_code(&output, 2);
        assert_has(&err(&output), "changes no simulation");
    }
}

// precision

#[test]
fn a_precision_that_was_asked_for_is_answered_everywhere() {
    let folder = folder();
    let words = "run tiny.toml --until-halfwidth 0.02 --of share:alpha --out there --json";
    let output = ecotone(folder.path(), words);
    assert_code(&output, 0);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let precision = &told["precision"];
    assert_eq!((&precision["outcome"], &precision["is_reached"]), (&"share:alpha".into(), &true.into()));
    assert_eq!(precision["replications"], told["replications"]);
    let number = |name: &str| precision[name].as_f64().unwrap();
    assert!(number("half_width") <= 0.02 && number("wanted") == 0.02);
    // The interval is that of the table that the run wrote: the share of the last day.
    let text = fs::read_to_string(folder.path().join("there/tables/activity.csv")).unwrap();
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let head = rows.next().unwrap();
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let is_last = |row: &Vec<&str>| row[at("platform")] == "alpha" && row[at("audience")] == "everybody";
    let row = rows.rfind(is_last).unwrap();
    for (name, column) in [("mean", "share_home"), ("low", "share_home_low"), ("high", "share_home_high")] {
        let written: f64 = row[at(column)].parse().unwrap();
        assert!((written - number(name)).abs() < 1e-9, "{name}: {written} in the table, {}", number(name));
    }
    let manifest = fs::read_to_string(folder.path().join("there/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(&manifest["precision"], precision);
    let sentence = precision["sentence"].as_str().unwrap();
    assert!(manifest["answer"].as_str().unwrap().ends_with(sentence), "{manifest}");
    let page = fs::read_to_string(folder.path().join("there/report.html")).unwrap();
    assert_has(&page, "to either side, where 2.00 points were asked for.");
    // The recorded command gives the same again, and so does verify.
    let command = manifest["command"].as_str().unwrap().strip_prefix("ecotone ").unwrap().to_owned();
    assert_code(&ecotone(folder.path(), &format!("{command} --out again -q")), 0);
    assert_eq!(files(&folder.path().join("again")), files(&folder.path().join("there")));
    let output = ecotone(folder.path(), "verify there --json");
    assert_code(&output, 0);
    let verified: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&verified["status"], &verified["differences"]), (&"verified".into(), &Value::Array(vec![])));
}

#[test]
fn a_missed_precision_is_a_warning_for_the_quiet_as_well() {
    let folder = folder();
    let words = "run tiny.toml --until-halfwidth 1e-6 --of share:alpha --at-most 3 --out there -q";
    let output = ecotone(folder.path(), words);
    assert_code(&output, 0);
    assert_has(&err(&output), "not precise enough");
    let page = fs::read_to_string(folder.path().join("there/report.html")).unwrap();
    assert_has(&page, "known after 3 replications only to");
}

#[test]
fn an_outcome_without_a_width_is_refused_with_the_reason() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny.toml --of share:alpha");
    assert_code(&output, 2);
    for part in ["a run writes every measure", "--until-halfwidth"] {
        assert_has(&err(&output), part);
    }
}

// verify

#[test]
fn verify_finds_the_same_bytes() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --out there -q --users 350"), 0);
    let output = ecotone(folder.path(), "verify there");
    assert_code(&output, 0);
    assert_has(&out(&output), "verified");
}

#[test]
fn verify_names_every_file_that_differs() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --out there -q"), 0);
    let there = folder.path().join("there");
    let mut table = fs::read(there.join("tables/activity.csv")).unwrap();
    let last = table.len() - 2;
    table[last] ^= 1;
    fs::write(there.join("tables/activity.csv"), table).unwrap();
    fs::remove_file(there.join("report.html")).unwrap();
    fs::write(there.join("tables/extra.csv"), "").unwrap();
    let output = ecotone(folder.path(), "verify there");
    assert_code(&output, 4);
    let text = out(&output);
    assert_has(&text, "3 of ");
    assert_has(&text, &format!("tables/activity.csv: differs from byte {last} on"));
    assert_has(&text, "report.html: missing");
    assert_has(&text, "tables/extra.csv: a rerun does not write it");
}

/// A reader such as `head` may close the pipe before every difference is said; they differ all the same.
#[cfg(unix)]
#[test]
fn a_closed_pipe_does_not_make_a_mismatch_a_success() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --out there -q"), 0);
    fs::remove_file(folder.path().join("there/report.html")).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = process("verify there").current_dir(folder.path()).stdout(writer).output().unwrap();
    assert_code(&output, 4);
}

#[test]
fn verify_without_a_manifest_fails_and_names_it() {
    let output = ecotone(folder().path(), "verify nowhere");
    assert_code(&output, 1);
    assert_has(&err(&output), "manifest.json");
}

// init

#[test]
fn every_template_is_written_and_sound() {
    let folder = folder();
    for (name, _) in ecotone::scenario::templates::TEMPLATES {
        assert_code(&ecotone(folder.path(), &format!("init --template {name}")), 0);
        assert_code(&ecotone(folder.path(), &format!("check {name}.toml")), 0);
    }
}

#[test]
fn init_does_not_overwrite() {
    let folder = folder();
    let tiny = folder.path().join("tiny.toml");
    let refused = ecotone(folder.path(), "init tiny.toml");
    assert_code(&refused, 2);
    assert_has(&err(&refused), "--force");
    assert_eq!(fs::read_to_string(&tiny).unwrap(), TINY);
    assert_code(&ecotone(folder.path(), "init --force tiny.toml"), 0);
    assert_eq!(
        Some(fs::read_to_string(&tiny).unwrap().as_str()),
        ecotone::scenario::templates::template("duopoly")
    );
}

#[test]
fn init_knows_its_templates() {
    let folder = folder();
    let list = ecotone(folder.path(), "init --list");
    assert_code(&list, 0);
    assert_has(&out(&list), "duopoly");
    let unknown = ecotone(folder.path(), "init --template duoploy");
    assert_code(&unknown, 2);
    assert_has(&err(&unknown), "did you mean `duopoly`");
    assert_eq!(names(folder.path()), ["tiny.toml"]);
}

// explain, schema, completions, man, help

#[test]
fn explain_lists_everything_by_section() {
    let output = ecotone(folder().path(), "explain");
    assert_code(&output, 0);
    for part in ["settings", "choice.beta_s", "terms of the utility", "phases of a day", "measures"] {
        assert_has(&out(&output), part);
    }
}

#[test]
fn settings_terms_phases_and_measures_are_explained() {
    use ecotone::{dynamics::PHASES, equations::utility::TERMS, measure::MEASURES};
    let folder = folder();
    let listed = [TERMS[0].name, PHASES[0].name, MEASURES[0].name, "beta_s", "platforms.x.premium.price"];
    for name in listed {
        let mut command = Command::cargo_bin("ecotone").unwrap();
        let output = command.current_dir(folder.path()).args(["explain", name]).output().unwrap();
        assert_code(&output, 0);
        assert_has(&out(&output), name.rsplit('.').next().unwrap());
    }
}

#[test]
fn explain_offers_the_nearest_name() {
    let output = ecotone(folder().path(), "explain choice.beta_ss");
    assert_code(&output, 2);
    assert_has(&err(&output), "choice.beta_s");
}

#[test]
fn the_schema_is_json() {
    let output = ecotone(folder().path(), "schema");
    assert_code(&output, 0);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn shells_and_manuals_are_served() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = ecotone(folder.path(), &format!("completions {shell}"));
        assert_code(&output, 0);
        assert_has(&out(&output), "replications");
    }
    assert_has(&out(&ecotone(folder.path(), "man")), ".TH");
    assert_has(&out(&ecotone(folder.path(), "man run")), "replications");
    assert_code(&ecotone(folder.path(), "man rum"), 2);
}

#[test]
fn help_teaches_by_example() {
    let folder = folder();
    assert_has(&out(&ecotone(folder.path(), "--help")), "ecotone init");
    for verb in [
        "check",
        "run",
        "compare",
        "sweep",
        "sensitivity",
        "decompose",
        "calibrate",
        "fan",
        "init",
        "explain",
        "guide",
        "schema",
        "verify",
        "report",
        "completions",
        "man",
    ] {
        assert_has(&out(&ecotone(folder.path(), &format!("man {verb}"))), ".TH");
        assert_has(&out(&ecotone(folder.path(), "completions bash")), verb);
        let output = ecotone(folder.path(), &format!("{verb} --help"));
        assert_code(&output, 0);
        assert_has(&out(&output), &format!("Examples:\n  ecotone {verb}"));
    }
}

#[test]
fn the_version_is_the_crates() {
    let output = ecotone(folder().path(), "--version");
    assert_code(&output, 0);
    assert_eq!(out(&output), format!("ecotone {}\n", env!("CARGO_PKG_VERSION")));
}

/// A reader such as `head` may close the pipe before everything is said.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_not_an_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = process("explain").stdout(writer).output().unwrap();
    assert_code(&output, 0);
    assert_eq!(err(&output), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = process("explain").stdout(full).output().unwrap();
    assert_code(&output, 1);
    assert_has(&err(&output), "error");
}

#[test]
fn force_never_costs_anybody_their_own_files() {
    let folder = folder();
    assert_code(&ecotone(folder.path(), "run tiny.toml --out out"), 0);
    fs::write(folder.path().join("out/tables/my notes.txt"), "years of work").unwrap();
    let before = files(&folder.path().join("out"));
    let output = ecotone(folder.path(), "run tiny.toml --out out --force --seed 5");
    assert_code(&output, 2);
    assert_has(&err(&output), "tables/my notes.txt");
    assert_eq!(files(&folder.path().join("out")), before);
    fs::remove_file(folder.path().join("out/tables/my notes.txt")).unwrap();
    assert_code(&ecotone(folder.path(), "run tiny.toml --out out --force --seed 5"), 0);
}

#[test]
fn explain_finds_columns_and_words_of_reports() {
    let folder = folder();
    for (word, table) in [
        ("mau", "activity"),
        ("paid_ratio", "activity"),
        ("arppu", "money"),
        ("payers", "money"),
        ("lapsed", "home_causes"),
    ] {
        let output = ecotone(folder.path(), &format!("explain {word}"));
        assert_code(&output, 0);
        assert_has(&out(&output), &format!("{word}, of the table {table}"));
    }
}

#[test]
fn a_file_without_its_ending_is_guessed() {
    let folder = folder();
    let output = ecotone(folder.path(), "run tiny");
    assert_code(&output, 2);
    assert_has(&err(&output), "did you mean tiny.toml?");
}

#[test]
fn letters_that_pictures_cannot_show_and_few_users_are_warned_of() {
    let folder = folder();
    let labelled = |label: &str| {
        let text = TINY.replace("name = \"alpha\"", &format!("name = \"alpha\"\nlabel = \"{label}\""));
        fs::write(folder.path().join("tiny.toml"), text).unwrap();
        out(&ecotone(folder.path(), "check tiny.toml"))
    };
    assert!(!labelled("网易云音乐").contains("Latin label"));
    let said = labelled("عود");
    assert_has(&said, "عود");
    assert_has(&said, "Latin label");
    assert_has(&said, "fewer than 1,000 simulated users");
}
