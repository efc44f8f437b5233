//! What happened: everything that a run leaves for the measures.

use crate::engine::loyalty::Loyalty;
use crate::engine::offers::Offers;
use crate::world::panel::Panel;
use crate::world::reasons::Reasons;
use crate::world::reviews::Review;
use crate::world::spells::{Attendance, Motives, Spells};

/// One finished replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Simulated users.
    pub users: u64,
    /// Users whose activity was simulated: all, the panel, or none.
    pub tracked: u64,
    /// Replication number, from 0.
    pub replication: u32,
    /// For every class the bit mask of the audiences that it belongs to (bit = index of the audience).
    pub classes: Vec<u32>,
    /// Taste weights theta; shape types × genres.
    pub tastes: Vec<f64>,
    /// Daily counts.
    pub panel: Panel,
    /// Spell counts.
    pub spells: Spells,
    /// Retention counts of joiners.
    pub attendance: Attendance,
    /// Motives at conversion.
    pub motives: Motives,
    /// Why users moved.
    pub reasons: Reasons,
    /// Reviews of budgets, by day and platform.
    pub reviews: Vec<Review>,
    /// Platform decisions taken, for the rate of reconsideration.
    pub decisions: u64,
    /// Share of the market that each platform would hold alone against the outside on the last day, in 0..=1; by platform.
    pub capacities: Vec<f64>,
    /// What platforms offer to each type on the last day.
    pub offers: Offers,
    /// Residents by how safely they would stay, on the last day.
    pub loyalty: Loyalty,
}

impl Run {
    /// Classes of an audience; `None` stands for everybody.
    pub fn classes_of(&self, audience: Option<usize>) -> Vec<usize> {
        (0..self.classes.len())
            .filter(|&class| audience.is_none_or(|a| self.classes[class] >> a & 1 == 1))
            .collect()
    }
}
