//! Outcomes along each of several varied settings, averaged over the others: small multiples.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::GREY_TEXT;
use crate::report::chart::scale::Tick;
use crate::report::chart::sheet::{Area, Sheet, circle};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{hue, numbered, page};
use crate::report::chart::study::grid::Design;
use crate::report::chart::study::plot::{BELOW, BESIDE, Plot, tiles};
use crate::report::chart::study::sweep_maps::pair;
use crate::report::chart::typeface::{HEAVIER, clipped, shorten};
use crate::report::reading::{Estimate, Point};
use crate::report::study::StudyStory;
use crate::report::study::outcome::Outcome;
use crate::report::study::setting::{Levels, Varied, spoken, tail, unit};
use crate::scenario::Scenario;

/// Settings beside each other; the rest follows below.
const COLUMNS: usize = 4;
/// Outcomes on a sheet.
const ROWS: usize = 3;
/// Outcomes of a report; the rest is in the table.
const ALL: usize = 24;

/// Sheets of up to three outcomes; none unless several settings vary and no map shows them.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(design) = Design::of(study) else { return Vec::new() };
    if design.settings.len() < 2 || pair(&design).is_some() || design.line().is_some() || design.is_listed() {
        return Vec::new();
    }
    let outcomes: Vec<Outcome> =
        design.families().into_iter().flat_map(|family| family.outcomes).take(ALL).collect();
    numbered(outcomes.chunks(ROWS).map(|outcomes| sheet(study, &design, outcomes)).collect())
}

fn sheet(study: &StudyStory, design: &Design, outcomes: &[Outcome]) -> Sheet {
    let title = format!("{} settings, each on average over the others", design.settings.len());
    let subtitle = "Dots: mean over all tested values of the other settings. Bars: from the lowest to the highest of \
                    them, not an interval of chance. Panels of one outcome share their axis.";
    let deep = design.settings.len().div_ceil(COLUMNS);
    let height = 273.0 * (outcomes.len() * deep) as f64;
    let mut sheet = page(study, &title, subtitle, height);
    let body = sheet.body();
    for (area, outcome) in tiles(body, outcomes.len(), 1, 0.0).into_iter().zip(outcomes) {
        row(&mut sheet, area, (study.scenario, design), outcome);
    }
    sheet
}

fn row(sheet: &mut Sheet, area: Area, (scenario, design): (&Scenario, &Design), outcome: &Outcome) {
    let values = design.values(outcome);
    let up = Axis::of_levels(values.iter().map(|(_, mean)| mean.value), outcome.quantity.clone());
    let columns = COLUMNS.min(design.settings.len());
    sheet.text((area.left, area.top + 10.0), 12.5, &outcome.full(), |text| text.bold = true);
    let below = Area { top: area.top + 14.0, ..area };
    let areas = tiles(below, design.settings.len(), columns, 10.0);
    for (area, setting) in areas.into_iter().zip(&design.settings) {
        panel(sheet, area, (scenario, design, outcome, &up), setting);
    }
}

fn panel(
    sheet: &mut Sheet,
    area: Area,
    (scenario, design, outcome, up): (&Scenario, &Design, &Outcome, &Axis),
    setting: &Varied,
) {
    let plot = Plot {
        area: Area {
            left: area.left + BESIDE,
            top: area.top + 46.0,
            right: area.right - 6.0,
            bottom: area.bottom - BELOW - 8.0,
        },
        across: across(setting),
        up: up.clone(),
    };
    plot.levels(sheet);
    let room = area.right - area.left;
    for (index, line) in clipped(&spoken(scenario, &setting.path), room / HEAVIER, 11.0).iter().enumerate() {
        let place = (area.left + 8.0, area.top + 10.0 + 13.0 * index as f64);
        sheet.text(place, 11.0, line, |text| text.bold = true);
    }
    let path = tail(&setting.path, room, 9.0);
    sheet.text((area.left + 8.0, plot.area.top - 8.0), 9.0, &path, |text| text.colour = GREY_TEXT);
    match &setting.levels {
        Levels::Numbers(values) => plot.tested(sheet, values, unit(&setting.path)),
        Levels::Words(words) => plot.floor_at(sheet, &names(words, &plot), ""),
    }
    let points = margins(design, outcome, setting);
    if setting.is_numeric() {
        plot.curve(sheet, &points, hue(outcome), (1.4, &[]));
    }
    plot.dots(sheet, &points, hue(outcome));
    for (point, level) in points.iter().zip(setting.words()) {
        let what = format!("{}, {} {level}", outcome.full(), spoken(scenario, &setting.path));
        let value = outcome.quantity.level_with(&point.y);
        let (x, y) = plot.place(point.x, point.y.value);
        sheet.facts.spots.push(Spot { outline: circle((x, y), 8.0), what, value });
    }
}

fn across(setting: &Varied) -> Axis {
    match &setting.levels {
        Levels::Numbers(values) => Axis::of_settings(values),
        Levels::Words(words) => Axis::exactly(-0.5, words.len() as f64 - 0.5),
    }
}

/// Names of levels, every other one a line lower, so that neighbours have room.
fn names(words: &[String], plot: &Plot) -> Vec<Tick> {
    let room = 2.0 * (plot.area.right - plot.area.left) / words.len() as f64 - 6.0;
    let tick = |(index, word): (usize, &String)| {
        let name = shorten(word, room.max(20.0), 10.5);
        let (label, year) = if index % 2 == 0 { (name, String::new()) } else { (String::new(), name) };
        Tick { at: index as f64, label, year }
    };
    words.iter().enumerate().map(tick).collect()
}

/// Mean, lowest and highest over the other settings, at every level of one.
fn margins(design: &Design, outcome: &Outcome, setting: &Varied) -> Vec<Point> {
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); setting.count()];
    for (row, mean) in design.values(outcome) {
        if let Some(level) = setting.position(design.table, row) {
            found[level].push(mean.value);
        }
    }
    let point = |(level, values): (usize, &Vec<f64>)| {
        let x = match &setting.levels {
            Levels::Numbers(values) => values[level],
            Levels::Words(_) => level as f64,
        };
        let y = Estimate {
            value: values.iter().sum::<f64>() / values.len() as f64,
            low: values.iter().copied().fold(f64::INFINITY, f64::min),
            high: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        };
        Point { x, y }
    };
    found.iter().enumerate().filter(|(_, values)| !values.is_empty()).map(point).collect()
}
