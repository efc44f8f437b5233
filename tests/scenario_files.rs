//! The reference manual, the templates and the schema say what the table of settings says.

use std::path::Path;

use ecotone::scenario::check::{Checked, check};
use ecotone::scenario::document::{Document, Node};
use ecotone::scenario::fault::Fault;
use ecotone::scenario::settings::{Default, SECTIONS, SETTINGS, comment, find};
use ecotone::scenario::{Effect, schema, templates};

fn load(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    Document::load(&path).expect("a readable file")
}

fn checked(document: &Document) -> Checked {
    check(document).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// Paths of a tree, with `[]` for the elements of lists of tables.
fn paths(node: &Node, path: &str, found: &mut Vec<String>) {
    for entry in node.entries() {
        let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        found.push(path.clone());
        paths(&entry.node, &path, found);
        for element in entry.node.elements() {
            paths(element, &format!("{path}[]"), found);
        }
    }
}

#[test]
fn everything_holds_every_setting() {
    let mut found = Vec::new();
    paths(&load("everything.toml").tree, "", &mut found);
    let missing: Vec<&str> = SETTINGS
        .iter()
        .map(|setting| setting.path)
        .filter(|path| *path != "market.end" && !found.iter().any(|known| known == path))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn everything_holds_every_kind_of_event() {
    let scenario = checked(&load("everything.toml")).scenario;
    let mut kinds = [0; 12];
    for event in &scenario.events {
        let kind = match event.effect {
            Effect::Licence { .. } => 0,
            Effect::Sublicence { .. } => 1,
            Effect::ExclusivityBan { .. } => 2,
            Effect::Feature { .. } => 3,
            Effect::Price { .. } => 4,
            Effect::Campaign { .. } => 5,
            Effect::Entry { .. } => 6,
            Effect::Exit { .. } => 7,
            Effect::Portability { .. } => 8,
            Effect::Partnership { .. } => 9,
            Effect::OriginalsProgramme { .. } => 10,
            Effect::KolSigning { .. } => 11,
        };
        kinds[kind] += 1;
    }
    assert!(kinds.iter().all(|&count| count > 0), "{kinds:?}");
    assert!(scenario.events.is_sorted_by_key(|event| event.day));
    assert_eq!((scenario.platforms.len(), scenario.genres.len(), scenario.rights_holders.len()), (3, 3, 4));
    assert!(!scenario.audiences.is_empty() && !scenario.targets.is_empty());
}

/// The manual's comments carry the table's unit, values, default and source word by word.
#[test]
fn comments_of_everything_say_what_the_table_says() {
    let text = load("everything.toml").text;
    let missing: Vec<String> =
        SETTINGS.iter().map(comment).filter(|comment| !text.contains(comment.as_str())).collect();
    assert!(missing.is_empty(), "not in everything.toml:\n{}", missing.join("\n"));
}

#[test]
fn resolved_documents_check_to_the_same_scenario() {
    let mut documents: Vec<Document> = ["everything.toml", "first_try.toml"].map(load).into();
    documents
        .extend(templates::TEMPLATES.iter().map(|(name, text)| Document::parse(text, name, Path::new("."))));
    for document in documents {
        let first = checked(&document);
        let json = serde_json::to_string(&first.resolved).unwrap();
        let value = serde_json::from_str(&json).unwrap();
        let again = Document::from_resolved(&value, "resolved", &document.folder).unwrap();
        let second = checked(&again);
        assert_eq!(first.scenario, second.scenario, "{}", document.path);
        assert_eq!(json, serde_json::to_string(&second.resolved).unwrap(), "{}", document.path);
    }
}

#[test]
fn scenarios_that_ship_have_no_warning() {
    for name in ["everything.toml", "first_try.toml"] {
        assert_eq!(checked(&load(name)).warnings, Vec::<String>::new(), "{name}");
    }
    for (name, text) in templates::TEMPLATES {
        let checked = checked(&Document::parse(text, name, Path::new(".")));
        assert_eq!(checked.warnings, Vec::<String>::new(), "{name}");
        assert_eq!(checked.scenario.name, *name);
    }
}

#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/scenario.schema.json");
    let current = format!("{:#}\n", schema::schema());
    if std::env::var_os("ECOTONE_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == current, "run: ECOTONE_WRITE_SCHEMA=1 cargo test the_committed_schema");
}

#[test]
fn every_setting_is_told_whole() {
    for setting in SETTINGS {
        assert!(setting.meaning.ends_with('.'), "{}", setting.path);
        assert!(!setting.source.is_empty(), "{}", setting.path);
        let home = setting.parent();
        let is_known = home.is_empty() || SECTIONS.iter().any(|section| section.path == home);
        assert!(is_known, "{}: no such section", setting.path);
        assert_eq!(find(setting.path).unwrap()[0].path, setting.path);
        if let (Default::Number(x), Some([low, high])) = (setting.default, setting.plausible) {
            assert!((low..=high).contains(&x), "{}: unusual default", setting.path);
        }
    }
}

#[test]
fn settings_are_found_by_path_by_last_word_and_nearly() {
    let paths = |name: &str| find(name).map(|found| found.iter().map(|s| s.path).collect::<Vec<_>>());
    assert_eq!(paths("kappa_q"), Ok(vec!["choice.kappa_q"]));
    assert_eq!(paths("platforms.netease.initial.share"), Ok(vec!["platforms[].initial.share"]));
    assert_eq!(paths("platforms[2].open"), Ok(vec!["platforms[].open"]));
    assert_eq!(paths("platforms.netease.licences.majors"), Ok(vec!["platforms[].licences"]));
    assert_eq!(paths("weight"), Ok(vec!["genres[].weight"]));
    assert_eq!(paths("open").unwrap(), ["platforms[].open", "events[].open"]);
    assert_eq!(paths("market.user").unwrap_err()[0], "market.users");
    assert!(paths("platforms.netease.price").is_err());
}
