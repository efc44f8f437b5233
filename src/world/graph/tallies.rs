//! Tallies of many users side by side, as columns: loops over users then run in vector registers.
#![expect(clippy::needless_range_loop, reason = "loops over the same lane of several columns")]

use super::{Counters, Hubs, Tally};

/// Users who look around, and choose, side by side.
pub const CROWD: usize = 64;
/// Ties that are fetched in one sweep. Of a user who has more, some suffice: such users are counted one by one.
pub(super) const SWEEP: usize = 1023;

/// Place bytes of neighbours, one user after the other, with room to read sixteen from any of them.
pub(super) type Fetched = [u8; SWEEP + Homes::MOST];

/// The lanes of a set with a bit for each, in order.
#[inline(always)]
pub fn lanes(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (lane < CROWD).then_some(lane)
    })
}

/// Neighbours by place of every user of a crowd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallies {
    places: usize,
    friends: Columns,
    taste: Columns,
    paying: Columns,
    /// Lanes whose counters do not fit a byte.
    pub(super) hubs: Hubs,
    pub(super) fetched: Fetched,
}

/// Sixteen one-byte counters of every user, in two words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Columns {
    low: [u64; CROWD],
    high: [u64; CROWD],
}

impl Columns {
    const NONE: Self = Self { low: [0; CROWD], high: [0; CROWD] };

    #[inline(always)]
    fn set(&mut self, lane: usize, counters: Counters) {
        self.low[lane] = counters.low;
        self.high[lane] = counters.high;
    }

    #[inline(always)]
    fn get(&self, lane: usize, place: usize) -> u8 {
        let word = if place < 8 { self.low[lane] } else { self.high[lane] };
        (word >> ((place & 7) * 8)) as u8
    }

    #[inline(always)]
    fn all(&self, place: usize) -> [f64; CROWD] {
        let (words, shift) = (if place < 8 { &self.low } else { &self.high }, (place & 7) * 8);
        let mut counts = [0.0; CROWD];
        for (count, word) in counts.iter_mut().zip(words) {
            *count = f64::from((word >> shift) as u8);
        }
        counts
    }
}

impl Tallies {
    /// Nobody has looked around in a market of so many places.
    pub fn new(places: usize) -> Self {
        let none = Columns::NONE;
        let fetched = [0; SWEEP + Homes::MOST];
        let hubs = Hubs::default();
        Self { places, friends: none.clone(), taste: none.clone(), paying: none, hubs, fetched }
    }

    /// Notes what one user sees.
    #[inline(always)]
    pub fn set(&mut self, lane: usize, tally: Tally) {
        self.friends.set(lane, tally.friends);
        self.taste.set(lane, tally.taste);
        self.paying.set(lane, tally.paying);
    }

    /// Takes the low words of users at these positions: friends, taste neighbours and payers.
    #[inline(always)]
    pub(super) fn copy(&mut self, positions: &[u16], words: [&[u64]; 3]) {
        let columns = [&mut self.friends, &mut self.taste, &mut self.paying];
        for (column, words) in columns.into_iter().zip(words) {
            if words.is_empty() {
                continue;
            }
            for (low, &position) in column.low.iter_mut().zip(positions) {
                *low = words[usize::from(position)];
            }
        }
    }

    /// Friends of a user on a place.
    #[inline(always)]
    pub fn friends(&self, lane: usize, place: usize) -> u32 {
        let few = || u32::from(self.friends.get(lane, place));
        self.hubs.find(lane).map_or_else(few, |hub| hub.friends(place))
    }

    /// Taste neighbours of a user on a place.
    #[inline(always)]
    pub fn taste(&self, lane: usize, place: usize) -> u8 {
        self.taste.get(lane, place)
    }

    /// Paying neighbours, of either layer, of a user on a place.
    #[inline(always)]
    pub fn paying(&self, lane: usize, place: usize) -> u32 {
        let few = || u32::from(self.paying.get(lane, place));
        self.hubs.find(lane).map_or_else(few, |hub| hub.paying(place))
    }

    /// Friends of every user on a place.
    #[inline(always)]
    pub fn all_friends(&self, place: usize) -> [f64; CROWD] {
        let mut counts = self.friends.all(place);
        self.hubs.all().iter().for_each(|hub| counts[hub.position()] = f64::from(hub.friends(place)));
        counts
    }

    /// Taste neighbours of every user on a place.
    #[inline(always)]
    pub fn all_taste(&self, place: usize) -> [f64; CROWD] {
        self.taste.all(place)
    }

