//! What no engine with this crate's promises can save: a day's luck by platform, drawn for every user from its
//! address, and the best of it. No tastes, ties, costs, history or moves; so the yardstick cannot take less.

use ecotone::random::philox::LANES;
use ecotone::random::{Chance, NameKey, Purpose, quick};
use multiversion::multiversion;

/// Users whose luck is drawn side by side, as the engine does.
const CROWD: usize = 4 * LANES;

/// Draws a day's luck on four platforms for so many users (in whole crowds) and counts who would go where.
#[multiversion(targets(
    "x86_64+avx+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512dq+avx512vl+avx512bw+avx512cd",
    "x86_64+avx+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
pub fn day(chance: Chance, names: &[NameKey; 4], users: u32, day: u32) -> [u32; 4] {
    let mut counts = [0; 4];
    for first in (0..users).step_by(CROWD) {
        let mut luck = [0; CROWD];
        let mut words = [[0; LANES]; 4];
        for part in (0..CROWD).step_by(LANES) {
            let who = core::array::from_fn(|lane| first + (part + lane) as u32);
            chance.fill(&who, day, Purpose::Choice, &mut words);
            for lane in 0..LANES {
                luck[part + lane] = u64::from(words[0][lane]) << 32 | u64::from(words[1][lane]);
            }
        }
        let (mut best, mut winner) = ([f32::NEG_INFINITY; CROWD], [0_u32; CROWD]);
        for (place, name) in names.iter().enumerate() {
            let mut bits = [0; CROWD];
            for (bits, &luck) in bits.iter_mut().zip(&luck) {
                *bits = (name.bits(luck) >> 32) as u32;
            }
            for lane in 0..CROWD {
                let score = quick::gumbel(bits[lane]);
                winner[lane] = if score > best[lane] { place as u32 } else { winner[lane] };
                best[lane] = if score > best[lane] { score } else { best[lane] };
            }
        }
        for (place, count) in counts.iter_mut().enumerate() {
            *count += winner.iter().map(|&winner| u32::from(winner == place as u32)).sum::<u32>();
        }
    }
    counts
}
