//! A weighted sample of the settings, and what it says about each of them.

use crate::maths::sqrt;
use crate::stats::intervals::Interval;
use crate::stats::matrix::Matrix;
use crate::stats::search::populations::Generation;
use crate::stats::search::prior::Prior;
use crate::stats::search::question::Trial;
use crate::stats::search::verdict::{Verdict, judge};
use crate::stats::search::weights::{resample, weighted_covariance, weighted_mean};

/// A posterior sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The priors it started from.
    pub priors: Vec<Prior>,
    /// Every trial of every population.
    pub trials: Vec<Trial>,
    /// Weight of each trial; they sum to 1.
    pub weights: Vec<f64>,
    /// Factor on the tolerances; above 1 the model fits worse than the tolerances allow, or more populations
    /// were needed.
    pub epsilon: f64,
    /// Independent draws that the weighted trials are worth.
    pub effective: f64,
    /// The populations; the first is the start.
    pub generations: Vec<Generation>,
}

/// What the figures say about a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Mean with its interval between quantiles, in the setting's unit.
    pub estimate: Interval,
    /// 1 - posterior standard deviation / prior standard deviation, both on the scale of the prior: 1 where the
    /// figures leave no doubt, 0 where they say nothing.
    pub contraction: f64,
    /// The same in words.
    pub verdict: Verdict,
}

impl Posterior {
    /// Weighted mean of a setting.
    pub fn mean(&self, setting: usize) -> f64 {
        self.trials.iter().zip(&self.weights).map(|(trial, weight)| weight * trial.point[setting]).sum()
    }

    /// Weighted quantile of a setting at a probability in 0..=1.
    pub fn quantile(&self, setting: usize, probability: f64) -> f64 {
        let values: Vec<f64> = self.trials.iter().map(|trial| trial.point[setting]).collect();
        weighted_quantile(&values, &self.weights, probability)
    }

    /// Covariance matrix of the settings, each on the scale of its prior.
    pub fn covariance(&self) -> Matrix {
        let scaled = |trial: &Trial| -> Vec<f64> {
            self.priors.iter().zip(&trial.point).map(|(prior, &value)| prior.scaled(value)).collect()
        };
        let rows: Vec<Vec<f64>> = self.trials.iter().map(scaled).collect();
        weighted_covariance(rows.iter(), &self.weights, &weighted_mean(rows.iter(), &self.weights))
    }

    /// Correlation matrix of the settings, each on the scale of its prior.
    pub fn correlation(&self) -> Matrix {
        let covariance = self.covariance();
        let deviation = |at: usize| sqrt(covariance[at][at]).max(f64::MIN_POSITIVE);
        let entry = |row: usize, column: usize| {
            if row == column { 1.0 } else { covariance[row][column] / (deviation(row) * deviation(column)) }
        };
        (0..covariance.len())
            .map(|row| (0..covariance.len()).map(|column| entry(row, column)).collect())
            .collect()
    }

    /// What the figures say about every setting, with intervals of a confidence in 0..1.
    pub fn findings(&self, confidence: f64) -> Vec<Finding> {
        let (covariance, correlation) = (self.covariance(), self.correlation());
        let contraction = |at: usize| 1.0 - sqrt(covariance[at][at]) / self.priors[at].deviation();
        let finding = |at: usize| {
            let tail = (1.0 - confidence) / 2.0;
            let (low, high) = (self.quantile(at, tail), self.quantile(at, 1.0 - tail));
            let verdict = judge(contraction(at), (at, &correlation[at]), self.effective);
            Finding {
                estimate: Interval { point: self.mean(at), low, high },
                contraction: contraction(at),
                verdict,
            }
        };
        (0..self.priors.len()).map(finding).collect()
    }

    /// Equally weighted draws, for simulations that carry the doubt about the settings on: indices of trials;
    /// `offset` in 0..1 comes from the caller's chance.
    pub fn draws(&self, count: usize, offset: f64) -> Vec<usize> {
        resample(&self.weights, count, offset)
    }
}

/// Quantile of weighted values: a value stands at the weight below it plus half its own, and between values the
/// quantile is a straight line. Values without weight do not count; NaN if none has any.
///
/// ```
/// use ecotone::stats::search::weighted_quantile;
/// // 1, 2, 3 stand at 0.25, 0.625, 0.875 of the weight.
/// assert_eq!(weighted_quantile(&[3.0, 1.0, 2.0], &[0.25, 0.5, 0.25], 0.75), 2.5);
/// assert_eq!(weighted_quantile(&[3.0, 1.0, 2.0], &[0.25, 0.5, 0.25], 0.1), 1.0);
/// ```
pub fn weighted_quantile(values: &[f64], weights: &[f64], probability: f64) -> f64 {
    let mut pairs: Vec<(f64, f64)> =
        values.iter().copied().zip(weights.iter().copied()).filter(|pair| pair.1 > 0.0).collect();
    pairs.sort_by(|left, right| left.0.total_cmp(&right.0));
    let total: f64 = pairs.iter().map(|pair| pair.1).sum();
    let mut before: Option<(f64, f64)> = None;
    let mut sum = 0.0;
    for (value, weight) in pairs {
        let at = (sum + weight / 2.0) / total;
        sum += weight;
        match before {
            _ if at < probability => before = Some((at, value)),
            None => return value,
            Some((left, low)) => return low + (value - low) * (probability - left) / (at - left),
        }
    }
    before.map_or(f64::NAN, |(_, value)| value)
}
