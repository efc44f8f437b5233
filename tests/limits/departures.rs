//! V08: constant hazards of switching and quitting are found again in the spells.

use crate::plain::{MILLION, close, close_share, plain, scenario, set_shares};
use ecotone::engine::{Run, simulate};
use ecotone::maths::ln;
use ecotone::measure::life_tables::{LifeTables, Reading};
use ecotone::scenario::Scenario;
use ecotone::stats::competing::aalen_johansen;
use ecotone::stats::lives::Lives;
use ecotone::stats::survival::kaplan_meier;
use ecotone::world::spells::{Cause, State};
use serde_json::{Value, json};

/// Index of the cohort of those present at the start, and of all joiners.
const PRESENT: usize = 0;
const JOINERS: usize = 1;

/// Two platforms worth the same; who reconsiders (one of twenty a day) stays with .8, switches with .08 and
/// quits with .12: daily hazards .004 and .006, whatever the age.
fn market(users: u64, days: u32, longest_tenure: u32) -> Value {
    let mut settings = plain(users, days, &[0.0, 0.0]);
    settings["choice"]["lambda_0"] = json!(0.05);
    settings["choice"]["kappa_0"] = json!(-ln(0.08 / 0.8));
    settings["choice"]["kappa_q"] = json!(-ln(0.12 / 0.8));
    for platform in 0..2 {
        settings["platforms"][platform]["initial"]["max_tenure_days"] = json!(longest_tenure);
    }
    settings
}

/// Stays on the first platform; cause 0 is switching, 1 quitting.
fn lives(scenario: &Scenario, run: &Run, cohort: usize) -> Lives {
    let reading = Reading {
        state: State::Home,
        causes: 2,
        cause: |cause| match cause {
            Cause::Switched(_) => Some(0),
            Cause::Lapsed => Some(1),
            _ => None,
        },
    };
    LifeTables::new(scenario, run, reading).lives.remove(&(1, 0, cohort)).expect("somebody lived there")
}

#[test]
fn constant_hazards_give_exponential_survival_and_proportional_incidences() {
    let mut settings = market(MILLION, 365, 0);
    set_shares(&mut settings, &[1.0, 0.0]);
    let scenario = scenario(&settings);
    let run = simulate(&scenario, 0, &|_| true).unwrap();
    let lives = lives(&scenario, &run, PRESENT);
    assert_eq!(lives.at_risk()[1], MILLION);
    let (curve, incidence) = (kaplan_meier(&lives), aalen_johansen(&lives));
    let points = [
        (30, 0.739_700_373_4, 0.104_119_850_6, 0.156_179_776),
        (90, 0.404_731_972_7, 0.238_107_210_9, 0.357_160_816_4),
        (180, 0.163_807_969_7, 0.334_476_812_1, 0.501_715_218_2),
        (365, 0.025_517_964_5, 0.389_792_814_2, 0.584_689_221_3),
    ];
    for (age, survival, switched, quit) in points {
        close(curve.survival[age], survival, 0.002);
        close(incidence[0][age], switched, 0.002);
        close(incidence[1][age], quit, 0.002);
    }
}

/// Those present at the start are seen from their age on; the hazard does not depend on age, so the estimate
/// must not either. Those who join during the run are seen from age 0.
#[test]
fn delayed_entry_and_late_joining_leave_the_curve_alone() {
    let scenario = scenario(&market(MILLION / 5, 200, 400));
    let run = simulate(&scenario, 0, &|_| true).unwrap();
    for cohort in [PRESENT, JOINERS] {
        let curve = kaplan_meier(&lives(&scenario, &run, cohort));
        for (age, survival) in [(30, 0.739_700_373_4), (90, 0.404_731_972_7), (180, 0.163_807_969_7)] {
            close(curve.survival[age], survival, 4.0 * curve.standard_error(age));
        }
    }
}

/// Nobody is at risk twice: everyone who entered leaves the risk set by leaving or at the horizon.
#[test]
fn every_life_that_enters_also_ends() {
    let scenario = scenario(&market(20_000, 100, 50));
    let run = simulate(&scenario, 0, &|_| true).unwrap();
    for cohort in [PRESENT, JOINERS] {
        let lives = lives(&scenario, &run, cohort);
        let entered: u64 = lives.entries.iter().sum();
        let ended: u64 = (0..lives.ages()).map(|age| lives.all_ends(age) + lives.censored[age]).sum();
        assert_eq!(entered, ended);
    }
}

/// The rate of reconsideration times the odds, in one number a day: moves of one day against the hazards.
#[test]
fn the_daily_flows_are_the_hazards() {
    let mut settings = market(MILLION, 1, 0);
    set_shares(&mut settings, &[1.0, 0.0]);
    let run = simulate(&scenario(&settings), 0, &|_| true).unwrap();
    for (to, hazard) in [(2, 0.004), (0, 0.006)] {
        close_share(run.panel.moves(0, 0, 1, to) as f64 / MILLION as f64, hazard, MILLION);
    }
    close_share(run.decisions as f64 / MILLION as f64, 0.05, MILLION);
}
