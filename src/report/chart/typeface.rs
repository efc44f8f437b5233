//! The embedded typeface: the only one that charts are drawn with, so that no machine changes them.
//!
//! A subset of DejaVu Sans (Latin, Greek, Cyrillic, punctuation, arrows); see `font/LICENSE.txt`. Letters
//! outside it, such as Chinese, are drawn by the viewer's own typeface in SVG and as a box in PNG.

use std::sync::Once;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

/// Family names in the order in which a viewer tries them.
pub const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// Ascent plus descent of the typeface in ems: plotters sizes bitmap letters by it.
pub const LINE_EMS: f64 = 2384.0 / 2048.0;

/// The plain letters as a font file.
pub const PLAIN: &[u8] = include_bytes!("../font/DejaVuSans.ttf");
/// The heavy letters as a font file.
pub const HEAVY: &[u8] = include_bytes!("../font/DejaVuSans-Bold.ttf");

/// Makes the typeface known to plotters; must precede all drawing, SVG too.
pub fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for (style, bytes) in [(FontStyle::Normal, PLAIN), (FontStyle::Bold, HEAVY)] {
            assert!(register_font(FAMILY, style, bytes).is_ok(), "the embedded typeface is sound");
        }
    });
}

/// Heavy letters are at most this much wider than plain ones.
pub const HEAVIER: f64 = 1.12;

/// Width of a text at an em size; heavy letters need [`HEAVIER`] times as much.
pub fn width(text: &str, size: f64) -> f64 {
    register();
    let wide = text.chars().filter(|&letter| is_wide(letter)).count();
    let rest: String = text.chars().filter(|&letter| !is_wide(letter)).collect();
    let font = FontDesc::new(FontFamily::Name(FAMILY), 1000.0 * LINE_EMS, FontStyle::Normal);
    let thousandths = font.box_size(&rest).map_or(0, |size| size.0);
    size * (f64::from(thousandths) / 1000.0 + f64::from(u32::try_from(wide).unwrap_or(u32::MAX)))
}

/// Ideographs and their like fill a whole em.
fn is_wide(letter: char) -> bool {
    letter >= '\u{2e80}'
}

/// The text, cut with an ellipsis where it would exceed `room`.
pub fn shorten(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().take(300).collect();
    loop {
        let candidate: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if kept.pop().is_none() || width(&candidate, size) <= room {
            return candidate;
        }
    }
}

/// The text broken into lines no wider than `room`, words kept whole where they fit.
pub fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    // Only plain spaces break lines: a number stays with its sign.
    for word in text.split(' ').filter(|word| !word.is_empty()).take(200) {
        let last = lines.len() - 1;
        let joined = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
        if lines[last].is_empty() || width(&joined, size) <= room {
            lines[last] = shorten(&joined, room, size);
        } else {
            lines.push(shorten(word, room, size));
        }
    }
    lines
}

/// The text in at most two lines, the second cut with an ellipsis.
pub fn clipped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = wrap(text, room, size);
    if lines.len() > 2 {
        lines = vec![lines[0].clone(), shorten(&lines[1..].join(" "), room, size)];
    }
    lines
}
