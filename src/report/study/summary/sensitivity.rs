//! The influence of settings as tables.

use crate::report::chart::study::morris::influences;
use crate::report::chart::study::sobol;
use crate::report::listing::{Listing, heads, with_interval};
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::study::setting::named;

/// Settings of an outcome that are listed.
const LISTED: usize = 5;

/// Sobol's indices of the most influential settings of each outcome.
pub fn indices(study: &StudyStory) -> Option<Listing> {
    let write = |share: f64| Quantity::Share.write(share);
    let rows = sobol::indices(study).into_iter().flat_map(|(outcome, found)| {
        found.into_iter().take(LISTED).map(move |it| {
            vec![
                outcome.full(),
                named(&it.setting),
                with_interval(&it.first, write),
                with_interval(&it.total, write),
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
            let write = |value: f64| outcome.quantity.write_size(value);
            vec![
                outcome.full(),
                named(&it.setting),
                with_interval(&it.mu_star, write),
                it.direction().to_owned(),
                write(it.sigma),
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
