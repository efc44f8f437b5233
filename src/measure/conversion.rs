//! Conversion: who pays for the first time, by age, against those who leave before.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::life_tables::{LifeTables, Reading};
use crate::scenario::Scenario;
use crate::stats::competing::aalen_johansen;
use crate::table::{Kind, Table, Unit};
use crate::world::spells::{Cause, State};

/// Conversion curve.
pub const MEASURE: Measure = Measure {
    name: "conversion",
    title: "Share of users who have paid for the first time, by days since they came",
    answers: "How many of those who come become payers, and how soon?",
    definition: "Aalen-Johansen estimates of Pr(first payment at an age <= age) and, as the competing risk, of \
        Pr(left without ever paying). at_risk: simulated users who met the hazard of that age (at age 0: came).",
    reads: "Spells of state Unpaid.",
    caveats: "First payment since joining this platform. Those present at the start are the ones who had not \
        paid yet, conditional on the ages seen. Not defined past the last age seen.",
    source: "Aalen and Johansen 1978.",
    units: "share in 0..=1; at_risk in simulated users",
    measure,
};

/// Ways out of the unpaid state: 0 paid, 1 left.
const READING: Reading = Reading {
    state: State::Unpaid,
    causes: 2,
    cause: |cause| match cause {
        Cause::Converted => Some(0),
        Cause::Censored => None,
        Cause::Switched(_) | Cause::Lapsed | Cause::Cancelled => Some(1),
    },
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
            ("converted", Kind::Number, Unit::Share),
            ("left", Kind::Number, Unit::Share),
            ("at_risk", Kind::Number, Unit::Count),
        ],
    );
    let tables = LifeTables::new(scenario, run, READING);
    for (&key, lives) in &tables.lives {
        let incidence = aalen_johansen(lives);
        for (age, &at_risk) in lives.at_risk().iter().enumerate() {
            table.push(&[
                tables.platform(scenario, key).into(),
                tables.audience(key).into(),
                tables.cohort(key).into(),
                (age as i64).into(),
                incidence[0][age].into(),
                incidence[1][age].into(),
                (at_risk as f64).into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{add_ends, close, numbers, run, scenario};

    #[test]
    fn leaving_competes_with_paying() {
        let scenario = scenario(3, 2);
        let mut run = run(&scenario, &[0]);
        let ends = [(1, 1, Cause::Converted, 2), (1, 1, Cause::Lapsed, 1), (1, 1, Cause::Switched(2), 1)];
        add_ends(&mut run, State::Unpaid, &ends);
        add_ends(&mut run, State::Unpaid, &[(1, 2, Cause::Converted, 3), (1, 2, Cause::Censored, 3)]);
        let table = measure(&scenario, &run);
        let joiners = [("cohort", "all joiners")];
        // 2 of 10, then 0.6 · 3 / 6; 2 of 10 left.
        close(&numbers(&table, &joiners, "converted"), &[0.0, 0.2, 0.5, f64::NAN]);
        close(&numbers(&table, &joiners, "left"), &[0.0, 0.2, 0.2, f64::NAN]);
        close(&numbers(&table, &joiners, "at_risk"), &[10.0, 10.0, 6.0, 0.0]);
    }
}
