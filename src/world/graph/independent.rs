//! Graphs in which every pair of users is tied by itself: Erdős and Rényi's, and stochastic blocks.
//!
//! Pairs are numbered, and ties found by geometric skips (Batagelj and Brandes 2005): the cost is that of the ties.
//! No user is tied to itself, no pair twice.

use crate::random::skip::skip;
use crate::random::{Chance, Purpose};

/// Every pair is tied with the same probability, so that a user has `degree` ties on average (Gilbert 1959).
pub fn erdos_renyi(users: u32, degree: f64, chance: Chance) -> Vec<[u32; 2]> {
    let mut edges = Vec::with_capacity(room(users, degree));
    let probability = degree / f64::from(users - 1);
    pairs(chance, (0, Purpose::Pairs), probability, users, |pair| edges.push(pair));
    edges
}

/// Blocks of so many users next to each other; a user of a full block has `within` ties on average in the own
/// block and `between` outside (Holland, Laskey and Leinhardt 1983). The last block may be shorter: its users have fewer
/// ties inside and, as the probability is the same for all pairs across blocks, some more outside.
pub fn stochastic_block(
    users: u32,
    block: u32,
    (within, between): (f64, f64),
    chance: Chance,
) -> Vec<[u32; 2]> {
    let block = block.min(users);
    let mut edges = Vec::with_capacity(room(users, within + between));
    let inside = within / f64::from(block - 1);
    for (number, first) in (0..users).step_by(block as usize).enumerate() {
        let size = block.min(users - first);
        pairs(chance, (number as u32, Purpose::PairsInBlock), inside, size, |[a, b]| {
            edges.push([first + a, first + b]);
        });
    }
    if block < users {
        let across = between / f64::from(users - block);
        // Pairs of the same block are drawn too and dropped, which leaves all others as they are.
        pairs(chance, (0, Purpose::PairsAcross), across, users, |[a, b]| {
            if a / block != b / block {
                edges.push([a, b]);
            }
        });
    }
    edges
}

/// Edges to make room for: the mean and, with any luck but the rarest, the excess.
fn room(users: u32, degree: f64) -> usize {
    (f64::from(users) * degree * 0.51) as usize + 100
}

/// Calls `hit` with each pair `[smaller, larger]` below `size` that a trial of this probability picks.
fn pairs(
    chance: Chance,
    (who, purpose): (u32, Purpose),
    probability: f64,
    size: u32,
    mut hit: impl FnMut([u32; 2]),
) {
    let length = size as usize * (size as usize).saturating_sub(1) / 2;
    if length == 0 {
        return;
    }
    // Row `a` holds the pairs of `a` with all above it.
    let (mut a, mut row_end) = (0, size as usize - 1);
    skip(chance, (who, 0, purpose), probability, length, |number| {
        while number >= row_end {
            a += 1;
            row_end += (size - 1 - a) as usize;
        }
        hit([a, size - (row_end - number) as u32]);
    });
}
