//! All trials of a posterior so far, each weighed against the mixture of everything it could have come from.

use crate::stats::matrix::dot;
use crate::stats::search::mixture::{Mixture, log_sum_exp};
use crate::stats::search::question::{Question, Trial};
use crate::stats::search::weights::{Acceptance, normalised};

/// Trials with the density of their addresses.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    pub trials: Vec<Trial>,
    /// For each trial ln of the sum over populations of (points × density).
    intensities: Vec<f64>,
    mixtures: Vec<Mixture>,
}

impl Pool {
    /// Takes the trials that were drawn from a mixture.
    pub fn add(&mut self, mixture: Mixture, trials: Vec<Trial>) {
        for (intensity, trial) in self.intensities.iter_mut().zip(&self.trials) {
            *intensity = log_sum_exp(&[*intensity, mixture.log_intensity(&trial.coordinates)]);
        }
        self.mixtures.push(mixture);
        for trial in &trials {
            let terms = self.mixtures.iter().map(|mixture| mixture.log_intensity(&trial.coordinates));
            self.intensities.push(log_sum_exp(&terms.collect::<Vec<_>>()));
        }
        self.trials.extend(trials);
    }

    /// Weights at an epsilon, prior × kernel of the misses / intensity; they sum to 1.
    pub fn weights(&self, question: &Question, acceptance: Acceptance, epsilon: f64) -> Vec<f64> {
        let figures = question.targets.len();
        let weight = |(trial, intensity): (&Trial, &f64)| {
            let prior = -0.5 * dot(&trial.coordinates, &trial.coordinates);
            prior + acceptance.log_weight(trial.distance, figures, epsilon) - intensity
        };
        normalised(&self.trials.iter().zip(&self.intensities).map(weight).collect::<Vec<_>>())
    }
}
