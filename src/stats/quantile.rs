//! Quantiles of samples.

/// Quantile at a probability in 0..1, interpolated linearly between the order statistics; NaN of nothing.
///
/// The value at position (n - 1) p, counted from 0. Source: Hyndman and Fan 1996, definition 7.
///
/// ```
/// use ecotone::stats::quantile::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 4.0, 8.0], 0.5), 3.0);
/// ```
pub fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = probability.clamp(0.0, 1.0) * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (at - at.floor()) * (sorted[above] - sorted[below])
}

/// The same of values in any order, which are put into another one; faster than sorting where few quantiles are wanted.
///
/// ```
/// use ecotone::stats::quantile::selected_quantile;
/// assert_eq!(selected_quantile(&mut [8.0, 1.0, 4.0, 2.0], 0.5), 3.0);
/// ```
pub fn selected_quantile(values: &mut [f64], probability: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = probability.clamp(0.0, 1.0) * last as f64;
    let (_, &mut below, rest) = values.select_nth_unstable_by(at.floor() as usize, f64::total_cmp);
    let above = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(below);
    below + (at - at.floor()) * (above - below)
}
