//! Social ties: who is a friend or a taste neighbour of whom.

mod attachment;
mod hubs;
mod independent;
mod kept;
mod matching;
mod stored;
mod tallies;

pub use hubs::{Hub, Hubs, MOST_IN_BYTES};
pub use kept::Kept;
pub use matching::{Matchings, WRITTEN_DOWN};
pub use stored::Stored;
pub use tallies::{CROWD, Tallies, lanes};

use super::users::{Users, home, second, tier};
use crate::random::Chance;
use crate::random::permutation::Permutation;
use crate::scenario::{Scenario, TieKind};

/// The layer of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Friends count wherever they are.
    Friends,
    /// Taste neighbours count as far as the platform is open.
    Taste,
}

/// The graph of a world.
#[derive(Clone, Debug, PartialEq)]
pub enum Graph {
    /// No graph: the share of ties on a place is its share of the market.
    WellMixed,
    /// Keyed matchings, nothing stored.
    Matching(Matchings),
    /// Compressed sparse rows, all ties in the friendship layer.
    Stored(Stored),
}

/// Ties of one user by the place where the neighbours live: sixteen one-byte counters in two words, kept apart
/// so that they stay in registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counters {
    low: u64,
    high: u64,
}

impl Counters {
    #[inline(always)]
    fn add(&mut self, place: usize, one: u64) {
        let (shifted, upper) = (one << ((place & 7) * 8), (place >> 3) as u64);
        self.low += shifted * (1 - upper);
        self.high += shifted * upper;
    }

    #[inline(always)]
    fn get(self, place: usize) -> u8 {
        let word = if place < 8 { self.low } else { self.high };
        (word >> ((place & 7) * 8)) as u8
    }
}

/// What a user sees when looking around: neighbours by place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    friends: Counters,
    taste: Counters,
    paying: Counters,
}

impl Tally {
    /// Friends on a place.
    #[inline(always)]
    pub fn friends(&self, place: usize) -> u8 {
        self.friends.get(place)
    }

    /// Taste neighbours on a place.
    #[inline(always)]
    pub fn taste(&self, place: usize) -> u8 {
        self.taste.get(place)
    }

    /// Paying neighbours of either layer on a place.
    #[inline(always)]
    pub fn paying(&self, place: usize) -> u8 {
        self.paying.get(place)
    }

    /// Counts a neighbour; `STATUS` also counts second homes, and the payers of a place.
    #[inline(always)]
    pub fn count<const STATUS: bool>(&mut self, layer: Layer, [place, status]: [u8; 2]) {
        let there = home(place);
        let counters = match layer {
            Layer::Friends => &mut self.friends,
            Layer::Taste => &mut self.taste,
        };
        counters.add(there, 1);
        if STATUS {
            let also = second(place, status);
            if also > 0 {
                counters.add(also, 1);
            }
            self.paying.add(there, u64::from(tier(status) > 0));
        }
    }
}

impl Graph {
    /// The graph of a scenario; `order` maps users to their rank by taste.
    pub fn new(scenario: &Scenario, chance: Chance, order: &Permutation) -> Self {
        let users = scenario.market.users as u32;
        let ties = &scenario.ties;
        match ties.kind {
            TieKind::WellMixed => Graph::WellMixed,
            TieKind::Matching => Graph::Matching(Matchings::new(ties, users, chance, *order)),
            TieKind::WattsStrogatz => Graph::Stored(Stored::ring(users, ties.degree, ties.rewiring, chance)),
            TieKind::EdgeList => Graph::Stored(Stored::from_edges(users, &ties.edges)),
            TieKind::ErdosRenyi => {
                let edges = independent::erdos_renyi(users, f64::from(ties.degree), chance);
                Graph::Stored(Stored::from_edges(users, &edges))
            }
            TieKind::StochasticBlock => {
                let means = (ties.within, ties.between);
                let edges = independent::stochastic_block(users, ties.block, means, chance);
                Graph::Stored(Stored::from_edges(users, &edges))
            }
            TieKind::BarabasiAlbert => {
                let edges = attachment::barabasi_albert(users, ties.attachments, chance);
                Graph::Stored(Stored::from_edges(users, &edges))
            }
        }
    }

