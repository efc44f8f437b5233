//! Mathematical functions, the same bits on every processor: `libm`, wrapped once.
//!
//! The standard library's versions are forbidden by lint (`clippy.toml`).

/// e^x.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e^x - 1, accurate near 0.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), accurate near 0.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Binary logarithm.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// Decimal logarithm.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// x^y.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Natural logarithm of the gamma function.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Complementary error function, 1 - erf x, accurate in the far tail.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Logistic function 1 / (1 + e^-x).
///
/// ```
/// assert_eq!(ecotone::maths::logistic(0.0), 0.5);
/// ```
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Square root; exact in IEEE arithmetic, so the standard one serves.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// Natural logarithm by a fixed polynomial, for hot loops over draws.
///
/// x must be a positive normal number; relative error below 4e-16 (two units in the last place). Only
/// additions, multiplications and one division, in one order, so every processor and vector width gives
/// the same bits. ln x = k ln 2 + 2 artanh s with s = (m - 1)/(m + 1), m in `[sqrt 1/2, sqrt 2)`.
///
/// ```
/// assert!((ecotone::maths::ln_poly(10.0) - 2.302585092994046).abs() < 1e-15);
/// ```
#[inline(always)]
pub fn ln_poly(x: f64) -> f64 {
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    let bits = x.to_bits();
    let k = (bits.wrapping_sub(SQRT_HALF) as i64) >> 52;
    let m = f64::from_bits(bits.wrapping_sub((k << 52) as u64));
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let z2 = z * z;
    let z4 = z2 * z2;
    let low = (1.0 / 3.0 + z * (1.0 / 5.0)) + z2 * (1.0 / 7.0 + z * (1.0 / 9.0));
    let high = (1.0 / 11.0 + z * (1.0 / 13.0)) + z2 * (1.0 / 15.0 + z * (1.0 / 17.0));
    let tail = low + z4 * (high + z4 * (1.0 / 19.0));
    k as f64 * core::f64::consts::LN_2 + (2.0 * s + 2.0 * s * (z * tail))
}

/// e^x by a fixed polynomial, for hot loops over users; x is cut to -700..=700.
///
/// Relative error below 1e-15; the same bits on every processor and vector width.
///
/// ```
/// assert!((ecotone::maths::exp_poly(1.0) - core::f64::consts::E).abs() < 1e-15);
/// ```
#[inline(always)]
pub fn exp_poly(x: f64) -> f64 {
    const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 * 2^52: adding it rounds to a whole number
    const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = x.clamp(-700.0, 700.0);
    let shifted = x * core::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    let high = (1.0 / 40_320.0 + r * (1.0 / 362_880.0)) + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let last = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(0x3ff0_0000_0000_0000));
    (low + r4 * (middle + r4 * (high + r4 * last))) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_agree_with_libm() {
        for i in 1..200_000 {
            let x = f64::from(i) * 0.003_7;
            let (own, other) = (ln_poly(x), ln(x));
            assert!((own - other).abs() <= 4e-16 * other.abs().max(1e-3), "ln {x}: {own} {other}");
            let tiny = f64::from(i) * 1e-17;
            assert!((ln_poly(tiny) / ln(tiny) - 1.0).abs() < 5e-16, "ln {tiny}");
            let y = f64::from(i - 100_000) * 0.006_9;
            assert!((exp_poly(y) / exp(y) - 1.0).abs() < 1e-15, "exp {y}: {} {}", exp_poly(y), exp(y));
        }
    }

    #[test]
    fn logarithm_keeps_its_relative_accuracy_next_to_one() {
        for i in 1..60 {
            let x = 1.0 - pow(2.0, -f64::from(i.min(53)));
            if x < 1.0 {
                assert!((ln_poly(x) / ln(x) - 1.0).abs() < 1e-15, "{x}");
            }
        }
    }
}
