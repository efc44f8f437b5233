//! What a panel draws: curves, and published figures beside them.

use crate::report::chart::frame::{Frame, thin};
use crate::report::chart::palette::Colour;
use crate::report::reading::Point;
use crate::scenario::Bound;

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Label at its end; empty for none.
    pub name: String,
    /// Colour.
    pub colour: Colour,
    /// Dash.
    pub dash: &'static [f64],
    /// Thickness, points.
    pub width: f64,
    /// Draws a dot at every point.
    pub dotted: bool,
    /// Holds each value over its stretch instead of sloping to the next: months.
    pub stepped: bool,
    /// The points, in order of x; the line is cut where one is undefined.
    pub points: Vec<Point>,
}

/// A published figure over a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// First day.
    pub from: f64,
    /// Last day.
    pub to: f64,
    /// Value.
    pub value: f64,
    /// Whether it was published as a bound.
    pub bound: Bound,
    /// Colour of its platform.
    pub colour: Colour,
}

impl Series {
    /// The points of a stretch without gaps as they are drawn.
    pub(super) fn laid_out(&self, stretch: &[Point], frame: &Frame) -> Vec<Point> {
        let points = thin(stretch, |value| frame.x(value));
        if self.stepped { steps(&points, (frame.first, frame.last)) } else { points }
    }

    /// Where the line ends: a step reaches half its length beyond the last point.
    pub(super) fn end(&self) -> Option<f64> {
        let last = self.points.last()?.x;
        Some(if self.stepped { last + half_steps(&self.points).1 } else { last })
    }
}

/// Days of a mean month.
const MONTH: f64 = 365.25 / 12.0;

/// Half the first and half the last step; of a single point half a month.
fn half_steps(points: &[Point]) -> (f64, f64) {
    match points {
        [first, second, ..] => {
            let last = points[points.len() - 1].x - points[points.len() - 2].x;
            ((second.x - first.x) / 2.0, last / 2.0)
        }
        _ => (MONTH / 2.0, MONTH / 2.0),
    }
}

/// Every point twice: at the middles between it and its neighbours, at the ends as far out, within the axis.
fn steps(points: &[Point], (low, high): (f64, f64)) -> Vec<Point> {
    let middle = |a: usize, b: usize| f64::midpoint(points[a].x, points[b].x);
    let half = half_steps(points);
    let twice = |index: usize| {
        let point = points[index];
        let is_last = index + 1 == points.len();
        let left = if index == 0 { (point.x - half.0).max(low) } else { middle(index - 1, index) };
        let right = if is_last { (point.x + half.1).min(high) } else { middle(index, index + 1) };
        [Point { x: left, ..point }, Point { x: right, ..point }]
    };
    (0..points.len()).flat_map(twice).collect()
}
