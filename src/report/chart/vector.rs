//! Writes a sheet as SVG: a document of its own, or the inner drawing for a page that has title and theme.

use std::fmt::Write;

use crate::report::chart::look::Theme;
use crate::report::chart::palette::{Colour, PAPER, hexadecimal, token};
use crate::report::chart::sheet::{Anchor, Lettering, Place, Shape, Sheet, WIDTH};
use crate::report::chart::typeface::FAMILY;

/// How colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ink {
    /// As they are shown in a theme.
    Fixed(Theme),
    /// By classes that the page's style gives a colour in every theme.
    Classes,
}

/// The sheet as an SVG document.
pub fn document(sheet: &Sheet, theme: Theme) -> String {
    let (width, height) = (number(WIDTH), number(sheet.height));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" stroke-linejoin=\"round\" font-family=\"{FAMILY}\">\n\
         <rect width=\"100%\" height=\"100%\" {}/>\n",
        Ink::Fixed(theme).fill(PAPER)
    );
    shapes(&mut text, sheet, 0, Ink::Fixed(theme));
    text + "</svg>\n"
}

/// The sheet without title, subtitle and source line, for a page; shapes of a series stand in groups
/// `data-s` with its number.
pub fn inner(sheet: &Sheet) -> String {
    let top = (sheet.top - 12.0).max(0.0);
    let (width, height) = (number(WIDTH), number((sheet.height - 30.0 - top).max(1.0)));
    let mut text = format!(
        "<svg viewBox=\"0 {} {width} {height}\" stroke-linejoin=\"round\" font-family=\"{FAMILY}\" \
         role=\"img\" aria-label=\"{}\">\n",
        number(top),
        escaped(&sheet.alternative())
    );
    shapes(&mut text, sheet, sheet.framing, Ink::Classes);
    for (index, spot) in sheet.facts.spots.iter().enumerate() {
        let _ = writeln!(text, "<path class=\"spot\" data-i=\"{index}\" d=\"{}Z\"/>", path(&spot.outline));
    }
    text + "</svg>"
}

fn shapes(text: &mut String, sheet: &Sheet, first: usize, ink: Ink) {
    let mut open = None;
    for (index, shape) in sheet.shapes.iter().enumerate().skip(first) {
        let owner = if ink == Ink::Classes { sheet.facts.owner(index) } else { None };
        if owner != open {
            text.push_str(if open.is_some() { "</g>\n" } else { "" });
            if let Some(series) = owner {
                let _ = writeln!(text, "<g data-s=\"{series}\">");
            }
            open = owner;
        }
        write_shape(text, shape, ink);
    }
    text.push_str(if open.is_some() { "</g>\n" } else { "" });
}

fn write_shape(text: &mut String, shape: &Shape, ink: Ink) {
    let _ = match shape {
        Shape::Line { points, colour, width, dash } => {
            let points = path(points);
            if points.is_empty() {
                return;
            }
            let dash = dashes(dash);
            writeln!(
                text,
                "<path {} stroke-width=\"{}\"{dash} d=\"{points}\"/>",
                ink.stroke(*colour),
                number(*width)
            )
        }
        Shape::Fill { points, colour, opacity } => {
            let points = path(points);
            if points.is_empty() {
                return;
            }
            let thin = match *opacity {
                full if full >= 1.0 => String::new(),
                part => format!(" fill-opacity=\"{part}\""),
            };
            writeln!(text, "<path {}{thin} d=\"{points}Z\"/>", ink.fill(*colour))
        }
        Shape::Dot { centre: (x, y), radius, colour } if x.is_finite() && y.is_finite() => {
            let (x, y, radius) = (number(*x), number(*y), number(*radius));
            writeln!(text, "<circle {} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>", ink.fill(*colour))
        }
        Shape::Dot { .. } => return,
        Shape::Text(lettering) => return letter(text, lettering, ink),
    };
}

fn letter(text: &mut String, lettering: &Lettering, ink: Ink) {
    if lettering.text.is_empty() {
        return;
    }
    let (x, y) = (number(lettering.place.0), number(lettering.place.1));
    let anchor = match lettering.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if lettering.bold { " font-weight=\"700\"" } else { "" };
    let turn = if lettering.upwards { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
    let _ = writeln!(
        text,
        "<text {} x=\"{x}\" y=\"{y}\" font-size=\"{}\"{weight}{anchor}{turn}>{}</text>",
        ink.fill(lettering.colour),
        number(lettering.size),
        escaped(&lettering.text)
    );
}

impl Ink {
    fn fill(self, colour: Colour) -> String {
        match (self, token(colour)) {
            (Ink::Classes, Some(name)) => format!("class=\"f-{name}\""),
            _ => format!("fill=\"{}\"", self.hexadecimal(colour)),
        }
    }

    fn stroke(self, colour: Colour) -> String {
        match (self, token(colour)) {
            (Ink::Classes, Some(name)) => format!("class=\"k-{name}\""),
            _ => format!("fill=\"none\" stroke=\"{}\"", self.hexadecimal(colour)),
        }
    }

    fn hexadecimal(self, colour: Colour) -> String {
        let theme = if let Ink::Fixed(theme) = self { theme } else { Theme::Light };
        hexadecimal(theme.shown(colour))
    }
}

/// The finite points as path data; empty with fewer than two.
fn path(points: &[Place]) -> String {
    let finite: Vec<&Place> =
        points.iter().filter(|point| point.0.is_finite() && point.1.is_finite()).collect();
    if finite.len() < 2 {
        return String::new();
    }
    let mut text = String::from("M");
    for (index, (x, y)) in finite.into_iter().enumerate() {
        let _ = write!(text, "{}{},{}", if index == 0 { "" } else { " " }, number(*x), number(*y));
    }
    text
}

fn dashes(dash: &[f64]) -> String {
    if dash.is_empty() {
        return String::new();
    }
    let lengths: Vec<String> = dash.iter().map(|&length| number(length)).collect();
    format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
}

/// A length of paper to a tenth of a point.
fn number(length: f64) -> String {
    let tenths = (length.clamp(-1e5, 1e5) * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// Text that stands for itself inside an element or an attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
