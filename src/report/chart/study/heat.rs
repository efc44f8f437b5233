//! A heat map of tested pairs: coloured cells with their numbers, lines of equal value, a labelled scale.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{GREY_LINE, GREY_TEXT, PALE, ink_on};
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::study::shades::Shades;
use crate::report::chart::typeface::{HEAVIER, clipped, shorten, width};

/// Width of the colour scale with its numbers.
const SCALE: f64 = 74.0;
/// Distance of lines of the title of the vertical axis.
const UPRIGHT: f64 = 12.0;
/// Letters of the cells.
const SMALL: f64 = 9.5;
/// Height above the cells for the heading.
const HEAD: f64 = 24.0;
/// Height below the cells for level names and the axis title.
const FOOT: f64 = 40.0;
/// A heat map.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// Heading.
    pub heading: String,
    /// Name and levels across.
    pub across: (String, Vec<String>),
    /// Name and levels up.
    pub up: (String, Vec<String>),
    /// Value of the cell in that column and row, row by row from below; NaN where nothing was tested.
    pub cells: Vec<f64>,
    /// Whether no cell differs clearly from another.
    pub is_chance: bool,
    /// Whether both settings are numbers, so that there is something between cells.
    pub is_ordered: bool,
    /// Colours.
    pub shades: Shades,
}

impl Heat {
    /// Draws the map into `area`.
    pub fn draw(&self, sheet: &mut Sheet, area: Area) {
        let room = (area.right - area.left) / HEAVIER;
        let heading = shorten(&self.heading, room, 12.0);
        sheet.text((area.left, area.top + 10.0), 12.0, &heading, |text| text.bold = true);
        let high = area.bottom - FOOT - area.top - HEAD;
        let title = UPRIGHT * (self.upright(high).len() as f64 - 1.0);
        let side =
            self.up.1.iter().map(|name| width(name, 10.0)).fold(20.0, f64::max).min(90.0) + 24.0 + title;
        let plot = Area {
            left: area.left + side,
            top: area.top + HEAD,
            right: area.right - SCALE,
            bottom: area.bottom - FOOT,
        };
        self.fill(sheet, plot);
        let numbers = self.numbers(plot);
        if self.is_ordered && !self.is_chance {
            self.isolines(sheet, plot, &numbers.iter().map(|number| number.0).collect::<Vec<Area>>());
        }
        for (_, place, text, value) in &numbers {
            let ground = self.shades.colour(*value);
            sheet.text(*place, SMALL, text, |text| {
                text.anchor = Anchor::Middle;
                text.colour = ink_on(ground);
            });
        }
        self.names(sheet, plot, area.left);
        self.scale(sheet, Area { left: plot.right + 12.0, right: plot.right + 24.0, ..plot });
    }

    pub(super) fn size(&self) -> (usize, usize) {
        (self.across.1.len(), self.up.1.len())
    }

    /// Centre of a cell.
    pub(super) fn centre(&self, plot: Area, column: f64, row: f64) -> Place {
        let (columns, rows) = self.size();
        let wide = (plot.right - plot.left) / columns as f64;
        let high = (plot.bottom - plot.top) / rows as f64;
        (plot.left + wide * (column + 0.5), plot.bottom - high * (row + 0.5))
    }

    pub(super) fn value(&self, column: usize, row: usize) -> f64 {
        self.cells[row * self.across.1.len() + column]
    }

    fn fill(&self, sheet: &mut Sheet, plot: Area) {
        let (columns, rows) = self.size();
        let wide = (plot.right - plot.left) / columns as f64;
        let high = (plot.bottom - plot.top) / rows as f64;
        for row in 0..rows {
            for column in 0..columns {
                let value = self.value(column, row);
                let (x, y) = self.centre(plot, column as f64, row as f64);
                let ground = if value.is_finite() { self.shades.colour(value) } else { PALE };
                let cell = Area {
                    left: x - wide / 2.0,
                    right: x + wide / 2.0 + 0.3,
                    top: y - high / 2.0 - 0.3,
                    bottom: y + high / 2.0,
                };
                sheet.block(cell, ground, 1.0);
                if value.is_finite() {
                    let what = format!(
                        "{}: {} {}, {} {}",
                        self.heading, self.across.0, self.across.1[column], self.up.0, self.up.1[row]
                    );
                    sheet.facts.spots.push(Spot::block(cell, &what, &self.shades.quantity.write(value)));
                }
            }
        }
    }

