//! Dated events: which fields each kind has, when they happen, whom they concern.

use super::horizon::Horizon;
use super::{Findings, element_path};
use crate::scenario::document::{Data, Node};

/// Fields of every event.
const COMMON: [&str; 4] = ["kind", "date", "day", "label"];

/// Fields of each kind of event beside the common ones.
const FIELDS: [(&str, &[&str]); 12] = [
    ("licence", &["platform", "holder", "share", "fee", "until"]),
    ("sublicence", &["from", "to", "holder", "share", "fee", "until"]),
    ("exclusivity_ban", &["holders", "share"]),
    (
        "feature",
        &[
            "platform",
            "recommender",
            "open",
            "feature",
            "identity",
            "pulse",
            "half_life_days",
            "copy_lag_days",
        ],
    ),
    ("price", &["platform", "basic", "premium", "ad_load"]),
    ("campaign", &["platform", "awareness", "half_life_days"]),
    ("entry", &["platform"]),
    ("exit", &["platform"]),
    ("portability", &["portability", "ties"]),
    ("partnership", &["platform", "partner", "bridge", "originals", "awareness", "half_life_days"]),
    (
        "kol_signing",
        &["platform", "hubs", "pick", "originals", "awareness", "half_life_days", "fee", "until"],
    ),
    ("originals_programme", &["platform", "per_year", "genres", "until"]),
];

/// Fields that one kind of event must have and another may leave out, which then means 0.
const SPARED: [(&str, &str); 2] = [("partnership", "awareness"), ("kol_signing", "awareness")];

/// The fields of a kind of event; `None` when there is no such kind.
pub fn fields(kind: &str) -> Option<Vec<&'static str>> {
    let own = FIELDS.iter().find(|(name, _)| *name == kind)?.1;
    Some(COMMON.iter().chain(own).copied().collect())
}

/// Whether a kind of event may leave out a field that others need.
pub fn is_spared(kind: &str, field: &str) -> bool {
    SPARED.contains(&(kind, field))
}

/// Kinds and their own fields.
pub fn kinds() -> &'static [(&'static str, &'static [&'static str])] {
    &FIELDS
}

/// Checks the events, turns dates into days, and sorts them by day (stable).
pub fn check(tree: &mut Node, findings: &mut Findings) {
    let horizon = Horizon::of(tree);
    let platforms = tree.get("platforms").cloned();
    let Some(list) = tree.get_mut("events") else { return };
    let (mut kept, mut late) = (Vec::new(), Vec::new());
    for (index, event) in list.elements().iter().enumerate() {
        let path = element_path("events", index, event);
        effects(&path, event, platforms.as_ref(), findings);
        match dated(&path, event, horizon.as_ref(), findings) {
            Some(event) => kept.push(event),
            None => late.push(path),
        }
    }
    findings.leave_out("events", &late, "past the shortened horizon");
    kept.sort_by_key(|event| event.integer_of("day"));
    if let Data::List(nodes) = &mut list.data {
        *nodes = kept;
    }
}

