//! Outcomes along one varied number: a panel for each measure, a line for each platform.

use crate::report::chart::palette::{FAINT, dash};
use crate::report::chart::panel::Across;
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{hue, level, numbered, page, single};
use crate::report::chart::study::grid::{Design, Family};
use crate::report::chart::study::plot::{BELOW, BESIDE, EndLabel, Plot, tiles};
use crate::report::chart::study::reading::Named;
use crate::report::reading::{Point, number};
use crate::report::study::StudyStory;
use crate::report::study::outcome::Outcome;
use crate::report::study::quantity::level as written;
use crate::report::study::setting::{Levels, Varied, in_sentence};
use crate::scenario::Scenario;

/// Panels on a sheet.
const MOST: usize = 6;
/// Lines of a panel; the rest is in the table.
const LINES: usize = 24;

/// Sheets of up to six panels; none unless one number varies, or several together.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(design) = Design::of(study) else { return Vec::new() };
    let families = design.families();
    if families.is_empty() {
        let sheet = page(study, "How outcomes respond", "", 200.0);
        return single(sheet.nothing("no outcome is defined"));
    }
    let Some(setting) = design.line() else { return Vec::new() };
    let Levels::Numbers(values) = &setting.levels else { return Vec::new() };
    let sheets = families.chunks(MOST).map(|families| sheet(study, &design, families, (setting, values)));
    numbered(sheets.collect())
}

fn sheet(study: &StudyStory, design: &Design, families: &[Family], along: (&Varied, &[f64])) -> Sheet {
    let columns = if families.len() == 1 { 1 } else { 2 };
    let rows = families.len().div_ceil(columns) as f64;
    let subtitle = format!(
        "{}Dots: tested values, mean over replications; whiskers and bands: {} interval of the mean. Lines only join \
         the dots.{}",
        design.note(),
        level(study),
        beside(study.scenario, design)
    );
    let together = if design.settings.len() > 1 { ", varied together" } else { "" };
    let title = format!("How outcomes respond to {}{together}", design.meanings(study.scenario));
    let height = if families.len() == 1 { 380.0 } else { 285.0 * rows };
    let mut sheet = page(study, &title, &subtitle, height);
    let body = sheet.body();
    for (area, family) in tiles(body, families.len(), columns, 30.0).into_iter().zip(families) {
        panel(&mut sheet, area, (study, design, family), along);
    }
    sheet
}

/// How the further settings moved along with the first.
fn beside(scenario: &Scenario, design: &Design) -> String {
    let moved = design.settings.iter().skip(1).map(|setting| {
        let rows = 0..design.table.rows();
        let at = |row: usize| number(design.table, &design.settings[0].path, row);
        let first = rows.clone().min_by(|&a, &b| at(a).total_cmp(&at(b))).unwrap_or(0);
        let last = rows.max_by(|&a, &b| at(a).total_cmp(&at(b))).unwrap_or(0);
        let told = |row: usize| written(number(design.table, &setting.path, row));
        let name = in_sentence(scenario, &setting.path);
        format!(" From left to right {name} goes from {} to {}.", told(first), told(last))
    });
    moved.collect()
}

/// One line of a panel.
struct Line<'a> {
    outcome: &'a Outcome,
    points: Vec<Point>,
}

fn panel(
    sheet: &mut Sheet,
    area: Area,
    (study, design, family): (&StudyStory, &Design, &Family),
    (setting, values): (&Varied, &[f64]),
) {
    let lines = lines(design, family, setting);
    let room = ((area.right - area.left) * 0.25).clamp(90.0, 190.0);
    let quantity = family.outcomes[0].quantity.clone();
    let every = lines.iter().flat_map(|line| &line.points);
    let plot = Plot {
        area: Area {
            left: area.left + BESIDE,
            top: area.top + 30.0,
            right: area.right - room,
            bottom: area.bottom - BELOW - 12.0,
        },
        across: Axis::of_settings(values),
        up: Axis::of_levels(every.flat_map(|it| [it.y.value, it.y.low, it.y.high]), quantity.clone()),
    };
    plot.heading(sheet, &family.title, quantity.unit());
    plot.levels(sheet);
    plot.tested(sheet, values, &setting.title(study.scenario));
    for (index, line) in lines.iter().enumerate().rev() {
        let is_labelled = index < LABELLED || lines.len() == 1;
        let ink = if is_labelled { hue(line.outcome) } else { FAINT };
        let curve = |sheet: &mut Sheet| {
            plot.curve(sheet, &line.points, ink, (1.8, line.outcome.platform.map_or(&[], dash)));
            plot.dots(sheet, &line.points, ink);
        };
        if !is_labelled {
            curve(sheet);
            continue;
        }
        plot.owned(sheet, (name(line, &family.title), ink), |sheet| {
            plot.band(sheet, &line.points, ink);
            curve(sheet);
        });
    }
    let labels: Vec<EndLabel> =
        lines.iter().take(LABELLED).filter_map(|line| label(sheet, line, &family.title)).collect();
    plot.end_labels(sheet, &labels, room);
    let named = lines.iter().take(LABELLED).map(|line| Named {
        name: name(line, &family.title).to_owned(),
        colour: hue(line.outcome),
        points: &line.points,
    });
    let across = Across::Numbers(setting.title(study.scenario));
    plot.note(sheet, (&family.title, &across), &named.collect::<Vec<_>>());
}

/// Lines in order of the outcomes; with more than can be labelled the widest ranging first.
fn lines<'a>(design: &Design, family: &'a Family, setting: &Varied) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = family
        .outcomes
        .iter()
        .take(LINES)
        .map(|outcome| {
            let mut points: Vec<Point> = design
                .values(outcome)
                .into_iter()
                .map(|(row, y)| Point { x: number(design.table, &setting.path, row), y })
                .filter(|point| point.x.is_finite())
                .collect();
            points.sort_by(|a, b| a.x.total_cmp(&b.x));
            Line { outcome, points }
        })
        .collect();
    if lines.len() > LABELLED {
        lines.sort_by(|a, b| range(&b.points).total_cmp(&range(&a.points)));
    }
    lines
}

fn range(points: &[Point]) -> f64 {
    let values = points.iter().map(|point| point.y.value);
    values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
}

/// Name of the platform, and the outcome at the first and at the last tested value.
fn label(sheet: &Sheet, line: &Line, title: &str) -> Option<EndLabel> {
    let (first, last) = (line.points.first()?, line.points.last()?);
    let write = |point: &Point| line.outcome.quantity.brief(point.y.value);
    Some(EndLabel {
        at: last.x,
        end: last.y.value,
        colour: hue(line.outcome),
        name: name(line, title).to_owned(),
        series: sheet.facts.known(name(line, title)),
        value: format!("{} → {}", write(first), write(last)),
    })
}

/// What a line is called: its platform, or its measure.
fn name<'a>(line: &'a Line, title: &'a str) -> &'a str {
    if line.outcome.place.is_empty() { title } else { &line.outcome.place }
}
