//! Writes a sheet as the drawing inside a page: title and theme are the page's.

use std::fmt::Write;

use crate::report::chart::palette::{Colour, hexadecimal, token};
use crate::report::chart::sheet::{Anchor, Lettering, Place, Shape, Sheet, WIDTH};
use crate::report::chart::typeface::FAMILY;

/// The sheet without title, subtitle and source line, as an SVG element; shapes of a series stand in groups
/// `data-s` with its number, and colours are classes that the page's style fills in every theme.
pub fn inner(sheet: &Sheet) -> String {
    let top = (sheet.top - 12.0).max(0.0);
    let (width, height) = (number(WIDTH), number((sheet.height - 30.0 - top).max(1.0)));
    let mut text = format!(
        "<svg viewBox=\"0 {} {width} {height}\" stroke-linejoin=\"round\" font-family=\"{FAMILY}\" \
         role=\"img\" aria-label=\"{}\">\n",
        number(top),
        escaped(&sheet.alternative())
    );
    shapes(&mut text, sheet);
    for (index, spot) in sheet.facts.spots.iter().enumerate() {
        let _ = writeln!(text, "<path class=\"spot\" data-i=\"{index}\" d=\"{}Z\"/>", path(&spot.outline));
    }
    text + "</svg>"
}

fn shapes(text: &mut String, sheet: &Sheet) {
    let mut open = None;
    for (index, shape) in sheet.shapes.iter().enumerate().skip(sheet.framing) {
        let owner = sheet.facts.owner(index);
        if owner != open {
            text.push_str(if open.is_some() { "</g>\n" } else { "" });
            if let Some(series) = owner {
                let _ = writeln!(text, "<g data-s=\"{series}\">");
            }
            open = owner;
        }
        write_shape(text, shape);
    }
    text.push_str(if open.is_some() { "</g>\n" } else { "" });
}

fn write_shape(text: &mut String, shape: &Shape) {
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
                stroke(*colour),
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
            writeln!(text, "<path {}{thin} d=\"{points}Z\"/>", fill(*colour))
        }
        Shape::Dot { centre: (x, y), radius, colour } if x.is_finite() && y.is_finite() => {
            let (x, y, radius) = (number(*x), number(*y), number(*radius));
            writeln!(text, "<circle {} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>", fill(*colour))
        }
        Shape::Dot { .. } => return,
        Shape::Text(lettering) => return letter(text, lettering),
    };
}

fn letter(text: &mut String, lettering: &Lettering) {
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
        fill(lettering.colour),
        number(lettering.size),
        escaped(&lettering.text)
    );
}

fn fill(colour: Colour) -> String {
    token(colour)
        .map_or_else(|| format!("fill=\"{}\"", hexadecimal(colour)), |name| format!("class=\"f-{name}\""))
}

fn stroke(colour: Colour) -> String {
    token(colour).map_or_else(
        || format!("fill=\"none\" stroke=\"{}\"", hexadecimal(colour)),
        |name| format!("class=\"k-{name}\""),
    )
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
