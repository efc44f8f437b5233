//! Draws a sheet with plotters, as SVG or as PNG; the only file that knows plotters' backends.
//!
//! plotters counts in whole pixels: the SVG is drawn eight times as large and shrunk by its view box, the
//! PNG four times as large and averaged down. Points that are not finite never reach plotters, which
//! would hang or draw false zeros.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, ShapeStyle, TextStyle,
};

use crate::report::ReportError;
use crate::report::chart::dash::dashed;
use crate::report::chart::palette::Colour;
use crate::report::chart::picture::{COARSE, averaged, encode};
use crate::report::chart::sheet::{Anchor, Lettering, Place, Shape, Sheet, WIDTH};
use crate::report::chart::typeface::{FAMILY, LINE_EMS, register};

/// SVG units per point.
const FINE: u32 = 8;
/// Width of a PNG in pixels.
const PIXELS: u32 = 1600;

/// How one backend wants to be asked.
#[derive(Clone, Copy)]
struct Pen {
    /// Backend units per point.
    scale: f64,
    /// plotters' size of a letter with an em of 1.
    em: f64,
    /// Baseline below the position that plotters is given, ems.
    drop: f64,
    /// Lines as single quads with round joints: the bitmap backend spikes at sharp corners.
    pieces: bool,
}

/// The sheet as an SVG document.
///
/// # Errors
/// When plotters refuses: a bug.
pub fn svg(sheet: &Sheet) -> Result<String, ReportError> {
    let (width, height) = (whole(WIDTH), whole(sheet.height));
    let mut text = String::new();
    let mut backend = SVGBackend::with_string(&mut text, (width * FINE, height * FINE));
    let pen = Pen { scale: f64::from(FINE), em: 1.24, drop: 0.76, pieces: false };
    draw(&mut backend, sheet, pen).map_err(|message| failure(sheet, message))?;
    drop(backend);
    let body = text.split_once('>').map_or("", |(_, body)| body);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" stroke-linejoin=\"round\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>{body}",
        width * FINE,
        height * FINE
    ))
}

/// The sheet as a PNG file.
///
/// # Errors
/// When plotters or the encoder refuses: a bug.
pub fn png(sheet: &Sheet) -> Result<Vec<u8>, ReportError> {
    let height = whole(sheet.height * f64::from(PIXELS) / WIDTH);
    let (columns, rows) = (PIXELS as usize, height as usize);
    let mut pixels = vec![255; columns * rows * COARSE * COARSE * 3];
    let size = (PIXELS * COARSE as u32, height * COARSE as u32);
    let mut backend = BitMapBackend::with_buffer(&mut pixels, size);
    let pen = Pen { scale: f64::from(size.0) / WIDTH, em: LINE_EMS, drop: LINE_EMS / 2.0, pieces: true };
    draw(&mut backend, sheet, pen).map_err(|message| failure(sheet, message))?;
    drop(backend);
    encode(&averaged(&pixels, columns, rows), PIXELS, height)
        .map_err(|error| failure(sheet, error.to_string()))
}

fn failure(sheet: &Sheet, message: String) -> ReportError {
    ReportError::Encode { name: format!("chart \"{}\"", sheet.title), message }
}

/// A length of paper as whole units.
fn whole(length: f64) -> u32 {
    length.round().clamp(1.0, 20_000.0) as u32
}

fn draw<B: DrawingBackend>(backend: &mut B, sheet: &Sheet, pen: Pen) -> Result<(), String> {
    register();
    for shape in &sheet.shapes {
        match shape {
            Shape::Line { points, colour, width, dash } => {
                for piece in dashed(&finite(points), dash) {
                    stroke(backend, &piece, *colour, *width, pen)?;
                }
            }
            Shape::Fill { points, colour, opacity } => {
                fill(backend, &finite(points), style(*colour, *opacity, 0), pen)?;
            }
            Shape::Text(lettering) => letter(backend, lettering, pen)?,
        }
    }
    backend.present().map_err(said)
}

/// A backend's refusal in words.
fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn fill<B: DrawingBackend>(
    backend: &mut B,
    points: &[Place],
    ink: ShapeStyle,
    pen: Pen,
) -> Result<(), String> {
    if points.len() < 3 {
        return Ok(());
    }
    backend.fill_polygon(pen.points(points), &ink).map_err(said)
}

impl Pen {
    fn point(self, (x, y): Place) -> (i32, i32) {
        let units = |length: f64| (length * self.scale).round().clamp(-1e6, 1e6) as i32;
        (units(x), units(y))
    }

    fn points(self, points: &[Place]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.point(point)).collect()
    }
}

fn finite(points: &[Place]) -> Vec<Place> {
    points.iter().copied().filter(|point| point.0.is_finite() && point.1.is_finite()).collect()
}

fn style(colour: Colour, opacity: f64, width: u32) -> ShapeStyle {
    ShapeStyle {
        color: RGBColor(colour.0, colour.1, colour.2).mix(opacity),
        filled: true,
        stroke_width: width,
    }
}

fn stroke<B: DrawingBackend>(
    backend: &mut B,
    points: &[Place],
    colour: Colour,
    width: f64,
    pen: Pen,
) -> Result<(), String> {
    let units = whole(width * pen.scale);
    if !pen.pieces {
        return backend.draw_path(pen.points(points), &style(colour, 1.0, units)).map_err(said);
    }
    let ink = style(colour, 1.0, 0);
    for pair in points.windows(2) {
        fill(backend, &quad(pair[0], pair[1], width / 2.0), ink, pen)?;
    }
    let inner = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
    for &joint in inner.iter().filter(|_| units > 4) {
        backend.draw_circle(pen.point(joint), units / 2, &ink, true).map_err(said)?;
    }
    Ok(())
}

/// The rectangle around a stretch of line.
fn quad(from: Place, to: Place, half: f64) -> [Place; 4] {
    let (along, up) = (to.0 - from.0, to.1 - from.1);
    let length = (along * along + up * up).sqrt().max(1e-9);
    let (x, y) = (-up / length * half, along / length * half);
    [(from.0 + x, from.1 + y), (to.0 + x, to.1 + y), (to.0 - x, to.1 - y), (from.0 - x, from.1 - y)]
}

fn letter<B: DrawingBackend>(backend: &mut B, lettering: &Lettering, pen: Pen) -> Result<(), String> {
    let weight = if lettering.bold { FontStyle::Bold } else { FontStyle::Normal };
    let direction = if lettering.upwards { FontTransform::Rotate270 } else { FontTransform::None };
    let font = FontDesc::new(FontFamily::Name(FAMILY), lettering.size * pen.scale * pen.em, weight);
    let colour = RGBColor(lettering.colour.0, lettering.colour.1, lettering.colour.2);
    let across = match lettering.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let written = TextStyle::from(font.transform(direction)).color(&colour).pos(Pos::new(across, VPos::Top));
    let (x, y) = lettering.place;
    let rise = lettering.size * pen.drop;
    let corner = if lettering.upwards { (x - rise, y) } else { (x, y - rise) };
    backend.draw_text(&lettering.text, &written, pen.point(corner)).map_err(said)
}
