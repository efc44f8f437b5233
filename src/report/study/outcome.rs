//! The outcomes of studies in plain words: `retention_180:netease` is "Still at home after 180 days".

use crate::report::study::quantity::Quantity;
use crate::report::wording::{label, plain};
use crate::scenario::Scenario;
use crate::study::phrase::capital;

/// An outcome of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// As tables have it.
    pub name: String,
    /// The part before the colon.
    pub measure: String,
    /// The measure in plain words.
    pub title: String,
    /// The platform's label, or what else stands behind the colon; may be empty.
    pub place: String,
    /// Position of the platform in the scenario.
    pub platform: Option<usize>,
    /// What it counts.
    pub quantity: Quantity,
}

/// How a measure counts, before the scenario names its currency.
#[derive(Clone, Copy)]
enum Counts {
    Share,
    People,
    Money,
    Plain,
}

/// Words of measures; `#` stands for the number that ends the word.
const MEASURES: [(&str, &str, Counts); 33] = [
    ("share", "Share of platform users", Counts::Share),
    ("share_home", "Share of platform users", Counts::Share),
    ("share_mau", "Share of monthly active users", Counts::Share),
    ("mau_share", "Share of monthly active users", Counts::Share),
    ("overlap", "Users who use another platform too", Counts::Share),
    ("success", "Probability of a successful entry", Counts::Share),
    ("nps", "Sure to stay less likely to leave", Counts::Plain),
    ("retention_#", "Still at home after # days", Counts::Share),
    ("home_retention_#", "Still at home after # days", Counts::Share),
    ("home_survival_#", "Still at home after # days", Counts::Share),
    ("classic_retention_#", "Active on day #", Counts::Share),
    ("classic_#", "Active on day #", Counts::Share),
    ("active_#", "Active on day #", Counts::Share),
    ("rolling_#", "Active on day # or later", Counts::Share),
    ("conversion_#", "Paid within # days", Counts::Share),
    ("member_retention_#", "Members still paying after # billing cycles", Counts::Share),
    ("members_#", "Members still paying after # billing cycles", Counts::Share),
    ("paid_ratio", "Paid ratio", Counts::Share),
    ("stickiness", "DAU / MAU", Counts::Share),
    ("niche_overlap", "Niche overlap", Counts::Share),
    ("mau", "Monthly active users", Counts::People),
    ("dau", "Daily active users", Counts::People),
    ("users", "Users at home", Counts::People),
    ("payers", "Paying users", Counts::People),
    ("moves", "Moves of home", Counts::People),
    ("arrivals", "People who came", Counts::People),
    ("departures", "People who left", Counts::People),
    ("arppu", "Revenue per payer and month", Counts::Money),
    ("arpu", "Revenue per active user and month", Counts::Money),
    ("revenue", "Revenue", Counts::Money),
    ("profit", "Profit of the last 12 months", Counts::Money),
    ("ltv", "Lifetime value", Counts::Money),
    ("hhi", "Concentration (HHI)", Counts::Plain),
];

/// What an outcome's name means; unknown measures keep their words and count as plain numbers.
///
/// The name is `measure`, `measure:platform`, or `measure:platform@audience`; a number may end the measure: `retention_180`.
pub fn outcome(scenario: &Scenario, name: &str) -> Outcome {
    let (measure, place) = name.split_once(':').unwrap_or((name, ""));
    let (place, audience) = place.split_once('@').unwrap_or((place, ""));
    let (title, counts) = meaning(measure);
    let quantity = match counts {
        Counts::Share => Quantity::Share,
        Counts::People => Quantity::People,
        Counts::Money => Quantity::Money(scenario.market.currency.clone()),
        Counts::Plain => Quantity::Plain,
    };
    Outcome {
        name: name.to_owned(),
        measure: measure.to_owned(),
        title,
        place: [label(scenario, place), scenario.audience_label(audience)]
            .map(plain)
            .join(" @ ")
            .trim_matches([' ', '@'])
            .to_owned(),
        platform: scenario.platforms.iter().position(|platform| platform.name == place),
        quantity,
    }
}

fn meaning(measure: &str) -> (String, Counts) {
    let digits = measure.chars().rev().take_while(char::is_ascii_digit).count();
    let (stem, number) = measure.split_at(measure.len() - digits);
    let pattern = if number.is_empty() { stem.to_owned() } else { format!("{stem}#") };
    match MEASURES.iter().find(|(word, _, _)| *word == pattern) {
        Some((_, title, counts)) => (title.replace('#', number), *counts),
        None => (capital(&plain(measure).replace('_', " ")), Counts::Plain),
    }
}

impl Outcome {
    /// Measure and platform in one line.
    pub fn full(&self) -> String {
        if self.place.is_empty() { self.title.clone() } else { format!("{} · {}", self.title, self.place) }
    }
}
