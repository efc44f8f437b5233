//! A normal law cut to a range.

use crate::maths::{exp, ln, sqrt};
use crate::random::law::{normal_probability, normal_quantile};
use crate::stats::search::prior::PriorFault;

/// A normal law cut to a range, on the scale of the prior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bell {
    mean: f64,
    deviation: f64,
    /// Probabilities of the uncut law below the two ends; of the mirrored law if `mirrored`.
    below: [f64; 2],
    /// Tails on the right are computed as tails on the left, where probabilities keep their digits.
    mirrored: bool,
}

impl Bell {
    /// The law of a mean and a standard deviation, cut to the ends.
    pub fn new(mean: f64, deviation: f64, ends: [f64; 2]) -> Result<Self, PriorFault> {
        if !(mean.is_finite() && deviation.is_finite() && deviation > 0.0) {
            return Err(PriorFault::Shape);
        }
        let [low, high] = ends.map(|end| (end - mean) / deviation);
        let mirrored = low > 0.0;
        let below = if mirrored { [-high, -low] } else { [low, high] }.map(normal_probability);
        if below[1] - below[0] < 1e-9 {
            return Err(PriorFault::Remote);
        }
        Ok(Self { mean, deviation, below, mirrored })
    }

    /// The value below which the cut law has this probability.
    pub fn quantile(&self, probability: f64) -> f64 {
        let share = if self.mirrored { 1.0 - probability } else { probability };
        let p = self.below[0] + share * (self.below[1] - self.below[0]);
        // The ends of the open interval on which quantiles are finite.
        let z = normal_quantile(p.clamp(1e-300, 1.0 - f64::EPSILON / 2.0));
        self.mean + self.deviation * if self.mirrored { -z } else { z }
    }

    /// The probability of the cut law at or below a value.
    pub fn probability(&self, scaled: f64) -> f64 {
        let z = (scaled - self.mean) / self.deviation;
        let below = normal_probability(if self.mirrored { -z } else { z });
        let share = (below - self.below[0]) / (self.below[1] - self.below[0]);
        if self.mirrored { 1.0 - share } else { share }
    }

    /// Natural logarithm of the density of the cut law.
    pub fn log_density(&self, scaled: f64) -> f64 {
        let z = (scaled - self.mean) / self.deviation;
        log_normal_density(z) - ln(self.deviation * (self.below[1] - self.below[0]))
    }

    /// Standard deviation of the cut law,
    /// sd sqrt(1 + (a f(a) - b f(b)) / Z - ((f(a) - f(b)) / Z)^2), f the normal density, a and b the ends in
    /// standard deviations from the mean, Z the probability between them (Johnson, Kotz, Balakrishnan 1994, 13.10).
    pub fn cut_deviation(&self, ends: [f64; 2]) -> f64 {
        let [a, b] = ends.map(|end| (end - self.mean) / self.deviation);
        let [at_a, at_b] = [a, b].map(|z| exp(log_normal_density(z)));
        let between = self.below[1] - self.below[0];
        let shift = (at_a - at_b) / between;
        self.deviation * sqrt((1.0 + (a * at_a - b * at_b) / between - shift * shift).max(0.0))
    }
}

/// -z^2 / 2 - ln(2 pi) / 2.
fn log_normal_density(z: f64) -> f64 {
    -0.5 * z * z - 0.918_938_533_204_672_7
}