    /// Number of ties of a user; 0 where there is no graph.
    pub fn degree(&self, user: u32) -> usize {
        let mut degree = 0;
        self.neighbours(user, |_, _| degree += 1);
        degree
    }

    /// Calls `visit` with every neighbour of a user and the layer of the tie.
    #[inline(always)]
    pub fn neighbours(&self, user: u32, mut visit: impl FnMut(u32, Layer)) {
        match self {
            Graph::WellMixed => {}
            Graph::Matching(matchings) => matchings.neighbours(user, visit),
            Graph::Stored(stored) => {
                stored.neighbours(user).iter().for_each(|&neighbour| visit(neighbour, Layer::Friends));
            }
        }
    }

    /// Reads the ends of a user's row of ties, so that it is on its way from memory. The number means nothing.
    #[inline(always)]
    pub fn touch(&self, user: u32) -> u32 {
        match self {
            Graph::Stored(stored) => match stored.neighbours(user) {
                [first, .., last] => first ^ last,
                _ => 0,
            },
            _ => 0,
        }
    }

    /// Counts a user's neighbours by place (see [`Tally::count`]). Not for hubs.
    #[inline(always)]
    pub fn tally<const STATUS: bool>(&self, user: u32, users: &Users) -> Tally {
        let mut tally = Tally::default();
        self.neighbours(user, |neighbour, layer| {
            let neighbour = neighbour as usize;
            let status = if STATUS { users.status[neighbour] } else { 0 };
            tally.count::<STATUS>(layer, [users.place[neighbour], status]);
        });
        tally
    }

    /// Counts the neighbours of the wanted users of a crowd; the tallies of the others keep what they held.
    #[inline(always)]
    pub fn tallies<const STATUS: bool>(
        &self,
        crowd: &[u32; CROWD],
        wanted: u64,
        users: &Users,
        tallies: &mut Tallies,
    ) {
        let left = match self {
            Graph::Stored(stored) if !STATUS => stored.tallies(crowd, wanted, users, tallies),
            _ => wanted,
        };
        let hubs = match self {
            Graph::Stored(stored) if stored.has_hubs() => tallies.hubs.look(crowd, wanted, (self, users)),
            _ => 0,
        };
        for lane in lanes(left & !hubs) {
            tallies.set(lane, self.tally::<STATUS>(crowd[lane], users));
        }
    }

    /// Whether a user has more ties than a byte counts.
    #[inline(always)]
    pub fn is_hub(&self, user: u32) -> bool {
        matches!(self, Graph::Stored(stored) if stored.has_hubs()
            && stored.degree(user) as usize > MOST_IN_BYTES)
    }

    /// One over the number of ties of the first users of a crowd.
    #[inline(always)]
    pub fn inverse_degrees(&self, users: &[u32], regular: f64, inverse: &mut [f64; CROWD]) {
        let Graph::Stored(stored) = self else {
            return inverse.fill(regular);
        };
        let mut degrees = [0; CROWD];
        for (degree, &user) in degrees.iter_mut().zip(users) {
            *degree = stored.degree(user);
        }
        for (inverse, &degree) in inverse.iter_mut().zip(&degrees) {
            *inverse = if degree == 0 { 0.0 } else { 1.0 / f64::from(degree) };
        }
    }

    /// One over the number of ties of a user; `regular` is that of graphs without stored degrees.
    #[inline(always)]
    pub fn inverse_degree(&self, user: u32, regular: f64) -> f64 {
        match self {
            Graph::Stored(stored) => match stored.degree(user) {
                0 => 0.0,
                degree => 1.0 / f64::from(degree),
            },
            _ => regular,
        }
    }
}
