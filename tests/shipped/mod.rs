//! The scenarios and templates that ship, checked, and made small for tests.

use std::path::Path;

use ecotone::scenario::check::{Checked, check};
use ecotone::scenario::document::Document;
use ecotone::scenario::fault::Fault;
use ecotone::scenario::{Effect, Scenario, templates};

/// Folder and template documents, by name; templates are called `template_…`.
pub fn documents() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut documents: Vec<_> =
        files.iter().map(|path| (name(path), Document::load(path).expect("a readable file"))).collect();
    for (name, text) in templates::TEMPLATES {
        documents.push((format!("template_{name}"), Document::parse(text, name, Path::new("."))));
    }
    documents
}

/// The checked document.
pub fn checked(name: &str, document: &Document) -> Checked {
    check(document).unwrap_or_else(|faults| {
        panic!("{name}: {}", faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// The scenario with at most so many users and days; later events never come.
pub fn small(mut scenario: Scenario, users: u64, days: u32) -> Scenario {
    scenario.market.users = scenario.market.users.min(users);
    scenario.market.days = scenario.market.days.min(days);
    scenario.measures.panel_users = scenario.measures.panel_users.min(scenario.market.users);
    let days = scenario.market.days;
    // A platform that enters later stays closed.
    scenario.events.retain(|event| event.day < days || matches!(event.effect, Effect::Entry { .. }));
    scenario
}
