//! CMA-ES, the covariance matrix adaptation evolution strategy: a minimum without derivatives, batch by batch.
//!
//! It ranks points and never looks at differences of values, so it bears noise, kinks and failed points. A
//! kept crate (`cmaes` 0.2.2) was looked at: it calls its objective point by point or on its own threads, and
//! uses the mathematics of the operating system, so a stored batch could not be asked again to the same bit.
//!
//! Source: Hansen 2016, The CMA Evolution Strategy: A Tutorial (arXiv 1604.00772), with negative weights.

use crate::maths::{exp, ln, pow, sqrt};
use crate::random::{Chance, Purpose};
use crate::stats::matrix::{Matrix, axes, dot, identity};
use crate::stats::search::start::normals;

/// Where the strategy stands: a normal law from which the next batch is drawn.
#[derive(Clone, Debug)]
pub struct Evolution {
    chance: Chance,
    rates: Rates,
    generation: u32,
    mean: Vec<f64>,
    step: f64,
    shape: Shape,
    /// Evolution paths: of the step (whitened) and of the shape.
    paths: [Vec<f64>; 2],
}

/// The covariance matrix, and the axes and widths of its ellipsoid.
#[derive(Clone, Debug)]
struct Shape {
    covariance: Matrix,
    directions: Matrix,
    widths: Vec<f64>,
}

/// Weights of the ranks, and rates of learning; they depend on the dimension and the batch alone.
#[derive(Clone, Debug)]
struct Rates {
    /// Of the ranks, best first; the second half is negative.
    weights: Vec<f64>,
    /// Number of points that the positive weights are worth.
    selection: f64,
    step_path: f64,
    step_damping: f64,
    shape_path: f64,
    rank_one: f64,
    rank_many: f64,
    /// Expected length of a standard normal vector.
    length: f64,
}

/// The batch that CMA-ES takes by itself: 4 + 3 ln n points.
///
/// ```
/// assert_eq!(ecotone::stats::search::usual_batch(6), 9);
/// ```
pub fn usual_batch(dimensions: usize) -> usize {
    4 + (3.0 * ln(dimensions.max(1) as f64)) as usize
}

impl Evolution {
    /// A strategy around a mean, with a first standard deviation of `step` in every coordinate and `batch`
    /// points in a generation (at least 4).
    pub fn new(mean: Vec<f64>, step: f64, batch: usize, chance: Chance) -> Self {
        let size = mean.len();
        Self {
            chance,
            rates: Rates::new(size, batch.max(4)),
            generation: 0,
            step,
            shape: Shape::of(identity(size)),
            paths: [vec![0.0; size], vec![0.0; size]],
            mean,
        }
    }

    /// The points of the next batch. Asked again, they are the same, until [`Evolution::tell`].
    pub fn ask(&self) -> Vec<Vec<f64>> {
        let whole = self.rates.weights.len() as u32;
        let address = |point| (point, self.generation, Purpose::SearchPoint);
        let offset = |point| self.shape.stretched(&normals(self.chance, address(point), self.mean.len()));
        let place = |offset: Vec<f64>| self.mean.iter().zip(offset).map(|(m, y)| m + self.step * y).collect();
        (0..whole).map(|point| place(offset(point))).collect()
    }

    /// Takes the values at the points of the batch, smaller better, not finite for a failed point.
    ///
    /// A batch without any finite value moves nothing but the luck of the next one.
    pub fn tell(&mut self, points: &[Vec<f64>], values: &[f64]) {
        self.generation += 1;
        let mut order: Vec<usize> = (0..points.len()).collect();
        let rank = |&at: &usize| if values[at].is_finite() { values[at] } else { f64::INFINITY };
        order.sort_by(|left, right| rank(left).total_cmp(&rank(right)));
        if !rank(&order[0]).is_finite() {
            return;
        }
        let offset = |&at: &usize| -> Vec<f64> {
            points[at].iter().zip(&self.mean).map(|(x, m)| (x - m) / self.step).collect()
        };
        let offsets: Vec<Vec<f64>> = order.iter().map(offset).collect();
        let move_of = |axis: usize| -> f64 {
            let best = self.rates.weights.iter().zip(&offsets).filter(|(weight, _)| **weight > 0.0);
            best.map(|(weight, offset)| weight * offset[axis]).sum()
        };
        let shift: Vec<f64> = (0..self.mean.len()).map(move_of).collect();
        let is_calm = self.lengthen_paths(&shift);
        self.reshape(&offsets, is_calm);
        self.mean.iter_mut().zip(&shift).for_each(|(mean, shift)| *mean += self.step * shift);
        let drive = sqrt(dot(&self.paths[0], &self.paths[0])) / self.rates.length - 1.0;
        self.step *= exp((self.rates.step_path / self.rates.step_damping * drive).min(1.0));
    }

    /// A point from elsewhere, drawn in so far that the strategy may take it for one of its own.
    ///
    /// Source: Hansen 2011, Injecting External Solutions Into CMA-ES.
    pub fn reach(&self, point: &[f64]) -> Vec<f64> {
        let n = point.len() as f64;
        let offset: Vec<f64> = point.iter().zip(&self.mean).map(|(x, m)| (x - m) / self.step).collect();
        let white = self.shape.whitened(&offset);
        let share = ((sqrt(n) + 2.0 * n / (n + 2.0)) / sqrt(dot(&white, &white)).max(1e-300)).min(1.0);
        self.mean.iter().zip(&offset).map(|(m, y)| m + share * self.step * y).collect()
    }

    /// The largest standard deviation of the next batch along any axis.
    pub fn width(&self) -> f64 {
        self.step * self.shape.widths.iter().copied().fold(0.0, f64::max)
    }

