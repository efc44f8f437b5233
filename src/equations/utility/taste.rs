//! The term `xi[i,j]`: private taste.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "taste",
    formula: "xi[i,j]",
    meaning: "Persistent private taste for the platform, N(0, sd^2).",
    source: "Dube, Hitsch & Rossi 2010",
    reads: Reads::User,
    value,
};

fn value(situation: &Situation, _: &Weights) -> f64 {
    situation.taste
}
