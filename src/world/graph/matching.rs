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
    /// All partners of a small market, which takes thirty times less time to read than to compute; shape users ×
    /// matchings, [`NOBODY`] for a missing partner. Empty in a large market. A function of the other fields.
    written: Vec<u32>,
}

/// Markets up to this size write their partners down: four bytes a tie.
pub const WRITTEN_DOWN: u32 = 131_072;
const NOBODY: u32 = u32::MAX;
/// Ties of a user at most: the settings allow 32 friends and as many fellow fans.
const MOST: usize = 64;

impl Matchings {
    /// The matchings under a replication's chance; `order` maps users to their rank by taste.
    pub fn new(ties: &Ties, users: u32, chance: Chance, order: Permutation) -> Self {
        let key = |number: u32| chance.pair(number, 0, Purpose::Matching, 0)[0];
        let local = ties.k_friends / 2;
        let mut matchings = Self {
            users,
            block: ties.block.min(users),
            club: ties.block.saturating_mul(CLUB_BLOCKS).min(users),
            everywhere: (local..ties.k_friends).map(|m| Permutation::new(users, key(m))).collect(),
            in_block: (0..local).map(|m| keys(key(m))).collect(),
            in_club: (ties.k_friends..ties.k_friends + ties.k_taste).map(|m| keys(key(m))).collect(),
            order,
            written: Vec::new(),
        };
        if users <= WRITTEN_DOWN {
            matchings.written = matchings.partners();
        }
        matchings
    }

    /// Number of matchings: of friends, and of all.
    fn widths(&self) -> (usize, usize) {
        let friends = self.everywhere.len() + self.in_block.len();
        (friends, friends + self.in_club.len())
    }

    /// Everybody's partners. A pair is computed once.
    fn partners(&self) -> Vec<u32> {
        let (friends, width) = self.widths();
        let mut partners = vec![NOBODY; self.users as usize * width];
        let rank: Vec<u32> = (0..self.users).map(|user| self.order.apply(user)).collect();
        let mut at_rank = vec![0; rank.len()];
        (0..self.users).for_each(|user| at_rank[rank[user as usize] as usize] = user);
        for user in 0..self.users {
            let row = user as usize * width;
            let block = Block::around(user, self.block, self.users);
            let club = Block::around(rank[user as usize], self.club, self.users);
            for matching in 0..width {
                if partners[row + matching] != NOBODY {
                    continue;
                }
                let partner = if matching < self.everywhere.len() {
                    self.everywhere[matching].partner(user)
                } else if matching < friends {
                    block.partner(user, &self.in_block[matching - self.everywhere.len()])
                } else {
                    let partner = club.partner(rank[user as usize], &self.in_club[matching - friends]);
                    partner.map(|partner| at_rank[partner as usize])
                };
                if let Some(partner) = partner {
                    partners[row + matching] = partner;
                    partners[partner as usize * width + matching] = user;
                }
            }
        }
        partners
    }

    /// Calls `visit` with every neighbour and layer. In a domain of odd size one user has one tie less.
    #[inline(always)]
    pub fn neighbours(&self, user: u32, mut visit: impl FnMut(u32, Layer)) {
        if self.written.is_empty() {
            return self.compute(user, visit);
        }
        let (friends, width) = self.widths();
        let (friends, taste) = self.written[user as usize * width..][..width].split_at(friends);
        for (layer, partners) in [(Layer::Friends, friends), (Layer::Taste, taste)] {
            partners.iter().filter(|&&partner| partner != NOBODY).for_each(|&partner| visit(partner, layer));
        }
    }

    /// Computes all partners before the first is visited: what visitors read of them then comes from memory side by
    /// side, which in a large market takes a third of the time.
    #[inline(always)]
    fn compute(&self, user: u32, mut visit: impl FnMut(u32, Layer)) {
        let mut partners = Partners { list: [0; MOST], count: 0 };
        for permutation in &self.everywhere {
            partners.add(permutation.partner(user));
        }
        if !self.in_block.is_empty() {
            let block = Block::around(user, self.block, self.users);
            for keys in &self.in_block {
                partners.add(block.partner(user, keys));
            }
        }
        let friends = partners.count;
        if !self.in_club.is_empty() {
            let rank = self.order.apply(user);
            let club = Block::around(rank, self.club, self.users);
            for keys in &self.in_club {
                partners.add(club.partner(rank, keys).map(|partner| self.order.invert(partner)));
            }
        }
        let (friends, taste) = partners.list[..partners.count].split_at(friends);
        friends.iter().for_each(|&partner| visit(partner, Layer::Friends));
        taste.iter().for_each(|&partner| visit(partner, Layer::Taste));
    }
}

/// Partners of a user.
struct Partners {
    list: [u32; MOST],
    count: usize,
}

impl Partners {
    #[inline(always)]
    fn add(&mut self, partner: Option<u32>) {
        if let Some(partner) = partner {
            self.list[self.count % MOST] = partner;
            self.count += 1;
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
