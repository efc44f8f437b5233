//! Member retention by billing cycle, with its fitted curves.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::groups::Cohorts;
use crate::measure::members::{CYCLE, Fits, fits, memberships};
use crate::scenario::Scenario;
use crate::stats::retention_fit::RetentionFit;
use crate::stats::survival::kaplan_meier;
use crate::table::{Kind, Table, Unit};

/// Retention of paying members.
pub const MEASURE: Measure = Measure {
    name: "member_retention",
    title: "Share of paying members still paying, by billing cycle",
    answers: "How long do members keep paying, and what does their curve promise for the tail?",
    definition: "survival: Kaplan-Meier estimate of Pr(membership > 30 × cycle days), with delayed entry of \
        members present at the start; cancelling, switching and lapsing all end a membership, a gap of at most \
        30 days does not. sbg, bdw: the shifted-beta-geometric and beta-discrete-Weibull curves fitted to all \
        joiners by maximum likelihood.",
    reads: "Spells of state Member.",
    caveats: "Fitted only with at least three cycles and fifty ended memberships. Members who switch leave \
        between renewals; the fits count them as leaving at the next one. For members present at the start \
        the curve is conditional on the ages seen.",
    source: "Kaplan and Meier 1958; Fader and Hardie 2007 (sBG), 2018 (BdW).",
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
            ("cycle", Kind::Integer, Unit::Months),
            ("survival", Kind::Number, Unit::Share),
            ("sbg", Kind::Number, Unit::Share),
            ("bdw", Kind::Number, Unit::Share),
        ],
    );
    let tables = memberships(scenario, run);
    for (&key, lives) in &tables.lives {
        let curve = kaplan_meier(lives);
        let fits = if key.2 == Cohorts::JOINERS { fits(lives) } else { Fits::default() };
        for cycle in 0..=(lives.ages() - 1) / CYCLE {
            let fitted = |fit: Option<RetentionFit>| fit.map_or(f64::NAN, |fit| fit.survival(cycle));
            table.push(&[
                tables.platform(scenario, key).into(),
                tables.audience(key).into(),
                tables.cohort(key).into(),
                (cycle as i64).into(),
                curve.survival[cycle * CYCLE].into(),
                fitted(fits.sbg).into(),
                fitted(fits.bdw).into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{add_ends, close, numbers, run, scenario};
    use crate::world::spells::{Cause, State};

    #[test]
    fn the_curve_and_its_fit_are_fader_and_hardies() {
        // V05, regular customers 1000, 631, 468, 382, 326: alpha 0.763665, beta 1.29583.
        let scenario = scenario(121, 1);
        let mut run = run(&scenario, &[0]);
        let cancelled = Cause::Cancelled;
        add_ends(&mut run, State::Member, &[(1, 30, cancelled, 369), (1, 60, cancelled, 163)]);
        add_ends(&mut run, State::Member, &[(1, 90, cancelled, 86), (1, 120, Cause::Switched(2), 56)]);
        add_ends(&mut run, State::Member, &[(1, 121, Cause::Censored, 326)]);
        let table = measure(&scenario, &run);
        let joiners = [("cohort", "all joiners")];
        close(&numbers(&table, &joiners, "survival"), &[1.0, 0.631, 0.468, 0.382, 0.326]);
        // S(1) = beta / (alpha + beta), S(2) = S(1) (beta + 1) / (alpha + beta + 1).
        let first = 1.29583 / 2.059495;
        let sbg = numbers(&table, &joiners, "sbg");
        assert!(
            (sbg[1] - first).abs() < 1e-5 && (sbg[2] - first * 2.29583 / 3.059495).abs() < 1e-5,
            "{sbg:?}"
        );
        assert!(numbers(&table, &joiners, "bdw").iter().all(|share| share.is_finite()));
        assert!(numbers(&table, &[("cohort", "2021-Q1")], "sbg").iter().all(|share| share.is_nan()));
    }

    #[test]
    fn few_ends_are_not_fitted() {
        let scenario = scenario(121, 1);
        let mut run = run(&scenario, &[0]);
        add_ends(&mut run, State::Member, &[(1, 30, Cause::Cancelled, 49), (1, 121, Cause::Censored, 100)]);
        let table = measure(&scenario, &run);
        assert!(numbers(&table, &[("cohort", "all joiners")], "sbg").iter().all(|share| share.is_nan()));
    }
}
