//! Bars around zero, in columns that share their rows and their axis.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_LINE, GREY_TEXT, GRID, INK, for_text};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::plot::tiles;
use crate::report::chart::typeface::{HEAVIER, clipped, shorten, width};
use crate::report::reading::Estimate;
use crate::report::wording::interval;

/// Height of a row.
pub const STEP: f64 = 27.0;
/// Height of the headings above and of the axis below the rows.
pub const AROUND: f64 = 74.0;
/// Width of the names of rows.
const NAMES: f64 = 150.0;
/// Letters of numbers.
const SMALL: f64 = 10.5;

/// Columns of bars.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Names of the rows.
    pub rows: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// What the axis counts, below it.
    pub unit: String,
    /// How a number is written.
    pub write: fn(f64) -> String,
}

/// One column: a bar for each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// Colour.
    pub colour: Colour,
    /// The bars; NaN where there is none.
    pub bars: Vec<Estimate>,
}

impl Bars {
    /// Draws the columns into `area`, names at the left.
    pub fn draw(&self, sheet: &mut Sheet, area: Area) {
        let top = area.top + 34.0;
        let step = (area.bottom - 40.0 - top) / self.rows.len().max(1) as f64;
        for (row, name) in self.rows.iter().enumerate() {
            let y = top + step * (row as f64 + 0.5);
            let name = shorten(name, NAMES - 10.0, 11.5);
            sheet.text((area.left + NAMES - 12.0, y + 4.0), 11.5, &name, |text| text.anchor = Anchor::End);
        }
        let beside = Area { left: area.left + NAMES, ..area };
        let wide = (beside.right - beside.left) / self.columns.len().max(1) as f64;
        let axis = self.axis(wide - 16.0);
        for (area, column) in
            tiles(beside, self.columns.len(), self.columns.len(), 16.0).into_iter().zip(&self.columns)
        {
            let plot = Area { top, bottom: top + step * self.rows.len() as f64, ..area };
            let first = sheet.shapes.len();
            self.column(sheet, column, (plot, area.top), &axis);
            let series = sheet.facts.series(&column.heading, column.colour);
            sheet.facts.own((first, sheet.shapes.len()), series);
        }
    }

    /// Holds all bars, with room for their numbers in a plot of that width.
    fn axis(&self, wide: f64) -> Axis {
        let all = self.columns.iter().flat_map(|column| &column.bars);
        let ends = all.flat_map(|it| [it.value, it.low, it.high]);
        let mut axis = Axis::of_changes(ends, crate::report::study::quantity::Quantity::Plain);
        let room = (axis.high - axis.low) * (48.0 / wide).min(0.3);
        axis.low -= if axis.low < 0.0 { room } else { 0.0 };
        axis.high += if axis.high > 0.0 { room } else { 0.0 };
        axis
    }

    fn column(&self, sheet: &mut Sheet, column: &Column, (plot, top): (Area, f64), axis: &Axis) {
        let lines = clipped(&column.heading, (plot.right - plot.left) / HEAVIER, 12.0);
        for (index, line) in lines.iter().enumerate() {
            let y = top + 24.0 - 14.0 * (lines.len() - 1 - index) as f64;
            sheet.text((plot.left, y), 12.0, line, |text| {
                (text.bold, text.colour) = (true, for_text(column.colour));
            });
        }
        let x = |value: f64| plot.left + axis.share(value) * (plot.right - plot.left);
        self.grid(sheet, plot, axis);
        let step = (plot.bottom - plot.top) / self.rows.len() as f64;
        for (row, bar) in column.bars.iter().enumerate().filter(|(_, bar)| bar.value.is_finite()) {
            let y = plot.top + step * (row as f64 + 0.5);
            let (left, right) = (x(0.0).min(x(bar.value)), x(0.0).max(x(bar.value)));
            sheet.block(Area { left, right, top: y - 8.0, bottom: y + 8.0 }, column.colour, 0.85);
            let mut far = if bar.value < 0.0 { left } else { right };
            if bar.has_band() {
                sheet.line(vec![(x(bar.low), y), (x(bar.high), y)], INK, 1.2, &[]);
                far = if bar.value < 0.0 { far.min(x(bar.low)) } else { far.max(x(bar.high)) };
            }
            let (away, anchor) = if bar.value < 0.0 { (-5.0, Anchor::End) } else { (5.0, Anchor::Start) };
            sheet.text((far + away, y + 3.8), SMALL, &(self.write)(bar.value), |text| text.anchor = anchor);
            let band = interval(bar.low, bar.high, self.write);
            let band = if band.is_empty() { band } else { format!(" ({band})") };
            let place =
                Area { left: plot.left, right: plot.right, top: y - step / 2.0, bottom: y + step / 2.0 };
            let what = format!("{}: {}", column.heading, self.rows[row]);
            sheet.facts.spots.push(Spot::block(place, &what, &format!("{}{band}", (self.write)(bar.value))));
        }
    }

    fn grid(&self, sheet: &mut Sheet, plot: Area, axis: &Axis) {
        let x = |value: f64| plot.left + axis.share(value) * (plot.right - plot.left);
        let mut free = f64::NEG_INFINITY;
        for tick in axis.ticks(((plot.right - plot.left) / 55.0).clamp(2.0, 8.0)) {
            let is_zero = tick.at.abs() < 1e-12;
            let (colour, thick) = if is_zero { (GREY_LINE, 1.4) } else { (GRID, 0.8) };
            sheet.line(vec![(x(tick.at), plot.top), (x(tick.at), plot.bottom)], colour, thick, &[]);
            let half = width(&tick.label, SMALL) / 2.0;
            if x(tick.at) - half < free {
                continue;
            }
            free = x(tick.at) + half + 5.0;
            sheet.text((x(tick.at), plot.bottom + 15.0), SMALL, &tick.label, |text| {
                (text.anchor, text.colour) = (Anchor::Middle, GREY_TEXT);
            });
        }
        let room = plot.right - plot.left + 10.0;
        // Without room for the directions at its ends, the unit itself.
        let core = self.unit.split(" · ").nth(1).unwrap_or(&self.unit);
        let unit =
            if width(&self.unit, SMALL) <= room { self.unit.clone() } else { shorten(core, room, SMALL) };
        sheet.text((f64::midpoint(plot.left, plot.right), plot.bottom + 31.0), SMALL, &unit, |text| {
            (text.anchor, text.colour) = (Anchor::Middle, GREY_TEXT);
        });
    }
}
