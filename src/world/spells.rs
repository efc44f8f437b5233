//! Spells, folded into exact counts as they close.
//!
//! A spell is one user's uninterrupted stay in one state. Its day 0 is the first whole day there; a spell
//! of duration n survived n - 1 daily hazards and ended at the n-th. Users present at the start entered
//! with an age (left truncation), those still there at the horizon are censored.

use std::collections::BTreeMap;

/// The states whose spells are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// At home on a platform.
    Home,
    /// Paying on a platform; a gap of at most 30 days does not end it.
    Member,
    /// At home on a platform and never paid since joining; ends by paying or leaving.
    Unpaid,
}

/// Why a spell ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Moved to another platform.
    Switched(u8),
    /// Left the market (place 0).
    Lapsed,
    /// Stopped paying but stayed (members only).
    Cancelled,
    /// Paid for the first time (unpaid only).
    Converted,
    /// Still there at the horizon.
    Censored,
}

/// What is kept of a spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpellKey {
    /// The state.
    pub state: State,
    /// The platform, 1..=15.
    pub place: u8,
    /// The user's audience class.
    pub class: u8,
    /// 0 for spells under way on day 0; else 1 + index of the month in which the spell began.
    pub cohort: u16,
    /// Age at the end, days.
    pub age: u16,
    /// How it ended.
    pub cause: Cause,
}

impl SpellKey {
    /// The key as a number; numbers stand in the order of their keys and compare at once.
    pub fn packed(self) -> u64 {
        let cause = match self.cause {
            Cause::Switched(place) => place,
            Cause::Lapsed => Self::LAPSED,
            Cause::Cancelled => Self::LAPSED + 1,
            Cause::Converted => Self::LAPSED + 2,
            Cause::Censored => Self::LAPSED + 3,
        };
        let [age_high, age_low] = self.age.to_be_bytes();
        let [cohort_high, cohort_low] = self.cohort.to_be_bytes();
        let state = self.state as u8;
        u64::from_be_bytes([state, self.place, self.class, cohort_high, cohort_low, age_high, age_low, cause])
    }

    /// The key of a number.
    pub fn unpacked(packed: u64) -> Self {
        let [state, place, class, cohort_high, cohort_low, age_high, age_low, cause] = packed.to_be_bytes();
        Self {
            state: [State::Home, State::Member, State::Unpaid][usize::from(state)],
            place,
            class,
            cohort: u16::from_be_bytes([cohort_high, cohort_low]),
            age: u16::from_be_bytes([age_high, age_low]),
            cause: match cause.checked_sub(Self::LAPSED) {
                None => Cause::Switched(cause),
                Some(0) => Cause::Lapsed,
                Some(1) => Cause::Cancelled,
                Some(2) => Cause::Converted,
                Some(_) => Cause::Censored,
            },
        }
    }

    /// Places are below 16.
    const LAPSED: u8 = 16;
}

/// Entry of a spell that was under way on day 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryKey {
    /// The state.
    pub state: State,
    /// The platform, 1..=15.
    pub place: u8,
    /// The user's audience class.
    pub class: u8,
    /// Age on day 0, days.
    pub age: u16,
}

/// Counts of spells. Entries of cohort 0 stand in `entries`; all other cohorts enter at age 0, and each
/// spell appears exactly once in `ends`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spells {
    /// How many spells under way on day 0 had which age.
    pub entries: BTreeMap<EntryKey, u64>,
    /// How many spells ended how.
    pub ends: BTreeMap<SpellKey, u64>,
}

/// Attendance of the users who joined during the run, for classic, rolling and bracket retention.
/// All counts are of tracked users; shapes start with classes × places × cohorts, cohort = index of the
/// month in which the spell began. Day n of a spell is n days after its first whole day there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Audience classes.
    pub classes: usize,
    /// Places, outside included (and empty).
    pub places: usize,
    /// Cohorts: calendar months.
    pub cohorts: usize,
    /// Ages kept: `retention_days + 1`.
    pub ages: usize,
    /// Number of brackets.
    pub brackets: usize,
    /// Users whose spell began on that day; shape days × classes × places.
    pub joined: Vec<u32>,
    /// Spells active on their day n; shape … × ages.
    pub active: Vec<u32>,
    /// Spells by the age of their last active day (the last bin: any later age); never active: not counted.
    /// Shape … × ages.
    pub last_active: Vec<u32>,
    /// Spells active at least once in a bracket; shape … × brackets.
    pub in_bracket: Vec<u32>,
}

impl Attendance {
    /// Index of the first element of a class, place and cohort in an array whose last axis has `width`.
    pub fn at(&self, class: usize, place: usize, cohort: usize, width: usize) -> usize {
        ((class * self.places + place) * self.cohorts + cohort) * width
    }
}

/// Log-odds contributions at conversions, by motive, in fixed point (units of 2^-20 nat).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Motives {
    /// Conversions counted; shape classes × places.
    pub conversions: Vec<u64>,
    /// Sum of each motive over the conversions; shape classes × places × 4
    /// (feature, identity, peers, catalogue).
    pub sums: Vec<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_the_order_of_their_keys() {
        let causes = [Cause::Switched(1), Cause::Lapsed, Cause::Cancelled, Cause::Converted, Cause::Censored];
        let mut keys = Vec::new();
        for state in [State::Home, State::Member, State::Unpaid] {
            for cause in causes.into_iter().chain([Cause::Switched(15)]) {
                for (place, class, cohort, age) in
                    [(1, 0, 0, 0), (1, 0, 0, 300), (1, 0, 700, 3), (1, 200, 0, 3), (15, 0, 0, 3)]
                {
                    keys.push(SpellKey { state, place, class, cohort, age, cause });
                }
            }
        }
        keys.sort_unstable();
        for pair in keys.windows(2) {
            assert!(pair[0].packed() < pair[1].packed(), "{pair:?}");
        }
        assert!(keys.iter().all(|key| SpellKey::unpacked(key.packed()) == *key));
    }
}
