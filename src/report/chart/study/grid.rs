//! What a sweep tested: the settings that vary, and its outcomes gathered by measure.

use crate::report::reading::{Estimate, estimate, word, words};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};
use crate::report::study::setting::{Varied, in_sentence, varied};
use crate::report::wording::plain;
use crate::scenario::Scenario;
use crate::table::Table;

/// Columns of the table `summary` that are no settings.
const FIXED: [&str; 6] = ["point", "outcome", "mean", "mean_low", "mean_high", "replications"];

/// Points without an order that can be listed by name.
const LISTED: usize = 12;

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

    /// The distinct tested points, as positions among the levels of each setting.
    fn points(&self) -> Vec<Vec<usize>> {
        let of_row = |row| self.settings.iter().map(|setting| setting.position(self.table, row)).collect();
        let mut points: Vec<Vec<usize>> = (0..self.table.rows()).filter_map(of_row).collect();
        points.sort_unstable();
        points.dedup();
        points
    }

    /// Whether the settings moved together: every level of one stands beside one level of each other.
    pub fn is_linked(&self) -> bool {
        let count = self.points().len();
        self.settings.iter().all(|setting| setting.count() == count)
    }

    /// The number along which a line can run: the only setting, or the first of several that rise or fall
    /// together.
    pub fn line(&self) -> Option<&Varied> {
        let first = self.settings.first().filter(|_| self.is_linked())?;
        let points = self.points();
        let is_steady = |setting: usize| {
            points.windows(2).all(|pair| pair[0][setting] < pair[1][setting])
                || points.windows(2).all(|pair| pair[0][setting] > pair[1][setting])
        };
        let fits = |(at, setting): (usize, &Varied)| setting.is_numeric() && is_steady(at);
        self.settings.iter().enumerate().all(fits).then_some(first)
    }

    /// Whether the tested points are told by name: words, or few points without an order.
    pub fn is_listed(&self) -> bool {
        let is_short = self.settings.len() < 2 || self.points().len() <= LISTED;
        self.is_linked() && self.line().is_none() && is_short
    }

    /// Paths of the settings in words.
    pub fn paths(&self) -> String {
        let paths: Vec<String> = self.settings.iter().map(|setting| plain(&setting.path)).collect();
        paths.join(" and ")
    }

    /// The paths as a sentence of a subtitle; empty where nothing varies.
    pub fn note(&self) -> String {
        match self.settings.len() {
            0 => String::new(),
            1 => format!("Setting: {}. ", self.paths()),
            _ => format!("Settings: {}. ", self.paths()),
        }
    }

    /// Meanings of the settings in a sentence.
    pub fn meanings(&self, scenario: &Scenario) -> String {
        let each = self.settings.iter().map(|setting| in_sentence(scenario, &setting.path));
        each.collect::<Vec<String>>().join(" and ")
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
