//! The users who choose side by side, as columns: what a choice reads of each of them.

use super::Eyes;
use crate::dynamics::sight::Sight;
use crate::equations::stock;
use crate::random::philox::LANES;
use crate::random::{NameKey, Purpose, quick};
use crate::world::chunk::Chunk;
use crate::world::graph::{CROWD, Graph, Tallies};
use crate::world::users::{home, remembered, tier};

/// Outside and at most fifteen platforms.
pub const MOST_PLACES: usize = 16;

/// At most [`CROWD`] users about to choose. Lanes beyond `len` hold users of an earlier crowd: computing them is
/// cheaper than stopping before them.
pub struct Crowd {
    pub len: usize,
    pub position: [u16; CROWD],
    pub user: [u32; CROWD],
    pub kind: [u16; CROWD],
    pub home: [u32; CROWD],
    pub remembered: [u32; CROWD],
    pub tier: [u8; CROWD],
    pub social: [f64; CROWD],
    pub ramp: [f64; CROWD],
    pub inverse_degree: [f64; CROWD],
    pub stock: [f64; CROWD],
    pub stock_left: [f64; CROWD],
    /// The bits of today's luck, of what comes to mind, and of tastes that are not noted.
    pub luck: [u64; CROWD],
    pub memory: [u64; CROWD],
    pub taste: [u64; CROWD],
    /// Quick taste and luck by place.
    pub noise: [[f32; CROWD]; MOST_PLACES],
    /// Worth with noise by place; minus infinity for what does not come to mind.
    pub scores: [[f64; CROWD]; MOST_PLACES],
    /// Whether a draw is too rare for its quick law.
    pub rare: [bool; CROWD],
    pub tallies: Tallies,
}

impl Crowd {
    /// Nobody, in a market of so many places.
    pub fn new(places: usize) -> Self {
        Self {
            len: 0,
            position: [0; CROWD],
            user: [0; CROWD],
            kind: [0; CROWD],
            home: [0; CROWD],
            remembered: [0; CROWD],
            tier: [0; CROWD],
            social: [0.0; CROWD],
            ramp: [1.0; CROWD],
            inverse_degree: [0.0; CROWD],
            stock: [0.0; CROWD],
            stock_left: [0.0; CROWD],
            luck: [0; CROWD],
            memory: [0; CROWD],
            taste: [0; CROWD],
            noise: [[0.0; CROWD]; MOST_PLACES],
            scores: [[0.0; CROWD]; MOST_PLACES],
            rare: [false; CROWD],
            tallies: Tallies::new(places),
        }
    }

    /// Number of ties of a lane's user, as near as one over its inverse is.
    #[inline(always)]
    pub fn degree(&self, lane: usize) -> f64 {
        let inverse = self.inverse_degree[lane];
        if inverse > 0.0 { 1.0 / inverse } else { 0.0 }
    }

    /// The values of the users in a column of their chunk; lanes beyond `len` keep what they held.
    #[inline(always)]
    fn read<T: Copy>(&self, column: &[T], values: &mut [T; CROWD]) {
        let (first, last) = (usize::from(self.position[0]), usize::from(self.position[CROWD - 1]));
        if self.len == CROWD && last - first == CROWD - 1 {
            values.copy_from_slice(&column[first..=last]);
        } else {
            for (value, &position) in values.iter_mut().zip(&self.position[..self.len]) {
                *value = column[usize::from(position)];
            }
        }
    }

    /// Adds a position of the chunk; answers whether the crowd is full.
    #[inline(always)]
    pub fn join(&mut self, position: usize) -> bool {
        self.position[self.len] = position as u16;
        self.len += 1;
        self.len == CROWD
    }
}

