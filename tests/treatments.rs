//! Promise: a scenario file that declares treatments holds a control and sides that differ from it exactly as said.

use std::fs;
use std::path::Path;

use ecotone::scenario::Scenario;
use ecotone::scenario::check::check;
use ecotone::scenario::document::Document;
use ecotone::scenario::fault::Fault;

use crate::study_market::{MARKET, ends, folder, rows};

/// The market with a renewal in the control, a loss in one treatment, and another price in the second.
const TREATED: &str = r#"
[[events]]
kind = "licence"
day = 30
label = "renewal"
platform = "beta"
holder = "majors"
share = 0.6

[[events]]
kind = "licence"
day = 40
label = "loss"
platform = "beta"
holder = "majors"
share = 0.1
treatments = ["loss"]

[[treatments]]
name = "loss"
label = "The catalogue is lost"
without = ["renewal"]

[[treatments]]
name = "dear"
set = { "platforms.beta.premium.price" = 30, "choice.portability" = 1.0 }
"#;

fn side(text: &str, treatment: Option<&str>) -> Result<Scenario, Vec<Fault>> {
    let mut document = Document::parse(text, "market.toml", Path::new("."));
    if treatment.is_some() {
        document.treat(treatment);
    }
    check(&document).map(|checked| checked.scenario)
}

fn treated(more: &str) -> String {
    format!("outcomes = [\"share:beta\"]\n{MARKET}{TREATED}{more}")
}

fn labels(scenario: &Scenario) -> Vec<&str> {
    scenario.events.iter().map(|event| event.label.as_str()).collect()
}

#[test]
fn the_control_is_the_file_without_treatments() {
    let control = side(&treated(""), None).expect("sound");
    assert_eq!(labels(&control), ["Licences lost", "renewal"]);
    let mut bare = side(MARKET, None).expect("sound");
    bare.events.clone_from(&control.events);
    assert_eq!(control, bare);
}

#[test]
fn treatments_differ_from_the_control_as_said() {
    let control = side(&treated(""), None).expect("sound");
    let loss = side(&treated(""), Some("loss")).expect("sound");
    assert_eq!(labels(&loss), ["Licences lost", "loss"]);
    let mut same = loss.clone();
    same.events.clone_from(&control.events);
    assert_eq!(same, control, "nothing but events differs");
    let dear = side(&treated(""), Some("dear")).expect("sound");
    assert_eq!(labels(&dear), labels(&control));
    assert_eq!(dear.platforms[1].premium.as_ref().map(|plan| plan.price), Some(30.0));
    assert_eq!(dear.choice.portability, 1.0);
}

#[test]
fn faults_of_treatments_are_told_where_they_stand() {
    let headlines = |text: &str, treatment| -> Vec<String> {
        side(text, treatment).expect_err("faults").iter().map(Fault::headline).collect()
    };
    let wrong = "[[treatments]]\nname = \"loss\"\nwithout = [\"renewl\"]\nsett = 1\n";
    let text = treated(wrong);
    let line = text.lines().count();
    assert_eq!(
        headlines(&text, None),
        [
            format!("market.toml:{}:1: treatments[3]: this name is taken", line - 3),
            format!("market.toml:{line}:1: treatments[3].sett: unknown setting"),
            format!("market.toml:{}:12: treatments[3].without: no event has this label", line - 1),
        ]
    );
    let wrong = "[[treatments]]\nname = \"tied\"\nset = { \"choice.portability\" = 7 }\n";
    let text = treated(wrong);
    assert!(side(&text, None).is_ok(), "only the treatment is wrong");
    let found = headlines(&text, Some("tied"));
    let line = text.lines().count();
    assert_eq!(found, [format!("market.toml:{line}:32: choice.portability = 7: must be in 0..=1 (share)")]);
    let found = headlines(&treated(""), Some("los"));
    assert_eq!(found, ["--treatment los: the file declares no such treatment"]);
}

#[test]
fn one_command_compares_the_control_with_every_treatment() {
    let folder = folder();
    fs::write(folder.path().join("treated.toml"), treated("")).expect("written");
    ends(0, folder.path(), "compare treated.toml --out all -q");
    let effects = rows(&folder.path().join("all"), "effects");
    let found: Vec<&str> = effects.iter().map(|row| row["treatment"].as_str()).collect();
    assert_eq!(found, ["The catalogue is lost", "dear"]);
    assert!(effects.iter().all(|row| row["outcome"] == "share:beta"));
    assert!(effects.iter().all(|row| row["effect"] != "0"), "a treatment does nothing: {effects:?}");
    ends(0, folder.path(), "run treated.toml --treatment loss --out one -q");
    ends(2, folder.path(), "run treated.toml --treatment los --out none -q");
    let wrong = treated("[[treatments]]\nname = \"tied\"\nset = { \"choice.portability\" = 7 }\n");
    fs::write(folder.path().join("wrong.toml"), wrong).expect("written");
    ends(2, folder.path(), "check wrong.toml");
}
