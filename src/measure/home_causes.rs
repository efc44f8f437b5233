//! Why homes end: cumulative incidence of lapsing and of switching to each rival.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::life_tables::{LifeTables, Reading};
use crate::scenario::Scenario;
use crate::stats::competing::aalen_johansen;
use crate::table::{Kind, Table, Unit};
use crate::world::spells::{Cause, State};

/// Up to this age every day is a row, days; this table alone has a row per rival.
const EVERY_DAY: usize = 90;

/// Past that age every so manyth day is a row.
const STEP: usize = 5;

/// Aalen-Johansen incidence of each way of leaving.
pub const MEASURE: Measure = Measure {
    name: "home_causes",
    title: "Share of users who have left the platform, by cause and days since they came",
    answers: "Of those who leave, who goes to which rival, who leaves the market, and when?",
    definition: "Aalen-Johansen estimate of Pr(left at an age <= age for that cause); the causes compete. With \
        home_survival the incidences of all causes sum to 1.",
    reads: "Spells of state Home.",
    caveats: "As for home_survival. 1 - Kaplan-Meier of one cause alone would overstate it and is not offered. \
        Rows for every day up to age 90, then for every fifth.",
    source: "Aalen and Johansen 1978.",
    units: "share in 0..=1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("cohort", Kind::Text, Unit::Label),
            ("age", Kind::Integer, Unit::Days),
            ("cause", Kind::Text, Unit::Label),
            ("incidence", Kind::Number, Unit::Share),
        ],
    );
    let reading = Reading { state: State::Home, causes: scenario.places(), cause: destination };
    let names = cause_names(scenario);
    let tables = LifeTables::new(scenario, run, reading);
    for (&key, lives) in &tables.lives {
        let incidence = aalen_johansen(lives);
        let at = |place: usize, age: usize| incidence[place][age];
        for age in (0..lives.ages()).filter(|&age| age <= EVERY_DAY || age % STEP == 0) {
            for (place, name) in names.iter().enumerate() {
                if place == key.0 || (place == 0 && !scenario.market.outside) {
                    continue;
                }
                table.push(&[
                    tables.platform(scenario, key).into(),
                    tables.audience(key).into(),
                    tables.cohort(key).into(),
                    (age as i64).into(),
                    name.into(),
                    at(place, age).into(),
                ]);
            }
        }
    }
    table
}

/// The place to which a departure led; `None` if there was no departure.
fn destination(cause: Cause) -> Option<usize> {
    match cause {
        Cause::Switched(place) => Some(usize::from(place)),
        Cause::Lapsed => Some(0),
        Cause::Cancelled | Cause::Converted | Cause::Censored => None,
    }
}

/// Names of the causes by the place to which they lead.
fn cause_names(scenario: &Scenario) -> Vec<String> {
    let switched = scenario.platforms.iter().map(|platform| format!("switched to {}", platform.name));
    std::iter::once("lapsed".to_owned()).chain(switched).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{add_ends, close, numbers, run, scenario};

    #[test]
    fn causes_compete() {
        let scenario = scenario(8, 2);
        let mut run = run(&scenario, &[0]);
        // The hand data of V08: cause 1 is switching to p2, cause 2 lapsing.
        let (switched, lapsed, censored) = (Cause::Switched(2), Cause::Lapsed, Cause::Censored);
        add_ends(&mut run, State::Home, &[(1, 1, switched, 1), (1, 2, lapsed, 1), (1, 2, censored, 1)]);
        add_ends(&mut run, State::Home, &[(1, 3, switched, 1), (1, 4, lapsed, 1), (1, 4, switched, 1)]);
        add_ends(&mut run, State::Home, &[(1, 5, censored, 1), (1, 6, switched, 1), (1, 7, censored, 1)]);
        add_ends(&mut run, State::Home, &[(1, 8, lapsed, 1)]);
        let table = measure(&scenario, &run);
        let found = |cause| numbers(&table, &[("cohort", "all joiners"), ("cause", cause)], "incidence");
        let expected_switched = [0.0, 0.1, 0.1, 3.0 / 14.0, 0.3285714285714286];
        close(&found("switched to p2")[..5], &expected_switched);
        assert!((found("switched to p2")[8] - 0.480952381).abs() < 1e-9);
        assert!((found("lapsed")[8] - 0.519047619).abs() < 1e-9);
        assert!(table.rows_where(&[("cause", "switched to p1")]).is_empty());
    }

    #[test]
    fn old_ages_have_a_row_every_fifth_day() {
        let scenario = scenario(366, 1);
        let mut run = run(&scenario, &[0]);
        add_ends(&mut run, State::Home, &[(1, 366, Cause::Censored, 1)]);
        let table = measure(&scenario, &run);
        let rows = table.rows_where(&[("cohort", "all joiners"), ("cause", "lapsed")]);
        let ages: Vec<i64> = rows.into_iter().map(|row| table.integers("age")[row]).collect();
        assert_eq!(ages[88..93], [88, 89, 90, 95, 100]);
        assert_eq!(ages.last(), Some(&365));
    }
}
