//! What the user asked for, checked: every number in range, every name known.
//!
//! A [`Scenario`] cannot be wrong; the engine checks nothing again. Meaning, unit, range, default and
//! source of each setting stand once, in [`settings`], which also feeds `explain`, the JSON Schema and
//! the checker.

use serde::Deserialize;

pub mod calendar;
pub mod check;
pub mod document;
pub mod fault;
pub mod schema;
pub mod settings;
pub mod templates;

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
    /// Whether the reasons of every move are summed.
    pub reasons: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Users {
    pub types: u32,
    pub taste_log_sd: f64,
    /// Log-sd of c, the weight of the catalogue (median 1).
    pub catalogue_log_sd: f64,
    /// Log-sd of z, the weight of social terms (median 1).
    pub social_log_sd: f64,
    /// Median of gamma, nat per currency unit and month.
    pub price_sensitivity: f64,
    pub price_log_sd: f64,
    pub q0_mean: f64,
    pub q0_sd: f64,
    pub xi_sd: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Choice {
    pub lambda_0: f64,
    pub lambda_e: f64,
    pub tau_e: f64,
    pub lambda_w: f64,
    pub beta_c: f64,
    pub chi: f64,
    pub beta_s: f64,
    pub beta_u: f64,
    pub k_ref: f64,
    pub beta_r: f64,
    pub beta_n: f64,
    pub kappa_0: f64,
    pub kappa_q: f64,
    pub kappa_h: f64,
    pub delta_h: f64,
    pub varrho: f64,
    pub portability: f64,
    pub tau_t: f64,
    pub omega: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct SecondHome {
    /// False switches second homes off.
    pub allowed: bool,
    pub kappa_2: f64,
    pub kappa_2_known: f64,
    pub mu_s: f64,
    pub eta_2: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Activity {
    pub psi_m: f64,
    pub psi_s: f64,
    pub psi_u: f64,
    pub psi_paid: f64,
    pub psi_f: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Plans {
    /// w0 of the basic plan, nats.
    pub w0_basic: f64,
    /// w0 of the premium plan, nats.
    pub w0_premium: f64,
    pub w_f: f64,
    pub w_i: f64,
    pub w_v: f64,
    pub w_g: f64,
    pub w_a: f64,
    pub kappa_tier: f64,
    pub rho_t: f64,
    pub lambda_c: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Community {
    pub delta_k: f64,
    pub nu: f64,
}

/// What money buys.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Supply {
    pub eta_o: f64,
    pub delta_o: f64,
    pub licences_scale: f64,
    pub community_scale: f64,
    pub marketing_scale: f64,
}

/// Where ties come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Keyed matchings, nothing stored: `k_friends` and `k_taste` ties a user.
    Matching,
    /// No graph: the tie share is the market share.
    WellMixed,
    /// A ring of `degree` neighbours with rewiring, all in the friendship layer.
    WattsStrogatz,
    /// Read from a file.
    EdgeList,
    /// Every pair tied independently; `degree` ties on average.
    ErdosRenyi,
    /// Blocks of `block` users, with `within` ties inside and `between` outside on average.
    StochasticBlock,
    /// Everybody who arrives is tied to `attachments` users in proportion to their ties.
    BarabasiAlbert,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Ties {
    pub kind: TieKind,
    pub k_friends: u32,
    pub k_taste: u32,
    pub block: u32,
    pub degree: u32,
    pub rewiring: f64,
    pub within: f64,
    pub between: f64,
    pub attachments: u32,
    /// Path relative to the scenario's folder; empty unless `kind = "edge_list"`.
    pub file: String,
    /// Undirected edges `[smaller, larger]`, sorted, read from `file`; empty for the other kinds.
    #[serde(skip)]
    pub edges: Vec<[u32; 2]>,
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
pub struct Platform {
    pub name: String,
    /// Name on charts; default `name`.
    pub label: String,
    pub alpha: f64,
    pub open: f64,
    pub aware: f64,
    /// Items of community content per active user and day.
    pub y0: f64,
    /// Items that an active user views a day, as a share of the live items per head.
    pub view: f64,
    pub recommender: f64,
    /// Share of the catalogue that the free tier opens, in 0..=1.
    pub free_catalogue: f64,
    /// Advertising load of the free tier, in 0..=1.
    pub ad_load: f64,
    /// Gross margin on revenue, for lifetime value, in 0..=1.
    pub margin: f64,
    /// L by rights holder, in the order of `rights_holders`.
    /// In the file: `licences = { holder = number }`, absent holders 0.
    pub licences: Vec<f64>,
    /// O by genre, in the order of `genres`. In the file: `originals = { genre = number }`.
    pub originals: Vec<f64>,
    /// Share of the platform's users on day 0 whose second home is each platform, in the order of `platforms`.
    /// In the file: `second_homes = { platform = number }`.
    pub second_homes: Vec<f64>,
    /// Creators per user, who turn money into originals.
    pub creators: f64,
    /// What the platform spends.
    pub budget: Option<Budget>,
    /// What it pays otherwise, and what advertising brings.
    pub costs: Option<Costs>,
    /// Basic plan, tier 1.
    pub basic: Option<Plan>,
    /// Premium plan, tier 2.
    pub premium: Option<Plan>,
    pub initial: Initial,
}

/// Currency a year for the whole population.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Budget {
    pub licences: f64,
    pub community: f64,
    pub originals: f64,
    pub marketing: f64,
    /// Split of the originals by genre, in the order of `genres`; absent: by the genres' weights.
    pub originals_genres: Option<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Costs {
    /// Currency a year by rights holder, in the order of `rights_holders`.
    pub fees: Vec<f64>,
    pub revenue_share: f64,
    pub per_active_day: f64,
    pub ad_revenue: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Plan {
    /// Currency per month.
    pub price: f64,
    /// F of E15: feature unlocking.
    pub feature: f64,
    /// B of E15: identity affirmation.
    pub identity: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Initial {
    /// Share of the market at home here on day 0; the rest starts outside.
    pub share: f64,
    /// Share of the platform's users on the basic plan.
    pub basic: f64,
    /// Share of the platform's users on the premium plan.
    pub premium: f64,
    /// Longest possible tenure on day 0, days (the platform's age).
    pub max_tenure_days: u32,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Audience {
    pub name: String,
    /// Index into `genres` (in the file: the genre's name).
    pub genre: usize,
    /// Members have at least this taste weight on the genre; absent: it is their largest weight.
    pub min_weight: Option<f64>,
}

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
    /// The users with the most ties move to the platform and stay while the contract runs.
    KolSigning {
        platform: usize,
        hubs: u32,
        originals: Vec<f64>,
        awareness: f64,
        half_life_days: f64,
        fee: Option<f64>,
        until: Option<u32>,
    },
    /// Money for originals beside the budget, by genre (absent: by the genres' weights), until it ends.
    OriginalsProgramme { platform: usize, per_year: f64, genres: Option<Vec<f64>>, until: Option<u32> },
}

/// A published figure that the report sets beside the simulated one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Target {
    /// Index into `platforms` (in the file: the name).
    pub platform: usize,
    pub measure: TargetMeasure,
    /// First and last day of the period, inclusive, clipped to the horizon
    /// (in the file `from` and `to`, dates or day numbers).
    pub from: u32,
    pub to: u32,
    pub value: f64,
    pub source: String,
    pub bound: Bound,
    pub role: Role,
}

/// How a published figure bounds what it measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The value itself.
    Value,
    /// A lower bound.
    AtLeast,
    /// An upper bound.
    AtMost,
}

/// What the scenario did with a published figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nothing is said.
    Compare,
    /// Settings were fitted to it.
    Fitted,
    /// It is an input, so meeting it tests nothing.
    Given,
    /// It was left out of the fit: a prediction.
    Predicted,
}

/// What a published figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetMeasure {
    /// Monthly active users, people; mean of the period's month ends.
    Mau,
    /// Mean DAU over MAU.
    Stickiness,
    /// Payers over MAU.
    PaidRatio,
    /// Payers, people.
    Payers,
    /// Currency per payer and month.
    Arppu,
}

impl Scenario {
    /// Number of places: the platforms and, at 0, outside.
    pub fn places(&self) -> usize {
        self.platforms.len() + 1
    }

    /// Whether a platform is open before any event: one that enters later is not.
    pub fn is_open_at_start(&self, platform: usize) -> bool {
        !self.events.iter().any(|event| event.effect == Effect::Entry { platform })
    }
}
