//! Niche breadth and overlap of resource shares; concentration of market shares.
//!
//! All take shares that sum to 1; anything undefined (no shares, a sum of 0, one category) is NaN.

/// Sum of products of two lists of shares.
fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}

/// `numerator / denominator`, NaN when the denominator is 0.
pub(super) fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator == 0.0 { f64::NAN } else { numerator / denominator }
}

/// Shares of non-negative amounts; all NaN when they sum to 0.
pub fn shares(amounts: &[f64]) -> Vec<f64> {
    let total: f64 = amounts.iter().sum();
    amounts.iter().map(|amount| ratio(*amount, total)).collect()
}

/// Levins' breadth B = 1 / sum p^2, from 1 (one resource) to their number. Source: Levins 1968.
///
/// ```
/// use ecotone::stats::niche::levins;
/// assert!((levins(&[0.4, 0.3, 0.2, 0.1]) - 1.0 / 0.3).abs() < 1e-12);
/// ```
pub fn levins(shares: &[f64]) -> f64 {
    ratio(1.0, dot(shares, shares))
}

/// Levins' breadth in 0..=1: (B - 1) / (n - 1), n resources. Source: Hurlbert 1978.
pub fn levins_standardised(shares: &[f64]) -> f64 {
    ratio(levins(shares) - 1.0, shares.len() as f64 - 1.0)
}

/// Pianka's symmetric overlap sum p q / sqrt(sum p^2 sum q^2), in 0..=1. Source: Pianka 1973.
pub fn pianka(own: &[f64], rival: &[f64]) -> f64 {
    ratio(dot(own, rival), (dot(own, own) * dot(rival, rival)).sqrt())
}

/// MacArthur and Levins' overlap sum p q / sum p^2: how much of `own` niche the rival uses; not symmetric.
/// Source: MacArthur and Levins 1967.
pub fn macarthur_levins(own: &[f64], rival: &[f64]) -> f64 {
    ratio(dot(own, rival), dot(own, own))
}

/// Schoener's overlap 1 - sum |p - q| / 2, in 0..=1. Source: Schoener 1968.
pub fn schoener(own: &[f64], rival: &[f64]) -> f64 {
    1.0 - own.iter().zip(rival).map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0
}

/// Morisita and Horn's overlap 2 sum p q / (sum p^2 + sum q^2), in 0..=1. Source: Horn 1966.
pub fn morisita_horn(own: &[f64], rival: &[f64]) -> f64 {
    ratio(2.0 * dot(own, rival), dot(own, own) + dot(rival, rival))
}

/// Herfindahl-Hirschman index: sum of (100 s)^2, from 10000 / n to 10000.
///
/// ```
/// use ecotone::stats::niche::herfindahl;
/// assert!((herfindahl(&[0.4, 0.3, 0.2, 0.1]) - 3000.0).abs() < 1e-9);
/// ```
pub fn herfindahl(shares: &[f64]) -> f64 {
    10_000.0 * dot(shares, shares)
}

/// Effective number of competitors, 1 / sum s^2. Source: Laakso and Taagepera 1979.
pub fn effective_number(shares: &[f64]) -> f64 {
    levins(shares)
}
