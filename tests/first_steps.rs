//! Promise: the first ten minutes teach: whatever a newcomer types, the answer says what to do next.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Exit code, standard output and standard error.
fn say(folder: &Path, words: &str) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("ecotone").unwrap();
    let output = command.current_dir(folder).args(words.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}

#[test]
fn the_program_alone_says_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = say(folder.path(), "");
    assert_eq!(code, Some(0));
    assert_has(&out, &["ecotone init", "ecotone guide"]);
    assert_has(&say(folder.path(), "init").1, &["next: ecotone check duopoly.toml"]);
    let (_, out, _) = say(folder.path(), "");
    assert_has(&out, &["ecotone run duopoly.toml"]);
    assert!(!out.contains("ecotone init"), "a scenario is there already");
}

#[test]
fn a_missing_file_is_answered_with_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = say(folder.path(), "run market.toml");
    assert_eq!(code, Some(2));
    assert_has(&err, &["market.toml: there is no such file", "ecotone init writes a scenario"]);
    say(folder.path(), "init");
    assert_has(&say(folder.path(), "check duoploy.toml").2, &["did you mean duopoly.toml?"]);
    assert_has(&say(folder.path(), "check duopoly").2, &["did you mean duopoly.toml?"]);
    assert_has(&say(folder.path(), "check zzz.toml").2, &["scenarios that are there: duopoly.toml"]);
    assert_has(&say(folder.path(), "check .").2, &["is a folder, not a scenario", "duopoly.toml"]);
    assert_has(&say(folder.path(), "check minimal").2, &["ecotone init --template minimal"]);
}

#[test]
fn a_study_is_told_from_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    say(folder.path(), "init");
    let study =
        "schema = 1\nstudy = \"compare\"\nscenario = \"duopoly.toml\"\nset = { \"choice.beta_s\" = 0 }\n";
    fs::write(folder.path().join("asked.toml"), study).unwrap();
    let (code, _, err) = say(folder.path(), "run asked.toml");
    assert_eq!(code, Some(2));
    assert_has(&err, &["is a study, not a scenario", "ecotone study asked.toml"]);
    assert_has(&say(folder.path(), "study duopoly.toml").2, &["this is a scenario: ecotone run"]);
}

#[test]
fn a_mistyped_verb_or_option_is_answered_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = say(folder.path(), "rnu");
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert_has(&err, &["did you mean `run`?"]);
    assert_has(&say(folder.path(), "run x.toml --replicatoins 3").2, &["--replications"]);
    fs::write(folder.path().join("x.toml"), "").unwrap();
    assert_has(&say(folder.path(), "x.toml").2, &["ecotone run x.toml simulates a scenario"]);
}

#[test]
fn explanations_lead_on() {
    let folder = tempfile::tempdir().unwrap();
    assert_has(&say(folder.path(), "explain licence").1, &["licence, a kind of event", "holder", "until"]);
    assert_has(&say(folder.path(), "explain beta_s").1, &["See also", "ties"]);
    assert_has(&say(folder.path(), "explain ties").1, &["See also", "choice.beta_s"]);
    assert_has(&say(folder.path(), "explain copy_lag_days").1, &["See also", "feature"]);
    let (code, _, err) = say(folder.path(), "explain home_survivl");
    assert_eq!(code, Some(2));
    assert_has(&err, &["home_survival"]);
}

#[test]
fn the_handbook_is_a_page_and_its_chapters_are_text() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = say(folder.path(), "guide");
    assert_eq!(code, Some(0));
    assert_has(&out, &["output/guide.html"]);
    let page = fs::read_to_string(folder.path().join("output/guide.html")).unwrap();
    for anchor in ["tutorial", "settings", "commands", "exit_codes", "model", "price_war"] {
        assert_has(&page, &[&format!("<article id=\"{anchor}\">")]);
    }
    // Written again over itself, but over nobody else's file.
    assert_eq!(say(folder.path(), "guide").0, Some(0));
    fs::write(folder.path().join("mine.html"), "years of work").unwrap();
    let (code, _, err) = say(folder.path(), "guide --out mine.html");
    assert_eq!(code, Some(2));
    assert_has(&err, &["was not written by Ecotone", "--force"]);
    assert_eq!(fs::read_to_string(folder.path().join("mine.html")).unwrap(), "years of work");

    assert_has(&say(folder.path(), "guide tutorial").1, &["A first answer", "ecotone init"]);
    assert_has(&say(folder.path(), "guide calibrate").1, &["Calibrate to published figures"]);
    assert_has(&say(folder.path(), "guide exit_codes").1, &["130", "Stopped by the user"]);
    assert_has(&say(folder.path(), "guide --list").1, &["Tutorial", "price_war", "settings"]);
    let (code, _, err) = say(folder.path(), "guide tutoral");
    assert_eq!(code, Some(2));
    assert_has(&err, &["did you mean tutorial?", "ecotone guide --list"]);
}

#[test]
fn a_result_drawn_in_another_look_is_told_from_a_changed_one() {
    let folder = tempfile::tempdir().unwrap();
    say(folder.path(), "init --template minimal");
    say(folder.path(), "run minimal.toml --users 300 --days 40 --replications 2 --out there");
    say(folder.path(), "report there --theme dark --format svg --only share");
    let (code, out, _) = say(folder.path(), "verify there");
    assert_eq!(code, Some(4));
    assert_has(&out, &["every table is the same", "ecotone report there"]);
}
