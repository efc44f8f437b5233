//! E17: what money buys: originals that grow with it, and gaps that close.

use crate::maths::exp;

/// Coverage by originals tomorrow, in 0..=1: `O <- O + eta inv cre (1 - O) - delta O` (E17); `invested` in
/// currency per head and day, `creators` per head of the market.
///
/// ```
/// // Half covered, .02 a head and day, one creator in a hundred heads, eta 100, a thousandth ages.
/// let o = ecotone::equations::money::originals(0.5, (0.02, 0.01), (100.0, 0.001));
/// assert!((o - (0.5 + 0.01 - 0.0005)).abs() < 1e-15);
/// ```
pub fn originals(today: f64, (invested, creators): (f64, f64), (eta, delta): (f64, f64)) -> f64 {
    (today + eta * invested * creators * (1.0 - today) - delta * today).clamp(0.0, 1.0)
}

/// Part of a gap that money leaves open, in 0..=1: `e^(-spend / scale)`; exactly 1 without money or without a
/// scale (0: money buys nothing). `spend` and `scale` in currency per head and year.
///
/// ```
/// use ecotone::equations::money::gap_left;
/// assert!((gap_left(3.0, 3.0) - 0.367_879_441_171_442_3).abs() < 1e-15);
/// assert_eq!((gap_left(0.0, 3.0), gap_left(3.0, 0.0)), (1.0, 1.0));
/// ```
pub fn gap_left(spend: f64, scale: f64) -> f64 {
    if spend == 0.0 || scale == 0.0 { 1.0 } else { exp(-spend / scale) }
}

/// A share whose gap to 1 is partly closed: `1 - (1 - x) left`; x itself when the whole gap is left.
///
/// ```
/// assert_eq!(ecotone::equations::money::narrowed(0.5, 0.5), 0.75);
/// assert_eq!(ecotone::equations::money::narrowed(0.3, 1.0), 0.3);
/// ```
pub fn narrowed(share: f64, left: f64) -> f64 {
    if left == 1.0 { share } else { 1.0 - (1.0 - share) * left }
}

/// Factor on creation: `1 + spend / scale`; 1 without a scale.
///
/// ```
/// assert_eq!(ecotone::equations::money::encouraged(3.0, 2.0), 2.5);
/// assert_eq!(ecotone::equations::money::encouraged(3.0, 0.0), 1.0);
/// ```
pub fn encouraged(spend: f64, scale: f64) -> f64 {
    if scale == 0.0 { 1.0 } else { 1.0 + spend / scale }
}
