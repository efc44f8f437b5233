//! Many runs over the cores: what is stored is not simulated again, one failure does not sink the rest.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::engine::{Run, simulate};
use crate::measure::measure_named;
use crate::parallel::map_ordered;
use crate::scenario::Scenario;
use crate::study::outcome::{Outcome, tables_of};
use crate::study::replicate::ONE_BY_ONE;
use crate::study::trial::Trial;
use crate::table::{Kind, Table, Unit};

/// What is kept of every run.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeps {
    /// Whole tables, by measure.
    Tables(Vec<&'static str>),
    /// Single numbers, as table `outcomes`.
    Outcomes(Vec<Outcome>),
}

/// One run of a study.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// Number of the trial in its study.
    pub at: usize,
    /// The trial.
    pub trial: &'a Trial,
    /// The replication, which decides chance and nothing else.
    pub replication: u32,
}

/// What became of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// Simulated now or found in the store.
    Done(Vec<Table>),
    /// It failed, with the program's words.
    Failed(String),
    /// It was not begun or not finished: interrupted.
    Open,
}

/// What a batch tells while it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// A day of so many users was simulated.
    Day(u64),
    /// A run is finished.
    Simulated,
    /// A run was found in the store; it would have taken so many user-days.
    Found(u64),
    /// A run failed.
    Failed,
}

/// The caller's side of a batch.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// A stored run by its digest.
    pub recall: &'a (dyn Fn(&str) -> Option<Vec<Table>> + Sync),
    /// Stores a finished run.
    pub keep: &'a (dyn Fn(&str, &[Table]) + Sync),
    /// Hears how the work goes; false asks it to stop.
    pub tick: &'a (dyn Fn(Beat) -> bool + Sync),
    /// Simulates; [`simulate`] but for tests of what happens when it fails.
    pub simulate: Simulate,
}

/// A scenario, a replication and who hears of finished days.
pub type Simulate = fn(&Scenario, u32, &(dyn Fn(u32) -> bool + Sync)) -> Option<Run>;

impl<'a> Desk<'a> {
    /// A desk without a store, for short studies and tests.
    pub fn bare(tick: &'a (dyn Fn(Beat) -> bool + Sync)) -> Self {
        Self { recall: &|_| None, keep: &|_, _| {}, tick, simulate }
    }
}

impl Keeps {
    /// The name of what is kept, part of a stored run's identity.
    fn name(&self) -> String {
        match self {
            Keeps::Tables(names) => format!("tables {}", names.join(" ")),
            Keeps::Outcomes(outcomes) => {
                let names: Vec<&str> = outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
                format!("outcomes {}", names.join(" "))
            }
        }
    }

    fn extract(&self, scenario: &Scenario, run: &Run) -> Vec<Table> {
        match self {
            Keeps::Tables(names) => measure_named(scenario, run, names),
            Keeps::Outcomes(outcomes) => {
                let tables = measure_named(scenario, run, &tables_of(outcomes));
                let columns = [("outcome", Kind::Text, Unit::Label), ("value", Kind::Number, Unit::Ratio)];
                let mut values = Table::new("outcomes", "Outcomes of a run", &columns);
                for outcome in outcomes {
                    values.push(&[(&outcome.name).into(), outcome.read(&tables).into()]);
                }
                vec![values]
            }
        }
    }
}

impl Job<'_> {
    /// User-days of the run.
    pub fn cost(&self) -> u64 {
        self.trial.scenario.market.users * u64::from(self.trial.scenario.market.days)
    }

    /// Identity of the run with what is kept of it; hexadecimal.
    pub fn digest(&self, keeps: &Keeps) -> String {
        let text = format!("{} {} {}", self.trial.digest, self.replication, keeps.name());
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}

/// Every trial with every replication from its scenario's `run.first_replication` on, trials first.
pub fn jobs(trials: &[Trial], replications: u32) -> Vec<Job<'_>> {
    let mut jobs = Vec::with_capacity(trials.len() * replications as usize);
    for (at, trial) in trials.iter().enumerate() {
        let first = trial.first_replication();
        jobs.extend((first..first + replications).map(|replication| Job { at, trial, replication }));
    }
    jobs
}

/// Runs every job; fates in the order of the jobs, whatever the order of the work.
///
/// Large worlds run one after the other, each on every core; small ones run side by side.
pub fn execute(jobs: &[Job], keeps: &Keeps, desk: Desk) -> Vec<Fate> {
    let is_large = |job: &&Job| job.trial.scenario.market.users >= ONE_BY_ONE;
    let (large, small): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(is_large);
    let mut side_by_side = map_ordered(&small, |job| fate(job, keeps, desk)).into_iter();
    let mut one_by_one = large.into_iter().map(|job| fate(job, keeps, desk));
    let next = |job: &Job| if is_large(&job) { one_by_one.next() } else { side_by_side.next() };
    jobs.iter().map(next).map(|fate| fate.expect("one fate a job")).collect()
}

fn fate(job: &Job, keeps: &Keeps, desk: Desk) -> Fate {
    let digest = job.digest(keeps);
    if let Some(tables) = (desk.recall)(&digest) {
        (desk.tick)(Beat::Found(job.cost()));
        return Fate::Done(tables);
    }
    let scenario = &job.trial.scenario;
    let tick = |day: u32| (desk.tick)(Beat::Day(if day > 0 { scenario.market.users } else { 0 }));
    let simulated = catch_unwind(AssertUnwindSafe(|| {
        (desk.simulate)(scenario, job.replication, &tick).map(|run| keeps.extract(scenario, &run))
    }));
    match simulated {
        Ok(Some(tables)) => {
            (desk.keep)(&digest, &tables);
            (desk.tick)(Beat::Simulated);
            Fate::Done(tables)
        }
        Ok(None) => Fate::Open,
        Err(panic) => {
            (desk.tick)(Beat::Failed);
            Fate::Failed(words_of(panic.as_ref()))
        }
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}
