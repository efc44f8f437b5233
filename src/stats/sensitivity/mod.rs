//! Global sensitivity: which settings an outcome answers to, over their whole ranges at once.
//!
//! Screening by Morris costs some ten runs a setting and sorts; the variance shares of Sobol cost hundreds
//! and measure. The caller maps the unit cube to the settings' ranges, makes the runs and brings the chance
//! of the bootstrap.
pub mod morris;
pub mod saltelli;

/// How the intervals of a sensitivity study are bootstrapped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    /// Number of resamples.
    pub resamples: u64,
    /// Confidence in 0..1.
    pub confidence: f64,
}

/// The observation, in 0..count, that a draw in 0..1 picks.
fn pick(draw: f64, count: usize) -> usize {
    ((draw * count as f64) as usize).min(count - 1)
}
