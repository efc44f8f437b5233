//! The term `I[i,j]`: what the plans are worth.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "plan_value",
    formula: "I[i,j]",
    meaning: "Inclusive value of the plans: a price cut raises both conversion and acquisition.",
    source: "nested logit, McFadden 1978",
    reads: Reads::User,
    value,
};

fn value(situation: &Situation, _: &Weights) -> f64 {
    situation.plan_value
}
