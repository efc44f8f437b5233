//! E14: how likely a user is active today, log-odds.

/// The drivers of activity, log-odds per unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drivers {
    /// Catalogue match, psi_m.
    pub matching: f64,
    /// Ties, psi_s (multiplied by the user's social weight).
    pub ties: f64,
    /// Community content, psi_u.
    pub content: f64,
    /// Being a payer, psi_paid.
    pub paid: f64,
    /// Feature pulse, psi_f.
    pub pulse: f64,
}

/// Log-odds without ties: `q0 + psi_m m + psi_u open b + psi_paid 1(tier > 0) + psi_f F`.
///
/// ```
/// use ecotone::equations::activity::{Drivers, log_odds};
/// let drivers = Drivers { matching: 0.8, ties: 1.8, content: 0.1, paid: 0.6, pulse: 1.0 };
/// assert!((log_odds(&drivers, -2.5, 0.5, 0.0, true, 0.0) + 1.5).abs() < 1e-12);
/// ```
pub fn log_odds(drivers: &Drivers, base: f64, matching: f64, content: f64, paid: bool, pulse: f64) -> f64 {
    let paid = if paid { drivers.paid } else { 0.0 };
    base + drivers.matching * matching + drivers.content * content + paid + drivers.pulse * pulse
}

/// Strength of a feature pulse after `days`: `size 2^(-days / half_life)`.
///
/// ```
/// assert_eq!(ecotone::equations::activity::pulse(0.4, 30.0, 60.0), 0.1);
/// ```
pub fn pulse(size: f64, half_life: f64, days: f64) -> f64 {
    size * crate::maths::pow(2.0, -days / half_life)
}
