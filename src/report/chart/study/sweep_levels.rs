//! Outcomes at the levels of one varied word, or at the only tested point: dots with intervals.

use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{hue, level, stacked};
use crate::report::chart::study::forest::{Forest, Mark, Row, Sign};
use crate::report::chart::study::grid::{Design, Family};
use crate::report::reading::Estimate;
use crate::report::study::StudyStory;
use crate::report::study::outcome::Outcome;
use crate::report::study::setting::Varied;
use crate::report::wording::plain;

/// Rows of a measure; the rest is in the table.
const MOST: usize = 40;

/// Sheets of dots; none unless one setting varies by words, few points
/// vary several together without an order, or nothing varies.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(design) = Design::of(study) else { return Vec::new() };
    let settings = &design.settings[..];
    if !settings.is_empty() && !design.is_listed() {
        return Vec::new();
    }
    let title = match settings {
        [] => "Outcomes at the only tested point".to_owned(),
        _ => format!("Outcomes by level of {}", design.meanings(study.scenario)),
    };
    let subtitle = format!(
        "{}Dots: mean over replications; whiskers: {} interval of the mean.",
        design.note(),
        level(study)
    );
    let forests = design.families().iter().map(|family| forest(&design, family)).collect();
    stacked(study, ([&title; 2], &subtitle), forests, "no outcome is defined")
}

fn forest(design: &Design, family: &Family) -> Forest {
    let quantity = family.outcomes[0].quantity.clone();
    let mut rows: Vec<Row> = family.outcomes.iter().flat_map(|outcome| rows(design, outcome)).collect();
    rows.truncate(MOST);
    let marks = rows.iter().flat_map(|row| &row.marks).map(|mark| mark.estimate);
    let axis = Axis::of_levels(marks.flat_map(|it| [it.value, it.low, it.high]), quantity.clone());
    Forest {
        heading: family.title.clone(),
        unit: quantity.unit().to_owned(),
        axis,
        rows,
        names: 250.0,
        numbers: 190.0,
    }
}

/// A row for each level.
fn rows(design: &Design, outcome: &Outcome) -> Vec<Row> {
    let words: Vec<Vec<String>> = design.settings.iter().map(Varied::words).collect();
    let row = |(row, mean): (usize, Estimate)| {
        let level = |(setting, words): (&Varied, &Vec<String>)| {
            setting.position(design.table, row).map(|level| plain(&words[level]))
        };
        let levels: Vec<String> = design.settings.iter().zip(&words).filter_map(level).collect();
        Row {
            name: if levels.is_empty() { outcome.title.clone() } else { levels.join(" · ") },
            note: outcome.place.clone(),
            numbers: [outcome.quantity.level_with(&mean), String::new()],
            zone: None,
            marks: vec![Mark { estimate: mean, colour: hue(outcome), sign: Sign::Dot }],
        }
    };
    design.values(outcome).into_iter().map(row).collect()
}
