//! The laws that draws follow, as functions of bits.

use crate::maths::{erfc, ln_poly, sqrt};
use rand::{Rng, RngExt};
use rand_distr::Distribution;

/// Uniform in (0, 1) from 64 bits; never 0 or 1.
///
/// ```
/// assert_eq!(ecotone::random::law::uniform(1 << 63), 0.5 + 0.5f64.powi(53));
/// ```
#[inline(always)]
pub fn uniform(bits: u64) -> f64 {
    const HALF_ULP: f64 = 1.0 / 9_007_199_254_740_992.0; // 2^-53
    (bits >> 12) as f64 * (2.0 * HALF_ULP) + HALF_ULP
}

/// Uniform in (0, 1) from 32 bits.
#[inline(always)]
pub fn uniform32(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// Standard Gumbel, -ln(-ln U): mean 0.5772, variance pi^2 / 6.
///
/// ```
/// // The median of the law is -ln(ln 2) = 0.36651.
/// assert!((ecotone::random::law::gumbel(1 << 63) - 0.366_512_920_581_664_3).abs() < 1e-14);
/// ```
#[inline(always)]
pub fn gumbel(bits: u64) -> f64 {
    -ln_poly(-ln_poly(uniform(bits)))
}

/// Standard normal by inversion: Wichura's algorithm AS 241 (Applied Statistics 37, 1988), about 16 digits.
///
/// ```
/// let p = 0.975;
/// assert!((ecotone::random::law::normal_quantile(p) - 1.959_963_984_540_054).abs() < 1e-13);
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRE_ABOVE, &CENTRE_BELOW);
    }
    let r = sqrt(-ln_poly(if q < 0.0 { p } else { 1.0 - p }));
    let tail = if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE_ABOVE, &MIDDLE_BELOW)
    } else {
        ratio(r - 5.0, &FAR_ABOVE, &FAR_BELOW)
    };
    if q < 0.0 { -tail } else { tail }
}

/// Probability that a standard normal variable is at most `z`: erfc(-z / sqrt 2) / 2.
///
/// ```
/// let z = 1.959_963_984_540_054;
/// assert!((ecotone::random::law::normal_probability(z) - 0.975).abs() < 1e-15);
/// ```
pub fn normal_probability(z: f64) -> f64 {
    0.5 * erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

#[inline(always)]
fn ratio(r: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, &c| sum * r + c);
    horner(above) / horner(below)
}

const CENTRE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const MIDDLE_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_9,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

/// The standard Gumbel law for generators.
#[derive(Clone, Copy, Debug)]
pub struct Gumbel;

impl Distribution<f64> for Gumbel {
    fn sample<R: Rng + ?Sized>(&self, generator: &mut R) -> f64 {
        gumbel(generator.random::<u64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Chance, Purpose};

    /// V01: mean 0.5772156649, variance 1.6449340668; four standard errors at n = 1e6.
    #[test]
    fn gumbel_has_its_moments() {
        let mut generator = Chance::new(7, 0).generator(0, 0, Purpose::Choice);
        let n = 1_000_000;
        let draws: Vec<f64> = (0..n).map(|_| Gumbel.sample(&mut generator)).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n - 1);
        assert!((mean - 0.577_215_664_9).abs() < 4.0 * 1.2825 / 1000.0, "{mean}");
        // The kurtosis of the law is 5.4: the standard error of the variance is 1.645 sqrt(4.4 / n).
        assert!((variance - 1.644_934_066_8).abs() < 4.0 * 1.645 * 2.098 / 1000.0, "{variance}");
    }

    /// Quantiles from scipy.stats.norm.ppf (scipy 1.11).
    #[test]
    fn normal_quantiles() {
        let cases = [
            (1e-10, -6.361_340_902_404_056),
            (0.001, -3.090_232_306_167_813_6),
            (0.3, -0.524_400_512_708_040_9),
            (0.5, 0.0),
            (0.95, 1.644_853_626_951_472_2),
            (1.0 - 1e-7, 5.199_337_582_290_661),
        ];
        for (p, quantile) in cases {
            assert!((normal_quantile(p) - quantile).abs() < 2e-9, "{p}: {}", normal_quantile(p));
        }
    }
}
