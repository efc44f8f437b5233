//! The effects of a comparison as a table.

use crate::report::chart::study::effects::{Effect, effects, is_clear, is_unchanged};
use crate::report::listing::{Listing, heads};
use crate::report::reading::Estimate;
use crate::report::study::StudyStory;
use crate::report::wording::{ABSENT, grouped, plain};

/// A row for each effect.
pub fn compared(study: &StudyStory) -> Option<Listing> {
    let row = |effect: Effect| {
        let quantity = &effect.outcome.quantity;
        vec![
            plain(&effect.treatment),
            effect.outcome.full(),
            quantity.level_with(&effect.control),
            quantity.level_with(&effect.treated),
            quantity.change_with(&effect.effect),
            reading(&effect.effect).to_owned(),
            sharper(effect.variance_ratio),
        ]
    };
    Some(Listing {
        title: "Effects".to_owned(),
        note: "Effect: treatment minus control, paired by replication. The last column says how many times larger \
               the variance of the difference would have been with independent chance."
            .to_owned(),
        file: "effects",
        head: heads(&["Treatment", "Outcome", "Control", "Treated", "Effect", "Reading", "Gain by pairing"]),
        rows: effects(study).into_iter().map(row).collect(),
    })
}

/// What the interval of an effect says about its direction.
pub fn reading(effect: &Estimate) -> &'static str {
    match effect {
        it if is_unchanged(it) => "unchanged",
        it if is_clear(it) => "clear of zero",
        it if it.has_band() => "may be chance",
        _ => "no interval",
    }
}

fn sharper(ratio: f64) -> String {
    if ratio.is_finite() { format!("{}×", grouped(ratio, 1)) } else { ABSENT.to_owned() }
}
