//! Maps data to paper inside the axes of a panel.

use crate::report::chart::banner::Banner;
use crate::report::chart::sheet::{Area, Place};
use crate::report::reading::Point;

/// Maps data to paper.
pub struct Frame {
    /// The rectangle between the axes.
    pub plot: Area,
    /// Smallest value across.
    pub first: f64,
    /// Largest value across.
    pub last: f64,
    /// Upper end of the vertical axis, which begins at zero.
    pub top: f64,
    /// Height of the heading.
    pub head: f64,
    /// The events inside.
    pub banners: Vec<Banner>,
}

impl Frame {
    /// Paper position of a value across.
    pub fn x(&self, value: f64) -> f64 {
        let share = (value - self.first) / (self.last - self.first);
        self.plot.left + share * (self.plot.right - self.plot.left)
    }

    /// Paper position of a value up; cut at the axis ends.
    pub fn y(&self, value: f64) -> f64 {
        let share = (value / self.top).clamp(0.0, 1.0);
        self.plot.bottom - share * (self.plot.bottom - self.plot.top)
    }

    /// Paper position of a point.
    pub fn place(&self, x: f64, y: f64) -> Place {
        (self.x(x), self.y(y))
    }
}

/// The points worth drawing, `x` being their place on paper: at least 0.75 points of paper apart, the last one always.
pub fn thin(points: &[Point], x: impl Fn(f64) -> f64) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut candidate = None;
    for point in points.iter().filter(|point| point.x.is_finite()) {
        let is_near = kept.last().is_some_and(|last| x(point.x) - x(last.x) < 0.75);
        candidate = is_near.then_some(*point);
        if !is_near {
            kept.push(*point);
        }
    }
    kept.extend(candidate);
    kept
}
