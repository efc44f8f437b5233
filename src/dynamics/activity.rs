//! Phase 2: who is active today (E14), and what follows for the activity measures.

use super::sight::Sight;
use crate::equations::ties;
use crate::maths::exp_poly;
use crate::parallel::map_mut;
use crate::random::law::uniform32;
use crate::random::philox::LANES;
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::graph::Graph;
use crate::world::ledger::Ledger;
use crate::world::panel::TIERS;
use crate::world::types::Types;
use crate::world::users::{ORIGIN, Users, home, tier};
use std::ops::Range;

/// Users whose words are drawn together: sixteen blocks of four words.
const BATCH: usize = 4 * LANES;

/// Simulates the day's activity of the tracked users.
pub fn run(world: &mut World, _: &Scenario) {
    if world.rules.tracked == 0 {
        return;
    }
    let World { chunks, users, types, tables, rules, graph, ledger, calendar, chance, day, .. } = world;
    let month = calendar.month_of(*day);
    let view = View {
        sight: Sight { rules, tables, graph, day: *day },
        users,
        types,
        chance: *chance,
        ages: rules.retention_days.min(*day) as usize + 1,
        month_start: calendar.month_start(month),
        month_ends: calendar.month_end(month) == *day,
        cells: ledger.panel.classes * ledger.panel.places,
    };
    let tallies = map_mut(chunks, |_, chunk| view.attend(chunk));
    for tally in &tallies {
        view.add(tally, ledger, month, calendar);
    }
}

struct View<'a> {
    sight: Sight<'a>,
    users: &'a Users,
    types: &'a Types,
    chance: Chance,
    /// Ages kept today: 0..ages.
    ages: usize,
    month_start: u32,
    month_ends: bool,
    /// Classes × places.
    cells: usize,
}

/// Where a user is counted: class × place, and class × place × tier.
#[derive(Clone, Copy, Default)]
struct Cell {
    group: u16,
    plan: u16,
}

/// Counts of a chunk and day.
struct Tally {
    /// Class × place × tier.
    active: Vec<u32>,
    /// Class × place.
    monthly: Vec<u32>,
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
    fn attend(&self, chunk: &mut Chunk) -> Tally {
        let mut tally = Tally {
            active: vec![0; self.cells * TIERS],
            monthly: vec![0; self.cells],
            by_age: vec![0; self.cells * self.ages],
            entered_bracket: Vec::new(),
            active_days: Vec::new(),
            type_days: Vec::new(),
        };
        chunk.recent.forget(self.sight.day);
        for first in (0..chunk.tracked()).step_by(BATCH) {
            self.attend_batch(chunk, first..chunk.tracked().min(first + BATCH), &mut tally);
        }
        for (count, recent) in tally.monthly.iter_mut().zip(&chunk.recent.counts) {
            *count += recent;
        }
        if self.month_ends {
            self.close_month(chunk, &mut tally);
        }
        tally
    }

    /// The day of at most 64 users: the loops over the batch are separate so that each stays simple enough
    /// for the processor to run several users at once.
    #[inline(always)]
    fn attend_batch(&self, chunk: &mut Chunk, range: Range<usize>, tally: &mut Tally) {
        let Sight { rules, tables, .. } = self.sight;
        let mut odds = [f64::INFINITY; BATCH];
        let mut cells = [Cell::default(); BATCH];
        let users = chunk.first as usize + range.start..chunk.first as usize + range.end;
        let columns = self.users.place[users.clone()].iter().zip(&self.users.kind[users.clone()]);
        let columns = columns.zip(&self.users.status[users.clone()]);
        for (((&place, &kind), &status), (odds, cell)) in columns.zip(odds.iter_mut().zip(&mut cells)) {
            let (here, kind, plan) = (home(place), usize::from(kind), tier(status));
            *odds = tables.idle_odds[tables.at(kind, here) * TIERS + plan];
            let group = usize::from(self.types.class[kind]) * rules.places + here;
            *cell = Cell { group: group as u16, plan: (group * TIERS + plan) as u16 };
        }
        if rules.drivers.ties != 0.0 {
            let mut pull = [0.0; BATCH];
            self.pull(chunk, range.clone(), &mut pull);
            odds.iter_mut().zip(&pull).for_each(|(odds, &pull)| *odds *= exp_poly(pull));
        }
        let active = self.draw(users.start, &odds);
        self.count(chunk, range, (&cells, active), tally);
    }

