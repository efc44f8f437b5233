//! The term `z_i beta_s s[i,j]`: company.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "ties",
    formula: "z_i beta_s s[i,j]",
    meaning: "Friends and taste neighbours who live there.",
    source: "Brock & Durlauf 2001",
    reads: Reads::User,
    value,
};

fn value(situation: &Situation, weights: &Weights) -> f64 {
    situation.social * weights.ties * situation.tie_share
}
