//! Compressed sparse rows: every graph whose ties are stored.

use super::super::users::Users;
use super::hubs::MOST_IN_BYTES;
use super::tallies::{CROWD, Fetched, Homes, SWEEP, Tallies, lanes};
use crate::random::{Chance, Purpose};
use std::ops::Range;

/// Neighbours of every user, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    offsets: Vec<u32>,
    targets: Vec<u32>,
    /// Whether anybody has more ties than a byte counts.
    has_hubs: bool,
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
        let has_hubs = offsets.windows(2).any(|row| (row[1] - row[0]) as usize > MOST_IN_BYTES);
        Self { offsets, targets, has_hubs }
    }

    /// Neighbours of a user.
    #[inline(always)]
    pub fn neighbours(&self, user: u32) -> &[u32] {
        let user = user as usize;
        &self.targets[self.offsets[user] as usize..self.offsets[user + 1] as usize]
    }

    /// Number of ties of a user.
    #[inline(always)]
    pub fn degree(&self, user: u32) -> u32 {
        self.offsets[user as usize + 1] - self.offsets[user as usize]
    }

    /// Whether anybody has more ties than a byte counts.
    #[inline(always)]
    pub fn has_hubs(&self) -> bool {
        self.has_hubs
    }

    /// Counts the neighbours of the wanted users of a crowd; answers which of them have too many ties for that.
    /// Homes are fetched in one sweep if the users follow each other, and counted for all users side by side.
    #[inline(always)]
    pub fn tallies(&self, crowd: &[u32; CROWD], wanted: u64, users: &Users, tallies: &mut Tallies) -> u64 {
        let (first, last) = (crowd[0] as usize, crowd[CROWD - 1] as usize);
        let mut homes = Homes::NONE;
        let mut many = 0;
        let abreast = wanted == u64::MAX && last - first == CROWD - 1;
        if abreast && (self.offsets[last + 1] - self.offsets[first]) as usize <= SWEEP {
            many = self.sweep(crowd, 0..CROWD, users, (&mut tallies.fetched, &mut homes));
        } else {
            for lane in lanes(wanted) {
                many |= self.sweep(crowd, lane..lane + 1, users, (&mut tallies.fetched, &mut homes));
            }
        }
        tallies.count_friends(&homes);
        many
    }

    /// Fetches the homes of the neighbours of lanes whose users follow each other.
    #[inline(always)]
    fn sweep(
        &self,
        crowd: &[u32; CROWD],
        lanes: Range<usize>,
        users: &Users,
        (fetched, homes): (&mut Fetched, &mut Homes),
    ) -> u64 {
        let first = crowd[lanes.start] as usize;
        let seams = &self.offsets[first..=first + lanes.len()];
        let places = users.place.as_slice();
        let ties = &self.targets[seams[0] as usize..seams[lanes.len()] as usize];
        for (home, &neighbour) in fetched.iter_mut().zip(ties) {
            *home = places[neighbour as usize];
        }
        let mut many = 0;
        for (lane, seam) in lanes.zip(seams.windows(2)) {
            let degree = (seam[1] - seam[0]) as usize;
            homes.take(lane, fetched, (seam[0] - seams[0]) as usize, degree);
            many |= u64::from(degree > Homes::MOST) << lane;
        }
        many
    }
}
