//! Published figures: their periods, clipped to the horizon.

use super::horizon::Horizon;
use super::{Findings, element_path};
use crate::scenario::document::{Data, Node};

/// Turns periods into days inside the horizon; figures wholly outside it are left out with a warning.
pub fn check(tree: &mut Node, findings: &mut Findings) {
    let Some(horizon) = Horizon::of(tree) else { return };
    let Some(list) = tree.get_mut("targets") else { return };
    let mut kept = Vec::new();
    for (index, target) in list.elements().iter().enumerate() {
        let path = element_path("targets", index, target);
        kept.extend(clipped(&path, target, &horizon, findings));
    }
    if let Data::List(nodes) = &mut list.data {
        *nodes = kept;
    }
}

fn clipped(path: &str, target: &Node, horizon: &Horizon, findings: &mut Findings) -> Option<Node> {
    let (from, to) = (target.get("from")?, target.get("to")?);
    let (first, last) = (horizon.day(from), horizon.day(to));
    let (Some(first), Some(last)) = (first, last) else { return Some(target.clone()) };
    if last < first {
        findings.value(to, &format!("{path}.to"), "lies before `from`", "exchange the two");
        return Some(target.clone());
    }
    if last < 0 || first >= horizon.days {
        findings.warn(format!("{path}: left out, its period lies outside the horizon"));
        return None;
    }
    let mut target = target.clone();
    let day = |day: i64| Node::bare(Data::Integer(day.clamp(0, horizon.days - 1).into()));
    target.put("from", day(first));
    target.put("to", day(last));
    Some(target)
}
