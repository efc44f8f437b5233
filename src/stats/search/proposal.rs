//! Where the next population is drawn from: the prior, kernels around the weighted trials, and the straight-line
//! picture of the posterior.
//!
//! Chosen by measurement, on 20 figures that are logistic functions of 8 settings and a product, tolerance 0.01,
//! until the posterior is worth 400 draws (median of ten seeds, populations of 200): kernels with twice the
//! weighted covariance (Beaumont et al. 2009) had not brought epsilon below 19 after 3,000 points; kernels drawn
//! towards their mean (West 1993) reached 2.2; with half of the points from the lines they were done after 2,000,
//! in populations of 100 after 1,500, and with a search before them after 1,400, search included. Twice the
//! covariance makes a population 3^(n/2) times as large as the posterior, 81 times with 8 settings.

use crate::maths::sqrt;
use crate::stats::matrix::{Matrix, cholesky, identity};
use crate::stats::search::linear::Line;
use crate::stats::search::mixture::{Component, Mixture};
use crate::stats::search::question::Trial;
use crate::stats::search::weights::{effective_size, resample, weighted_covariance, weighted_mean};

/// Share of the kernels in the weighted covariance; the rest is the spread of their centres.
const KERNEL: f64 = 0.5;
/// Added to the kernels so that proposals have wider tails than the weighted trials.
const TAIL: f64 = 0.3;
/// Factor on the covariance of the lines, for the same reason.
const LINE_TAIL: f64 = 1.5;

/// A proposal of `points` points from trials whose weights sum to 1; `offset` in 0..1 places the resampling.
///
/// A twentieth comes from the prior, so that no corner is ever given up; half of the rest from the line.
pub(super) fn proposal(
    trials: &[Trial],
    weights: &[f64],
    lines: &[Line],
    points: usize,
    offset: f64,
) -> Mixture {
    let settings = trials.first().map_or(0, |trial| trial.coordinates.len());
    let from_prior = points.div_ceil(20);
    let mut parts = vec![Component::prior(settings, from_prior)];
    let shares = shares(trials, weights, lines);
    for (line, share) in lines.iter().zip(shares) {
        let from_line = ((points - from_prior) as f64 / 2.0 * share) as usize;
        let lower = cholesky(&scaled(&line.covariance, LINE_TAIL));
        parts.extend(lower.map(|lower| Component::new(from_line, vec![line.mean.clone()], lower)));
    }
    let given: usize = parts.iter().map(|part| part.points).sum();
    parts.push(kernels(trials, weights, points - given, offset));
    Mixture(parts)
}

/// How many of the points from lines each of them gets: by the weight of the trials it covers, and a tenth extra,
/// since a new hill has no weight yet.
fn shares(trials: &[Trial], weights: &[f64], lines: &[Line]) -> Vec<f64> {
    let weight = |line: &Line| {
        let covered = trials.iter().zip(weights).filter(|(trial, _)| line.covers(&trial.coordinates));
        0.1 + covered.map(|(_, weight)| weight).sum::<f64>()
    };
    let raw: Vec<f64> = lines.iter().map(weight).collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|share| share / total).collect()
}

/// Normal kernels around resampled trials, drawn towards the weighted mean so that centres and kernels
/// together have the weighted covariance, and then a little wider.
fn kernels(trials: &[Trial], weights: &[f64], points: usize, offset: f64) -> Component {
    let rows = || trials.iter().map(|trial| &trial.coordinates);
    let mean = weighted_mean(rows(), weights);
    let covariance = steadied(weighted_covariance(rows(), weights, &mean), effective_size(weights));
    let pull = sqrt(1.0 - KERNEL);
    let centre = |at: usize| -> Vec<f64> {
        trials[at].coordinates.iter().zip(&mean).map(|(z, mean)| mean + pull * (z - mean)).collect()
    };
    let centres = resample(weights, points.max(1), offset).into_iter().map(centre).collect();
    let lower = cholesky(&scaled(&covariance, KERNEL + TAIL)).unwrap_or_else(|| identity(mean.len()));
    Component::new(points, centres, lower)
}

/// A covariance matrix with correlations drawn towards 0, by settings / (settings + effective draws): few
/// draws tell variances better than directions.
fn steadied(mut covariance: Matrix, effective: f64) -> Matrix {
    let settings = covariance.len() as f64;
    let kept = effective / (settings + effective);
    for (row, entries) in covariance.iter_mut().enumerate() {
        for (column, entry) in entries.iter_mut().enumerate() {
            *entry = if row == column { *entry + 1e-12 } else { *entry * kept };
        }
    }
    covariance
}

fn scaled(matrix: &[Vec<f64>], factor: f64) -> Matrix {
    matrix.iter().map(|row| row.iter().map(|entry| entry * factor).collect()).collect()
}
