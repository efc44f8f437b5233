//! Keyed matchings: in matching m the partner of i is `inv_m(perm_m(i) xor 1)`. Nothing is stored.
//!
//! Half of the friendship matchings act inside blocks of users (household, class), the other half on the
//! whole market; taste matchings act inside blocks of users next to each other in taste (fan clubs).

use super::Layer;
use crate::random::address::mix;
use crate::random::permutation::{Domain, Keys, Permutation, keys};
use crate::random::{Chance, Purpose};
use crate::scenario::Ties;

/// A fan club is so many times as large as a friendship block.
const CLUB_BLOCKS: u32 = 5;

/// The matchings of a market.
#[derive(Clone, Debug, PartialEq)]
pub struct Matchings {
    users: u32,
    block: u32,
    club: u32,
    everywhere: Vec<Permutation>,
    in_block: Vec<Keys>,
    in_club: Vec<Keys>,
    order: Permutation,
}

impl Matchings {
    /// The matchings under a replication's chance; `order` maps users to their rank by taste.
    pub fn new(ties: &Ties, users: u32, chance: Chance, order: Permutation) -> Self {
        let key = |number: u32| chance.pair(number, 0, Purpose::Matching, 0)[0];
        let local = ties.k_friends / 2;
        Self {
            users,
            block: ties.block.min(users),
            club: ties.block.saturating_mul(CLUB_BLOCKS).min(users),
            everywhere: (local..ties.k_friends).map(|m| Permutation::new(users, key(m))).collect(),
            in_block: (0..local).map(|m| keys(key(m))).collect(),
            in_club: (ties.k_friends..ties.k_friends + ties.k_taste).map(|m| keys(key(m))).collect(),
            order,
        }
    }

    /// Calls `visit` with every neighbour and layer. In a domain of odd size one user has one tie less.
    #[inline(always)]
    pub fn neighbours(&self, user: u32, mut visit: impl FnMut(u32, Layer)) {
        for permutation in &self.everywhere {
            if let Some(partner) = permutation.partner(user) {
                visit(partner, Layer::Friends);
            }
        }
        if !self.in_block.is_empty() {
            let block = Block::around(user, self.block, self.users);
            for keys in &self.in_block {
                if let Some(partner) = block.partner(user, keys) {
                    visit(partner, Layer::Friends);
                }
            }
        }
        if !self.in_club.is_empty() {
            let rank = self.order.apply(user);
            let club = Block::around(rank, self.club, self.users);
            for keys in &self.in_club {
                if let Some(partner) = club.partner(rank, keys) {
                    visit(self.order.invert(partner), Layer::Taste);
                }
            }
        }
    }
}

/// A stretch of users among whom matchings act.
struct Block {
    first: u32,
    domain: Domain,
    salt: u64,
}

impl Block {
    /// The block of `x`; the last block may be shorter.
    #[inline(always)]
    fn around(x: u32, size: u32, users: u32) -> Self {
        let first = x - x % size;
        Self { first, domain: Domain::new(size.min(users - first)), salt: mix(u64::from(first) + 1) }
    }

    /// Partner of `x` in the matching under these keys; every block salts them with its own number.
    #[inline(always)]
    fn partner(&self, x: u32, keys: &Keys) -> Option<u32> {
        let salted =
            core::array::from_fn(|round| keys[round] ^ self.salt.rotate_left(16 * round as u32) as u32);
        let permutation = Permutation::with_keys(self.domain, salted);
        permutation.partner(x - self.first).map(|partner| self.first + partner)
    }
}
