//! How a calibration asks the simulator.

use anyhow::Result;

use crate::cli::ending::Ending;
use crate::cli::refusal::Refusal;
use crate::cli::study::{self, Findings, Rounds, Study};
use crate::scenario::check;
use crate::scenario::document::{Document, Patch};
use crate::stats::search::{Answers, Ended};
use crate::study::calibrate::{figures, noise};
use crate::study::free::Free;
use crate::study::sweep::label;
use crate::study::trial::Trial;

/// Who answers the questions of a calibration with simulations.
pub struct Ask<'a> {
    /// Runs trials.
    pub rounds: &'a Rounds<'a>,
    /// The study.
    pub study: &'a Study<'a>,
    /// The scenario that is patched.
    pub document: &'a Document,
    /// The free settings.
    pub free: &'a [Free],
    /// Words of the command line that every trial shares.
    pub common: Vec<String>,
    /// Which targets are fitted.
    pub wanted: Vec<usize>,
    /// All figures of every point so far.
    pub answers: Vec<(Vec<f64>, Option<Vec<f64>>)>,
    /// How the study ended before it was done.
    pub ending: Option<Ending>,
    /// What went wrong with files.
    pub failure: Option<anyhow::Error>,
}

impl Ask<'_> {
    /// The noise of every figure as the mean of so many replications, from a pilot of the scenario as it is.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub fn noise(&mut self, replications: u32) -> Result<Result<Vec<f64>, Ending>> {
        let ran = self.rounds.run(&self.study.trials, &self.study.keeps, self.study.replications)?;
        Ok(ran.map(|(_, fates)| noise(&fates, replications)))
    }

    /// The fitted figures of every point; `None` when the study must stop.
    pub fn ask(&mut self, points: &[Vec<f64>]) -> Option<Answers> {
        let made: Vec<Option<Trial>> = points.iter().map(|point| self.trial(point)).collect();
        let trials: Vec<Trial> = made.iter().flatten().cloned().collect();
        let replications = self.study.base.checked.scenario.run.replications;
        let (jobs, fates) = match self.rounds.run(&trials, &self.study.keeps, replications) {
            Ok(Ok(ran)) => ran,
            Ok(Err(ending)) => {
                self.ending = Some(ending);
                return None;
            }
            Err(error) => {
                self.failure = Some(error);
                return None;
            }
        };
        let mut found = figures(trials.len(), &jobs, &fates).into_iter();
        let all: Vec<Option<Vec<f64>>> =
            made.iter().map(|trial| trial.as_ref().and_then(|_| found.next().flatten())).collect();
        self.answers.extend(points.iter().cloned().zip(all.iter().cloned()));
        let fitted = |figures: Option<Vec<f64>>| {
            figures.map(|figures| self.wanted.iter().map(|&at| figures[at]).collect())
        };
        Some(all.into_iter().map(fitted).collect())
    }

    /// All figures of a point that was asked.
    pub fn figures(&self, point: &[f64]) -> Option<Vec<f64>> {
        let found = self.answers.iter().rev().find(|(asked, _)| asked == point);
        found.and_then(|(_, figures)| figures.clone())
    }

    /// How the study ends without a posterior.
    ///
    /// # Errors
    /// What went wrong.
    pub fn end(&mut self, ended: Ended) -> Result<Result<(Findings, Ending), Ending>> {
        match (self.failure.take(), self.ending) {
            (Some(error), _) => Err(error),
            (None, Some(ending)) => Ok(Err(ending)),
            (None, None) => Err(anyhow::anyhow!("{ended}")),
        }
    }

    /// The scenario with the settings of a point, as a file.
    ///
    /// # Errors
    /// When that scenario cannot be.
    pub fn fitted_document(&self, point: &[f64]) -> Result<String, Refusal> {
        let mut document = self.document.clone();
        document.apply(&self.patches(point));
        let resolved = check::check(&document)?.resolved;
        let text = toml::to_string_pretty(&resolved)
            .map_err(|error| Refusal::reason(error.to_string(), "this is a bug in Ecotone"))?;
        let head = format!(
            "# Calibrated by: {}\n# Every setting is written out; the calibrated ones are:\n",
            self.study.command
        );
        let line = |patch: &Patch| format!("#   {} = {}\n", patch.path, patch.value.spelled());
        Ok(head + &self.patches(point).iter().map(line).collect::<String>() + "\n" + &text)
    }

    fn patches(&self, point: &[f64]) -> Vec<Patch> {
        self.free.iter().zip(point).flat_map(|(free, &value)| free.patches(value)).collect()
    }

    /// The trial of a point; `None` when it cannot be: it breaks a rule between settings, or tips.
    fn trial(&self, point: &[f64]) -> Option<Trial> {
        let patches = self.patches(point);
        let point = (label(&patches), patches);
        study::trial(self.document, &self.common, &point).ok()
    }
}
