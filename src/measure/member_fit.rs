//! Parameters of the retention curves fitted to members.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::groups::Cohorts;
use crate::measure::members::{fits, memberships};
use crate::scenario::Scenario;
use crate::table::{Cell, Kind, Table, Unit};

/// Fitted parameters.
pub const MEASURE: Measure = Measure {
    name: "member_fit",
    title: "Parameters of the retention curves fitted to joining members",
    answers: "How unlike are members in their loyalty, and does leaving become likelier with age?",
    definition: "Maximum likelihood estimates of S(t) = B(alpha, beta + t^c) / B(alpha, beta), t in cycles of 30 \
        days; c = 1 for sBG. Mean leaving probability alpha / (alpha + beta).",
    reads: "Spells of state Member, all joiners.",
    caveats: "Fitted only with at least three cycles and fifty ended memberships. Where members hardly differ, \
        alpha and beta run to the edge of the search and only their ratio means something. Averages of \
        parameters over replications describe no single curve.",
    source: "Fader and Hardie 2007 (sBG), 2018 (BdW).",
    units: "parameters without unit; log-likelihood in nats",
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
            ("sbg_alpha", Kind::Number, Unit::Ratio),
            ("sbg_beta", Kind::Number, Unit::Ratio),
            ("sbg_log_likelihood", Kind::Number, Unit::Nats),
            ("bdw_alpha", Kind::Number, Unit::Ratio),
            ("bdw_beta", Kind::Number, Unit::Ratio),
            ("bdw_c", Kind::Number, Unit::Ratio),
            ("bdw_log_likelihood", Kind::Number, Unit::Nats),
        ],
    );
    let tables = memberships(scenario, run);
    for (&key, lives) in tables.lives.iter().filter(|(key, _)| key.2 == Cohorts::JOINERS) {
        let fits = fits(lives);
        let sbg = fits.sbg.map_or([f64::NAN; 3], |fit| [fit.alpha, fit.beta, fit.log_likelihood]);
        let bdw = fits.bdw.map_or([f64::NAN; 4], |fit| [fit.alpha, fit.beta, fit.c, fit.log_likelihood]);
        let mut row: Vec<Cell> = vec![
            tables.platform(scenario, key).into(),
            tables.audience(key).into(),
            tables.cohort(key).into(),
        ];
        row.extend(sbg.into_iter().chain(bdw).map(Cell::Number));
        table.push(&row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{add_ends, run, scenario};
    use crate::world::spells::{Cause, State};

    #[test]
    fn parameters_are_fader_and_hardies() {
        // V05, 1000, 631, 468, 382, 326: alpha 0.763665, beta 1.29583, log-likelihood -1401.5594.
        let scenario = scenario(121, 1);
        let mut run = run(&scenario, &[0]);
        for (cycle, count) in [(1, 369), (2, 163), (3, 86), (4, 56)] {
            add_ends(&mut run, State::Member, &[(1, 30 * cycle, Cause::Cancelled, count)]);
        }
        add_ends(&mut run, State::Member, &[(1, 121, Cause::Censored, 326)]);
        let table = measure(&scenario, &run);
        assert_eq!(table.rows(), 1);
        assert!((table.numbers("sbg_alpha")[0] - 0.763665).abs() < 2e-5);
        assert!((table.numbers("sbg_beta")[0] - 1.29583).abs() < 5e-5);
        assert!((table.numbers("sbg_log_likelihood")[0] + 1401.5594).abs() < 1e-4);
        // BdW contains sBG.
        assert!(table.numbers("bdw_log_likelihood")[0] >= table.numbers("sbg_log_likelihood")[0]);
    }
}
