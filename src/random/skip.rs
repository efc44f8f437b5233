//! Geometric skips: who is hit today, at the cost of the hits and not of the users.

use super::{Chance, Purpose};
use crate::maths::{ln, ln_poly};
use crate::random::law::uniform;

/// Calls `hit` with the index of every success among `length` independent Bernoulli(`probability`) trials.
///
/// Gaps follow 1 + floor(ln U / ln(1 - probability)), which is exact in distribution: at probability 1/30
/// the mean gap is 30 and its variance 870. The draws belong to `(chunk, day, purpose)`.
pub fn skip(
    chance: Chance,
    (chunk, day, purpose): (u32, u32, Purpose),
    probability: f64,
    length: usize,
    mut hit: impl FnMut(usize),
) {
    if probability <= 0.0 {
        return;
    }
    if probability >= 1.0 {
        (0..length).for_each(hit);
        return;
    }
    let scale = 1.0 / ln(1.0 - probability);
    let mut next = 0_usize;
    for lane in 0.. {
        for bits in chance.pair(chunk, day, purpose, lane) {
            let gap = ln_poly(uniform(bits)) * scale;
            if gap >= (length - next) as f64 {
                return;
            }
            next += gap as usize;
            hit(next);
            next += 1;
            if next == length {
                return;
            }
        }
    }
}
