//! Bias-corrected and accelerated bootstrap: intervals of ratios and other skewed statistics.

use crate::stats::intervals::{Interval, normal_probability, normal_quantile};

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
/// statistic is not finite; the point itself when every resample agrees.
///
/// Source: Efron 1987; Efron and Tibshirani 1993, 14.3.
pub fn bca(plan: Plan, statistic: impl Fn(&[usize]) -> f64, index: impl Fn(u64, usize) -> usize) -> Interval {
    let whole: Vec<usize> = (0..plan.count).collect();
    let undefined = Interval { point: f64::NAN, low: f64::NAN, high: f64::NAN };
    if plan.count < 2 || plan.resamples == 0 {
        return undefined;
    }
    let point = statistic(&whole);
    let mut sorted: Vec<f64> = (0..plan.resamples)
        .map(|resample| statistic(&whole.iter().map(|&at| index(resample, at)).collect::<Vec<_>>()))
        .collect();
    if !point.is_finite() || sorted.iter().any(|value| !value.is_finite()) {
        return Interval { point, ..undefined };
    }
    sorted.sort_by(f64::total_cmp);
    if sorted.first() == sorted.last() {
        return Interval { point, low: sorted[0], high: sorted[0] };
    }
    let bias = bias(&sorted, point);
    let acceleration = acceleration(&whole, &statistic);
    let end = |probability: f64| {
        let shifted = bias + normal_quantile(probability);
        quantile(&sorted, normal_probability(bias + shifted / (1.0 - acceleration * shifted)))
    };
    let tail = (1.0 - plan.confidence) / 2.0;
    Interval { point, low: end(tail), high: end(1.0 - tail) }
}

/// z0: the normal quantile of the share of resamples below the point, ties counted half.
fn bias(sorted: &[f64], point: f64) -> f64 {
    let below = sorted.partition_point(|&value| value < point);
    let to = sorted.partition_point(|&value| value <= point);
    let share = (below + to) as f64 / (2 * sorted.len()) as f64;
    normal_quantile(share.clamp(1e-9, 1.0 - 1e-9))
}

/// a: skewness of the statistic when one observation is left out, sum d^3 / (6 (sum d^2)^1.5).
fn acceleration(whole: &[usize], statistic: &impl Fn(&[usize]) -> f64) -> f64 {
    let left_out: Vec<f64> = whole
        .iter()
        .map(|&out| statistic(&whole.iter().copied().filter(|&at| at != out).collect::<Vec<_>>()))
        .collect();
    let mean = left_out.iter().sum::<f64>() / left_out.len() as f64;
    let squares: f64 = left_out.iter().map(|value| (mean - value) * (mean - value)).sum();
    let cubes: f64 = left_out.iter().map(|value| (mean - value) * (mean - value) * (mean - value)).sum();
    if squares > 0.0 { cubes / (6.0 * squares * squares.sqrt()) } else { 0.0 }
}

/// Linearly interpolated quantile of sorted values.
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let at = probability.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - at.floor()) * (sorted[above] - sorted[below])
}
