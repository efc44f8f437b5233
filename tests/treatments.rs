//! Promise: a scenario file that declares treatments holds a control and sides that differ from it exactly as said.

use std::fs;
use std::path::Path;

use ecotone::scenario::Scenario;
use ecotone::scenario::check::check;
use ecotone::scenario::document::Document;
use ecotone::scenario::fault::Fault;

use crate::study_market::{MARKET, Row, ends, folder, number, row, rows};

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

/// The market of above, and both of its treatments together, set against the control and against the second.
fn crossed() -> String {
    let both = r#"
[[treatments]]
name = "both"
against = ["control", "dear"]
without = ["renewal"]
set = { "platforms.beta.premium.price" = 30, "choice.portability" = 1.0 }
"#;
    treated(both).replace("treatments = [\"loss\"]", "treatments = [\"loss\", \"both\"]")
}

#[test]
fn faults_of_what_a_treatment_is_set_against_are_told() {
    let mut names = 0;
    let mut said = |against: &str| {
        names += 1;
        let text = treated(&format!("[[treatments]]\nname = \"last\"\nagainst = {against}\n"));
        match side(&text, None) {
            Ok(_) => String::new(),
            Err(faults) => faults.iter().map(|fault| fault.to_string()).collect::<Vec<_>>().join("\n"),
        }
    };
    for sound in ["\"loss\"", "[\"control\", \"dear\"]", "\"control\""] {
        assert_eq!(said(sound), "", "{sound}");
    }
    for (against, rule, remedy) in [
        (
            "\"los\"",
            "treatments[3].against: names no treatment",
            "did you mean `loss`? known: loss, dear, control",
        ),
        ("\"last\"", "treatments[3].against: is the treatment itself", "name another treatment above it"),
        ("[\"loss\", \"loss\"]", "treatments[3].against: is named twice", "name it once"),
        ("[]", "treatments[3].against: names nothing", "differences from the control"),
        ("3", "treatments[3].against: names no treatment", "known: loss, dear, control"),
    ] {
        let said = said(against);
        assert!(said.contains(rule) && said.contains(remedy), "{against}: {said}");
    }
    // Whoever names a later treatment could name it in a circle.
    let text = treated("").replace("without = [\"renewal\"]", "against = \"dear\"");
    let faults = side(&text, None).expect_err("a fault");
    assert!(faults[0].headline().ends_with("treatments[1].against: stands further down"), "{}", faults[0]);
    assert_eq!(faults[0].remedy, "move `dear` above this treatment");
    let text = treated("[[treatments]]\nname = \"last\"\nlabel = \"dear\"\n");
    let faults = side(&text, None).expect_err("a fault");
    assert!(faults[0].headline().ends_with("treatments[3].label: this label is taken"), "{}", faults[0]);
}

/// The 97.5 % point of Student's t with two degrees of freedom, in closed form: (2 p - 1) / sqrt(2 p (1 - p)).
fn critical() -> f64 {
    0.95 / (2.0_f64 * 0.975 * 0.025).sqrt()
}

/// Mean and half width of the 95 % interval of three values, and their variance.
fn three(values: [f64; 3]) -> [f64; 3] {
    let mean = values.iter().sum::<f64>() / 3.0;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / 2.0;
    [mean, critical() * (variance / 3.0).sqrt(), variance]
}

#[track_caller]
fn is_interval(found: &Row, column: &str, [mean, half, _]: [f64; 3]) {
    for (end, expected) in [("", mean), ("_low", mean - half), ("_high", mean + half)] {
        let found = number(found, &format!("{column}{end}"));
        assert!((found - expected).abs() < 1e-12, "{column}{end} is {found}, expected {expected}");
    }
}

