//! Who is counted together: audiences, entry cohorts, and the people whom a simulated user stands for.

use crate::engine::Run;
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;

/// An audience and the classes of users that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Name in the tables.
    pub name: String,
    /// Indices of its classes.
    pub classes: Vec<usize>,
    /// Whether it is the whole market.
    pub is_everybody: bool,
}

/// Everybody, then the declared audiences.
pub fn audiences(scenario: &Scenario, run: &Run) -> Vec<Audience> {
    let everybody =
        Audience { name: "everybody".to_owned(), classes: run.classes_of(None), is_everybody: true };
    let declared = scenario.audiences.iter().enumerate().map(|(index, audience)| Audience {
        name: audience.name.clone(),
        classes: run.classes_of(Some(index)),
        is_everybody: false,
    });
    std::iter::once(everybody).chain(declared).collect()
}

/// The calendar of a scenario.
pub fn calendar(scenario: &Scenario) -> Calendar {
    Calendar::new(&scenario.market.start, scenario.market.days)
}

/// Days of the whole calendar month of each month of a run, also where the horizon cuts it.
pub fn month_lengths(calendar: &Calendar) -> Vec<u32> {
    let length = |month| {
        let first = format!("{}-01", calendar.month_name(month));
        // The second month of any 32 days from a first of a month begins after that month's days.
        Calendar::new(&first, 32).month_start(1)
    };
    (0..calendar.months()).map(length).collect()
}

/// People for whom one simulated user stands.
pub fn people_per_user(scenario: &Scenario, run: &Run) -> f64 {
    super::ratio(scenario.market.population, run.users as f64)
}

/// People for whom one user of tracked activity stands; NaN when nobody's activity was simulated.
pub fn people_per_tracked(scenario: &Scenario, run: &Run) -> f64 {
    super::ratio(scenario.market.population, run.tracked as f64)
}

/// Entry cohorts: those present at the start, all who joined, and who joined in each calendar quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohorts {
    /// Names in the tables.
    pub names: Vec<String>,
    /// Months of each cohort, as a range of indices; empty for those present at the start.
    pub months: Vec<std::ops::Range<usize>>,
}

impl Cohorts {
    /// Index of those present at the start.
    pub const PRESENT: usize = 0;
    /// Index of all who joined.
    pub const JOINERS: usize = 1;
    /// Index of the first quarter.
    pub const QUARTERS: usize = 2;

    /// The cohorts of a calendar.
    pub fn new(calendar: &Calendar) -> Self {
        let mut names = vec!["present at start".to_owned(), "all joiners".to_owned()];
        let mut months = vec![0..0, 0..calendar.months()];
        for month in 0..calendar.months() {
            let name = quarter_name(&calendar.month_name(month));
            if names.last() == Some(&name) {
                months.last_mut().expect("a quarter").end = month + 1;
            } else {
                names.push(name);
                months.push(month..month + 1);
            }
        }
        Self { names, months }
    }

    /// The cohorts of a spell, from its key's cohort (0: present; else 1 + month). Quarters are kept for
    /// everybody only.
    pub fn of(&self, key: u16, is_everybody: bool) -> [Option<usize>; 2] {
        let Some(month) = usize::from(key).checked_sub(1) else {
            return [Some(Self::PRESENT), None];
        };
        let quarter = (Self::QUARTERS..self.names.len())
            .find(|&quarter| is_everybody && self.months[quarter].contains(&month));
        [Some(Self::JOINERS), quarter]
    }
}

/// `2021-02` to `2021-Q1`.
fn quarter_name(month_name: &str) -> String {
    let month: u32 = month_name[5..7].parse().expect("a month's name ends in two digits");
    format!("{}-Q{}", &month_name[..4], (month - 1) / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_the_days_of_the_calendar() {
        let calendar = Calendar::new("2023-12-20", 100);
        assert_eq!(month_lengths(&calendar), [31, 31, 29, 31]);
    }

    #[test]
    fn quarters_follow_the_calendar_not_the_start() {
        let cohorts = Cohorts::new(&Calendar::new("2021-02-10", 120));
        assert_eq!(cohorts.names, ["present at start", "all joiners", "2021-Q1", "2021-Q2"]);
        assert_eq!(cohorts.months[2..], [0..2, 2..5]);
        assert_eq!(cohorts.of(0, true), [Some(0), None]);
        assert_eq!(cohorts.of(3, true), [Some(1), Some(3)]);
        assert_eq!(cohorts.of(3, false), [Some(1), None]);
    }
}
