//! Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (SC11, 2011).

const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Number of blocks that [`fill`] computes side by side.
pub const LANES: usize = 16;

/// One block: four words from a counter and a key.
///
/// ```
/// let words = ecotone::random::philox::block([0; 4], [0; 2]);
/// assert_eq!(words, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
/// ```
#[inline(always)]
pub fn block(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let first = u64::from(c0) * u64::from(MULTIPLIER[0]);
        let second = u64::from(c2) * u64::from(MULTIPLIER[1]);
        c0 = (second >> 32) as u32 ^ c1 ^ k0;
        c1 = second as u32;
        c2 = (first >> 32) as u32 ^ c3 ^ k1;
        c3 = first as u32;
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    [c0, c1, c2, c3]
}

/// Sixteen blocks at once, each with its own first word of the counter; the other three are common. Word `w` of
/// block `b` stands at `words[w][b]`.
#[inline(always)]
pub fn fill(first: &[u32; LANES], rest: [u32; 3], key: [u32; 2], words: &mut [[u32; LANES]; 4]) {
    let mut c0 = *first;
    let [mut c1, mut c2, mut c3] = rest.map(|word| [word; LANES]);
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        for lane in 0..LANES {
            let first = u64::from(c0[lane]) * u64::from(MULTIPLIER[0]);
            let second = u64::from(c2[lane]) * u64::from(MULTIPLIER[1]);
            c0[lane] = (second >> 32) as u32 ^ c1[lane] ^ k0;
            c1[lane] = second as u32;
            c2[lane] = (first >> 32) as u32 ^ c3[lane] ^ k1;
            c3[lane] = first as u32;
        }
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    *words = [c0, c1, c2, c3];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V20: the known answers published with Random123 (kat_vectors).
    #[test]
    fn known_answers() {
        let cases = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, words) in cases {
            assert_eq!(block(counter, key), words);
        }
    }

    #[test]
    fn lanes_equal_single_blocks() {
        let first = core::array::from_fn(|lane| (u32::MAX - 3).wrapping_add(lane as u32 * 77));
        let mut words = [[0; LANES]; 4];
        fill(&first, [5, 6, 7], [8, 9], &mut words);
        for (lane, first) in first.into_iter().enumerate() {
            assert_eq!(words.map(|word| word[lane]), block([first, 5, 6, 7], [8, 9]));
        }
    }
}
