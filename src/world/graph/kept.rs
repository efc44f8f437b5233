//! Ties by place, kept: what users would see if they looked around, brought up to date when a tie moves or pays.
//!
//! Sums of integers, so the order of updates cannot matter.

use super::super::rules::Rules;
use super::{Counters, Graph, Layer, Tallies, Tally};

/// Ties of the users of a chunk by the place where the neighbours live: eight one-byte counters a user and kind.
/// A kind is empty
/// where nobody has any, and all are where users look around themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    friends: Vec<u64>,
    taste: Vec<u64>,
    paying: Vec<u64>,
}

impl Kept {
    /// Places whose counters fit a word.
    pub const MOST_PLACES: usize = 8;

    /// Counters of so many users of a graph, all zero; payers only where plans are sold.
    pub fn new(users: usize, graph: &Graph, rules: &Rules) -> Self {
        let taste = if matches!(graph, Graph::Matching(_)) { users } else { 0 };
        let payers = if rules.plans { users } else { 0 };
        Self { friends: vec![0; users], taste: vec![0; taste], paying: vec![0; payers] }
    }

    /// Whether nothing is kept.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.friends.is_empty()
    }

    /// Takes what a user has counted.
    pub fn set(&mut self, position: usize, tally: &Tally) {
        let counted = [
            (&mut self.friends, tally.friends),
            (&mut self.taste, tally.taste),
            (&mut self.paying, tally.paying),
        ];
        for (column, counters) in counted {
            if let Some(word) = column.get_mut(position) {
                *word = counters.low;
            }
        }
    }

    /// What a user has counted.
    #[inline(always)]
    pub fn get(&self, position: usize) -> Tally {
        let counters = |words: &[u64]| Counters { low: words.get(position).copied().unwrap_or(0), high: 0 };
        Tally {
            friends: counters(&self.friends),
            taste: counters(&self.taste),
            paying: counters(&self.paying),
        }
    }

    /// A tie of the layer moved; `paid` tells (1 or 0) whether it paid where it lived.
    #[inline(always)]
    pub fn move_tie(&mut self, position: usize, layer: Layer, (from, to): (u8, u8), paid: u64) {
        let counters = match layer {
            Layer::Friends => &mut self.friends[position],
            Layer::Taste => &mut self.taste[position],
        };
        *counters = counters.wrapping_add(one(to)).wrapping_sub(one(from));
        if paid > 0 {
            self.paying[position] = self.paying[position].wrapping_sub(one(from) * paid);
        }
    }

    /// A friend of all these users moved: the counters of those in the chunk that begins at `first` follow, the
    /// others are handed to `far`.
    #[inline(always)]
    pub fn move_friend(
        &mut self,
        first: u32,
        neighbours: &[u32],
        (from, to): (u8, u8),
        mut far: impl FnMut(u32),
    ) {
        let change = one(to).wrapping_sub(one(from));
        for &neighbour in neighbours {
            match self.friends.get_mut(neighbour.wrapping_sub(first) as usize) {
                Some(counters) => *counters = counters.wrapping_add(change),
                None => far(neighbour),
            }
        }
    }

    /// A tie of the layer has another second home, or none (0).
    #[inline(always)]
    pub fn move_second(&mut self, position: usize, layer: Layer, (from, to): (u8, u8)) {
        let counters = match layer {
            Layer::Friends => &mut self.friends[position],
            Layer::Taste => &mut self.taste[position],
        };
        let present = |place: u8| if place > 0 { one(place) } else { 0 };
        *counters = counters.wrapping_add(present(to)).wrapping_sub(present(from));
    }

    /// A tie that stays began (1) or stopped (-1) to pay.
    #[inline(always)]
    pub fn change_payers(&mut self, position: usize, place: u8, change: i8) {
        let change = one(place).wrapping_mul(i64::from(change) as u64);
        self.paying[position] = self.paying[position].wrapping_add(change);
    }

    /// Shows the counters of the users at these positions to the lanes of a crowd.
    #[inline(always)]
    pub fn show(&self, positions: &[u16], tallies: &mut Tallies) {
        tallies.copy(positions, [&self.friends, &self.taste, &self.paying]);
    }
}

/// One tie on a place.
#[inline(always)]
fn one(place: u8) -> u64 {
    1 << (place * 8)
}
