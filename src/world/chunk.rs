//! What belongs to a chunk of users alone: their own columns, today's intents, and recent absences.

mod absences;
mod contracts;

pub use absences::{Gaps, Recent};
pub use contracts::Contract;

use super::ends::Ends;
use super::graph::{Graph, Hubs, Kept, Tally};
use super::reasons::REASONS;
use super::users::{NEVER, Users, home};
use std::ops::Range;

/// A chunk of at most [`crate::parallel::CHUNK`] users; positions count from its first user.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// First user.
    pub first: u32,
    /// Number of users.
    pub len: usize,
    /// Own stock on the home, less that of somebody always there, at the day of `touch`; 1/32767.
    pub stock: Vec<i16>,
    /// Own stock left on the remembered platform; 1/255.
    pub stock_left: Vec<u8>,
    /// Day when `stock` was last written.
    pub touch: Vec<u16>,
    /// First whole day at home, day numbers from `ORIGIN`.
    pub start: Vec<u16>,
    /// First day of the membership; `NEVER` for free users.
    pub paid_start: Vec<u16>,
    /// Friends on my platform.
    pub friends: Vec<u8>,
    /// Taste neighbours on my platform.
    pub taste: Vec<u8>,
    /// Paying ties on my platform.
    pub paying: Vec<u8>,
    /// Ties on every platform, where they are kept.
    pub kept: Kept,
    /// Ties of users who have more than bytes count. All their other counters stay 0.
    pub hubs: Hubs,
    /// Quick private tastes in steps, where ties are kept and tastes differ; shape places × users.
    pub tastes: Vec<i16>,
    /// Last active day at home, from `ORIGIN`; 0 for none. Tracked users only.
    pub last_active: Vec<u16>,
    /// Last active day on the second home, from `ORIGIN`; 0 for none. Tracked users only, where second homes are
    /// allowed.
    pub second_active: Vec<u16>,
    /// Active days in this calendar month. Tracked users only.
    pub month_days: Vec<u8>,
    /// Users who reconsider today, a bit each.
    pub candidates: Vec<u64>,
    /// Today's moves: position and destination, in order of position.
    pub moves: Vec<(u16, u8)>,
    /// Today's changes of plan: position and new tier, in order of position.
    pub plans: Vec<(u16, u8)>,
    /// Today's changes of second homes among those who stay: position and new second home, 0 for none.
    pub seconds: Vec<(u16, u8)>,
    /// Why those moved who chose to: class, old and new place, reasons; empty where reasons are not summed.
    pub reasons: Vec<(u8, u8, u8, [i64; REASONS])>,
    /// Users who do not reconsider because they are under contract, in order of position.
    pub contracts: Vec<Contract>,
    /// Platform decisions taken today.
    pub decisions: u64,
    /// Sums of the motives at today's conversions; (class, place, four motives).
    pub motives: Vec<(u8, u8, [i64; 4])>,
    /// Spells that ended today.
    pub ends: Ends,
    /// Places left within the window of monthly activity.
    pub recent: Recent,
    /// Members who stopped paying within the last 30 days.
    pub gaps: Gaps,
}

impl Chunk {
    /// Empty columns for the users of a range, of whom those below `tracked` are tracked.
    pub fn new(users: Range<u32>, tracked: u64, window: u32, cells: usize) -> Self {
        let len = users.len();
        let followed = tracked.saturating_sub(u64::from(users.start)).min(len as u64) as usize;
        Self {
            first: users.start,
            len,
            stock: vec![0; len],
            stock_left: vec![0; len],
            touch: vec![0; len],
            start: vec![0; len],
            paid_start: vec![NEVER; len],
            friends: vec![0; len],
            taste: vec![0; len],
            paying: vec![0; len],
            kept: Kept::default(),
            hubs: Hubs::default(),
            tastes: Vec::new(),
            last_active: vec![0; followed],
            second_active: Vec::new(),
            month_days: vec![0; followed],
            candidates: vec![0; len.div_ceil(64)],
            moves: Vec::new(),
            plans: Vec::new(),
            seconds: Vec::new(),
            reasons: Vec::new(),
            contracts: Vec::new(),
            decisions: 0,
            motives: Vec::new(),
            ends: Ends::default(),
            recent: Recent::new(window, cells),
            gaps: Gaps::default(),
        }
    }

    /// The users of the chunk.
    pub fn users(&self) -> Range<usize> {
        self.first as usize..self.first as usize + self.len
    }

    /// Number of tracked users.
    pub fn tracked(&self) -> usize {
        self.last_active.len()
    }

    /// Counts the ties of a position's user on the own platform; reads kept ties if there are any. Hubs are always
    /// counted by place.
    pub fn recount(&mut self, position: usize, graph: &Graph, users: &Users) {
        if self.hubs.find(position).is_some() {
            return;
        }
        let user = self.first + position as u32;
        let here = home(users.place[user as usize]);
        let kept = !self.kept.is_empty();
        let tally = if kept { self.kept.get(position) } else { graph.tally::<true>(user, users) };
        self.take_home(position, here, &tally);
    }

    /// Takes the ties at home out of what a user has counted.
    #[inline(always)]
    pub fn take_home(&mut self, position: usize, here: usize, tally: &Tally) {
        self.friends[position] = tally.friends(here);
        self.taste[position] = tally.taste(here);
        self.paying[position] = tally.paying(here);
    }

    /// Marks everybody as reconsidering today.
    pub fn mark_all(&mut self) {
        self.candidates.fill(u64::MAX);
        let beyond = self.candidates.len() * 64 - self.len;
        if let Some(last) = self.candidates.last_mut() {
            *last >>= beyond;
        }
    }

    /// Marks a position as reconsidering today.
    #[inline(always)]
    pub fn mark(&mut self, position: usize) {
        self.candidates[position / 64] |= 1 << (position % 64);
    }
}
