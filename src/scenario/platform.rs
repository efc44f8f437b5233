//! Platforms: what they offer, spend and charge.

use serde::Deserialize;

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
    /// Who they are.
    pub founders: Founders,
}

/// Who a platform's users on day 0 are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Founders {
    /// Those whom tastes draw.
    Tastes,
    /// Every so many-th user, whatever the taste: as many in every block.
    Spread,
    /// The first users, whatever the taste: block after block as a whole.
    Blocks,
}
