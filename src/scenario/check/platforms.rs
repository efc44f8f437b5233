//! Platforms at the start: shares of the market and of the plans.

use super::{Findings, at, elements};
use crate::scenario::document::{Data, Node};

/// Rounding that shares written by hand may carry.
const TOLERANCE: f64 = 1e-6;

/// Checks initial shares.
pub fn check(tree: &Node, findings: &mut Findings) {
    for (path, platform) in elements(tree, "platforms") {
        if let Some(initial) = platform.get("initial") {
            plans(&path, platform, initial, findings);
            founders(&path, tree, initial, findings);
        }
    }
    market(tree, findings);
    second_homes(tree, findings);
}

fn plans(path: &str, platform: &Node, initial: &Node, findings: &mut Findings) {
    for plan in ["basic", "premium"] {
        let Some(share) = initial.get(plan) else { continue };
        if share.number().is_some_and(|x| x > 0.0) && platform.get(plan).is_none() {
            let remedy = format!("add [platforms.{plan}] with a price, or set the share to 0");
            findings.value(share, &format!("{path}.initial.{plan}"), "the platform has no such plan", remedy);
        }
    }
    let (Some(basic), Some(premium)) = (initial.number_of("basic"), initial.number_of("premium")) else {
        return;
    };
    if basic + premium > 1.0 + TOLERANCE {
        let rule = format!("basic and premium sum to {}: must be <= 1", basic + premium);
        let place = at(initial.get("premium").unwrap_or(initial), initial);
        findings.place(place, &format!("{path}.initial"), rule, "they are shares of the platform's users");
    }
}

/// Founders fill blocks only where there are some.
fn founders(path: &str, tree: &Node, initial: &Node, findings: &mut Findings) {
    let kind = tree.get("ties").and_then(|ties| ties.text_of("kind")).unwrap_or_default();
    let Some(founders) = initial.get("founders").filter(|node| node.text() == Some("blocks")) else { return };
    if !matches!(kind, "matching" | "stochastic_block") {
        let rule = format!("there are no blocks with ties.kind = {kind}");
        let path = format!("{path}.initial.founders");
        findings.value(founders, &path, &rule, "take ties.kind = \"stochastic_block\", or \"spread\"");
    }
}

/// Second homes on day 0: elsewhere, at most one a user, and only where they are allowed.
fn second_homes(tree: &Node, findings: &mut Findings) {
    let allowed = tree.get("second_home").and_then(|section| section.get("allowed")).and_then(Node::truth);
    for (path, platform) in elements(tree, "platforms") {
        let Some(shares) = platform.get("second_homes") else { continue };
        let path = format!("{path}.second_homes");
        let given = || shares.entries().iter().filter(|entry| entry.node.number().is_some_and(|x| x > 0.0));
        if given().count() == 0 {
            continue;
        }
        if allowed == Some(false) {
            let remedy = "set second_home.allowed = true, or leave the shares out";
            findings.place(at(shares, platform), &path, "second homes are not allowed here", remedy);
        }
        if let Some(own) = given().find(|entry| Some(entry.key.as_str()) == platform.text_of("name")) {
            let rule = "no platform is a second home of its own users";
            findings.value(&own.node, &format!("{path}.{}", own.key), rule, "name other platforms only");
        }
        let sum: f64 = given().filter_map(|entry| entry.node.number()).sum();
        if sum > 1.0 + TOLERANCE {
            let rule = format!("the shares sum to {sum}: must be <= 1");
            findings.place(at(shares, platform), &path, rule, "they are shares of the platform's users");
        }
    }
}

/// Initial shares over platforms.
fn market(tree: &Node, findings: &mut Findings) {
    let Some(list) = tree.get("platforms").filter(|list| list.data != Data::Bad) else { return };
    let shares: Option<Vec<f64>> = list
        .elements()
        .iter()
        .map(|platform| platform.get("initial").and_then(|initial| initial.number_of("share")))
        .collect();
    let (Some(shares), Some(last)) = (shares, list.elements().last()) else { return };
    let outside = tree.get("market").and_then(|market| market.get("outside")).and_then(Node::truth);
    let sum: f64 = shares.iter().sum();
    let initial = last.get("initial").unwrap_or(last);
    let place = at(initial.get("share").unwrap_or(initial), last);
    let path = "platforms.*.initial.share";
    if sum > 1.0 + TOLERANCE {
        let rule = format!("the shares sum to {sum}: must be <= 1");
        findings.place(place, path, rule, "they are shares of the whole market");
    } else if outside == Some(false) && sum < 1.0 - TOLERANCE {
        let rule = format!("the shares sum to {sum}: must be 1 because market.outside = false");
        findings.place(place, path, rule, "raise the shares, or allow users outside");
    } else if sum == 0.0 {
        findings.warn("platforms.*.initial.share: all are 0, so every user starts outside".to_owned());
    }
}
