//! Types of users: a finite mixture of tastes, appetites and sensitivities.
//!
//! Types are a Latin hypercube of the scenario's seed: every margin is stratified exactly, so a few
//! hundred types already carry the law. They are not redrawn per replication.

use crate::maths::exp;
use crate::random::law::normal_quantile;
use crate::random::permutation::Permutation;
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;

/// Types as columns, sorted by their favourite genre (the order of the fan clubs).
#[derive(Clone, Debug, PartialEq)]
pub struct Types {
    /// Number of types.
    pub count: usize,
    /// Number of genres.
    pub genres: usize,
    /// theta, taste weights summing to 1; shape types × genres.
    pub tastes: Vec<f64>,
    /// c, weight of the catalogue; median 1.
    pub appetite: Vec<f64>,
    /// z, weight of social terms; median 1.
    pub social: Vec<f64>,
    /// gamma, nats per currency unit.
    pub price_sensitivity: Vec<f64>,
    /// q0, base log-odds of activity.
    pub base_activity: Vec<f64>,
    /// The largest z.
    pub top_social: f64,
    /// The largest q0 in magnitude.
    pub top_base_activity: f64,
    /// Audience class of each type.
    pub class: Vec<u8>,
    /// Audience bit mask of each class; class 0 exists always.
    pub masks: Vec<u32>,
}

impl Types {
    /// The types of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let genres = scenario.genres.len();
        let count = scenario.users.types as usize;
        let margins: Vec<Vec<f64>> = (0..genres + 4).map(|axis| stratified(scenario, axis)).collect();
        let mut order: Vec<(usize, Vec<f64>)> =
            (0..count).map(|kind| (kind, tastes(scenario, &margins, kind))).collect();
        order.sort_by_key(|(kind, tastes)| (favourite(tastes), *kind));
        let settings = &scenario.users;
        let column = |axis: usize, law: &dyn Fn(f64) -> f64| -> Vec<f64> {
            order.iter().map(|&(kind, _)| law(margins[genres + axis][kind])).collect()
        };
        let mut types = Self {
            count,
            genres,
            tastes: order.iter().flat_map(|(_, tastes)| tastes.iter().copied()).collect(),
            appetite: column(0, &|normal| exp(settings.catalogue_log_sd * normal)),
            social: column(1, &|normal| exp(settings.social_log_sd * normal)),
            price_sensitivity: column(2, &|normal| {
                settings.price_sensitivity * exp(settings.price_log_sd * normal)
            }),
            base_activity: column(3, &|normal| settings.q0_mean + settings.q0_sd * normal),
            top_social: 0.0,
            top_base_activity: 0.0,
            class: Vec::new(),
            masks: Vec::new(),
        };
        types.top_social = types.social.iter().fold(0.0, |top: f64, &z| top.max(z));
        types.top_base_activity = types.base_activity.iter().fold(0.0, |top: f64, base| top.max(base.abs()));
        types.classify(scenario);
        types
    }

    /// Taste weights of a type.
    pub fn tastes(&self, kind: usize) -> &[f64] {
        &self.tastes[kind * self.genres..][..self.genres]
    }

    /// Groups types by the audiences to which they belong.
    fn classify(&mut self, scenario: &Scenario) {
        let masks: Vec<u32> = (0..self.count).map(|kind| audiences_of(scenario, self.tastes(kind))).collect();
        self.masks = masks.clone();
        self.masks.sort_unstable();
        self.masks.dedup();
        self.class = masks
            .iter()
            .map(|mask| self.masks.binary_search(mask).expect("every mask is listed") as u8)
            .collect();
    }
}

/// Standard normal quantiles at the middles of `types` equal strata, in random order.
fn stratified(scenario: &Scenario, axis: usize) -> Vec<f64> {
    let count = scenario.users.types;
    let chance = Chance::new(scenario.run.seed, 0);
    let [key, _] = chance.pair(axis as u32, 0, Purpose::Types, 0);
    let order = Permutation::new(count, key);
    let quantile = |kind| normal_quantile((f64::from(order.apply(kind)) + 0.5) / f64::from(count));
    (0..count).map(quantile).collect()
}

/// theta: logistic-normal around the genres' weights.
fn tastes(scenario: &Scenario, margins: &[Vec<f64>], kind: usize) -> Vec<f64> {
    let raw: Vec<f64> = scenario
        .genres
        .iter()
        .zip(margins)
        .map(|(genre, margin)| genre.weight * exp(scenario.users.taste_log_sd * margin[kind]))
        .collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|weight| weight / total).collect()
}

/// Index of the largest weight, the first of equals.
fn favourite(tastes: &[f64]) -> usize {
    let mut best = 0;
    for (genre, &weight) in tastes.iter().enumerate() {
        if weight > tastes[best] {
            best = genre;
        }
    }
    best
}

fn audiences_of(scenario: &Scenario, tastes: &[f64]) -> u32 {
    let belongs = |genre: usize, least: Option<f64>| match least {
        Some(least) => tastes[genre] >= least,
        None => favourite(tastes) == genre,
    };
    let bits = scenario.audiences.iter().enumerate();
    bits.map(|(bit, audience)| u32::from(belongs(audience.genre, audience.min_weight)) << bit).sum()
}
