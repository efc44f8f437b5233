//! Aalen-Johansen cumulative incidence of competing causes.

use crate::stats::lives::Lives;

/// For each cause F(n) = Pr(ended by that cause at an age <= n) = sum over m <= n of S(m-1) d\[m\] / r\[m\],
/// S the survival from all causes, d the ends of the cause, r the lives at risk; in 0..=1, NaN past the last
/// age at which anybody was at risk. Shape causes × ages. Together with S the incidences sum to 1, which
/// 1 - Kaplan-Meier per cause does not.
///
/// Source: Aalen and Johansen 1978.
///
/// ```
/// let mut lives = ecotone::stats::lives::Lives::new(2, 3);
/// lives.entries[0] = 10;
/// lives.ends = vec![vec![0, 2, 1], vec![0, 2, 2]];
/// lives.censored[2] = 3;
/// let incidence = ecotone::stats::competing::aalen_johansen(&lives);
/// // 2 of 10, then 0.6 · 1 / 6
/// assert!((incidence[0][2] - 0.3).abs() < 1e-12);
/// assert!((incidence[1][2] - 0.4).abs() < 1e-12);
/// ```
pub fn aalen_johansen(lives: &Lives) -> Vec<Vec<f64>> {
    let at_risk = lives.at_risk();
    let observed = at_risk.iter().rposition(|&count| count > 0).map_or(0, |last| last + 1);
    let mut incidence = vec![vec![f64::NAN; lives.ages()]; lives.ends.len()];
    let mut total = vec![0.0; lives.ends.len()];
    let mut survival = 1.0;
    for age in 0..observed {
        let risk = at_risk[age] as f64;
        let before = survival;
        for (cause, ends) in lives.ends.iter().enumerate() {
            if age > 0 && ends[age] > 0 {
                let share = ends[age] as f64 / risk;
                total[cause] += before * share;
                survival -= before * share;
            }
            incidence[cause][age] = total[cause];
        }
    }
    incidence
}
