//! The settings of a scenario that differ from their defaults, for a reader who wants to dispute them.

use minijinja::{Value, context};
use serde_json::Value as Json;

use crate::report::wording::grouped;
use crate::scenario::settings::{Default, SETTINGS, Setting, default, has_source, plain};

/// Lists with tables of their own on the page, and what only names things.
const ELSEWHERE: [&str; 7] =
    ["events[]", "targets[]", "title", "question", "sources", "platforms[].label", "audiences[].label"];

/// One row for each setting that has a default and another value: where, value, default, meaning, what the file says of
/// the value, source of the default.
pub fn departures(resolved: &Json, remarks: &Json) -> Vec<Value> {
    let mut found = Vec::new();
    walk(resolved, resolved, (String::new(), String::new()), &mut |setting, place, value| {
        let currency = resolved["market"]["currency"].as_str().unwrap_or("currency");
        let remark = remarks[place].as_str().unwrap_or_default();
        found.push(row(setting, (place, value), (currency, remark)));
    });
    found
}

/// Visits what differs; the path as a pattern of the table of settings, then as the place with names.
fn walk(
    all: &Json,
    value: &Json,
    (pattern, place): (String, String),
    visit: &mut impl FnMut(&Setting, &str, &Json),
) {
    if ELSEWHERE.contains(&pattern.as_str()) {
        return;
    }
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.path == pattern) {
        if differs(all, setting, value) {
            visit(setting, &place, value);
        }
        return;
    }
    let below =
        |path: &str, word: &str| if path.is_empty() { word.to_owned() } else { format!("{path}.{word}") };
    match value {
        Json::Object(fields) => {
            for (word, field) in fields {
                walk(all, field, (below(&pattern, word), below(&place, word)), visit);
            }
        }
        Json::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let name = element["name"].as_str().map_or_else(|| (index + 1).to_string(), str::to_owned);
                walk(all, element, (format!("{pattern}[]"), below(&place, &name)), visit);
            }
        }
        _ => (),
    }
}

fn row(setting: &Setting, (place, value): (&str, &Json), (currency, remark): (&str, &str)) -> Value {
    let unit = match setting.unit.strip_prefix("currency ") {
        Some(rest) => format!("{currency} {rest}"),
        None => setting.unit.to_owned(),
    };
    let number = |number: f64| written_number(number, &unit);
    let value = format!("{} {unit}", written(value, &number));
    // The page may break the path behind a dot.
    let place: Vec<String> = place.split_inclusive('.').map(str::to_owned).collect();
    context! {
        place => place,
        value => value.trim_end().to_owned(),
        default => default(setting),
        meaning => setting.meaning,
        remark => remark.to_owned(),
        source => if has_source(setting) { setting.source } else { "" },
    }
}

/// Large whole numbers with separators where they count something; others, such as a seed, bare.
fn written_number(number: f64, unit: &str) -> String {
    match number {
        whole if whole.fract() != 0.0 || whole.abs() >= 1e15 => plain(whole),
        whole if unit.is_empty() => format!("{whole:.0}"),
        whole => grouped(whole, 0),
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

fn written(value: &Json, of: &impl Fn(f64) -> String) -> String {
    let list = |parts: Vec<String>| parts.join(", ");
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => of(number.as_f64().unwrap_or(f64::NAN)),
        Json::Array(values) if values.iter().any(Json::is_array) => {
            list(values.iter().map(|pair| format!("[{}]", written(pair, of))).collect())
        }
        Json::Array(values) => list(values.iter().map(|value| written(value, of)).collect()),
        Json::Object(fields) => {
            list(fields.iter().map(|(name, it)| format!("{name} {}", written(it, of))).collect())
        }
        other => other.to_string(),
    }
}
