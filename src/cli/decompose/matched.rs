//! Runs at matched shares: every combination with the constant of the own platform that keeps its share of users.

use anyhow::Result;

use super::asked::trials;
use super::{DecomposeArguments, values};
use crate::cli::ending::Ending;
use crate::cli::study::{self, Rounds, Study};
use crate::scenario::document::{Document, Patch};
use crate::study::matching::{Bracket, MATCHED, ROUNDS};
use crate::study::trial::Trial;
use crate::study::values::Values;

/// Replications that are enough to match shares.
const PILOTS: u32 = 4;

/// The search for the constants under which every coalition ends with the same share.
pub struct Search<'a> {
    /// What was asked.
    pub arguments: &'a DecomposeArguments,
    /// The scenario that is patched.
    pub document: &'a Document,
    /// The patches of every combination.
    pub coalitions: &'a [Vec<Patch>],
    /// The study.
    pub study: &'a Study<'a>,
}

/// What the search found.
pub struct Matched {
    /// Outcomes of every combination at matched shares.
    pub values: Values,
    /// The constant of the own platform in each.
    pub alphas: Vec<f64>,
    /// What to say when a share could not be matched.
    pub warning: Option<String>,
}

impl Search<'_> {
    /// The own platform's constant as it is.
    pub fn alpha(&self) -> f64 {
        let platforms = &self.study.base.checked.scenario.platforms;
        let own = platforms.iter().find(|platform| platform.name == self.arguments.between[0]);
        own.map_or(f64::NAN, |platform| platform.alpha)
    }

    /// Values at matched shares.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub fn matched(&self, rounds: &Rounds, raw: &Values) -> Result<Result<Matched, Ending>> {
        let pilots = self.study.replications.min(PILOTS);
        let mut now = self.shares(raw, pilots);
        let target = now[self.coalitions.len() - 1];
        let mut alphas = vec![self.alpha(); self.coalitions.len()];
        let mut brackets: Vec<Bracket> = vec![Bracket::default(); alphas.len()];
        for _ in 0..ROUNDS {
            if now.iter().all(|share| (share - target).abs() <= MATCHED) {
                break;
            }
            for ((alpha, bracket), &share) in alphas.iter_mut().zip(&mut brackets).zip(&now) {
                if (share - target).abs() > MATCHED {
                    *alpha = bracket.next(*alpha, share, target);
                }
            }
            match self.run(rounds, &alphas, pilots)? {
                Ok(values) => now = self.shares(&values, pilots),
                Err(ending) => return Ok(Err(ending)),
            }
        }
        let warning = mismatch(&now, target);
        let ran = self.run(rounds, &alphas, self.study.replications)?;
        Ok(ran.map(|values| Matched { values, alphas, warning }))
    }

    /// Runs every combination with these constants.
    fn run(&self, rounds: &Rounds, alphas: &[f64], replications: u32) -> Result<Result<Values, Ending>> {
        let trials: Vec<Trial> = match trials(self.arguments, self.document, self.coalitions, alphas) {
            Ok(trials) => trials,
            Err(refusal) => return Ok(Err(study::refused(&self.arguments.options, &refusal)?)),
        };
        values(rounds, self.study, &trials, replications)
    }

    /// The own share of every combination, over the first replications.
    fn shares(&self, values: &Values, replications: u32) -> Vec<f64> {
        let name = format!("share:{}", self.arguments.between[0]);
        let share = self.study.outcomes.iter().position(|outcome| outcome.name == name).unwrap_or(0);
        let mean = |coalition: usize| {
            let found: Vec<f64> =
                values.of(coalition, share).into_iter().take(replications as usize).collect();
            found.iter().sum::<f64>() / found.len() as f64
        };
        (0..self.coalitions.len()).map(mean).collect()
    }
}

/// What to say when a share is off its target, or is not known because runs failed.
fn mismatch(shares: &[f64], target: f64) -> Option<String> {
    let misses = shares.iter().map(|share| (share - target).abs());
    let worst = misses.fold(0.0, |worst, miss| if miss.is_nan() { f64::INFINITY } else { miss.max(worst) });
    let how = match worst {
        worst if worst <= MATCHED => return None,
        f64::INFINITY => "not be matched, since runs failed".to_owned(),
        worst => format!("only be matched to {:.2} points", worst * 100.0),
    };
    Some(format!("in some combination the share could {how}; take matched shares with care"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_off_its_target_is_told() {
        assert_eq!(mismatch(&[0.3, 0.3015, 0.2985], 0.3), None);
        let told = mismatch(&[0.3, 0.3124], 0.3).expect("a warning");
        assert!(told.contains("to 1.24 points"), "{told}");
        let told = mismatch(&[0.3, f64::NAN, 0.4], 0.3).expect("a warning");
        assert!(told.contains("runs failed"), "{told}");
    }
}
