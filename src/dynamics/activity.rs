//! Phase 2: who is active today (E14), and what follows for the activity measures.

mod presence;
mod visits;

use super::sight::Sight;
use crate::parallel::map_mut;
use crate::random::philox::LANES;
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::ledger::Ledger;
use crate::world::panel::TIERS;
use crate::world::types::Types;
use crate::world::users::{ORIGIN, Users, home};
use multiversion::multiversion;
use presence::{Batch, Presence};
use std::ops::Range;
use visits::Visits;

/// Users whose words are drawn together: sixteen blocks of four words.
const BATCH: usize = 4 * LANES;

/// Simulates the day's activity of the tracked users.
pub fn run(world: &mut World, _: &Scenario) {
    if world.rules.tracked == 0 {
        return;
    }
    let World { chunks, users, types, tables, rules, graph, ledger, calendar, chance, day, .. } = world;
    let month = calendar.month_of(*day);
    let sight = Sight { rules, tables, graph, day: *day };
    let view = View {
        sight,
        presence: Presence::new(sight, users, types, *chance),
        visits: rules.second.map(|terms| Visits { sight, terms, users, types, chance: *chance }),
        users,
        types,
        ages: rules.retention_days.min(*day) as usize + 1,
        month_start: calendar.month_start(month),
        month_ends: calendar.month_end(month) == *day,
        cells: ledger.panel.classes * ledger.panel.places,
    };
    let tallies = map_mut(chunks, |_, chunk| attend(&view, chunk));
    for tally in &tallies {
        view.add(tally, ledger, month, calendar);
    }
}

/// The day of a chunk. The same bits at every vector width: no operation is fused or reordered.
#[multiversion(targets(
    "x86_64+avx+avx2+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512dq+avx512vl+avx512bw+avx512cd",
    "x86_64+avx+avx2+bmi1+bmi2+lzcnt+popcnt"
))]
fn attend(view: &View, chunk: &mut Chunk) -> Tally {
    view.attend(chunk)
}

struct View<'a> {
    sight: Sight<'a>,
    presence: Presence<'a>,
    /// Who visits second homes, where they are allowed.
    visits: Option<Visits<'a>>,
    users: &'a Users,
    types: &'a Types,
    /// Ages kept today: 0..ages.
    ages: usize,
    month_start: u32,
    month_ends: bool,
    /// Classes × places.
    cells: usize,
}

/// Counts of a chunk and day.
struct Tally {
    /// Active today in the low half, active within the window in the high half; two by class × place × tier:
    /// users in turn, so that one need not wait for the sum that the one before has just written.
    present: Vec<[u64; 2]>,
    /// Class × place × age: active users whose spell began that many days ago.
    by_age: Vec<u32>,
    /// Class × place cell, bracket, first day of the spell.
    entered_bracket: Vec<(u16, u16, u16)>,
    /// On the last day of a month: class × place × 32.
    active_days: Vec<u32>,
    /// On the last day of a month: place × type.
    type_days: Vec<u64>,
}

