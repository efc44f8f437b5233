//! The term `alpha[j]`: residual attractiveness.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "attractiveness",
    formula: "alpha[j]",
    meaning: "Residual attractiveness: what the other terms leave unexplained; the only free level of a platform.",
    source: "fitted",
    reads: Reads::TypeAndPlatform,
    value,
};

fn value(situation: &Situation, _: &Weights) -> f64 {
    situation.attractiveness
}
