//! E1-E3: how well a platform's catalogue covers what a user wants to hear.

use crate::maths::{exp, exp_m1};

/// Coverage of a genre, in 0..=1: `A = 1 - (1 - A_lic)(1 - O)` (E2), where the licensed coverage
/// `A_lic = sum_l w_l L_l` (E1) weighs each rights holder's licence share by its share of demand, and
/// originals O substitute for missing licences.
///
/// ```
/// // V21: licensed .7, originals .2 cover .76.
/// let a = ecotone::equations::catalogue::coverage([(1.0, 0.7)], 0.2);
/// assert!((a - 0.76).abs() < 1e-12);
/// ```
pub fn coverage(holders: impl IntoIterator<Item = (f64, f64)>, originals: f64) -> f64 {
    let licensed: f64 = holders.into_iter().map(|(weight, licence)| weight * licence).sum();
    1.0 - (1.0 - licensed) * (1.0 - originals)
}

/// Worth of coverage, in 0..=1: `phi(x) = (1 - e^(-chi x)) / (1 - e^(-chi))` (E3); `chi -> 0` gives x.
///
/// ```
/// use ecotone::equations::catalogue::worth;
/// // V21
/// let worths = [(0.25, 0.455_054_233_9), (0.5, 0.731_058_578_6), (0.75, 0.898_463_675_9), (0.99, 0.996_838_133_9)];
/// assert!(worths.iter().all(|&(coverage, phi)| (worth(coverage, 2.0) - phi).abs() < 1e-9));
/// assert_eq!(worth(0.5, 0.0), 0.5);
/// ```
pub fn worth(coverage: f64, chi: f64) -> f64 {
    if chi < 1e-9 { coverage } else { (1.0 - exp(-chi * coverage)) / -exp_m1(-chi) }
}

/// Match of a user's tastes with a platform, in 0..=1: `m = sum_g theta_g phi(A_g)` (E3).
///
/// ```
/// assert_eq!(ecotone::equations::catalogue::matching(&[0.5, 0.5], &[1.0, 0.2]), 0.6);
/// ```
pub fn matching(tastes: &[f64], worths: &[f64]) -> f64 {
    tastes.iter().zip(worths).map(|(taste, worth)| taste * worth).sum()
}
