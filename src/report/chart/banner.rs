//! Names of events above a panel: in rows without overlap, or as numbers when they are many.

use crate::report::chart::frame::Frame;
use crate::report::chart::label::rows;
use crate::report::chart::palette::{GREY_LINE, GREY_TEXT, PAPER};
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::typeface::{shorten, width};

/// A dated event.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// Day.
    pub at: f64,
    /// Short name.
    pub name: String,
}

/// Height of a row of event names.
pub const FLAG_ROW: f64 = 13.0;

/// An event placed on paper.
pub struct Banner {
    /// Where its line stands.
    pub x: f64,
    /// Where its text begins.
    pub left: f64,
    /// Row of its text, from 0 at the top.
    pub row: usize,
    /// Name or number; empty where there was no room.
    pub text: String,
}

impl Banner {
    /// Left and right end, with some air.
    fn reach(&self) -> (f64, f64) {
        (self.left, self.left + width(&self.text, 10.0) + 8.0)
    }
}

/// The flags inside the horizon: by name in up to three rows, else by number.
pub fn banners(flags: &[Flag], frame: &Frame) -> Vec<Banner> {
    let inside = || flags.iter().enumerate().filter(|(_, flag)| flag.at <= frame.last);
    let named: Vec<Banner> =
        inside().map(|(_, flag)| banner(frame, flag.at, shorten(&flag.name, 150.0, 10.0))).collect();
    let rows = rows(&named.iter().map(Banner::reach).collect::<Vec<_>>());
    if rows.iter().any(|&row| row > 2) {
        let number = |(index, flag): (usize, &Flag)| {
            // A flag that is a number stands for a key, which counts more events than this panel has.
            let is_number = flag.name.parse::<usize>().is_ok();
            let text = if is_number { flag.name.clone() } else { (index + 1).to_string() };
            banner(frame, flag.at, text)
        };
        return numbered(inside().map(number));
    }
    named.into_iter().zip(rows).map(|(banner, row)| Banner { row, ..banner }).collect()
}

/// Numbers in up to three rows; what does not fit keeps its line and loses its number.
fn numbered(banners: impl Iterator<Item = Banner>) -> Vec<Banner> {
    let banners: Vec<Banner> = banners.collect();
    let rows = rows(&banners.iter().map(Banner::reach).collect::<Vec<_>>());
    let fits = |(banner, row): (Banner, usize)| match row {
        0..=2 => Banner { row, ..banner },
        _ => Banner { row: 2, text: String::new(), ..banner },
    };
    banners.into_iter().zip(rows).map(fits).collect()
}

/// A flag's text, kept inside the plot.
fn banner(frame: &Frame, at: f64, text: String) -> Banner {
    let x = frame.x(at);
    let left = (x - 2.0).min(frame.plot.right + 8.0 - width(&text, 10.0)).max(frame.plot.left);
    Banner { x, left, row: 0, text }
}

/// Draws the events of a frame in a panel that begins at `top`: lines over the plot, names above it.
pub fn draw(sheet: &mut Sheet, frame: &Frame, top: f64) {
    let baseline = |row: usize| top + frame.head + FLAG_ROW * row as f64 + 4.0;
    for (x, row) in stems(&frame.banners) {
        let line = vec![(x, baseline(row) + 3.0), (x, frame.plot.bottom)];
        sheet.line(line, GREY_LINE, 0.8, &[2.5, 2.5]);
    }
    // Names above the lines of other events, on paper of their own.
    for banner in frame.banners.iter().filter(|banner| !banner.text.is_empty()) {
        let (left, bottom) = (banner.left, baseline(banner.row) + 2.5);
        let right = left + width(&banner.text, 10.0) + 2.0;
        sheet.block(Area { left, top: bottom - 11.0, right, bottom }, PAPER, 1.0);
        sheet.text((left, bottom - 2.5), 10.0, &banner.text, |text| text.colour = GREY_TEXT);
    }
}

/// Where lines of events stand, and the row of their highest name: events of one day share a line, since two dashed ones
/// would fill each other's gaps.
fn stems(banners: &[Banner]) -> Vec<(f64, usize)> {
    let mut stems: Vec<(f64, usize)> = Vec::new();
    for banner in banners {
        match stems.iter_mut().find(|(x, _)| *x == banner.x) {
            Some((_, row)) => *row = banner.row.min(*row),
            None => stems.push((banner.x, banner.row)),
        }
    }
    stems
}
