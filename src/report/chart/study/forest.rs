//! Rows of dots or bars with their intervals on one axis: names left, numbers right.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_LINE, GREY_TEXT, GRID, PALE, PAPER, mix};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::study::axis::Axis;
use crate::report::chart::typeface::{HEAVIER, shorten, width};
use crate::report::reading::Estimate;

/// Height of a row.
pub const STEP: f64 = 34.0;
/// Height of the heading above and of the axis below the rows.
pub const AROUND: f64 = 62.0;

/// How an estimate is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A filled dot.
    Dot,
    /// A hollow dot.
    Ring,
    /// A hollow diamond.
    Diamond,
    /// A bar from zero.
    Bar,
    /// A pale bar from zero.
    PaleBar,
}

/// One estimate of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The estimate.
    pub estimate: Estimate,
    /// Colour.
    pub colour: Colour,
    /// Drawn as.
    pub sign: Sign,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// A second, smaller line; may be empty.
    pub note: String,
    /// What stands right of the axis: one or two lines.
    pub numbers: [String; 2],
    /// A zone behind the marks, for example a tolerance.
    pub zone: Option<(f64, f64)>,
    /// The estimates, below each other; none makes the row a heading.
    pub marks: Vec<Mark>,
}

/// A list of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Forest {
    /// Small heading; may be empty.
    pub heading: String,
    /// What the axis counts, below it.
    pub unit: String,
    /// The axis.
    pub axis: Axis,
    /// The rows.
    pub rows: Vec<Row>,
    /// Width of the names.
    pub names: f64,
    /// Width of the numbers.
    pub numbers: f64,
}

impl Forest {
    /// A fitting height.
    pub fn height(&self) -> f64 {
        AROUND + STEP * self.rows.len() as f64
    }

    /// Draws the rows into `area`.
    pub fn draw(&self, sheet: &mut Sheet, area: Area) {
        sheet.text((area.left, area.top + 10.0), 13.0, &self.heading, |text| text.bold = true);
        let plot = Area {
            left: area.left + self.names,
            right: area.right - self.numbers,
            top: area.top + 22.0,
            bottom: area.bottom - 40.0,
        };
        let step = ((plot.bottom - plot.top) / self.rows.len() as f64).min(1.3 * STEP);
        let plot = Area { bottom: plot.top + step * self.rows.len() as f64, ..plot };
        self.zones(sheet, plot, step);
        self.axes(sheet, plot);
        let mut above = "";
        for (index, row) in self.rows.iter().enumerate() {
            if row.marks.is_empty() {
                above = &row.name;
            }
            self.row(sheet, (above, row), plot, plot.top + step * (index as f64 + 0.5));
        }
    }

    fn x(&self, plot: Area, value: f64) -> f64 {
        plot.left + self.axis.share(value) * (plot.right - plot.left)
    }

    fn zones(&self, sheet: &mut Sheet, plot: Area, step: f64) {
        for (index, row) in self.rows.iter().enumerate() {
            let Some((low, high)) = row.zone.filter(|(low, high)| low.is_finite() && high.is_finite()) else {
                continue;
            };
            let top = plot.top + step * index as f64;
            let area = Area {
                left: self.x(plot, low),
                right: self.x(plot, high),
                top: top + 3.0,
                bottom: top + step - 3.0,
            };
            sheet.block(area, mix(PALE, GREY_LINE, 0.25), 1.0);
        }
    }

    fn axes(&self, sheet: &mut Sheet, plot: Area) {
        let wanted = ((plot.right - plot.left) / 62.0).clamp(2.0, 9.0);
        let mut free = f64::NEG_INFINITY;
        for tick in self.axis.ticks(wanted) {
            let at = self.x(plot, tick.at);
            let is_zero = tick.at.abs() < 1e-12;
            let (colour, thick) = if is_zero { (GREY_LINE, 1.4) } else { (GRID, 0.8) };
            sheet.line(vec![(at, plot.top), (at, plot.bottom)], colour, thick, &[]);
            let half = width(&tick.label, 10.5) / 2.0;
            if at - half < free {
                continue;
            }
            free = at + half + 5.0;
            sheet.text((at, plot.bottom + 15.0), 10.5, &tick.label, |text| {
                text.anchor = Anchor::Middle;
                text.colour = GREY_TEXT;
            });
        }
        let place = (f64::midpoint(plot.left, plot.right), plot.bottom + 30.0);
        sheet.text(place, 10.5, &self.unit, |text| {
            text.anchor = Anchor::Middle;
            text.colour = GREY_TEXT;
        });
    }

