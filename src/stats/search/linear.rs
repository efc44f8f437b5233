//! A straight-line picture of the simulated figures near the best trials, and the normal law it implies.
//!
//! One simulation tells every figure, not only a distance. A line fitted through each figure gives a Gauss-Newton
//! step towards the best point and the shape of the posterior there. It only proposes points; what they are worth
//! is always simulated, so a bad picture costs evaluations and never bends a result.

use crate::stats::matrix::{Matrix, cholesky, dot, identity, inverse, solve};
use crate::stats::search::question::{Question, Trial};

/// The posterior that straight lines imply, a normal law in standard coordinates.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its mean.
    pub mean: Vec<f64>,
    /// Its covariance matrix.
    pub covariance: Matrix,
}

/// The lines through the trials with the smallest distances.
struct Picture<'a> {
    near: Vec<&'a Trial>,
    /// For each trial 1 and its offset from the best.
    rows: Vec<Vec<f64>>,
    /// Cholesky's factor of rows' rows.
    factor: Matrix,
}

/// The normal law implied at tolerances stretched by `epsilon`; `None` with too few trials.
///
/// Bounds that the best trial keeps say nothing. A figure that a line does not meet counts less: the variance
/// of the line's misses is added to the figure's own.
pub(super) fn line(question: &Question, trials: &[Trial], epsilon: f64) -> Option<Line> {
    let picture = Picture::new(trials, question.priors.len())?;
    let best = picture.near[0];
    let mut precision = identity(question.priors.len());
    let mut pull: Vec<f64> = best.coordinates.iter().map(|z| -z).collect();
    for (at, target) in question.targets.iter().enumerate() {
        if target.miss(best.simulated.as_ref()?[at]) == 0.0 {
            continue;
        }
        let scale = target.deviation() * epsilon;
        let misses: Option<Vec<f64>> = (picture.near.iter())
            .map(|trial| Some((trial.simulated.as_ref()?[at] - target.published) / scale))
            .collect();
        let (line, weight) = picture.fit(&misses?);
        for (entries, (row, left)) in precision.iter_mut().zip(line[1..].iter().enumerate()) {
            entries.iter_mut().zip(&line[1..]).for_each(|(entry, right)| *entry += weight * left * right);
            pull[row] -= weight * left * line[0];
        }
    }
    let factor = cholesky(&precision)?;
    let step = solve(&factor, &pull);
    let mean = best.coordinates.iter().zip(&step).map(|(z, step)| z + step).collect();
    Some(Line { mean, covariance: inverse(&factor) })
}

impl<'a> Picture<'a> {
    /// Eight trials for each coefficient of a line, at least two.
    fn new(trials: &'a [Trial], settings: usize) -> Option<Self> {
        let mut near: Vec<&Trial> = trials.iter().filter(|trial| trial.distance.is_finite()).collect();
        near.sort_by(|left, right| left.distance.total_cmp(&right.distance));
        near.truncate(8 * (settings + 1));
        if near.len() < 2 * (settings + 1) {
            return None;
        }
        let offset = |trial: &Trial| {
            let offsets = trial.coordinates.iter().zip(&near[0].coordinates).map(|(z, best)| z - best);
            std::iter::once(1.0).chain(offsets).collect()
        };
        let rows: Vec<Vec<f64>> = near.iter().map(|trial| offset(trial)).collect();
        let product = |left: usize, right: usize| rows.iter().map(|row| row[left] * row[right]).sum::<f64>();
        let mut products: Matrix =
            (0..=settings).map(|left| (0..=settings).map(|right| product(left, right)).collect()).collect();
        // Trials that lie on a plane leave a direction open; a trace of a ridge closes it.
        (0..=settings).for_each(|at| products[at][at] += 1e-9 * products[at][at] + 1e-12);
        let factor = cholesky(&products)?;
        Some(Self { near, rows, factor })
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
