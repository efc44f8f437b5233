//! Paints a sheet into pixels.

use crate::report::ReportError;
use crate::report::chart::coverage::Coverage;
use crate::report::chart::dash::dashed;
use crate::report::chart::look::{Fit, Look};
use crate::report::chart::outline::outlines;
use crate::report::chart::palette::{Colour, PAPER};
use crate::report::chart::sheet::{Anchor, Lettering, Place, Shape, Sheet, circle};
use crate::report::chart::typeface::{Glyph, Weight};

/// A picture in the making.
struct Canvas {
    fit: Fit,
    look: Look,
    /// Red, green and blue of every pixel, row by row.
    pixels: Vec<u8>,
}

/// The sheet as a PNG file.
///
/// # Errors
/// When the encoder refuses: a bug.
pub fn png(sheet: &Sheet, look: Look) -> Result<Vec<u8>, ReportError> {
    let fit = look.size.fit(sheet);
    let mut canvas = Canvas { fit, look, pixels: Vec::new() };
    let (red, green, blue) = look.theme.shown(PAPER);
    canvas.pixels = [red, green, blue].repeat(fit.columns * fit.rows);
    for shape in &sheet.shapes {
        canvas.shape(shape);
    }
    encode(&canvas.pixels, (fit.columns, fit.rows)).map_err(|error| ReportError::Encode {
        name: format!("chart \"{}\"", sheet.title),
        message: error.to_string(),
    })
}

impl Canvas {
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Line { points, colour, width, dash } => {
                for piece in dashed(&finite(points), dash) {
                    let outlines = stroke(&self.placed(&piece), width * self.fit.scale);
                    self.fill(&outlines, *colour, 1.0);
                }
            }
            Shape::Fill { points, colour, opacity } => {
                let outline = self.placed(&finite(points));
                self.fill(&[outline], *colour, *opacity);
            }
            Shape::Dot { centre, radius, colour } => {
                let outline = self.placed(&finite(&circle(*centre, *radius)));
                self.fill(&[outline], *colour, 1.0);
            }
            Shape::Text(lettering) => self.letter(lettering),
        }
    }

    /// Positions of paper as pixels; what is far outside stays near.
    fn placed(&self, points: &[Place]) -> Vec<Place> {
        let near = |length: f64| length.clamp(-1e5, 1e5);
        points.iter().map(|&place| self.fit.pixel(place)).map(|(x, y)| (near(x), near(y))).collect()
    }

    fn fill(&mut self, outlines: &[Vec<Place>], colour: Colour, opacity: f64) {
        let (red, green, blue) = self.look.theme.shown(colour);
        let columns = self.fit.columns;
        let pixels = &mut self.pixels;
        Coverage::of(outlines, (columns, self.fit.rows)).each(|column, row, share| {
            let share = share * opacity as f32;
            let at = 3 * (row * columns + column);
            for (part, ink) in pixels[at..at + 3].iter_mut().zip([red, green, blue]) {
                let mixed = f32::from(*part) + share * (f32::from(ink) - f32::from(*part));
                *part = (mixed + 0.5) as u8;
            }
        });
    }

    fn letter(&mut self, lettering: &Lettering) {
        let weight = if lettering.bold { Weight::Heavy } else { Weight::Plain };
        let glyphs: Vec<Glyph> = lettering.text.chars().map(|letter| Glyph::of(letter, weight)).collect();
        let length = lettering.size * glyphs.iter().map(Glyph::advance).sum::<f64>();
        let mut along = match lettering.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -length / 2.0,
            Anchor::End => -length,
        };
        let (x, y) = lettering.place;
        let mut drawn = Vec::new();
        for glyph in &glyphs {
            for outline in outlines(glyph) {
                let place = |(right, down): Place| {
                    let (right, down) = (along + right * lettering.size, down * lettering.size);
                    if lettering.upwards { (x + down, y - right) } else { (x + right, y + down) }
                };
                drawn.push(self.placed(&outline.into_iter().map(place).collect::<Vec<_>>()));
            }
            along += glyph.advance() * lettering.size;
        }
        self.fill(&drawn, lettering.colour, 1.0);
    }
}

fn finite(points: &[Place]) -> Vec<Place> {
    points.iter().copied().filter(|point| point.0.is_finite() && point.1.is_finite()).collect()
}

/// The outlines of a line: a rectangle around every stretch and a disc at every bend, all turning one way.
fn stroke(points: &[Place], width: f64) -> Vec<Vec<Place>> {
    let mut outlines: Vec<Vec<Place>> =
        points.windows(2).map(|pair| quad(pair[0], pair[1], width / 2.0).to_vec()).collect();
    if width > 1.5 {
        let bends = points.windows(3).filter(|three| is_bend([three[0], three[1], three[2]]));
        outlines.extend(bends.map(|three| circle(three[1], width / 2.0)));
    }
    outlines
}

/// Whether two stretches meet at more than some four degrees.
fn is_bend([a, b, c]: [Place; 3]) -> bool {
    let (first, second) = ((b.0 - a.0, b.1 - a.1), (c.0 - b.0, c.1 - b.1));
    let cross = (first.0 * second.1 - first.1 * second.0).abs();
    cross > 0.07 * (first.0 * second.0 + first.1 * second.1).abs()
}

/// The rectangle around a stretch of line.
fn quad(from: Place, to: Place, half: f64) -> [Place; 4] {
    let (along, up) = (to.0 - from.0, to.1 - from.1);
    let length = (along * along + up * up).sqrt().max(1e-9);
    let (x, y) = (-up / length * half, along / length * half);
    [(from.0 - x, from.1 - y), (to.0 - x, to.1 - y), (to.0 + x, to.1 + y), (from.0 + x, from.1 + y)]
}

/// Red, green and blue bytes as a PNG file.
///
/// # Errors
/// When the encoder refuses: a bug.
pub fn encode(pixels: &[u8], (columns, rows): (usize, usize)) -> Result<Vec<u8>, ::png::EncodingError> {
    let mut bytes = Vec::new();
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    let mut encoder = ::png::Encoder::new(&mut bytes, side(columns), side(rows));
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_compression(::png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}
