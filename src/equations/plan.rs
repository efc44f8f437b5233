//! E15-E16: the value of a plan, and the choice among plans.

use crate::maths::{exp_poly, ln_poly, log2};

/// Plans: free, basic, premium.
pub const TIERS: usize = 3;

/// Motives to pay, nats per unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motives {
    /// Feature unlocking, w_F.
    pub feature: f64,
    /// Identity affirmation, w_I.
    pub identity: f64,
    /// Paying ties, w_V per doubling.
    pub peers: f64,
}

/// What speaks for a paid plan, nats, by motive: feature `w_F F q`, identity `w_I B z s`, peers
/// `w_V log2(1 + min(v, 7))`.
///
/// ```
/// use ecotone::equations::plan::{Motives, reasons};
/// let motives = Motives { feature: 1.3, identity: 4.0, peers: 0.45 };
/// let [feature, identity, peers] = reasons(&motives, (0.5, 0.25), 0.4, 0.5, 3.0);
/// assert_eq!((feature, identity, peers), (1.3 * 0.5 * 0.4, 4.0 * 0.25 * 0.5, 0.9));
/// ```
#[inline(always)]
pub fn reasons(
    motives: &Motives,
    (feature, identity): (f64, f64),
    activity: f64,
    social_share: f64,
    paying_ties: f64,
) -> [f64; 3] {
    let peers = if motives.peers == 0.0 { 0.0 } else { motives.peers * doublings(paying_ties.min(7.0)) };
    [motives.feature * feature * activity, motives.identity * identity * social_share, peers]
}

/// log2(1 + v) for v in 0..=7; whole numbers, and ties nearly always are, need no logarithm.
#[inline(always)]
fn doublings(v: f64) -> f64 {
    const WHOLE: [f64; 8] = [
        0.0,
        1.0,
        1.584_962_500_721_156,
        2.0,
        2.321_928_094_887_362,
        2.584_962_500_721_156,
        2.807_354_922_057_604,
        3.0,
    ];
    let whole = v as usize;
    if whole < WHOLE.len() && whole as f64 == v { WHOLE[whole] } else { log2(1.0 + v) }
}

/// Inclusive value of the plans (E16): `I = rho ln sum exp(W / rho)`, nats. Plans that do not exist have
/// `W = -inf`.
///
/// ```
/// use ecotone::equations::plan::inclusive_value;
/// assert_eq!(inclusive_value(&[0.0, f64::NEG_INFINITY, f64::NEG_INFINITY], 1.0), 0.0);
/// // V01, nested logit: nest {1.0, 0.8} at rho .5 has inclusive value 1.2565076262.
/// let i = inclusive_value(&[1.0, 0.8, f64::NEG_INFINITY], 0.5);
/// assert!((i - 1.256_507_626_2).abs() < 1e-9);
/// ```
#[inline(always)]
pub fn inclusive_value(values: &[f64; TIERS], rho: f64) -> f64 {
    let best = values[0].max(values[1]).max(values[2]);
    let part = |value: f64| if value == f64::NEG_INFINITY { 0.0 } else { exp_poly((value - best) / rho) };
    best + rho * ln_poly(part(values[0]) + part(values[1]) + part(values[2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doublings_are_binary_logarithms_to_the_last_bit() {
        for step in 0..=70 {
            let v = f64::from(step) / 10.0;
            assert_eq!(doublings(v), log2(1.0 + v), "{v}");
        }
    }
}
