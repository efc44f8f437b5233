//! E4: the share of a user's ties that live on a platform.

use crate::maths::exp;

/// Share of ties, in 0..=1: `s = (nF + open rho nT) / k`, friends on the platform count fully, taste
/// neighbours as far as the platform is open and relations have been built.
///
/// ```
/// // 2 friends and 4 taste neighbours of 16 ties, half open, fully built.
/// assert_eq!(ecotone::equations::ties::share(2.0, 4.0, 0.5, 1.0, 1.0 / 16.0), 0.25);
/// ```
#[inline(always)]
pub fn share(friends: f64, taste: f64, open: f64, ramp: f64, inverse_degree: f64) -> f64 {
    (friends + open * ramp * taste) * inverse_degree
}

/// How far taste relations have been built after `tenure` days: `rho = 1 - e^(-a / tau_T)`; `tau_T = 0` gives 1.
///
/// ```
/// let rho = ecotone::equations::ties::ramp(60.0, 60.0);
/// assert!((rho - 0.632_120_558_828_557_7).abs() < 1e-15);
/// assert_eq!(ecotone::equations::ties::ramp(0.0, 0.0), 1.0);
/// ```
pub fn ramp(tenure: f64, tau: f64) -> f64 {
    if tau == 0.0 { 1.0 } else { 1.0 - exp(-tenure / tau) }
}
