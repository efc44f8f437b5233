//! The tables of a study's page: few rows, plain words; the full tables are files.

use minijinja::Value;

use crate::report::chart::study::effects::{Effect, effects, is_clear};
use crate::report::chart::study::grid::Design;
use crate::report::listing::{Listing, heads, shown, with_interval};
use crate::report::study::setting::unit;
use crate::report::study::{StudyKind, StudyStory};
use crate::report::wording::{ABSENT, grouped, plain};

/// Outcomes that stand beside each other.
const ACROSS: usize = 6;

/// All tables of the study's kind that have a row.
pub fn tables(study: &StudyStory) -> Vec<Value> {
    match study.kind {
        StudyKind::Compare => shown([compared(study)]),
        StudyKind::Sweep => shown([swept(study)]),
        _ => Vec::new(),
    }
}

fn compared(study: &StudyStory) -> Option<Listing> {
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

/// A row for each tested point, the first outcomes beside each other.
fn swept(study: &StudyStory) -> Option<Listing> {
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
        let level = |setting: &crate::report::study::setting::Varied| {
            let level = first.and_then(|row| setting.position(design.table, row));
            level.map_or_else(|| ABSENT.to_owned(), |level| plain(&setting.words()[level]))
        };
        let value = |(outcome, values): (&crate::report::study::outcome::Outcome, &Vec<(usize, _)>)| {
            let found = values.iter().find(|(row, _)| point(&design, *row) == wanted);
            found.map_or_else(
                || ABSENT.to_owned(),
                |(_, mean)| with_interval(mean, |value| outcome.quantity.write(value)),
            )
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
        note: format!("Mean over replications with its interval.{cut}"),
        file: "summary",
        head,
        rows: points.iter().map(row).collect(),
    })
}

fn point(design: &Design, row: usize) -> f64 {
    crate::report::reading::number(design.table, "point", row)
}

/// Path and unit of a setting.
pub fn named(path: &str) -> String {
    let unit = unit(path);
    if unit.is_empty() { plain(path) } else { format!("{}, {unit}", plain(path)) }
}
