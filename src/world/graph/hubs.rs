//! Users with more ties than a byte counts: their ties by place, in wide counters.
//!
//! Few users are hubs. A chunk lists its own, and everybody else is spared the search where the list is empty.

use super::super::users::{Users, home, second, tier};
use super::{CROWD, Graph, Tallies, lanes};
use std::ops::Range;

/// Most ties of a user whose counters are bytes.
pub const MOST_IN_BYTES: usize = 255;

/// Outside and at most fifteen platforms.
const PLACES: usize = 16;

/// The ties of one hub by the place where the neighbours live. All are friends: hubs stand in stored graphs only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hub {
    position: u16,
    friends: [u32; PLACES],
    paying: [u32; PLACES],
}

impl Hub {
    /// Counts the ties of a user, who stands at a position of a chunk or crowd.
    fn count(position: u16, user: u32, graph: &Graph, users: &Users) -> Self {
        let mut hub = Self { position, friends: [0; PLACES], paying: [0; PLACES] };
        graph.neighbours(user, |neighbour, _| {
            let (place, status) = (users.place[neighbour as usize], users.status[neighbour as usize]);
            let (there, also) = (home(place), second(place, status));
            hub.friends[there] += 1;
            hub.friends[also] += u32::from(also > 0);
            hub.paying[there] += u32::from(tier(status) > 0);
        });
        hub
    }

    /// Position in the chunk, or lane of a crowd.
    pub fn position(&self) -> usize {
        usize::from(self.position)
    }

    /// Friends on a place.
    pub fn friends(&self, place: usize) -> u32 {
        self.friends[place]
    }

    /// Paying friends on a place.
    pub fn paying(&self, place: usize) -> u32 {
        self.paying[place]
    }

    /// A tie moved; `paid` tells (1 or 0) whether it paid where it lived.
    pub fn move_tie(&mut self, (from, to): (u8, u8), paid: u32) {
        self.friends[usize::from(from)] -= 1;
        self.friends[usize::from(to)] += 1;
        self.paying[usize::from(from)] -= paid;
    }

    /// A tie has another second home, or none (0).
    pub fn move_second(&mut self, (from, to): (u8, u8)) {
        self.friends[usize::from(from)] -= u32::from(from > 0);
        self.friends[usize::from(to)] += u32::from(to > 0);
    }

    /// A tie that stays began (1) or stopped (-1) to pay.
    pub fn change_payers(&mut self, place: u8, change: i8) {
        let payers = &mut self.paying[usize::from(place)];
        *payers = payers.wrapping_add_signed(i32::from(change));
    }
}

/// The hubs of a chunk, in order of position, or those of a crowd, in order of lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hubs(Vec<Hub>);

impl Hubs {
    /// The hubs among the users of a chunk, their ties counted.
    pub fn new(chunk: Range<usize>, graph: &Graph, users: &Users) -> Self {
        let are = |user: &usize| graph.is_hub(*user as u32);
        let count = |user| Hub::count((user - chunk.start) as u16, user as u32, graph, users);
        Self(chunk.clone().filter(are).map(count).collect())
    }

    /// The hub at a position, if there is one.
    #[inline(always)]
    pub fn find(&self, position: usize) -> Option<&Hub> {
        if self.0.is_empty() { None } else { self.search(position).map(|at| &self.0[at]) }
    }

    /// The same, to be changed.
    #[inline(always)]
    pub fn find_mut(&mut self, position: usize) -> Option<&mut Hub> {
        if self.0.is_empty() { None } else { self.search(position).map(|at| &mut self.0[at]) }
    }

    #[inline(never)]
    fn search(&self, position: usize) -> Option<usize> {
        self.0.binary_search_by_key(&position, Hub::position).ok()
    }

    /// All hubs.
    #[inline(always)]
    pub fn all(&self) -> &[Hub] {
        &self.0
    }

    /// The hubs at some positions.
    #[inline(always)]
    pub fn within(&self, positions: Range<usize>) -> &[Hub] {
        if self.0.is_empty() {
            return &[];
        }
        let before = |end: usize| self.0.partition_point(|hub| hub.position() < end);
        &self.0[before(positions.start)..before(positions.end)]
    }

    /// Shows the hubs at these positions to the lanes of a crowd.
    #[inline(always)]
    pub fn show(&self, positions: &[u16], tallies: &mut Tallies) {
        if !self.0.is_empty() {
            self.copy(positions, tallies);
        }
    }

    #[inline(never)]
    fn copy(&self, positions: &[u16], tallies: &mut Tallies) {
        let seen = positions.iter().enumerate().filter_map(|(lane, &position)| {
            self.find(usize::from(position)).map(|&hub| Hub { position: lane as u16, ..hub })
        });
        tallies.hubs.0.clear();
        tallies.hubs.0.extend(seen);
    }

    /// Counts the ties of the hubs among the wanted users of a crowd; answers which they are.
    #[inline(never)]
    pub(super) fn look(
        &mut self,
        crowd: &[u32; CROWD],
        wanted: u64,
        (graph, users): (&Graph, &Users),
    ) -> u64 {
        self.0.clear();
        for lane in lanes(wanted).filter(|&lane| graph.is_hub(crowd[lane])) {
            self.0.push(Hub::count(lane as u16, crowd[lane], graph, users));
        }
        self.0.iter().fold(0, |set, hub| set | 1 << hub.position)
    }
}
