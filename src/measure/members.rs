//! Memberships as lives, and the retention curves fitted to them by billing cycle.

use crate::engine::Run;
use crate::measure::life_tables::{LifeTables, Reading};
use crate::scenario::Scenario;
use crate::stats::lives::Lives;
use crate::stats::retention_fit::{Cycles, RetentionFit, fit_bdw, fit_sbg};
use crate::world::spells::{Cause, State};

/// Length of a billing cycle, days.
pub const CYCLE: usize = 30;

/// Fewest cycles in which members can be watched for a fit.
const LEAST_CYCLES: usize = 3;

/// Fewest ended memberships for a fit.
const LEAST_ENDS: u64 = 50;

/// The memberships of a run; every way of ending counts alike.
pub fn memberships(scenario: &Scenario, run: &Run) -> LifeTables {
    let cause = |cause| match cause {
        Cause::Censored => None,
        _ => Some(0),
    };
    LifeTables::new(scenario, run, Reading { state: State::Member, causes: 1, cause })
}

/// The fitted curves of a cohort of members; `None` where not fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fits {
    /// Shifted-beta-geometric.
    pub sbg: Option<RetentionFit>,
    /// Beta-discrete-Weibull.
    pub bdw: Option<RetentionFit>,
}

/// Fits both curves, given at least three cycles and fifty ends.
pub fn fits(lives: &Lives) -> Fits {
    match enough_cycles(lives) {
        Some(cycles) => Fits { sbg: fit_sbg(&cycles), bdw: fit_bdw(&cycles) },
        None => Fits::default(),
    }
}

/// Fits the sBG curve, given at least three cycles and fifty ends.
pub fn sbg(lives: &Lives) -> Option<RetentionFit> {
    fit_sbg(&enough_cycles(lives)?)
}

/// Memberships by cycle, if there are enough of both to fit.
fn enough_cycles(lives: &Lives) -> Option<Cycles> {
    let cycles = cycles(lives);
    let watched = (0..cycles.ended.len()).rposition(|at| cycles.ended[at] + cycles.censored[at] > 0)?;
    let ends: u64 = cycles.ended.iter().sum();
    (watched >= LEAST_CYCLES && ends >= LEAST_ENDS).then_some(cycles)
}

/// Memberships by cycle: one that ended at age n ended in cycle ceil(n / 30); one last seen at age n had
/// survived floor(n / 30).
fn cycles(lives: &Lives) -> Cycles {
    let length = lives.ages().div_ceil(CYCLE) + 1;
    let mut cycles = Cycles { ended: vec![0; length], censored: vec![0; length] };
    for age in 0..lives.ages() {
        cycles.ended[age.div_ceil(CYCLE)] += lives.all_ends(age);
        cycles.censored[age / CYCLE] += lives.censored[age];
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renewal_refused_on_day_thirty_ends_the_first_cycle() {
        let mut lives = Lives::new(1, 62);
        lives.entries[0] = 6;
        lives.ends[0][30] = 1;
        lives.ends[0][31] = 1;
        lives.ends[0][60] = 1;
        lives.censored[29] = 1;
        lives.censored[30] = 1;
        lives.censored[61] = 1;
        let cycles = cycles(&lives);
        assert_eq!(cycles.ended[..4], [0, 1, 2, 0]);
        assert_eq!(cycles.censored[..4], [1, 1, 1, 0]);
    }
}
