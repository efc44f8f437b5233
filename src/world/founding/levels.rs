//! Levels of choices at which simulated shares meet the observed ones: the contraction of Berry 1994.

use crate::maths::ln;

const ROUNDS: usize = 60;
/// The fitted shares meet the observed ones to this accuracy.
const ACCURACY: f64 = 1e-4;

/// Levels, one a choice; choices that nobody takes have minus infinity. `count` tells how many of the `sample`
/// take each choice under given levels.
pub fn fit(wanted: &[f64], sample: usize, mut count: impl FnMut(&[f64]) -> Vec<u32>) -> Vec<f64> {
    let least = 0.5 / sample as f64;
    let mut levels: Vec<f64> =
        wanted.iter().map(|&share| if share > 0.0 { 0.0 } else { f64::NEG_INFINITY }).collect();
    for _ in 0..ROUNDS {
        let counts = count(&levels);
        let mut worst = 0.0_f64;
        for choice in (0..wanted.len()).filter(|&choice| wanted[choice] > 0.0) {
            let share = f64::from(counts[choice]) / sample as f64;
            worst = worst.max((share - wanted[choice]).abs());
            levels[choice] += ln(wanted[choice] / share.max(least));
        }
        if worst < ACCURACY {
            break;
        }
    }
    levels
}
