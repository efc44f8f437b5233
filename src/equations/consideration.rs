//! E10: whether a platform comes to mind.

use crate::maths::exp_poly;

/// Probability of being considered: `1 - (1 - aware)(1 - omega)^n`, n ties there (taste ties as far as the
/// platform is open). `log_silence` is ln(1 - omega).
///
/// ```
/// // V25: awareness .05, omega .04, four ties.
/// let p = ecotone::equations::consideration::probability(0.05, (1.0f64 - 0.04).ln(), 4.0);
/// assert!((p - 0.193_120_768).abs() < 1e-9);
/// ```
#[inline(always)]
pub fn probability(aware: f64, log_silence: f64, ties: f64) -> f64 {
    1.0 - (1.0 - aware) * exp_poly(log_silence * ties)
}

/// Awareness under a campaign: `1 - (1 - aware)(1 - pulse)`.
///
/// ```
/// assert_eq!(ecotone::equations::consideration::with_campaign(0.5, 0.5), 0.75);
/// ```
pub fn with_campaign(aware: f64, pulse: f64) -> f64 {
    1.0 - (1.0 - aware) * (1.0 - pulse)
}
