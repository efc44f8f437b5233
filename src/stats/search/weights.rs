//! Importance weights of the trials of a calibration at a tolerance, and how many draws they are worth.

use crate::maths::exp;
use crate::stats::matrix::Matrix;

/// How far a trial may be from the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Errors of the figures are normal: a trial weighs exp(-sum of squared misses / (2 epsilon^2)), so at
    /// epsilon 1 the weights are those of the posterior under the stated tolerances.
    Normal,
    /// The same, but epsilon ends no lower than where the best trial is plausible
    /// ([`Question::stretch`](crate::stats::search::Question::stretch)).
    Stretched,
    /// A trial counts if its distance is at most epsilon, and not otherwise.
    Uniform,
}

impl Acceptance {
    /// ln of the weight of a trial with this distance from so many figures.
    pub fn log_weight(self, distance: f64, figures: usize, epsilon: f64) -> f64 {
        let ratio = distance / epsilon;
        match self {
            Self::Normal | Self::Stretched => -0.5 * figures as f64 * ratio * ratio,
            Self::Uniform if ratio <= 1.0 => 0.0,
            Self::Uniform => f64::NEG_INFINITY,
        }
    }
}

/// Weights that sum to 1 from their logarithms; all 0 if none is finite.
pub fn normalised(logarithms: &[f64]) -> Vec<f64> {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return vec![0.0; logarithms.len()];
    }
    let weights: Vec<f64> = logarithms.iter().map(|logarithm| exp(logarithm - most)).collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// Effective sample size, (sum w)^2 / sum w^2: how many independent draws the weighted ones are worth.
///
/// Source: Kong, Liu and Wong 1994.
///
/// ```
/// use ecotone::stats::search::effective_size;
/// assert_eq!(effective_size(&[0.25; 4]), 4.0);
/// // 1 / (0.49 + 0.09)
/// assert!((effective_size(&[0.7, 0.3, 0.0]) - 1.724_137_931).abs() < 1e-9);
/// ```
pub fn effective_size(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// Weighted mean of vectors; weights sum to 1. Empty without vectors.
pub fn weighted_mean<'a>(rows: impl Iterator<Item = &'a Vec<f64>>, weights: &[f64]) -> Vec<f64> {
    let mut mean = Vec::new();
    for (row, weight) in rows.zip(weights) {
        mean.resize(row.len(), 0.0);
        mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += weight * x);
    }
    mean
}

/// Weighted covariance matrix, sum w (x - mean)(x - mean)' / (1 - sum w^2): unbiased for fixed weights.
pub fn weighted_covariance<'a>(
    rows: impl Iterator<Item = &'a Vec<f64>>,
    weights: &[f64],
    mean: &[f64],
) -> Matrix {
    let mut covariance = vec![vec![0.0; mean.len()]; mean.len()];
    for (row, weight) in rows.zip(weights).filter(|(_, weight)| **weight > 0.0) {
        let offset: Vec<f64> = row.iter().zip(mean).map(|(x, m)| x - m).collect();
        for (entries, left) in covariance.iter_mut().zip(&offset) {
            entries.iter_mut().zip(&offset).for_each(|(entry, right)| *entry += weight * left * right);
        }
    }
    let correction = 1.0 - weights.iter().map(|weight| weight * weight).sum::<f64>();
    covariance.iter_mut().flatten().for_each(|entry| *entry /= correction);
    covariance
}

/// Indices of `count` equally weighted draws from weights that sum to 1, by equal steps through their sum from
/// an offset in 0..1: each index comes weight × count times, rounded up or down.
///
/// Source: Kitagawa 1996 (systematic resampling).
///
/// ```
/// use ecotone::stats::search::resample;
/// assert_eq!(resample(&[0.5, 0.0, 0.25, 0.25], 4, 0.5), [0, 0, 2, 3]);
/// ```
pub fn resample(weights: &[f64], count: usize, offset: f64) -> Vec<usize> {
    let (mut at, mut below) = (0, weights.first().copied().unwrap_or(0.0));
    let mut next = |turn: usize| {
        let level = (turn as f64 + offset) / count as f64;
        while below < level && at + 1 < weights.len() {
            at += 1;
            below += weights[at];
        }
        at
    };
    (0..count).map(&mut next).collect()
}

/// Smallest epsilon in `floor..` at which the weights are worth `wanted` draws: adaptive tempering, which
/// for a uniform acceptance is the quantile schedule.
///
/// Source: Del Moral, Doucet and Jasra 2012.
pub(super) fn tightest(floor: f64, wanted: f64, size_at: impl Fn(f64) -> f64) -> f64 {
    if size_at(floor) >= wanted {
        return floor;
    }
    let (mut low, mut high) = (floor, floor.max(1e-6) * 2.0);
    while size_at(high) < wanted {
        if high > 1e12 {
            return high;
        }
        (low, high) = (high, high * 2.0);
    }
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if size_at(middle) >= wanted { high = middle } else { low = middle }
    }
    high
}
