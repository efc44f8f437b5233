//! Phase 6: moves and plans take effect, once.

use super::neighbours::{Near, Post, deliver};
use crate::equations::stock;
use crate::parallel::{CHUNK, map_mut};
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::graph::Graph;
use crate::world::ledger::Ledger;
use crate::world::panel::{Panel, TIERS};
use crate::world::reasons::MoveKey;
use crate::world::rules::Rules;
use crate::world::spells::{Cause, SpellKey, State};
use crate::world::tables::Tables;
use crate::world::types::Types;
use crate::world::users::{
    self, NEVER, ORIGIN, has_paid, home, remembered, second, tier, with_second, with_tier, without_second,
};

/// A return within so many days is a win-back.
const WIN_BACK_DAYS: u16 = 90;

/// Moves after which neighbours are told.
const AT_ONCE: usize = 64;

/// Applies the day's moves and plans.
pub fn run(world: &mut World, _: &Scenario) {
    let World { chunks, users, types, tables, rules, graph, ledger, calendar, day, .. } = world;
    tables.advance_stock(rules.stock_decay);
    let desk =
        Desk { types, tables, rules, graph, calendar, day: *day, kind: &users.kind, bags: chunks.len() };
    let mut parts: Vec<Part> = chunks
        .iter_mut()
        .zip(users.place.chunks_mut(CHUNK).zip(users.status.chunks_mut(CHUNK)))
        .map(|(chunk, (place, status))| Part { chunk, place, status })
        .collect();
    let (outcomes, posts): (Vec<Outcome>, Vec<Post>) =
        map_mut(&mut parts, |_, part| desk.apply(part)).into_iter().unzip();
    if rules.hears_of_ties() {
        deliver(&posts, chunks, (graph, rules), users, *day);
    }
    for (outcome, chunk) in outcomes.iter().zip(chunks.iter()) {
        record(ledger, outcome, chunk, calendar, *day);
    }
}

/// A chunk with its own stretch of the columns that neighbours read.
struct Part<'a> {
    chunk: &'a mut Chunk,
    place: &'a mut [u8],
    status: &'a mut [u8],
}

struct Desk<'a> {
    types: &'a Types,
    tables: &'a Tables,
    rules: &'a Rules,
    graph: &'a Graph,
    calendar: &'a Calendar,
    day: u32,
    kind: &'a [u16],
    bags: usize,
}

/// What the ledger must know of a chunk's day.
#[derive(Default)]
struct Outcome {
    moves: Vec<Moved>,
    plans: Vec<Replanned>,
    seconds: Vec<Visited>,
    /// Class, place, month of joining and age of the last active day of spells begun during the run.
    last_active: Vec<(u8, u8, u16, u16)>,
}

struct Moved {
    class: u8,
    from: u8,
    to: u8,
    tier: u8,
    won_back: bool,
    tracked: bool,
}

/// A change of second home.
struct Visited {
    class: u8,
    home: u8,
    from: u8,
    to: u8,
}

struct Replanned {
    class: u8,
    place: u8,
    from: u8,
    to: u8,
}

