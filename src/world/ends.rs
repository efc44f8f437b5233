//! Counts of ended spells while they come in: an open-addressing table, since spells end by the million.
//!
//! Nobody sees the order of its slots: it is read as a map in the order of keys.

use super::spells::SpellKey;
use std::collections::BTreeMap;

/// No packed key: its cause would be unknown.
const FREE: u64 = u64::MAX;
/// Slots of the smallest table.
const SMALLEST: usize = 64;

/// How many spells ended how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Packed keys with their counts; a power of two, or none.
    slots: Vec<(u64, u64)>,
    used: usize,
}

impl Ends {
    /// Adds a spell.
    #[inline]
    pub fn add(&mut self, key: SpellKey) {
        self.add_packed(key.packed(), 1);
    }

    #[inline]
    fn add_packed(&mut self, key: u64, count: u64) {
        if 2 * self.used >= self.slots.len() {
            self.grow();
        }
        let last = self.slots.len() - 1;
        let mut at = first_slot(key) & last;
        loop {
            let slot = &mut self.slots[at];
            if slot.0 == key {
                slot.1 += count;
                return;
            }
            if slot.0 == FREE {
                *slot = (key, count);
                self.used += 1;
                return;
            }
            at = (at + 1) & last;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let slots = vec![(FREE, 0); (2 * self.slots.len()).max(SMALLEST)];
        let before = std::mem::replace(self, Self { slots, used: 0 });
        before.counts().for_each(|(key, count)| self.add_packed(key, count));
    }

    fn counts(&self) -> impl Iterator<Item = (u64, u64)> {
        self.slots.iter().copied().filter(|&(key, _)| key != FREE)
    }

    /// Adds all of another's spells.
    pub fn add_all(&mut self, other: &Self) {
        other.counts().for_each(|(key, count)| self.add_packed(key, count));
    }

    /// Forgets all spells and keeps the memory.
    pub fn clear(&mut self) {
        if self.used > 0 {
            self.slots.fill((FREE, 0));
            self.used = 0;
        }
    }

    /// The counts in the order of keys.
    pub fn in_order(&self) -> BTreeMap<SpellKey, u64> {
        self.counts().map(|(key, count)| (SpellKey::unpacked(key), count)).collect()
    }
}

/// Where the search for a key begins: the upper bits of a multiplicative hash (Knuth, volume 3, section 6.4).
#[inline]
fn first_slot(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::super::spells::{Cause, State};
    use super::*;
    use crate::random::address::mix;

    /// The same spells counted by a map of the standard library; two tables put together count all of them.
    #[test]
    fn counts_what_a_map_counts() {
        let spell = |number: u64| SpellKey {
            state: [State::Home, State::Member, State::Unpaid][(mix(number) % 3) as usize],
            place: (mix(number) >> 8) as u8 % 15 + 1,
            class: 0,
            cohort: (mix(number) >> 16) as u16 % 40,
            age: (mix(number) >> 32) as u16 % 50,
            cause: if number.is_multiple_of(2) { Cause::Lapsed } else { Cause::Switched(3) },
        };
        let (mut whole, mut half, mut map) = (Ends::default(), Ends::default(), BTreeMap::new());
        for number in 0..200_000 {
            let table = if number < 50_000 { &mut half } else { &mut whole };
            table.add(spell(number));
            *map.entry(spell(number)).or_insert(0) += 1;
        }
        whole.add_all(&half);
        assert_eq!(whole.in_order(), map);
        whole.clear();
        assert!(whole.in_order().is_empty());
    }
}
