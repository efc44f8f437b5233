//! Retention curves of contractual members: shifted-beta-geometric (sBG) and beta-discrete-Weibull (BdW).
//!
//! Each member leaves at a renewal with her own probability theta ~ Beta(alpha, beta); BdW lets the hazard
//! also change with the member's age (c > 1 rises, c < 1 falls, c = 1 is sBG).

use crate::maths::{exp, ln, ln_gamma, pow};
use crate::stats::simplex::minimise;

/// Parameters are searched between e^-LIMIT and e^LIMIT: with all members alike alpha and beta have no
/// finite maximum, and beyond this bound the curve no longer changes visibly.
const LIMIT: f64 = 12.0;

/// Members by billing cycle; lists of equal length, index = cycle, from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cycles {
    /// Members who left at the end of that cycle (1 = at the first renewal), count.
    pub ended: Vec<u64>,
    /// Members last seen after having survived that many cycles, count.
    pub censored: Vec<u64>,
}

/// A fitted retention curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetentionFit {
    /// First parameter of the beta law of leaving, > 0.
    pub alpha: f64,
    /// Second parameter of the beta law of leaving, > 0.
    pub beta: f64,
    /// Shape of the change of hazards with age, > 0; 1 for sBG.
    pub c: f64,
    /// Logarithm of the likelihood at the maximum.
    pub log_likelihood: f64,
}

impl RetentionFit {
    /// S(t) = B(alpha, beta + t^c) / B(alpha, beta): the share still there after t cycles.
    ///
    /// Source: Fader and Hardie 2007 (c = 1) and 2018.
    ///
    /// ```
    /// let fit = ecotone::stats::retention_fit::RetentionFit { alpha: 1.0, beta: 1.0, c: 1.0, log_likelihood: 0.0 };
    /// assert!((fit.survival(4) - 0.2).abs() < 1e-12);
    /// ```
    pub fn survival(&self, cycle: usize) -> f64 {
        exp(log_survival(self.alpha, self.beta, pow(cycle as f64, self.c)))
    }
}

/// ln B(alpha, beta + u) - ln B(alpha, beta).
fn log_survival(alpha: f64, beta: f64, u: f64) -> f64 {
    ln_gamma(beta + u) - ln_gamma(alpha + beta + u) - ln_gamma(beta) + ln_gamma(alpha + beta)
}

/// Log-likelihood: sum of ended\[t\] ln(S(t-1) - S(t)) + censored\[t\] ln S(t).
fn log_likelihood(cycles: &Cycles, alpha: f64, beta: f64, c: f64) -> f64 {
    let (first, both) = (ln_gamma(beta), ln_gamma(alpha + beta));
    let mut sum = 0.0;
    let mut before = 1.0;
    for (cycle, (&ended, &censored)) in cycles.ended.iter().zip(&cycles.censored).enumerate().skip(1) {
        let u = if c == 1.0 { cycle as f64 } else { pow(cycle as f64, c) };
        // As in `log_survival`, whose last two terms are the same in every cycle.
        let log = ln_gamma(beta + u) - ln_gamma(alpha + beta + u) - first + both;
        let now = exp(log);
        if ended > 0 {
            sum += ended as f64 * ln(before - now);
        }
        sum += censored as f64 * log;
        before = now;
    }
    sum
}

/// Maximum likelihood fit of sBG; `None` when nobody left after cycle 0.
pub fn fit_sbg(cycles: &Cycles) -> Option<RetentionFit> {
    fit(cycles, &[0.0, 1.0])
}

/// Maximum likelihood fit of BdW, started from the sBG fit; `None` when nobody left after cycle 0.
pub fn fit_bdw(cycles: &Cycles) -> Option<RetentionFit> {
    let start = fit_sbg(cycles)?;
    fit(cycles, &[ln(start.alpha), ln(start.beta), 0.0])
}

/// Searches the logarithms of alpha, beta and, where started with three, c.
fn fit(cycles: &Cycles, start: &[f64]) -> Option<RetentionFit> {
    if cycles.ended.iter().skip(1).all(|&ended| ended == 0) {
        return None;
    }
    let shape = |logs: &[f64]| logs.get(2).map_or(1.0, |&log| exp(log));
    let loss = |logs: &[f64]| {
        if logs.iter().any(|log| log.abs() > LIMIT) {
            return f64::NAN;
        }
        -log_likelihood(cycles, exp(logs[0]), exp(logs[1]), shape(logs))
    };
    let minimum = minimise(loss, start, 0.5);
    Some(RetentionFit {
        alpha: exp(minimum.point[0]),
        beta: exp(minimum.point[1]),
        c: shape(&minimum.point),
        log_likelihood: -minimum.value,
    })
}
