//! Bounds of a draw from its first bits: enough to decide most comparisons without computing the draw.
//!
//! A comparison decided by bounds has the same result as one decided by the draws themselves, so bounds
//! change the time that a choice takes and nothing else.

use super::law::{gumbel, normal_quantile, uniform};

const BITS: u32 = 9;
/// Covers the rounding of a bound to single precision.
const MARGIN: f64 = 1e-5;

/// Lower and upper bounds of a monotone law by the first nine bits of the draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds(Vec<[f32; 2]>);

impl Bounds {
    /// Bounds of the standard Gumbel law.
    pub fn gumbel() -> Self {
        Self::of(gumbel)
    }

    /// Bounds of a normal law with mean 0.
    pub fn normal(sd: f64) -> Self {
        Self::of(|bits| sd * normal_quantile(uniform(bits)))
    }

    fn of(law: impl Fn(u64) -> f64) -> Self {
        let first = |bin: u64| bin << (64 - BITS);
        let last = |bin: u64| first(bin) | (u64::MAX >> BITS);
        let bin = |bin| [(law(first(bin)) - MARGIN) as f32, (law(last(bin)) + MARGIN) as f32];
        Self((0..1 << BITS).map(bin).collect())
    }

    /// Lower and upper bound of the draw of these bits.
    #[inline(always)]
    pub fn at(&self, bits: u64) -> [f64; 2] {
        self.0[(bits >> (64 - BITS)) as usize].map(f64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::address::mix;

    #[test]
    fn draws_lie_between_their_bounds() {
        let (of_gumbel, of_normal) = (Bounds::gumbel(), Bounds::normal(1.7));
        let ends = (0..512).flat_map(|bin: u64| [bin << 55, (bin << 55) | (u64::MAX >> 9)]);
        for bits in (0..200_000).map(mix).chain(ends) {
            for (bounds, draw) in
                [(&of_gumbel, gumbel(bits)), (&of_normal, 1.7 * normal_quantile(uniform(bits)))]
            {
                let [low, high] = bounds.at(bits);
                assert!(low < draw && draw < high, "{bits}: {low} {draw} {high}");
            }
        }
    }
}