#[test]
fn effects_against_another_treatment_are_differences_from_its_runs() {
    let folder = folder();
    fs::write(folder.path().join("crossed.toml"), crossed()).expect("written");
    let (said, _) = ends(0, folder.path(), "compare crossed.toml --out all -q");
    assert!(said.contains("both, against dear"), "{said}");
    let all = folder.path().join("all");
    let results = rows(&all, "results");
    let values = |trial: &str| {
        ["0", "1", "2"].map(|replication| {
            number(row(&results, &[("trial", trial), ("replication", replication)]), "value")
        })
    };
    let less = |with: [f64; 3], without: [f64; 3]| [0, 1, 2].map(|at| with[at] - without[at]);
    let (loss, dear) = ("The catalogue is lost", "dear");
    let contrasts = [(loss, "control"), (dear, "control"), ("both", "control"), ("both", dear)];
    let (effects, curves) = (rows(&all, "effects"), rows(&all, "effect_curves"));
    let since = rows(&all, "difference_in_differences");
    assert_eq!(effects.len(), contrasts.len());
    for (row_of, (treatment, against)) in effects.iter().zip(contrasts) {
        assert_eq!((row_of["treatment"].as_str(), row_of["against"].as_str()), (treatment, against));
        let (with, without) = (values(treatment), values(against));
        let difference = three(less(with, without));
        is_interval(row_of, "effect", difference);
        is_interval(row_of, "control", three(without));
        is_interval(row_of, "treated", three(with));
        let gain = (three(with)[2] + three(without)[2]) / difference[2];
        assert!((number(row_of, "variance_ratio") / gain - 1.0).abs() < 1e-9, "{treatment}, {against}");
        let wanted =
            [("treatment", treatment), ("against", against), ("curve", "share"), ("platform", "beta")];
        let last = [&wanted[..], &[("x", "59")]].concat();
        is_interval(row(&curves, &last), "effect", difference);
        row(&since, &wanted);
    }
    let interactions = rows(&all, "interactions");
    assert_eq!(interactions.len(), 1);
    let found = row(&interactions, &[("treatment", loss), ("condition", dear), ("outcome", "share:beta")]);
    let (alone, under) = (less(values(loss), values("control")), less(values("both"), values(dear)));
    is_interval(found, "interaction", three(less(under, alone)));
    assert!((number(found, "effect_alone") - three(alone)[0]).abs() < 1e-12);
    assert!((number(found, "effect_under_condition") - three(under)[0]).abs() < 1e-12);
    let page = fs::read_to_string(all.join("report.html")).expect("a page");
    assert!(page.contains("both, against dear") && page.contains("Interactions"), "the page tells neither");
}

#[test]
fn one_treatment_brings_what_it_is_set_against() {
    let folder = folder();
    fs::write(folder.path().join("crossed.toml"), crossed()).expect("written");
    let words = "compare crossed.toml --treatment both --set market.population=2e6 --both run.replications=2 --out one -q";
    ends(0, folder.path(), words);
    let found: Vec<[String; 2]> = rows(&folder.path().join("one"), "effects")
        .iter()
        .map(|row| ["treatment", "against"].map(|column| row[column].clone()))
        .collect();
    assert_eq!(found, [["dear", "control"], ["both", "control"], ["both", "dear"]]);
    let manifest = fs::read_to_string(folder.path().join("one/manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    let study = &manifest["settings"]["study"];
    assert_eq!(study["design"]["treatment_against"], serde_json::json!([["both", "dear"]]));
    let changes = |trial: usize| study["trials"][trial]["changes"].to_string();
    assert!(changes(2).contains("population") && !changes(1).contains("population"), "{study}");
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
    assert!(
        !fs::read_to_string(folder.path().join("all/report.html")).unwrap().contains("the same in every")
    );
    ends(0, folder.path(), "run treated.toml --treatment loss --out one -q");
    let page = fs::read_to_string(folder.path().join("one/report.html")).expect("a page");
    assert!(page.contains("market: The catalogue is lost</h1>"), "the page does not say whose run it is");
    ends(0, folder.path(), "verify one");
    let (said, _) = ends(0, folder.path(), "check treated.toml");
    assert!(said.contains("2 beside this control"), "{said}");
    ends(2, folder.path(), "run treated.toml --treatment los --out none -q");
    let wrong = treated("[[treatments]]\nname = \"tied\"\nset = { \"choice.portability\" = 7 }\n");
    fs::write(folder.path().join("wrong.toml"), wrong).expect("written");
    ends(2, folder.path(), "check wrong.toml");
}
