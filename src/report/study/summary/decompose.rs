//! The parts of a gap as a table.

use crate::report::chart::study::gap::{Split, convention_words, matching, splits};
use crate::report::listing::{Listing, heads};
use crate::report::reading::Estimate;
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::wording::ABSENT;

/// A row for each group of each gap, then the gap.
pub fn split(study: &StudyStory) -> Option<Listing> {
    Some(Listing {
        title: "What makes the gap".to_owned(),
        note: format!(
            "Contributions are Shapley values: averages over all orders in which groups of settings could be \
             exchanged. They sum to the gap.{}{}",
            matching(&splits(study)),
            if splits(study).iter().any(Split::is_open) {
                " Where the interval of the gap holds zero, its parts are not told in per cent of it."
            } else {
                ""
            }
        ),
        file: "shares",
        head: heads(&["Outcome", "Convention", "Group", "Contribution", "Part of the gap"]),
        rows: splits(study).iter().flat_map(rows).collect(),
    })
}

fn rows(split: &Split) -> Vec<Vec<String>> {
    let gap = split.own.value - split.rival.value;
    let is_open = split.is_open();
    let row = |name: &str, it: &Estimate| {
        let quantity = &split.outcome.quantity;
        let part = if is_open { ABSENT.to_owned() } else { Quantity::Relative.write(it.value / gap) };
        vec![
            split.outcome.full(),
            convention_words(&split.convention).to_owned(),
            name.to_owned(),
            quantity.change_with(it),
            part,
        ]
    };
    let whole = row("all groups: the gap", &Estimate { value: gap, ..split.gap });
    split.steps.iter().map(|(group, it)| row(group, it)).chain([whole]).collect()
}
