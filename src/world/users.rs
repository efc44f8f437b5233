//! The columns of a user that neighbours may read: four of the nineteen bytes.

/// Day 0 in stored day numbers: a user may have joined up to 20,000 days before the start.
pub const ORIGIN: u16 = 20_000;
/// "No day".
pub const NEVER: u16 = u16::MAX;

const TIER: u8 = 0b0000_0011;
const EVER_PAID: u8 = 0b0000_0100;
const SECOND: u8 = 0b0000_1000;

/// Columns over all users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Users {
    /// Low four bits: home (0 outside); high four bits: remembered platform (0 none), which may be a second home.
    pub place: Vec<u8>,
    /// Bits 0-1: plan; bit 2: has paid since joining the home; bit 3: the remembered platform is a second home.
    pub status: Vec<u8>,
    /// Type.
    pub kind: Vec<u16>,
}

/// Home in a place byte.
#[inline(always)]
pub fn home(place: u8) -> usize {
    usize::from(place & 15)
}

/// Remembered platform in a place byte, 0 for none.
#[inline(always)]
pub fn remembered(place: u8) -> usize {
    usize::from(place >> 4)
}

/// A place byte.
#[inline(always)]
pub fn place(home: usize, remembered: usize) -> u8 {
    (remembered << 4 | home) as u8
}

/// Plan in a status byte: 0 free, 1 basic, 2 premium.
#[inline(always)]
pub fn tier(status: u8) -> usize {
    usize::from(status & TIER)
}

/// Whether the user has paid since joining the home.
#[inline(always)]
pub fn has_paid(status: u8) -> bool {
    status & EVER_PAID != 0
}

/// The second home of a user, 0 for none.
#[inline(always)]
pub fn second(place: u8, status: u8) -> usize {
    if status & SECOND == 0 { 0 } else { remembered(place) }
}

/// The status of somebody who keeps the remembered platform as a second home.
#[inline(always)]
pub fn with_second(status: u8) -> u8 {
    status | SECOND
}

/// The status of somebody who only remembers it.
#[inline(always)]
pub fn without_second(status: u8) -> u8 {
    status & !SECOND
}

/// The status after choosing a plan; a paid plan leaves its mark.
#[inline(always)]
pub fn with_tier(status: u8, tier: usize) -> u8 {
    let mark = if tier > 0 { EVER_PAID } else { 0 };
    (status & !TIER) | tier as u8 | mark
}
