//! A straight-line picture of the simulated figures near the best trials, and the normal law it implies.
//!
//! One simulation tells every figure, not only a distance. A line fitted through each figure gives a Gauss-Newton
//! step towards the best point and the shape of the posterior there. It only proposes points; what they are worth
//! is always simulated, so a bad picture costs evaluations and never bends a result.

use crate::maths::sqrt;
use crate::stats::matrix::{Matrix, cholesky, dot, identity, inverse, solve};
use crate::stats::search::question::{Question, Trial};

/// The posterior that straight lines imply around one trial, a normal law in standard coordinates.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its mean.
    pub mean: Vec<f64>,
    /// Its covariance matrix.
    pub covariance: Matrix,
    /// Cholesky's factor of the inverse of the covariance matrix.
    factor: Matrix,
}

/// The lines around a trial.
struct Picture<'a> {
    anchor: &'a Trial,
    near: Vec<&'a Trial>,
    /// For each trial 1 and its offset from the anchor.
    rows: Vec<Vec<f64>>,
    /// Cholesky's factor of rows' rows.
    factor: Matrix,
}

/// Most trials around which lines are tried. With 8, a second hill of five settings was found from 12 of 20
/// seeds, with 40 from all.
const TRIED: usize = 40;

/// The laws implied at tolerances stretched by `epsilon` around the best trial, then around the best trial that
/// this law does not cover, and so on: posteriors may have several hills, and long ones bend. A law whose mean
/// is covered already leads to a known hill. At most `places` laws; none with too few trials.
pub(super) fn lines(question: &Question, trials: &[Trial], epsilon: f64, places: usize) -> Vec<Line> {
    let mut left: Vec<&Trial> = trials.iter().filter(|trial| trial.distance.is_finite()).collect();
    left.sort_by(|left, right| left.distance.total_cmp(&right.distance));
    let mut found: Vec<Line> = Vec::new();
    for _ in 0..TRIED {
        let Some(anchor) = left.first().copied().filter(|_| found.len() < places) else { break };
        let picture = Picture::new(anchor, &left, question.priors.len());
        let Some(line) = picture.and_then(|picture| picture.line(question, epsilon)) else { break };
        left.retain(|trial| !line.covers(&trial.coordinates) && !std::ptr::eq(*trial, anchor));
        if !found.iter().any(|known| known.covers(&line.mean)) {
            found.push(line);
        }
    }
    found
}

impl Line {
    /// Whether a point lies within 4 + sqrt n standard deviations of the mean.
    pub fn covers(&self, coordinates: &[f64]) -> bool {
        let offset: Vec<f64> = coordinates.iter().zip(&self.mean).map(|(z, mean)| z - mean).collect();
        // With L L' the inverse of the covariance, the squared distance is |L' offset|^2.
        let along =
            |axis: usize| (axis..offset.len()).map(|row| self.factor[row][axis] * offset[row]).sum::<f64>();
        let squares: f64 = (0..offset.len()).map(|axis| along(axis) * along(axis)).sum();
        sqrt(squares) <= 4.0 + sqrt(offset.len() as f64)
    }
}

impl<'a> Picture<'a> {
    /// Eight trials for each coefficient of a line, at least two: the nearest to the anchor of the best three times
    /// as many. `trials` are sorted by distance from the targets.
    fn new(anchor: &'a Trial, trials: &[&'a Trial], settings: usize) -> Option<Self> {
        let wanted = 8 * (settings + 1);
        let mut near: Vec<&Trial> = trials.iter().copied().take(3 * wanted).collect();
        let remoteness = |trial: &Trial| {
            let offsets = trial.coordinates.iter().zip(&anchor.coordinates).map(|(z, centre)| z - centre);
            offsets.map(|offset| offset * offset).sum::<f64>()
        };
        near.sort_by(|left, right| remoteness(left).total_cmp(&remoteness(right)));
        near.truncate(wanted);
        if near.len() < 2 * (settings + 1) {
            return None;
        }
        let row = |trial: &Trial| {
            let offsets = trial.coordinates.iter().zip(&anchor.coordinates).map(|(z, centre)| z - centre);
            std::iter::once(1.0).chain(offsets).collect()
        };
        let rows: Vec<Vec<f64>> = near.iter().map(|trial| row(trial)).collect();
        let product = |left: usize, right: usize| rows.iter().map(|row| row[left] * row[right]).sum::<f64>();
        let mut products: Matrix =
            (0..=settings).map(|left| (0..=settings).map(|right| product(left, right)).collect()).collect();
        // Trials that lie on a plane leave a direction open; a trace of a ridge closes it.
        (0..=settings).for_each(|at| products[at][at] += 1e-9 * products[at][at] + 1e-12);
        let factor = cholesky(&products)?;
        Some(Self { anchor, near, rows, factor })
    }

    /// The normal law implied at tolerances stretched by `epsilon`.
    ///
    /// Bounds that the anchor keeps say nothing. A figure that a line does not meet counts less: the variance of
    /// the line's misses is added to the figure's own.
    fn line(&self, question: &Question, epsilon: f64) -> Option<Line> {
        let mut precision = identity(question.priors.len());
        let mut pull: Vec<f64> = self.anchor.coordinates.iter().map(|z| -z).collect();
        for (at, target) in question.targets.iter().enumerate() {
            if target.miss(self.anchor.simulated.as_ref()?[at]) == 0.0 {
                continue;
            }
            let scale = target.deviation() * epsilon;
            let misses: Option<Vec<f64>> = (self.near.iter())
                .map(|trial| Some((trial.simulated.as_ref()?[at] - target.published) / scale))
                .collect();
            let (line, weight) = self.fit(&misses?);
            for (entries, (row, left)) in precision.iter_mut().zip(line[1..].iter().enumerate()) {
                entries.iter_mut().zip(&line[1..]).for_each(|(entry, right)| *entry += weight * left * right);
                pull[row] -= weight * left * line[0];
            }
        }
        let factor = cholesky(&precision)?;
        let step = solve(&factor, &pull);
        let mean = self.anchor.coordinates.iter().zip(&step).map(|(z, step)| z + step).collect();
        Some(Line { mean, covariance: inverse(&factor), factor })
    }

    /// Coefficients of the least squares line, and 1 / (1 + mean squared miss of the line).
    fn fit(&self, values: &[f64]) -> (Vec<f64>, f64) {
        let column = |at: usize| self.rows.iter().zip(values).map(|(row, value)| row[at] * value).sum();
        let right: Vec<f64> = (0..self.factor.len()).map(column).collect();
        let line = solve(&self.factor, &right);
        let squares: f64 = (self.rows.iter().zip(values))
            .map(|(row, value)| (value - dot(row, &line)) * (value - dot(row, &line)))
            .sum();
        let weight = 1.0 / (1.0 + squares / (values.len() - line.len()) as f64);
        (line, weight)
    }
}
