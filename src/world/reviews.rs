//! What platforms found when they reviewed their budgets (E19).

use super::money::LEVERS;

/// One review of one platform's budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// Day at whose end it took place.
    pub day: u32,
    /// Platform.
    pub platform: usize,
    /// Shares of the budget by lever before the review, sum 1.
    pub shares: [f64; LEVERS],
    /// Return on a little more money by lever: currency gained per currency spent less 1, not bounded.
    pub returns: [f64; LEVERS],
}
