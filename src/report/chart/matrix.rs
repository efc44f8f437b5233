//! A square of shaded cells with their numbers.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_TEXT, PALE, ink_on, mix};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::typeface::{clipped, shorten, width};

/// Columns narrower than this have turned names.
const NARROW: f64 = 72.0;
const DEEP: Colour = (0, 84, 140);

/// From pale to deep blue.
pub fn shade(darkness: f64) -> Colour {
    mix((236, 243, 249), DEEP, darkness)
}

/// A square of cells.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Heading; may be empty.
    pub heading: String,
    /// What rows and columns are, for the corner; may be empty.
    pub corner: &'static str,
    /// Names of rows and columns.
    pub names: Vec<String>,
    /// The ground of a cell by its darkness; [`shade`] for amounts.
    pub shade: fn(f64) -> Colour,
    /// Row by row: darkness in 0..=1 and up to two lines of text; `None` is left pale.
    pub cells: Vec<Option<(f64, [String; 2])>>,
}

impl Matrix {
    /// Whether any cell is filled.
    pub fn has_data(&self) -> bool {
        self.cells.iter().any(Option::is_some)
    }

    /// A fitting height of the whole sheet.
    pub fn sheet_height(count: usize) -> f64 {
        (230.0 + 74.0 * count as f64).clamp(320.0, 760.0)
    }

    /// Space for the column names, which turn upwards when columns are narrow.
    fn heading_room(&self, area: Area, side: f64) -> f64 {
        let wide = (area.right - area.left - side) / self.names.len() as f64;
        if wide < NARROW { 118.0 } else { 40.0 }
    }

    /// Draws the matrix into `area`.
    pub fn draw(&self, sheet: &mut Sheet, area: Area) {
        let count = self.names.len() as f64;
        let widest = self.names.iter().map(|name| width(name, 11.5) + 18.0).fold(60.0, f64::max);
        let side = widest.min((area.right - area.left) * 0.27);
        let top = area.top + if self.heading.is_empty() { 0.0 } else { 24.0 };
        if !self.heading.is_empty() {
            sheet.text((area.left, area.top + 10.0), 13.0, &self.heading, |text| text.bold = true);
        }
        let grid = Area {
            left: area.left + side,
            top: top + self.heading_room(area, side),
            right: area.right,
            bottom: area.bottom,
        };
        let (wide, high) = ((grid.right - grid.left) / count, ((grid.bottom - grid.top) / count).min(78.0));
        sheet.text((grid.left - 9.0, grid.top - 8.0), 10.5, self.corner, |text| {
            text.anchor = Anchor::End;
            text.colour = GREY_TEXT;
        });
        for (index, name) in self.names.iter().enumerate() {
            let at = index as f64;
            let y = grid.top + high * (at + 0.5) + 4.0;
            let lines = clipped(name, side - 16.0, 11.5);
            for (index, line) in lines.iter().enumerate() {
                let down = 13.5 * (index as f64 - (lines.len() as f64 - 1.0) / 2.0);
                sheet.text((grid.left - 9.0, y + down), 11.5, line, |text| text.anchor = Anchor::End);
            }
            heading(sheet, name, (grid.left + wide * (at + 0.5), grid.top - 8.0), wide);
        }
        self.draw_cells(sheet, grid, (wide, high));
    }

    fn draw_cells(&self, sheet: &mut Sheet, grid: Area, (wide, high): (f64, f64)) {
        for (index, cell) in self.cells.iter().enumerate() {
            let (row, column) = ((index / self.names.len()) as f64, (index % self.names.len()) as f64);
            let left = grid.left + wide * column;
            let upper = grid.top + high * row;
            let area = Area { left, top: upper, right: left + wide - 2.0, bottom: upper + high - 2.0 };
            draw_cell(sheet, area, cell.as_ref(), self.shade);
            if let Some((_, lines)) = cell {
                let (from, to) =
                    (&self.names[index / self.names.len()], &self.names[index % self.names.len()]);
                let value =
                    lines.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
                sheet.facts.spots.push(Spot::block(area, &format!("{from} → {to}"), &value));
            }
        }
    }
}

/// A column name above its column: in at most two lines, or turned upwards.
fn heading(sheet: &mut Sheet, name: &str, (x, y): (f64, f64), wide: f64) {
    if wide < NARROW {
        sheet.text((x + 4.0, y), 10.5, &shorten(name, 106.0, 10.5), |text| text.upwards = true);
        return;
    }
    let lines = clipped(name, wide - 8.0, 11.5);
    let count = lines.len();
    for (index, line) in lines.iter().enumerate() {
        let baseline = y - 13.5 * (count - 1 - index) as f64;
        sheet.text((x, baseline), 11.5, line, |text| text.anchor = Anchor::Middle);
    }
}

fn draw_cell(sheet: &mut Sheet, area: Area, cell: Option<&(f64, [String; 2])>, shade: fn(f64) -> Colour) {
    let Some((darkness, lines)) = cell else {
        sheet.block(area, PALE, 1.0);
        return;
    };
    let shade = shade(*darkness);
    sheet.block(area, shade, 1.0);
    let ink = ink_on(shade);
    let (x, y) = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
    let (room, low) = (area.right - area.left - 4.0, area.bottom - area.top < 34.0);
    let single = low || lines[1].is_empty() || width(&lines[1], 10.0) > room;
    let baseline = if single { y + 4.5 } else { y - 2.0 };
    let size = [12.5, 11.0, 9.5, 8.0].into_iter().find(|&size| width(&lines[0], size) <= room).unwrap_or(7.0);
    sheet.text((x, baseline), size, &shorten(&lines[0], room, size), |text| {
        text.anchor = Anchor::Middle;
        text.colour = ink;
    });
    if !single {
        sheet.text((x, y + 14.0), 10.0, &lines[1], |text| {
            text.anchor = Anchor::Middle;
            text.colour = ink;
        });
    }
}
