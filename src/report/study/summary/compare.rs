//! The effects of a comparison as a table.

use crate::report::chart::study::effects::{Effect, effects, is_clear};
use crate::report::listing::{Listing, heads, with_interval};
use crate::report::study::StudyStory;
use crate::report::wording::{ABSENT, grouped, plain};

/// A row for each effect.
pub fn compared(study: &StudyStory) -> Option<Listing> {
    let row = |effect: Effect| {
        let quantity = &effect.outcome.quantity;
        let Effect { effect: change, .. } = &effect;
        let ends = quantity.write_change_between(change.low, change.high);
        vec![
            plain(&effect.treatment),
            effect.outcome.full(),
            with_interval(&effect.control, |value| quantity.write(value)),
            with_interval(&effect.treated, |value| quantity.write(value)),
            format!("{} ({ends})", quantity.write_change(change.value)).replace(" ()", ""),
            if is_clear(change) { "clear of zero" } else { "may be chance" }.to_owned(),
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

fn sharper(ratio: f64) -> String {
    if ratio.is_finite() { format!("{}×", grouped(ratio, 1)) } else { ABSENT.to_owned() }
}
