//! Spells of one state as lives by age, for every platform, audience and cohort, from one pass.

use std::collections::BTreeMap;

use crate::engine::Run;
use crate::measure::groups::{Audience, Cohorts, audiences, calendar};
use crate::scenario::Scenario;
use crate::stats::lives::Lives;
use crate::world::spells::{Cause, State};

/// Which state to read and how its causes are told apart.
#[derive(Clone, Copy)]
pub struct Reading {
    /// The state whose spells are read.
    pub state: State,
    /// Number of causes told apart.
    pub causes: usize,
    /// Index of a cause; `None` counts the spell as censored.
    pub cause: fn(Cause) -> Option<usize>,
}

/// The lives of one platform, audience and cohort: place, index of the audience, index of the cohort.
pub type Key = (usize, usize, usize);

/// Lives by platform, audience and cohort. Groups that nobody ever entered are absent.
#[derive(Clone, Debug)]
pub struct LifeTables {
    /// The audiences that the keys point to.
    pub audiences: Vec<Audience>,
    /// The cohorts that the keys point to.
    pub cohorts: Cohorts,
    /// The lives.
    pub lives: BTreeMap<Key, Lives>,
}

impl LifeTables {
    /// Reads the spells of a run.
    pub fn new(scenario: &Scenario, run: &Run, reading: Reading) -> Self {
        let audiences = audiences(scenario, run);
        let cohorts = Cohorts::new(&calendar(scenario));
        let mut tables = Self { audiences, cohorts, lives: BTreeMap::new() };
        let members = tables.audiences_by_class(run.classes.len());
        for (key, &count) in run.spells.entries.iter().filter(|(key, _)| key.state == reading.state) {
            for &audience in &members[usize::from(key.class)] {
                let at = (usize::from(key.place), audience, Cohorts::PRESENT);
                tables.at(scenario, reading, at, usize::from(key.age)).entries[usize::from(key.age)] += count;
            }
        }
        for (key, &count) in run.spells.ends.iter().filter(|(key, _)| key.state == reading.state) {
            let age = usize::from(key.age);
            for &audience in &members[usize::from(key.class)] {
                let is_everybody = tables.audiences[audience].is_everybody;
                for cohort in tables.cohorts.of(key.cohort, is_everybody).into_iter().flatten() {
                    let lives = tables.at(scenario, reading, (usize::from(key.place), audience, cohort), age);
                    match (reading.cause)(key.cause) {
                        Some(cause) => lives.ends[cause][age] += count,
                        None => lives.censored[age] += count,
                    }
                    if cohort != Cohorts::PRESENT {
                        lives.entries[0] += count;
                    }
                }
            }
        }
        tables
    }

    /// For each class the audiences that it belongs to.
    fn audiences_by_class(&self, classes: usize) -> Vec<Vec<usize>> {
        let belongs = |class, audience: &usize| self.audiences[*audience].classes.contains(&class);
        (0..classes)
            .map(|class| (0..self.audiences.len()).filter(|audience| belongs(class, audience)).collect())
            .collect()
    }

    /// The lives of a key, long enough for an age.
    fn at(&mut self, scenario: &Scenario, reading: Reading, key: Key, age: usize) -> &mut Lives {
        let longest = || longest_age(scenario, &self.cohorts, key);
        let lives = self.lives.entry(key).or_insert_with(|| Lives::new(reading.causes, longest() + 1));
        lives.grow(age + 1);
        lives
    }

    /// Name of a key's platform.
    pub fn platform<'a>(&self, scenario: &'a Scenario, key: Key) -> &'a str {
        &scenario.platforms[key.0 - 1].name
    }

    /// Name of a key's audience.
    pub fn audience(&self, key: Key) -> &str {
        &self.audiences[key.1].name
    }

    /// Name of a key's cohort.
    pub fn cohort(&self, key: Key) -> &str {
        &self.cohorts.names[key.2]
    }
}

/// The longest age that a cohort can reach inside the horizon, days.
fn longest_age(scenario: &Scenario, cohorts: &Cohorts, (place, _, cohort): Key) -> usize {
    let days = scenario.market.days as usize;
    match cohort {
        Cohorts::PRESENT => days + scenario.platforms[place - 1].initial.max_tenure_days as usize,
        Cohorts::JOINERS => days,
        quarter => days - calendar(scenario).month_start(cohorts.months[quarter].start) as usize,
    }
}
