//! Outcomes over two varied numbers: a heat map for each outcome.

use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::compose::{numbered, page};
use crate::report::chart::study::grid::{Design, Family};
use crate::report::chart::study::heat::Heat;
use crate::report::chart::study::plot::tiles;
use crate::report::chart::study::shades::Shades;
use crate::report::reading::{Estimate, number, rows};
use crate::report::study::StudyStory;
use crate::report::study::outcome::Outcome;
use crate::report::study::setting::Varied;
use crate::stats::intervals::t_interval;

/// Maps on a sheet.
const MOST: usize = 4;
/// Maps of a report; the rest is in the table.
const ALL: usize = 24;
/// More cells than this for each tested pair would be a map of holes.
const HOLES: usize = 3;

/// Sheets of up to four maps; none unless exactly two settings vary over a grid, one of them at least a number.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(design) = Design::of(study) else { return Vec::new() };
    let Some((across, up)) = pair(&design) else { return Vec::new() };
    let families = design.families();
    let maps: Vec<Heat> =
        families.iter().flat_map(|family| maps((study, &design), family, (across, up))).collect();
    let maps = &maps[..maps.len().min(ALL)];
    numbered(maps.chunks(MOST).map(|maps| sheet(study, &design, maps)).collect())
}

/// The two settings of a grid that is filled well enough for maps.
pub fn pair<'a>(design: &'a Design) -> Option<(&'a Varied, &'a Varied)> {
    let [across, up] = &design.settings[..] else { return None };
    let tested = design.outcomes.iter().map(|outcome| design.values(outcome).len()).max().unwrap_or(0);
    let is_filled = !design.is_linked() && across.count() * up.count() <= HOLES * tested.max(1);
    ((across.is_numeric() || up.is_numeric()) && is_filled).then_some((across, up))
}

/// The maps of one measure share their colours, so that platforms can be compared.
fn maps(
    (study, design): (&StudyStory, &Design),
    family: &Family,
    (across, up): (&Varied, &Varied),
) -> Vec<Heat> {
    let cells: Vec<Vec<f64>> =
        family.outcomes.iter().map(|outcome| cells(design, outcome, (across, up))).collect();
    let scenario = study.scenario;
    let quantity = family.outcomes[0].quantity.clone();
    let shades = Shades::of(&cells.concat(), quantity);
    let heat = |(outcome, cells): (&Outcome, Vec<f64>)| Heat {
        heading: outcome.full(),
        across: (across.title(scenario), across.words()),
        up: (up.title(scenario), up.words()),
        cells,
        is_chance: is_chance((study, design), outcome),
        is_ordered: across.is_numeric() && up.is_numeric(),
        shades: shades.clone(),
    };
    family.outcomes.iter().zip(cells).map(heat).collect()
}

/// Whether not even the highest cell differs clearly from the lowest. Cells share their chance, so what counts is the
/// interval of their paired difference; where the runs are not at hand, whether all intervals have a value in common.
fn is_chance((study, design): (&StudyStory, &Design), outcome: &Outcome) -> bool {
    let cells = replications(study, outcome);
    if cells.is_empty() {
        return is_common(&design.values(outcome));
    }
    let mean = |cell: &&Vec<(i64, f64)>| cell.iter().map(|(_, value)| value).sum::<f64>() / cell.len() as f64;
    let by_mean = |a: &&Vec<(i64, f64)>, b: &&Vec<(i64, f64)>| mean(a).total_cmp(&mean(b));
    let (Some(lowest), Some(highest)) = (cells.iter().min_by(by_mean), cells.iter().max_by(by_mean)) else {
        return false;
    };
    let partner = |replication: i64| lowest.iter().find(|(other, _)| *other == replication);
    let pair = |&(replication, value): &(i64, f64)| Some(value - partner(replication)?.1);
    let differences: Vec<f64> = highest.iter().filter_map(pair).collect();
    let found = t_interval(&differences, study.scenario.run.confidence);
    found.low <= 0.0 && found.high >= 0.0
}

/// Whether all intervals have a value in common.
fn is_common(values: &[(usize, Estimate)]) -> bool {
    let low = values.iter().map(|(_, it)| it.low).fold(f64::NEG_INFINITY, f64::max);
    let high = values.iter().map(|(_, it)| it.high).fold(f64::INFINITY, f64::min);
    values.iter().all(|(_, it)| it.has_band()) && low <= high
}

/// The defined values of an outcome, with their replications, of each tested cell.
fn replications(study: &StudyStory, outcome: &Outcome) -> Vec<Vec<(i64, f64)>> {
    let Some(table) = study.table("results") else { return Vec::new() };
    let mut cells: Vec<Vec<(i64, f64)>> = Vec::new();
    for row in rows(table, &[("outcome", &outcome.name)]) {
        let value = number(table, "value", row);
        let (cell, replication) = (number(table, "point", row), number(table, "replication", row));
        if value.is_finite() && cell >= 0.0 && replication >= 0.0 {
            let cell = cell as usize;
            cells.resize_with(cells.len().max(cell + 1), Vec::new);
            cells[cell].push((replication as i64, value));
        }
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

/// Which maps show nothing but chance, in words.
fn chance(maps: &[Heat]) -> String {
    let found: Vec<&str> = maps.iter().filter(|map| map.is_chance).map(|map| map.heading.as_str()).collect();
    match found.len() {
        0 => String::new(),
        all if all == maps.len() => " Differences between cells are within chance.".to_owned(),
        _ => format!(" Differences between cells are within chance in: {}.", found.join(", ")),
    }
}

fn cells(design: &Design, outcome: &Outcome, (across, up): (&Varied, &Varied)) -> Vec<f64> {
    let mut cells = vec![f64::NAN; across.count() * up.count()];
    for (row, Estimate { value, .. }) in design.values(outcome) {
        if let (Some(x), Some(y)) = (across.position(design.table, row), up.position(design.table, row)) {
            cells[y * across.count() + x] = value;
        }
    }
    cells
}

fn sheet(study: &StudyStory, design: &Design, maps: &[Heat]) -> Sheet {
    let title = format!("How outcomes respond to {}", design.meanings(study.scenario));
    let subtitle = format!(
        "{}Cells: tested pairs, mean over replications; pale cells were not tested.{} Maps of one measure share their \
         colours.{}",
        design.note(),
        if maps.iter().any(|map| map.is_ordered) { " Lines: equal outcome, interpolated." } else { "" },
        chance(maps)
    );
    let rows = maps.len().div_ceil(2) as f64;
    let height = if maps.len() == 1 { 420.0 } else { 345.0 * rows };
    let mut sheet = page(study, &title, &subtitle, height);
    let body = sheet.body();
    for (area, map) in tiles(body, maps.len(), 2, 30.0).into_iter().zip(maps) {
        map.draw(&mut sheet, Area { bottom: area.bottom - 10.0, ..area });
    }
    sheet
}