impl Desk<'_> {
    fn apply(&self, part: &mut Part) -> (Outcome, Post) {
        let (mut outcome, mut post) = (Outcome::default(), Post::new(self.bags));
        part.chunk.ends.clear();
        self.expire_gaps(part);
        let (moves, plans) = (std::mem::take(&mut part.chunk.moves), std::mem::take(&mut part.chunk.plans));
        for some in moves.chunks(AT_ONCE) {
            some.iter().for_each(|&moved| self.relocate(part, moved, &mut outcome, &mut post));
            post.tell(self.graph, &mut self.near(part));
        }
        for some in plans.chunks(AT_ONCE) {
            some.iter().for_each(|&changed| self.replan(part, changed, &mut outcome, &mut post));
            post.tell(self.graph, &mut self.near(part));
        }
        let seconds = std::mem::take(&mut part.chunk.seconds);
        for some in seconds.chunks(AT_ONCE) {
            some.iter().for_each(|&changed| self.revisit(part, changed, &mut outcome, &mut post));
            post.tell(self.graph, &mut self.near(part));
        }
        part.chunk.seconds = seconds;
        (part.chunk.moves, part.chunk.plans) = (moves, plans);
        (outcome, post)
    }

    fn class(&self, part: &Part, position: u16) -> u8 {
        self.types.class[usize::from(self.kind[part.chunk.first as usize + usize::from(position)])]
    }

    /// First whole day of what begins now.
    fn tomorrow(&self) -> u16 {
        (self.day + 1) as u16 + ORIGIN
    }

    fn relocate(&self, part: &mut Part, (position, to): (u16, u8), outcome: &mut Outcome, post: &mut Post) {
        let at = usize::from(position);
        let (from, memory) = (home(part.place[at]), remembered(part.place[at]));
        let (there, class, status) = (usize::from(to), self.class(part, position), part.status[at]);
        let start = part.chunk.start[at];
        let visits = second(part.place[at], status) > 0;
        if visits {
            self.revisit(part, (position, 0), outcome, post);
        }
        let returns = there > 0 && there == memory;
        outcome.moves.push(Moved {
            class,
            from: from as u8,
            to,
            tier: tier(status) as u8,
            won_back: returns && !visits && self.tomorrow() - start <= WIN_BACK_DAYS,
            tracked: at < part.chunk.tracked(),
        });
        if from > 0 {
            let cause = if to == 0 { Cause::Lapsed } else { Cause::Switched(to) };
            self.end_stay(part, position, cause);
        }
        if self.rules.stock {
            self.carry_stock(part, at, (from, there), returns);
        }
        self.carry_attendance(part, position, (from, there), outcome);
        let memory = match (from, returns) {
            (0, true) => 0,
            (0, false) => memory,
            _ => from,
        };
        part.place[at] = users::place(there, memory);
        part.status[at] = 0;
        part.chunk.start[at] = self.tomorrow();
        part.chunk.paid_start[at] = NEVER;
        if self.rules.hears_of_ties() {
            let user = part.chunk.first + u32::from(position);
            post.moved(user, (from as u8, to), tier(status) > 0);
        }
    }

    /// Ends the spells of somebody who leaves a platform.
    fn end_stay(&self, part: &mut Part, position: u16, cause: Cause) {
        let at = usize::from(position);
        let (start, status) = (part.chunk.start[at], part.status[at]);
        self.end(part, position, (State::Home, start, self.tomorrow()), cause);
        if !has_paid(status) {
            self.end(part, position, (State::Unpaid, start, self.tomorrow()), cause);
        }
        if let Some((first, end)) = part.chunk.gaps.open.remove(&position) {
            self.end(part, position, (State::Member, first, end), Cause::Cancelled);
        }
        if part.chunk.paid_start[at] != NEVER {
            let first = part.chunk.paid_start[at];
            self.end(part, position, (State::Member, first, self.tomorrow()), cause);
        }
    }

    fn end(&self, part: &mut Part, position: u16, (state, start, end): (State, u16, u16), cause: Cause) {
        let place = home(part.place[usize::from(position)]) as u8;
        let class = self.class(part, position);
        let cohort = cohort(self.calendar, start);
        part.chunk.ends.add(SpellKey { state, place, class, cohort, age: end - start, cause });
    }

    /// The own stock stays behind on the old platform; a remembered one is taken up again.
    fn carry_stock(&self, part: &mut Part, at: usize, (from, there): (usize, usize), returns: bool) {
        let chunk = &mut *part.chunk;
        let kind = usize::from(self.kind[chunk.first as usize + at]);
        let taken_up = if returns { f64::from(chunk.stock_left[at]) / 255.0 } else { 0.0 };
        if from > 0 {
            let days = self.day + 1 - u32::from(chunk.touch[at]);
            let excess = f64::from(chunk.stock[at]) / 32_767.0;
            let always = self.tables.always_there[self.tables.at(kind, from)];
            let left = stock::later(excess, self.rules.kept[days as usize], always).clamp(0.0, 1.0);
            chunk.stock_left[at] = (left * 255.0).round() as u8;
        } else if returns {
            chunk.stock_left[at] = 0;
        }
        let always = self.tables.always_there[self.tables.at(kind, there)];
        chunk.stock[at] = ((taken_up - always) * 32_767.0).round() as i16;
        chunk.touch[at] = (self.day + 1) as u16;
    }

    /// Recent activity still counts on the old platform; attendance of the ended spell is noted.
    fn carry_attendance(
        &self,
        part: &mut Part,
        position: u16,
        (from, there): (usize, usize),
        outcome: &mut Outcome,
    ) {
        let at = usize::from(position);
        if at >= part.chunk.tracked() {
            return;
        }
        let class = self.class(part, position);
        let cell = |place: usize| usize::from(class) * self.rules.places + place;
        let chunk = &mut *part.chunk;
        let last = chunk.last_active[at];
        if from > 0 {
            if let Some(age) = last_age(chunk.start[at], last) {
                let joined = self.calendar.month_of(u32::from(chunk.start[at] - ORIGIN)) as u16;
                outcome.last_active.push((class, from as u8, joined, age));
            }
            chunk.recent.leave(position, from as u8, cell(from), last, self.day);
        }
        chunk.last_active[at] = chunk.recent.come_back(position, there as u8, cell(there));
        chunk.month_days[at] = 0;
    }

    /// A second home begins (`to` above 0), ends, or both.
    fn revisit(&self, part: &mut Part, (position, to): (u16, u8), outcome: &mut Outcome, post: &mut Post) {
        let at = usize::from(position);
        let (here, class) = (home(part.place[at]), self.class(part, position));
        let (from, there) = (second(part.place[at], part.status[at]), usize::from(to));
        outcome.seconds.push(Visited { class, home: here as u8, from: from as u8, to });
        let chunk = &mut *part.chunk;
        if at < chunk.tracked() {
            let cell = |place: usize| usize::from(class) * self.rules.places + place;
            if from > 0 {
                chunk.recent.leave(position, from as u8, cell(from), chunk.second_active[at], self.day);
            }
            chunk.second_active[at] = chunk.recent.come_back(position, to, cell(there));
        }
        if there > 0 && there != remembered(part.place[at]) {
            chunk.stock_left[at] = 0;
            part.place[at] = users::place(here, there);
        }
        let status = part.status[at];
        part.status[at] = if to > 0 { with_second(status) } else { without_second(status) };
        if self.rules.hears_of_ties() {
            post.second(chunk.first + u32::from(position), (from as u8, to));
        }
    }

    fn replan(&self, part: &mut Part, (position, to): (u16, u8), outcome: &mut Outcome, post: &mut Post) {
        let at = usize::from(position);
        let (here, status) = (home(part.place[at]), part.status[at]);
        let from = tier(status);
        let class = self.class(part, position);
        outcome.plans.push(Replanned { class, place: here as u8, from: from as u8, to });
        if from == 0 {
            if !has_paid(status) {
                let start = part.chunk.start[at];
                self.end(part, position, (State::Unpaid, start, self.tomorrow()), Cause::Converted);
            }
            let resumed = part.chunk.gaps.open.remove(&position);
            part.chunk.paid_start[at] = resumed.map_or(self.tomorrow(), |(first, _)| first);
        } else if to == 0 {
            let first = std::mem::replace(&mut part.chunk.paid_start[at], NEVER);
            part.chunk.gaps.begin(position, (first, self.tomorrow()), self.day);
        }
        part.status[at] = with_tier(status, usize::from(to));
        if self.rules.hears_of_ties() && (from == 0 || to == 0) {
            let change = if from == 0 { 1 } else { -1 };
            post.pays(part.chunk.first + u32::from(position), here as u8, change);
        }
    }

    fn near<'a>(&'a self, part: &'a mut Part) -> Near<'a> {
        Near { chunk: part.chunk, place: part.place, rules: self.rules }
    }

    fn expire_gaps(&self, part: &mut Part) {
        for (position, (first, end)) in part.chunk.gaps.expire(self.day) {
            self.end(part, position, (State::Member, first, end), Cause::Cancelled);
        }
    }
}

