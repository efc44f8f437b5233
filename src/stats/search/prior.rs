//! What is believed about a free setting before looking at the published figures.
//!
//! Every law is one of two shapes, flat or normal, on one of two scales, the setting itself or its natural
//! logarithm, cut to a range. Standard deviations and contractions are taken on that scale: for a setting
//! that spans decades, "half as wide" means half as many decades.

use std::fmt;

use crate::maths::{exp, ln, sqrt};
use crate::stats::search::bell::Bell;

/// The law of a setting, before it is cut to its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Every value of the range alike.
    Uniform,
    /// The logarithm uniform: every doubling alike. The range must be positive.
    LogUniform,
    /// Normal.
    Normal {
        /// Mean before cutting; the setting's unit.
        mean: f64,
        /// Standard deviation before cutting, > 0; the setting's unit.
        deviation: f64,
    },
    /// The logarithm normal. The range must be positive.
    LogNormal {
        /// Median before cutting, > 0; the setting's unit.
        median: f64,
        /// Standard deviation of the natural logarithm before cutting, > 0; 0.7 is about a factor 2 either way.
        spread: f64,
    },
}

/// A law cut to a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    law: Law,
    low: f64,
    high: f64,
    bell: Option<Bell>,
}

/// Why a prior cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorFault {
    /// The range is empty, or an end is not a finite number.
    Range,
    /// A logarithmic law whose range or median is not above 0.
    NotPositive,
    /// A standard deviation that is not above 0, or a mean that is not finite.
    Shape,
    /// The range holds less than a billionth of the law.
    Remote,
}

impl fmt::Display for PriorFault {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(match self {
            Self::Range => "the range must go from a finite number to a larger one",
            Self::NotPositive => "a logarithmic law needs a range and a median above 0",
            Self::Shape => "a normal law needs a finite mean and a standard deviation above 0",
            Self::Remote => "the range holds almost nothing of the law: move the range or the law",
        })
    }
}

impl std::error::Error for PriorFault {}

impl Prior {
    /// A law cut to `low..=high`.
    ///
    /// # Errors
    /// Where no such law exists; see [`PriorFault`].
    ///
    /// ```
    /// use ecotone::stats::search::{Law, Prior};
    /// let prior = Prior::new(Law::LogUniform, 0.01, 1.0).unwrap();
    /// assert!((prior.quantile(0.5) - 0.1).abs() < 1e-12);
    /// // ln 100 / sqrt 12 = 1.32940: the standard deviation on the logarithmic scale.
    /// assert!((prior.deviation() - 1.329_398_123).abs() < 1e-6);
    /// assert!(Prior::new(Law::LogUniform, 0.0, 1.0).is_err());
    /// ```
    pub fn new(law: Law, low: f64, high: f64) -> Result<Self, PriorFault> {
        let is_range = low.is_finite() && high.is_finite() && low < high;
        if !is_range {
            return Err(PriorFault::Range);
        }
        let mut prior = Self { law, low, high, bell: None };
        let shape = match law {
            Law::Normal { mean, deviation } => Some((mean, deviation)),
            Law::LogNormal { median, .. } if median <= 0.0 => return Err(PriorFault::NotPositive),
            Law::LogNormal { median, spread } => Some((ln(median), spread)),
            Law::Uniform | Law::LogUniform => None,
        };
        if prior.is_logarithmic() && low <= 0.0 {
            return Err(PriorFault::NotPositive);
        }
        if let Some((mean, deviation)) = shape {
            prior.bell = Some(Bell::new(mean, deviation, prior.ends())?);
        }
        Ok(prior)
    }

    /// The law before cutting.
    pub fn law(&self) -> Law {
        self.law
    }

