//! Gumbel and normal draws to about four digits with certified errors: enough to decide most comparisons.
//!
//! A comparison decided by quick draws whose difference exceeds their errors has the same result as one
//! decided by the draws themselves, so this changes the time that a choice takes and nothing else. Plain
//! single-precision arithmetic without branches, so that a processor computes many draws side by side.

/// Bits of a draw that [`normal`] reads.
const BITS: u32 = 23;
/// Draws closer than this to 0 or 1, in units of 2^-23, are rare for [`normal`].
const RARE: u32 = 1 << 11;
/// Draws closer than this to 0 or 1, in units of 2^-32, are extreme for [`gumbel`].
const EXTREME: u32 = 1 << 16;

/// Largest error of [`gumbel`], save for extreme draws.
pub const GUMBEL_ERROR: f64 = 1.6e-4;
/// Largest error of [`normal`], save for rare draws; a test visits every value.
pub const NORMAL_ERROR: f64 = 2e-4;

/// Whether a draw is so close to 0 or 1 (one in two thousand) that nothing is promised of [`normal`].
///
/// ```
/// assert!(ecotone::random::quick::is_rare(u32::MAX) && !ecotone::random::quick::is_rare(u32::MAX / 2));
/// ```
#[inline(always)]
pub fn is_rare(bits: u32) -> bool {
    first(bits).wrapping_sub(RARE) >= (1 << BITS) - 2 * RARE
}

/// Whether a draw is so close to 0 or 1 (one in thirty thousand) that nothing is promised of [`gumbel`].
///
/// ```
/// assert!(ecotone::random::quick::is_extreme(9) && !ecotone::random::quick::is_extreme(u32::MAX / 30_000));
/// ```
#[inline(always)]
pub fn is_extreme(bits: u32) -> bool {
    bits.wrapping_sub(EXTREME) >= (2 * EXTREME).wrapping_neg()
}

/// Standard Gumbel, -ln(-ln U), near [`super::law::gumbel`].
///
/// ```
/// let quick = f64::from(ecotone::random::quick::gumbel(1 << 31));
/// assert!((quick - 0.366_512_920_581_664_3).abs() < 1.6e-4);
/// ```
#[inline(always)]
pub fn gumbel(bits: u32) -> f32 {
    -ln(-ln_uniform(bits))
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

/// Largest normal that steps hold; two draws in a thousand million are beyond.
const LAST_STEP: f64 = 6.0;
/// Steps per unit of a noted normal: sixteen bits hold all.
const STEPS: f64 = 32_767.0 / LAST_STEP;
/// Stands for a draw beyond the last step.
pub const BEYOND: i16 = i16::MIN;
/// Largest error of [`from_steps`]: half a step, and its rounding to single precision.
pub const STEPS_ERROR: f64 = 0.5 / STEPS + 1e-6;

/// A normal noted in steps of 6/32767 = 1.83e-4, or [`BEYOND`].
///
/// ```
/// use ecotone::random::quick::{from_steps, normal_steps};
/// assert!((f64::from(from_steps(normal_steps(1.959_964))) - 1.959_964).abs() < 9.3e-5);
/// ```
pub fn normal_steps(normal: f64) -> i16 {
    if normal.abs() > LAST_STEP { BEYOND } else { (normal * STEPS).round() as i16 }
}

/// The normal that steps stand for.
#[inline(always)]
pub fn from_steps(steps: i16) -> f32 {
    f32::from(steps) * (1.0 / STEPS) as f32
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

/// Natural logarithm of the draw. Near 1 it is read from what is missing to 1, or nothing of it would be left.
#[inline(always)]
fn ln_uniform(bits: u32) -> f32 {
    let (k, m) = split(middle(bits));
    ln_of_parts(k, if k == 0 { -middle(!bits) } else { m - 1.0 })
}

/// The middle of the draws with the same first 31 bits, to 24 digits.
#[inline(always)]
fn middle(bits: u32) -> f32 {
    const SCALE: f32 = 1.0 / (1_u32 << 31) as f32;
    ((bits >> 1) as i32 as f32 + 0.5) * SCALE
}

/// Natural logarithm of a positive normal number; relative error below 1e-5.
#[inline(always)]
fn ln(x: f32) -> f32 {
    let (k, m) = split(x);
    ln_of_parts(k, m - 1.0)
}

/// Exponent and mantissa of a positive normal number, the mantissa in `[sqrt 1/2, sqrt 2)`.
#[inline(always)]
fn split(x: f32) -> (i32, f32) {
    const SQRT_HALF: u32 = 0x3f35_04f3;
    let bits = x.to_bits();
    let k = (bits.wrapping_sub(SQRT_HALF) as i32) >> 23;
    (k, f32::from_bits(bits.wrapping_sub((k << 23) as u32)))
}

/// ln of 2^k (1 + r).
#[inline(always)]
fn ln_of_parts(k: i32, r: f32) -> f32 {
    const TERMS: [f32; 6] =
        [1.000_004_5, -0.499_902_2, 0.332_580_24, -0.254_032_7, 0.220_559_33, -0.142_920_58];
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

    /// Quick normals see the first bits only, and laws are monotone: the draws with the same first bits lie between
    /// their first and last.
    #[test]
    fn errors_of_normals_stay_below_their_bounds_everywhere() {
        for bits in (0..=u32::MAX).step_by(1 << (32 - BITS)).filter(|&bits| !is_rare(bits)) {
            let low = u64::from(bits) << 32;
            for draw in [low, low | (u64::MAX >> BITS)] {
                let exact = law::normal_quantile(law::uniform(draw));
                let error = (f64::from(normal(bits)) - exact).abs();
                assert!(error < NORMAL_ERROR, "normal {draw}: {error}");
                let error = (f64::from(from_steps(normal_steps(exact))) - exact).abs();
                assert!(error < STEPS_ERROR, "normal in steps {draw}: {error}");
            }
        }
    }

    /// Both ends densely, and the middle by steps of an odd number; of the draws that look alike the first and last.
    #[test]
    fn errors_of_gumbels_stay_below_their_bound() {
        let last = u32::MAX - EXTREME;
        let ends = (EXTREME..1 << 20).chain(last - (1 << 20)..=last);
        for bits in ends.chain((EXTREME..=last).step_by(1_009)) {
            assert!(!is_extreme(bits));
            for draw in [u64::from(bits) << 32, u64::from(bits) << 32 | u64::from(u32::MAX)] {
                let error = (f64::from(gumbel(bits)) - law::gumbel(draw)).abs();
                assert!(error < GUMBEL_ERROR, "Gumbel {draw}: {error}");
            }
        }
        assert!(is_extreme(EXTREME - 1) && is_extreme(last + 1) && is_extreme(0) && is_extreme(u32::MAX));
    }

    #[test]
    fn normals_beyond_the_last_step_are_told() {
        assert_eq!([normal_steps(6.1), normal_steps(-7.0)], [BEYOND; 2]);
        assert_eq!([normal_steps(6.0), normal_steps(-6.0)], [32_767, -32_767]);
    }

    #[test]
    fn one_draw_in_two_thousand_is_rare() {
        let rare = (0..=u32::MAX).step_by(1 << (32 - BITS)).filter(|&bits| is_rare(bits)).count();
        assert_eq!(rare, 2 * RARE as usize);
    }
}
