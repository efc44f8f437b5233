//! The JSON Schema of a scenario file, for editors: the table of settings in another shape.

use serde_json::{Map, Value, json};

use super::check;
use super::document::{OUTCOMES, TREATMENT_FIELDS, TREATMENTS};
use super::settings::{Absence, Default, Kind, Range, SECTIONS, SETTINGS, Section, Setting, describe};

/// The schema, draft 2020-12.
///
/// ```
/// let schema = ecotone::scenario::schema::schema();
/// assert_eq!(schema["properties"]["choice"]["properties"]["omega"]["maximum"], 1.0);
/// ```
pub fn schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ecotone scenario",
        "description": "One market, its platforms and its dated events.",
    });
    merge(&mut schema, table(""));
    let texts = json!({ "type": ["string", "array"], "items": { "type": "string" } });
    schema["properties"][OUTCOMES] = texts.clone();
    schema["properties"][TREATMENTS] = treatments(&texts);
    schema["properties"]["events"]["items"]["properties"][TREATMENTS] = texts;
    schema
}

/// What the file changes beside its control.
fn treatments(texts: &Value) -> Value {
    let mut properties = Map::new();
    for (key, meaning) in TREATMENT_FIELDS {
        let mut field = match key {
            "without" | "against" => texts.clone(),
            "set" => json!({ "type": "object" }),
            _ => json!({ "type": "string", "minLength": 1 }),
        };
        field["description"] = json!(meaning);
        properties.insert(key.to_owned(), field);
    }
    let items = json!({
        "type": "object", "properties": properties, "required": ["name"], "additionalProperties": false,
    });
    json!({ "type": "array", "maxItems": 32, "items": items })
}

/// The schema of a table: its settings, its sections, what it requires.
fn table(pattern: &str) -> Value {
    let settings: Vec<&Setting> = SETTINGS.iter().filter(|setting| setting.parent() == pattern).collect();
    let sections: Vec<&Section> = SECTIONS.iter().filter(|section| section.parent() == pattern).collect();
    let mut properties = Map::new();
    for setting in &settings {
        properties.insert(setting.key().to_owned(), described(setting));
    }
    for section in &sections {
        properties.insert(section.key().to_owned(), section_schema(section));
    }
    let required: Vec<&str> = if pattern == "events[]" {
        vec!["kind"]
    } else {
        let settings = settings.iter().filter(|setting| setting.default == Default::Required);
        let sections = sections.iter().filter(|section| section.absence == Absence::Fault);
        settings.map(|setting| setting.key()).chain(sections.map(|section| section.key())).collect()
    };
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    merge(&mut schema, extra(pattern));
    schema
}

/// Rules between the settings of a table that a schema can tell.
fn extra(pattern: &str) -> Value {
    match pattern {
        "market" => json!({ "oneOf": [{ "required": ["days"] }, { "required": ["end"] }] }),
        "events[]" => json!({
            "oneOf": [{ "required": ["day"] }, { "required": ["date"] }],
            "allOf": check::event_kinds().iter().map(|kind| event(kind.0, kind.1)).collect::<Vec<_>>(),
        }),
        _ => json!({}),
    }
}

/// What an event of a kind requires and refuses.
fn event(kind: &str, fields: &[&str]) -> Value {
    let own = SETTINGS.iter().filter(|setting| setting.parent() == "events[]");
    let (mut required, mut refused) = (Vec::new(), Map::new());
    for setting in own {
        let is_common = matches!(setting.key(), "kind" | "date" | "day" | "label");
        if !is_common && !fields.contains(&setting.key()) {
            refused.insert(setting.key().to_owned(), json!(false));
        } else if !is_common
            && setting.default == Default::Required
            && !check::is_event_spared(kind, setting.key())
        {
            required.push(setting.key());
        }
    }
    json!({
        "if": { "properties": { "kind": { "const": kind } }, "required": ["kind"] },
        "then": { "required": required, "properties": refused },
    })
}

fn section_schema(section: &Section) -> Value {
    let table = table(section.path);
    let mut schema = if section.is_list() {
        let least = usize::from(section.absence != Absence::Nothing);
        json!({ "type": "array", "minItems": least, "maxItems": section.most, "items": table })
    } else {
        table
    };
    schema["description"] = json!(section.meaning);
    schema
}

fn described(setting: &Setting) -> Value {
    let mut schema = values(setting.kind);
    let text = describe(setting);
    let lines = text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    schema["description"] = json!(lines.collect::<Vec<_>>().join("\n"));
    let default = match setting.default {
        Default::Number(x) => json!(x),
        Default::Integer(x) => json!(x),
        Default::Truth(x) => json!(x),
        Default::Text(x) => json!(x),
        Default::Pairs(pairs) => json!(pairs),
        Default::NoShares => json!({}),
        Default::Required | Default::Absent | Default::Same(_) => return schema,
    };
    schema["default"] = default;
    schema
}

fn values(kind: Kind) -> Value {
    match kind {
        Kind::Number(range) => number(&range),
        Kind::Integer(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Truth => json!({ "type": "boolean" }),
        Kind::Text(most) => json!({ "type": "string", "maxLength": most }),
        Kind::Lines => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Kind::Identifier => json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,59}$" }),
        Kind::Name => json!({ "type": "string", "minLength": 1, "maxLength": 40 }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Day => {
            json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "format": "date" }] })
        }
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Reference(_) => json!({ "type": "string" }),
        Kind::References(_) => json!({ "type": "array", "minItems": 1, "items": { "type": "string" } }),
        Kind::Shares(_) | Kind::Amounts(_) => {
            let share = number(&kind.by_name().expect("numbers by name").1);
            json!({ "anyOf": [share, { "type": "object", "additionalProperties": share }] })
        }
        Kind::Pairs(most) => {
            let day = json!({ "type": "integer", "minimum": 0, "maximum": most });
            json!({ "type": "array", "items": { "type": "array", "items": day, "minItems": 2, "maxItems": 2 } })
        }
    }
}

fn number(range: &Range) -> Value {
    let low = if range.above { "exclusiveMinimum" } else { "minimum" };
    let high = if range.below { "exclusiveMaximum" } else { "maximum" };
    json!({ "type": "number", low: range.low, high: range.high })
}

/// Adds the entries of one table to another.
fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
