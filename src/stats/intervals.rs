//! Intervals over independent replications, and how many replications a wished precision needs.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// A point with its interval; NaN where not defined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub point: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Quantile of the standard normal law at a probability in 0..1.
///
/// ```
/// let z = ecotone::stats::intervals::normal_quantile(0.975);
/// assert!((z - 1.959963984540054).abs() < 1e-9);
/// ```
pub fn normal_quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

/// Distribution function of the standard normal law.
pub fn normal_probability(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Two-sided critical value of Student's t for a mean of `count` values; NaN below two values.
pub fn t_critical(count: usize, confidence: f64) -> f64 {
    if count < 2 {
        return f64::NAN;
    }
    let law = StudentsT::new(0.0, 1.0, (count - 1) as f64).expect("positive degrees of freedom");
    law.inverse_cdf(0.5 + confidence / 2.0)
}

/// Mean with the interval mean ± t s / sqrt(n), s the sample standard deviation.
///
/// With one value the interval is not defined (NaN); with none the mean is not either.
///
/// ```
/// let band = ecotone::stats::intervals::t_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95);
/// // 3 ± 2.7764451052 · sqrt(2.5 / 5)
/// assert!((band.high - 4.9632431614).abs() < 1e-8);
/// ```
pub fn t_interval(values: &[f64], confidence: f64) -> Interval {
    let (mean, deviation) = mean_and_deviation(values);
    let half = t_critical(values.len(), confidence) * deviation / (values.len() as f64).sqrt();
    Interval { point: mean, low: mean - half, high: mean + half }
}

/// Mean and sample standard deviation (divisor n - 1); NaN where not defined.
pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    if values.is_empty() {
        return (f64::NAN, f64::NAN);
    }
    let mean = values.iter().sum::<f64>() / count;
    if values.len() < 2 {
        return (mean, f64::NAN);
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

/// Wilson's score interval of a proportion, `hits` of `count`.
///
/// Source: Wilson 1927.
pub fn wilson(hits: u64, count: u64, confidence: f64) -> Interval {
    if count == 0 {
        return Interval { point: f64::NAN, low: f64::NAN, high: f64::NAN };
    }
    let z = normal_quantile(0.5 + confidence / 2.0);
    let (n, share) = (count as f64, hits as f64 / count as f64);
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    Interval { point: share, low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

/// Replications needed: the smallest n >= 2 with t s / sqrt(n) <= `half_width`, s a pilot's standard
/// deviation. `None` unless 0 <= s and 0 < half-width, or beyond a million.
pub fn replications_needed(deviation: f64, half_width: f64, confidence: f64) -> Option<usize> {
    let is_meaningful = deviation >= 0.0 && half_width > 0.0;
    if !is_meaningful {
        return None;
    }
    let enough = |n: usize| t_critical(n, confidence) * deviation / (n as f64).sqrt() <= half_width;
    let z = normal_quantile(0.5 + confidence / 2.0);
    let least = z * deviation / half_width;
    let first = (least * least).min(1e6) as usize;
    (first.max(2)..=1_000_000).find(|&n| enough(n))
}