    /// Counts homes by platform.
    #[inline(always)]
    pub(super) fn count_friends(&mut self, homes: &Homes) {
        self.friends = Columns::NONE;
        for place in 1..self.places {
            let words = if place < 8 { &mut self.friends.low } else { &mut self.friends.high };
            for lane in 0..CROWD {
                let count = equal(homes.near[lane], place) + equal(homes.far[lane], place);
                words[lane] |= count << ((place & 7) * 8);
            }
        }
    }
}

/// One in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// In every byte what is no home.
const ABSENT: u64 = ONES << 4;

/// Homes of the first sixteen neighbours of every user, a byte each.
pub(super) struct Homes {
    near: [u64; CROWD],
    far: [u64; CROWD],
}

impl Homes {
    /// Neighbours that are kept of a user.
    pub const MOST: usize = 16;
    /// No neighbours.
    pub const NONE: Self = Self { near: [ABSENT; CROWD], far: [ABSENT; CROWD] };

    /// Takes the homes of a user's neighbours from the place bytes that begin at `first`.
    #[inline(always)]
    pub fn take(&mut self, lane: usize, fetched: &Fetched, first: usize, degree: usize) {
        let bytes: &[u8; Self::MOST] = fetched[first..first + Self::MOST].try_into().expect("sixteen bytes");
        let bytes = u128::from_le_bytes(*bytes);
        self.near[lane] = present(bytes as u64, degree);
        self.far[lane] = present((bytes >> 64) as u64, degree.saturating_sub(8));
    }
}

/// Homes in the first `count` place bytes of a word.
#[inline(always)]
fn present(bytes: u64, count: usize) -> u64 {
    const FIRST: [u64; 9] = [
        0,
        0xff,
        0xffff,
        0xff_ffff,
        0xffff_ffff,
        0xff_ffff_ffff,
        0xffff_ffff_ffff,
        0xff_ffff_ffff_ffff,
        u64::MAX,
    ];
    let first = FIRST[count.min(8)];
    (bytes & (ONES * 15) & first) | (ABSENT & !first)
}

/// Number of bytes that equal a place; no byte is above 16.
#[inline(always)]
fn equal(bytes: u64, place: usize) -> u64 {
    let differ = ((bytes ^ (ONES * place as u64)) + ONES * 0x7f) & (ONES << 7);
    8 - (differ >> 7).wrapping_mul(ONES).wrapping_shr(56)
}

#[cfg(test)]
mod tests {
    use super::super::{Graph, Stored};
    use super::*;
    use crate::random::address::mix;
    use crate::world::users::{Users, home, place};

    /// Degrees from none to forty, crowds with and without gaps, homes up to the fifteenth platform.
    #[test]
    fn side_by_side_and_one_by_one_see_the_same() {
        const USERS: u32 = 500;
        let draw = |number: u64, below: u32| (mix(number) % u64::from(below)) as u32;
        let ties = |user: u32| (0..draw(u64::from(user), 20)).map(move |tie| (user, tie));
        let edges: Vec<[u32; 2]> = (0..USERS - 1)
            .flat_map(ties)
            .map(|(user, tie)| [user, (user + 1 + draw(u64::from(user * 100 + tie), 60)) % (USERS - 1)])
            .collect();
        let graph = Graph::Stored(Stored::from_edges(USERS, &edges));
        let homes = |places: u32| (0..USERS).map(move |user| draw(u64::from(user) << 32, places) as usize);
        for places in [3, 8, 16] {
            let users = Users {
                place: homes(places).map(|home| place(home, 15 - home)).collect(),
                status: vec![0; USERS as usize],
                kind: vec![0; USERS as usize],
            };
            for (first, step, wanted) in [
                (0, 1, u64::MAX),
                (100, 1, u64::MAX),
                (3, 7, u64::MAX),
                (436, 1, u64::MAX),
                (50, 1, 0x8000_0000_0f0f_0001),
            ] {
                let crowd = core::array::from_fn(|lane| first + step * lane as u32);
                let mut tallies = Tallies::new(places as usize);
                graph.tallies::<false>(&crowd, wanted, &users, &mut tallies);
                for lane in lanes(wanted) {
                    for here in 1..places as usize {
                        let mut count = 0;
                        graph.neighbours(crowd[lane], |neighbour, _| {
                            count += u32::from(home(users.place[neighbour as usize]) == here);
                        });
                        assert_eq!(tallies.friends(lane, here), count, "user {}, place {here}", crowd[lane]);
                    }
                }
            }
        }
    }
}
