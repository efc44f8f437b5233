//! Keyed permutations of `0..size` that store nothing: a Feistel network with cycle walking.

use super::address::mix;

const ROUNDS: usize = 4;

/// Keys of the rounds.
pub type Keys = [u32; ROUNDS];

/// Round keys from a 64-bit key.
pub fn keys(key: u64) -> Keys {
    core::array::from_fn(|round| (mix(key ^ (round as u64) << 56) >> 16) as u32)
}

/// The halves into which the numbers below a size are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Domain {
    size: u32,
    low_bits: u32,
    low_mask: u32,
    high_mask: u32,
}

impl Domain {
    /// The numbers `0..size`.
    #[inline(always)]
    pub fn new(size: u32) -> Self {
        let bits = (32 - size.saturating_sub(1).leading_zeros()).max(2);
        let low_bits = bits / 2;
        Self { size, low_bits, low_mask: (1 << low_bits) - 1, high_mask: (1 << (bits - low_bits)) - 1 }
    }
}

/// A permutation of `0..size` and its inverse, each in constant expected time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permutation {
    domain: Domain,
    keys: Keys,
}

impl Permutation {
    /// The permutation of `0..size` under a key.
    pub fn new(size: u32, key: u64) -> Self {
        Self { domain: Domain::new(size), keys: keys(key) }
    }

    /// The permutation of a domain under round keys.
    #[inline(always)]
    pub fn with_keys(domain: Domain, keys: Keys) -> Self {
        Self { domain, keys }
    }

    /// The image of `x`, which must be below the size.
    ///
    /// ```
    /// let shuffle = ecotone::random::permutation::Permutation::new(10, 1);
    /// let mut images: Vec<u32> = (0..10).map(|x| shuffle.apply(x)).collect();
    /// images.sort_unstable();
    /// assert_eq!(images, (0..10).collect::<Vec<u32>>());
    /// ```
    #[inline(always)]
    pub fn apply(&self, x: u32) -> u32 {
        let mut y = self.forward(x);
        while y >= self.domain.size {
            y = self.forward(y);
        }
        y
    }

    /// The `x` whose image is `y`.
    #[inline(always)]
    pub fn invert(&self, y: u32) -> u32 {
        let mut x = self.backward(y);
        while x >= self.domain.size {
            x = self.backward(x);
        }
        x
    }

    /// The partner of `x` in the matching that pairs neighbouring images, if it has one: with an odd size
    /// one element stays alone.
    #[inline(always)]
    pub fn partner(&self, x: u32) -> Option<u32> {
        let image = self.apply(x) ^ 1;
        (image < self.domain.size).then(|| self.invert(image))
    }

    #[inline(always)]
    fn forward(&self, x: u32) -> u32 {
        let Domain { low_bits, low_mask, high_mask, .. } = self.domain;
        let [a, b, c, d] = self.keys;
        let (mut low, mut high) = (x & low_mask, x >> low_bits);
        low ^= top(multiplied(high, a)) & low_mask;
        high ^= top(multiplied(low, b)) & high_mask;
        low ^= top(scattered(high, c)) & low_mask;
        high ^= top(scattered(low, d)) & high_mask;
        high << low_bits | low
    }

    #[inline(always)]
    fn backward(&self, x: u32) -> u32 {
        let Domain { low_bits, low_mask, high_mask, .. } = self.domain;
        let [a, b, c, d] = self.keys;
        let (mut low, mut high) = (x & low_mask, x >> low_bits);
        high ^= top(scattered(low, d)) & high_mask;
        low ^= top(scattered(high, c)) & low_mask;
        high ^= top(multiplied(low, b)) & high_mask;
        low ^= top(multiplied(high, a)) & low_mask;
        high << low_bits | low
    }
}

/// A multiplicative hash of a half and a key: enough for the outer rounds.
#[inline(always)]
fn multiplied(half: u32, key: u32) -> u64 {
    u64::from(half ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A hash for the rounds next to the pairing. There the two of a pair differ by one bit, and halves that differ
/// by one bit have products that differ by one number: a second multiplication scatters them.
#[inline(always)]
fn scattered(half: u32, key: u32) -> u64 {
    let product = multiplied(half, key);
    (product ^ product >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// The upper bits of a hash; a half has at most sixteen.
#[inline(always)]
fn top(hash: u64) -> u32 {
    (hash >> 40) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_is_permuted_and_matched() {
        for size in (1..300).chain([1000, 4096, 4097, 65_535]) {
            for key in [1, 99] {
                let shuffle = Permutation::new(size, key);
                let mut seen = vec![false; size as usize];
                let mut alone = 0;
                for x in 0..size {
                    let y = shuffle.apply(x);
                    assert!(!std::mem::replace(&mut seen[y as usize], true), "size {size}: {y} twice");
                    assert_eq!(shuffle.invert(y), x);
                    match shuffle.partner(x) {
                        Some(partner) => {
                            assert_ne!(partner, x);
                            assert_eq!(shuffle.partner(partner), Some(x));
                        }
                        None => alone += 1,
                    }
                }
                assert_eq!(alone, size % 2);
            }
        }
    }
}
