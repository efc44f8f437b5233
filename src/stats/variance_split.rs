//! Law of total variance: how much of an outcome's variance is owed to parameters, to the seed, to the panel.

/// One run's outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The value that the run reports.
    pub value: f64,
    /// Variance that the value has within the run because it is read on a sample of users; 0 when it is not.
    pub panel_variance: f64,
}

/// Components of the variance of one run's outcome, in the outcome's unit squared, >= 0; NaN when not
/// defined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Variance between draws of the parameters.
    pub parameter: f64,
    /// Variance between replications of the same draw, the panel's taken off.
    pub seed: f64,
    /// Mean variance within a run.
    pub panel: f64,
}

impl Split {
    /// Sum of the components.
    pub fn variance(&self) -> f64 {
        self.parameter + self.seed + self.panel
    }

    /// Shares of parameter, seed and panel, sum 1; NaN when nothing varies.
    pub fn shares(&self) -> [f64; 3] {
        [self.parameter, self.seed, self.panel].map(|component| component / self.variance())
    }
}

/// Splits the variance of runs that share parameters in groups; `draws[d]` are the replications of draw d.
///
/// The model is y = m + P_d + S_dr + e_dr with independent terms of mean 0, var e_dr the panel variance of
/// the run. With N runs, A draws, n_d replications, mean y_d of draw d, the sums of squares have the
/// expectations
///
/// - within = sum (y_dr - y_d)^2: (N - A) seed + sum v_dr (1 - 1/n_d),
/// - between = sum n_d (y_d - m)^2: (N - sum n_d^2 / N) parameter + (A - 1) seed + sum v_dr (1/n_d - 1/N),
///
/// which are solved for seed and parameter; v is the panel's. So both are unbiased, balanced or not, and may
/// come out below 0 where they are small; then they are set to 0, which makes them and their shares too large
/// on average. Draws without runs do not count. NaN throughout with fewer than two draws, without a draw of
/// two replications, or with a value that is not finite.
///
/// Source: Searle, Casella, McCulloch 1992, Variance Components, chapter 3.6 (analysis of variance estimators
/// of the one-way random model, unbalanced).
///
/// ```
/// use ecotone::stats::variance_split::{Outcome, split};
/// let runs = |values: [f64; 2]| values.map(|value| Outcome { value, panel_variance: 0.5 }).to_vec();
/// // Within 2 + 2 over 2 degrees: 2 = seed + panel. Between 2 · (4 + 4) = 16 = 2 parameter + 2.
/// let found = split(&[runs([1.0, 3.0]), runs([5.0, 7.0])]);
/// assert_eq!((found.parameter, found.seed, found.panel), (7.0, 1.5, 0.5));
/// ```
pub fn split(draws: &[Vec<Outcome>]) -> Split {
    let undefined = Split { parameter: f64::NAN, seed: f64::NAN, panel: f64::NAN };
    let sums = Sums::of(draws);
    let is_finite = sums.within.is_finite() && sums.between.is_finite() && sums.panel.is_finite();
    if sums.draws < 2.0 || sums.runs <= sums.draws || !is_finite {
        return undefined;
    }
    let seed = (sums.within - sums.panel_within) / (sums.runs - sums.draws);
    let left = sums.between - (sums.draws - 1.0) * seed - sums.panel_between;
    let parameter = left / (sums.runs - sums.squared_counts / sums.runs);
    Split { parameter: parameter.max(0.0), seed: seed.max(0.0), panel: sums.panel / sums.runs }
}

/// Sums over draws and runs.
#[derive(Default)]
struct Sums {
    /// N.
    runs: f64,
    /// A.
    draws: f64,
    /// Sum of n_d^2.
    squared_counts: f64,
    within: f64,
    between: f64,
    /// Sum of v_dr.
    panel: f64,
    /// Sum of v_dr (1 - 1/n_d).
    panel_within: f64,
    /// Sum of v_dr (1/n_d - 1/N).
    panel_between: f64,
}

impl Sums {
    fn of(draws: &[Vec<Outcome>]) -> Self {
        let runs = draws.iter().map(Vec::len).sum::<usize>() as f64;
        // Values are read from the first one, so that equal values leave no rounding behind.
        let origin = draws.iter().flatten().next().map_or(0.0, |outcome| outcome.value);
        let values = draws.iter().map(|draw| draw.iter().map(|outcome| outcome.value - origin).collect());
        let values: Vec<Vec<f64>> = values.collect();
        let grand = values.iter().flatten().sum::<f64>() / runs;
        let mut sums = Self { runs, ..Self::default() };
        for (draw, values) in draws.iter().zip(&values).filter(|(draw, _)| !draw.is_empty()) {
            sums.add(values, grand, draw.iter().map(|outcome| outcome.panel_variance).sum());
        }
        sums
    }

