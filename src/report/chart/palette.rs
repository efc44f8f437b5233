//! Colours that stay apart for colour-blind eyes, each with its own dash for grey print.
//!
//! Source: Okabe and Ito (2008), "Color Universal Design", without the yellow that white paper swallows.

use std::fmt::Write;

/// Red, green, blue.
pub type Colour = (u8, u8, u8);

/// The ground of everything.
pub const PAPER: Colour = (255, 255, 255);
/// Text.
pub const INK: Colour = (31, 35, 40);
/// Dark text on coloured grounds, in every theme.
const DARKEST: Colour = (20, 24, 28);
/// Light text on dark grounds, in every theme.
const LIGHTEST: Colour = (252, 252, 252);
/// Light text on the colours of series, which the dark theme brightens.
const ON_SERIES: Colour = (251, 251, 251);
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

/// What is for somebody: stays, raises; no platform has this colour.
pub const FOR: Colour = (108, 88, 176);
/// What is against: wavers, lowers.
pub const AGAINST: Colour = (124, 130, 138);

/// Of each series: on white, dark enough for letters on white, and on dark ground.
const SERIES: [[Colour; 3]; 7] = [
    [(0, 114, 178), (0, 108, 170), (92, 172, 230)],
    [(213, 94, 0), (176, 78, 0), (244, 138, 74)],
    [(0, 158, 115), (0, 118, 86), (62, 200, 158)],
    [(204, 121, 167), (156, 78, 122), (228, 152, 196)],
    [(230, 159, 0), (142, 96, 0), (240, 180, 41)],
    [(86, 180, 233), (22, 110, 160), (158, 216, 248)],
    [(64, 64, 64), (64, 64, 65), (196, 200, 206)],
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

/// Colours that a theme changes beside those of series: name, on white, on dark ground.
const THEMED: [(&str, Colour, Colour); 8] = [
    ("paper", PAPER, (20, 23, 27)),
    ("ink", INK, (231, 234, 238)),
    ("soft", GREY_TEXT, (170, 178, 188)),
    ("line", GREY_LINE, (112, 119, 128)),
    ("grid", GRID, (46, 52, 59)),
    ("pale", PALE, (30, 34, 40)),
    ("faint", FAINT, (84, 91, 100)),
    ("on", ON_SERIES, DARKEST),
];

/// The colour of the series with that index; beyond seven they repeat with other dashes.
pub fn colour(index: usize) -> Colour {
    SERIES[index % SERIES.len()][0]
}

/// The colour of the surface with that index: beyond seven they repeat darker, then lighter, for a surface has no dash.
pub fn surface(index: usize) -> Colour {
    let colour = colour(index);
    match index / SERIES.len() {
        0 => colour,
        1 => mix(colour, INK, 0.45),
        _ => mix(colour, PAPER, 0.5),
    }
}

/// The dash of the series with that index: lengths of ink and gap in turn; empty for a solid line.
pub fn dash(index: usize) -> &'static [f64] {
    DASHES[(index + index / DASHES.len()) % DASHES.len()]
}

/// The colour dark enough for text on white.
pub fn for_text(colour: Colour) -> Colour {
    let series = SERIES.iter().find(|series| series[0] == colour);
    let darker = |share: u32| mix(colour, INK, f64::from(share) / 10.0);
    series.map_or_else(
        || (0..10).map(darker).find(|&tried| contrast(tried, PAPER) >= READABLE).unwrap_or(INK),
        |series| series[1],
    )
}

/// Contrast that running text needs. Source: WCAG 2.2, level AA.
pub const READABLE: f64 = 4.5;

/// Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2.
///
/// ```
/// use ecotone::report::chart::palette::contrast;
/// assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
/// assert!((contrast((255, 255, 255), (118, 118, 118)) - 4.54).abs() < 0.005);
/// ```
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, 0 to 1. Source: WCAG 2.2.
fn luminance((red, green, blue): Colour) -> f64 {
    let part = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { crate::maths::pow((share + 0.055) / 1.055, 2.4) }
    };
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
}

/// Dark or white, whichever stands out more on a coloured ground.
pub fn ink_on(ground: Colour) -> Colour {
    let light = if token(ground).is_some() { ON_SERIES } else { LIGHTEST };
    if contrast(ground, DARKEST) >= contrast(ground, LIGHTEST) { DARKEST } else { light }
}

/// `share` of the way from one colour to the other.
pub fn mix(from: Colour, to: Colour, share: f64) -> Colour {
    let part = |from: u8, to: u8| {
        (f64::from(from) + share.clamp(0.0, 1.0) * (f64::from(to) - f64::from(from))).round() as u8
    };
    (part(from.0, to.0), part(from.1, to.1), part(from.2, to.2))
}

/// Every colour that a theme changes: name, on white, on dark ground.
fn themed() -> impl Iterator<Item = (String, Colour, Colour)> {
    let fixed = THEMED.iter().map(|&(name, light, dark)| (name.to_owned(), light, dark));
    let series = SERIES.iter().enumerate().flat_map(|(index, &[line, text, dark])| {
        [(format!("s{index}"), line, dark), (format!("t{index}"), text, dark)]
    });
    fixed.chain(series)
}

/// The name of a colour that a theme changes.
pub fn token(colour: Colour) -> Option<String> {
    themed().find(|&(_, light, _)| light == colour).map(|(name, _, _)| name)
}

/// A colour of the light theme as the dark theme shows it; shades and mixtures stay.
pub fn dark(colour: Colour) -> Colour {
    themed().find(|&(_, light, _)| light == colour).map_or(colour, |(_, _, dark)| dark)
}

/// The style of a page's drawings: a variable and two classes, to fill and to stroke, for every themed colour.
pub fn style() -> String {
    let (mut light, mut dark, mut classes) = (String::new(), String::new(), String::new());
    for (name, on_white, on_dark) in themed() {
        let _ = write!(light, "--{name}:{};", hexadecimal(on_white));
        let _ = write!(dark, "--{name}:{};", hexadecimal(on_dark));
        let _ =
            writeln!(classes, ".f-{name}{{fill:var(--{name})}}.k-{name}{{fill:none;stroke:var(--{name})}}");
    }
    format!(
        ":root{{color-scheme:light;{light}}}\n\
         @media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n\
         @media screen and (prefers-color-scheme:dark){{\
         :root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n{classes}"
    )
}

/// A colour as pages and drawings write it.
pub fn hexadecimal((red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_in_both_themes() {
        let [light, night] = [PAPER, dark(PAPER)];
        for series in 0..SERIES.len() {
            let text = for_text(colour(series));
            assert!(contrast(text, light) >= READABLE, "{series} on white: {}", contrast(text, light));
            assert!(contrast(dark(text), night) >= READABLE, "{series} on dark");
            assert!(contrast(dark(colour(series)), night) >= 3.0, "line {series} on dark");
            let on = ink_on(colour(series));
            assert!(
                contrast(on, colour(series)) >= 3.0 && contrast(dark(on), dark(colour(series))) >= READABLE
            );
        }
        for grey in [INK, GREY_TEXT] {
            assert!(contrast(grey, light) >= READABLE && contrast(dark(grey), dark(PALE)) >= READABLE);
        }
    }

    #[test]
    fn every_themed_colour_has_a_name_of_its_own() {
        let mut lights: Vec<Colour> = themed().map(|(_, light, _)| light).collect();
        let count = lights.len();
        lights.sort_unstable();
        lights.dedup();
        assert_eq!(lights.len(), count);
    }
}