    /// Whether every number fits into its cell.
    fn has_numbers(&self, plot: Area) -> bool {
        let (columns, rows) = self.size();
        let wide = (plot.right - plot.left) / columns as f64;
        let widest = self
            .cells
            .iter()
            .filter(|value| value.is_finite())
            .map(|&value| width(&self.shades.quantity.brief(value), SMALL));
        (plot.bottom - plot.top) / rows as f64 >= 18.0 && widest.fold(0.0, f64::max) <= wide - 6.0
    }

    /// The numbers of the cells, none unless all fit: the area of each, its baseline, text and value.
    fn numbers(&self, plot: Area) -> Vec<(Area, Place, String, f64)> {
        if !self.has_numbers(plot) {
            return Vec::new();
        }
        let columns = self.size().0;
        let finite = self.cells.iter().enumerate().filter(|(_, value)| value.is_finite());
        let number = |(index, &value): (usize, &f64)| {
            let (x, y) = self.centre(plot, (index % columns) as f64, (index / columns) as f64);
            let text = self.shades.quantity.brief(value);
            let half = width(&text, SMALL) / 2.0 + 3.0;
            (
                Area { left: x - half, right: x + half, top: y - 7.0, bottom: y + 7.0 },
                (x, y + 3.5),
                text,
                value,
            )
        };
        finite.map(number).collect()
    }

    fn names(&self, sheet: &mut Sheet, plot: Area, left: f64) {
        let (columns, rows) = self.size();
        let every =
            |count: usize, room: f64, need: f64| ((need * count as f64 / room).ceil() as usize).max(1);
        let widest = self.across.1.iter().map(|name| width(name, 10.0)).fold(0.0, f64::max).min(90.0);
        let step = every(columns, plot.right - plot.left, widest + 8.0);
        for (index, name) in self.across.1.iter().enumerate().step_by(step) {
            let x = self.centre(plot, index as f64, 0.0).0;
            sheet.text((x, plot.bottom + 14.0), 10.0, &shorten(name, 90.0, 10.0), |text| {
                text.anchor = Anchor::Middle;
                text.colour = GREY_TEXT;
            });
        }
        let step = every(rows, plot.bottom - plot.top, 14.0);
        for (index, name) in self.up.1.iter().enumerate().step_by(step) {
            let y = self.centre(plot, 0.0, index as f64).1;
            sheet.text((plot.left - 6.0, y + 3.6), 10.0, &shorten(name, 90.0, 10.0), |text| {
                text.anchor = Anchor::End;
                text.colour = GREY_TEXT;
            });
        }
        let wide = plot.right - plot.left + 40.0;
        let middle = (f64::midpoint(plot.left, plot.right), f64::midpoint(plot.top, plot.bottom));
        sheet.text((middle.0, plot.bottom + 30.0), 10.5, &shorten(&self.across.0, wide, 10.5), |text| {
            text.anchor = Anchor::Middle;
            text.colour = GREY_TEXT;
        });
        for (index, line) in self.upright(plot.bottom - plot.top).iter().enumerate() {
            let place = (left + 10.0 + UPRIGHT * index as f64, middle.1);
            sheet.text(place, 10.5, line, |text| {
                (text.anchor, text.upwards, text.colour) = (Anchor::Middle, true, GREY_TEXT);
            });
        }
    }

    /// The title of the vertical axis in one or two lines.
    fn upright(&self, high: f64) -> Vec<String> {
        clipped(&self.up.0, high, 10.5)
    }

    /// The ramp of colours with round numbers beside it.
    fn scale(&self, sheet: &mut Sheet, bar: Area) {
        const STEPS: usize = 48;
        let (tall, span) = (bar.bottom - bar.top, self.shades.high - self.shades.low);
        for step in 0..STEPS {
            let from = step as f64 / STEPS as f64;
            let value = self.shades.low + span * (from + 0.5 / STEPS as f64);
            let bottom = bar.bottom - tall * from;
            let piece = Area { top: bottom - tall / STEPS as f64 - 0.3, bottom, ..bar };
            sheet.block(piece, self.shades.colour(value), 1.0);
        }
        for tick in self.shades.ticks((tall / 32.0).clamp(2.0, 6.0)) {
            let y = bar.bottom - tall * self.shades.share(tick.at);
            sheet.line(vec![(bar.right, y), (bar.right + 3.0, y)], GREY_LINE, 1.0, &[]);
            sheet.text((bar.right + 6.0, y + 3.6), 9.5, &tick.label, |text| text.colour = GREY_TEXT);
        }
    }
}
