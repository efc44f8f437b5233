//! The point that meets the figures best.

use crate::maths::sqrt;
use crate::random::Chance;
use crate::stats::matrix::dot;
use crate::stats::search::evolution::{Evolution, usual_batch};
use crate::stats::search::linear::lines;
use crate::stats::search::question::{Ended, Evaluate, Question, Trial};

/// Weight of the squared standard coordinates beside the squared misses. It is far below what any figure can
/// tell, and keeps a setting that no figure depends on at the middle of its prior.
const HOLD: f64 = 0.01;

/// How the best point is searched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchPlan {
    /// Points in a batch, at least 4. Results depend on it, so it must not follow the number of threads.
    pub batch: usize,
    /// Most points evaluated in this search.
    pub evaluations: usize,
    /// First standard deviation of a batch, in standard coordinates: 1 is the whole prior.
    pub step: f64,
    /// The search ends when so many batches together gain less than [`SearchPlan::gain`].
    pub patience: usize,
    /// In squared misses: a posterior at stated tolerances cannot tell points that differ by much less than 1.
    pub gain: f64,
}

impl SearchPlan {
    /// The plan for so many settings: batches of CMA-ES's usual size but at least 12, so that a few processors
    /// are busy; at most 80 points a setting.
    pub fn usual(settings: usize) -> Self {
        let batch = usual_batch(settings).max(12);
        Self { batch, evaluations: 80 * settings.max(1), step: 0.5, patience: 8, gain: 0.01 }
    }
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The best trial, of the start or the search: least sum of squared misses, where trials that no figure can
    /// tell apart are decided by who is nearer to the middle of the priors.
    pub best: Trial,
    /// Every trial of the search, in order.
    pub trials: Vec<Trial>,
    /// Distance of the best trial after every batch; the first is that of the start. It may rise by traces, where
    /// a trial nearer to the middle of the priors fits as well.
    pub history: Vec<f64>,
}

/// Searches from the best of the `start` trials: CMA-ES, in whose every batch one point is the best of a
/// straight-line picture of the figures.
///
/// # Errors
/// When the study was stopped, or no point worked.
pub fn minimise(
    question: &Question,
    plan: &SearchPlan,
    start: &[Trial],
    chance: Chance,
    evaluate: Evaluate,
) -> Result<Search, Ended> {
    let mut known = start.to_vec();
    let mut best = lowest(question, &known).ok_or(Ended::NothingWorked)?;
    let mut history = vec![best.clone()];
    let mut evolution = Evolution::new(best.coordinates.clone(), plan.step, plan.batch, chance);
    while known.len() - start.len() + plan.batch <= plan.evaluations && !is_settled(question, plan, &history)
    {
        let mut batch = evolution.ask();
        if let Some(line) = lines(question, &known, sqrt(HOLD), 1).first()
            && let Some(last) = batch.last_mut()
        {
            *last = evolution.reach(&line.mean);
        }
        let trials = question.evaluate(batch, evaluate)?;
        let points: Vec<Vec<f64>> = trials.iter().map(|trial| trial.coordinates.clone()).collect();
        let values: Vec<f64> = trials.iter().map(|trial| height(question, trial)).collect();
        evolution.tell(&points, &values);
        known.extend(trials);
        best = lowest(question, &known).ok_or(Ended::NothingWorked)?;
        history.push(best.clone());
    }
    if best.distance.is_infinite() {
        return Err(Ended::NothingWorked);
    }
    let distances = history.iter().map(|trial| trial.distance).collect();
    Ok(Search { best, trials: known.split_off(start.len()), history: distances })
}

/// Squared misses, and a little for every step away from the middle of the prior.
fn height(question: &Question, trial: &Trial) -> f64 {
    question.squares(trial) + HOLD * dot(&trial.coordinates, &trial.coordinates)
}

fn lowest(question: &Question, trials: &[Trial]) -> Option<Trial> {
    let by_height =
        |left: &&Trial, right: &&Trial| height(question, left).total_cmp(&height(question, right));
    trials.iter().min_by(by_height).cloned()
}

fn is_settled(question: &Question, plan: &SearchPlan, history: &[Trial]) -> bool {
    let Some(before) = history.len().checked_sub(plan.patience + 1) else { return false };
    let now = height(question, &history[history.len() - 1]);
    now.is_finite() && height(question, &history[before]) - now < plan.gain
}
