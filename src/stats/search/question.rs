//! The question of a calibration: free settings, published figures, and the coordinates in which it is searched.
//!
//! Searches run in *standard coordinates*: z = normal quantile of the prior's probability below the setting.
//! There every prior is the standard normal law, whatever its shape, scale and range, and no point can leave
//! its range; one step means the same for every setting.

use std::fmt;

use crate::maths::sqrt;
use crate::random::law::{normal_probability, normal_quantile};
use crate::stats::search::prior::Prior;
use crate::stats::search::target::{Target, distance};

/// Answers of a batch of points: the simulated figures of each, in the order of the targets; `None` for a
/// point whose run failed or was refused.
pub type Answers = Vec<Option<Vec<f64>>>;

/// Who evaluates a batch of points, each a value for every free setting; `None` stops the study.
///
/// Points are a pure function of question, plan and seed, so a study that keeps the answers under the points'
/// digests is resumed by being asked again.
pub type Evaluate<'a> = &'a mut dyn FnMut(&[Vec<f64>]) -> Option<Answers>;

/// Why a study has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The one who evaluates stopped it.
    Stopped,
    /// No point gave a finite figure for every target.
    NothingWorked,
}

impl fmt::Display for Ended {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(match self {
            Self::Stopped => "the study was stopped",
            Self::NothingWorked => {
                "no point of the study gave every figure: look at one failed run, or narrow the ranges"
            }
        })
    }
}

impl std::error::Error for Ended {}

/// Farthest standard coordinate that is evaluated: the prior leaves 6e-16 beyond.
const EDGE: f64 = 8.0;

/// Free settings and the figures to meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// One for every free setting.
    pub priors: Vec<Prior>,
    /// The figures.
    pub targets: Vec<Target>,
}

/// A point that was evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The point in standard coordinates.
    pub coordinates: Vec<f64>,
    /// Its settings.
    pub point: Vec<f64>,
    /// The simulated figures; `None` if the run failed.
    pub simulated: Option<Vec<f64>>,
    /// Distance from the targets in typical standard deviations; infinite if the run failed.
    pub distance: f64,
}

impl Question {
    /// The settings at standard coordinates.
    pub fn point(&self, coordinates: &[f64]) -> Vec<f64> {
        let quantile = |(prior, &z): (&Prior, &f64)| prior.quantile(normal_probability(z));
        self.priors.iter().zip(coordinates).map(quantile).collect()
    }

    /// Standard coordinates of settings, such as a guess to start from; ends of a range are moved inside.
    pub fn coordinates(&self, point: &[f64]) -> Vec<f64> {
        let inside = |probability: f64| probability.clamp(1e-15, 1.0 - 1e-15);
        let coordinate = |(prior, &value): (&Prior, &f64)| normal_quantile(inside(prior.probability(value)));
        self.priors.iter().zip(point).map(coordinate).collect()
    }

    /// Evaluates a batch given in standard coordinates.
    ///
    /// # Errors
    /// When the study was stopped.
    ///
    /// # Panics
    /// When the answers are not as many as the points.
    pub fn evaluate(&self, mut batch: Vec<Vec<f64>>, evaluate: Evaluate) -> Result<Vec<Trial>, Ended> {
        batch.iter_mut().flatten().for_each(|z| *z = z.clamp(-EDGE, EDGE));
        let points: Vec<Vec<f64>> = batch.iter().map(|coordinates| self.point(coordinates)).collect();
        let answers = evaluate(&points).ok_or(Ended::Stopped)?;
        assert_eq!(answers.len(), points.len(), "every point has an answer");
        let trials = batch.into_iter().zip(points).zip(answers);
        Ok(trials.map(|((coordinates, point), answer)| self.trial(coordinates, point, answer)).collect())
    }

    fn trial(&self, coordinates: Vec<f64>, point: Vec<f64>, simulated: Option<Vec<f64>>) -> Trial {
        let distance = simulated.as_ref().map_or(f64::INFINITY, |values| distance(&self.targets, values));
        Trial { coordinates, point, simulated, distance }
    }

    /// Sum of squared misses of a trial.
    pub(super) fn squares(&self, trial: &Trial) -> f64 {
        trial.distance * trial.distance * self.targets.len() as f64
    }

    /// By how much tolerances must be stretched for the best trial to be a plausible one: Birge's ratio
    /// sqrt(sum of squared misses / (figures - settings)), at least 1, and 1 where figures are not more than
    /// settings. Bounds that the trial keeps are no figures here.
    ///
    /// Source: Birge 1932; the scale factor of the Particle Data Group.
    pub fn stretch(&self, best: &Trial) -> f64 {
        let Some(simulated) = &best.simulated else { return 1.0 };
        let misses = self.targets.iter().zip(simulated).map(|(target, &value)| target.miss(value));
        let freedom = misses.filter(|&miss| miss != 0.0).count().saturating_sub(self.priors.len());
        if freedom == 0 { 1.0 } else { sqrt(self.squares(best) / freedom as f64).max(1.0) }
    }
}
