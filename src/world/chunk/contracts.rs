//! Users under contract: bound to a platform, they do not reconsider.

use super::Chunk;
use crate::world::users::{Users, home};

/// A user bound to a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Position in the chunk.
    pub position: u16,
    /// Place where the user must live.
    pub place: u8,
    /// First day without it; `None` while it has no end.
    pub until: Option<u32>,
}

impl Chunk {
    /// Whether a position is under contract.
    pub fn is_bound(&self, position: usize) -> bool {
        self.contracts.binary_search_by_key(&(position as u16), |contract| contract.position).is_ok()
    }

    /// Binds a position that is free.
    pub fn sign(&mut self, contract: Contract) {
        let at = self.contracts.partition_point(|other| other.position < contract.position);
        self.contracts.insert(at, contract);
    }

    /// Takes those under contract off today's list of who reconsiders.
    pub fn excuse_bound(&mut self) {
        for contract in &self.contracts {
            let position = usize::from(contract.position);
            self.candidates[position / 64] &= !(1 << (position % 64));
        }
    }

    /// Moves those under contract to their platform, if they live elsewhere.
    pub fn fetch_bound(&mut self, users: &Users) {
        let moves = self.moves.len();
        for contract in &self.contracts {
            let user = self.first as usize + usize::from(contract.position);
            if home(users.place[user]) != usize::from(contract.place) {
                self.moves.push((contract.position, contract.place));
            }
        }
        for index in moves..self.moves.len() {
            self.mark(usize::from(self.moves[index].0));
        }
        self.moves.sort_unstable();
    }
}
