//! What a sweep tested: the settings that vary, and its outcomes gathered by measure.

use crate::report::reading::{Estimate, estimate, word, words};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};
use crate::report::study::setting::{Varied, varied};
use crate::table::Table;

/// Columns of the table `summary` that are no settings.
const FIXED: [&str; 6] = ["point", "outcome", "mean", "mean_low", "mean_high", "replications"];

/// The design of a sweep.
pub struct Design<'a> {
    /// The table.
    pub table: &'a Table,
    /// Settings with more than one level.
    pub settings: Vec<Varied>,
    /// The outcomes in order of appearance.
    pub outcomes: Vec<Outcome>,
}

/// Outcomes of one measure, by platform.
pub struct Family {
    /// The measure in plain words.
    pub title: String,
    /// Its outcomes.
    pub outcomes: Vec<Outcome>,
}

impl<'a> Design<'a> {
    /// Reads the design from the table `summary`.
    pub fn of(study: &StudyStory<'a>) -> Option<Self> {
        let table = study.table("summary")?;
        let names = words(table, "outcome");
        let outcomes = names.iter().map(|name| outcome(study.scenario, name)).collect();
        Some(Self { table, settings: varied(table, &FIXED), outcomes })
    }

    /// Row numbers and means of an outcome, in the table's order, undefined ones left out.
    pub fn values(&self, outcome: &Outcome) -> Vec<(usize, Estimate)> {
        (0..self.table.rows())
            .filter(|&row| word(self.table, "outcome", row) == outcome.name)
            .map(|row| (row, estimate(self.table, "mean", row)))
            .filter(|(_, mean)| mean.value.is_finite())
            .collect()
    }

    /// The outcomes with a defined value, gathered by measure in order of appearance.
    pub fn families(&self) -> Vec<Family> {
        let mut families: Vec<Family> = Vec::new();
        for outcome in self.outcomes.iter().filter(|outcome| !self.values(outcome).is_empty()) {
            match families.iter_mut().find(|family| family.title == outcome.title) {
                Some(family) => family.outcomes.push(outcome.clone()),
                None => {
                    families.push(Family { title: outcome.title.clone(), outcomes: vec![outcome.clone()] })
                }
            }
        }
        families
    }
}
