//! Expected discounted lifetime: how many billing cycles a new member is worth.

/// Value of a member whose retention is the same in every cycle: m (1+d) / (1+d-r), the sum of
/// m r^t / (1+d)^t from t = 0; m margin per cycle, r retention in 0..=1, d discount rate per cycle.
/// NaN where the sum has no limit.
///
/// Source: Gupta and Lehmann 2003.
///
/// ```
/// let value = ecotone::stats::lifetime::geometric_value(4.8, 0.96, 0.01);
/// assert!((value - 96.96).abs() < 1e-9);
/// ```
pub fn geometric_value(margin: f64, retention: f64, discount: f64) -> f64 {
    if 1.0 + discount <= retention {
        f64::NAN
    } else {
        margin * (1.0 + discount) / (1.0 + discount - retention)
    }
}

/// Discounted expected lifetime under sBG retention, in cycles: the sum over t >= 0 of S(t) / (1+d)^t =
/// 2F1(1, beta; alpha+beta; 1/(1+d)). Without discount it is (alpha+beta-1) / (alpha-1) for alpha > 1 and
/// has no limit (NaN) otherwise.
///
/// Source: Fader and Hardie 2010, equation 6 of the note on the discounted expected residual lifetime.
///
/// ```
/// let cycles = ecotone::stats::lifetime::discounted_lifetime(0.668088, 3.806095, 0.1);
/// assert!((cycles - 5.92225506).abs() < 1e-5);
/// ```
pub fn discounted_lifetime(alpha: f64, beta: f64, discount: f64) -> f64 {
    let is_defined = alpha > 0.0 && beta > 0.0 && discount >= 0.0;
    if !is_defined || (discount == 0.0 && alpha <= 1.0) {
        return f64::NAN;
    }
    if discount == 0.0 {
        return (alpha + beta - 1.0) / (alpha - 1.0);
    }
    let ratio = 1.0 / (1.0 + discount);
    let (mut term, mut sum, mut cycle) = (1.0, 0.0, 0.0);
    // Later terms fall at least as fast as the ratio, so what is left is below term / (1 - ratio).
    while term / (1.0 - ratio) > 1e-13 * sum && cycle < 1e7 {
        sum += term;
        term *= ratio * (beta + cycle) / (alpha + beta + cycle);
        cycle += 1.0;
    }
    sum
}
