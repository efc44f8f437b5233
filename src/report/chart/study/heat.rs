//! A heat map of tested pairs: coloured cells, contour lines between their centres, a labelled scale.

use crate::report::chart::palette::{Colour, GREY_LINE, GREY_TEXT, PALE, PAPER, ink_on, mix};
use crate::report::chart::scale::{Tick, between};
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::study::contour::crossings;
use crate::report::chart::typeface::{HEAVIER, shorten, width};
use crate::report::study::quantity::Quantity;

/// Width of the colour scale with its numbers.
const SCALE: f64 = 74.0;
/// Height above the cells for the heading.
const HEAD: f64 = 24.0;
/// Height below the cells for level names and the axis title.
const FOOT: f64 = 40.0;
/// Contour lines at most about so many.
const CONTOURS: f64 = 11.0;

/// Pale to deep blue. Source: ColorBrewer, Blues, ends and middle.
const RISING: [Colour; 3] = [(239, 246, 252), (107, 174, 214), (8, 48, 107)];
/// Orange over white to blue, apart for colour-blind eyes.
const DIVERGING: [Colour; 3] = [(179, 88, 6), (250, 250, 250), (0, 84, 140)];

/// The colours of a range of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Shades {
    /// Number at the pale, or orange, end.
    pub low: f64,
    /// Number at the deep end.
    pub high: f64,
    /// What the numbers count.
    pub quantity: Quantity,
    ramp: [Colour; 3],
}

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
    /// Whether the intervals of all cells overlap.
    pub is_chance: bool,
    /// Colours.
    pub shades: Shades,
}

impl Shades {
    /// For the finite ones of these values: diverging around zero when both signs occur, else rising.
    pub fn of(values: &[f64], quantity: Quantity) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let (low, high) =
            (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low.max(-1e300), high.min(1e300)) };
        if low < 0.0 && high > 0.0 {
            let far = high.max(-low);
            return Self { low: -far, high: far, quantity, ramp: DIVERGING };
        }
        let flat = high - low <= 1e-12 * high.abs().max(low.abs());
        let air = if flat { 0.1 * high.abs().max(1e-9) } else { 0.0 };
        Self { low: low - air, high: high + air, quantity, ramp: RISING }
    }

    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn colour(&self, value: f64) -> Colour {
        match 2.0 * self.share(value) {
            lower if lower < 1.0 => mix(self.ramp[0], self.ramp[1], lower),
            upper => mix(self.ramp[1], self.ramp[2], upper - 1.0),
        }
    }

    fn ticks(&self, wanted: f64) -> Vec<Tick> {
        between(self.low, self.high, wanted, &self.quantity.measure())
    }
}

impl Heat {
    /// Draws the map into `area`.
    pub fn draw(&self, sheet: &mut Sheet, area: Area) {
        let room = (area.right - area.left) / HEAVIER;
        let heading = shorten(&self.heading, room, 12.0);
        sheet.text((area.left, area.top + 10.0), 12.0, &heading, |text| text.bold = true);
        let side = self.up.1.iter().map(|name| width(name, 10.0)).fold(20.0, f64::max).min(90.0) + 24.0;
        let plot = Area {
            left: area.left + side,
            top: area.top + HEAD,
            right: area.right - SCALE,
            bottom: area.bottom - FOOT,
        };
        self.fill(sheet, plot);
        self.contours(sheet, plot);
        self.numbers(sheet, plot);
        self.names(sheet, plot, area.left);
        self.scale(sheet, Area { left: plot.right + 12.0, right: plot.right + 24.0, ..plot });
    }

    fn size(&self) -> (usize, usize) {
        (self.across.1.len(), self.up.1.len())
    }

    /// Centre of a cell.
    fn centre(&self, plot: Area, column: f64, row: f64) -> Place {
        let (columns, rows) = self.size();
        let wide = (plot.right - plot.left) / columns as f64;
        let high = (plot.bottom - plot.top) / rows as f64;
        (plot.left + wide * (column + 0.5), plot.bottom - high * (row + 0.5))
    }

    fn value(&self, column: usize, row: usize) -> f64 {
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
            .map(|&value| width(&self.shades.quantity.brief(value), 9.5));
        (plot.bottom - plot.top) / rows as f64 >= 18.0 && widest.fold(0.0, f64::max) <= wide - 6.0
    }

    /// The numbers in their cells.
    fn numbers(&self, sheet: &mut Sheet, plot: Area) {
        if !self.has_numbers(plot) {
            return;
        }
        let columns = self.size().0;
        for (index, &value) in self.cells.iter().enumerate().filter(|(_, value)| value.is_finite()) {
            let (x, y) = self.centre(plot, (index % columns) as f64, (index / columns) as f64);
            let (text, ground) = (self.shades.quantity.brief(value), self.shades.colour(value));
            sheet.text((x, y + 3.5), 9.5, &text, |text| {
                text.anchor = Anchor::Middle;
                text.colour = ink_on(ground);
            });
        }
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
        let high = plot.bottom - plot.top + 40.0;
        sheet.text((left + 10.0, middle.1), 10.5, &shorten(&self.up.0, high, 10.5), |text| {
            text.anchor = Anchor::Middle;
            text.upwards = true;
            text.colour = GREY_TEXT;
        });
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

    /// Named lines of equal value at round numbers; none where the cells hold numbers or only chance.
    fn contours(&self, sheet: &mut Sheet, plot: Area) {
        if self.has_numbers(plot) || self.is_chance {
            return;
        }
        for tick in self.shades.ticks(CONTOURS) {
            let segments = crossings(self.size(), |column, row| self.value(column, row), tick.at);
            for segment in &segments {
                let places = segment.map(|(column, row)| self.centre(plot, column, row)).to_vec();
                sheet.line(places.clone(), PAPER, 2.4, &[]);
                sheet.line(places, (40, 44, 50), 1.0, &[]);
            }
            if let Some(middle) = segments.get(segments.len() / 2) {
                let (x, y) = self.centre(plot, middle[0].0, middle[0].1);
                let half = width(&tick.label, 9.0) / 2.0 + 2.0;
                let behind = Area { left: x - half, right: x + half, top: y - 6.0, bottom: y + 6.0 };
                sheet.block(behind, PAPER, 0.85);
                sheet.text((x, y + 3.2), 9.0, &tick.label, |text| text.anchor = Anchor::Middle);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shades;
    use crate::report::study::quantity::Quantity;

    #[test]
    fn both_signs_put_white_at_zero() {
        let shades = Shades::of(&[-0.1, 0.4], Quantity::Share);
        assert_eq!((shades.low, shades.high), (-0.4, 0.4));
        assert_eq!(shades.colour(0.0), (250, 250, 250));
    }
}