impl Eyes<'_> {
    /// Reads the columns of those who joined.
    #[inline(always)]
    pub fn recognise(&self, chunk: &Chunk, crowd: &mut Crowd) {
        let Sight { rules, graph, .. } = self.sight;
        let (mut place, mut kind) = ([0; CROWD], [0; CROWD]);
        crowd.read(&self.users.place[chunk.users()], &mut place);
        crowd.read(&self.users.kind[chunk.users()], &mut kind);
        crowd.kind = kind;
        for lane in 0..CROWD {
            crowd.user[lane] = chunk.first + u32::from(crowd.position[lane]);
            crowd.home[lane] = home(place[lane]) as u32;
            crowd.remembered[lane] = remembered(place[lane]) as u32;
        }
        for lane in 0..crowd.len {
            crowd.social[lane] = self.types.social[usize::from(kind[lane])];
        }
        graph.inverse_degrees(&crowd.user[..crowd.len], rules.inverse_degree, &mut crowd.inverse_degree);
        if rules.plans {
            for lane in 0..crowd.len {
                crowd.tier[lane] = tier(self.users.status[crowd.user[lane] as usize]) as u8;
            }
        }
        if matches!(graph, Graph::Matching(_)) {
            for lane in 0..crowd.len {
                crowd.ramp[lane] = self.sight.ramp(chunk, usize::from(crowd.position[lane]));
            }
        }
        if rules.stock {
            for lane in 0..crowd.len {
                let position = usize::from(crowd.position[lane]);
                crowd.stock[lane] = self.stock(chunk, position, crowd.kind[lane], crowd.home[lane]);
                crowd.stock_left[lane] = f64::from(chunk.stock_left[position]) * (1.0 / 255.0);
            }
        }
    }

    #[inline(always)]
    fn stock(&self, chunk: &Chunk, position: usize, kind: u16, here: u32) -> f64 {
        let Sight { rules, tables, day, .. } = self.sight;
        if here == 0 {
            return 0.0;
        }
        let days = day - u32::from(chunk.touch[position]);
        let excess = f64::from(chunk.stock[position]) * (1.0 / 32_767.0);
        let always = tables.always_there[tables.at(usize::from(kind), here as usize)];
        stock::later(excess, rules.kept[days as usize], always).clamp(0.0, 1.0)
    }

    /// Draws the bits of the crowd's luck and tastes, and their quick laws.
    #[inline(always)]
    pub fn draw(&self, chunk: &Chunk, crowd: &mut Crowd) {
        let Sight { rules, day, .. } = self.sight;
        let mut words = [[0; LANES]; 4];
        for first in (0..CROWD).step_by(LANES) {
            let who = core::array::from_fn(|lane| crowd.user[first + lane]);
            self.chance.fill(&who, day, Purpose::Choice, &mut words);
            for lane in 0..LANES {
                crowd.luck[first + lane] = pair(words[0][lane], words[1][lane]);
                crowd.memory[first + lane] = pair(words[2][lane], words[3][lane]);
            }
            if rules.taste_sd != 0.0 && chunk.tastes.is_empty() {
                self.chance.fill(&who, 0, Purpose::Taste, &mut words);
                for lane in 0..LANES {
                    crowd.taste[first + lane] = pair(words[0][lane], words[1][lane]);
                }
            }
        }
        crowd.rare = [false; CROWD];
        for place in usize::from(!rules.outside)..rules.places {
            self.add_luck(crowd, place);
            match (rules.taste_sd as f32, chunk.tastes.is_empty()) {
                (0.0, _) => {}
                (sd, true) => add_drawn_taste(rules.keys[place], sd, crowd, place),
                (sd, false) => {
                    add_noted_taste(&chunk.tastes[place * chunk.len..][..chunk.len], sd, crowd, place)
                }
            }
        }
    }

    /// Quick luck for one place.
    #[inline(always)]
    fn add_luck(&self, crowd: &mut Crowd, place: usize) {
        let (mut bits, noise) = ([0; CROWD], &mut crowd.noise[place]);
        first_bits(self.sight.rules.keys[place], &crowd.luck, &mut bits);
        for lane in 0..CROWD {
            noise[lane] = quick::gumbel(bits[lane]);
        }
        for lane in 0..CROWD {
            crowd.rare[lane] |= quick::is_extreme(bits[lane]);
        }
    }

    /// Counts the ties of those who look around.
    #[inline(always)]
    pub fn look_around(&self, chunk: &Chunk, crowd: &mut Crowd, wanted: u64) {
        let Sight { rules, graph, .. } = self.sight;
        if rules.keeps_ties {
            let positions = &crowd.position[..crowd.len];
            chunk.kept.show(positions, &mut crowd.tallies);
            return chunk.hubs.show(positions, &mut crowd.tallies);
        }
        match (rules.looks_at_ties, rules.plans || rules.second.is_some()) {
            (false, _) => {}
            (true, false) => graph.tallies::<false>(&crowd.user, wanted, self.users, &mut crowd.tallies),
            (true, true) => graph.tallies::<true>(&crowd.user, wanted, self.users, &mut crowd.tallies),
        }
    }
}

/// Quick taste for one place, from the draws.
#[inline(always)]
fn add_drawn_taste(key: NameKey, sd: f32, crowd: &mut Crowd, place: usize) {
    let (mut bits, noise) = ([0; CROWD], &mut crowd.noise[place]);
    first_bits(key, &crowd.taste, &mut bits);
    for lane in 0..CROWD {
        noise[lane] += sd * quick::normal(bits[lane]);
    }
    for lane in 0..CROWD {
        crowd.rare[lane] |= quick::is_rare(bits[lane]);
    }
}

/// Quick taste for one place, as noted for the users of a chunk.
#[inline(always)]
fn add_noted_taste(noted: &[i16], sd: f32, crowd: &mut Crowd, place: usize) {
    let mut steps = [0; CROWD];
    crowd.read(noted, &mut steps);
    let noise = &mut crowd.noise[place];
    for lane in 0..CROWD {
        noise[lane] += sd * quick::from_steps(steps[lane]);
    }
    for lane in 0..CROWD {
        crowd.rare[lane] |= steps[lane] == quick::BEYOND;
    }
}

#[inline(always)]
fn pair(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// The upper half of the bits that belong to a name.
#[inline(always)]
fn first_bits(key: NameKey, drawn: &[u64; CROWD], bits: &mut [u32; CROWD]) {
    for (bits, &drawn) in bits.iter_mut().zip(drawn) {
        *bits = (key.bits(drawn) >> 32) as u32;
    }
}
