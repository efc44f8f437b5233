//! What a calibration found, as tables.

use crate::report::chart::study::fit;
use crate::report::chart::study::posterior::fitted;
use crate::report::listing::{Listing, heads, with_interval};
use crate::report::study::StudyStory;
use crate::report::study::quantity::{Quantity, level};
use crate::report::study::setting::named;

/// A row for each fitted setting.
pub fn settings(study: &StudyStory) -> Option<Listing> {
    let rows = fitted(study).into_iter().map(|it| {
        vec![
            named(&it.setting),
            format!("{} to {}", level(it.prior.0), level(it.prior.1)),
            level(it.best),
            with_interval(&it.mean, level),
            Quantity::Relative.write(it.contraction),
            it.verdict,
        ]
    });
    Some(Listing {
        title: "Fitted settings".to_owned(),
        note: "Narrower: how much smaller the posterior's standard deviation is than the prior's; near 0 % the figures \
               say nothing about the setting."
            .to_owned(),
        file: "settings",
        head: heads(&["Setting", "Prior range", "Best draw", "Posterior mean", "Narrower", "Reading"]),
        rows: rows.collect(),
    })
}

/// A row for each published figure.
pub fn figures(study: &StudyStory) -> Option<Listing> {
    let rows = fit::figures(study).into_iter().map(|it| {
        let verdict = if it.is_within() { "within tolerance" } else { "outside tolerance" };
        let [published, simulated] = it.numbers;
        vec![
            it.name,
            it.period,
            it.role,
            published,
            simulated,
            Quantity::Relative.write_change(it.error.value),
            verdict.to_owned(),
        ]
    });
    Some(Listing {
        title: "Published and simulated figures".to_owned(),
        note: "Predicted figures were left out of the fit and test the model; fitted ones were used to choose the \
               settings and test nothing."
            .to_owned(),
        file: "fit",
        head: heads(&["Figure", "Period", "Role", "Published", "Simulated", "Error", "Reading"]),
        rows: rows.collect(),
    })
}
