//! Why users moved: what spoke for the new place, less what spoke for the old one, summed over moves.

use crate::equations::utility::TERMS;
use std::collections::BTreeMap;

/// What can speak for a place: the terms of the utility in their order, then what moving costs, then luck.
pub const REASONS: usize = TERMS.len() + 2;

/// Reasons are summed in units of 2^-20 nat, so that sums are exact.
pub const FIXED_POINT: f64 = 1_048_576.0;

/// Moves that are summed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MoveKey {
    /// Calendar month, from 0.
    pub month: u16,
    /// Audience class.
    pub class: u8,
    /// Old place, 0 outside.
    pub from: u8,
    /// New place, 0 outside.
    pub to: u8,
}

/// Moves, and the sums of their reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// By kind of move: number of moves, and for each reason the sum over the moves of its contribution to the
    /// value of the new place less that to the old one, in units of 2^-20 nat.
    pub sums: BTreeMap<MoveKey, (u64, [i64; REASONS])>,
}

impl Reasons {
    /// Adds a move.
    pub fn add(&mut self, key: MoveKey, reasons: &[i64; REASONS]) {
        let (moves, sums) = self.sums.entry(key).or_default();
        *moves += 1;
        sums.iter_mut().zip(reasons).for_each(|(sum, reason)| *sum += reason);
    }
}
