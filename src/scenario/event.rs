//! Dated events and what they do.

use serde::Deserialize;

/// A dated event; indices point into the scenario's lists (the file gives names).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Day on which it takes effect, before anyone decides; in the file a `date` or a `day`.
    pub day: u32,
    /// Name for charts; may be empty.
    pub label: String,
    /// What happens.
    pub effect: Effect,
}

/// Every kind of event and what it does, for readers of a scenario.
pub const EVENT_KINDS: &[(&str, &str)] = &[
    (
        "licence",
        "Sets a platform's licensed share of a rights holder, and the fee if given; with `until` the former ones return.",
    ),
    ("sublicence", "Raises the receiver's share to `share` of the giver's; never lowers it."),
    (
        "exclusivity_ban",
        "Gives every platform at least `share` of the best licence of the holders named; none named: of all.",
    ),
    (
        "feature",
        "Sets recommender, openness and the worth of paid plans, and starts a pulse of activity; rivals copy after `copy_lag_days`.",
    ),
    ("price", "Sets prices and the advertising load."),
    ("campaign", "Adds awareness that fades with its half-life."),
    ("entry", "Opens a platform, which is closed before."),
    ("exit", "Closes a platform: everybody at home there must leave on that day."),
    (
        "portability",
        "From then on movers take along a share of their own stock and of their relations with taste neighbours.",
    ),
    (
        "partnership",
        "Two platforms show a share of each other's community content, share originals and advertise each other.",
    ),
    (
        "kol_signing",
        "Stars move to the platform and stay until their contract ends; they bring originals and may advertise.",
    ),
    ("originals_programme", "Money for originals beside the budget, by genre, until it ends."),
];

/// What an event does. Fields that a file leaves out are `None` and stay as they are.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub enum Effect {
    /// Sets `L[platform, holder]` to `share`; with `until`, the former value returns on that day.
    Licence { platform: usize, holder: usize, share: f64, fee: Option<f64>, until: Option<u32> },
    /// `L[to, holder]` becomes at least `share * L[from, holder]`; with `until`, the former value returns.
    Sublicence { from: usize, to: usize, holder: usize, share: f64, fee: Option<f64>, until: Option<u32> },
    /// Exclusivity ends: every platform gets at least `share` of the best licence of each listed holder
    /// (absent list: of all holders).
    ExclusivityBan { share: f64, holders: Vec<usize> },
    /// A feature: lasting changes and a pulse of activity that halves every `half_life_days`.
    Feature {
        platform: usize,
        recommender: Option<f64>,
        open: Option<f64>,
        feature: Option<f64>,
        identity: Option<f64>,
        pulse: f64,
        half_life_days: f64,
        copy_lag_days: Option<u32>,
    },
    /// New prices and advertising load.
    Price { platform: usize, basic: Option<f64>, premium: Option<f64>, ad_load: Option<f64> },
    /// Awareness pulse: adds to awareness, halves every `half_life_days`.
    Campaign { platform: usize, awareness: f64, half_life_days: f64 },
    /// The platform opens; before, it is closed.
    Entry { platform: usize },
    /// The platform closes: everybody must leave.
    Exit { platform: usize },
    /// A rule on what movers may take along: own stock, and a share of the relations with taste neighbours.
    Portability { portability: f64, ties: Option<f64> },
    /// Two platforms show each other's community content, share originals and advertise each other.
    Partnership {
        platform: usize,
        partner: usize,
        bridge: f64,
        originals: Vec<f64>,
        awareness: f64,
        half_life_days: f64,
    },
    /// So many users move to the platform and stay while the contract runs.
    KolSigning {
        platform: usize,
        hubs: u32,
        pick: Pick,
        originals: Vec<f64>,
        awareness: f64,
        half_life_days: f64,
        fee: Option<f64>,
        until: Option<u32>,
    },
    /// Money for originals beside the budget, by genre (absent: by the genres' weights), until it ends.
    OriginalsProgramme { platform: usize, per_year: f64, genres: Option<Vec<f64>>, until: Option<u32> },
}

/// Who signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The users with the most ties; of equals the lowest numbers.
    Ties,
    /// Whom chance picks.
    Chance,
}
