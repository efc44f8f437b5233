//! Bounds of a draw by its first bits: enough to decide most comparisons without computing a logarithm.
//!
//! A comparison decided by bounds has the same result as one decided by the draw itself, so bounds change the
//! time that a decision takes and nothing else.

use super::law::{gumbel, uniform};
use crate::maths::ln_poly;

const BITS: u32 = 9;
/// Covers the rounding of a bound to single precision.
const MARGIN: f64 = 1e-5;

/// Lower and upper bounds of an increasing law by the first nine bits of the draw.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstBits(Vec<[f32; 2]>);

impl FirstBits {
    /// Bounds of the standard logistic law, ln(u / (1 - u)).
    pub fn logistic() -> Self {
        Self::of(|bits| ln_poly(uniform(bits)) - ln_poly(uniform(!bits)))
    }

    /// Bounds of the standard Gumbel law.
    pub fn gumbel() -> Self {
        Self::of(gumbel)
    }

    fn of(law: impl Fn(u64) -> f64) -> Self {
        let first = |bin: u64| bin << (64 - BITS);
        let last = |bin: u64| first(bin) | (u64::MAX >> BITS);
        let bin = |bin| [(law(first(bin)) - MARGIN) as f32, (law(last(bin)) + MARGIN) as f32];
        Self((0..1 << BITS).map(bin).collect())
    }

    /// Lower and upper bound of the draw that begins with these 32 bits.
    #[inline(always)]
    pub fn at(&self, word: u32) -> [f32; 2] {
        self.0[(word >> (32 - BITS)) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::{ln, ln_1p};
    use crate::random::address::mix;
    use crate::random::law::uniform32;

    #[test]
    fn draws_lie_between_their_bounds() {
        let (of_logistic, of_gumbel) = (FirstBits::logistic(), FirstBits::gumbel());
        let ends = (0..512).flat_map(|bin: u32| [bin << 23, (bin << 23) | (u32::MAX >> 9)]);
        for word in (0..200_000).map(|number| mix(number) as u32).chain(ends) {
            let u = uniform32(word);
            let cases = [(&of_logistic, ln(u) - ln_1p(-u)), (&of_gumbel, gumbel(u64::from(word) << 32))];
            for (bounds, draw) in cases {
                let [low, high] = bounds.at(word);
                assert!(f64::from(low) < draw && draw < f64::from(high), "{word}: {low} {draw} {high}");
                let at_an_end = word >> 23 == 0 || word >> 23 == 511;
                assert!(at_an_end || high - low < 0.7, "{word}: {low} {high}");
            }
        }
    }
}