impl View<'_> {
    #[inline(always)]
    fn attend(&self, chunk: &mut Chunk) -> Tally {
        let mut tally = Tally {
            present: vec![[0; 2]; self.cells * TIERS],
            by_age: vec![0; self.cells * self.ages],
            entered_bracket: Vec::new(),
            active_days: Vec::new(),
            type_days: Vec::new(),
        };
        chunk.recent.forget(self.sight.day);
        for first in (0..chunk.tracked()).step_by(BATCH) {
            let range = first..chunk.tracked().min(first + BATCH);
            let batch = self.presence.of(chunk, range.clone());
            self.count(chunk, range, &batch, &mut tally);
        }
        if let Some(visits) = &self.visits {
            visits.count(chunk, &mut tally.present);
        }
        for (present, recent) in tally.present.iter_mut().step_by(TIERS).zip(&chunk.recent.counts) {
            present[0] += u64::from(*recent) << 32;
        }
        if self.month_ends {
            self.close_month(chunk, &mut tally);
        }
        tally
    }

    #[inline(always)]
    fn count(&self, chunk: &mut Chunk, range: Range<usize>, batch: &Batch, tally: &mut Tally) {
        let today = self.sight.day as u16 + ORIGIN;
        let counts_from = (today + 1).saturating_sub(self.sight.rules.window as u16);
        let mut noted = batch.active;
        for (noted, &start) in noted.iter_mut().zip(&chunk.start[range.clone()]) {
            *noted &= u8::from(start > ORIGIN);
        }
        for (eight, noted) in noted.as_chunks::<8>().0.iter().enumerate() {
            let mut noted = u64::from_le_bytes(*noted);
            while noted != 0 {
                let slot = eight * 8 + noted.trailing_zeros() as usize / 8;
                noted &= noted - 1;
                self.note_attendance(
                    chunk,
                    range.start + slot,
                    usize::from(batch.cells[slot]) / TIERS,
                    tally,
                );
            }
        }
        let mut present = [0_u8; BATCH];
        let columns = chunk.last_active[range.clone()].iter_mut().zip(&mut chunk.month_days[range.clone()]);
        for ((last, days), (&active, present)) in columns.zip(batch.active.iter().zip(&mut present)) {
            // Without a branch: whether somebody is active today is as good as unpredictable.
            let mask = 0_u16.wrapping_sub(u16::from(active));
            *last = (today & mask) | (*last & !mask);
            *days += active;
            *present = u8::from(*last >= counts_from);
        }
        for (slot, &cell) in batch.cells[..range.len()].iter().enumerate() {
            tally.present[usize::from(cell)][slot % 2] +=
                u64::from(batch.active[slot]) | u64::from(present[slot]) << 32;
        }
    }

    /// Counts an active day of somebody who joined during the run.
    #[inline(always)]
    fn note_attendance(&self, chunk: &Chunk, position: usize, cell: usize, tally: &mut Tally) {
        let (start, last) = (chunk.start[position], chunk.last_active[position]);
        let age = self.sight.day + u32::from(ORIGIN) - u32::from(start);
        if (age as usize) < self.ages {
            tally.by_age[cell * self.ages + age as usize] += 1;
        }
        for (bracket, &[from, to]) in self.sight.rules.brackets.iter().enumerate() {
            let first_time = u32::from(last) < u32::from(start) + from;
            if (from..=to).contains(&age) && first_time {
                tally.entered_bracket.push((cell as u16, bracket as u16, start - ORIGIN));
            }
        }
    }

    /// Histogram of active days of those who lived here all month, active days by type; a new month begins.
    fn close_month(&self, chunk: &mut Chunk, tally: &mut Tally) {
        tally.active_days = vec![0; self.cells * 32];
        tally.type_days = vec![0; self.sight.rules.places * self.types.count];
        for position in 0..chunk.tracked() {
            let user = chunk.first as usize + position;
            let here = home(self.users.place[user]);
            let days = std::mem::take(&mut chunk.month_days[position]);
            if here == 0 {
                continue;
            }
            let kind = usize::from(self.users.kind[user]);
            tally.type_days[here * self.types.count + kind] += u64::from(days);
            let whole_month = u32::from(chunk.start[position]) <= self.month_start + u32::from(ORIGIN);
            if whole_month {
                let cell = usize::from(self.types.class[kind]) * self.sight.rules.places + here;
                tally.active_days[cell * 32 + usize::from(days)] += 1;
            }
        }
    }

    fn add(&self, tally: &Tally, ledger: &mut Ledger, month: usize, calendar: &Calendar) {
        let day = self.sight.day as usize;
        let places = ledger.panel.places;
        for (cell, present) in tally.present.iter().enumerate() {
            let sum = present[0] + present[1];
            ledger.panel.active[day * self.cells * TIERS + cell] += sum as u32;
            ledger.panel.monthly_active[day * self.cells + cell / TIERS] += (sum >> 32) as u32;
        }
        for cell in 0..self.cells {
            let (class, here) = (cell / places, cell % places);
            for (age, &count) in tally.by_age[cell * self.ages..][..self.ages].iter().enumerate() {
                if count > 0 {
                    let attendance = &mut ledger.attendance;
                    let cohort = calendar.month_of((day - age) as u32);
                    let at = attendance.at(class, here, cohort, attendance.ages) + age;
                    attendance.active[at] += count;
                }
            }
        }
        for &(cell, bracket, start) in &tally.entered_bracket {
            let (class, here) = (usize::from(cell) / places, usize::from(cell) % places);
            let attendance = &mut ledger.attendance;
            let cohort = calendar.month_of(u32::from(start));
            let at = attendance.at(class, here, cohort, attendance.brackets) + usize::from(bracket);
            attendance.in_bracket[at] += 1;
        }
        if self.month_ends {
            add_to(&mut ledger.panel.active_days[month * self.cells * 32..], &tally.active_days);
            let width = places * self.types.count;
            for (sum, days) in ledger.panel.type_active_days[month * width..].iter_mut().zip(&tally.type_days)
            {
                *sum += days;
            }
        }
    }
}

fn add_to(sums: &mut [u32], counts: &[u32]) {
    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}
