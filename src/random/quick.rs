//! Gumbel and normal draws to about four digits with certified errors: enough to decide most comparisons.
//!
//! A comparison decided by quick draws whose difference exceeds their errors has the same result as one
//! decided by the draws themselves, so this changes the time that a choice takes and nothing else. Plain
//! single-precision arithmetic without branches, so that a processor computes many draws side by side.

/// Bits of a draw that are read.
const BITS: u32 = 23;
/// Draws closer than this to 0 or 1, in units of 2^-23, are rare.
const RARE: u32 = 1 << 11;

/// Largest error of [`gumbel`], save for rare draws; a test visits every value.
pub const GUMBEL_ERROR: f64 = 3e-4;
/// Largest error of [`normal`], save for rare draws; a test visits every value.
pub const NORMAL_ERROR: f64 = 2e-4;

/// Whether a draw is so close to 0 or 1 (one in two thousand) that nothing is promised of its quick laws.
///
/// ```
/// assert!(ecotone::random::quick::is_rare(u32::MAX) && !ecotone::random::quick::is_rare(u32::MAX / 2));
/// ```
#[inline(always)]
pub fn is_rare(bits: u32) -> bool {
    first(bits).wrapping_sub(RARE) >= (1 << BITS) - 2 * RARE
}

/// Standard Gumbel, -ln(-ln U), near [`super::law::gumbel`].
///
/// ```
/// let quick = f64::from(ecotone::random::quick::gumbel(1 << 31));
/// assert!((quick - 0.366_512_920_581_664_3).abs() < 3e-4);
/// ```
#[inline(always)]
pub fn gumbel(bits: u32) -> f32 {
    -ln(-ln(uniform(bits)))
}

/// Standard normal, near [`super::law::normal_quantile`]: (2u - 1) times a polynomial in -ln(4u(1 - u)),
/// fitted for the least largest error.
///
/// ```
/// let quick = f64::from(ecotone::random::quick::normal((0.975 * 2f64.powi(32)) as u32));
/// assert!((quick - 1.959_963_984_540_054).abs() < 2e-4);
/// ```
#[inline(always)]
pub fn normal(bits: u32) -> f32 {
    const TERMS: [f32; 7] = [
        1.253_483_7,
        0.327_060_5,
        0.018_154_481,
        -0.004_614_915_7,
        0.000_257_405_48,
        1.054_612_6e-5,
        -1.172_669_4e-6,
    ];
    let above = uniform(bits);
    let below = 1.0 - above;
    let depth = -ln(4.0 * above * below);
    (above - below) * polynomial(&TERMS, depth)
}

/// Quick normals per step: sixteen bits hold every draw that is not rare.
const STEPS: f32 = 32_767.0 / 3.5;
/// Stands for a rare draw among steps.
pub const RARE_STEPS: i16 = i16::MIN;
/// Largest error of [`from_steps`], save for rare draws: that of [`normal`] and half a step.
pub const STEPS_ERROR: f64 = NORMAL_ERROR + 6e-5;

/// A quick normal rounded to steps of 3.5/32767 = 1.07e-4, or [`RARE_STEPS`].
///
/// ```
/// use ecotone::random::quick::{from_steps, normal_steps};
/// let steps = normal_steps((0.975 * 2f64.powi(32)) as u32);
/// assert!((f64::from(from_steps(steps)) - 1.959_963_984_540_054).abs() < 2.6e-4);
/// ```
pub fn normal_steps(bits: u32) -> i16 {
    if is_rare(bits) { RARE_STEPS } else { (normal(bits) * STEPS).round() as i16 }
}

/// The normal that steps stand for.
#[inline(always)]
pub fn from_steps(steps: i16) -> f32 {
    f32::from(steps) * (1.0 / STEPS)
}

#[inline(always)]
fn first(bits: u32) -> u32 {
    bits >> (32 - BITS)
}

/// The middle of the draws with the same first bits; exact.
#[inline(always)]
fn uniform(bits: u32) -> f32 {
    const ONE: u32 = 0x3f80_0000;
    const ALL_BUT_HALF: f32 = 1.0 - 0.5 / (1 << BITS) as f32;
    f32::from_bits(ONE | first(bits)) - ALL_BUT_HALF
}

/// Natural logarithm of a positive normal number; relative error below 1e-5.
#[inline(always)]
fn ln(x: f32) -> f32 {
    const SQRT_HALF: u32 = 0x3f35_04f3;
    const TERMS: [f32; 6] =
        [1.000_004_5, -0.499_902_2, 0.332_580_24, -0.254_032_7, 0.220_559_33, -0.142_920_58];
    let bits = x.to_bits();
    let k = (bits.wrapping_sub(SQRT_HALF) as i32) >> 23;
    let r = f32::from_bits(bits.wrapping_sub((k << 23) as u32)) - 1.0;
    k as f32 * core::f32::consts::LN_2 + r * polynomial(&TERMS, r)
}

#[inline(always)]
fn polynomial<const N: usize>(terms: &[f32; N], x: f32) -> f32 {
    terms.iter().rev().fold(0.0, |sum, term| sum * x + term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::law;

    /// Quick draws see the first bits only, and laws are monotone: the draws with the same first bits lie between
    /// their first and last.
    #[test]
    fn errors_stay_below_their_bounds_everywhere() {
        for bits in (0..=u32::MAX).step_by(1 << (32 - BITS)).filter(|&bits| !is_rare(bits)) {
            let low = u64::from(bits) << 32;
            for draw in [low, low | (u64::MAX >> BITS)] {
                let error = (f64::from(gumbel(bits)) - law::gumbel(draw)).abs();
                assert!(error < GUMBEL_ERROR, "Gumbel {draw}: {error}");
                let error = (f64::from(normal(bits)) - law::normal_quantile(law::uniform(draw))).abs();
                assert!(error < NORMAL_ERROR, "normal {draw}: {error}");
                let steps = f64::from(from_steps(normal_steps(bits)));
                let error = (steps - law::normal_quantile(law::uniform(draw))).abs();
                assert!(error < STEPS_ERROR, "normal in steps {draw}: {error}");
            }
        }
    }

    #[test]
    fn one_draw_in_two_thousand_is_rare() {
        let rare = (0..=u32::MAX).step_by(1 << (32 - BITS)).filter(|&bits| is_rare(bits)).count();
        assert_eq!(rare, 2 * RARE as usize);
    }
}
