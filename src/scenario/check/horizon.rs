//! The horizon: first day, length or last day; brackets that fit; what takes too long a step.

use jiff::civil::Date;

use super::Findings;
use crate::scenario::document::{Data, Node, Place};

/// Longest horizon, days.
const LONGEST: i64 = 20_000;

/// Fills `market.days` from `market.end`, and checks what depends on the length.
pub fn check(tree: &mut Node, findings: &mut Findings) {
    if let Some(market) = tree.get_mut("market").filter(|market| matches!(market.data, Data::Table(_))) {
        length(market, findings);
    }
    brackets(tree, findings);
    warn_of_coarse_steps(tree, findings);
}

fn length(market: &mut Node, findings: &mut Findings) {
    match (market.get("days"), market.get("end")) {
        (None, None) => {
            let remedy = "give days = 365, or end = \"2025-12-31\"";
            findings.place(&market.place, "market.days", "missing: either `days` or `end`", remedy);
            market.put("days", Node::bare(Data::Bad));
        }
        (Some(_), Some(end)) => {
            findings.value(end, "market.end", "stands beside `days`", "keep one of the two");
            market.remove("end");
        }
        (None, Some(end)) => {
            let days = days_until(market, end, findings);
            let place = end.place.clone();
            market
                .put("days", Node { data: days.map_or(Data::Bad, |days| Data::Integer(days.into())), place });
            market.remove("end");
        }
        (Some(_), None) => {}
    }
}

fn days_until(market: &Node, end: &Node, findings: &mut Findings) -> Option<i64> {
    let start = market.text_of("start")?;
    let days = day_number(start, end.text()?)? + 1;
    if days < 1 {
        findings.value(end, "market.end", format!("lies before the start, {start}"), "exchange the two");
        return None;
    }
    if days > LONGEST {
        let rule = format!("the horizon is {days} days: at most {LONGEST}");
        findings.value(end, "market.end", rule, "end earlier");
        return None;
    }
    Some(days)
}

/// Days from one ISO date to another.
pub fn day_number(start: &str, date: &str) -> Option<i64> {
    let start: Date = start.parse().ok()?;
    let date: Date = date.parse().ok()?;
    Some(i64::from((date - start).get_days()))
}

/// The horizon of a checked market: first date and number of days.
pub struct Horizon {
    /// First day, ISO date.
    pub start: Option<String>,
    /// Simulated days.
    pub days: i64,
    /// Whether an option, not the file, set the length.
    pub is_patched: bool,
}

impl Horizon {
    /// The horizon, unless it was reported as faulty.
    pub fn of(tree: &Node) -> Option<Self> {
        let market = tree.get("market")?;
        let start = market.text_of("start").map(str::to_owned);
        let days = market.get("days")?;
        Some(Self { start, days: days.integer()?, is_patched: matches!(days.place, Place::Option(_)) })
    }

    /// Day number of a day or date; `None` when it, or the start, was reported.
    pub fn day(&self, node: &Node) -> Option<i64> {
        match node.text() {
            Some(date) => day_number(self.start.as_deref()?, date),
            None => node.integer(),
        }
    }
}

/// Brackets must end within `retention_days`.
fn brackets(tree: &Node, findings: &mut Findings) {
    let Some(measures) = tree.get("measures") else { return };
    let (Some(most), Some(brackets)) = (measures.integer_of("retention_days"), measures.get("brackets"))
    else {
        return;
    };
    let last = |pair: &Node| pair.elements().get(1).and_then(Node::integer).unwrap_or(0);
    if let Some(pair) = brackets.elements().iter().find(|pair| last(pair) > most) {
        let rule = format!("a bracket ends on day {}, after retention_days = {most}", last(pair));
        findings.value(brackets, "measures.brackets", rule, "raise retention_days or shorten the bracket");
    }
}

/// Everyone reads the end of yesterday, which shows when many reconsider on the same day.
fn warn_of_coarse_steps(tree: &Node, findings: &mut Findings) {
    let Some(choice) = tree.get("choice") else { return };
    if let Some(rate) = choice.number_of("lambda_0").filter(|rate| (0.2..0.9).contains(rate)) {
        findings.warn(format!(
            "choice.lambda_0 = {rate}: more than a fifth of the users decide on the same day from yesterday's \
             state; a daily step is coarse for that"
        ));
    }
}
