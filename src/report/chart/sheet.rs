//! A sheet of paper with shapes on it: what a chart is before any file format.
//!
//! Lengths are in points of a 960 point wide sheet, y grows downwards.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::report::chart::facts::Facts;
use crate::report::chart::palette::{Colour, GREY_TEXT, INK, PALE, PAPER};
use crate::report::chart::typeface::{HEAVIER, clipped, shorten};
use crate::report::wording::plain;

/// Width of every sheet.
pub const WIDTH: f64 = 960.0;
/// Usual height.
pub const HEIGHT: f64 = 540.0;
/// Empty border left and right.
pub const MARGIN: f64 = 28.0;

/// A position.
pub type Place = (f64, f64);

/// A part of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// Where a text hangs on its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A line of text; the position is on the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Lettering {
    /// Position of the anchor on the baseline.
    pub place: Place,
    /// Size of the em square.
    pub size: f64,
    /// Heavy letters.
    pub bold: bool,
    /// Colour.
    pub colour: Colour,
    /// Where it hangs.
    pub anchor: Anchor,
    /// Reads from below to above.
    pub upwards: bool,
    /// The text.
    pub text: String,
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Place>,
        /// Colour.
        colour: Colour,
        /// Thickness.
        width: f64,
        /// Lengths of ink and gap in turn; empty for solid.
        dash: &'static [f64],
    },
    /// A filled outline.
    Fill {
        /// The corners.
        points: Vec<Place>,
        /// Colour.
        colour: Colour,
        /// 1 covers, 0 is invisible.
        opacity: f64,
    },
    /// A filled circle.
    Dot {
        /// The middle.
        centre: Place,
        /// Radius.
        radius: f64,
        /// Colour.
        colour: Colour,
    },
    /// Text.
    Text(Lettering),
}

/// A drawn chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The message.
    pub title: String,
    /// What is drawn: unit, interval, replications.
    pub subtitle: String,
    /// Height.
    pub height: f64,
    /// Where the body begins, below title and subtitle.
    pub top: f64,
    /// Height kept free above the source line.
    pub foot: f64,
    /// Shapes, later ones on top; in pixels, texts lie over all others.
    pub shapes: Vec<Shape>,
    /// How many of the first shapes are title, subtitle and source line.
    pub framing: usize,
    /// What the chart knows beyond ink.
    pub facts: Facts,
}

impl Sheet {
    /// A sheet with title, subtitle and source line; the rest is drawn below [`Sheet::body`].
    pub fn new(title: &str, subtitle: &str, source: &str, height: f64) -> Self {
        let (title, subtitle) = (plain(title), plain(subtitle));
        let room = WIDTH - 2.0 * MARGIN;
        let mut sheet = Self {
            title: title.clone(),
            subtitle: subtitle.clone(),
            height,
            top: 38.0,
            foot: 0.0,
            shapes: Vec::new(),
            framing: 0,
            facts: Facts::default(),
        };
        for line in clipped(&title, room / HEAVIER, 17.0) {
            sheet.text((MARGIN, sheet.top), 17.0, &line, |text| text.bold = true);
            sheet.top += 22.0;
        }
        for line in clipped(&subtitle, room, 12.5) {
            sheet.text((MARGIN, sheet.top), 12.5, &line, |text| text.colour = GREY_TEXT);
            sheet.top += 17.0;
        }
        sheet.top += 14.0;
        sheet.text((MARGIN, height - 14.0), 9.5, &shorten(source, room, 9.5), |text| text.colour = GREY_TEXT);
        sheet.framing = sheet.shapes.len();
        sheet
    }

    /// What title and source leave.
    pub fn body(&self) -> Area {
        Area { left: MARGIN, top: self.top, right: WIDTH - MARGIN, bottom: self.height - 38.0 - self.foot }
    }

    /// Title and subtitle in one sentence, for readers who do not see the chart.
    pub fn alternative(&self) -> String {
        format!("{}. {}", self.title.trim_end_matches('.'), self.subtitle)
    }

