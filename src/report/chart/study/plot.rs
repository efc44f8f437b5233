//! Two axes around a rectangle, and what can be drawn between them.

use crate::report::chart::banner::{self, FLAG_ROW, Flag};
use crate::report::chart::frame::{Frame, thin};
use crate::report::chart::label::spread;
use crate::report::chart::palette::{Colour, FAINT, GREY_LINE, GREY_TEXT, GRID, for_text};
use crate::report::chart::scale::{Tick, dates};
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::study::axis::{Axis, Sense};
use crate::report::chart::typeface::{HEAVIER, clipped, distinct, shorten, width};
use crate::report::reading::Point;
use crate::report::study::quantity::level;

/// Height below a plot for tick labels and the axis title.
pub const BELOW: f64 = 40.0;
/// Width left of a plot for tick labels.
pub const BESIDE: f64 = 56.0;
/// Height between the heading of a plot and its events.
const HEAD: f64 = 4.0;
/// Letters of ticks and titles.
const SMALL: f64 = 10.5;
/// Up to so many labels may have names of two lines.
const ROOMY: usize = 4;

/// Two axes around a rectangle.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The rectangle between the axes.
    pub area: Area,
    /// Horizontal axis.
    pub across: Axis,
    /// Vertical axis.
    pub up: Axis,
}

/// A label beside the end of a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct EndLabel {
    /// Where across the curve ends.
    pub at: f64,
    /// Value at which the curve ends.
    pub end: f64,
    /// Colour of the curve.
    pub colour: Colour,
    /// Heavy text, in up to two lines where there is room.
    pub name: String,
    /// Plain text below it; may be empty.
    pub value: String,
    /// Number of the series that it goes with; none for a label that stays.
    pub series: Option<usize>,
}

impl Plot {
    /// Paper position of a value across.
    pub fn x(&self, value: f64) -> f64 {
        self.area.left + self.across.share(value) * (self.area.right - self.area.left)
    }

    /// Paper position of a value up.
    pub fn y(&self, value: f64) -> f64 {
        self.area.bottom - self.up.share(value) * (self.area.bottom - self.area.top)
    }

    /// Paper position of a point.
    pub fn place(&self, x: f64, y: f64) -> Place {
        (self.x(x), self.y(y))
    }

    /// Heading above the plot and the unit of its vertical axis beside it.
    pub fn heading(&self, sheet: &mut Sheet, heading: &str, unit: &str) {
        let room = self.area.right - self.area.left;
        let place = (self.area.left, self.area.top - 10.0);
        let heading = shorten(heading, room / HEAVIER, 12.0);
        sheet.text(place, 12.0, &heading, |text| text.bold = true);
        let beside = width(&heading, 12.0) * HEAVIER + 8.0;
        let unit = if unit.is_empty() || room - beside < 40.0 {
            String::new()
        } else {
            shorten(unit, room - beside, SMALL)
        };
        sheet.text((place.0 + beside, place.1), SMALL, &unit, |text| text.colour = GREY_TEXT);
    }

    /// Horizontal grid lines with their numbers, zero of a change strongest.
    pub fn levels(&self, sheet: &mut Sheet) {
        let wanted = ((self.area.bottom - self.area.top) / 28.0).clamp(2.0, 6.0);
        for tick in self.up.ticks(wanted) {
            let y = self.y(tick.at);
            let is_zero = self.up.sense == Sense::Change && tick.at.abs() < 1e-12;
            let (colour, thick) = if is_zero { (GREY_LINE, 1.3) } else { (GRID, 0.8) };
            sheet.line(vec![(self.area.left, y), (self.area.right, y)], colour, thick, &[]);
            sheet.text((self.area.left - 7.0, y + 3.8), SMALL, &tick.label, |text| {
                text.anchor = Anchor::End;
                text.colour = GREY_TEXT;
            });
        }
    }

    /// The line at the bottom with ticks of its numbers and a title.
    pub fn floor(&self, sheet: &mut Sheet, title: &str) {
        let wanted = ((self.area.right - self.area.left) / 56.0).clamp(2.0, 12.0);
        self.floor_at(sheet, &self.across.ticks(wanted), title);
    }

