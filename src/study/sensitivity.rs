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