    /// Writes dark, left-aligned text; `change` adjusts colour, anchor, weight and direction.
    pub fn text(&mut self, place: Place, size: f64, text: &str, change: impl Fn(&mut Lettering)) {
        let mut lettering = Lettering {
            place,
            size,
            bold: false,
            colour: INK,
            anchor: Anchor::Start,
            upwards: false,
            text: plain(text),
        };
        change(&mut lettering);
        self.shapes.push(Shape::Text(lettering));
    }

    /// Draws a line.
    pub fn line(&mut self, points: Vec<Place>, colour: Colour, width: f64, dash: &'static [f64]) {
        self.shapes.push(Shape::Line { points, colour, width, dash });
    }

    /// Fills an outline.
    pub fn fill(&mut self, points: Vec<Place>, colour: Colour, opacity: f64) {
        self.shapes.push(Shape::Fill { points, colour, opacity });
    }

    /// Fills a rectangle.
    pub fn block(&mut self, area: Area, colour: Colour, opacity: f64) {
        let Area { left, top, right, bottom } = area;
        self.fill(vec![(left, top), (right, top), (right, bottom), (left, bottom)], colour, opacity);
    }

    /// Draws a dot with a rim of paper.
    pub fn dot(&mut self, centre: Place, radius: f64, colour: Colour) {
        self.shapes.push(Shape::Dot { centre, radius: radius + 1.2, colour: PAPER });
        self.shapes.push(Shape::Dot { centre, radius, colour });
    }

    /// Draws a hollow diamond.
    pub fn diamond(&mut self, (x, y): Place, radius: f64, colour: Colour) {
        let corners =
            vec![(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y), (x, y - radius)];
        self.fill(corners.clone(), PAPER, 1.0);
        self.line(corners, colour, 1.8, &[]);
    }

    /// Draws a hollow triangle that points down, or with a negative radius up.
    pub fn triangle(&mut self, (x, y): Place, radius: f64, colour: Colour) {
        let (side, base) = (radius.abs(), y - 0.7 * radius);
        let corners = vec![(x - side, base), (x + side, base), (x, y + radius), (x - side, base)];
        self.fill(corners.clone(), PAPER, 1.0);
        self.line(corners, colour, 1.8, &[]);
    }

    /// The calm sentence of a chart without data.
    pub fn nothing(mut self, why: &str) -> Self {
        let body = self.body();
        self.block(body, PALE, 1.0);
        let place = (f64::midpoint(body.left, body.right), f64::midpoint(body.top, body.bottom));
        self.text(place, 15.0, &format!("No data: {why}"), |text| {
            text.anchor = Anchor::Middle;
            text.colour = GREY_TEXT;
        });
        self
    }
}

/// From this radius on, twenty-four corners of a circle show.
const LARGE: f64 = 16.0;

/// Twenty-four corners on a circle, from a table of quarter-turn directions; on a large one four times as many.
pub fn circle((x, y): Place, radius: f64) -> Vec<Place> {
    const QUARTER: [(f64, f64); 6] = [
        (1.0, 0.0),
        (0.965_925_826, 0.258_819_045),
        (0.866_025_404, 0.5),
        (FRAC_1_SQRT_2, FRAC_1_SQRT_2),
        (0.5, 0.866_025_404),
        (0.258_819_045, 0.965_925_826),
    ];
    let turned = |quarter: usize, (a, b): (f64, f64)| match quarter {
        0 => (a, b),
        1 => (-b, a),
        2 => (-a, -b),
        _ => (b, -a),
    };
    let few: Vec<Place> =
        (0..4).flat_map(|quarter| QUARTER.map(|direction| turned(quarter, direction))).collect();
    let corners = if radius < LARGE { few } else { between(&between(&few)) };
    corners.into_iter().map(|(a, b)| (x + radius * a, y + radius * b)).collect()
}

/// Corners on the unit circle with another one half-way to the next of each.
fn between(corners: &[Place]) -> Vec<Place> {
    let next = corners.iter().cycle().skip(1);
    let pairs = corners.iter().zip(next);
    let both = pairs.flat_map(|(&(a, b), &(c, d))| {
        let (x, y) = (a + c, b + d);
        let length = (x * x + y * y).sqrt();
        [(a, b), (x / length, y / length)]
    });
    both.collect()
}