    /// The lowest and highest value.
    pub fn range(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The value below which the setting lies with a probability in 0..=1.
    pub fn quantile(&self, probability: f64) -> f64 {
        if probability <= 0.0 {
            return self.low;
        }
        if probability >= 1.0 {
            return self.high;
        }
        let [low, high] = self.ends();
        let scaled = match &self.bell {
            None => low + probability * (high - low),
            Some(bell) => bell.quantile(probability),
        };
        let value = if self.is_logarithmic() { exp(scaled) } else { scaled };
        value.clamp(self.low, self.high)
    }

    /// The probability that the setting is at most `value`.
    pub fn probability(&self, value: f64) -> f64 {
        if value <= self.low {
            return 0.0;
        }
        if value >= self.high {
            return 1.0;
        }
        let [low, high] = self.ends();
        match &self.bell {
            None => (self.scaled(value) - low) / (high - low),
            Some(bell) => bell.probability(self.scaled(value)),
        }
    }

    /// Natural logarithm of the density at a value, per unit of the setting; minus infinity out of range.
    ///
    /// ```
    /// use ecotone::stats::search::{Law, Prior};
    /// let prior = Prior::new(Law::Uniform, 2.0, 6.0).unwrap();
    /// assert!((prior.log_density(3.0) + 4.0_f64.ln()).abs() < 1e-15);
    /// ```
    pub fn log_density(&self, value: f64) -> f64 {
        if !(self.low..=self.high).contains(&value) {
            return f64::NEG_INFINITY;
        }
        let [low, high] = self.ends();
        let scaled = self.scaled(value);
        let density = match &self.bell {
            None => -ln(high - low),
            Some(bell) => bell.log_density(scaled),
        };
        if self.is_logarithmic() { density - scaled } else { density }
    }

    /// Standard deviation of the cut law on its scale: the setting's unit, or 1 for a logarithmic law.
    pub fn deviation(&self) -> f64 {
        let [low, high] = self.ends();
        match &self.bell {
            None => (high - low) / sqrt(12.0),
            Some(bell) => bell.cut_deviation([low, high]),
        }
    }

    /// Whether the scale of the law is the natural logarithm of the setting.
    pub fn is_logarithmic(&self) -> bool {
        matches!(self.law, Law::LogUniform | Law::LogNormal { .. })
    }

    /// A value of the setting on the scale of the law.
    pub fn scaled(&self, value: f64) -> f64 {
        if self.is_logarithmic() { ln(value) } else { value }
    }

    fn ends(&self) -> [f64; 2] {
        [self.scaled(self.low), self.scaled(self.high)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-9, "found {found}, expected {expected}");
    }

    /// scipy 1.17.1, stats.truncnorm: ppf(0.3), std(), logpdf(0.5); for the lognormal law on the logarithms.
    #[test]
    fn cut_laws_agree_with_scipy() {
        let cases = [
            (
                Law::Normal { mean: 0.2, deviation: 0.4 },
                [0.281_684_277_028_334_1, 0.259_671_073_167_936_75, 0.229_086_274_081_050_53],
            ),
            (
                Law::Normal { mean: -2.0, deviation: 0.9 },
                [0.217_556_397_703_329_02, 0.279_582_242_311_669_8, -0.047_791_329_692_767_95],
            ),
            (
                Law::LogNormal { median: 0.3, spread: 1.0 },
                [0.228_064_235_052_817_53, 0.770_424_691_625_441_7, -0.197_712_760_781_053_15],
            ),
        ];
        for (law, [quantile, deviation, density]) in cases {
            let prior = Prior::new(law, 0.1, 3.0).unwrap();
            close(prior.quantile(0.3), quantile);
            close(prior.deviation(), deviation);
            close(prior.log_density(0.5), density);
        }
    }

    #[test]
    fn quantile_and_probability_undo_each_other() {
        let laws = [
            Law::Uniform,
            Law::LogUniform,
            Law::Normal { mean: 0.2, deviation: 0.4 },
            Law::Normal { mean: -2.0, deviation: 0.9 },
            Law::LogNormal { median: 0.3, spread: 1.0 },
        ];
        for law in laws {
            let prior = Prior::new(law, 0.1, 3.0).unwrap();
            for step in 1..200 {
                let probability = f64::from(step) / 200.0;
                let value = prior.quantile(probability);
                assert!((prior.probability(value) - probability).abs() < 1e-11, "{law:?} {probability}");
            }
            assert_eq!([prior.quantile(0.0), prior.quantile(1.0)], [0.1, 3.0]);
            assert_eq!(prior.log_density(3.1), f64::NEG_INFINITY);
        }
    }

    #[test]
    fn impossible_priors_are_refused() {
        let normal = |mean, deviation| Law::Normal { mean, deviation };
        let cases = [
            (Law::Uniform, 1.0, 1.0, PriorFault::Range),
            (Law::Uniform, 0.0, f64::INFINITY, PriorFault::Range),
            (Law::LogUniform, 0.0, 1.0, PriorFault::NotPositive),
            (Law::LogNormal { median: 0.0, spread: 1.0 }, 0.1, 1.0, PriorFault::NotPositive),
            (normal(0.0, 0.0), 0.0, 1.0, PriorFault::Shape),
            (normal(f64::NAN, 1.0), 0.0, 1.0, PriorFault::Shape),
            (normal(0.0, 0.1), 1.0, 2.0, PriorFault::Remote),
        ];
        for (law, low, high, fault) in cases {
            assert_eq!(Prior::new(law, low, high), Err(fault), "{law:?}");
        }
    }
}
