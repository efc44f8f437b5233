//! Entry and exit of platforms: each at most once, exit after entry, and somewhere to live at all times.

use std::collections::BTreeMap;

use super::horizon::Horizon;
use super::{Findings, element_path, names_of};
use crate::scenario::document::Node;

/// When a platform opens and closes, with the event's number.
#[derive(Clone, Copy, Default)]
struct Life {
    entry: Option<i64>,
    exit: Option<i64>,
}

/// Checks the lives of platforms.
pub fn check(tree: &Node, findings: &mut Findings) {
    let mut lives: BTreeMap<&str, Life> = BTreeMap::new();
    for (path, event, day) in turning_points(tree) {
        let kind = event.text_of("kind").unwrap_or_default();
        let Some(name) = event.text_of("platform") else { continue };
        let life = lives.entry(name).or_default();
        let moment = if kind == "entry" { &mut life.entry } else { &mut life.exit };
        let is_told_twice = moment.replace(day).is_some();
        if is_told_twice {
            let rule = format!("the {kind} of {name} is told twice");
            findings.place(&event.place, &path, rule, "a platform enters and leaves at most once");
        }
        if let Life { entry: Some(entry), exit: Some(exit) } = *life
            && exit <= entry
        {
            let rule = format!("{name} closes on day {exit}, before it has opened on day {entry}");
            findings.place(&event.place, &path, rule, "exit comes after entry");
        }
        if kind == "entry" && !is_told_twice {
            starts_empty(tree, name, findings);
        }
    }
    if tree.get("market").and_then(|market| market.get("outside")).and_then(Node::truth) == Some(false) {
        somewhere_to_live(tree, &lives, findings);
    }
}

/// Entries and exits in the order of the file, with their paths and days.
fn turning_points(tree: &Node) -> Vec<(String, &Node, i64)> {
    let Some(horizon) = Horizon::of(tree) else { return Vec::new() };
    let events = tree.get("events").map(Node::elements).unwrap_or_default();
    let points = events.iter().enumerate().filter_map(|(index, event)| {
        matches!(event.text_of("kind"), Some("entry" | "exit")).then_some(())?;
        let day = horizon.day(event.get("date").or(event.get("day"))?)?;
        Some((element_path("events", index, event), event, day))
    });
    points.collect()
}

/// Nobody lives on a platform that has not opened.
fn starts_empty(tree: &Node, name: &str, findings: &mut Findings) {
    let platforms = tree.get("platforms").map(Node::elements).unwrap_or_default();
    let share = platforms
        .iter()
        .filter(|platform| platform.text_of("name") == Some(name))
        .find_map(|platform| platform.get("initial").and_then(|initial| initial.get("share")));
    if let Some(share) = share.filter(|share| share.number().is_some_and(|x| x > 0.0)) {
        let path = format!("platforms.{name}.initial.share");
        findings.value(
            share,
            &path,
            "the platform enters later: must be 0",
            "remove the share, or the entry event",
        );
    }
}

/// Without an outside at least one platform is open at the end of every day.
fn somewhere_to_live(tree: &Node, lives: &BTreeMap<&str, Life>, findings: &mut Findings) {
    let Some(names) = names_of(tree, "platforms") else { return };
    let is_open = |name: &&&str, day: i64| {
        let life = lives.get(**name).copied().unwrap_or_default();
        life.entry.is_none_or(|entry| entry <= day) && life.exit.is_none_or(|exit| day < exit)
    };
    for (path, event, day) in turning_points(tree) {
        if event.text_of("kind") == Some("exit") && !names.iter().any(|name| is_open(&name, day)) {
            let rule = "the last open platform closes, and market.outside = false";
            findings.place(
                &event.place,
                &path,
                rule,
                "let another platform enter first, or allow users outside",
            );
        }
    }
}