    /// Draws a row, which stands below the heading row `above`, if there is one.
    fn row(&self, sheet: &mut Sheet, (above, row): (&str, &Row), plot: Area, y: f64) {
        let left = plot.left - self.names;
        if row.marks.is_empty() {
            sheet.line(vec![(left, y - 12.0), (plot.right + self.numbers, y - 12.0)], GREY_LINE, 0.8, &[]);
            let room = (plot.right - left) / HEAVIER;
            sheet.text((left, y + 6.0), 12.0, &shorten(&row.name, room, 12.0), |text| text.bold = true);
            return;
        }
        self.note(
            sheet,
            (above, row),
            Area { left, right: plot.right + self.numbers, top: y - STEP / 2.0, bottom: y + STEP / 2.0 },
        );
        let rise = if row.note.is_empty() { 4.0 } else { -1.0 };
        sheet.text((left, y + rise), 11.5, &shorten(&row.name, self.names - 12.0, 11.5), |_| ());
        sheet.text((left, y + 11.5), 9.5, &shorten(&row.note, self.names - 12.0, 9.5), |text| {
            text.colour = GREY_TEXT;
        });
        sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 0.8, &[]);
        let count = row.marks.len() as f64;
        for (index, mark) in row.marks.iter().enumerate() {
            let apart = if count > 1.0 { 11.0 } else { 0.0 };
            self.mark(sheet, mark, plot, y + apart * (index as f64 - (count - 1.0) / 2.0));
        }
        let right = plot.right + self.numbers;
        let rise = if row.numbers[1].is_empty() { 4.0 } else { -1.0 };
        let room = self.numbers - 10.0;
        sheet.text((right, y + rise), 11.0, &shorten(&row.numbers[0], room, 11.0), |text| {
            text.anchor = Anchor::End;
        });
        sheet.text((right, y + 11.5), 9.5, &shorten(&row.numbers[1], room, 9.5), |text| {
            text.anchor = Anchor::End;
            text.colour = GREY_TEXT;
        });
    }

    /// What a pointer reads on a row.
    fn note(&self, sheet: &mut Sheet, (above, row): (&str, &Row), area: Area) {
        let joined = |words: &[&str]| {
            let said: Vec<&str> = words.iter().copied().filter(|words| !words.is_empty()).collect();
            said.join(" · ")
        };
        let what = joined(&[&self.heading, above, &row.name, &row.note]);
        let value = joined(&[&row.numbers[0], &row.numbers[1]]);
        sheet.facts.spots.push(Spot::block(area, &what, &value));
    }

    fn mark(&self, sheet: &mut Sheet, mark: &Mark, plot: Area, y: f64) {
        let Estimate { value, low, high } = mark.estimate;
        if !value.is_finite() {
            return;
        }
        let x = self.x(plot, value);
        if matches!(mark.sign, Sign::Bar | Sign::PaleBar) {
            let zero = self.x(plot, 0.0);
            let area = Area { left: zero.min(x), right: zero.max(x), top: y - 5.0, bottom: y + 5.0 };
            let colour = if mark.sign == Sign::Bar { mark.colour } else { mix(mark.colour, PAPER, 0.55) };
            sheet.block(area, colour, 1.0);
        }
        // Narrow intervals would vanish below a dot.
        if mark.sign == Sign::Dot {
            sheet.dot((x, y), 4.5, mark.colour);
        }
        if mark.estimate.has_band() {
            let colour = if mark.sign == Sign::Bar { (40, 44, 50) } else { mark.colour };
            let (left, right) = (self.x(plot, low), self.x(plot, high));
            let thick = if matches!(mark.sign, Sign::Bar | Sign::PaleBar) { 1.4 } else { 2.0 };
            sheet.line(vec![(left, y), (right, y)], colour, thick, &[]);
            for end in [left, right] {
                sheet.line(vec![(end, y - 3.0), (end, y + 3.0)], colour, 1.2, &[]);
            }
        }
        match mark.sign {
            Sign::Ring => {
                sheet.dot((x, y), 4.8, mark.colour);
                sheet.dot((x, y), 1.6, PAPER);
            }
            Sign::Diamond => sheet.diamond((x, y), 5.5, mark.colour),
            Sign::Dot | Sign::Bar | Sign::PaleBar => (),
        }
    }
}
