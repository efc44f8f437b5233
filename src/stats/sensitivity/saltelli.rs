//! Variance-based sensitivity: which share of an outcome's variance each setting accounts for.

use super::{Bootstrap, pick};
use crate::stats::intervals::Interval;
use crate::stats::quantile::quantile;

/// Width of a 95 % interval below which an index counts as converged. Source: Sarrazin, Pianosi, Wagener
/// 2016.
pub const CONVERGED_WIDTH: f64 = 0.05;

/// Variance shares of one setting; unit 1. Estimates may leave 0..=1 by their error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// First order, V(E(y | x_i)) / V(y): the variance that knowing the setting alone would remove.
    pub first: Interval,
    /// Total, E(V(y | all but x_i)) / V(y): the variance that is left when all others are known.
    pub total: Interval,
    /// Rows of the design left out because an output was not defined.
    pub left_out: usize,
}

impl Indices {
    /// Whether no row was left out and both intervals are at most `width` wide.
    ///
    /// Indices of a model that is undefined somewhere describe the rest of the cube and never converge.
    pub fn is_converged(&self, width: f64) -> bool {
        let is_narrow = |index: Interval| index.high - index.low <= width;
        self.left_out == 0 && is_narrow(self.first) && is_narrow(self.total)
    }
}

/// The design of Saltelli: from each base point (a, b) in the cube of 2 k dimensions the row of k + 2 points
/// a, b, and a with coordinate i taken from b, i = 1..k.
///
/// Shape: n (k + 2) points × k, row after row; whole rows can be added later. The base is best a Sobol
/// sequence with a digital shift and n a power of two ([`crate::stats::design::sobol::sobol`]); without the
/// shift the first rows have a = b.
///
/// Source: Saltelli et al. 2010.
///
/// # Panics
///
/// When a base point has an odd number of coordinates.
///
/// ```
/// use ecotone::stats::sensitivity::saltelli::design;
/// let row = design(&[vec![0.1, 0.2, 0.7, 0.8]]);
/// assert_eq!(row, [[0.1, 0.2], [0.7, 0.8], [0.7, 0.2], [0.1, 0.8]]);
/// ```
pub fn design(base: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut points = Vec::new();
    for point in base {
        assert!(point.len().is_multiple_of(2), "{} coordinates: must be even", point.len());
        let (a, b) = point.split_at(point.len() / 2);
        points.extend([a.to_vec(), b.to_vec()]);
        for setting in 0..a.len() {
            let mut mixed = a.to_vec();
            mixed[setting] = b[setting];
            points.push(mixed);
        }
    }
    points
}

/// First-order and total indices of every setting, from the outputs of the points of [`design`].
///
/// With f(A), f(B), f(AB_i) the centred outputs of a row, V their variance over all a and b, means over rows:
/// S_i = mean(f(B) (f(AB_i) - f(A))) / V and T_i = mean((f(A) - f(AB_i))^2) / (2 V). The intervals are
/// bootstrap percentiles over rows; `draw(resample, position)` answers independent uniform draws in 0..1.
/// Rows of a Sobol sequence are more even than the independent rows the bootstrap thinks of, so its intervals
/// are rather too wide.
///
/// A row with an output that is not finite is left out and counted. A constant output has no variance to
/// share: all NaN. Intervals are NaN with fewer than two rows or when some resample is constant.
///
/// Source: Saltelli et al. 2010 (first order); Jansen 1999 (total); Archer, Saltelli, Sobol 1997 (bootstrap).
///
/// # Panics
///
/// When the outputs are not whole rows of settings + 2.
///
/// ```
/// use ecotone::stats::sensitivity::{Bootstrap, saltelli::{design, indices}};
/// // y = x_1 on the corners of the cube: all variance is the first setting's, none the second's.
/// let base: Vec<Vec<f64>> = ecotone::stats::design::grid::grid(&[2, 2, 2, 2])
///     .iter().map(|point| point.iter().map(|&level| level as f64).collect()).collect();
/// let outputs: Vec<f64> = design(&base).iter().map(|x| x[0]).collect();
/// let found = indices(&outputs, 2, Bootstrap { resamples: 9, confidence: 0.95 }, |_, _| 0.5);
/// assert_eq!([found[0].first.point, found[0].total.point], [1.0, 1.0]);
/// assert_eq!([found[1].first.point, found[1].total.point], [0.0, 0.0]);
/// ```
pub fn indices(
    outputs: &[f64],
    settings: usize,
    bootstrap: Bootstrap,
    draw: impl Fn(u64, usize) -> f64,
) -> Vec<Indices> {
    assert!(outputs.len().is_multiple_of(settings + 2), "{} outputs: whole rows", outputs.len());
    let rows: Vec<&[f64]> = outputs.chunks(settings + 2).collect();
    let all = rows.len();
    let rows = centred(rows.into_iter().filter(|row| row.iter().all(|output| output.is_finite())).collect());
    let left_out = all - rows.len();
    let points = shares(rows.iter(), settings);
    let resamples = if rows.len() < 2 { 0 } else { bootstrap.resamples };
    let resampled: Vec<Vec<[f64; 2]>> = (0..resamples)
        .map(|resample| {
            let sample = (0..rows.len()).map(|position| &rows[pick(draw(resample, position), rows.len())]);
            shares(sample, settings)
        })
        .collect();
    let interval = |setting: usize, order: usize| {
        let values = resampled.iter().map(|shares| shares[setting][order]).collect();
        percentiles(points[setting][order], values, bootstrap.confidence)
    };
    (0..settings)
        .map(|setting| Indices { first: interval(setting, 0), total: interval(setting, 1), left_out })
        .collect()
}

