//! How fitted settings trade off against each other: correlations of the posterior.

use crate::report::chart::matrix::Matrix;
use crate::report::chart::palette::{Colour, mix};
use crate::report::chart::sheet::Area;
use crate::report::chart::study::Part;
use crate::report::chart::study::compose::{page, single};
use crate::report::reading::{number, rows, words};
use crate::report::study::StudyStory;
use crate::report::study::setting::{in_sentence, told};
use crate::report::wording::grouped;
use crate::study::phrase::capital;
use crate::table::Table;

/// Settings shown; the rest is in the table.
const MOST: usize = 14;

/// A square of correlations.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(table) = study.table("correlation") else { return Vec::new() };
    let mut names = words(table, "first");
    for name in words(table, "second") {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let cut = if names.len() > MOST {
        format!(" The first {MOST} of {} settings.", names.len())
    } else {
        String::new()
    };
    names.truncate(MOST);
    let subtitle = format!(
        "Correlation of the posterior draws, from -1 to 1: blue, both rise together; orange, one falls as the other rises.{cut}"
    );
    let cells: Vec<Option<f64>> =
        names.iter().flat_map(|a| names.iter().map(|b| correlation(table, a, b))).collect();
    if cells.iter().all(Option::is_none) {
        let sheet = page(study, "How settings trade off", &subtitle, 200.0);
        return single(sheet.nothing("no pair of settings has a correlation"));
    }
    let title = title(study, &names, &cells);
    let matrix = matrix(study, &names, cells);
    let height = 130.0 + 46.0 * names.len() as f64;
    let mut sheet = page(study, &title, &subtitle, height);
    let body = sheet.body();
    let right = body.right.min(body.left + 260.0 + 110.0 * names.len() as f64);
    matrix.draw(&mut sheet, Area { right, ..body });
    single(sheet)
}

/// The cells with their numbers, orange below zero and blue above.
fn matrix(study: &StudyStory, names: &[String], cells: Vec<Option<f64>>) -> Matrix {
    Matrix {
        heading: String::new(),
        corner: "",
        names: names.iter().map(|name| told(study.scenario, name, (380.0, 11.5))).collect(),
        shade,
        cells: cells
            .into_iter()
            .map(|cell| cell.map(|r| ((1.0 + r.clamp(-1.0, 1.0)) / 2.0, [grouped(r, 2), String::new()])))
            .collect(),
    }
}

/// Off the diagonal, whichever way round the table has the pair.
fn correlation(table: &Table, a: &str, b: &str) -> Option<f64> {
    let found = [(a, b), (b, a)]
        .into_iter()
        .find_map(|(first, second)| rows(table, &[("first", first), ("second", second)]).first().copied())?;
    Some(number(table, "correlation", found)).filter(|r| r.is_finite() && a != b)
}

fn title(study: &StudyStory, names: &[String], cells: &[Option<f64>]) -> String {
    let defined = cells.iter().enumerate().filter_map(|(index, cell)| cell.map(|r| (index, r)));
    let strongest = defined.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    strongest.map_or_else(
        || "How settings trade off".to_owned(),
        |(index, r)| {
            let [first, second] =
                [index / names.len(), index % names.len()].map(|at| in_sentence(study.scenario, &names[at]));
            format!("{} and {second} hang together most: {}", capital(&first), grouped(r, 2))
        },
    )
}

/// Orange at -1, white at 0, blue at 1.
fn shade(share: f64) -> Colour {
    match 2.0 * share {
        lower if lower < 1.0 => mix((213, 94, 0), (250, 250, 250), lower),
        upper => mix((250, 250, 250), (0, 84, 140), upper - 1.0),
    }
}