    /// Updates both paths; whether the step is not about to grow fast, so that the shape may learn from its path.
    fn lengthen_paths(&mut self, shift: &[f64]) -> bool {
        let Rates { selection, step_path, shape_path, length, .. } = self.rates;
        let white = self.shape.whitened(shift);
        let gain = sqrt(step_path * (2.0 - step_path) * selection);
        let [of_step, of_shape] = &mut self.paths;
        of_step.iter_mut().zip(&white).for_each(|(path, x)| *path = (1.0 - step_path) * *path + gain * x);
        let started = sqrt(1.0 - pow(1.0 - step_path, 2.0 * f64::from(self.generation)));
        let limit = (1.4 + 2.0 / (shift.len() as f64 + 1.0)) * length;
        let is_calm = sqrt(dot(of_step, of_step)) / started < limit;
        let gain = if is_calm { sqrt(shape_path * (2.0 - shape_path) * selection) } else { 0.0 };
        of_shape.iter_mut().zip(shift).for_each(|(path, x)| *path = (1.0 - shape_path) * *path + gain * x);
        is_calm
    }

    /// Updates the covariance matrix by the path of the shape and by the ranked offsets.
    fn reshape(&mut self, offsets: &[Vec<f64>], is_calm: bool) {
        let size = self.mean.len();
        let Rates { weights, rank_one, rank_many, shape_path, .. } = &self.rates;
        let weight = |(&weight, offset): (&f64, &Vec<f64>)| {
            let white = self.shape.whitened(offset);
            // A bad point is worth at most as much as a typical one, however far out it was.
            if weight < 0.0 { weight * size as f64 / dot(&white, &white).max(1e-300) } else { weight }
        };
        let scaled: Vec<f64> = weights.iter().zip(offsets).map(weight).collect();
        let lost = if is_calm { 0.0 } else { rank_one * shape_path * (2.0 - shape_path) };
        let kept = 1.0 + lost - rank_one - rank_many * weights.iter().sum::<f64>();
        let path = &self.paths[1];
        let entry = |row: usize, column: usize| {
            let pairs = scaled.iter().zip(offsets);
            let many: f64 = pairs.map(|(weight, offset)| weight * offset[row] * offset[column]).sum();
            kept * self.shape.covariance[row][column] + rank_one * path[row] * path[column] + rank_many * many
        };
        let covariance = (0..size).map(|row| (0..size).map(|column| entry(row, column)).collect()).collect();
        self.shape = Shape::of(covariance);
    }
}

impl Shape {
    fn of(covariance: Matrix) -> Self {
        let axes = axes(&covariance);
        // Rounding may push the smallest variance below 0 in a valley more than 1e14 times longer than wide.
        let floor = 1e-14 * axes.variances.iter().copied().fold(0.0, f64::max);
        let widths = axes.variances.iter().map(|&variance| sqrt(variance.max(floor))).collect();
        Self { covariance, directions: axes.directions, widths }
    }

    /// A draw of this shape from standard normal draws.
    fn stretched(&self, white: &[f64]) -> Vec<f64> {
        let entry = |column: usize| {
            let axes = self.directions.iter().zip(&self.widths).zip(white);
            axes.map(|((direction, width), x)| direction[column] * width * x).sum()
        };
        (0..white.len()).map(entry).collect()
    }

    /// C^(-1/2) y: an offset in units of the shape.
    fn whitened(&self, offset: &[f64]) -> Vec<f64> {
        let along = |(direction, width): (&Vec<f64>, &f64)| dot(direction, offset) / width;
        let along: Vec<f64> = self.directions.iter().zip(&self.widths).map(along).collect();
        (0..offset.len())
            .map(|column| {
                along.iter().zip(&self.directions).map(|(x, direction)| x * direction[column]).sum()
            })
            .collect()
    }
}

impl Rates {
    /// Hansen 2016, table 1, but for the path of the step, which forgets a little faster as in Python's cma 4.5.0
    /// (3 instead of 5 in the denominator).
    fn new(dimensions: usize, batch: usize) -> Self {
        let n = dimensions as f64;
        let raw: Vec<f64> =
            (1..=batch).map(|rank| ln((batch as f64 + 1.0) / 2.0) - ln(rank as f64)).collect();
        let (good, bad) = raw.split_at(batch / 2);
        let worth = |weights: &[f64]| {
            let sum: f64 = weights.iter().sum();
            sum * sum / dot(weights, weights)
        };
        let (selection, rejection) = (worth(good), worth(bad));
        let rank_one = 2.0 / ((n + 1.3) * (n + 1.3) + selection);
        let many = 2.0 * (0.25 + selection + 1.0 / selection - 2.0) / ((n + 2.0) * (n + 2.0) + selection);
        let rank_many = many.min(1.0 - rank_one);
        let step_path = (selection + 2.0) / (n + selection + 3.0);
        let bad_sum = (1.0 + rank_one / rank_many)
            .min(1.0 + 2.0 * rejection / (selection + 2.0))
            .min((1.0 - rank_one - rank_many) / (n * rank_many));
        let (good_total, bad_total) = (good.iter().sum::<f64>(), -bad.iter().sum::<f64>());
        let share =
            |weight: &f64| if *weight >= 0.0 { weight / good_total } else { weight * bad_sum / bad_total };
        Self {
            weights: raw.iter().map(share).collect(),
            selection,
            step_path,
            step_damping: 1.0 + 2.0 * (sqrt((selection - 1.0) / (n + 1.0)) - 1.0).max(0.0) + step_path,
            shape_path: (4.0 + selection / n) / (n + 4.0 + 2.0 * selection / n),
            rank_one,
            rank_many,
            length: sqrt(n) * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n)),
        }
    }
}
