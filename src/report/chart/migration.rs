//! Who takes users from whom: moves between homes as a matrix of monthly rates.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, mean_of, short, source};
use crate::report::chart::matrix::{Matrix, shade};
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::findings::{biggest_flow, flow_back};
use crate::report::reading::{number, rows, table};
use crate::report::wording::{label, people, percent};

/// Rows leave, columns gain.
pub fn draw(story: &Story) -> Sheet {
    let name = |name: &str| short(story, label(story.scenario, name), 200.0, 19.0);
    let title = biggest_flow(story).map_or_else(
        || "Who takes users from whom".to_owned(),
        |(from, to, flow)| {
            let back = flow_back(story, &from, &to).value;
            format!(
                "{} moves from {} to {}, {} back: net {}",
                people(flow.value),
                name(&from),
                name(&to),
                people(back),
                people(flow.value - back)
            )
        },
    );
    let subtitle = format!(
        "Moves of home over the whole run, in % of the user-months spent at the row's platform; below, moves. {}",
        mean_of(story)
    );
    let mut sheet =
        Sheet::new(&title, &subtitle, &source(story), Matrix::sheet_height(story.scenario.platforms.len()));
    let matrix = matrix(story);
    if !matrix.has_data() {
        return sheet.nothing("nobody moved");
    }
    let body = sheet.body();
    matrix.draw(&mut sheet, Area { top: body.top + 4.0, ..body });
    sheet
}

fn matrix(story: &Story) -> Matrix {
    let platforms = story.scenario.platforms.iter().map(|platform| platform.name.as_str());
    let mut places: Vec<&str> = platforms.collect();
    if story.scenario.market.outside {
        places.push("outside");
    }
    let cells: Vec<Option<(f64, f64)>> =
        places.iter().flat_map(|from| places.iter().map(|to| moves(story, from, to))).collect();
    let largest = cells.iter().flatten().map(|cell| cell.0).fold(0.0, f64::max);
    let written = |(rate, count): (f64, f64)| {
        let darkness = if largest > 0.0 { rate / largest } else { 0.0 };
        (darkness, [percent(rate, 2), people(count)])
    };
    Matrix {
        heading: String::new(),
        corner: "from ↓  to →",
        names: places.iter().map(|name| label(story.scenario, name).to_owned()).collect(),
        shade,
        cells: cells.into_iter().map(|cell| cell.map(written)).collect(),
    }
}

/// Monthly rate and moves, where defined.
fn moves(story: &Story, from: &str, to: &str) -> Option<(f64, f64)> {
    let table = table(story, "migration")?;
    let wanted = [("period", "whole run"), EVERYBODY, ("from", from), ("to", to)];
    let row = *rows(table, &wanted).first()?;
    let (rate, count) = (number(table, "monthly_rate", row), number(table, "moves", row));
    (from != to && rate.is_finite()).then_some((rate, count))
}
