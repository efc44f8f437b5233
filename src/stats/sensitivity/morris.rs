//! Screening by elementary effects: few runs, one setting moved at a time from many places.

use super::{Bootstrap, pick};
use crate::stats::bca::{Plan, bca};
use crate::stats::design::latin_hypercube::order;
use crate::stats::intervals::{Interval, mean_and_deviation};

/// What screening says of one setting; in units of the outcome over the setting's whole range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screening {
    /// Mean effect; NaN without effects.
    pub mu: f64,
    /// Mean absolute effect with its BCa bootstrap interval; the interval is NaN below two effects.
    pub mu_star: Interval,
    /// Standard deviation of the effects: interaction or curvature; NaN below two effects.
    pub sigma: f64,
    /// Number of effects behind these numbers; less than the trajectories where outputs were not defined.
    pub effects: usize,
}

/// Trajectories through a grid of `levels` levels in the unit cube, each of dimensions + 1 points that differ
/// from their neighbours in one coordinate by ± levels / (2 (levels - 1)).
///
/// A trajectory begins at uniformly drawn levels and moves every coordinate once, in random order, up from
/// the lower half of the levels and down from the upper half. `draw(trajectory, lane)` answers independent
/// uniform draws in 0..1, lanes in 0..2 dimensions: the first half are levels, the second keys of the order.
/// Shape: count (dimensions + 1) points × dimensions, in 0..=1, the faces of the cube included. Trajectories
/// do not depend on their number, so more can be added later.
///
/// Source: Morris 1991.
///
/// # Panics
///
/// Unless `levels` is even and at least 2.
///
/// ```
/// use ecotone::stats::sensitivity::morris::trajectories;
/// // Levels 0, 1/3, 2/3, 1; begins at (1/3, 1); the second coordinate has the smaller key and moves first.
/// let draw = |_: usize, lane: usize| [0.3, 0.8, 0.9, 0.1][lane];
/// assert_eq!(trajectories(1, 2, 4, draw), [[1.0 / 3.0, 1.0], [1.0 / 3.0, 1.0 / 3.0], [1.0, 1.0 / 3.0]]);
/// ```
pub fn trajectories(
    count: usize,
    dimensions: usize,
    levels: usize,
    draw: impl Fn(usize, usize) -> f64,
) -> Vec<Vec<f64>> {
    assert!(levels >= 2 && levels.is_multiple_of(2), "{levels} levels: must be even");
    let height = |level: usize| level as f64 / (levels - 1) as f64;
    let mut points = Vec::with_capacity(count * (dimensions + 1));
    for trajectory in 0..count {
        let mut at: Vec<usize> = (0..dimensions).map(|lane| pick(draw(trajectory, lane), levels)).collect();
        let mut push = |at: &[usize]| points.push(at.iter().map(|&level| height(level)).collect());
        push(&at);
        for moved in order(dimensions, |dimension| draw(trajectory, dimensions + dimension)) {
            at[moved] = (at[moved] + levels / 2) % levels;
            push(&at);
        }
    }
    points
}

/// mu, mu* and sigma of every setting, from the points of [`trajectories`] and their outputs.
///
/// The effect of setting i along a step is (y' - y) / (x'_i - x_i). A step with an output that is not finite
/// is left out. A constant output has zero effects with the interval 0 to 0. `draw(resample, position)`
/// answers independent uniform draws in 0..1 for the bootstrap over trajectories; there are few of them, so
/// give it the confidence of [`crate::stats::bca::small_sample`]. One `Screening` a setting.
///
/// Source: Morris 1991; mu*: Campolongo, Cariboni, Saltelli 2007.
///
/// # Panics
///
/// When points and outputs differ in number or the points do not form whole trajectories.
///
/// ```
/// use ecotone::stats::sensitivity::{Bootstrap, morris::{screen, trajectories}};
/// let half = |_: usize, _: usize| 0.5;
/// let points = trajectories(2, 2, 4, half);
/// let outputs: Vec<f64> = points.iter().map(|x| 5.0 - 3.0 * x[0]).collect();
/// let found = screen(&points, &outputs, Bootstrap { resamples: 9, confidence: 0.95 }, |_, _| 0.5);
/// assert!((found[0].mu + 3.0).abs() < 1e-12 && (found[0].mu_star.point - 3.0).abs() < 1e-12);
/// assert_eq!((found[1].mu, found[1].sigma), (0.0, 0.0));
/// ```
pub fn screen(
    points: &[Vec<f64>],
    outputs: &[f64],
    bootstrap: Bootstrap,
    draw: impl Fn(u64, usize) -> f64,
) -> Vec<Screening> {
    effects(points, outputs).iter().map(|effects| screening(effects, bootstrap, &draw)).collect()
}