    /// Adds the values of one draw; `grand` is the mean of all runs, `panel` the sum of the draw's panel
    /// variances.
    fn add(&mut self, values: &[f64], grand: f64, panel: f64) {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        self.draws += 1.0;
        self.squared_counts += count * count;
        self.within += values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
        self.between += count * (mean - grand) * (mean - grand);
        self.panel += panel;
        self.panel_within += panel * (1.0 - 1.0 / count);
        self.panel_between += panel * (1.0 / count - 1.0 / self.runs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::sqrt;
    use crate::random::law::{normal_quantile, uniform};
    use crate::random::philox::block;

    fn draws(values: &[&[f64]]) -> Vec<Vec<Outcome>> {
        let outcome = |&value: &f64| Outcome { value, panel_variance: 0.0 };
        values.iter().map(|draw| draw.iter().map(outcome).collect()).collect()
    }

    fn normal(trial: usize, draw: usize, run: usize) -> f64 {
        let words = block([trial as u32, draw as u32, run as u32, 0], [7, 0]);
        normal_quantile(uniform(u64::from(words[0]) << 32 | u64::from(words[1])))
    }

    /// The mean split of 2000 studies with parameter variance 4, seed variance 1 and the panel variances 0.5
    /// and 1.5, by turns; with the standard errors of the means of parameter and seed.
    fn many(replications: &[usize]) -> (Split, [f64; 2]) {
        let study = |trial: usize| -> Vec<Vec<Outcome>> {
            let run = |draw: usize, run: usize| {
                let panel_variance = if run.is_multiple_of(2) { 0.5 } else { 1.5 };
                let luck = normal(trial, draw, 2 * run + 1)
                    + sqrt(panel_variance) * normal(trial, draw, 2 * run + 2);
                Outcome { value: 50.0 + 2.0 * normal(trial, draw, 0) + luck, panel_variance }
            };
            let runs = |(draw, &count): (usize, &usize)| (0..count).map(|at| run(draw, at)).collect();
            replications.iter().enumerate().map(runs).collect()
        };
        let splits: Vec<Split> = (0..2000).map(|trial| split(&study(trial))).collect();
        let moments = |read: fn(&Split) -> f64| {
            crate::stats::intervals::mean_and_deviation(&splits.iter().map(read).collect::<Vec<_>>())
        };
        let [parameter, seed, panel] = [moments(|s| s.parameter), moments(|s| s.seed), moments(|s| s.panel)];
        let mean = Split { parameter: parameter.0, seed: seed.0, panel: panel.0 };
        (mean, [parameter.1, seed.1].map(|deviation| deviation / sqrt(2000.0)))
    }

    #[test]
    fn components_are_unbiased_balanced_or_not() {
        for replications in [[6; 12], [2, 9, 4, 14, 6, 3, 1, 8, 11, 5, 7, 2]] {
            let (mean, errors) = many(&replications);
            assert!((mean.parameter - 4.0).abs() < 4.0 * errors[0], "{mean:?} {errors:?}");
            assert!((mean.seed - 1.0).abs() < 4.0 * errors[1], "{mean:?} {errors:?}");
        }
        assert_eq!(many(&[6; 12]).0.panel, 1.0);
    }

    #[test]
    fn draws_that_differ_only_by_luck_have_no_parameter_variance() {
        // Draw means agree exactly, so between is 0 and the parameter estimate is below 0: clamped.
        let found = split(&draws(&[&[1.0, 3.0], &[0.0, 4.0], &[2.0, 2.0]]));
        assert_eq!((found.parameter, found.panel), (0.0, 0.0));
        assert_eq!(found.seed, 10.0 / 3.0);
        assert_eq!(found.shares(), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn a_panel_noisier_than_the_runs_takes_all_of_the_seed() {
        let noisy = |value| Outcome { value, panel_variance: 100.0 };
        let found = split(&[vec![noisy(1.0), noisy(2.0)], vec![noisy(1.5), noisy(3.0)]]);
        assert_eq!((found.seed, found.panel), (0.0, 100.0));
    }

    #[test]
    fn runs_that_all_agree_have_no_shares() {
        let found = split(&draws(&[&[0.1, 0.1, 0.1], &[0.1, 0.1, 0.1]]));
        assert_eq!(found.variance(), 0.0);
        assert!(found.shares().iter().all(|share| share.is_nan()));
    }

    #[test]
    fn what_cannot_be_told_apart_is_not_split() {
        let nothing: &[&[&[f64]]] = &[
            &[],
            &[&[1.0, 2.0, 3.0]],
            &[&[1.0], &[2.0], &[3.0]],
            &[&[1.0, 2.0], &[]],
            &[&[1.0, f64::NAN], &[2.0, 3.0]],
        ];
        for runs in nothing {
            let found = split(&draws(runs));
            assert!(found.parameter.is_nan() && found.seed.is_nan() && found.panel.is_nan(), "{runs:?}");
        }
    }
}
