//! What the user asked for, checked: every number in range, every name known.
//!
//! A [`Scenario`] cannot be wrong; the engine checks nothing again. Meaning, unit, range, default and
//! source of each setting stand once, in [`settings`], which also feeds `explain`, the JSON Schema and
//! the checker.

use serde::Deserialize;

mod behaviour;
pub mod calendar;
pub mod check;
pub mod document;
mod event;
pub mod fault;
mod platform;
pub mod schema;
pub mod settings;
mod target;
pub mod templates;
mod ties;

pub use behaviour::{Activity, Choice, Community, Plans, SecondHome, Supply, Users};
pub use event::{EVENT_KINDS, Effect, Event, Pick};
pub use platform::{Budget, Costs, Founders, Initial, Plan, Platform};
pub use target::{Bound, Role, Target, TargetMeasure};
pub use ties::{TieKind, Ties};

/// A checked scenario. Field names are the TOML's keys; see [`settings::SETTINGS`] for units and sources.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Scenario {
    pub schema: u32,
    /// Identifier: lower case letters, digits, `_`, `-`; names the output folder.
    pub name: String,
    pub title: String,
    pub question: String,
    pub sources: String,
    pub market: Market,
    pub run: RunSettings,
    pub measures: Measures,
    pub users: Users,
    pub choice: Choice,
    pub second_home: SecondHome,
    pub activity: Activity,
    pub plans: Plans,
    pub community: Community,
    pub supply: Supply,
    pub ties: Ties,
    /// 1..=16 genres.
    pub genres: Vec<Genre>,
    /// 1..=64 rights holders.
    pub rights_holders: Vec<RightsHolder>,
    /// 1..=15 platforms; place j of the model is `platforms[j - 1]`, place 0 is outside.
    pub platforms: Vec<Platform>,
    /// 0..=8 audiences.
    pub audiences: Vec<Audience>,
    /// Sorted by day, file order within a day.
    pub events: Vec<Event>,
    pub targets: Vec<Target>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Market {
    pub users: u64,
    /// People whom the simulated users stand for; default `users`.
    pub population: f64,
    pub currency: String,
    /// First simulated day, ISO date.
    pub start: String,
    /// Simulated days; the file may give `end` (last day, inclusive) instead.
    pub days: u32,
    pub outside: bool,
    pub sorted_start: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct RunSettings {
    pub seed: u64,
    pub replications: u32,
    /// Replication k of a batch is the same run whatever this is.
    pub first_replication: u32,
    pub confidence: f64,
    pub allow_tipping: bool,
}

/// How daily activity is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityMode {
    /// Every user, every day.
    Full,
    /// A random panel of users.
    Panel,
    /// Nobody: no activity measures, no community flow.
    Off,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Measures {
    pub activity: ActivityMode,
    pub panel_users: u64,
    pub mau_window_days: u32,
    /// Longest age, in days, of classic, rolling and bracket retention.
    pub retention_days: u32,
    /// Inclusive `[first, last]` age in days.
    pub brackets: Vec<[u32; 2]>,
    pub discount_monthly: f64,
    /// Share of platform users from which an entrant has succeeded.
    pub success_share: f64,
    /// Whether the reasons of every move are summed.
    pub reasons: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Genre {
    pub name: String,
    /// Mean taste weight; weights are normalised to sum 1.
    pub weight: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct RightsHolder {
    pub name: String,
    /// w by genre, in the order of `genres`; sums over holders to 1 in each genre.
    /// In the file: `share = { genre = number }`, absent genres 0.
    pub share: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Audience {
    pub name: String,
    /// Name on charts and in reports; default `name` with blanks for underscores.
    pub label: String,
    /// Index into `genres` (in the file: the genre's name).
    pub genre: usize,
    /// Members have at least this taste weight on the genre; absent: it is their largest weight.
    pub min_weight: Option<f64>,
}

impl Scenario {
    /// Number of places: the platforms and, at 0, outside.
    pub fn places(&self) -> usize {
        self.platforms.len() + 1
    }

    /// How readers know an audience; `everybody`, and names of no audience, stay as they are.
    pub fn audience_label<'a>(&'a self, name: &'a str) -> &'a str {
        self.audiences.iter().find(|audience| audience.name == name).map_or(name, |audience| &audience.label)
    }

    /// Whether a platform is open before any event: one that enters later is not.
    pub fn is_open_at_start(&self, platform: usize) -> bool {
        !self.events.iter().any(|event| event.effect == Effect::Entry { platform })
    }
}
