//! Writes a line of text.
//!
//! An SVG names the families and leaves the choice to its viewer. Pixels need one typeface at a time: a text in
//! two scripts is cut into runs, each drawn where the one before it ended. plotters would put every letter of a picture
//! on whole pixels, which tears words apart; the letters are therefore set here.

use ab_glyph::{Font, FontRef, GlyphId, PxScale, point};
use plotters::backend::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, TextStyle};

use crate::report::chart::canvas::{Medium, Pen, said};
use crate::report::chart::sheet::{Anchor, Lettering};
use crate::report::chart::typeface::{self, FAMILY, Weight, runs};

/// plotters writes letters into an SVG at its size divided by this, and their baseline so many ems lower.
const VECTOR: (f64, f64) = (1.24, 0.76);

/// Draws a text.
///
/// # Errors
/// What the backend says when it refuses: a bug.
pub fn draw<B: DrawingBackend>(backend: &mut B, text: &Lettering, pen: Pen) -> Result<(), String> {
    if !text.place.0.is_finite() || !text.place.1.is_finite() {
        return Ok(());
    }
    match pen.medium {
        Medium::Vector => in_one(backend, text, pen),
        Medium::Raster => in_pixels(backend, text, pen),
    }
}

fn in_one<B: DrawingBackend>(backend: &mut B, text: &Lettering, pen: Pen) -> Result<(), String> {
    let across = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = if text.bold { FontStyle::Bold } else { FontStyle::Normal };
    let direction = if text.upwards { FontTransform::Rotate270 } else { FontTransform::None };
    let font = FontDesc::new(FontFamily::Name(FAMILY), text.size * pen.scale * VECTOR.0, weight);
    let style = TextStyle {
        color: pen.colour(text.colour).to_backend_color(),
        ..TextStyle::from(font.transform(direction))
    }
    .pos(Pos::new(across, VPos::Top));
    let rise = text.size * VECTOR.1;
    let (x, y) = text.place;
    let corner = if text.upwards { (x - rise, y) } else { (x, y - rise) };
    backend.draw_text(&text.text, &style, pen.point(corner)).map_err(said)
}

/// Every letter stands where it belongs to a fraction of a pixel along the line; the line itself lies on a whole one, so
/// that its letters are crisp.
fn in_pixels<B: DrawingBackend>(backend: &mut B, text: &Lettering, pen: Pen) -> Result<(), String> {
    let em = text.size * pen.scale;
    let letters = letters(text, em);
    let length = letters.last().map_or(0.0, |letter| letter.end);
    let start = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -length / 2.0,
        Anchor::End => -length,
    };
    let origin = (pen.corner.0 + text.place.0 * pen.scale, pen.corner.1 + text.place.1 * pen.scale);
    // Whole pixels to where the line begins, and what is left of them along it.
    let (beside, along) = match text.upwards {
        true => ((origin.0.round(), origin.1.ceil()), origin.1.ceil() - origin.1),
        false => ((origin.0.floor(), origin.1.round()), origin.0 - origin.0.floor()),
    };
    let ink = pen.colour(text.colour);
    for Letter { face, glyph, begin, .. } in letters {
        let position = point((along + start + begin) as f32, 0.0);
        let Some(outline) = face.outline_glyph(glyph.with_scale_and_position(scale(face, em), position))
        else {
            continue;
        };
        let corner = outline.px_bounds().min;
        let mut covered = Vec::new();
        outline.draw(|x, y, share| covered.push((x as i32, y as i32, share)));
        for (x, y, share) in covered {
            let (x, y) = (x + corner.x as i32, y + corner.y as i32);
            let turned = if text.upwards { (y, -1 - x) } else { (x, y) };
            let place = (beside.0 as i32 + turned.0, beside.1 as i32 + turned.1);
            dot(backend, place, ink.mix(f64::from(share)))?;
        }
    }
    Ok(())
}

/// A letter on its line.
struct Letter {
    face: &'static FontRef<'static>,
    glyph: GlyphId,
    /// Where it begins and ends, pixels from the start of the line.
    begin: f64,
    end: f64,
}

fn letters(text: &Lettering, em: f64) -> Vec<Letter> {
    let weight = if text.bold { Weight::Heavy } else { Weight::Plain };
    let mut letters: Vec<Letter> = Vec::new();
    for (script, run) in runs(&text.text, weight) {
        let face = script.face(weight);
        let pixels = |units: f32| f64::from(units) * em / typeface::units(face);
        let mut before = None;
        for letter in run.chars() {
            let glyph = face.glyph_id(letter);
            let kern = before.map_or(0.0, |before| pixels(face.kern_unscaled(before, glyph)));
            let begin = letters.last().map_or(0.0, |letter| letter.end) + kern;
            letters.push(Letter { face, glyph, begin, end: begin + pixels(face.h_advance_unscaled(glyph)) });
            before = Some(glyph);
        }
    }
    letters
}

/// The height of a typeface, from the highest to the lowest letter, at which its em has so many pixels.
fn scale(face: &FontRef, em: f64) -> PxScale {
    PxScale::from((em * f64::from(face.height_unscaled()) / typeface::units(face)) as f32)
}

fn dot<B: DrawingBackend>(backend: &mut B, (x, y): (i32, i32), ink: RGBAColor) -> Result<(), String> {
    let (width, height) = backend.get_size();
    let is_inside = (0..width as i32).contains(&x) && (0..height as i32).contains(&y);
    if is_inside { backend.draw_pixel((x, y), ink.to_backend_color()).map_err(said) } else { Ok(()) }
}
