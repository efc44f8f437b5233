//! Names inside the scenario: each once, and every reference to a known one.

use std::collections::BTreeMap;

use super::{Findings, elements, names_of};
use crate::scenario::document::Node;
use crate::scenario::fault::suggest;
use crate::scenario::settings::{Kind, SETTINGS, Setting};

/// Lists whose elements have names.
const NAMED: [&str; 4] = ["genres", "rights_holders", "platforms", "audiences"];

/// Lists whose elements have labels.
pub(super) const LABELLED: [&str; 2] = ["platforms", "audiences"];

/// Names that tables of results use themselves.
const RESERVED: [(&str, &str); 3] =
    [("platforms", "outside"), ("audiences", "all"), ("audiences", "everybody")];

/// What every chart calls all users.
const EVERYBODY: &str = "everybody";

/// Checks names and references.
pub fn check(tree: &Node, findings: &mut Findings) {
    for list in NAMED {
        refuse_duplicates(tree, list, findings);
    }
    for (list, word) in RESERVED {
        for (path, element) in elements(tree, list) {
            if let Some(name) = element.get("name").filter(|name| name.text() == Some(word)) {
                let rule = "is a reserved name: tables of results use it";
                findings.value(name, &format!("{path}.name"), rule, "take another name");
            }
        }
    }
    for list in LABELLED {
        refuse_equal_labels(tree, list, findings);
    }
    refuse_blanks(tree, findings);
    refuse_everybody(tree, findings);
    for setting in SETTINGS {
        references(setting, tree, findings);
    }
}

fn refuse_duplicates(tree: &Node, list: &str, findings: &mut Findings) {
    let mut seen = BTreeMap::new();
    for (path, element) in elements(tree, list) {
        let Some(name) = element.get("name") else { continue };
        let Some(text) = name.text() else { continue };
        if let Some(number) = seen.get(text) {
            let rule = format!("number {number} of the {list} has this name already");
            findings.value(name, &format!("{path}.name"), rule, "names must differ");
        } else {
            seen.insert(text, seen.len() + 1);
        }
    }
}

/// What charts and the report call an element: its label, else its name; that of an audience, which is often made of
/// several words, with blanks for underscores.
pub(super) fn shown(list: &str, element: &Node) -> Option<String> {
    let name = || {
        element
            .text_of("name")
            .map(|name| if list == "audiences" { name.replace('_', " ") } else { name.to_owned() })
    };
    element.text_of("label").map(str::to_owned).or_else(name)
}

/// A reader must not take one for another.
fn refuse_equal_labels(tree: &Node, list: &str, findings: &mut Findings) {
    let one = list.trim_end_matches('s');
    let mut seen = BTreeMap::new();
    for (path, element) in elements(tree, list) {
        let name = element.text_of("name");
        let Some(shown) = shown(list, element).map(|shown| shown.to_lowercase()) else { continue };
        match (seen.get(&shown), element.get("label")) {
            (Some(&other), Some(label)) if name != other => {
                let rule =
                    format!("{one} {} is shown by this label already", other.unwrap_or("without name"));
                findings.value(label, &format!("{path}.label"), rule, "labels must differ");
            }
            (Some(&other), None) if name != other => {
                let rule = format!("{one} {} has this name as its label", other.unwrap_or("without name"));
                let place = element.get("name").map_or(&element.place, |node| &node.place);
                findings.place(place, &format!("{path}.name"), rule, "give one of them another label");
            }
            (Some(_), _) => {}
            (None, _) => {
                seen.insert(shown, name);
            }
        }
    }
}

/// What charts write must look like something.
fn refuse_blanks(tree: &Node, findings: &mut Findings) {
    let is_blank = |node: &&Node| node.text().is_some_and(|text| text.trim().is_empty());
    for list in LABELLED {
        for (path, element) in elements(tree, list) {
            if let Some(label) = element.get("label").filter(is_blank) {
                findings.value(label, &format!("{path}.label"), "is blank", "give a label, or leave it out");
            }
        }
    }
    let currency = tree.get("market").and_then(|market| market.get("currency"));
    if let Some(currency) = currency.filter(is_blank) {
        findings.value(
            currency,
            "market.currency",
            "is blank",
            "name the unit of prices, for example \"EUR\"",
        );
    }
}

/// An audience must not look like all users.
fn refuse_everybody(tree: &Node, findings: &mut Findings) {
    for (path, audience) in elements(tree, "audiences") {
        let is_reserved =
            |label: &&Node| label.text().is_some_and(|text| text.trim().to_lowercase() == EVERYBODY);
        if let Some(label) = audience.get("label").filter(is_reserved) {
            let rule = "is a reserved label: charts call all users so";
            findings.value(label, &format!("{path}.label"), rule, "take another label");
        }
    }
}

/// Checks one setting that names elements of a list.
fn references(setting: &Setting, tree: &Node, findings: &mut Findings) {
    let target = match setting.kind {
        Kind::Reference(target) | Kind::References(target) => target,
        kind => match kind.by_name() {
            Some((target, _)) => target,
            None => return,
        },
    };
    let Some(known) = names_of(tree, target) else { return };
    let (list, table) = setting.parent().split_once("[]").unwrap_or((setting.parent(), ""));
    for (path, element) in elements(tree, list) {
        let element = match table.strip_prefix('.') {
            Some(table) => element.get(table),
            None => Some(element),
        };
        let (Some(element), path) = (element, format!("{path}{table}")) else { continue };
        let Some(node) = element.get(setting.key()) else { continue };
        let path = format!("{path}.{}", setting.key());
        for name in std::iter::once(node).chain(node.elements()) {
            if let Some(text) = name.text().filter(|text| !known.contains(text)) {
                findings.value(name, &path, unknown(target), suggest(text, &known));
            }
        }
        for entry in node.entries().iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let path = format!("{path}.{}", entry.key);
            findings.place(&entry.place, &path, unknown(target), suggest(&entry.key, &known));
        }
    }
}

fn unknown(list: &str) -> String {
    format!("names none of the {list}")
}
