//! Approximate Bayesian computation by populations: a posterior sample of the settings from simulations alone.
//!
//! Populations of points move from the prior to the posterior while the tolerance epsilon shrinks. Each
//! population is drawn around the weighted trials so far; a trial weighs prior × kernel of its misses / density
//! with which it was drawn. What differs from the form with rejections, and why:
//!
//! - No point is thrown away. Misses enter as a weight instead of a coin flip, and every trial of every
//!   population counts in the end, weighed against the mixture of all of them.
//! - Epsilon multiplies the tolerances, and 1 is the end: there the weights are those of the posterior under the
//!   stated tolerances. With a nearly deterministic simulation, an epsilon that keeps shrinking would shrink
//!   the posterior to a point, whatever the figures are worth.
//! - When even the best trial misses by more than the tolerances allow, they are stretched until it is plausible
//!   ([`Acceptance::Stretched`], the default): a model that does not fit must not be sure of its settings.
//!
//! Where runs fail the posterior is 0: it is conditional on settings that run.
//!
//! Sources: Beaumont, Cornuet, Marin and Robert 2009 and Toni et al. 2009 (populations); Wilkinson 2013 (misses
//! as errors of figures and model); Del Moral, Doucet and Jasra 2012 (schedule of epsilon); Cornuet, Marin, Mira
//! and Robert 2012 (all populations at once); West 1993 (kernels drawn towards their mean).

use crate::random::law::uniform;
use crate::random::{Chance, Purpose};
use crate::stats::search::linear::lines;
use crate::stats::search::mixture::{Component, Mixture};
use crate::stats::search::pool::Pool;
use crate::stats::search::posterior::Posterior;
use crate::stats::search::proposal::proposal;
use crate::stats::search::question::{Ended, Evaluate, Question, Trial};
use crate::stats::search::weights::{Acceptance, effective_size, tightest};

/// Most hills of the posterior that are looked at apart.
const HILLS: usize = 4;

/// How a posterior is sampled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PopulationPlan {
    /// Points in a population. Results depend on it, so it must not follow the number of threads.
    pub population: usize,
    /// Most populations after the start.
    pub populations: usize,
    /// Independent draws that a population must be worth before epsilon shrinks further.
    pub working: f64,
    /// Independent draws that the posterior should be worth; sampling ends when it is, at the last epsilon.
    pub effective: f64,
    /// Epsilon at which to end; 1 for the stated tolerances.
    pub epsilon: f64,
    /// How misses weigh.
    pub acceptance: Acceptance,
}

impl PopulationPlan {
    /// The plan for so many settings: at most 18 populations of 100 points, until the posterior is worth 400
    /// draws (its standard deviations are then known to 3.5 %, its means to a twentieth of them).
    pub fn usual(settings: usize) -> Self {
        let working = (5.0 * settings as f64).max(40.0);
        let acceptance = Acceptance::Stretched;
        Self { population: 100, populations: 18, working, effective: 400.0, epsilon: 1.0, acceptance }
    }
}

/// Trials from before the first population.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Of a [`latin_start`](crate::stats::search::latin_start): draws from the prior, the first population.
    pub start: &'a [Trial],
    /// Of a search. They show where to look and have no weight, since nobody knows their density.
    pub search: &'a [Trial],
}

/// One population in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Generation {
    /// Factor on the tolerances after this population.
    pub epsilon: f64,
    /// Independent draws that all trials so far are worth at this epsilon.
    pub effective: f64,
    /// Points evaluated in this population.
    pub tried: usize,
    /// Of these, runs without a result.
    pub failed: usize,
    /// Of these, points whose distance is at most epsilon.
    pub accepted: usize,
}

/// A sample in the making.
struct Sampler<'a> {
    question: &'a Question,
    plan: &'a PopulationPlan,
    known: Known<'a>,
    pool: Pool,
    generations: Vec<Generation>,
}

/// Samples the posterior; see the head of this file for the method.
///
/// # Errors
/// When the study was stopped, or no point worked.
pub fn abc_smc(
    question: &Question,
    plan: &PopulationPlan,
    known: Known,
    chance: Chance,
    evaluate: Evaluate,
) -> Result<Posterior, Ended> {
    let mut sampler = Sampler { question, plan, known, pool: Pool::default(), generations: Vec::new() };
    let prior = Component::prior(question.priors.len(), known.start.len());
    sampler.add(Mixture(vec![prior]), known.start.to_vec());
    for batch in 1..=plan.populations as u32 {
        if sampler.is_enough() {
            break;
        }
        let mixture = sampler.next_mixture(batch, chance);
        let trials = question.evaluate(mixture.draw(batch, chance), evaluate)?;
        sampler.add(mixture, trials);
    }
    sampler.posterior()
}

impl Sampler<'_> {
    /// Takes a population, and finds the tightest epsilon that all trials so far bear.
    fn add(&mut self, mixture: Mixture, trials: Vec<Trial>) {
        let tried = trials.len();
        let failed = trials.iter().filter(|trial| trial.distance.is_infinite()).count();
        self.pool.add(mixture, trials);
        let size_at = |epsilon| effective_size(&self.weights(epsilon));
        let epsilon = tightest(self.last_epsilon(), self.plan.working, size_at);
        let fresh = &self.pool.trials[self.pool.trials.len() - tried..];
        let accepted = fresh.iter().filter(|trial| trial.distance <= epsilon).count();
        let effective = effective_size(&self.weights(epsilon));
        self.generations.push(Generation { epsilon, effective, tried, failed, accepted });
    }

    fn weights(&self, epsilon: f64) -> Vec<f64> {
        self.pool.weights(self.question, self.plan.acceptance, epsilon)
    }

    fn epsilon(&self) -> f64 {
        self.generations.last().map_or(f64::INFINITY, |generation| generation.epsilon)
    }

    /// Epsilon at which sampling ends, by the best trial so far.
    fn last_epsilon(&self) -> f64 {
        let trials = self.pool.trials.iter().chain(self.known.search);
        let best = trials.min_by(|left, right| left.distance.total_cmp(&right.distance));
        match (self.plan.acceptance, best) {
            (Acceptance::Stretched, Some(best)) => self.plan.epsilon.max(self.question.stretch(best)),
            _ => self.plan.epsilon,
        }
    }

    fn is_enough(&self) -> bool {
        let last = self.generations.last();
        last.is_some_and(|last| last.epsilon <= self.last_epsilon() && last.effective >= self.plan.effective)
    }

    /// The prior alone as long as no trial has a weight.
    fn next_mixture(&self, batch: u32, chance: Chance) -> Mixture {
        let weights = self.weights(self.epsilon());
        if weights.iter().all(|&weight| weight == 0.0) {
            return Mixture(vec![Component::prior(self.question.priors.len(), self.plan.population)]);
        }
        let everything = [&self.pool.trials, self.known.search].concat();
        let lines = lines(self.question, &everything, self.last_epsilon(), HILLS);
        let [bits, _] = chance.pair(u32::MAX, batch, Purpose::PosteriorPoint, 0);
        proposal(&self.pool.trials, &weights, &lines, self.plan.population, uniform(bits))
    }

    fn posterior(self) -> Result<Posterior, Ended> {
        let weights = self.weights(self.epsilon());
        if weights.iter().all(|&weight| weight == 0.0) {
            return Err(Ended::NothingWorked);
        }
        Ok(Posterior {
            priors: self.question.priors.clone(),
            epsilon: self.epsilon(),
            effective: effective_size(&weights),
            trials: self.pool.trials,
            weights,
            generations: self.generations,
        })
    }
}
