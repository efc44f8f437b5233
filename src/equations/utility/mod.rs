//! E8: the utility of living on a platform, as a table of terms.
//!
//! To add a term: a new file beside these and one line in [`TERMS`]. A term of weight 0 adds exactly 0.

mod attractiveness;
mod catalogue;
mod community;
mod installed_base;
mod plan_value;
mod recommender;
mod taste;
mod ties;

/// What a term reads: this decides where it is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Type and platform only: tabulated once a day.
    TypeAndPlatform,
    /// The user too: evaluated when the user reconsiders.
    User,
}

/// Weights of the terms, from the scenario's `choice` section.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weights {
    /// beta_c, nats per unit of match.
    pub catalogue: f64,
    /// beta_s, nats per unit of tie share.
    pub ties: f64,
    /// beta_u, nats per unit of felt content.
    pub community: f64,
    /// beta_r, nats per unit of recommender quality.
    pub recommender: f64,
    /// beta_n, per log market share.
    pub installed_base: f64,
}

/// Everything that a term may read about a type (or user) and a platform.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Situation {
    /// alpha, nats.
    pub attractiveness: f64,
    /// c, weight of the catalogue; median 1.
    pub appetite: f64,
    /// z, weight of social terms; median 1.
    pub social: f64,
    /// m, in 0..=1.
    pub matching: f64,
    /// Openness of the taste layer, in 0..=1.
    pub open: f64,
    /// b, felt community content.
    pub content: f64,
    /// R, in 0..=1.
    pub recommender: f64,
    /// S, share of the market at home there, in 0..=1.
    pub share: f64,
    /// s, share of the user's ties there, in 0..=1.
    pub tie_share: f64,
    /// I, inclusive value of the plans, nats.
    pub plan_value: f64,
    /// xi, persistent taste, nats.
    pub taste: f64,
}

/// One term of the utility.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Its name.
    pub name: &'static str,
    /// Its formula in plain text.
    pub formula: &'static str,
    /// What it stands for.
    pub meaning: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What it reads.
    pub reads: Reads,
    /// Its value, nats.
    pub value: fn(&Situation, &Weights) -> f64,
}

/// All terms, in the order of their summation.
pub const TERMS: &[Term] = &[
    attractiveness::TERM,
    catalogue::TERM,
    community::TERM,
    recommender::TERM,
    installed_base::TERM,
    ties::TERM,
    plan_value::TERM,
    taste::TERM,
];

/// Sum of the terms that read type and platform only, nats; the choice of a user writes out the others, which
/// read the user too.
///
/// ```
/// use ecotone::equations::utility::{Situation, Weights, tabulated};
/// let weights = Weights { catalogue: 4.0, community: 0.15, ..Weights::default() };
/// let situation = Situation {
///     attractiveness: -0.8, appetite: 1.0, social: 1.0, matching: 0.5, open: 1.0, content: 2.0,
///     ..Situation::default()
/// };
/// assert!((tabulated(&situation, &weights) - (-0.8 + 2.0 + 0.3)).abs() < 1e-12);
/// ```
pub fn tabulated(situation: &Situation, weights: &Weights) -> f64 {
    let terms = TERMS.iter().filter(|term| term.reads == Reads::TypeAndPlatform);
    terms.map(|term| (term.value)(situation, weights)).sum()
}
