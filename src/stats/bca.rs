//! Bias-corrected and accelerated bootstrap: intervals of ratios and other skewed statistics.

use crate::maths::sqrt;
use crate::stats::intervals::{Interval, normal_probability, normal_quantile, t_critical};
use crate::stats::quantile::selected_quantile;

/// How a bootstrap is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Number of observations (replications).
    pub count: usize,
    /// Number of resamples.
    pub resamples: u64,
    /// Confidence in 0..1.
    pub confidence: f64,
}

/// BCa interval of a statistic of `count` independent observations.
///
/// `statistic` gets the indices of the observations in a sample; `index` answers which observation, in
/// 0..count, stands at a position of a numbered resample, so that chance stays with the caller. The
/// quantiles of the resamples are interpolated linearly. NaN with fewer than two observations or when a
/// statistic is not finite, be it of a resample or with one observation left out; the point itself when every
/// resample agrees.
///
/// With few observations it is too short: see [`small_sample`].
///
/// Source: Efron 1987; Efron and Tibshirani 1993, 14.3.
pub fn bca(plan: Plan, statistic: impl Fn(&[usize]) -> f64, index: impl Fn(u64, usize) -> usize) -> Interval {
    let whole: Vec<usize> = (0..plan.count).collect();
    let undefined = Interval { point: f64::NAN, low: f64::NAN, high: f64::NAN };
    if plan.count < 2 || plan.resamples == 0 {
        return undefined;
    }
    let point = statistic(&whole);
    let mut resamples: Vec<f64> = (0..plan.resamples)
        .map(|resample| statistic(&whole.iter().map(|&at| index(resample, at)).collect::<Vec<_>>()))
        .collect();
    if !point.is_finite() || resamples.iter().any(|value| !value.is_finite()) {
        return Interval { point, ..undefined };
    }
    if resamples.iter().all(|&value| value == resamples[0]) {
        return Interval { point, low: resamples[0], high: resamples[0] };
    }
    let acceleration = acceleration(&whole, &statistic);
    if !acceleration.is_finite() {
        return Interval { point, ..undefined };
    }
    corrected(&mut resamples, point, acceleration, plan.confidence)
}

/// The interval of resamples of a statistic, corrected for bias and acceleration; their order is changed.
pub fn corrected(resamples: &mut [f64], point: f64, acceleration: f64, confidence: f64) -> Interval {
    let bias = bias(resamples, point);
    let mut end = |probability: f64| {
        let shifted = bias + normal_quantile(probability);
        selected_quantile(resamples, normal_probability(bias + shifted / (1.0 - acceleration * shifted)))
    };
    let tail = (1.0 - confidence) / 2.0;
    Interval { point, low: end(tail), high: end(1.0 - tail) }
}

/// The confidence at which a bootstrap interval of `count` observations has the width that `confidence`
/// means.
///
/// A resample's variance is that of the observations with divisor n, and its quantiles are normal where the
/// truth is Student's t; both make intervals of few observations too short. BCa intervals of 95 % covered,
/// plain and with this confidence (numpy 2.4.6, 4000 trials of 2000 resamples; standard error 0.4 %):
///
/// | observations | normal mean | lognormal mean, log sd 0.5 | ratio of means, log sd 0.1 | the same, log sd 0.5 |
/// |---|---|---|---|---|
/// | 10 | 91, 95 % | 88, 93 % | 90, 94 % | 89, 93 % |
/// | 20 | 93, 95 % | 91, 94 % | 93, 95 % | 90, 92 % |
/// | 50 | 94, 95 % | 93, 94 % | 94, 94 % | 93, 94 % |
///
/// The widened confidence is 2 Phi(sqrt(n / (n - 1)) t) - 1, with t Student's critical value. NaN below two.
///
/// Source: Hesterberg 2015, What Teachers Should Know About the Bootstrap (expanded percentile interval).
///
/// ```
/// let widened = ecotone::stats::bca::small_sample(0.95, 10);
/// // 2 Phi(sqrt(10 / 9) · 2.2621572) - 1
/// assert!((widened - 0.982_900).abs() < 1e-5);
/// ```
pub fn small_sample(confidence: f64, count: usize) -> f64 {
    let count_over_free = count as f64 / (count as f64 - 1.0);
    2.0 * normal_probability(sqrt(count_over_free) * t_critical(count, confidence)) - 1.0
}

/// z0: the normal quantile of the share of resamples below the point, ties counted half.
fn bias(resamples: &[f64], point: f64) -> f64 {
    let below = resamples.iter().filter(|&&value| value < point).count();
    let to = resamples.iter().filter(|&&value| value <= point).count();
    let share = (below + to) as f64 / (2 * resamples.len()) as f64;
    normal_quantile(share.clamp(1e-9, 1.0 - 1e-9))
}

/// a: skewness of the statistic when one observation is left out, sum d^3 / (6 (sum d^2)^1.5); 0 when leaving
/// out changes nothing, NaN when some statistic is not defined.
fn acceleration(whole: &[usize], statistic: &impl Fn(&[usize]) -> f64) -> f64 {
    let left_out: Vec<f64> = whole
        .iter()
        .map(|&out| statistic(&whole.iter().copied().filter(|&at| at != out).collect::<Vec<_>>()))
        .collect();
    let mean = left_out.iter().sum::<f64>() / left_out.len() as f64;
    let squares: f64 = left_out.iter().map(|value| (mean - value) * (mean - value)).sum();
    let cubes: f64 = left_out.iter().map(|value| (mean - value) * (mean - value) * (mean - value)).sum();
    if squares == 0.0 { 0.0 } else { cubes / (6.0 * squares * squares.sqrt()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(_: u64, _: usize) -> usize {
        0
    }

    #[test]
    fn a_statistic_that_one_observation_holds_up_has_no_interval() {
        // 0/0 without the second observation, though no resample shows it.
        let amounts = [0.0, 3.0];
        let ratio = |sample: &[usize]| {
            let sum: f64 = sample.iter().map(|&at| amounts[at]).sum();
            sum / sum
        };
        let alternating = |resample: u64, position: usize| if resample == 0 { 1 } else { position };
        let uneven = |sample: &[usize]| ratio(sample) + 0.1 * sample.iter().sum::<usize>() as f64;
        let band = bca(Plan { count: 2, resamples: 3, confidence: 0.9 }, uneven, alternating);
        assert!(band.point.is_finite() && band.low.is_nan() && band.high.is_nan());
    }

    #[test]
    fn too_little_to_resample_has_no_interval() {
        let mean = |sample: &[usize]| sample.len() as f64;
        for (count, resamples) in [(0, 9), (1, 9), (5, 0)] {
            assert!(bca(Plan { count, resamples, confidence: 0.95 }, mean, first).low.is_nan());
        }
    }

    #[test]
    fn resamples_that_agree_are_the_interval() {
        let band = bca(Plan { count: 4, resamples: 9, confidence: 0.95 }, |_| 2.5, first);
        assert_eq!(band, Interval { point: 2.5, low: 2.5, high: 2.5 });
    }
}
