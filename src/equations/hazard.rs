//! E12: why a user reconsiders today.

use crate::maths::exp;

/// Hazard of reconsidering: `1 - (1 - lambda_0)(1 - lambda_e e)(1 - lambda_w)^d`. The engine draws the three
/// triggers one by one, which has this law.
///
/// ```
/// let h = ecotone::equations::hazard::reconsidering(0.1, 0.5 * 0.2, 0.5, 2);
/// assert!((h - (1.0 - 0.9 * 0.9 * 0.25)).abs() < 1e-15);
/// ```
pub fn reconsidering(spontaneous: f64, news: f64, word: f64, movers: u32) -> f64 {
    1.0 - (1.0 - spontaneous) * (1.0 - news) * crate::maths::pow(1.0 - word, f64::from(movers))
}

/// Salience tomorrow without news: `e <- e exp(-1 / tau_e)`.
///
/// ```
/// let kept = ecotone::equations::hazard::fading(7.0);
/// assert!((kept - 0.866_877_899_750_182_2).abs() < 1e-12);
/// ```
pub fn fading(tau: f64) -> f64 {
    exp(-1.0 / tau)
}