    /// The line at the bottom with ticks at tested values, where they are few.
    pub fn tested(&self, sheet: &mut Sheet, values: &[f64], title: &str) {
        if values.len() > 12 {
            return self.floor(sheet, title);
        }
        let tick = |&at: &f64| Tick { at, label: level(at), year: String::new() };
        self.floor_at(sheet, &values.iter().map(tick).collect::<Vec<Tick>>(), title);
    }

    /// The line at the bottom with ticks at firsts of months; `start` is day 0.
    pub fn calendar(&self, sheet: &mut Sheet, start: &str) {
        let wanted = ((self.area.right - self.area.left) / 75.0).max(2.0);
        self.floor_at(sheet, &dates(start, self.across.low, self.across.high, wanted), "");
    }

    /// The line at the bottom with these ticks; labels that would touch are left out.
    pub fn floor_at(&self, sheet: &mut Sheet, ticks: &[Tick], title: &str) {
        let Area { left, right, bottom, .. } = self.area;
        sheet.line(vec![(left, bottom), (right, bottom)], GREY_LINE, 1.0, &[]);
        let mut free = f64::NEG_INFINITY;
        for tick in ticks {
            let x = self.x(tick.at);
            sheet.line(vec![(x, bottom), (x, bottom + 4.0)], GREY_LINE, 1.0, &[]);
            let half = width(&tick.label, SMALL) / 2.0;
            if x - half < free {
                continue;
            }
            free = x + half + 5.0;
            for (text, below) in [(&tick.label, 16.0), (&tick.year, 28.0)] {
                sheet.text((x, bottom + below), SMALL, text, |text| {
                    text.anchor = Anchor::Middle;
                    text.colour = GREY_TEXT;
                });
            }
        }
        let middle = f64::midpoint(left, right);
        for (line, words) in clipped(title, right - left + 60.0, SMALL).iter().enumerate() {
            sheet.text((middle, bottom + 32.0 + 12.0 * line as f64), SMALL, words, |text| {
                text.anchor = Anchor::Middle;
                text.colour = GREY_TEXT;
            });
        }
    }

    /// Numbers of events above the plot, which makes room for them, and their lines in it; where they stand across.
    pub fn mark(&mut self, sheet: &mut Sheet, flags: &[Flag]) -> Vec<f64> {
        let mut frame = Frame {
            plot: self.area,
            first: self.across.low,
            last: self.across.high,
            top: 1.0,
            head: HEAD,
            banners: Vec::new(),
        };
        frame.banners = banner::banners(flags, &frame);
        let rows = frame.banners.iter().map(|banner| banner.row + 1).max().unwrap_or(0);
        let top = self.area.top - HEAD;
        self.area.top += FLAG_ROW * rows as f64;
        banner::draw(sheet, &frame, top);
        frame.banners.iter().map(|banner| banner.x).collect()
    }

    /// The stretch between the ends of the intervals.
    pub fn band(&self, sheet: &mut Sheet, points: &[Point], colour: Colour) {
        for piece in points.split(|point| !point.y.has_band()) {
            let points = thin(piece, |value| self.x(value));
            if points.len() > 1 {
                let upper = points.iter().map(|point| self.place(point.x, point.y.high));
                let lower = points.iter().rev().map(|point| self.place(point.x, point.y.low));
                sheet.fill(upper.chain(lower).collect(), colour, 0.18);
            }
        }
    }

