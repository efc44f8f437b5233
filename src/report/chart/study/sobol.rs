//! Variance-based sensitivity after Sobol: first-order and total indices as paired bars.

use crate::report::chart::palette::colour;
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{level, stacked};
use crate::report::chart::study::forest::{Forest, Mark, Row, Sign};
use crate::report::reading::{Estimate, estimate, rows, word, words};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};
use crate::report::study::quantity::Quantity;
use crate::report::study::setting::{in_sentence, told};
use crate::report::wording::plain;

/// Settings shown for an outcome: those with the largest total index.
const SETTINGS: usize = 12;
/// Outcomes of a report; the rest is in the table.
const OUTCOMES: usize = 16;

/// The indices of one setting.
pub struct Indices {
    /// Path of the setting.
    pub setting: String,
    /// Share of the variance that it explains alone.
    pub first: Estimate,
    /// Share in which it takes part.
    pub total: Estimate,
    /// Whether the estimate has settled.
    pub converged: bool,
}

/// Outcomes with their settings, the largest total index first.
pub fn indices(study: &StudyStory) -> Vec<(Outcome, Vec<Indices>)> {
    let Some(table) = study.table("sobol") else { return Vec::new() };
    let of_outcome = |name: &String| {
        let mut found: Vec<Indices> = rows(table, &[("outcome", name)])
            .into_iter()
            .map(|row| Indices {
                setting: word(table, "setting", row).to_owned(),
                first: estimate(table, "first", row),
                total: estimate(table, "total", row),
                converged: word(table, "converged", row) == "yes",
            })
            .filter(|it| it.total.value.is_finite())
            .collect();
        found.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
        (outcome(study.scenario, name), found)
    };
    words(table, "outcome").iter().map(of_outcome).filter(|(_, found)| !found.is_empty()).collect()
}

/// A list of paired bars for each outcome.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let found = indices(study);
    let open = found.iter().flat_map(|(_, found)| found).filter(|it| !it.converged).count();
    let warning = if open > 0 { format!(" {open} indices have not converged.") } else { String::new() };
    let subtitle = format!(
        "Dark: share of the outcome's variance explained by the setting alone (first order). Pale: with all its \
         interactions (total). Whiskers: {} interval.{warning}",
        level(study)
    );
    let title = found.first().map_or_else(
        || "What drives the variance".to_owned(),
        |(outcome, found)| {
            let total = Quantity::Share.write(found[0].total.value);
            format!(
                "{}: {} takes part in {total} of the variance",
                outcome.full(),
                in_sentence(study.scenario, &found[0].setting)
            )
        },
    );
    let forests: Vec<Forest> =
        found.iter().take(OUTCOMES).map(|(outcome, found)| forest(study, outcome, found)).collect();
    stacked(study, ([&title; 2], &subtitle), forests, "no index is defined")
}

fn forest(study: &StudyStory, outcome: &Outcome, found: &[Indices]) -> Forest {
    let ink = colour(outcome.platform.unwrap_or(0));
    let write = |value: f64| Quantity::Share.write(value);
    let row = |it: &Indices| Row {
        name: told(study.scenario, &it.setting, (318.0, 11.5)),
        note: if it.converged {
            plain(&it.setting)
        } else {
            format!("{} · not converged: more runs are needed", plain(&it.setting))
        },
        numbers: [format!("alone {}, total {}", write(it.first.value), write(it.total.value)), String::new()],
        zone: None,
        marks: vec![
            Mark { estimate: it.first, colour: ink, sign: Sign::Bar },
            Mark { estimate: it.total, colour: ink, sign: Sign::PaleBar },
        ],
    };
    let shown = &found[..found.len().min(SETTINGS)];
    let ends = shown.iter().flat_map(|it| [it.first, it.total]).flat_map(|it| [it.value, it.low, it.high]);
    Forest {
        heading: outcome.full(),
        unit: "share of variance".to_owned(),
        axis: Axis::of_levels(ends.chain([0.0]), Quantity::Share),
        rows: shown.iter().map(row).collect(),
        names: 330.0,
        numbers: 210.0,
    }
}
