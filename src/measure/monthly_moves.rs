//! Moves and exposure by month, from one pass over the panel.

use crate::engine::Run;
use crate::measure::groups::calendar;
use crate::scenario::Scenario;
use crate::world::panel::TIERS;

/// Simulated users' moves and exposure by month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlyMoves {
    classes: usize,
    places: usize,
    /// Moves; shape months × classes × from × to.
    moves: Vec<u64>,
    /// User-days at home at the start of the day; shape months × classes × places.
    exposure: Vec<u64>,
}

impl MonthlyMoves {
    /// Adds up the days of each month.
    pub fn new(scenario: &Scenario, run: &Run) -> Self {
        let calendar = calendar(scenario);
        let panel = &run.panel;
        let (classes, places) = (panel.classes, panel.places);
        let groups = classes * places;
        let mut moves = vec![0; calendar.months() * groups * places];
        let mut exposure = vec![0; calendar.months() * groups];
        for day in 0..panel.days {
            let month = calendar.month_of(day as u32);
            let today = &panel.moves[day * groups * places..(day + 1) * groups * places];
            for (sum, &count) in moves[month * groups * places..].iter_mut().zip(today) {
                *sum += u64::from(count);
            }
            let today = &panel.home[day * groups * TIERS..(day + 1) * groups * TIERS];
            for (sum, tiers) in exposure[month * groups..].iter_mut().zip(today.chunks_exact(TIERS)) {
                *sum += tiers.iter().map(|&count| u64::from(count)).sum::<u64>();
            }
        }
        Self { classes, places, moves, exposure }
    }

    /// Moves of an audience's classes from one place to another in some months, simulated users.
    pub fn moves(&self, months: &[usize], classes: &[usize], from: usize, to: usize) -> u64 {
        let at = |month, class| ((month * self.classes + class) * self.places + from) * self.places + to;
        months
            .iter()
            .flat_map(|&month| classes.iter().map(move |&class| at(month, class)))
            .map(|at| self.moves[at])
            .sum()
    }

    /// Days that users of an audience's classes spent at home on a place in some months, user-days.
    pub fn exposure(&self, months: &[usize], classes: &[usize], place: usize) -> u64 {
        let at = |month, class| (month * self.classes + class) * self.places + place;
        months
            .iter()
            .flat_map(|&month| classes.iter().map(move |&class| at(month, class)))
            .map(|at| self.exposure[at])
            .sum()
    }
}
