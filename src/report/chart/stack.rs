//! A bar that splits a whole into parts, and the key to its colours.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_TEXT, ink_on};
use crate::report::chart::sheet::{Anchor, Area, MARGIN, Sheet, WIDTH};
use crate::report::chart::typeface::{distinct, width};
use crate::report::wording::percent;

/// Height of a line of the key.
const KEY_LINE: f64 = 18.0;
/// What stays as it was.
pub const CALM: Colour = (224, 229, 235);
/// What is gone or apart.
pub const APART: Colour = (164, 170, 178);

/// A stretch of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub name: String,
    /// Part of the whole, 0 to 1.
    pub share: f64,
    /// Its interval in words; may be empty.
    pub band: String,
    /// Colour.
    pub colour: Colour,
}

/// Draws the parts from left to right, wide ones with their share; `what` names the whole to a pointer.
pub fn bar(sheet: &mut Sheet, area: Area, what: &str, parts: &[Part]) {
    let middle = f64::midpoint(area.top, area.bottom) + 4.0;
    let mut left = area.left;
    for part in parts.iter().filter(|part| part.share > 0.0) {
        let right = (left + part.share * (area.right - area.left)).min(area.right);
        let block = Area { left, right: right - 1.0, ..area };
        sheet.block(block, part.colour, 1.0);
        let band = if part.band.is_empty() { String::new() } else { format!(" ({})", part.band) };
        let value = format!("{}{band}", percent(part.share, 1));
        sheet.facts.spots.push(Spot::block(block, &format!("{what}: {}", part.name), &value));
        let text = percent(part.share, 1);
        if right - left > width(&text, 11.5) + 6.0 {
            let ink = ink_on(part.colour);
            sheet.text((f64::midpoint(left, right), middle), 11.5, &text, |text| {
                (text.anchor, text.colour) = (Anchor::Middle, ink);
            });
        }
        left = right;
    }
}

/// Draws what the colours mean at the top of the body, from `from` on, in as many lines as it takes, and tells their height.
pub fn key(sheet: &mut Sheet, from: f64, entries: &[(String, Colour)]) -> f64 {
    let first = sheet.body().top - 2.0;
    let (mut top, mut left) = (first, from);
    let texts: Vec<&str> = entries.iter().map(|(text, _)| text.as_str()).collect();
    for ((_, colour), text) in entries.iter().zip(distinct(&texts, 210.0, 11.0)) {
        let size = width(&text, 11.0);
        if left + size + 18.0 > WIDTH - MARGIN {
            (left, top) = (from, top + KEY_LINE);
        }
        sheet.block(Area { left, top, right: left + 12.0, bottom: top + 12.0 }, *colour, 1.0);
        sheet.text((left + 17.0, top + 10.0), 11.0, &text, |text| text.colour = GREY_TEXT);
        left += size + 36.0;
    }
    top - first + KEY_LINE
}
