//! Promise: the main job, NetEase Cloud Music against Tencent Music, runs as shipped, sets itself beside the
//! published figures, and says of every number where it comes from.

use std::path::Path;

use ecotone::engine::guard::tipping;
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::scenario::{Bound, Role, Scenario, Target, TargetMeasure};
use ecotone::study::replicate::replicate;

const TEXT: &str = include_str!("../scenarios/netease_vs_tencent.toml");

/// The published figures as listed, with their identifiers: million people, ratios, CNY a month. T007 is
/// published as "above .30".
const PUBLISHED: [(&str, &str, TargetMeasure, f64); 37] = [
    ("T058", "netease", TargetMeasure::Mau, 182.6),
    ("T071", "netease", TargetMeasure::Mau, 189.4),
    ("T075", "netease", TargetMeasure::Mau, 206.7),
    ("T078", "netease", TargetMeasure::Mau, 206.0),
    ("T059", "netease", TargetMeasure::Payers, 28.9),
    ("T072", "netease", TargetMeasure::Payers, 38.3),
    ("T076", "netease", TargetMeasure::Payers, 41.75),
    ("T039", "netease", TargetMeasure::Payers, 44.12),
    ("T209", "netease", TargetMeasure::PaidRatio, 0.1583),
    ("T210", "netease", TargetMeasure::PaidRatio, 0.2022),
    ("T080", "netease", TargetMeasure::PaidRatio, 0.214),
    ("T060", "netease", TargetMeasure::Arppu, 6.7),
    ("T077", "netease", TargetMeasure::Arppu, 6.8),
    ("T079", "netease", TargetMeasure::Arppu, 6.9),
    ("T007", "netease", TargetMeasure::Stickiness, 0.30),
    ("T111", "tencent", TargetMeasure::Mau, 615.0),
    ("T114", "tencent", TargetMeasure::Mau, 615.0),
    ("T118", "tencent", TargetMeasure::Mau, 567.0),
    ("T125", "tencent", TargetMeasure::Mau, 594.0),
    ("T129", "tencent", TargetMeasure::Mau, 576.0),
    ("T112", "tencent", TargetMeasure::Payers, 60.9),
    ("T115", "tencent", TargetMeasure::Payers, 76.2),
    ("T119", "tencent", TargetMeasure::Payers, 88.5),
    ("T122", "tencent", TargetMeasure::Payers, 94.4),
    ("T126", "tencent", TargetMeasure::Payers, 99.4),
    ("T130", "tencent", TargetMeasure::Payers, 106.7),
    ("T113", "tencent", TargetMeasure::PaidRatio, 0.099),
    ("T116", "tencent", TargetMeasure::PaidRatio, 0.124),
    ("T120", "tencent", TargetMeasure::PaidRatio, 0.156),
    ("T123", "tencent", TargetMeasure::PaidRatio, 0.159),
    ("T127", "tencent", TargetMeasure::PaidRatio, 0.167),
    ("T131", "tencent", TargetMeasure::PaidRatio, 0.185),
    ("T117", "tencent", TargetMeasure::Arppu, 8.5),
    ("T121", "tencent", TargetMeasure::Arppu, 8.9),
    ("T124", "tencent", TargetMeasure::Arppu, 9.2),
    ("T128", "tencent", TargetMeasure::Arppu, 9.7),
    ("T132", "tencent", TargetMeasure::Arppu, 10.7),
];

/// Figures of 2023 or later, and those that are not verified: nothing may be fitted to them.
const HELD_BACK: [&str; 20] = [
    "T007", "T009", "T039", "T075", "T076", "T077", "T078", "T079", "T080", "T122", "T123", "T124", "T125",
    "T126", "T127", "T128", "T129", "T130", "T131", "T132",
];

fn scenario(patches: &[(&str, &str)]) -> Scenario {
    let mut document = Document::parse(TEXT, "netease_vs_tencent.toml", Path::new("scenarios"));
    let patches: Vec<Patch> =
        patches.iter().map(|(path, value)| Patch::new(path, value, "the test")).collect();
    document.apply(&patches);
    check(&document).unwrap_or_else(|faults| panic!("{}", faults[0])).scenario
}

/// Identifiers such as `T045` in a text.
fn identifiers(text: &str) -> Vec<&str> {
    let is_one = |word: &&str| {
        word.len() == 4 && word.starts_with('T') && word[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(is_one).collect()
}

/// Setting and comment of a line, split at the first `#` outside quotes.
fn parts(line: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '#' if !quoted => return (&line[..at], &line[at + 1..]),
            _ => {}
        }
    }
    (line, "")
}

/// Whether a setting holds a number outside its quotes and its key.
fn is_numeric(setting: &str) -> bool {
    let value = setting.split_once('=').map_or("", |(_, value)| value);
    value.split('"').step_by(2).any(|text| text.bytes().any(|byte| byte.is_ascii_digit()))
}

