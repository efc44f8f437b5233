//! The term `beta_n ln S[j]`: the pull of size.

use super::{Reads, Situation, Term, Weights};
use crate::maths::ln;

/// The table entry.
pub const TERM: Term = Term {
    name: "installed_base",
    formula: "beta_n ln S[j]",
    meaning: "Attraction by sheer size; beta_n = 1 is the Polya urn.",
    source: "Arthur 1989; default 0",
    reads: Reads::TypeAndPlatform,
    value,
};

fn value(situation: &Situation, weights: &Weights) -> f64 {
    if weights.installed_base == 0.0 {
        return 0.0;
    }
    // A platform without users keeps a finite pull, as if one in a thousand million lived there.
    weights.installed_base * ln(situation.share.max(1e-9))
}
