//! Home survival: how long users stay at home on a platform.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::life_tables::{LifeTables, Reading};
use crate::scenario::Scenario;
use crate::stats::survival::{Scale, kaplan_meier};
use crate::table::{Kind, Table, Unit};
use crate::world::spells::{Cause, State};

/// Kaplan-Meier survival of stays at home.
pub const MEASURE: Measure = Measure {
    name: "home_survival",
    title: "Share of users still at home on the platform, by days since they came",
    answers: "How long do users stay, and do newer cohorts stay longer?",
    definition: "Kaplan-Meier estimate of Pr(stay > age), with delayed entry of those present at the start and \
        censoring at the horizon. greenwood_low, greenwood_high: log-log interval at run.confidence. at_risk: \
        simulated users who met the hazard of that age (at age 0: who came).",
    reads: "Spells of state Home.",
    caveats: "The Greenwood interval describes one market as if users were independent; they are not, and it is \
        not the simulation error: that is the band over replications. For those present at the start the curve \
        is conditional on the ages seen: where few are at risk at a young age it may drop for good. Not defined \
        past the last age seen; the interval is not defined before the first departure.",
    source: "Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 1980.",
    units: "share in 0..=1; at_risk in simulated users",
    measure,
};

/// Stays at home, all departures alike.
const READING: Reading = Reading {
    state: State::Home,
    causes: 1,
    cause: |cause| match cause {
        Cause::Censored => None,
        _ => Some(0),
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
            ("survival", Kind::Number, Unit::Share),
            ("greenwood_low", Kind::Number, Unit::Share),
            ("greenwood_high", Kind::Number, Unit::Share),
            ("at_risk", Kind::Number, Unit::Count),
        ],
    );
    let tables = LifeTables::new(scenario, run, READING);
    for (&key, lives) in &tables.lives {
        let curve = kaplan_meier(lives);
        for age in 0..lives.ages() {
            let (low, high) = curve.interval(age, scenario.run.confidence, Scale::LogLog);
            table.push(&[
                tables.platform(scenario, key).into(),
                tables.audience(key).into(),
                tables.cohort(key).into(),
                (age as i64).into(),
                curve.survival[age].into(),
                low.into(),
                high.into(),
                (curve.at_risk[age] as f64).into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{add_ends, add_entries, close, numbers, run, scenario};

    #[test]
    fn joiners_and_residents_each_have_their_curve() {
        let scenario = scenario(4, 2);
        let mut run = run(&scenario, &[0]);
        let (switched, lapsed, censored) = (Cause::Switched(2), Cause::Lapsed, Cause::Censored);
        // Ten joined: 2 left at age 1, 4 of the 8 left at age 2, the rest was last seen at ages 2 and 3.
        add_ends(&mut run, State::Home, &[(1, 1, switched, 1), (1, 1, lapsed, 1), (1, 2, lapsed, 4)]);
        add_ends(&mut run, State::Home, &[(1, 2, censored, 1), (1, 3, censored, 3)]);
        // Two residents aged 0 and three aged 2; one left at age 3 and one at age 4.
        add_entries(&mut run, State::Home, &[(0, 2), (2, 3)]);
        add_ends(&mut run, State::Home, &[(0, 3, lapsed, 1), (0, 4, lapsed, 1), (0, 4, censored, 1)]);
        add_ends(&mut run, State::Home, &[(0, 6, censored, 2)]);
        // Spells of another state are none of this measure's business.
        add_ends(&mut run, State::Member, &[(1, 2, Cause::Cancelled, 7)]);
        let table = measure(&scenario, &run);
        let joiners = [("platform", "p1"), ("cohort", "all joiners")];
        close(&numbers(&table, &joiners, "survival"), &[1.0, 0.8, 0.4, 0.4, f64::NAN]);
        close(&numbers(&table, &joiners, "at_risk"), &[10.0, 10.0, 8.0, 3.0, 0.0]);
        let quarter = [("platform", "p1"), ("cohort", "2021-Q1")];
        close(&numbers(&table, &quarter, "survival"), &[1.0, 0.8, 0.4, 0.4, f64::NAN]);
        let present = [("platform", "p1"), ("cohort", "present at start")];
        // At risk 2, 2, 5 (one left), 4 (one left); horizon 4 days after at most 5 days of age.
        let nan = f64::NAN;
        close(&numbers(&table, &present, "survival"), &[1.0, 1.0, 1.0, 0.8, 0.6, 0.6, 0.6, nan, nan, nan]);
        assert!(table.rows_where(&[("platform", "p2")]).is_empty());
    }

    #[test]
    fn the_interval_is_greenwoods_on_the_log_log_scale() {
        let scenario = scenario(4, 1);
        let mut run = run(&scenario, &[0]);
        // 21 lives, 3 ended at age 1: the first row of the 6-mercaptopurine table (V07).
        add_ends(&mut run, State::Home, &[(1, 1, Cause::Lapsed, 3), (1, 3, Cause::Censored, 18)]);
        let table = measure(&scenario, &run);
        let joiners = [("cohort", "all joiners")];
        let (low, high) =
            (numbers(&table, &joiners, "greenwood_low"), numbers(&table, &joiners, "greenwood_high"));
        assert!((low[1] - 0.619718).abs() < 1e-6 && (high[1] - 0.951552).abs() < 1e-6);
        assert!(low[0].is_nan() && high[0].is_nan());
    }
}
