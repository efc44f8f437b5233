//! The settings of a scenario that differ from their defaults, for a reader who wants to dispute them.

use minijinja::{Value, context};
use serde_json::Value as Json;

use crate::scenario::settings::{Default, SETTINGS, Setting, default, plain};

/// Lists with tables of their own on the page, and what only names the scenario.
const ELSEWHERE: [&str; 4] = ["events[]", "targets[]", "title", "sources"];

/// One row for each setting that has a default and another value: where, value, default, meaning, source of
/// the default.
pub fn departures(resolved: &Json) -> Vec<Value> {
    let mut found = Vec::new();
    walk(resolved, resolved, (String::new(), String::new()), &mut found);
    found
}

/// `path` is the pattern of the table of settings, then the place with names.
fn walk(all: &Json, value: &Json, (pattern, place): (String, String), found: &mut Vec<Value>) {
    if ELSEWHERE.contains(&pattern.as_str()) {
        return;
    }
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.path == pattern) {
        found.extend(differs(all, setting, value).then(|| row(setting, &place, value)));
        return;
    }
    let below =
        |path: &str, word: &str| if path.is_empty() { word.to_owned() } else { format!("{path}.{word}") };
    match value {
        Json::Object(fields) => {
            for (word, field) in fields {
                walk(all, field, (below(&pattern, word), below(&place, word)), found);
            }
        }
        Json::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let name = element["name"].as_str().map_or_else(|| (index + 1).to_string(), str::to_owned);
                walk(all, element, (format!("{pattern}[]"), below(&place, &name)), found);
            }
        }
        _ => (),
    }
}

fn row(setting: &Setting, place: &str, value: &Json) -> Value {
    let unit = if setting.unit.is_empty() { String::new() } else { format!(" {}", setting.unit) };
    context! {
        place => place,
        value => format!("{}{unit}", written(value)),
        default => default(setting),
        meaning => setting.meaning,
        source => setting.source,
    }
}

fn differs(all: &Json, setting: &Setting, value: &Json) -> bool {
    match setting.default {
        Default::Required => false,
        Default::Number(number) => value.as_f64() != Some(number),
        Default::Integer(number) => value.as_f64() != Some(number as f64),
        Default::Truth(truth) => value.as_bool() != Some(truth),
        Default::Text(text) => value.as_str() != Some(text) && *value != Json::Array(Vec::new()),
        Default::Pairs(pairs) => *value != serde_json::json!(pairs),
        Default::NoShares => {
            value.as_object().is_some_and(|shares| shares.values().any(|share| share.as_f64() != Some(0.0)))
        }
        Default::Absent => !value.is_null(),
        Default::Same(other) => value != at(all, other),
    }
}

/// The value at a path without lists.
fn at<'a>(all: &'a Json, path: &str) -> &'a Json {
    path.split('.').fold(all, |value, word| &value[word])
}

fn written(value: &Json) -> String {
    let list = |parts: Vec<String>| parts.join(", ");
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => plain(number.as_f64().unwrap_or(f64::NAN)),
        Json::Array(values) if values.iter().any(Json::is_array) => {
            list(values.iter().map(|pair| format!("[{}]", written(pair))).collect())
        }
        Json::Array(values) => list(values.iter().map(written).collect()),
        Json::Object(fields) => {
            list(fields.iter().map(|(name, it)| format!("{name} {}", written(it))).collect())
        }
        other => other.to_string(),
    }
}
