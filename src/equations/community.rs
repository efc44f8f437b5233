//! E5: the stock of community content on a platform.

use crate::maths::ln_1p;

/// Stock tomorrow, items per head and day: `K <- (1 - delta) K + delta y`.
///
/// ```
/// assert_eq!(ecotone::equations::community::stock(1.0, 0.0, 0.25), 0.75);
/// ```
pub fn stock(today: f64, flow: f64, delta: f64) -> f64 {
    (1.0 - delta) * today + delta * flow
}

/// Content as felt by users, nats before weighing: `b = ln(1 + K / K_ref)`.
///
/// ```
/// assert!((ecotone::equations::community::felt(0.05, 0.05) - 0.693_147_180_559_945_3).abs() < 1e-15);
/// ```
pub fn felt(stock: f64, reference: f64) -> f64 {
    ln_1p(stock / reference)
}