/// The event with its day; `None` when it lies past a horizon that an option shortened.
fn dated(path: &str, event: &Node, horizon: Option<&Horizon>, findings: &mut Findings) -> Option<Node> {
    let mut dated = event.clone();
    let when = match (event.get("date"), event.get("day")) {
        (Some(date), None) => ("date", date),
        (None, Some(day)) => ("day", day),
        (Some(date), Some(_)) => {
            findings.value(date, &format!("{path}.date"), "stands beside `day`", "keep one of the two");
            return Some(dated);
        }
        (None, None) => {
            if event.get("kind").is_some() {
                let remedy = "give date = \"2021-07-24\", or day = 100";
                findings.place(
                    &event.place,
                    &format!("{path}.date"),
                    "missing: either `date` or `day`",
                    remedy,
                );
            }
            return Some(dated);
        }
    };
    let (Some(horizon), Some(day)) = (horizon, horizon.and_then(|horizon| horizon.day(when.1))) else {
        return Some(dated);
    };
    let is_late_entry = day >= horizon.days && event.text_of("kind") == Some("entry");
    if is_late_entry {
        // Left out, it would open the platform from the start.
        let name = event.text_of("platform").unwrap_or_default();
        findings.warn(format!("{path}: lies past the horizon, so {name} never opens"));
    } else if day >= horizon.days && horizon.is_patched {
        return None;
    }
    if !(0..horizon.days).contains(&day) && !is_late_entry {
        let rule = format!("lies outside the horizon: day {day} of 0..={}", horizon.days - 1);
        findings.value(
            when.1,
            &format!("{path}.{}", when.0),
            rule,
            "move the event, market.start or market.days",
        );
    }
    let place = when.1.place.clone();
    dated.put("day", Node { data: Data::Integer(day.into()), place });
    dated.remove("date");
    until(path, day, &mut dated, horizon, findings);
    Some(dated)
}

fn until(path: &str, day: i64, event: &mut Node, horizon: &Horizon, findings: &mut Findings) {
    let Some(until) = event.get("until") else { return };
    let Some(end) = horizon.day(until) else { return };
    if end <= day {
        let rule = format!("must come after the event: day {end}, the event is on day {day}");
        findings.value(until, &format!("{path}.until"), rule, "give the day on which it ends");
    }
    let place = until.place.clone();
    event.put("until", Node { data: Data::Integer(end.into()), place });
}

/// What an event changes must exist, and it must change something.
fn effects(path: &str, event: &Node, platforms: Option<&Node>, findings: &mut Findings) {
    match event.text_of("kind") {
        Some("price") => {
            prices(path, event, platforms, findings);
            needs_one(path, event, &["basic", "premium", "ad_load"], findings);
        }
        Some("feature") if event.number_of("pulse") == Some(0.0) => {
            needs_one(path, event, &["recommender", "open", "feature", "identity", "pulse"], findings);
        }
        Some("sublicence") => differ(path, event, ("from", "to"), "is the giver itself", findings),
        Some("partnership") => {
            differ(path, event, ("platform", "partner"), "is the platform itself", findings);
            if event.get("originals").is_none_or(|node| node.number() == Some(0.0)) {
                needs_one(path, event, &["bridge", "originals", "awareness"], findings);
            }
        }
        _ => {}
    }
}

/// Two platforms of an event must not be the same.
fn differ(path: &str, event: &Node, (one, other): (&str, &str), rule: &str, findings: &mut Findings) {
    if let (Some(name), Some(node)) = (event.text_of(one), event.get(other))
        && node.text() == Some(name)
    {
        findings.value(node, &format!("{path}.{other}"), rule, "name another platform");
    }
}

fn needs_one(path: &str, event: &Node, fields: &[&str], findings: &mut Findings) {
    let defaults_to_nothing = |field: &str| matches!(field, "pulse" | "bridge" | "originals" | "awareness");
    let says = |field: &&str| {
        event.get(field).is_some_and(|node| node.data != Data::Number(0.0) || !defaults_to_nothing(field))
    };
    if !fields.iter().any(says) {
        let remedy = format!("give at least one of {}", fields.join(", "));
        findings.place(&event.place, path, "the event changes nothing", remedy);
    }
}

fn prices(path: &str, event: &Node, platforms: Option<&Node>, findings: &mut Findings) {
    let name = event.text_of("platform");
    let platform = platforms.and_then(|list| {
        list.elements().iter().find(|platform| name.is_some() && platform.text_of("name") == name)
    });
    let Some(platform) = platform else { return };
    for plan in ["basic", "premium"] {
        if let (Some(price), None) = (event.get(plan), platform.get(plan)) {
            let remedy = format!("add [platforms.{plan}] to the platform");
            findings.value(price, &format!("{path}.{plan}"), "the platform has no such plan", remedy);
        }
    }
}
