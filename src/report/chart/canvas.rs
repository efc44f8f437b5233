//! Draws a sheet with plotters, as an SVG or a PNG file; the only file that knows plotters' backends.
//!
//! plotters counts in whole units: the SVG is drawn eight times as large and shrunk by its view box, the
//! PNG four times as large and averaged down. Points that are not finite never reach plotters, which
//! would hang or draw false zeros.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::{Color, RGBColor, ShapeStyle};

use crate::report::ReportError;
use crate::report::chart::dash::dashed;
use crate::report::chart::look::{Look, Theme};
use crate::report::chart::palette::{Colour, PAPER, hexadecimal};
use crate::report::chart::pixels::{COARSE, averaged, encode};
use crate::report::chart::sheet::{Place, Shape, Sheet, WIDTH};
use crate::report::chart::{lettering, typeface};

/// SVG units per point.
const FINE: u32 = 8;

/// What a backend draws with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Paths and text elements.
    Vector,
    /// Pixels.
    Raster,
}

/// How a backend wants to be asked.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// What it draws with.
    pub medium: Medium,
    /// Its units per point of paper.
    pub scale: f64,
    /// Its units left of and above the sheet.
    corner: Place,
    theme: Theme,
}

/// The sheet as an SVG document.
///
/// # Errors
/// When plotters refuses: a bug.
pub fn svg(sheet: &Sheet, theme: Theme) -> Result<String, ReportError> {
    let (width, height) = (whole(WIDTH), whole(sheet.height));
    let mut text = String::new();
    let mut backend = SVGBackend::with_string(&mut text, (width * FINE, height * FINE));
    let pen = Pen { medium: Medium::Vector, scale: f64::from(FINE), corner: (0.0, 0.0), theme };
    draw(&mut backend, sheet, pen).map_err(|message| failure(sheet, message))?;
    drop(backend);
    let body = tight(text.split_once('>').map_or("", |(_, body)| body));
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" stroke-linejoin=\"round\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>{body}",
        width * FINE,
        height * FINE,
        hexadecimal(theme.shown(PAPER))
    ))
}

/// Texts without the line breaks that plotters puts around them and a viewer may show as spaces.
fn tight(body: &str) -> String {
    let mut tight = String::with_capacity(body.len());
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        tight.push_str(line);
        if !line.starts_with("<text ") && lines.peek() != Some(&"</text>") {
            tight.push('\n');
        }
    }
    tight
}

/// The sheet as a PNG file.
///
/// # Errors
/// When plotters or the encoder refuses: a bug.
pub fn png(sheet: &Sheet, look: Look) -> Result<Vec<u8>, ReportError> {
    let fit = look.size.fit(sheet);
    let (red, green, blue) = look.theme.shown(PAPER);
    let mut pixels = [red, green, blue].repeat(fit.columns * fit.rows * COARSE * COARSE);
    let size = (whole((fit.columns * COARSE) as f64), whole((fit.rows * COARSE) as f64));
    let mut backend = BitMapBackend::with_buffer(&mut pixels, size);
    let fine = COARSE as f64;
    let (left, above) = fit.pixel((0.0, 0.0));
    let corner = (left * fine, above * fine);
    let pen = Pen { medium: Medium::Raster, scale: fit.scale * fine, corner, theme: look.theme };
    draw(&mut backend, sheet, pen).map_err(|message| failure(sheet, message))?;
    drop(backend);
    encode(&averaged(&pixels, fit.columns), (fit.columns, fit.rows))
        .map_err(|error| failure(sheet, error.to_string()))
}

fn failure(sheet: &Sheet, message: String) -> ReportError {
    ReportError::Encode { name: format!("chart \"{}\"", sheet.title), message }
}

/// A length as whole units.
fn whole(length: f64) -> u32 {
    length.round().clamp(1.0, 80_000.0) as u32
}

fn draw<B: DrawingBackend>(backend: &mut B, sheet: &Sheet, pen: Pen) -> Result<(), String> {
    typeface::register();
    for shape in &sheet.shapes {
        match shape {
            Shape::Line { points, colour, width, dash } => {
                for piece in dashed(&finite(points), dash) {
                    stroke(backend, &piece, (*colour, *width), pen)?;
                }
            }
            Shape::Fill { points, colour, opacity } => {
                fill(backend, &finite(points), &pen.style(*colour, *opacity, 0), pen)?;
            }
            Shape::Dot { centre, radius, colour } if finite(&[*centre]).len() == 1 => {
                let radius = whole(radius * pen.scale);
                let ink = pen.style(*colour, 1.0, 0);
                backend.draw_circle(pen.point(*centre), radius, &ink, true).map_err(said)?;
            }
            Shape::Dot { .. } => {}
            Shape::Text(text) => lettering::draw(backend, text, pen)?,
        }
    }
    backend.present().map_err(said)
}

/// A backend's refusal in words.
pub fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Pen {
    /// A position of paper in the backend's units; what is far outside stays near.
    pub fn point(self, (x, y): Place) -> (i32, i32) {
        let units = |length: f64| length.round().clamp(-1e6, 1e6) as i32;
        (units(self.corner.0 + x * self.scale), units(self.corner.1 + y * self.scale))
    }

    fn points(self, points: &[Place]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.point(point)).collect()
    }

    /// A colour as the theme shows it.
    pub fn colour(self, colour: Colour) -> RGBColor {
        let (red, green, blue) = self.theme.shown(colour);
        RGBColor(red, green, blue)
    }

    fn style(self, colour: Colour, opacity: f64, width: u32) -> ShapeStyle {
        ShapeStyle { color: self.colour(colour).mix(opacity), filled: true, stroke_width: width }
    }
}

fn finite(points: &[Place]) -> Vec<Place> {
    points.iter().copied().filter(|point| point.0.is_finite() && point.1.is_finite()).collect()
}

fn fill<B: DrawingBackend>(
    backend: &mut B,
    points: &[Place],
    ink: &ShapeStyle,
    pen: Pen,
) -> Result<(), String> {
    if points.len() < 3 {
        return Ok(());
    }
    backend.fill_polygon(pen.points(points), ink).map_err(said)
}

/// A line; in pixels as single quads with round joints, because the bitmap backend spikes at sharp corners.
fn stroke<B: DrawingBackend>(
    backend: &mut B,
    points: &[Place],
    (colour, width): (Colour, f64),
    pen: Pen,
) -> Result<(), String> {
    let units = whole(width * pen.scale);
    if pen.medium == Medium::Vector {
        return backend.draw_path(pen.points(points), &pen.style(colour, 1.0, units)).map_err(said);
    }
    let ink = pen.style(colour, 1.0, 0);
    for pair in points.windows(2) {
        fill(backend, &quad(pair[0], pair[1], width / 2.0), &ink, pen)?;
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
