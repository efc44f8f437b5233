//! The tested points of a sweep as a table.

use crate::report::chart::study::grid::Design;
use crate::report::listing::{Listing, heads};
use crate::report::reading::{Estimate, number};
use crate::report::study::StudyStory;
use crate::report::study::outcome::Outcome;
use crate::report::study::setting::{Varied, named};
use crate::report::wording::{ABSENT, grouped, plain};

/// Outcomes that stand beside each other.
const ACROSS: usize = 5;

/// A row for each tested point, the first outcomes beside each other.
pub fn swept(study: &StudyStory) -> Option<Listing> {
    let design = Design::of(study)?;
    let outcomes = &design.outcomes[..design.outcomes.len().min(ACROSS)];
    let more = design.outcomes.len() - outcomes.len();
    let values: Vec<_> = outcomes.iter().map(|outcome| design.values(outcome)).collect();
    let mut points: Vec<f64> = Vec::new();
    for row in 0..design.table.rows() {
        let point = point(&design, row);
        if !points.contains(&point) {
            points.push(point);
        }
    }
    let row = |&wanted: &f64| {
        let first = (0..design.table.rows()).find(|&row| point(&design, row) == wanted);
        let level = |setting: &Varied| {
            let level = first.and_then(|row| setting.position(design.table, row));
            level.map_or_else(|| ABSENT.to_owned(), |level| plain(&setting.words()[level]))
        };
        let value = |(outcome, values): (&Outcome, &Vec<(usize, Estimate)>)| {
            let found = values.iter().find(|(row, _)| point(&design, *row) == wanted);
            found.map_or_else(|| ABSENT.to_owned(), |(_, mean)| outcome.quantity.level_with(mean))
        };
        let mut cells = vec![grouped(wanted, 0)];
        cells.extend(design.settings.iter().map(level));
        cells.extend(outcomes.iter().zip(&values).map(value));
        cells
    };
    let mut head = heads(&["Point"]);
    head.extend(design.settings.iter().map(|setting| named(&setting.path)));
    head.extend(outcomes.iter().map(|outcome| outcome.full()));
    let cut = if more > 0 { format!(" {more} more outcomes are in the file.") } else { String::new() };
    Some(Listing {
        title: "Tested points".to_owned(),
        note: format!("Mean over replications, in brackets its interval.{cut}"),
        file: "summary",
        head,
        rows: points.iter().map(row).collect(),
    })
}

fn point(design: &Design, row: usize) -> f64 {
    number(design.table, "point", row)
}