    /// A line through the points, cut where one is undefined; a lone point is a dot.
    pub fn curve(&self, sheet: &mut Sheet, points: &[Point], colour: Colour, pen: (f64, &'static [f64])) {
        for piece in points.split(|point| !point.y.value.is_finite()) {
            let places: Vec<Place> = thin(piece, |value| self.x(value))
                .iter()
                .map(|point| self.place(point.x, point.y.value))
                .collect();
            if let [alone] = places[..] {
                sheet.dot(alone, 2.6, colour);
            }
            sheet.line(places, colour, pen.0, pen.1);
        }
    }

    /// A dot at every point, with a whisker over its interval.
    pub fn dots(&self, sheet: &mut Sheet, points: &[Point], colour: Colour) {
        for point in points.iter().filter(|point| point.y.value.is_finite()) {
            if point.y.has_band() {
                let ends = vec![self.place(point.x, point.y.low), self.place(point.x, point.y.high)];
                sheet.line(ends, colour, 1.3, &[]);
            }
            sheet.dot(self.place(point.x, point.y.value), 3.2, colour);
        }
    }

    /// Labels right of the plot, in the order of the curves' ends and without overlap.
    pub fn end_labels(&self, sheet: &mut Sheet, labels: &[EndLabel], room: f64) {
        let labels: Vec<&EndLabel> = labels.iter().filter(|label| label.end.is_finite()).collect();
        let most = if labels.len() <= ROOMY { 2 } else { 1 };
        let names: Vec<&str> = labels.iter().map(|label| label.name.as_str()).collect();
        let names = distinct(&names, [1.0, 1.7][most - 1] * (room - 12.0) / HEAVIER, 11.0);
        let texts: Vec<Vec<(String, bool)>> =
            labels.iter().zip(&names).map(|(label, name)| label.lines(name, most, room - 12.0)).collect();
        let tallest = texts.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let wanted: Vec<f64> = labels
            .iter()
            .zip(&texts)
            .map(|(label, lines)| self.y(label.end) + 4.0 - 6.0 * (lines.len() as f64 - 1.0))
            .collect();
        let low = self.area.top + 6.0;
        let high = (self.area.bottom + 6.0 - 13.0 * (tallest - 1.0)).max(low);
        let heights = spread(&wanted, 13.0 * tallest + 3.0, low, high);
        for ((label, lines), y) in labels.iter().zip(texts).zip(heights) {
            let end = self.place(label.at, label.end);
            let left = self.area.right + 12.0;
            // A curve that ends early is joined to its label across the empty rest of the plot.
            let first = sheet.shapes.len();
            let turn = (self.area.right + 3.0, end.1);
            sheet.line(vec![(end.0 + 3.0, end.1), turn, (left - 2.0, y - 4.0)], FAINT, 0.8, &[]);
            for (index, (line, is_heavy)) in lines.iter().enumerate() {
                sheet.text((left, y + 13.0 * index as f64), 11.0, line, |text| {
                    text.bold = *is_heavy;
                    text.colour = for_text(label.colour);
                });
            }
            if let Some(series) = label.series {
                sheet.facts.own((first, sheet.shapes.len()), series);
            }
        }
    }
}

impl EndLabel {
    /// Its lines, the shortened name in at most `most`, each with whether it is heavy.
    fn lines(&self, name: &str, most: usize, room: f64) -> Vec<(String, bool)> {
        let name = match most {
            1 => vec![shorten(name, room / HEAVIER, 11.0)],
            _ => clipped(name, room / HEAVIER, 11.0),
        };
        let mut lines: Vec<(String, bool)> = name.into_iter().map(|line| (line, true)).collect();
        // A number is never cut: two that do not fit beside each other stand below each other.
        let values = if width(&self.value, 11.0) > room {
            self.value.replacen("→ ", "→\n", 1)
        } else {
            self.value.clone()
        };
        lines.extend(values.lines().map(|value| (value.trim_end().to_owned(), false)));
        lines
    }
}

/// `count` areas of equal size in rows of `columns`, with a gutter between them.
pub fn tiles(area: Area, count: usize, columns: usize, gutter: f64) -> Vec<Area> {
    let columns = columns.clamp(1, count.max(1));
    let rows = count.div_ceil(columns).max(1);
    let wide = (area.right - area.left + gutter) / columns as f64;
    let high = (area.bottom - area.top) / rows as f64;
    (0..count)
        .map(|index| {
            let (left, top) =
                (area.left + wide * (index % columns) as f64, area.top + high * (index / columns) as f64);
            Area { left, top, right: left + wide - gutter, bottom: top + high }
        })
        .collect()
}
