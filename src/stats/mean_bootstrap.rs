//! BCa intervals of means, for many rows of equally many observations: the resamples are drawn once.

use crate::stats::bca::{corrected, small_sample};
use crate::stats::intervals::Interval;

/// Resamples of the bootstrap; Efron and Tibshirani 1993, 14.3, ask for at least a thousand.
pub const RESAMPLES: u64 = 2_000;

/// Below so many observations a bootstrap has too few distinct samples; the t interval serves.
pub const FEWEST: usize = 8;

/// How often each observation stands in each resample.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanBootstrap {
    count: usize,
    confidence: f64,
    /// Shape observations × resamples, so that the means of many resamples grow side by side.
    weights: Vec<f64>,
}

impl MeanBootstrap {
    /// Resamples of so many observations; `index` answers which one stands at a position of a numbered resample. The
    /// confidence is widened for small samples.
    pub fn new(count: usize, confidence: f64, index: impl Fn(u64, usize) -> usize) -> Self {
        let resamples = RESAMPLES as usize;
        let mut weights = vec![0.0; resamples * count];
        for resample in 0..resamples {
            for position in 0..count {
                weights[index(resample as u64, position) * resamples + resample] += 1.0;
            }
        }
        Self { count, confidence: small_sample(confidence, count), weights }
    }

    /// The mean of the observations with its interval; NaN where one is not finite or there are too few.
    ///
    /// ```
    /// use ecotone::stats::mean_bootstrap::MeanBootstrap;
    /// let skewed = [0.1, 0.1, 0.11, 0.12, 0.12, 0.13, 0.15, 0.2, 0.4, 0.9];
    /// use ecotone::random::address::mix;
    /// let index = |resample: u64, position: usize| mix(64 * resample + position as u64) as usize % 10;
    /// let found = MeanBootstrap::new(10, 0.95, index).interval(&skewed);
    /// assert!((found.point - 0.233).abs() < 1e-12);
    /// assert!(found.high - found.point > 1.5 * (found.point - found.low));
    /// ```
    pub fn interval(&self, values: &[f64]) -> Interval {
        let count = self.count as f64;
        let point = values.iter().sum::<f64>() / count;
        if self.count < 2 || !point.is_finite() {
            return Interval { point, low: f64::NAN, high: f64::NAN };
        }
        if values.iter().all(|&value| value == values[0]) {
            return Interval { point: values[0], low: values[0], high: values[0] };
        }
        let mut means = vec![0.0; RESAMPLES as usize];
        for (weights, x) in self.weights.chunks(means.len()).zip(values) {
            means.iter_mut().zip(weights).for_each(|(mean, weight)| *mean += weight * x);
        }
        means.iter_mut().for_each(|mean| *mean /= count);
        corrected(&mut means, point, skewness(values, point), self.confidence)
    }
}

/// Acceleration of a mean: leaving observation i out moves it by (mean - x_i) / (n - 1).
fn skewness(values: &[f64], mean: f64) -> f64 {
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    let cubes: f64 = values.iter().map(|x| (x - mean) * (x - mean) * (x - mean)).sum();
    if squares == 0.0 { 0.0 } else { cubes / (6.0 * squares * squares.sqrt()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::bca::{Plan, bca};

    fn drawn(resample: u64, position: usize, count: usize) -> usize {
        let bits = (resample + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(7 * position as u32);
        ((u128::from(bits) * count as u128) >> 64) as usize
    }

    /// The general bootstrap, with the same resamples, finds the same interval.
    #[test]
    fn the_mean_is_a_statistic_like_others() {
        let values = [0.3117, 0.2951, 0.3523, 0.3049, 0.3382, 0.2836, 0.5091, 0.3013, 0.3178];
        let found =
            MeanBootstrap::new(9, 0.9, |resample, position| drawn(resample, position, 9)).interval(&values);
        let plan = Plan { count: 9, resamples: RESAMPLES, confidence: small_sample(0.9, 9) };
        let mean = |sample: &[usize]| sample.iter().map(|&at| values[at]).sum::<f64>() / sample.len() as f64;
        let general = bca(plan, mean, |resample, position| drawn(resample, position, 9));
        // A resample of the mean itself may be rounded to either side of it, which moves the correction of the bias.
        let close = |one: f64, other: f64| (one - other).abs() < 0.01 * (general.high - general.low);
        assert!(close(found.low, general.low) && close(found.high, general.high), "{found:?} {general:?}");
    }

    #[test]
    fn what_agrees_is_known_exactly_and_what_is_undefined_stays_so() {
        let bootstrap = MeanBootstrap::new(8, 0.95, |resample, position| drawn(resample, position, 8));
        let same = bootstrap.interval(&[0.25; 8]);
        assert_eq!([same.low, same.point, same.high], [0.25; 3]);
        let mut holed = [0.25; 8];
        holed[3] = f64::NAN;
        assert!(bootstrap.interval(&holed).low.is_nan());
    }
}
