//! The tipping guard of a symmetric market, in closed form.

use crate::maths::exp;

/// Switching inertia `D = (e^kappa - 1) / (e^kappa + P - 1)`: how much of a deviation one reconsideration
/// keeps when P symmetric platforms have a common migration cost kappa.
///
/// ```
/// assert_eq!(ecotone::equations::guard::inertia(2, 0.0), 0.0);
/// ```
pub fn inertia(platforms: usize, kappa: f64) -> f64 {
    let grown = exp(kappa);
    (grown - 1.0) / (grown + platforms as f64 - 1.0)
}

/// Tie strength at which a symmetric, well-mixed market without outside tips: `beta_s* = P / (1 + D)`.
///
/// ```
/// // Two platforms, no migration cost: beta_s* = 2, the Brock-Durlauf threshold beta J = 1.
/// assert_eq!(ecotone::equations::guard::critical_tie_strength(2, 0.0), 2.0);
/// ```
pub fn critical_tie_strength(platforms: usize, kappa: f64) -> f64 {
    platforms as f64 / (1.0 + inertia(platforms, kappa))
}

/// Slow mode `Lam = D + (beta_s / P)(1 - D^2)`; the market tips at 1 and relaxes in
/// `1 / (lambda_0 (1 - Lam))` days below.
///
/// ```
/// assert_eq!(ecotone::equations::guard::slow_mode(2, 0.0, 1.0), 0.5);
/// ```
pub fn slow_mode(platforms: usize, kappa: f64, beta_s: f64) -> f64 {
    let inertia = inertia(platforms, kappa);
    inertia + beta_s / platforms as f64 * (1.0 - inertia * inertia)
}
