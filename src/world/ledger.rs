//! Everything that a run leaves, filled in day by day.

use super::ends::Ends;
use super::panel::{Panel, Shape, TIERS};
use super::reasons::Reasons;
use super::reviews::Review;
use super::rules::Rules;
use super::spells::{Attendance, Motives, Spells};
use super::types::Types;
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;

/// Panel, spells, attendance and motives; and the counts of users by home, kept current.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// Daily counts.
    pub panel: Panel,
    /// Spell counts.
    pub spells: Spells,
    /// Spells that ended so far; read into `spells` at the horizon.
    pub ends: Ends,
    /// Retention counts.
    pub attendance: Attendance,
    /// Motives at conversion.
    pub motives: Motives,
    /// Why users moved.
    pub reasons: Reasons,
    /// Reviews of budgets, by day and platform.
    pub reviews: Vec<Review>,
    /// Users with a second home by class × home × second home right now; empty where none are allowed.
    pub second: Vec<u32>,
    /// Users by class × place × tier right now.
    pub home: Vec<u32>,
    /// Platform decisions taken.
    pub decisions: u64,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(scenario: &Scenario, rules: &Rules, types: &Types, calendar: &Calendar) -> Self {
        let (classes, places) = (types.masks.len(), rules.places);
        let (days, months) = (scenario.market.days as usize, calendar.months());
        let (cells, ages) = (classes * places * months, rules.retention_days as usize + 1);
        let brackets = rules.brackets.len();
        let shape = Shape { days, classes, places, months, genres: types.genres, types: types.count };
        let pairs = if rules.second.is_some() { classes * places * places } else { 0 };
        Self {
            panel: Panel { second_home: vec![0; (days + 1) * pairs], ..Panel::new(&shape) },
            spells: Spells::default(),
            ends: Ends::default(),
            attendance: Attendance {
                classes,
                places,
                cohorts: months,
                ages,
                brackets,
                joined: vec![0; days * classes * places],
                active: vec![0; cells * ages],
                last_active: vec![0; cells * ages],
                in_bracket: vec![0; cells * brackets],
            },
            motives: Motives { conversions: vec![0; classes * places], sums: vec![0; classes * places * 4] },
            reasons: Reasons::default(),
            reviews: Vec::new(),
            second: vec![0; pairs],
            home: vec![0; classes * places * TIERS],
            decisions: 0,
        }
    }

    /// Writes the current counts as the state at the start of `day`.
    pub fn record_homes(&mut self, day: usize) {
        let width = self.home.len();
        self.panel.home[day * width..][..width].copy_from_slice(&self.home);
        let width = self.second.len();
        self.panel.second_home[day * width..][..width].copy_from_slice(&self.second);
    }

    /// Users at home on a place now.
    pub fn living(&self, place: usize) -> u64 {
        self.sum(place, 0)
    }

    /// Users at home on a place and plan now.
    pub fn on_plan(&self, place: usize, tier: usize) -> u64 {
        let cells = self.home.iter().skip(place * TIERS + tier).step_by(self.panel.places * TIERS);
        cells.map(|&count| u64::from(count)).sum()
    }

    /// Users who keep a place as their second home now.
    pub fn visiting(&self, place: usize) -> u64 {
        let places = self.panel.places;
        self.second.iter().skip(place).step_by(places).map(|&count| u64::from(count)).sum()
    }

    /// Payers of a place now.
    pub fn paying(&self, place: usize) -> u64 {
        self.sum(place, 1)
    }

    fn sum(&self, place: usize, lowest_tier: usize) -> u64 {
        let places = self.panel.places;
        (0..self.panel.classes)
            .flat_map(|class| &self.home[(class * places + place) * TIERS..][lowest_tier..TIERS])
            .map(|&count| u64::from(count))
            .sum()
    }
}