/// The rows with the mean of all outputs taken off: products of far-off outputs would drown the indices in
/// noise.
fn centred(rows: Vec<&[f64]>) -> Vec<Vec<f64>> {
    let count: usize = rows.iter().map(|row| row.len()).sum();
    let mean = rows.iter().copied().flatten().sum::<f64>() / count as f64;
    rows.iter().map(|row| row.iter().map(|output| output - mean).collect()).collect()
}

/// First-order and total share of every setting in a sample of rows; NaN without variance.
fn shares<'rows>(sample: impl Iterator<Item = &'rows Vec<f64>>, settings: usize) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 2]; settings];
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
    for row in sample {
        let (a, b) = (row[0], row[1]);
        count += 1.0;
        sum += a + b;
        squares += a * a + b * b;
        (lowest, highest) = (lowest.min(a).min(b), highest.max(a).max(b));
        for (sums, mixed) in sums.iter_mut().zip(&row[2..]) {
            sums[0] += b * (mixed - a);
            sums[1] += (a - mixed) * (a - mixed);
        }
    }
    let mean = sum / (2.0 * count);
    let variance = if lowest < highest { squares / (2.0 * count) - mean * mean } else { f64::NAN };
    sums.into_iter()
        .map(|[first, total]| [first / count / variance, total / (2.0 * count) / variance])
        .collect()
}

/// Bootstrap percentile interval; without ends where there is no resample or one is not defined.
fn percentiles(point: f64, mut values: Vec<f64>, confidence: f64) -> Interval {
    if values.iter().any(|value| !value.is_finite()) {
        return Interval { point, low: f64::NAN, high: f64::NAN };
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - confidence) / 2.0;
    Interval { point, low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::law::uniform32;
    use crate::random::philox::block;
    use crate::stats::design::sobol::sobol;

    const BOOTSTRAP: Bootstrap = Bootstrap { resamples: 200, confidence: 0.95 };

    fn draw(resample: u64, position: usize) -> f64 {
        uniform32(block([resample as u32, position as u32, 0, 0], [7, 1])[0])
    }

    fn shift(dimension: usize) -> u32 {
        block([dimension as u32, 0, 1, 0], [7, 1])[0]
    }

    fn outputs(rows: usize, settings: usize, model: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        design(&sobol(rows, 2 * settings, shift)).iter().map(|point| model(point)).collect()
    }

    #[test]
    fn shares_of_an_additive_model_are_those_of_its_terms() {
        // Variances 1/12 and 4/12 of 5/12, however far the outputs lie from 0.
        let found = indices(&outputs(4096, 3, |x| 1e3 + x[0] + 2.0 * x[1]), 3, BOOTSTRAP, draw);
        for (found, share) in found.iter().zip([0.2, 0.8, 0.0]) {
            assert!((found.first.point - share).abs() < 5e-3, "{found:?} {share}");
            assert!((found.total.point - share).abs() < 5e-3, "{found:?} {share}");
            assert!(found.first.low <= share && share <= found.first.high, "{found:?} {share}");
        }
    }

    #[test]
    fn a_product_is_interaction_beyond_its_first_order() {
        // y = x1 x2: V = 1/9 - 1/16 = 7/144, V1 = 1/48, so S = 3/7 and T = 4/7.
        for found in indices(&outputs(4096, 2, |x| x[0] * x[1]), 2, BOOTSTRAP, draw) {
            assert!(
                (found.first.point - 3.0 / 7.0).abs() < 1e-2 && (found.total.point - 4.0 / 7.0).abs() < 1e-2
            );
        }
    }

    #[test]
    fn a_constant_output_has_no_variance_to_share() {
        for found in indices(&[0.1; 40], 2, BOOTSTRAP, draw) {
            assert!(found.first.point.is_nan() && found.total.point.is_nan());
            assert!(found.first.low.is_nan() && found.total.high.is_nan() && !found.is_converged(1.0));
        }
    }

    #[test]
    fn an_undefined_output_costs_its_row_and_the_verdict() {
        let whole = outputs(256, 2, |x| x[0] + x[1]);
        let mut holed = whole.clone();
        holed[4 * 100 + 3] = f64::NAN;
        let rest = [&whole[..400], &whole[404..]].concat();
        let (holed, rest) = (indices(&holed, 2, BOOTSTRAP, draw), indices(&rest, 2, BOOTSTRAP, draw));
        for (holed, rest) in holed.iter().zip(&rest) {
            assert_eq!((holed.first, holed.total, holed.left_out), (rest.first, rest.total, 1));
            assert!(rest.is_converged(1.0) && !holed.is_converged(1.0));
        }
    }

    #[test]
    fn nothing_but_undefined_outputs_has_no_indices() {
        let found = indices(&[f64::NAN; 12], 1, BOOTSTRAP, draw)[0];
        assert!(found.first.point.is_nan() && found.total.low.is_nan() && found.left_out == 4);
        assert!(indices(&[1.0, 2.0, 3.0], 1, BOOTSTRAP, draw)[0].first.low.is_nan());
    }

    #[test]
    fn more_rows_narrow_the_intervals_until_they_converge() {
        let found = |rows: usize| indices(&outputs(rows, 2, |x| x[0] + 3.0 * x[1]), 2, BOOTSTRAP, draw);
        assert!(found(64).iter().all(|indices| !indices.is_converged(CONVERGED_WIDTH)));
        assert!(found(16_384).iter().all(|indices| indices.is_converged(CONVERGED_WIDTH)));
    }
}
