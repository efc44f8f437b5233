//! Colours that stay apart for colour-blind eyes, each with its own dash for grey print.
//!
//! Source: Okabe and Ito (2008), "Color Universal Design", without the yellow that white paper swallows.

/// Red, green, blue.
pub type Colour = (u8, u8, u8);

/// Text.
pub const INK: Colour = (31, 35, 40);
/// Text on coloured grounds.
const DARKEST: Colour = (20, 24, 28);
/// Lesser text.
pub const GREY_TEXT: Colour = (94, 101, 110);
/// Axis lines and leaders.
pub const GREY_LINE: Colour = (150, 156, 164);
/// Grid.
pub const GRID: Colour = (228, 231, 235);
/// Backgrounds of cells without data.
pub const PALE: Colour = (243, 244, 246);
/// Series beyond the labelled ones.
pub const FAINT: Colour = (190, 195, 201);

const COLOURS: [Colour; 7] = [
    (0, 114, 178),
    (213, 94, 0),
    (0, 158, 115),
    (204, 121, 167),
    (230, 159, 0),
    (86, 180, 233),
    (64, 64, 64),
];

const DASHES: [&[f64]; 7] = [
    &[],
    &[9.0, 3.5],
    &[2.5, 2.5],
    &[10.0, 3.0, 2.5, 3.0],
    &[15.0, 4.0],
    &[5.0, 2.5],
    &[10.0, 3.0, 2.5, 3.0, 2.5, 3.0],
];

/// The colour of the series with that index; beyond seven they repeat with other dashes.
pub fn colour(index: usize) -> Colour {
    COLOURS[index % COLOURS.len()]
}

/// The dash of the series with that index: lengths of ink and gap in turn; empty for a solid line.
pub fn dash(index: usize) -> &'static [f64] {
    DASHES[(index + index / DASHES.len()) % DASHES.len()]
}

/// The colour dark enough for text on white.
pub fn for_text(colour: Colour) -> Colour {
    let brightness = 0.299 * f64::from(colour.0) + 0.587 * f64::from(colour.1) + 0.114 * f64::from(colour.2);
    match brightness {
        bright if bright > 140.0 => mix(colour, INK, 0.45),
        middling if middling > 110.0 => mix(colour, INK, 0.2),
        _ => colour,
    }
}

/// Dark or white, whichever stands out more on a coloured ground.
///
/// Luminance with the gamma rounded to 2. Source: WCAG 2.2, contrast ratio.
pub fn ink_on(ground: Colour) -> Colour {
    let part = |part: u8| (f64::from(part) / 255.0) * (f64::from(part) / 255.0);
    let luminance = 0.2126 * part(ground.0) + 0.7152 * part(ground.1) + 0.0722 * part(ground.2);
    let (dark, white) = ((luminance + 0.05) / 0.058, 1.05 / (luminance + 0.05));
    if dark >= white { DARKEST } else { (255, 255, 255) }
}

/// `share` of the way from one colour to the other.
pub fn mix(from: Colour, to: Colour, share: f64) -> Colour {
    let part = |from: u8, to: u8| {
        (f64::from(from) + share.clamp(0.0, 1.0) * (f64::from(to) - f64::from(from))).round() as u8
    };
    (part(from.0, to.0), part(from.1, to.1), part(from.2, to.2))
}
