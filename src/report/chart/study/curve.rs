//! What a curve of a study shows, by its name in tables.

use crate::report::chart::panel::Across;
use crate::report::study::StudyStory;
use crate::report::study::outcome::outcome;
use crate::report::study::quantity::Quantity;

/// What a kind of curve shows.
pub struct Kind {
    /// Heading.
    pub title: String,
    /// What it counts.
    pub quantity: Quantity,
    /// Axis title; empty for the calendar.
    pub across: &'static str,
}

impl Kind {
    /// What runs across: ages, cycles, or the calendar.
    pub fn along(&self, study: &StudyStory) -> Across {
        match self.across {
            "" => Across::Dates(study.scenario.market.start.clone()),
            title => Across::Numbers(title.to_owned()),
        }
    }
}

/// What a curve of that name shows; one of unknown name runs over the calendar.
pub fn kind(study: &StudyStory, name: &str) -> Kind {
    let of = |title: &str, across| Kind { title: title.to_owned(), quantity: Quantity::Share, across };
    match name {
        "home_survival" => of("Share still at home", "days since joining"),
        "conversion" => of("Share that has paid", "days since joining"),
        "retention" | "classic" => of("Share active on the day", "days since joining"),
        "member_retention" => of("Share of subscribers still paying", "billing cycle (30 days)"),
        other => {
            let outcome = outcome(study.scenario, other);
            Kind { title: outcome.title, quantity: outcome.quantity, across: "" }
        }
    }
}
