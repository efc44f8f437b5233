//! Fans: the median path with the middle half and the middle nine tenths of the draws.

use crate::report::chart::palette::colour;
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{page, single};
use crate::report::chart::study::curve::{Kind, kind};
use crate::report::chart::study::plot::{BELOW, BESIDE, EndLabel, Plot, tiles};
use crate::report::chart::study::reading::Named;
use crate::report::reading::{Estimate, Point, number, rows, words};
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::wording::{grouped, label, plain};
use crate::table::Table;

/// Platforms on a sheet; the rest is in the table.
const MOST: usize = 8;

/// The fan of one platform.
struct Fan {
    name: String,
    index: usize,
    inner: Vec<Point>,
    outer: Vec<Point>,
}

/// A sheet for each kind of curve, a panel for each platform.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(table) = study.table("fan") else { return Vec::new() };
    let curves = words(table, "curve");
    if curves.is_empty() {
        let sheet = page(study, "How far outcomes may fan out", "", 200.0);
        return single(sheet.nothing("no curve was measured"));
    }
    let part = |name: &String| {
        let kind = kind(study, name);
        Part {
            name: name.clone(),
            title: kind.title.to_lowercase(),
            sheet: sheet(study, table, (name, &kind)),
        }
    };
    curves.iter().map(part).collect()
}

fn sheet(study: &StudyStory, table: &Table, (name, kind): (&str, &Kind)) -> Sheet {
    let fans = fans(study, table, name);
    let cut = if fans.len() > MOST {
        format!(" The first {MOST} of {} platforms.", fans.len())
    } else {
        String::new()
    };
    let subtitle = format!(
        "Line: median over draws of the settings and chance at {} simulated users. Dark: the middle 50 % of runs; \
         pale: the middle 90 %. At the right: the median and the ends of the middle 90 %.{cut}",
        grouped(study.scenario.market.users as f64, 0)
    );
    let title = format!("{}: how far the paths fan out", kind.title);
    let shown = &fans[..fans.len().min(MOST)];
    let columns = if shown.len() == 1 { 1 } else { 2 };
    let height = if shown.is_empty() { 200.0 } else { 310.0 * shown.len().div_ceil(columns) as f64 };
    let mut sheet = page(study, &title, &subtitle, height);
    if shown.is_empty() {
        return sheet.nothing("this curve is not defined");
    }
    // Platforms share their axes: their fans are compared.
    let points = || shown.iter().flat_map(|fan| &fan.outer);
    let up = Axis::of_levels(
        points().flat_map(|it| [it.y.value, it.y.low, it.y.high]).chain([0.0]),
        kind.quantity.clone(),
    );
    let days = points().fold((0.0_f64, 1.0_f64), |(low, high), it| (low.min(it.x), high.max(it.x)));
    let across = Axis::counting(days.0, days.1);
    for (area, fan) in tiles(sheet.body(), shown.len(), columns, 26.0).into_iter().zip(shown) {
        let room = ((area.right - area.left) * 0.26).clamp(118.0, 170.0);
        let area = Area {
            left: area.left + BESIDE,
            top: area.top + 30.0,
            right: area.right - room,
            bottom: area.bottom - BELOW - 6.0,
        };
        let plot = Plot { area, across: across.clone(), up: up.clone() };
        panel(&mut sheet, &plot, (study, kind, fan), room);
    }
    sheet
}

fn fans(study: &StudyStory, table: &Table, curve: &str) -> Vec<Fan> {
    let platforms = study.scenario.platforms.iter().enumerate();
    let fan = |(index, platform): (usize, &crate::scenario::Platform)| {
        let found = rows(table, &[("curve", curve), ("platform", &platform.name)]);
        let points = |share: &str| {
            let point = |&row: &usize| Point {
                x: number(table, "x", row),
                y: Estimate {
                    value: number(table, "median", row),
                    low: number(table, &format!("low{share}"), row),
                    high: number(table, &format!("high{share}"), row),
                },
            };
            found.iter().map(point).filter(|point| point.x.is_finite()).collect::<Vec<Point>>()
        };
        let name = plain(label(study.scenario, &platform.name));
        Fan { name, index, inner: points("50"), outer: points("90") }
    };
    let is_defined = |fan: &Fan| fan.outer.iter().any(|point| point.y.value.is_finite());
    platforms.map(fan).filter(is_defined).collect()
}

fn panel(sheet: &mut Sheet, plot: &Plot, (study, kind, fan): (&StudyStory, &Kind, &Fan), room: f64) {
    let ink = colour(fan.index);
    plot.heading(sheet, &fan.name, kind.quantity.unit());
    plot.levels(sheet);
    if kind.across.is_empty() {
        plot.calendar(sheet, &study.scenario.market.start);
    } else {
        plot.floor(sheet, kind.across);
    }
    let [outer, inner] = [90, 50].map(|share| format!("{}: median and {share} %", fan.name));
    plot.owned(sheet, (&outer, ink), |sheet| plot.band(sheet, &fan.outer, ink));
    plot.owned(sheet, (&inner, ink), |sheet| {
        plot.band(sheet, &fan.inner, ink);
        plot.band(sheet, &fan.inner, ink);
    });
    plot.curve(sheet, &fan.outer, ink, (2.2, &[]));
    let Some(last) = fan.outer.iter().rev().find(|point| point.y.value.is_finite()) else { return };
    let write = |value: f64| kind.quantity.brief(value);
    let ends = if last.y.has_band() { ends(&kind.quantity, last) } else { String::new() };
    let label = EndLabel {
        at: last.x,
        end: last.y.value,
        colour: ink,
        name: write(last.y.value),
        value: ends,
        series: None,
    };
    plot.end_labels(sheet, &[label], room);
    let curve = |name: String, points| Named { name, colour: ink, points };
    let curves = [curve(outer, fan.outer.as_slice()), curve(inner, &fan.inner)];
    plot.note(sheet, (&fan.name, &kind.along(study)), &curves);
}

fn ends(quantity: &Quantity, last: &Point) -> String {
    format!("{} – {}", quantity.brief(last.y.low), quantity.brief(last.y.high))
}
