//! Whether platforms house the same audiences: breadth on the diagonal, overlap and pressure beside it.

use crate::report::Story;
use crate::report::chart::compose::{mean_of, short, source};
use crate::report::chart::matrix::{Matrix, shade};
use crate::report::chart::sheet::Sheet;
use crate::report::reading::{number, rows, table};
use crate::report::wording::{grouped, label, percent};
use crate::table::Table;

/// A square of the platforms.
pub fn draw(story: &Story) -> Sheet {
    let scenario = story.scenario;
    let subtitle = format!(
        "Residents at the end by audience. Diagonal: over how many of {} audiences they spread. Beside it: Pianka's overlap of row \
         and column, and how hard the column presses the row. {}",
        scenario.audiences.len(),
        mean_of(story)
    );
    let found = table(story, "audience_niche");
    let title =
        found.and_then(|table| title(story, table)).unwrap_or_else(|| "Whose audiences overlap".to_owned());
    // Who has no residents has no niche.
    let housed = |name: &&str| found.is_some_and(|table| breadth(table, name).is_some());
    let names: Vec<&str> =
        scenario.platforms.iter().map(|platform| platform.name.as_str()).filter(housed).collect();
    let cell = |own, rival| {
        found.and_then(|table| if own == rival { breadth(table, own) } else { pair(table, own, rival) })
    };
    let height = Matrix::sheet_height(names.len());
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), height);
    let matrix = Matrix {
        heading: String::new(),
        corner: "pressed by →",
        shade,
        cells: names.iter().flat_map(|own| names.iter().map(move |rival| cell(own, rival))).collect(),
        names: names.iter().map(|name| label(scenario, name).to_owned()).collect(),
    };
    if !matrix.has_data() {
        return sheet.nothing("it takes two platforms with users, and two audiences");
    }
    let body = sheet.body();
    matrix.draw(&mut sheet, body);
    sheet
}

fn breadth(table: &Table, own: &str) -> Option<(f64, [String; 2])> {
    let row = *rows(table, &[("platform", own)]).first()?;
    let (levins, darkness) = (number(table, "levins", row), number(table, "levins_standardised", row));
    levins
        .is_finite()
        .then(|| (0.35 * darkness.clamp(0.0, 1.0), [grouped(levins, 2), "audiences".to_owned()]))
}

fn pair(table: &Table, own: &str, rival: &str) -> Option<(f64, [String; 2])> {
    let overlap = overlap(table, own, rival)?;
    let row = *rows(table, &[("platform", own), ("rival", rival)]).first()?;
    let pressure = number(table, "macarthur_levins", row);
    let pressure =
        if pressure.is_finite() { format!("pressure {}", grouped(pressure, 2)) } else { String::new() };
    Some((overlap.clamp(0.0, 1.0), [percent(overlap, 1), pressure]))
}

fn overlap(table: &Table, own: &str, rival: &str) -> Option<f64> {
    let row = *rows(table, &[("platform", own), ("rival", rival)]).first()?;
    Some(number(table, "pianka", row)).filter(|value| value.is_finite())
}

/// The two platforms that house the most alike audiences.
fn title(story: &Story, table: &Table) -> Option<String> {
    let platforms = &story.scenario.platforms;
    let pairs =
        platforms.iter().enumerate().flat_map(|(at, a)| platforms[at + 1..].iter().map(move |b| (a, b)));
    let (a, b, closest) = pairs
        .filter_map(|(a, b)| Some((a, b, overlap(table, &a.name, &b.name)?)))
        .max_by(|x, y| x.2.total_cmp(&y.2))?;
    let name = |name: &str| short(story, label(story.scenario, name), 230.0, 18.0);
    Some(format!(
        "By audience, {} and {} share {} of their niche",
        name(&a.name),
        name(&b.name),
        percent(closest, 1)
    ))
}
