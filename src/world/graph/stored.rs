//! Compressed sparse rows: rewired rings and edge lists.

use crate::random::{Chance, Purpose};

/// Neighbours of every user, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    offsets: Vec<u32>,
    targets: Vec<u32>,
}

impl Stored {
    /// Watts-Strogatz: a ring in which everybody knows the `degree` nearest; the far end of each tie is
    /// redrawn uniformly from the others with probability `rewiring`.
    pub fn ring(users: u32, degree: u32, rewiring: f64, chance: Chance) -> Self {
        let mut edges = Vec::with_capacity(users as usize * degree as usize / 2);
        for user in 0..users {
            for distance in 1..=degree / 2 {
                let [first, second] = chance.pair(user, 0, Purpose::Rewiring, distance);
                let far = if crate::random::law::uniform(first) < rewiring {
                    let other = ((u128::from(second) * u128::from(users - 1)) >> 64) as u32;
                    other + u32::from(other >= user)
                } else {
                    ((u64::from(user) + u64::from(distance)) % u64::from(users)) as u32
                };
                edges.push([user, far]);
            }
        }
        Self::from_edges(users, &edges)
    }

    /// From pairs of users; each pair is a tie of both.
    pub fn from_edges(users: u32, edges: &[[u32; 2]]) -> Self {
        let mut offsets = vec![0_u32; users as usize + 1];
        for &user in edges.as_flattened() {
            offsets[user as usize + 1] += 1;
        }
        for user in 0..users as usize {
            offsets[user + 1] += offsets[user];
        }
        let mut next = offsets.clone();
        let mut targets = vec![0; edges.len() * 2];
        for &[a, b] in edges {
            for (user, neighbour) in [(a, b), (b, a)] {
                targets[next[user as usize] as usize] = neighbour;
                next[user as usize] += 1;
            }
        }
        Self { offsets, targets }
    }

    /// Neighbours of a user.
    #[inline(always)]
    pub fn neighbours(&self, user: u32) -> &[u32] {
        let user = user as usize;
        &self.targets[self.offsets[user] as usize..self.offsets[user + 1] as usize]
    }
}
