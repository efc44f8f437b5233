//! A panel of curves: bands, lines, published figures, events and direct labels in one pair of axes.

use crate::report::chart::banner::{self, FLAG_ROW, Flag, banners};
use crate::report::chart::frame::Frame;
use crate::report::chart::label::spread;
use crate::report::chart::palette::{Colour, FAINT, GREY_TEXT, for_text};
use crate::report::chart::scale::{Measure, Tick, from_zero};
use crate::report::chart::series::{Published, Series};
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::typeface::{HEAVIER, clipped, distinct, shorten, width};
use crate::report::reading::Point;
use crate::scenario::Bound;

/// Series that get a label and a colour of their own; more would be a legend.
pub const LABELLED: usize = 6;

/// What runs along the horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Across {
    /// Numbers, with the axis title.
    Numbers(String),
    /// Days since the start date.
    Dates(String),
}

/// A panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Small heading; may be empty.
    pub heading: String,
    /// Horizontal axis.
    pub across: Across,
    /// Vertical axis.
    pub measure: Measure,
    /// What the vertical axis holds at least, so that panels beside each other share it; 0 leaves it to the data.
    pub holds: f64,
    /// Curves; earlier ones matter more.
    pub series: Vec<Series>,
    /// Events.
    pub flags: Vec<Flag>,
    /// Published figures.
    pub published: Vec<Published>,
}

impl Panel {
    /// Whether there is a point to draw.
    pub fn has_data(&self) -> bool {
        self.points().next().is_some()
    }

    /// Draws the panel into `area`.
    pub fn draw(&self, sheet: &mut Sheet, area: Area) {
        if !self.has_data() {
            let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
            sheet.text(middle, 12.5, "No data", |text| {
                text.anchor = Anchor::Middle;
                text.colour = GREY_TEXT;
            });
            return;
        }
        let (top, ticks) = from_zero(self.largest(), 5.0, &self.measure);
        let frame = self.frame(area, top, &ticks);
        self.draw_axes(sheet, &frame, &ticks, area);
        banner::draw(sheet, &frame, area.top);
        self.draw_bands(sheet, &frame);
        self.draw_lines(sheet, &frame);
        self.draw_published(sheet, &frame);
        self.draw_labels(sheet, &frame, area);
        sheet.facts.probes.extend(self.probe(&frame, sheet));
    }

    /// Draws for a series: what is drawn belongs to it.
    fn owned(&self, sheet: &mut Sheet, index: usize, draw: impl FnOnce(&mut Sheet)) {
        let first = sheet.shapes.len();
        draw(sheet);
        let range = (first, sheet.shapes.len());
        // A fitted curve has no name and belongs to the named one of its colour.
        let is_kin = |one: &&Series| !one.name.is_empty() && one.colour == self.series[index].colour;
        let Some(named) = self.series[index..=index].iter().chain(&self.series).find(is_kin) else { return };
        if self.colour(index) != FAINT {
            let series = sheet.facts.series(&named.name, named.colour);
            sheet.facts.own(range, series);
        }
    }

    fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| &series.points).filter(|point| point.y.value.is_finite())
    }

    pub(super) fn largest(&self) -> f64 {
        let values = self.points().flat_map(|point| [point.y.value, point.y.high]);
        let published = self.published.iter().map(|figure| figure.value);
        let all = values.chain(published).filter(|value| value.is_finite()).fold(self.holds, f64::max);
        // Shares end at 100 %, whatever the upper end of a symmetric interval says.
        let is_share = self.measure == Measure::Percent && self.points().all(|point| point.y.value <= 1.0);
        if is_share { all.min(1.0) } else { all }
    }

    fn frame(&self, area: Area, top: f64, ticks: &[Tick]) -> Frame {
        let first = self.points().map(|point| point.x).fold(f64::INFINITY, f64::min).min(0.0);
        let ends = self.series.iter().filter_map(Series::end);
        let last = self.points().map(|point| point.x).chain(ends).fold(f64::NEG_INFINITY, f64::max);
        let tick_width = ticks.iter().map(|tick| width(&tick.label, 11.0)).fold(0.0, f64::max);
        let head = if self.heading.is_empty() && self.unit().is_empty() { 4.0 } else { 22.0 };
        let plot = Area {
            left: area.left + tick_width + 8.0,
            top: area.top + head,
            right: area.right - self.label_room(area) - 12.0,
            bottom: area.bottom - if matches!(self.across, Across::Dates(_)) { 32.0 } else { 38.0 },
        };
        let last = if last > first { last } else { first + 1.0 };
        let mut frame = Frame { plot, first, last, top, head, banners: Vec::new() };
        frame.banners = banners(&self.flags, &frame);
        let rows = frame.banners.iter().map(|banner| banner.row + 1).max().unwrap_or(0);
        frame.plot.top += FLAG_ROW * rows as f64;
        frame
    }

    fn label_room(&self, area: Area) -> f64 {
        let widest = self
            .labels()
            .iter()
            .map(|(_, name, value)| width(&format!("{name} {value}"), 11.5) * HEAVIER)
            .fold(0.0, f64::max);
        widest.min((area.right - area.left) * 0.3)
    }

    /// Index, name and last value of the labelled series, the first ones.
    pub(super) fn labels(&self) -> Vec<(usize, String, String)> {
        let (end, _) = from_zero(self.largest(), 5.0, &self.measure);
        let named = self.series.iter().enumerate().filter(|(_, series)| !series.name.is_empty());
        named
            .filter(|(_, series)| !series.points.is_empty())
            .take(LABELLED)
            .map(|(index, series)| {
                let last = series.points.last().map_or(f64::NAN, |point| point.y.value);
                (index, series.name.clone(), self.measure.write(last, end))
            })
            .collect()
    }

    fn colour(&self, index: usize) -> Colour {
        let rank = self.series[..index].iter().filter(|series| !series.name.is_empty()).count();
        if rank >= LABELLED { FAINT } else { self.series[index].colour }
    }

    fn draw_bands(&self, sheet: &mut Sheet, frame: &Frame) {
        let coloured = self.series.iter().enumerate().filter(|(index, _)| self.colour(*index) != FAINT);
        for (index, series) in coloured {
            self.owned(sheet, index, |sheet| self.draw_band(sheet, frame, (index, series)));
        }
    }

    fn draw_band(&self, sheet: &mut Sheet, frame: &Frame, (index, series): (usize, &Series)) {
        for piece in series.points.split(|point| !point.y.has_band()) {
            let banded = series.laid_out(piece, frame);
            if banded.len() > 1 && !series.dotted {
                let upper = banded.iter().map(|point| frame.place(point.x, point.y.high));
                let lower = banded.iter().rev().map(|point| frame.place(point.x, point.y.low));
                sheet.fill(upper.chain(lower).collect(), self.colour(index), 0.18);
            }
            for point in banded.iter().filter(|_| series.dotted) {
                let ends = vec![frame.place(point.x, point.y.low), frame.place(point.x, point.y.high)];
                sheet.line(ends, self.colour(index), 1.2, &[]);
            }
        }
    }

    fn draw_lines(&self, sheet: &mut Sheet, frame: &Frame) {
        for (index, series) in self.series.iter().enumerate().rev() {
            self.owned(sheet, index, |sheet| self.draw_line(sheet, frame, (index, series)));
        }
    }

    fn draw_line(&self, sheet: &mut Sheet, frame: &Frame, (index, series): (usize, &Series)) {
        for piece in series.points.split(|point| !point.y.value.is_finite()) {
            let points = series.laid_out(piece, frame);
            let places: Vec<Place> = points.iter().map(|point| frame.place(point.x, point.y.value)).collect();
            if series.dotted || places.len() == 1 {
                for &place in &places {
                    sheet.dot(place, 2.8, self.colour(index));
                }
            }
            sheet.line(places, self.colour(index), series.width, series.dash);
        }
    }

    fn draw_published(&self, sheet: &mut Sheet, frame: &Frame) {
        for figure in self.published.iter().filter(|figure| figure.value.is_finite()) {
            let (from, to) = (figure.from.max(frame.first), figure.to.min(frame.last));
            if from > to {
                continue;
            }
            let draw = |sheet: &mut Sheet| {
                let ends = vec![frame.place(from, figure.value), frame.place(to, figure.value)];
                sheet.line(ends, for_text(figure.colour), 1.2, &[]);
                let centre = frame.place(f64::midpoint(from, to), figure.value);
                let ink = for_text(figure.colour);
                match figure.bound {
                    Bound::Value => sheet.diamond(centre, 5.0, ink),
                    Bound::AtLeast => sheet.triangle(centre, -5.5, ink),
                    Bound::AtMost => sheet.triangle(centre, 5.5, ink),
                }
            };
            match self.series.iter().position(|series| series.colour == figure.colour) {
                Some(index) => self.owned(sheet, index, draw),
                None => draw(sheet),
            }
        }
    }

    fn draw_labels(&self, sheet: &mut Sheet, frame: &Frame, area: Area) {
        let labels = self.labels();
        let room = area.right - frame.plot.right - 10.0;
        let ends: Vec<Place> = labels
            .iter()
            .filter_map(|(index, _, _)| Some((&self.series[*index], self.series[*index].points.last()?)))
            .map(|(series, point)| frame.place(series.end().unwrap_or(point.x), point.y.value))
            .collect();
        let wanted: Vec<f64> = ends.iter().map(|end| end.1 + 4.0).collect();
        let names: Vec<&str> = labels.iter().map(|(_, name, _)| name.as_str()).collect();
        let names = distinct(&names, LINES * room / HEAVIER, 11.5);
        let texts: Vec<Vec<String>> = labels
            .iter()
            .zip(&names)
            .map(|((_, _, value), name)| end_label(name, value, room / HEAVIER))
            .collect();
        let gap = if texts.iter().any(|lines| lines.len() > 1) { 29.0 } else { 15.0 };
        let heights = spread(&wanted, gap, frame.plot.top + 6.0, frame.plot.bottom + 4.0);
        for (((index, _, _), end), (lines, y)) in labels.iter().zip(ends).zip(texts.iter().zip(heights)) {
            let (line, left) = (self.colour(*index), frame.plot.right + 10.0);
            self.owned(sheet, *index, |sheet| {
                sheet.line(vec![(end.0 + 2.0, end.1), (left - 3.0, y - 4.0)], FAINT, 0.8, &[]);
                sheet.dot(end, 3.0, line);
                for (row, words) in lines.iter().enumerate() {
                    sheet.text((left, y + 13.5 * row as f64), 11.5, words, |text| {
                        text.bold = true;
                        text.colour = for_text(line);
                    });
                }
            });
        }
    }
}

/// Of the two lines of a label, what a name has beside its value.
const LINES: f64 = 1.3;

/// Name and last value in at most two lines; a long name gives way, the value never.
fn end_label(name: &str, value: &str, room: f64) -> Vec<String> {
    let mut lines = clipped(name, room, 11.5);
    let last = lines.pop().unwrap_or_default();
    let joined = format!("{last} {value}");
    if width(&joined, 11.5) <= room {
        lines.push(joined);
    } else if lines.is_empty() {
        lines.extend([last, value.to_owned()]);
    } else {
        let short = shorten(&last, room - width(value, 11.5) - 5.0, 11.5);
        lines.push(format!("{short} {value}"));
    }
    lines
}
