//! The term `beta_r R[j]`: quality of recommendation.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "recommender",
    formula: "beta_r R[j]",
    meaning: "Quality of recommendation.",
    source: "assumption",
    reads: Reads::TypeAndPlatform,
    value,
};

fn value(situation: &Situation, weights: &Weights) -> f64 {
    weights.recommender * situation.recommender
}
