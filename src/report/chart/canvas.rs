//! Draws a sheet with plotters, as an SVG or a PNG file; the only file that knows plotters' backends.
//!
//! plotters counts in whole units: the SVG is drawn eight times as large and shrunk by its view box; the shapes of the
//! PNG are drawn four times as large, strip by strip, and averaged down; its texts, whose edges are smooth by themselves,
//! are then written over them. Points that are not finite never reach plotters, which
//! would hang or draw false zeros.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::style::{Color, RGBColor, ShapeStyle};

use crate::report::ReportError;
use crate::report::chart::dash::dashed;
use crate::report::chart::lettering;
use crate::report::chart::look::{Fit, Look, Theme};
use crate::report::chart::palette::{Colour, PAPER, hexadecimal};
use crate::report::chart::pixels::{COARSE, averaged, encode};
use crate::report::chart::sheet::{Place, Shape, Sheet, WIDTH};
use crate::report::wording::isolated;

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
    pub corner: Place,
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
    draw(&mut backend, sheet.shapes.iter(), pen).map_err(|message| failure(sheet, message))?;
    drop(backend);
    let body = isolated(&tight(text.split_once('>').map_or("", |(_, body)| body)));
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
    let pixels = raster(sheet, (look.theme, &fit), STRIP).map_err(|message| failure(sheet, message))?;
    encode(&pixels, (fit.columns, fit.rows)).map_err(|error| failure(sheet, error.to_string()))
}

/// Rows of pixels that are drawn together: their fine pixels stay near the processor.
const STRIP: usize = 60;

/// The pixels of the sheet.
fn raster(sheet: &Sheet, (theme, fit): (Theme, &Fit), strip: usize) -> Result<Vec<u8>, String> {
    let strip = strip.min(fit.rows);
    let (red, green, blue) = theme.shown(PAPER);
    let paper = [red, green, blue].repeat(fit.columns * COARSE * COARSE);
    let mut fine = vec![0; paper.len() * strip];
    let mut pixels = Vec::with_capacity(fit.columns * fit.rows * 3);
    let scale = COARSE as f64;
    let (left, above) = fit.pixel((0.0, 0.0));
    let (texts, shapes): (Vec<&Shape>, Vec<&Shape>) =
        sheet.shapes.iter().partition(|shape| matches!(shape, Shape::Text(_)));
    for top in (0..fit.rows).step_by(strip) {
        let rows = strip.min(fit.rows - top);
        let shown = &mut fine[..paper.len() * rows];
        shown.chunks_exact_mut(paper.len()).for_each(|row| row.copy_from_slice(&paper));
        let size = (whole((fit.columns * COARSE) as f64), whole((rows * COARSE) as f64));
        let corner = (left * scale, (above - top as f64) * scale);
        let pen = Pen { medium: Medium::Raster, scale: fit.scale * scale, corner, theme };
        let mut backend = BitMapBackend::with_buffer(shown, size);
        draw(&mut backend, shapes.iter().copied(), pen)?;
        drop(backend);
        pixels.extend(averaged(shown, fit.columns));
    }
    let size = (whole(fit.columns as f64), whole(fit.rows as f64));
    let pen = Pen { medium: Medium::Raster, scale: fit.scale, corner: (left, above), theme };
    draw(&mut BitMapBackend::with_buffer(&mut pixels, size), texts.into_iter(), pen)?;
    Ok(pixels)
}

fn failure(sheet: &Sheet, message: String) -> ReportError {
    ReportError::Encode { name: format!("chart \"{}\"", sheet.title), message }
}

/// A length as whole units.
fn whole(length: f64) -> u32 {
    length.round().clamp(1.0, 80_000.0) as u32
}

