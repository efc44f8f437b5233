//! The influence of settings as tables.

use crate::report::chart::study::morris::influences;
use crate::report::chart::study::sobol;
use crate::report::listing::{Listing, heads};
use crate::report::reading::Estimate;
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::study::setting::named;

/// Settings of an outcome that are listed.
const LISTED: usize = 5;

/// Sobol's indices of the most influential settings of each outcome.
pub fn indices(study: &StudyStory) -> Option<Listing> {
    let write = |share: &Estimate| Quantity::Relative.level_with(share);
    let rows = sobol::indices(study).into_iter().flat_map(|(outcome, found)| {
        found.into_iter().take(LISTED).map(move |it| {
            vec![
                outcome.full(),
                named(&it.setting),
                write(&it.first),
                write(&it.total),
                if it.converged { "yes" } else { "no" }.to_owned(),
            ]
        })
    });
    Some(Listing {
        title: "Shares of variance".to_owned(),
        note: format!(
            "The {LISTED} settings of each outcome with the largest total index. Alone: first order. In total: with \
             all interactions."
        ),
        file: "sobol",
        head: heads(&["Outcome", "Setting", "Alone", "In total", "Converged"]),
        rows: rows.collect(),
    })
}

/// Morris's effects of the most influential settings of each outcome.
pub fn effects(study: &StudyStory) -> Option<Listing> {
    let rows = influences(study).into_iter().flat_map(|(outcome, found)| {
        found.into_iter().take(LISTED).map(move |it| {
            vec![
                outcome.full(),
                named(&it.setting),
                outcome.quantity.size_with(&it.mu_star),
                it.direction().to_owned(),
                outcome.quantity.write_size(it.sigma),
            ]
        })
    });
    Some(Listing {
        title: "Elementary effects".to_owned(),
        note: format!(
            "The {LISTED} settings of each outcome with the largest mean absolute effect of moving them across their \
             range. A large spread means interaction or a bent response."
        ),
        file: "morris",
        head: heads(&["Outcome", "Setting", "Mean absolute effect", "Direction", "Spread"]),
        rows: rows.collect(),
    })
}
