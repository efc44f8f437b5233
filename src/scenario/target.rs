//! Published figures beside which the report sets simulated ones.

use serde::Deserialize;

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