#[test]
fn the_main_job_is_sound_and_does_not_tip() {
    let checked = check(&Document::parse(TEXT, "netease_vs_tencent.toml", Path::new("scenarios"))).unwrap();
    assert_eq!(checked.warnings, Vec::<String>::new());
    let scenario = checked.scenario;
    assert_eq!((scenario.market.users, scenario.run.replications), (200_000, 10));
    assert_eq!((scenario.market.start.as_str(), scenario.market.days), ("2021-01-01", 1095));
    assert!(!scenario.run.allow_tipping);
    let tipping = tipping(&scenario);
    assert!(!tipping.tips, "{}", tipping.text);
}

#[test]
fn the_main_job_simulates_every_published_figure_of_its_days() {
    let small = [("market.users", "4000"), ("market.end", "\"2022-02-04\""), ("run.replications", "2")];
    let scenario = scenario(&small);
    assert_eq!(scenario.market.days, 400);
    let tables = replicate(&scenario, &|_, _| true).expect("a finished study");
    let table = tables.iter().find(|table| table.name == "targets").expect("targets are measured");
    // 2021, its first and last quarter, and the part of 2022 inside the run.
    let expected = "T058 T071 T059 T072 T209 T210 T060 T111 T114 T112 T115 T113 T116 T117";
    let found: Vec<&str> = (0..table.rows()).map(|row| &table.word("source", row)[..4]).collect();
    assert_eq!(found.join(" "), expected);
    for (row, &simulated) in table.numbers("simulated").iter().enumerate() {
        assert!(simulated.is_finite() && simulated > 0.0, "{}: {simulated}", found[row]);
    }
}

#[test]
fn every_published_figure_is_the_listed_one() {
    let scenario = scenario(&[]);
    let found = |target: &Target| {
        let people = matches!(target.measure, TargetMeasure::Mau | TargetMeasure::Payers);
        (
            target.source[..4].to_owned(),
            scenario.platforms[target.platform].name.clone(),
            target.measure,
            target.value / if people { 1e6 } else { 1.0 },
        )
    };
    let found: Vec<_> = scenario.targets.iter().map(found).collect();
    let listed = PUBLISHED
        .map(|(identifier, platform, measure, value)| (identifier.into(), platform.into(), measure, value));
    assert_eq!(found, listed);
}

#[test]
fn every_number_says_where_it_comes_from() {
    let mut numeric = 0;
    for (number, line) in TEXT.lines().enumerate() {
        let (setting, comment) = parts(line);
        if !is_numeric(setting) {
            continue;
        }
        let said = ["assumption", "fitted", "definition"].iter().any(|word| comment.contains(word));
        assert!(said || !identifiers(comment).is_empty(), "line {}: {line}", number + 1);
        numeric += 1;
    }
    assert!(numeric > 100, "only {numeric} numbers were found");
}

#[test]
fn nothing_is_fitted_to_2023() {
    let mut fitted = 0;
    for line in TEXT.lines() {
        let comment = parts(line).1;
        if let Some(at) = comment.find("fitted to ").filter(|_| is_numeric(parts(line).0)) {
            let cited = identifiers(&comment[at..]);
            assert!(!cited.is_empty(), "{line}");
            assert!(cited.iter().all(|cited| !HELD_BACK.contains(cited)), "{line}");
            fitted += 1;
        }
    }
    assert_eq!(fitted, 8);
}

#[test]
fn every_published_figure_says_what_was_done_with_it() {
    for target in &scenario(&[]).targets {
        let cited = &target.source[..4];
        let role = match target.measure {
            TargetMeasure::Arppu => Role::Given,
            // q0_mean was chosen to lie above it.
            _ if cited == "T007" => Role::Fitted,
            _ if HELD_BACK.contains(&cited) => Role::Predicted,
            _ => Role::Fitted,
        };
        assert_eq!(target.role, role, "{cited}");
        let bound = if cited == "T007" { Bound::AtLeast } else { Bound::Value };
        assert_eq!(target.bound, bound, "{cited}");
    }
}

/// The mean of ten times .1583 is not .1583: the report finds a figure's role all the same.
#[test]
fn every_figure_keeps_its_role_in_the_report() {
    let mut document = Document::parse(TEXT, "netease_vs_tencent.toml", Path::new("scenarios"));
    document.apply(&[
        Patch::new("market.users", "2000", "test"),
        Patch::new("run.replications", "10", "test"),
        Patch::new("users.types", "64", "test"),
    ]);
    let checked = check(&document).expect("a sound scenario");
    let tables = replicate(&checked.scenario, &|_, _| true).expect("not stopped");
    let story = ecotone::report::Story {
        scenario: &checked.scenario,
        resolved: &checked.resolved,
        remarks: &checked.remarks,
        tables: &tables,
        warnings: &[],
        version: "",
        digest: "",
        command: "",
        precision: &serde_json::Value::Null,
    };
    let table = tables.iter().find(|table| table.name == "targets").expect("the table of targets");
    for (row, target) in checked.scenario.targets.iter().enumerate() {
        let told = ecotone::report::findings::published_as(&story, table, row);
        assert_eq!(told, (target.bound, target.role), "row {row}");
    }
}
