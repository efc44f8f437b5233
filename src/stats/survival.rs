//! Kaplan-Meier survival with delayed entry, Greenwood intervals, and the log-rank test.

use crate::maths::{exp, ln};
use crate::stats::intervals::normal_quantile;
use crate::stats::lives::Lives;

/// An estimated survival curve; every list has one entry for each age.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// Lives that met the hazard of that age, count.
    pub at_risk: Vec<u64>,
    /// S(n) = Pr(duration > n), in 0..=1; NaN past the last age at which anybody was at risk.
    pub survival: Vec<f64>,
    /// Greenwood's sum of d / (n (n - d)); the variance of S is S^2 times it.
    pub greenwood: Vec<f64>,
}

/// The scale on which an interval is symmetric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// S itself, cut to 0..=1.
    Plain,
    /// ln S, cut to 1 from above.
    Log,
    /// ln(-ln S): never leaves 0..=1.
    LogLog,
}

/// Kaplan-Meier estimate: S(n) = product over m <= n of (1 - d\[m\] / r\[m\]), d ends of any cause, r lives
/// at risk.
///
/// Source: Kaplan and Meier 1958; with delayed entry Andersen, Borgan, Gill and Keiding 1993, IV.3.
///
/// ```
/// let mut lives = ecotone::stats::lives::Lives::new(1, 3);
/// lives.entries[0] = 10;
/// lives.ends[0] = vec![0, 1, 3];
/// lives.censored = vec![0, 3, 3];
/// // 0.9 · (1 - 3 / 6)
/// assert_eq!(ecotone::stats::survival::kaplan_meier(&lives).survival, [1.0, 0.9, 0.45]);
/// ```
pub fn kaplan_meier(lives: &Lives) -> Survival {
    let at_risk = lives.at_risk();
    let observed = at_risk.iter().rposition(|&count| count > 0).map_or(0, |last| last + 1);
    let mut survival = vec![f64::NAN; lives.ages()];
    let mut greenwood = vec![f64::NAN; lives.ages()];
    let (mut product, mut sum) = (1.0, 0.0);
    for age in 0..observed {
        let (risk, ends) = (at_risk[age] as f64, lives.all_ends(age) as f64);
        if age > 0 && ends > 0.0 {
            product *= 1.0 - ends / risk;
            sum += if risk > ends { ends / (risk * (risk - ends)) } else { f64::NAN };
        }
        survival[age] = product;
        greenwood[age] = sum;
    }
    Survival { at_risk, survival, greenwood }
}

impl Survival {
    /// Standard error of S at an age; 0 where S is 0.
    pub fn standard_error(&self, age: usize) -> f64 {
        if self.survival[age] == 0.0 { 0.0 } else { self.survival[age] * self.greenwood[age].sqrt() }
    }

    /// Interval of S at an age; NaN where S is 0, and for [`Scale::LogLog`] where nobody ended yet.
    ///
    /// Source: Greenwood 1926; log-log scale Kalbfleisch and Prentice 1980.
    pub fn interval(&self, age: usize, confidence: f64, scale: Scale) -> (f64, f64) {
        let survival = self.survival[age];
        let undefined = survival.is_nan() || survival <= 0.0;
        if undefined || (scale == Scale::LogLog && survival >= 1.0) {
            return (f64::NAN, f64::NAN);
        }
        let z = normal_quantile(0.5 + confidence / 2.0);
        let spread = z * self.greenwood[age].sqrt();
        match scale {
            Scale::Plain => ((survival * (1.0 - spread)).max(0.0), (survival * (1.0 + spread)).min(1.0)),
            Scale::Log => (survival * exp(-spread), (survival * exp(spread)).min(1.0)),
            Scale::LogLog => {
                let power = spread / -ln(survival);
                (exp(ln(survival) * exp(power)), exp(ln(survival) * exp(-power)))
            }
        }
    }

    /// Smallest age at which S is at most one half; `None` if it never falls so low.
    pub fn median(&self) -> Option<usize> {
        self.survival.iter().position(|&survival| survival <= 0.5)
    }
}

/// The log-rank comparison of two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// Ends observed in the first group, count.
    pub observed: f64,
    /// Ends expected in the first group if both had the same hazards, count.
    pub expected: f64,
    /// Hypergeometric variance of observed - expected.
    pub variance: f64,
    /// (observed - expected)^2 / variance; chi-square with one degree of freedom.
    pub chi_square: f64,
}

/// Log-rank test: expected ends of the first group sum d r1 / r over the ages, with the variance
/// sum d (r1 / r) (1 - r1 / r) (r - d) / (r - 1).
///
/// Source: Mantel 1966.
pub fn log_rank(first: &Lives, second: &Lives) -> LogRank {
    let risks = (first.at_risk(), second.at_risk());
    let at = |list: &[u64], age: usize| list.get(age).map_or(0.0, |&count| count as f64);
    let ends = |lives: &Lives, age: usize| if age < lives.ages() { lives.all_ends(age) as f64 } else { 0.0 };
    let (mut observed, mut expected, mut variance) = (0.0, 0.0, 0.0);
    for age in 1..first.ages().max(second.ages()) {
        let (own, risk) = (at(&risks.0, age), at(&risks.0, age) + at(&risks.1, age));
        let all = ends(first, age) + ends(second, age);
        if all == 0.0 {
            continue;
        }
        let share = own / risk;
        observed += ends(first, age);
        expected += all * share;
        if risk > 1.0 {
            variance += all * share * (1.0 - share) * (risk - all) / (risk - 1.0);
        }
    }
    let chi_square =
        if variance > 0.0 { (observed - expected) * (observed - expected) / variance } else { f64::NAN };
    LogRank { observed, expected, variance, chi_square }
}
