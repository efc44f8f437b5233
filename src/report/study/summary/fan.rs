//! The sources of uncertainty as a table.

use crate::report::chart::study::variance::splits;
use crate::report::listing::{Listing, heads};
use crate::report::study::StudyStory;
use crate::report::wording::{grouped, percent};

/// A row for each outcome.
pub fn variance(study: &StudyStory) -> Option<Listing> {
    let rows = splits(study).into_iter().map(|split| {
        let mut cells = vec![split.outcome.full(), split.spread()];
        cells.extend(split.shares.map(|share| percent(share, 1)));
        cells
    });
    Some(Listing {
        title: "Where the uncertainty comes from".to_owned(),
        note: format!(
            "Standard deviation over all draws, and the shares of its square. Chance is that of {} simulated users: \
             the fewer, the larger.",
            grouped(study.scenario.market.users as f64, 0)
        ),
        file: "variance",
        head: heads(&["Outcome", "Standard deviation", "Uncertain settings", "Chance", "Panel"]),
        rows: rows.collect(),
    })
}
