//! What a run tells: one file per measure, each a pure function of a scenario and a run.
//!
//! A measure answers with one long table. What cannot be defined (a ratio to nobody, a window that is not
//! full yet) is NaN, never infinite and never a guess.

use crate::engine::Run;
use crate::scenario::Scenario;
use crate::table::Table;

pub mod life_tables;
pub mod groups;
pub mod members;
pub mod monthly_moves;
pub mod series;

pub mod active_days;
pub mod activity;
pub mod audience_niche;
pub mod bracket_retention;
pub mod budget_returns;
pub mod coexistence;
pub mod concentration;
pub mod conversion;
pub mod conversion_motives;
pub mod entrant_success;
pub mod flows;
pub mod gratifications;
pub mod home_causes;
pub mod home_survival;
pub mod lifetime_value;
pub mod listening;
pub mod member_fit;
pub mod member_retention;
pub mod migration;
pub mod money;
pub mod niche_breadth;
pub mod niche_overlap;
pub mod nps_proxy;
pub mod originals_breakeven;
pub mod overlap;
pub mod reasons;
pub mod profit;
pub mod retention;
pub mod targets;

#[cfg(test)]
pub(crate) mod fixture;

/// One measure with the words that explain it.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Name of its table and file.
    pub name: &'static str,
    /// One sentence for a reader.
    pub title: &'static str,
    /// The question that it answers.
    pub answers: &'static str,
    /// The definition, exactly.
    pub definition: &'static str,
    /// What it reads of a run.
    pub reads: &'static str,
    /// Where it misleads.
    pub caveats: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// Units of its numbers.
    pub units: &'static str,
    /// Measures a run.
    pub measure: fn(&Scenario, &Run) -> Table,
}

impl Measure {
    /// What is said of it below its title, in order: what a part tells, and its text.
    pub fn parts(&self) -> [(&'static str, &'static str); 6] {
        [
            ("answers", self.answers),
            ("definition", self.definition),
            ("reads", self.reads),
            ("caveats", self.caveats),
            ("units", self.units),
            ("source", self.source),
        ]
    }
}

/// All measures, in the order in which a reader meets them.
pub const MEASURES: &[Measure] = &[
    activity::MEASURE,
    active_days::MEASURE,
    home_survival::MEASURE,
    home_causes::MEASURE,
    retention::MEASURE,
    bracket_retention::MEASURE,
    member_retention::MEASURE,
    member_fit::MEASURE,
    conversion::MEASURE,
    conversion_motives::MEASURE,
    money::MEASURE,
    profit::MEASURE,
    budget_returns::MEASURE,
    originals_breakeven::MEASURE,
    lifetime_value::MEASURE,
    migration::MEASURE,
    flows::MEASURE,
    reasons::MEASURE,
    overlap::MEASURE,
    concentration::MEASURE,
    niche_breadth::MEASURE,
    niche_overlap::MEASURE,
    audience_niche::MEASURE,
    gratifications::MEASURE,
    coexistence::MEASURE,
    entrant_success::MEASURE,
    nps_proxy::MEASURE,
    listening::MEASURE,
    targets::MEASURE,
];

/// Measures a run with every measure, in the order of [`MEASURES`].
pub fn measure_all(scenario: &Scenario, run: &Run) -> Vec<Table> {
    MEASURES.iter().map(|measure| (measure.measure)(scenario, run)).collect()
}

/// Measures a run with the named measures only, in the order of [`MEASURES`]; the others cost nothing.
pub fn measure_named(scenario: &Scenario, run: &Run, names: &[&str]) -> Vec<Table> {
    let is_wanted = |measure: &&Measure| names.contains(&measure.name);
    MEASURES.iter().filter(is_wanted).map(|measure| (measure.measure)(scenario, run)).collect()
}

/// `numerator / denominator`, NaN when the denominator is 0.
fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator == 0.0 { f64::NAN } else { numerator / denominator }
}

/// Mean of the defined values, NaN when there is none.
fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values.into_iter().filter(|value| !value.is_nan()) {
        sum += value;
        count += 1.0;
    }
    ratio(sum, count)
}

#[cfg(test)]
mod tests {
    use super::fixture::{add_ends, add_entries, run, scenario_with_audiences};
    use super::*;
    use crate::table::Cells;
    use crate::world::spells::{Cause, State};

    /// Fails on a number that is infinite.
    fn assert_never_infinite(tables: &[Table]) {
        for table in tables {
            for column in &table.columns {
                if let Cells::Number(values) = &column.cells {
                    let infinite = values.iter().position(|value| value.is_infinite());
                    assert_eq!(infinite, None, "{}.{}", table.name, column.name);
                }
            }
        }
    }

    #[test]
    fn an_empty_world_is_measured_without_infinities() {
        for (days, platforms) in [(1, 1), (1, 3), (29, 2), (400, 2)] {
            for (users, tracked) in [(0, 0), (1, 0), (1, 1)] {
                let scenario = scenario_with_audiences(days, platforms);
                let mut run = run(&scenario, &[0, 1, 3]);
                (run.users, run.tracked) = (users, tracked);
                assert_never_infinite(&measure_all(&scenario, &run));
            }
        }
    }

    #[test]
    fn one_user_for_one_day_is_measured_without_infinities() {
        let scenario = scenario_with_audiences(1, 2);
        let mut run = run(&scenario, &[1]);
        (run.users, run.tracked) = (1, 1);
        let at = run.panel.at(0, 0, 1) * 3;
        run.panel.home[at + 1] = 1;
        run.panel.active[at + 1] = 1;
        for state in [State::Home, State::Member, State::Unpaid] {
            add_entries(&mut run, state, &[(65_000, 1)]);
            add_ends(&mut run, state, &[(0, 65_001, Cause::Censored, 1), (1, 0, Cause::Censored, 1)]);
        }
        let tables = measure_all(&scenario, &run);
        assert_never_infinite(&tables);
        let curve = tables.iter().find(|table| table.name == "home_survival").unwrap();
        assert_eq!(curve.numbers("survival")[0], 1.0);
    }

    #[test]
    fn every_measure_names_its_table_and_explains_itself() {
        let scenario = scenario_with_audiences(3, 2);
        let run = run(&scenario, &[0]);
        for (measure, table) in MEASURES.iter().zip(measure_all(&scenario, &run)) {
            assert_eq!((measure.name, measure.title), (table.name.as_str(), table.title.as_str()));
            let words = [measure.answers, measure.definition, measure.reads, measure.caveats, measure.source];
            assert!(
                words.iter().all(|text| text.ends_with(['.', '?']) && !text.contains("  ")),
                "{}",
                measure.name
            );
            assert!(!measure.units.is_empty());
        }
    }
}
