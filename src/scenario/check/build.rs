//! From the checked tree to the resolved document, and from there to the scenario.

use serde_json::{Map, Value, json};

use super::{names, shape};
use crate::scenario::Scenario;
use crate::scenario::document::{Data, Node};
use crate::scenario::settings::{Default, SETTINGS, Setting};

/// Fills the defaults that depend on other settings.
pub fn derive(tree: &mut Node) {
    if let Some(name) = tree.get("name").cloned().filter(|_| tree.get("title").is_none()) {
        tree.put("title", name);
    }
    if let Some(market) = tree.get_mut("market")
        && market.get("population").is_none()
        && let Some(users) = market.number_of("users")
    {
        market.put("population", Node::bare(Data::Number(users)));
    }
    for list in names::LABELLED {
        for element in tree.get_mut(list).map(Node::elements_mut).unwrap_or_default() {
            if let Some(shown) = names::shown(list, element).filter(|_| element.get("label").is_none()) {
                element.put("label", Node::bare(Data::Text(shown)));
            }
        }
    }
    if let Some(measures) = tree.get_mut("measures")
        && measures.get("brackets").is_none()
    {
        let most = measures.integer_of("retention_days").unwrap_or(0);
        measures.put("brackets", default_brackets(most));
    }
}

/// The default brackets that fit the longest age.
fn default_brackets(most: i64) -> Node {
    let pairs = SETTINGS.iter().find_map(|setting| match setting.default {
        Default::Pairs(pairs) => Some(pairs),
        _ => None,
    });
    let whole = |x: i64| Node::bare(Data::Integer(x.into()));
    let fitting = pairs.unwrap_or_default().iter().filter(|[_, last]| *last <= most);
    let pairs = fitting.map(|[first, last]| Node::bare(Data::List(vec![whole(*first), whole(*last)])));
    Node::bare(Data::List(pairs.collect()))
}

/// The tree as a value, with names, in the order of the table of settings.
pub fn resolved(tree: &Node) -> Value {
    ordered("", tree)
}

fn ordered(pattern: &str, node: &Node) -> Value {
    match &node.data {
        Data::Text(text) | Data::Date(text) => json!(text),
        Data::Integer(x) => json!(i64::try_from(*x).expect("a checked whole number")),
        Data::Number(x) => json!(x),
        Data::Truth(x) => json!(x),
        Data::List(nodes) => {
            let pattern = format!("{pattern}[]");
            Value::Array(nodes.iter().map(|node| ordered(&pattern, node)).collect())
        }
        Data::Table(entries) => {
            let mut entries: Vec<_> =
                entries.iter().map(|entry| (shape::join(pattern, &entry.key), entry)).collect();
            entries.sort_by_key(|(path, _)| rank(path));
            let pairs = entries.iter().map(|(path, entry)| (entry.key.clone(), ordered(path, &entry.node)));
            Value::Object(pairs.collect())
        }
        Data::Bad => unreachable!("a faulty tree is not resolved"),
    }
}

/// Position in the table of settings of a setting, or of a section's first setting.
fn rank(path: &str) -> usize {
    let is_inside = |setting: &Setting| {
        setting.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    SETTINGS.iter().position(is_inside).unwrap_or(SETTINGS.len())
}

/// The scenario of a resolved document: names become indices, tables of shares become rows.
///
/// # Panics
/// When the table of settings and the structs disagree: a bug.
pub fn scenario(resolved: &Value) -> Scenario {
    let mut value = resolved.clone();
    let names = Names {
        genres: names_in(resolved, "genres"),
        holders: names_in(resolved, "rights_holders"),
        platforms: names_in(resolved, "platforms"),
    };
    for list in ["rights_holders", "platforms", "events"] {
        for element in list_mut(&mut value, list) {
            for key in ["share", "licences", "originals", "second_homes", "genres"] {
                to_row(element, key);
            }
            for (table, key) in [("budget", "originals_genres"), ("costs", "fees")] {
                if let Some(table) = element.get_mut(table) {
                    to_row(table, key);
                }
            }
        }
    }
    for audience in list_mut(&mut value, "audiences") {
        to_index(audience, "genre", &names.genres);
    }
    for target in list_mut(&mut value, "targets") {
        to_index(target, "platform", &names.platforms);
    }
    for event in list_mut(&mut value, "events") {
        *event = names.event(event);
    }
    serde_json::from_value(value).expect("settings and structs agree")
}

struct Names {
    genres: Vec<String>,
    holders: Vec<String>,
    platforms: Vec<String>,
}

impl Names {
    /// The event as `{ day, label, effect = { kind = { fields } } }`.
    fn event(&self, event: &Value) -> Value {
        let mut fields: Map<String, Value> = event.as_object().expect("a table").clone();
        let mut take = |key: &str| fields.shift_remove(key).expect("a field of every event");
        let (day, label, kind) = (take("day"), take("label"), take("kind"));
        let kind = kind.as_str().expect("a word").to_owned();
        let mut effect = Value::Object(fields);
        for key in ["platform", "from", "to", "partner"] {
            to_index(&mut effect, key, &self.platforms);
        }
        to_index(&mut effect, "holder", &self.holders);
        if kind == "exclusivity_ban" {
            effect["holders"] = self.holder_list(&effect["holders"]);
        }
        json!({ "day": day, "label": label, "effect": { kind: effect } })
    }

    /// Indices of the listed holders; of all when there is no list.
    fn holder_list(&self, list: &Value) -> Value {
        match list.as_array() {
            Some(list) => {
                let indices = list.iter().map(|name| index_of(name, &self.holders));
                json!(indices.collect::<Vec<usize>>())
            }
            None => json!((0..self.holders.len()).collect::<Vec<usize>>()),
        }
    }
}

fn names_in(resolved: &Value, list: &str) -> Vec<String> {
    let elements = resolved[list].as_array().map(Vec::as_slice).unwrap_or_default();
    elements.iter().map(|element| element["name"].as_str().expect("a name").to_owned()).collect()
}

fn list_mut<'a>(value: &'a mut Value, list: &str) -> &'a mut [Value] {
    value[list].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default()
}

fn to_row(element: &mut Value, key: &str) {
    if let Some(table) = element.get_mut(key)
        && let Some(shares) = table.as_object()
    {
        *table = Value::Array(shares.values().cloned().collect());
    }
}

fn to_index(element: &mut Value, key: &str, names: &[String]) {
    if let Some(name) = element.get_mut(key) {
        *name = json!(index_of(name, names));
    }
}

fn index_of(name: &Value, names: &[String]) -> usize {
    names.iter().position(|known| Some(known.as_str()) == name.as_str()).expect("a known name")
}
