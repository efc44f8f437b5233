//! Writes a line of text with plotters.
//!
//! An SVG names the families and leaves the choice to its viewer. Pixels need one typeface at a time: a text in
//! two scripts is cut into runs, each drawn where the one before it ended.

use plotters::backend::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, FontTransform, TextStyle};

use crate::report::chart::canvas::{Medium, Pen, said};
use crate::report::chart::sheet::{Anchor, Lettering};
use crate::report::chart::typeface::{FAMILY, Script, Weight, runs};

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
        Medium::Raster => in_runs(backend, text, pen),
    }
}

fn in_one<B: DrawingBackend>(backend: &mut B, text: &Lettering, pen: Pen) -> Result<(), String> {
    let across = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = FontDesc::new(FontFamily::Name(FAMILY), text.size * pen.scale * VECTOR.0, weight(text));
    let style = style(font, text, pen).pos(Pos::new(across, VPos::Top));
    let rise = text.size * VECTOR.1;
    let (x, y) = text.place;
    let corner = if text.upwards { (x - rise, y) } else { (x, y - rise) };
    backend.draw_text(&text.text, &style, pen.point(corner)).map_err(said)
}

fn in_runs<B: DrawingBackend>(backend: &mut B, text: &Lettering, pen: Pen) -> Result<(), String> {
    let thick = if text.bold { Weight::Heavy } else { Weight::Plain };
    let mut fonts = Vec::new();
    let mut length = 0.0;
    for (script, run) in runs(&text.text, thick) {
        let font = raster_font(script, text, pen);
        let units = font.box_size(&run).map_err(said)?.0;
        fonts.push((script, run, font, length));
        length += f64::from(units) / pen.scale;
    }
    let start = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -length / 2.0,
        Anchor::End => -length,
    };
    for (script, run, font, before) in fonts {
        // The bitmap backend puts the baseline half a line below the position.
        let (along, rise) = (start + before, text.size * script.line() / 2.0);
        let (x, y) = text.place;
        let corner = if text.upwards { (x - rise, y - along) } else { (x + along, y - rise) };
        backend.draw_text(&run, &style(font, text, pen), pen.point(corner)).map_err(said)?;
    }
    Ok(())
}

/// A typeface whose letters have the text's em: the bitmap backend sizes them by ascent plus descent.
fn raster_font<'a>(script: Script, text: &Lettering, pen: Pen) -> FontDesc<'a> {
    FontDesc::new(FontFamily::Name(script.family()), text.size * pen.scale * script.line(), weight(text))
}

fn weight(text: &Lettering) -> FontStyle {
    if text.bold { FontStyle::Bold } else { FontStyle::Normal }
}

fn style<'a>(font: FontDesc<'a>, text: &Lettering, pen: Pen) -> TextStyle<'a> {
    let direction = if text.upwards { FontTransform::Rotate270 } else { FontTransform::None };
    TextStyle {
        color: pen.colour(text.colour).to_backend_color(),
        ..TextStyle::from(font.transform(direction))
    }
}
