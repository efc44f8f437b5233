//! The parts of a gap as a table.

use crate::report::chart::study::waterfall::{Split, convention_words, splits};
use crate::report::listing::{Listing, heads};
use crate::report::reading::Estimate;
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::wording::ABSENT;

/// A row for each group of each gap, then the gap.
pub fn split(study: &StudyStory) -> Option<Listing> {
    Some(Listing {
        title: "What makes the gap".to_owned(),
        note:
            "Contributions are Shapley values: averages over all orders in which groups of settings could be \
               exchanged. They sum to the gap."
                .to_owned(),
        file: "shares",
        head: heads(&["Outcome", "Convention", "Group", "Contribution", "Part of the gap"]),
        rows: splits(study).iter().flat_map(rows).collect(),
    })
}

fn rows(split: &Split) -> Vec<Vec<String>> {
    let gap = split.own.value - split.rival.value;
    let row = |name: &str, it: &Estimate| {
        let quantity = &split.outcome.quantity;
        let ends = quantity.write_change_between(it.low, it.high);
        let part = if gap == 0.0 { ABSENT.to_owned() } else { Quantity::Relative.write(it.value / gap) };
        vec![
            split.outcome.full(),
            convention_words(&split.convention).to_owned(),
            name.to_owned(),
            format!("{} ({ends})", quantity.write_change(it.value)).replace(" ()", ""),
            part,
        ]
    };
    let whole = row("all groups: the gap", &Estimate::bare(gap));
    split.steps.iter().map(|(group, it)| row(group, it)).chain([whole]).collect()
}
