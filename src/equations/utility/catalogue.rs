//! The term `c_i beta_c m[i,j]`: coverage of tastes.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "catalogue",
    formula: "c_i beta_c m[i,j]",
    meaning: "How well the licensed and original catalogue covers the tastes of the user.",
    source: "model E3; weight: assumption",
    reads: Reads::TypeAndPlatform,
    value,
};

fn value(situation: &Situation, weights: &Weights) -> f64 {
    situation.appetite * weights.catalogue * situation.matching
}
