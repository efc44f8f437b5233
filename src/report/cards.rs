//! The headline numbers as cards: one question each, one answer per platform.

use minijinja::{Value, context};

use crate::report::Story;
use crate::report::chart::palette::colour;
use crate::report::figure::css;
use crate::report::findings::{at_the_end, biggest_flow, conversion, flow_back, home_retention};
use crate::report::reading::Estimate;
use crate::report::wording::{NO_PLAN, interval, label, people, percent, sells};

/// Platforms shown on a card, the highest where there are more; the rest is in the tables.
const SHOWN: usize = 6;

/// All cards that have an answer.
pub fn cards(story: &Story) -> Vec<Value> {
    let whole = |share: f64| percent(share, 1);
    let mut cards = vec![
        card(story, "Still at home after 90 days", "of those who joined", whole, |name| {
            home_retention(story, name, 90)
        }),
        card(story, "Paid within 180 days", "of those who joined", whole, |name| {
            conversion(story, name, 180)
        }),
        card(story, "Paid ratio at the end", "payers among monthly active users", whole, |name| {
            at_the_end(story, name, "paid_ratio")
        }),
        card(story, "DAU / MAU at the end", "how much of a month's audience comes each day", whole, |name| {
            at_the_end(story, name, "stickiness")
        }),
        card(story, "Monthly active users at the end", "people", people, |name| {
            at_the_end(story, name, "mau")
        }),
    ];
    cards.push(flow(story));
    cards.into_iter().flatten().collect()
}

fn card(
    story: &Story,
    title: &str,
    note: &str,
    write: impl Fn(f64) -> String + Copy,
    value: impl Fn(&str) -> Option<Estimate>,
) -> Option<Value> {
    let platforms = story.scenario.platforms.iter().enumerate();
    let is_payment = title.starts_with("Paid");
    let mut found: Vec<_> =
        platforms.filter_map(|(index, platform)| Some((index, platform, value(&platform.name)?))).collect();
    let all = found.len();
    if all > SHOWN {
        found.sort_by(|(.., a), (.., b)| b.value.total_cmp(&a.value));
    }
    let lines: Vec<Value> = found
        .into_iter()
        .take(SHOWN)
        .map(|(index, platform, found)| {
            let name = label(story.scenario, &platform.name);
            let sells = !is_payment || sells(story.scenario, &platform.name);
            line(name, index, &found, |share| if sells { write(share) } else { NO_PLAN.to_owned() })
        })
        .collect();
    let cut = if all > SHOWN { format!("; the {SHOWN} highest of {all} platforms") } else { String::new() };
    (!lines.is_empty()).then(|| context! { title => title, note => format!("{note}{cut}"), lines => lines })
}

fn line(name: &str, index: usize, found: &Estimate, write: impl Fn(f64) -> String + Copy) -> Value {
    context! {
        name => name,
        colour => css(colour(index)),
        value => write(found.value),
        interval => if write(found.value) == NO_PLAN { String::new() } else { interval(found.low, found.high, write) },
    }
}

fn flow(story: &Story) -> Option<Value> {
    let (from, to, found) = biggest_flow(story)?;
    let back = flow_back(story, &from, &to);
    let (from, to) = (label(story.scenario, &from), label(story.scenario, &to));
    let line = |from: &str, to: &str, found: &Estimate| {
        context! {
            name => format!("{from} → {to}"),
            value => people(found.value),
            interval => interval(found.low, found.high, people),
        }
    };
    let net = context! { name => format!("net, to {to}"), value => people(found.value - back.value) };
    Some(context! {
        title => "Most moves between two platforms",
        note => "moves of home over the whole run; who moves twice counts twice",
        lines => vec![line(from, to, &found), line(to, from, &back), net],
    })
}