    /// What ties add to the log-odds against activity: `-psi_s z s` on the own platform (E4, E14).
    #[inline(always)]
    fn pull(&self, chunk: &Chunk, range: Range<usize>, pull: &mut [f64; BATCH]) {
        let Sight { rules, tables, graph, .. } = self.sight;
        let regular = matches!(graph, Graph::Matching(_));
        for (position, pull) in range.zip(pull) {
            let user = chunk.first as usize + position;
            let (here, kind) = (home(self.users.place[user]), usize::from(self.users.kind[user]));
            let company = self.sight.at_home(chunk, position, here);
            let ramp = self.sight.ramp(chunk, position);
            let inverse = if regular {
                rules.inverse_degree
            } else {
                graph.inverse_degree(user as u32, rules.inverse_degree)
            };
            let share = ties::share(company.friends, company.taste, tables.open[here], ramp, inverse);
            *pull = -rules.drivers.ties * (self.types.social[kind] * share);
        }
    }

    /// Who of the batch is active, a bit each: u < 1 / (1 + odds). Nobody is active outside, where the odds
    /// against it are infinite.
    #[inline(always)]
    fn draw(&self, first: usize, odds: &[f64; BATCH]) -> u64 {
        let mut words = [[0; LANES]; 4];
        let blocks = core::array::from_fn(|block| (first / 4 + block) as u32);
        self.chance.fill(&blocks, self.sight.day, Purpose::Activity, &mut words);
        let mut active = 0;
        for (slot, odds) in odds.iter().enumerate() {
            let word = words[slot % 4][slot / 4];
            active |= u64::from(uniform32(word) * (1.0 + odds) < 1.0) << slot;
        }
        active
    }

    #[inline(always)]
    fn count(
        &self,
        chunk: &mut Chunk,
        range: Range<usize>,
        (cells, active): (&[Cell; BATCH], u64),
        tally: &mut Tally,
    ) {
        let today = self.sight.day as u16 + ORIGIN;
        let counts_from = (today + 1).saturating_sub(self.sight.rules.window as u16);
        let mut joiners = 0_u64;
        let starts = &chunk.start[range.clone()];
        for (slot, &start) in starts.iter().enumerate() {
            joiners |= u64::from(start > ORIGIN) << slot;
        }
        let mut noted = joiners & active;
        while noted != 0 {
            let slot = noted.trailing_zeros() as usize;
            noted &= noted - 1;
            self.note_attendance(chunk, range.start + slot, usize::from(cells[slot].group), tally);
        }
        let columns = chunk.last_active[range.clone()].iter_mut().zip(&mut chunk.month_days[range]);
        for (slot, ((last, days), cell)) in columns.zip(cells).enumerate() {
            let is_active = (active >> slot & 1) as u16;
            // Without a branch: whether somebody is active today is as good as unpredictable.
            let mask = 0_u16.wrapping_sub(is_active);
            *last = (today & mask) | (*last & !mask);
            *days += is_active as u8;
            tally.active[usize::from(cell.plan)] += u32::from(is_active);
            tally.monthly[usize::from(cell.group)] += u32::from(*last >= counts_from);
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

    fn add(
        &self,
        tally: &Tally,
        ledger: &mut Ledger,
        month: usize,
        calendar: &crate::scenario::calendar::Calendar,
    ) {
        let day = self.sight.day as usize;
        let places = ledger.panel.places;
        add_to(&mut ledger.panel.active[day * self.cells * TIERS..], &tally.active);
        add_to(&mut ledger.panel.monthly_active[day * self.cells..], &tally.monthly);
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
