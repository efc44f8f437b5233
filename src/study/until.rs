//! Replications until an interval is narrow enough.

use crate::scenario::Scenario;
use crate::stats::intervals::{Interval, mean_and_deviation, replications_needed};
use crate::study::outcome::Outcome;
use crate::study::replicate::{combine_each, each};
use crate::study::values::interval;
use crate::table::Table;

/// Replications of the pilot, from which the number needed is first estimated. Source: Law 2015, 9.4.1.
pub const PILOT: u32 = 10;

/// What was wanted.
#[derive(Clone, Debug)]
pub struct Precision {
    /// Of which outcome.
    pub outcome: Outcome,
    /// Half of the longest interval that is narrow enough, in the outcome's unit; > 0.
    pub half_width: f64,
    /// Replications after which it ends in any case.
    pub most: u32,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Tables combined over all replications.
    pub tables: Vec<Table>,
    /// How many there were.
    pub replications: u32,
    /// The interval of the outcome.
    pub interval: Interval,
    /// Whether it is narrow enough.
    pub is_reached: bool,
}

/// Adds replications until the outcome's interval is narrow enough: a pilot of [`PILOT`], then as many as the
/// pilot's spread asks for, and so on.
///
/// The replications are those that a plain run of that number would have. Stopping when an interval happens to
/// be narrow makes it slightly too short (Law 2015, 9.4.1). `None` when `tick` answered false.
pub fn until(
    scenario: &Scenario,
    wanted: &Precision,
    tick: &(dyn Fn(u32, u32) -> bool + Sync),
) -> Option<Settled> {
    let confidence = scenario.run.confidence;
    let mut measured: Vec<Vec<Table>> = Vec::new();
    let mut goal = PILOT.min(wanted.most);
    loop {
        let first = scenario.run.first_replication;
        let numbers: Vec<u32> = (first + measured.len() as u32..first + goal).collect();
        measured.extend(each(scenario, &numbers, tick)?);
        let values: Vec<f64> = measured.iter().map(|tables| wanted.outcome.read(tables)).collect();
        let found = interval(wanted.outcome.unit, &values, confidence);
        let is_reached = (found.high - found.low) / 2.0 <= wanted.half_width;
        let done = measured.len() as u32;
        if is_reached || done >= wanted.most {
            let tables = combine_each(measured, confidence);
            return Some(Settled { tables, replications: done, interval: found, is_reached });
        }
        let (_, deviation) = mean_and_deviation(&values);
        let needed = replications_needed(deviation, wanted.half_width, confidence);
        let needed = needed.map_or(wanted.most, |count| u32::try_from(count).unwrap_or(wanted.most));
        goal = needed.max(done + 1).min(wanted.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::scenario;
    use crate::study::replicate::replicate;

    fn market() -> Scenario {
        let mut scenario = scenario(40, 2);
        scenario.market.users = 300;
        scenario
    }

    fn precision(scenario: &Scenario, half_width: f64, most: u32) -> Precision {
        let name = format!("share:{}", scenario.platforms[0].name);
        Precision { outcome: Outcome::parse(&name, scenario).unwrap(), half_width, most }
    }

    #[test]
    fn it_stops_when_the_interval_is_narrow_and_gives_the_tables_of_a_plain_run() {
        let mut scenario = market();
        let found = until(&scenario, &precision(&scenario, 0.006, 400), &|_, _| true).unwrap();
        assert!(found.is_reached && found.replications > PILOT, "{}", found.replications);
        assert!((found.interval.high - found.interval.low) / 2.0 <= 0.006);
        scenario.run.replications = found.replications;
        let plain = replicate(&scenario, &|_, _| true).unwrap();
        assert_eq!(found.tables[0].numbers("users_low"), plain[0].numbers("users_low"));
    }

    #[test]
    fn it_gives_up_at_the_most_and_says_so() {
        let scenario = market();
        let found = until(&scenario, &precision(&scenario, 1e-9, 12), &|_, _| true).unwrap();
        assert!(!found.is_reached && found.replications == 12);
    }
}
