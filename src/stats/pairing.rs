//! Effects from paired replications: both sides share their chance, so the difference is what is known best.

use crate::stats::intervals::{Interval, mean_and_deviation, t_interval};

/// Two sides and their paired difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// The side without the treatment.
    pub control: Interval,
    /// The side with it.
    pub treated: Interval,
    /// Treated - control, interval on the differences.
    pub effect: Interval,
    /// Variance that the difference of two independent groups would have over that of the pairs: how many
    /// times the replications pairing saves; unit 1, >= 0. NaN when not defined.
    pub variance_ratio: f64,
}

/// Mean and t interval of each side and of the differences, and what pairing gained.
///
/// Replication r is `control[r]` and `treated[r]`. The variance ratio is (var c + var t) / var(t - c), that
/// is (s_c^2 + s_t^2) / (s_c^2 + s_t^2 - 2 rho s_c s_t). When all differences agree (up to rounding), there
/// is no ratio (NaN), also where the sides vary: an infinite gain would say nothing of how many replications
/// another treatment needs. One pair has no intervals and no ratio; an undefined value makes everything that
/// reads it NaN.
///
/// Source: Law 2015, Simulation Modeling and Analysis, 10.2.1 (paired t), 11.2 (common random numbers).
///
/// # Panics
///
/// When the sides differ in length.
///
/// ```
/// let found = ecotone::stats::pairing::paired(&[1.0, 2.0, 3.0], &[2.0, 3.0, 5.0], 0.95);
/// // Differences 1, 1, 2: 4/3 ± 4.302653 · sqrt(1/3 / 3); (1 + 7/3) / (1/3) = 10.
/// assert!((found.effect.low + 0.1008843).abs() < 1e-6 && (found.variance_ratio - 10.0).abs() < 1e-9);
/// ```
pub fn paired(control: &[f64], treated: &[f64], confidence: f64) -> Paired {
    let differences = differences(control, treated);
    let variance = |values: &[f64]| {
        let (_, deviation) = mean_and_deviation(values);
        deviation * deviation
    };
    let (apart, together) = (variance(control) + variance(treated), variance(&differences));
    let largest = control.iter().chain(treated).fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let rounding = 4.0 * f64::EPSILON * largest;
    Paired {
        control: t_interval(control, confidence),
        treated: t_interval(treated, confidence),
        effect: t_interval(&differences, confidence),
        variance_ratio: if together > rounding * rounding { apart / together } else { f64::NAN },
    }
}

/// Difference in differences, (treated after - treated before) - (control after - control before), with its t
/// interval over replications; each side is `[before, after]`.
///
/// It removes what the sides differ in before and what would have changed anyway. Undefined values and one
/// replication: as in [`paired`].
///
/// Source: Card and Krueger 1994.
///
/// # Panics
///
/// When the four lists differ in length.
///
/// ```
/// use ecotone::stats::pairing::difference_in_differences;
/// let found = difference_in_differences([&[1.0, 2.0], &[2.0, 2.0]], [&[5.0, 5.0], &[9.0, 8.0]], 0.95);
/// // (4 - 1) and (3 - 0)
/// assert_eq!([found.low, found.point, found.high], [3.0; 3]);
/// ```
pub fn difference_in_differences(control: [&[f64]; 2], treated: [&[f64]; 2], confidence: f64) -> Interval {
    let changes = [control, treated].map(|[before, after]| differences(before, after));
    t_interval(&differences(&changes[0], &changes[1]), confidence)
}

/// Second minus first, pair by pair.
fn differences(first: &[f64], second: &[f64]) -> Vec<f64> {
    assert_eq!(first.len(), second.len(), "pairs need two values each");
    first.iter().zip(second).map(|(first, second)| second - first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sides_that_move_together_gain_and_sides_against_each_other_lose() {
        // V17: Var(D) = s1^2 + s2^2 - 2 rho s1 s2. With rho = -1 and equal variances: 2 / 4.
        let against = paired(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0], 0.95);
        assert!((against.variance_ratio - 0.5).abs() < 1e-12);
        // Orthogonal sides: rho = 0, no gain.
        let apart = paired(&[1.0, 1.0, -1.0, -1.0], &[1.0, -1.0, 1.0, -1.0], 0.95);
        assert!((apart.variance_ratio - 1.0).abs() < 1e-12);
        // Unit variances and rho = 0.9: 2 / 0.2 = 10.
        let (a, b) = ([1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0, -1.0]);
        let mixed: Vec<f64> = a.iter().zip(b).map(|(a, b)| 0.9 * a + (1.0_f64 - 0.81).sqrt() * b).collect();
        assert!((paired(&a, &mixed, 0.95).variance_ratio - 10.0).abs() < 1e-12);
    }

    #[test]
    fn a_constant_effect_has_an_exact_interval_and_no_ratio() {
        let found = paired(&[1.0, 2.0, 4.0], &[3.0, 4.0, 6.0], 0.95);
        assert_eq!(found.effect, Interval { point: 2.0, low: 2.0, high: 2.0 });
        assert!(found.variance_ratio.is_nan());
        assert!(paired(&[1.0; 3], &[1.0; 3], 0.95).variance_ratio.is_nan());
        // Each difference is 0.1, but not to the last bit.
        assert!(paired(&[0.1, 0.7, 1.0], &[0.2, 0.8, 1.1], 0.95).variance_ratio.is_nan());
    }

    #[test]
    fn one_pair_and_undefined_values_have_no_interval() {
        let one = paired(&[1.0], &[3.0], 0.95);
        assert!(one.effect.point == 2.0 && one.effect.low.is_nan() && one.variance_ratio.is_nan());
        let holed = paired(&[1.0, f64::NAN, 2.0], &[1.0, 2.0, 3.0], 0.95);
        assert!(holed.effect.point.is_nan() && holed.variance_ratio.is_nan() && holed.treated.point == 2.0);
    }

    #[test]
    #[should_panic(expected = "pairs need two values each")]
    fn a_missing_partner_is_refused() {
        paired(&[1.0, 2.0], &[1.0], 0.95);
    }

    proptest! {
        #[test]
        fn what_both_sides_share_over_time_cancels(
            values in prop::collection::vec((-9.0..9.0, -9.0..9.0, -9.0..9.0, -9.0..9.0), 2..12),
            trend in -50.0..50.0,
            level in -50.0..50.0,
        ) {
            let side = |read: fn(&(f64, f64, f64, f64)) -> f64, plus: f64| -> Vec<f64> {
                values.iter().map(|value| read(value) + plus).collect()
            };
            let of = |trend: f64, level: f64| {
                let control = [side(|value| value.0, 0.0), side(|value| value.1, trend)];
                let treated = [side(|value| value.2, level), side(|value| value.3, trend + level)];
                difference_in_differences([&control[0], &control[1]], [&treated[0], &treated[1]], 0.95)
            };
            let (plain, shifted) = (of(0.0, 0.0), of(trend, level));
            prop_assert!((plain.point - shifted.point).abs() < 1e-9);
            prop_assert!((plain.low - shifted.low).abs() < 1e-8);
        }
    }
}
