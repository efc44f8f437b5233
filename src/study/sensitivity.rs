//! Which settings move an outcome: Morris screening and Sobol' indices over ranges of settings.

use crate::random::address::mix;
use crate::stats::bca::small_sample;
use crate::stats::design::sobol::sobol;
use crate::stats::sensitivity::morris::{screen, trajectories};
use crate::stats::sensitivity::{Bootstrap, saltelli};
use crate::study::outcome::Outcome;
use crate::study::values::Values;
use crate::table::{Cell, Kind, Table, Unit};

/// Levels of a Morris grid. Source: Morris 1991; Saltelli et al. 2004 recommend 4.
const LEVELS: usize = 4;
/// Resamples of the bootstrap.
const RESAMPLES: u64 = 1_000;

/// How sensitivity is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Elementary effects along so many trajectories: cheap, ranks settings.
    Morris(u32),
    /// First-order and total shares of variance from so many base points: dear, measures interactions.
    Sobol(u32),
}

impl Method {
    /// The points of the unit cube, in the order that [`Method::table`] expects.
    ///
    /// The seed decides their chance; shape points × settings.
    pub fn points(self, settings: usize, seed: u64) -> Vec<Vec<f64>> {
        match self {
            Method::Morris(count) => {
                trajectories(count as usize, settings, LEVELS, |a, b| uniform(seed, a as u64, b))
            }
            Method::Sobol(base) => {
                let shift = |dimension: usize| bits(seed, dimension as u64, usize::MAX) as u32;
                saltelli::design(&sobol(base as usize, 2 * settings, shift))
            }
        }
    }

    /// Table `morris` or `sobol`: one row an outcome and setting. Outputs are means over replications.
    pub fn table(
        self,
        names: &[String],
        cube: &[Vec<f64>],
        (values, outcomes): (&Values, &[Outcome]),
        confidence: f64,
    ) -> Table {
        let mut table = self.empty();
        let confidence = match self {
            Method::Morris(count) => small_sample(confidence, count as usize),
            Method::Sobol(_) => confidence,
        };
        let bootstrap = Bootstrap { resamples: RESAMPLES, confidence };
        let draw = |resample: u64, position: usize| uniform(0x5e25_1710, resample, position);
        for (at, outcome) in outcomes.iter().enumerate() {
            let outputs: Vec<f64> = (0..cube.len()).map(|trial| output(values, trial, at)).collect();
            match self {
                Method::Morris(_) => {
                    for (name, found) in names.iter().zip(screen(cube, &outputs, bootstrap, draw)) {
                        let star = found.mu_star;
                        let numbers =
                            [found.mu, star.point, star.low, star.high, found.sigma].map(Cell::Number);
                        table.push(&[&[(&outcome.name).into(), name.into()], &numbers[..]].concat());
                    }
                }
                Method::Sobol(_) => {
                    let found = saltelli::indices(&outputs, names.len(), bootstrap, draw);
                    for (name, found) in names.iter().zip(found) {
                        let (first, total) = (found.first, found.total);
                        let numbers =
                            [first.point, first.low, first.high, total.point, total.low, total.high]
                                .map(Cell::Number);
                        let verdict =
                            if found.is_converged(saltelli::CONVERGED_WIDTH) { "yes" } else { "no" };
                        table.push(
                            &[&[(&outcome.name).into(), name.into()], &numbers[..], &[verdict.into()]]
                                .concat(),
                        );
                    }
                }
            }
        }
        table
    }

    fn empty(self) -> Table {
        let text = |name| (name, Kind::Text, Unit::Label);
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let keys = [text("outcome"), text("setting")];
        match self {
            Method::Morris(_) => {
                let numbers = ["mu", "mu_star", "mu_star_low", "mu_star_high", "sigma"].map(number);
                let title = "Elementary effects: change of the outcome over the whole range of a setting";
                Table::new("morris", title, &[&keys[..], &numbers[..]].concat())
            }
            Method::Sobol(_) => {
                let numbers =
                    ["first", "first_low", "first_high", "total", "total_low", "total_high"].map(number);
                let title =
                    "Shares of the outcome's variance owed to each setting, alone and with interactions";
                Table::new("sobol", title, &[&keys[..], &numbers[..], &[text("converged")]].concat())
            }
        }
    }
}

/// The mean over the replications of a trial; not a number when some are missing, since a mean over other
/// replications would pass their chance off as an effect.
fn output(values: &Values, trial: usize, outcome: usize) -> f64 {
    let most = values.runs.iter().map(Vec::len).max().unwrap_or(0);
    let found = values.of(trial, outcome);
    if found.len() < most { f64::NAN } else { found.iter().sum::<f64>() / found.len() as f64 }
}

fn bits(seed: u64, a: u64, b: usize) -> u64 {
    mix(mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)).wrapping_add(mix(a)) ^ mix((b as u64).wrapping_add(1)))
}

fn uniform(seed: u64, a: u64, b: usize) -> f64 {
    (bits(seed, a, b) >> 11) as f64 / 9_007_199_254_740_992.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::scenario;
    use crate::study::values::OneRun;

    /// Outputs 5 + 3 x of the points, with the luck of each replication added to all trials alike.
    fn lucky(cube: &[Vec<f64>], luck: &[f64]) -> Values {
        let runs = |point: &Vec<f64>| {
            let run = |(replication, luck): (u32, &f64)| OneRun {
                replication,
                values: vec![5.0 + 3.0 * point[0] + luck],
            };
            (0..).zip(luck).map(run).collect()
        };
        Values { runs: cube.iter().map(runs).collect() }
    }

    #[test]
    fn a_failed_run_does_not_pass_its_luck_off_as_an_effect() {
        let outcomes = [Outcome::parse("hhi", &scenario(10, 2)).expect("an outcome")];
        let names = ["choice.beta_s".to_owned(), "choice.chi".to_owned()];
        let method = Method::Morris(6);
        let cube = method.points(2, 7);
        let mut values = lucky(&cube, &[10.0, -10.0]);
        let whole = method.table(&names, &cube, (&values, &outcomes), 0.95);
        // The second trial of the second trajectory loses a replication.
        values.runs[4].pop();
        let holed = method.table(&names, &cube, (&values, &outcomes), 0.95);
        for table in [&whole, &holed] {
            let (mu, sigma) = (table.numbers("mu"), table.numbers("sigma"));
            assert!((mu[0] - 3.0).abs() < 1e-9 && sigma[0] < 1e-9, "{mu:?} {sigma:?}");
            assert_eq!((mu[1], sigma[1]), (0.0, 0.0));
        }
    }

    #[test]
    fn points_are_decided_by_the_seed_and_kept_when_more_are_added() {
        for (few, more) in [(Method::Morris(3), Method::Morris(5)), (Method::Sobol(4), Method::Sobol(8))] {
            let points = few.points(3, 7);
            assert_eq!(points.len(), if few == Method::Morris(3) { 3 * 4 } else { 4 * 5 });
            assert_eq!(points, few.points(3, 7));
            assert_ne!(points, few.points(3, 8));
            assert_eq!(points[..], more.points(3, 7)[..points.len()]);
            assert!(points.iter().flatten().all(|place| (0.0..=1.0).contains(place)));
        }
    }
}