/// Elementary effects of every setting, undefined ones left out; shape settings × trajectories.
fn effects(points: &[Vec<f64>], outputs: &[f64]) -> Vec<Vec<f64>> {
    assert_eq!(points.len(), outputs.len(), "one output a point");
    let settings = points.first().map_or(0, Vec::len);
    assert!(points.len().is_multiple_of(settings + 1), "{} points: whole trajectories", points.len());
    let mut effects = vec![Vec::new(); settings];
    for (points, outputs) in points.chunks(settings + 1).zip(outputs.chunks(settings + 1)) {
        for (pair, output) in points.windows(2).zip(outputs.windows(2)) {
            let moved = (0..settings).find(|&setting| pair[0][setting] != pair[1][setting]);
            let moved = moved.expect("every step of a trajectory moves a setting");
            let effect = (output[1] - output[0]) / (pair[1][moved] - pair[0][moved]);
            if effect.is_finite() {
                effects[moved].push(effect);
            }
        }
    }
    effects
}

/// Moments of the effects of one setting.
fn screening(effects: &[f64], bootstrap: Bootstrap, draw: &impl Fn(u64, usize) -> f64) -> Screening {
    let (mu, sigma) = mean_and_deviation(effects);
    let count = effects.len();
    let mean_size =
        |sample: &[usize]| sample.iter().map(|&at| effects[at].abs()).sum::<f64>() / sample.len() as f64;
    let plan = Plan { count, resamples: bootstrap.resamples, confidence: bootstrap.confidence };
    let whole: Vec<usize> = (0..count).collect();
    let interval = bca(plan, mean_size, |resample, position| pick(draw(resample, position), count));
    Screening { mu, mu_star: Interval { point: mean_size(&whole), ..interval }, sigma, effects: count }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::law::uniform32;
    use crate::random::philox::block;
    use proptest::prelude::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { resamples: 200, confidence: 0.95 };

    fn draw(one: usize, other: usize) -> f64 {
        uniform32(block([one as u32, other as u32, 0, 0], [7, 1])[0])
    }

    fn resample(resample: u64, position: usize) -> f64 {
        draw(resample as usize, 1000 + position)
    }

    proptest! {
        #[test]
        fn each_step_moves_one_setting_by_delta_and_each_setting_once(
            (count, settings, half) in (1_usize..20, 1_usize..9, 1_usize..6)
        ) {
            let levels = 2 * half;
            let delta = half as f64 / (levels - 1) as f64;
            let points = trajectories(count, settings, levels, draw);
            prop_assert_eq!(points.len(), count * (settings + 1));
            for trajectory in points.chunks(settings + 1) {
                let mut moved = Vec::new();
                for pair in trajectory.windows(2) {
                    let differs = |setting: &usize| pair[0][*setting] != pair[1][*setting];
                    let differing: Vec<usize> = (0..settings).filter(differs).collect();
                    prop_assert_eq!(differing.len(), 1);
                    let step = (pair[1][differing[0]] - pair[0][differing[0]]).abs();
                    prop_assert!((step - delta).abs() < 1e-12);
                    moved.push(differing[0]);
                }
                moved.sort_unstable();
                prop_assert_eq!(moved, (0..settings).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_linear_model_has_its_slopes_and_no_spread() {
        let points = trajectories(6, 3, 4, draw);
        let outputs: Vec<f64> = points.iter().map(|x| 2.0 * x[0] - 5.0 * x[1] + 0.5 * x[2]).collect();
        for (found, slope) in screen(&points, &outputs, BOOTSTRAP, resample).iter().zip([2.0, -5.0, 0.5_f64])
        {
            assert!((found.mu - slope).abs() < 1e-12 && (found.mu_star.point - slope.abs()).abs() < 1e-12);
            assert!(found.sigma < 1e-12 && found.mu_star.high - found.mu_star.low < 1e-12);
            assert_eq!(found.effects, 6);
        }
    }

    #[test]
    fn a_constant_output_has_no_effects() {
        let points = trajectories(4, 2, 4, draw);
        for found in screen(&points, &[0.1; 12], BOOTSTRAP, resample) {
            assert_eq!((found.mu, found.sigma), (0.0, 0.0));
            assert_eq!(found.mu_star, Interval { point: 0.0, low: 0.0, high: 0.0 });
        }
    }

    #[test]
    fn an_undefined_output_costs_the_steps_that_touch_it_and_nothing_else() {
        let points = trajectories(5, 2, 4, draw);
        let mut outputs: Vec<f64> = points.iter().map(|x| 3.0 * x[0] + x[1]).collect();
        outputs[4] = f64::NAN;
        let found = screen(&points, &outputs, BOOTSTRAP, resample);
        assert_eq!([found[0].effects, found[1].effects], [4, 4]);
        assert!((found[0].mu - 3.0).abs() < 1e-12 && (found[1].mu - 1.0).abs() < 1e-12);
        let nothing = screen(&points, &[f64::NAN; 15], BOOTSTRAP, resample);
        assert!(nothing[0].mu.is_nan() && nothing[0].mu_star.point.is_nan() && nothing[0].effects == 0);
    }

    #[test]
    fn one_trajectory_has_effects_and_no_interval() {
        let points = trajectories(1, 1, 2, draw);
        let found = screen(&points, &[1.0, 4.0], BOOTSTRAP, resample)[0];
        assert_eq!(found.mu_star.point, 3.0);
        assert!(found.sigma.is_nan() && found.mu_star.low.is_nan() && found.mu_star.high.is_nan());
    }

    #[test]
    #[should_panic(expected = "5 levels: must be even")]
    fn odd_levels_are_refused() {
        trajectories(1, 1, 5, draw);
    }
}
