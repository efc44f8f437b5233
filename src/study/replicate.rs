//! Replications of one scenario: simulated, measured at once, combined into tables with bands.

use crate::engine::simulate;
use crate::measure::measure_all;
use crate::parallel::map_ordered;
use crate::scenario::Scenario;
use crate::study::combine::combine;
use crate::table::Table;

/// From so many users on, replications run one after the other: a replication then keeps every thread busy
/// by itself, and only one world is in memory. Chance has an address, so this does not touch results.
pub const ONE_BY_ONE: u64 = 1_000_000;

/// Simulates and measures every replication of a scenario; answers the combined tables in the order of
/// [`crate::measure::MEASURES`].
///
/// `tick` hears the replication and the number of its finished days after every day; when it answers
/// `false`, everything stops and there is no result. A run is dropped as soon as it is measured.
pub fn replicate(scenario: &Scenario, tick: &(dyn Fn(u32, u32) -> bool + Sync)) -> Option<Vec<Table>> {
    let first = scenario.run.first_replication;
    let numbers: Vec<u32> = (first..first + scenario.run.replications).collect();
    Some(combine_each(each(scenario, &numbers, tick)?, scenario.run.confidence))
}

/// The tables of every named replication; shape replications × measures.
pub fn each(
    scenario: &Scenario,
    numbers: &[u32],
    tick: &(dyn Fn(u32, u32) -> bool + Sync),
) -> Option<Vec<Vec<Table>>> {
    let measured = |&replication: &u32| {
        let run = simulate(scenario, replication, &|day| tick(replication, day))?;
        Some(measure_all(scenario, &run))
    };
    if scenario.market.users < ONE_BY_ONE {
        map_ordered(numbers, measured).into_iter().collect()
    } else {
        numbers.iter().map(measured).collect()
    }
}

/// Combines the tables of the same measure; shape in: replications × measures.
pub fn combine_each(replications: Vec<Vec<Table>>, confidence: f64) -> Vec<Table> {
    let mut rest: Vec<_> = replications.into_iter().map(Vec::into_iter).collect();
    let mut combined = Vec::new();
    loop {
        let same: Vec<Table> = rest.iter_mut().filter_map(Iterator::next).collect();
        if same.is_empty() {
            return combined;
        }
        combined.push(combine(&same, confidence));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::MEASURES;
    use crate::measure::fixture::scenario;

    /// Three replications of 200 users on two platforms for 40 days.
    fn market() -> Scenario {
        let mut scenario = scenario(40, 2);
        (scenario.market.users, scenario.run.replications) = (200, 3);
        scenario.measures.panel_users = 200;
        scenario
    }

    #[test]
    fn every_measure_comes_back_combined() {
        let scenario = market();
        let tables = replicate(&scenario, &|_, _| true).unwrap();
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, MEASURES.iter().map(|measure| measure.name).collect::<Vec<_>>());
        let activity = &tables[0];
        assert_eq!(activity.rows(), 40 * 2);
        assert!(activity.integers("replications").iter().all(|&count| count == 3));
        assert!(activity.numbers("users_low")[79] <= activity.numbers("users")[79]);
    }

    #[test]
    fn a_batch_is_the_mean_of_its_replications_run_alone() {
        let scenario = market();
        let batch = replicate(&scenario, &|_, _| true).unwrap();
        let alone: Vec<Vec<Table>> = (0..3)
            .map(|replication| measure_all(&scenario, &simulate(&scenario, replication, &|_| true).unwrap()))
            .collect();
        for (row, &mean) in batch[0].numbers("users").iter().enumerate() {
            let sum: f64 = alone.iter().map(|tables| tables[0].numbers("users")[row]).sum();
            assert!((mean - sum / 3.0).abs() < 1e-9, "row {row}");
        }
    }

    #[test]
    fn the_second_replication_of_a_batch_can_be_repeated_alone() {
        let mut alone = market();
        (alone.run.first_replication, alone.run.replications) = (1, 1);
        let tables = replicate(&alone, &|_, _| true).unwrap();
        let run = simulate(&market(), 1, &|_| true).unwrap();
        assert_eq!(tables[0].numbers("users"), measure_all(&market(), &run)[0].numbers("users"));
    }

    #[test]
    fn a_stopped_replication_leaves_no_result() {
        assert!(replicate(&market(), &|replication, day| (replication, day) != (1, 5)).is_none());
    }
}
