//! Ties: what each kind of graph needs.

use super::{Findings, at};
use crate::scenario::document::Node;

/// Most ties of a user in the matching graph.
const MOST_TIES: i64 = 32;

/// Most ends of ties in a stored graph, and one: positions in it are 32-bit numbers.
const ENDS: i64 = 1 << 32;

/// The same where chance decides how many ties there are: a thousandth less, hundreds of standard deviations.
const EXPECTED_ENDS: f64 = 4.29e9;

/// Checks the settings of ties against each other and against the number of users.
pub fn check(tree: &Node, findings: &mut Findings) {
    hubs(tree, findings);
    let Some(ties) = tree.get("ties") else { return };
    let users = tree.get("market").and_then(|market| market.integer_of("users"));
    match ties.text_of("kind") {
        Some("matching") => matching(ties, findings),
        Some("watts_strogatz") => ring(ties, users, findings),
        Some("edge_list") => edge_list(ties, findings),
        Some("erdos_renyi") => erdos_renyi(ties, users, findings),
        Some("stochastic_block") => stochastic_block(ties, users, findings),
        Some("barabasi_albert") => barabasi_albert(ties, users, findings),
        _ => {}
    }
}

fn matching(ties: &Node, findings: &mut Findings) {
    let (Some(friends), Some(taste)) = (ties.integer_of("k_friends"), ties.integer_of("k_taste")) else {
        return;
    };
    if friends + taste > MOST_TIES {
        let node = ties.get("k_taste").unwrap_or(ties);
        let rule = format!("k_friends + k_taste = {}: must be <= {MOST_TIES}", friends + taste);
        findings.place(at(node, ties), "ties.k_taste", rule, "lower one of the two");
    }
}

fn ring(ties: &Node, users: Option<i64>, findings: &mut Findings) {
    let Some(degree) = ties.get("degree") else { return };
    let Some(number) = degree.integer() else { return };
    if number % 2 == 1 {
        findings.value(degree, "ties.degree", "must be even", "half of the neighbours lie on each side");
    }
    if let Some(users) = users.filter(|&users| number >= users) {
        let rule = format!("degree {number} needs more than {users} users");
        findings.place(at(degree, ties), "ties.degree", rule, "lower the degree or raise market.users");
    }
    if let Some(users) = users.filter(|&users| users.saturating_mul(number) >= ENDS) {
        let rule = format!("{users} users with {number} ties: users x degree must be < 2^32");
        let remedy = format!("lower the degree to {} or less, or kind = \"matching\"", largest(users));
        findings.place(at(degree, ties), "ties.degree", rule, remedy);
    }
}

/// Largest even degree that fits.
fn largest(users: i64) -> i64 {
    (ENDS - 1) / users / 2 * 2
}

fn erdos_renyi(ties: &Node, users: Option<i64>, findings: &mut Findings) {
    let (Some(degree), Some(users)) = (ties.get("degree"), users) else { return };
    let Some(number) = degree.integer() else { return };
    if number >= users {
        let rule = format!("degree {number} needs more than {users} users");
        findings.place(at(degree, ties), "ties.degree", rule, "lower the degree or raise market.users");
    }
    refuse_too_many(number as f64, users, (degree, "ties.degree"), ties, findings);
}

fn stochastic_block(ties: &Node, users: Option<i64>, findings: &mut Findings) {
    let (Some(block), Some(users)) = (ties.integer_of("block"), users) else { return };
    let (Some(within), Some(between)) = (ties.get("within"), ties.get("between")) else { return };
    let (Some(inside), Some(outside)) = (ties.number_of("within"), ties.number_of("between")) else { return };
    let block = block.min(users);
    if inside > (block - 1) as f64 {
        let rule = format!("{inside} ties inside a block of {block} users: must be <= {}", block - 1);
        findings.place(at(within, ties), "ties.within", rule, "lower it or raise ties.block");
    }
    if outside > (users - block) as f64 {
        let rule = format!("{outside} ties to the {} users of other blocks", users - block);
        findings.place(at(between, ties), "ties.between", rule, "lower it or lower ties.block");
    }
    refuse_too_many(inside + outside, users, (within, "ties.within"), ties, findings);
}

fn barabasi_albert(ties: &Node, users: Option<i64>, findings: &mut Findings) {
    let (Some(attachments), Some(users)) = (ties.get("attachments"), users) else { return };
    let Some(number) = attachments.integer() else { return };
    if number >= users {
        let rule = format!("{number} attachments need more than {users} users");
        findings.place(at(attachments, ties), "ties.attachments", rule, "lower it or raise market.users");
    }
    refuse_too_many(2.0 * number as f64, users, (attachments, "ties.attachments"), ties, findings);
}

/// Refuses graphs with more ends of ties than their positions can number.
fn refuse_too_many(mean: f64, users: i64, (node, path): (&Node, &str), ties: &Node, findings: &mut Findings) {
    if mean * users as f64 > EXPECTED_ENDS {
        let rule = format!("{users} users with {mean} ties on average: the product must be <= 4.29e9");
        let remedy = format!(
            "at most {} ties on average, or kind = \"matching\"",
            (EXPECTED_ENDS / users as f64).floor()
        );
        findings.place(at(node, ties), path, rule, remedy);
    }
}

fn edge_list(ties: &Node, findings: &mut Findings) {
    let Some(file) = ties.get("file") else { return };
    if file.text() == Some("") {
        let remedy = "name a file beside the scenario: file = \"ties.txt\"";
        findings.place(at(file, ties), "ties.file", "missing: kind is edge_list", remedy);
    }
}

/// Stars are users with more ties than others, which regular graphs do not have.
fn hubs(tree: &Node, findings: &mut Findings) {
    let kind = tree.get("ties").and_then(|ties| ties.text_of("kind")).unwrap_or_default();
    if !matches!(kind, "matching" | "well_mixed") {
        return;
    }
    for event in tree.get("events").map(Node::elements).unwrap_or_default() {
        if event.text_of("kind") == Some("kol_signing") && event.text_of("pick") != Some("chance") {
            let rule =
                format!("signs the users with the most ties, but with ties.kind = {kind} all have as many");
            let remedy = "take a kind of ties with hubs, such as barabasi_albert, or pick = \"chance\"";
            findings.place(&event.place, "events.kol_signing", rule, remedy);
        }
    }
}
