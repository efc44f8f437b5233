//! Published figures: their units, and their periods, clipped to the horizon.

use super::horizon::Horizon;
use super::{Findings, element_path};
use crate::scenario::document::{Data, Node};

/// Turns periods into days inside the horizon; figures wholly outside it are left out with a warning.
pub fn check(tree: &mut Node, findings: &mut Findings) {
    let market = tree.get("market");
    let users = market.and_then(|market| market.number_of("users"));
    let people = market.and_then(|market| market.number_of("population")).or(users);
    for (index, target) in tree.get("targets").map(Node::elements).unwrap_or_default().iter().enumerate() {
        let path = format!("{}.value", element_path("targets", index, target));
        unit(&path, target, (users, people), findings);
    }
    let Some(horizon) = Horizon::of(tree) else { return };
    let Some(list) = tree.get_mut("targets") else { return };
    let (mut kept, mut outside) = (Vec::new(), Vec::new());
    for (index, target) in list.elements().iter().enumerate() {
        let path = element_path("targets", index, target);
        match clipped(&path, target, &horizon, findings) {
            Some(target) => kept.push(target),
            None => outside.push(path),
        }
    }
    findings.leave_out("targets", &outside, "outside the horizon");
    if let Data::List(nodes) = &mut list.data {
        *nodes = kept;
    }
}

/// Ratios are not per cent, people are not millions.
fn unit(path: &str, target: &Node, (users, people): (Option<f64>, Option<f64>), findings: &mut Findings) {
    let (Some(measure), Some(node)) = (target.text_of("measure"), target.get("value")) else { return };
    let Some(value) = node.number() else { return };
    match measure {
        "stickiness" | "paid_ratio" if value > 1.0 => {
            findings.value(node, path, format!("must be <= 1: {measure} is a ratio"), "0.15 is 15 %");
        }
        "mau" | "payers" => {
            let (Some(users), Some(people)) = (users, people) else { return };
            let weight = people / users;
            if value > people {
                findings.warn(format!(
                    "{path} = {value}: more people than market.population = {people}; raise the population or \
                     give the figure in people"
                ));
            } else if value > 0.0 && value < weight {
                findings.warn(format!(
                    "{path} = {value}: less than the {weight} people whom one simulated user stands for; give \
                     people, not millions: 1.5e6 is 1.5 million"
                ));
            }
        }
        _ => {}
    }
}

/// The figure with its days; `None` when it lies outside the horizon.
fn clipped(path: &str, target: &Node, horizon: &Horizon, findings: &mut Findings) -> Option<Node> {
    let (Some(from), Some(to)) = (target.get("from"), target.get("to")) else { return Some(target.clone()) };
    let (first, last) = (horizon.day(from), horizon.day(to));
    let (Some(first), Some(last)) = (first, last) else { return Some(target.clone()) };
    if last < first {
        findings.value(to, &format!("{path}.to"), "lies before `from`", "exchange the two");
        return Some(target.clone());
    }
    if last < 0 || first >= horizon.days {
        return None;
    }
    let mut target = target.clone();
    let day = |day: i64| Node::bare(Data::Integer(day.clamp(0, horizon.days - 1).into()));
    target.put("from", day(first));
    target.put("to", day(last));
    Some(target)
}
