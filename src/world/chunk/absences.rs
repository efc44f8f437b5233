//! Recent absences: activity on places left, and memberships interrupted.

use crate::world::users::ORIGIN;
use std::collections::BTreeMap;

/// Users who were active on a place within the window but live elsewhere now: they still count there.
#[derive(Clone, Debug, PartialEq)]
pub struct Recent {
    window: u32,
    /// Last active day by (position, place).
    last: BTreeMap<(u16, u8), u16>,
    /// What runs out on which day (day modulo the window's length plus 1): position, place, cell.
    due: Vec<Vec<(u16, u8, u16, u16)>>,
    /// How many count, by class × place.
    pub counts: Vec<u32>,
}

impl Recent {
    pub(super) fn new(window: u32, cells: usize) -> Self {
        let due = vec![Vec::new(); window as usize + 1];
        Self { window, last: BTreeMap::new(), due, counts: vec![0; cells] }
    }

    /// Forgets those whose window ends before `day`.
    pub fn forget(&mut self, day: u32) {
        let slot = day as usize % self.due.len();
        for (position, place, cell, last) in std::mem::take(&mut self.due[slot]) {
            if self.last.get(&(position, place)) == Some(&last) {
                self.last.remove(&(position, place));
                self.counts[usize::from(cell)] -= 1;
            }
        }
    }

    /// Remembers the last activity of somebody who leaves a place at the end of `day`.
    pub fn leave(&mut self, position: u16, place: u8, cell: usize, last: u16, day: u32) {
        let until = (u32::from(last) + self.window).saturating_sub(u32::from(ORIGIN)); // first day not counted
        if until <= day + 1 {
            return;
        }
        self.last.insert((position, place), last);
        self.counts[cell] += 1;
        let slot = until as usize % self.due.len();
        self.due[slot].push((position, place, cell as u16, last));
    }

    /// The last activity of somebody who comes back to a place; 0 if none counts.
    pub fn come_back(&mut self, position: u16, place: u8, cell: usize) -> u16 {
        let last = self.last.remove(&(position, place));
        if last.is_some() {
            self.counts[cell] -= 1;
        }
        last.unwrap_or(0)
    }
}

/// Memberships interrupted for at most 30 days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gaps {
    /// First day and first unpaid day of the membership (from `ORIGIN`), by position.
    pub open: BTreeMap<u16, (u16, u16)>,
    /// Positions by the day on which the gap becomes too long.
    due: BTreeMap<u32, Vec<u16>>,
}

impl Gaps {
    /// Longest gap that does not end a membership, days.
    pub const LONGEST: u32 = 30;

    /// Opens a gap at the end of `day`.
    pub fn begin(&mut self, position: u16, membership: (u16, u16), day: u32) {
        self.open.insert(position, membership);
        self.due.entry(day + Self::LONGEST + 1).or_default().push(position);
    }

    /// Takes the gaps that have become too long by the end of `day`.
    pub fn expire(&mut self, day: u32) -> Vec<(u16, (u16, u16))> {
        let mut expired = Vec::new();
        for position in self.due.remove(&day).unwrap_or_default() {
            let begun = self.open.get(&position).copied();
            // A membership that was resumed and stopped again has a later gap, with its own due day.
            if let Some((first, end)) = begun
                && u32::from(end) + Self::LONGEST <= day + u32::from(ORIGIN)
            {
                self.open.remove(&position);
                expired.push((position, (first, end)));
            }
        }
        expired
    }
}
