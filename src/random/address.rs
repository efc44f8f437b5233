//! Addresses: which question a draw answers, for whom, and when.

use super::philox;
use rand::TryRng;

/// The questions that chance answers. A new question gets a new number; a number is never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Which type a user is (keys of a permutation of the users).
    Type = 1,
    /// Persistent taste for a platform.
    Taste = 2,
    /// Home at the start.
    InitialHome = 3,
    /// Tenure at the start.
    InitialTenure = 4,
    /// Plan at the start.
    InitialPlan = 5,
    /// Paid tenure at the start.
    InitialPaidTenure = 6,
    /// Who reconsiders spontaneously.
    Spontaneous = 7,
    /// Who hears of an event.
    EventBound = 8,
    /// Whether the hearer reconsiders.
    EventAccept = 9,
    /// Whether a friend's move makes one reconsider.
    WordOfMouth = 10,
    /// Which free users are exposed to an upsell.
    Exposure = 11,
    /// Choice of platform, and which platforms come to mind.
    Choice = 12,
    /// Who is active today.
    Activity = 14,
    /// Choice of plan.
    Plan = 15,
    /// Keys of the matchings.
    Matching = 16,
    /// Rewired ties of a ring.
    Rewiring = 17,
    /// Strata of the types of users.
    Types = 18,
    /// Last active day before the start.
    InitialActivity = 19,
    /// First points of a calibration: order of the strata and places inside them.
    StartPoint = 20,
    /// Points of a calibration's search for the best fit.
    SearchPoint = 21,
    /// Points of a calibration's posterior populations.
    PosteriorPoint = 22,
    /// Choice of a second home.
    SecondHome = 40,
    /// Who is active on the second home today.
    SecondActivity = 41,
    /// Second home at the start.
    InitialSecondHome = 42,
    /// Which pairs of all users are tied.
    Pairs = 50,
    /// Which pairs inside a block are tied.
    PairsInBlock = 51,
    /// Which pairs across blocks are tied.
    PairsAcross = 52,
    /// To whom an arriving user is tied.
    Attachment = 53,
    /// In which order users arrive in a growing graph (keys of a permutation).
    Arrival = 54,
    /// Who signs with a platform where chance picks.
    Signing = 60,
}

/// The key of all draws of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    key: [u32; 2],
}

/// The stable key of a platform, made from its name: reordering or adding platforms leaves the luck of the
/// others alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameKey(u64);

impl NameKey {
    /// The key of a name (FNV-1a, then finished by [`mix`]).
    pub fn new(name: &str) -> Self {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mix(hash))
    }

    /// The 64 bits that belong to this name, out of 64 bits drawn for a user and day.
    #[inline(always)]
    pub fn bits(self, drawn: u64) -> u64 {
        mix(drawn.wrapping_add(self.0))
    }
}

/// The finisher of SplitMix64 (Steele, Lea, Flood 2014, variant 13 of Stafford).
#[inline(always)]
pub fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Chance {
    /// The chance of one replication under a seed. Distinct replications of a seed have distinct keys.
    pub fn new(seed: u64, replication: u32) -> Self {
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        let key = mix(seed.wrapping_add(GOLDEN)).wrapping_add(u64::from(replication).wrapping_mul(GOLDEN));
        Self { key: [key as u32, (key >> 32) as u32] }
    }

    /// The four words at an address. `who` is a user or chunk, `lane` separates several blocks.
    #[inline(always)]
    pub fn words(self, who: u32, day: u32, purpose: Purpose, lane: u32) -> [u32; 4] {
        philox::block([who, day, purpose as u32, lane], self.key)
    }

    /// Two 64-bit numbers at an address.
    #[inline(always)]
    pub fn pair(self, who: u32, day: u32, purpose: Purpose, lane: u32) -> [u64; 2] {
        let [a, b, c, d] = self.words(who, day, purpose, lane);
        [u64::from(a) << 32 | u64::from(b), u64::from(c) << 32 | u64::from(d)]
    }

    /// The words at the addresses of sixteen users or chunks at once.
    #[inline(always)]
    pub fn fill(
        self,
        who: &[u32; philox::LANES],
        day: u32,
        purpose: Purpose,
        words: &mut [[u32; philox::LANES]; 4],
    ) {
        philox::fill(who, [day, purpose as u32, 0], self.key, words);
    }

    /// A generator that lives for one address only, for distributions that need one.
    pub fn generator(self, who: u32, day: u32, purpose: Purpose) -> AddressedGenerator {
        AddressedGenerator { chance: self, who, day, purpose, lane: 0, word: 4, words: [0; 4] }
    }
}

/// A `rand` generator over the lanes of one address.
#[derive(Clone, Debug)]
pub struct AddressedGenerator {
    chance: Chance,
    who: u32,
    day: u32,
    purpose: Purpose,
    lane: u32,
    word: usize,
    words: [u32; 4],
}

impl TryRng for AddressedGenerator {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        if self.word == 4 {
            self.words = self.chance.words(self.who, self.day, self.purpose, self.lane);
            self.lane += 1;
            self.word = 0;
        }
        self.word += 1;
        Ok(self.words[self.word - 1])
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(u64::from(self.try_next_u32()?) << 32 | u64::from(self.try_next_u32()?))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.try_next_u32()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}