/// Cohort of a spell: 0 if it was under way on day 0, else 1 + month of its first day. Nobody joins on day 0:
/// who moves at its end begins on day 1.
pub fn cohort(calendar: &Calendar, start: u16) -> u16 {
    if start <= ORIGIN { 0 } else { 1 + calendar.month_of(u32::from(start - ORIGIN)) as u16 }
}

/// Age of the last active day of a spell begun during the run, if it had one.
pub fn last_age(start: u16, last: u16) -> Option<u16> {
    (start > ORIGIN && last >= start).then(|| last - start)
}

/// Adds a chunk's day to the ledger.
fn record(ledger: &mut Ledger, outcome: &Outcome, chunk: &Chunk, calendar: &Calendar, day: u32) {
    let places = ledger.panel.places;
    let cell = |class: u8, place: u8| usize::from(class) * places + usize::from(place);
    let today =
        |panel: &Panel, class: u8, place: u8| panel.at(day as usize, usize::from(class), usize::from(place));
    for moved in &outcome.moves {
        let at = today(&ledger.panel, moved.class, moved.from);
        ledger.panel.moves[at * places + usize::from(moved.to)] += 1;
        if moved.won_back {
            let at = today(&ledger.panel, moved.class, moved.to);
            ledger.panel.winbacks[at] += 1;
        }
        ledger.home[cell(moved.class, moved.from) * TIERS + usize::from(moved.tier)] -= 1;
        ledger.home[cell(moved.class, moved.to) * TIERS] += 1;
        let tomorrow = day as usize + 1;
        if moved.tracked && moved.to > 0 && tomorrow < ledger.panel.days {
            let at = ledger.panel.at(tomorrow, usize::from(moved.class), usize::from(moved.to));
            ledger.attendance.joined[at] += 1;
        }
    }
    let month = calendar.month_of(day) as u16;
    for &(class, from, to, ref reasons) in &chunk.reasons {
        ledger.reasons.add(MoveKey { month, class, from, to }, reasons);
    }
    for visited in &outcome.seconds {
        let at = |second: u8| cell(visited.class, visited.home) * places + usize::from(second);
        if visited.from > 0 {
            ledger.second[at(visited.from)] -= 1;
        }
        if visited.to > 0 {
            ledger.second[at(visited.to)] += 1;
        }
    }
    for plan in &outcome.plans {
        let at = today(&ledger.panel, plan.class, plan.place);
        ledger.panel.conversions[at] += u32::from(plan.from == 0);
        ledger.panel.cancellations[at] += u32::from(plan.to == 0);
        ledger.home[cell(plan.class, plan.place) * TIERS + usize::from(plan.from)] -= 1;
        ledger.home[cell(plan.class, plan.place) * TIERS + usize::from(plan.to)] += 1;
    }
    for &(class, place, joined, age) in &outcome.last_active {
        note_last_active(ledger, (class, place, joined), age);
    }
    for &(class, place, motives) in &chunk.motives {
        let at = cell(class, place);
        ledger.motives.conversions[at] += 1;
        for (sum, motive) in ledger.motives.sums[at * 4..][..4].iter_mut().zip(motives) {
            *sum += motive;
        }
    }
    ledger.ends.add_all(&chunk.ends);
    ledger.decisions += chunk.decisions;
}

/// Counts a spell by the age of its last active day.
pub fn note_last_active(ledger: &mut Ledger, (class, place, joined): (u8, u8, u16), age: u16) {
    let attendance = &mut ledger.attendance;
    let ages = attendance.ages;
    let at = attendance.at(usize::from(class), usize::from(place), usize::from(joined), ages);
    attendance.last_active[at + usize::from(age).min(ages - 1)] += 1;
}
