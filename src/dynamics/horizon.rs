//! After the last day: spells still under way are censored.

use super::commit::{cohort, last_age, note_last_active};
use crate::world::World;
use crate::world::spells::{Cause, SpellKey, State};
use crate::world::users::{NEVER, ORIGIN, has_paid, home};

/// Censors every spell under way and notes its last active day.
pub fn close(world: &mut World) {
    let World { chunks, users, types, ledger, calendar, day, .. } = world;
    let end = *day as u16 + ORIGIN;
    for chunk in chunks.iter() {
        for (position, user) in chunk.users().enumerate() {
            let here = home(users.place[user]);
            if here == 0 {
                continue;
            }
            let class = types.class[usize::from(users.kind[user])];
            let start = chunk.start[position];
            let ends = &mut ledger.ends;
            let mut censor = |state, start: u16, end: u16| {
                let cohort = cohort(calendar, start);
                let (place, cause) = (here as u8, Cause::Censored);
                ends.add(SpellKey { state, place, class, cohort, age: end - start, cause });
            };
            censor(State::Home, start, end);
            if !has_paid(users.status[user]) {
                censor(State::Unpaid, start, end);
            }
            if chunk.paid_start[position] != NEVER {
                censor(State::Member, chunk.paid_start[position], end);
            } else if let Some(&(first, stopped)) = chunk.gaps.open.get(&(position as u16)) {
                // A gap that may still close: nothing is known after its beginning.
                censor(State::Member, first, stopped);
            }
            if position < chunk.tracked()
                && let Some(age) = last_age(start, chunk.last_active[position])
            {
                let joined = calendar.month_of(u32::from(start - ORIGIN)) as u16;
                note_last_active(ledger, (class, here as u8, joined), age);
            }
        }
    }
    ledger.spells.ends = std::mem::take(&mut ledger.ends).in_order();
}