fn draw<'a, B: DrawingBackend>(
    backend: &mut B,
    shapes: impl Iterator<Item = &'a Shape>,
    pen: Pen,
) -> Result<(), String> {
    for shape in shapes {
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
                circle(backend, *centre, whole(radius * pen.scale), &pen.style(*colour, 1.0, 0), pen)?;
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
    let points = pen.points(points);
    if points.len() < 3 || !is_near(backend, &points, 0) {
        return Ok(());
    }
    backend.fill_polygon(points, ink).map_err(said)
}

fn circle<B: DrawingBackend>(
    backend: &mut B,
    centre: Place,
    radius: u32,
    ink: &ShapeStyle,
    pen: Pen,
) -> Result<(), String> {
    let centre = pen.point(centre);
    if !is_near(backend, &[centre], radius) {
        return Ok(());
    }
    backend.draw_circle(centre, radius, ink, true).map_err(said)
}

/// Whether something of what reaches so far around points may lie between the upper and the lower end of a backend: a
/// strip of pixels is spared the others.
fn is_near<B: DrawingBackend>(backend: &B, points: &[(i32, i32)], around: u32) -> bool {
    /// Units that rounding may add.
    const SPARE: i64 = 2;
    let high = i64::from(backend.get_size().1);
    let beside = i64::from(around) + SPARE;
    let heights = || points.iter().map(|point| i64::from(point.1));
    heights().any(|y| y >= -beside) && heights().any(|y| y <= high + beside)
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
        circle(backend, joint, units / 2, &ink, pen)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::sheet::Anchor;

    /// What stands upwards is what lies along, turned.
    #[test]
    fn letters_are_turned_pixel_by_pixel() {
        let pixels = |upwards: bool| {
            let mut sheet = Sheet { shapes: Vec::new(), ..Sheet::new("", "", "", 300.0) };
            // 960 points are 1,600 pixels: the text begins at pixel (500, 200).
            sheet.text((300.0, 120.0), 12.0, "gj 音乐 Wí", |text| text.upwards = upwards);
            let fit = Look::default().size.fit(&sheet);
            (raster(&sheet, (Theme::Light, &fit), STRIP).unwrap(), fit.columns)
        };
        let at = |(pixels, columns): &(Vec<u8>, usize), x: usize, y: usize| {
            pixels[(y * columns + x) * 3..][..3].to_vec()
        };
        let (along, up) = (pixels(false), pixels(true));
        let mut inked = 0;
        for u in 0..150 {
            for v in 0..60 {
                let here = at(&along, 500 + u, 170 + v);
                inked += usize::from(here != [255, 255, 255]);
                assert_eq!(here, at(&up, 470 + v, 199 - u), "{u} along, {v} down");
            }
        }
        assert!(inked > 300, "{inked} pixels are inked");
    }

    #[test]
    fn strips_change_no_pixel() {
        let mut sheet = Sheet::new("A title that is heavy", "网易云音乐 and a subtitle", "source", 300.0);
        sheet.line(
            (0..60).map(|x| (f64::from(x) * 17.0, 40.0 + f64::from((x * 97) % 240))).collect(),
            (0, 114, 178),
            2.2,
            &[9.0, 3.5],
        );
        sheet.line(vec![(30.0, -50.0), (500.0, 420.0)], (213, 94, 0), 6.0, &[]);
        sheet.fill(vec![(100.0, 20.0), (700.0, 150.0), (300.0, 290.0)], (0, 158, 115), 0.3);
        sheet.dot((480.0, 100.0), 31.0, (230, 159, 0));
        sheet.text((40.0, 260.0), 14.0, "upwards 音乐", |text| text.upwards = true);
        sheet.text((700.0, 118.0), 40.0, "gjpqÄ|", |text| text.anchor = Anchor::End);
        (0..9).for_each(|row| sheet.text((40.0, 30.0 + 29.3 * f64::from(row)), 27.0, "ẤǺĵ鬱龘Ç|", |_| ()));
        let fit = Look::default().size.fit(&sheet);
        let whole = raster(&sheet, (Theme::Light, &fit), usize::MAX).unwrap();
        for strip in [STRIP, 7, 64] {
            assert!(raster(&sheet, (Theme::Light, &fit), strip).unwrap() == whole, "strips of {strip}");
        }
    }
}
