//! The term `z_i beta_u open[j] b[j]`: content made by users.

use super::{Reads, Situation, Term, Weights};

/// The table entry.
pub const TERM: Term = Term {
    name: "community",
    formula: "z_i beta_u open[j] b[j]",
    meaning: "Comments, playlists and originals made by users.",
    source: "model E5; weight: assumption",
    reads: Reads::TypeAndPlatform,
    value,
};

fn value(situation: &Situation, weights: &Weights) -> f64 {
    situation.social * weights.community * situation.open * situation.content
}
