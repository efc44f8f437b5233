//! A published figure with its tolerance, and how far simulated figures are from a set of them.

use crate::maths::sqrt;

/// How a published figure bounds what it measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The value itself.
    Equal,
    /// A lower bound: more is no miss.
    AtLeast,
    /// An upper bound: less is no miss.
    AtMost,
}

/// A published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The figure; in the unit of what is simulated.
    pub published: f64,
    /// One standard deviation of its error, > 0; the figure's unit. It stands for rounding, definitions that
    /// differ, and what the model leaves out.
    pub tolerance: f64,
    /// Standard deviation of the simulated figure over seeds, >= 0; the figure's unit. For the mean of R
    /// replications, that of one replication / sqrt R. It belongs here when all points share their seeds: the
    /// luck they share moves every point alike, and nothing in the sample tells of it. Where every point has
    /// seeds of its own, the sample has the noise in it already, and this is 0.
    pub noise: f64,
    /// What the figure says.
    pub bound: Bound,
}

impl Target {
    /// Signed miss in standard deviations, (simulated - published) / sqrt(tolerance^2 + noise^2); 0 on the
    /// right side of a bound.
    ///
    /// ```
    /// use ecotone::stats::search::{Bound, Target};
    /// let target = Target { published: 10.0, tolerance: 3.0, noise: 4.0, bound: Bound::Equal };
    /// assert_eq!(target.miss(20.0), 2.0);
    /// assert_eq!(Target { bound: Bound::AtLeast, ..target }.miss(20.0), 0.0);
    /// assert_eq!(Target { bound: Bound::AtLeast, ..target }.miss(5.0), -1.0);
    /// ```
    pub fn miss(&self, simulated: f64) -> f64 {
        let difference = simulated - self.published;
        let is_allowed = match self.bound {
            Bound::Equal => false,
            Bound::AtLeast => difference >= 0.0,
            Bound::AtMost => difference <= 0.0,
        };
        if is_allowed { 0.0 } else { difference / self.deviation() }
    }

    /// sqrt(tolerance^2 + noise^2).
    pub fn deviation(&self) -> f64 {
        sqrt(self.tolerance * self.tolerance + self.noise * self.noise)
    }
}

/// Distance of simulated figures from the targets: sqrt(mean of squared misses); 1 is a typical miss of one
/// standard deviation. Infinite where a figure is missing or not finite.
///
/// ```
/// use ecotone::stats::search::{Bound, Target, distance};
/// let target = Target { published: 0.0, tolerance: 1.0, noise: 0.0, bound: Bound::Equal };
/// // sqrt((3^2 + 1^2) / 2)
/// assert!((distance(&[target, target], &[3.0, -1.0]) - 5.0_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn distance(targets: &[Target], simulated: &[f64]) -> f64 {
    if simulated.len() != targets.len() || simulated.iter().any(|value| !value.is_finite()) {
        return f64::INFINITY;
    }
    let misses = targets.iter().zip(simulated).map(|(target, &value)| target.miss(value));
    let squares: f64 = misses.map(|miss| miss * miss).sum();
    sqrt(squares / targets.len().max(1) as f64)
}
