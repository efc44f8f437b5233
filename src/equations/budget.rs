//! E19: what more money would return, and budgets that follow returns.

use crate::maths::exp;

/// What a user leaves a platform in a period, currency: `((1 - shared) revenue - costs) / users`; `shared` is the
/// part of revenue that goes to rights holders, in 0..=1. 0 where nobody is.
///
/// ```
/// // Two users bring 30, of which half is passed on, and cost 5 to serve.
/// assert_eq!(ecotone::equations::budget::contribution(30.0, 0.5, 5.0, 2.0), 5.0);
/// assert_eq!(ecotone::equations::budget::contribution(0.0, 0.5, 0.0, 0.0), 0.0);
/// ```
pub fn contribution(revenue: f64, shared: f64, costs: f64, users: f64) -> f64 {
    if users == 0.0 { 0.0 } else { ((1.0 - shared) * revenue - costs) / users }
}

/// Share of a place among those that are known, in 0..=1: `aware_j e^V_j / sum aware e^V`, a logit weighted by
/// awareness. `places` tells awareness and value (nats) of each; at least one value is finite. 0 where nothing is
/// known.
///
/// ```
/// use ecotone::equations::budget::known_share;
/// // Alike, but one is known to half.
/// assert!((known_share(&[(1.0, 3.0), (0.5, 3.0)], 1) - 1.0 / 3.0).abs() < 1e-15);
/// assert_eq!(known_share(&[(0.0, 0.0), (1.0, 900.0)], 1), 1.0);
/// ```
pub fn known_share(places: &[(f64, f64)], which: usize) -> f64 {
    let top = places.iter().map(|place| place.1).fold(f64::NEG_INFINITY, f64::max);
    let weight = |&(aware, value): &(f64, f64)| aware * exp(value - top);
    let all: f64 = places.iter().map(weight).sum();
    if all == 0.0 { 0.0 } else { weight(&places[which]) / all }
}

/// Return on extra money, currency gained per currency spent less 1: `gained contribution / extra - 1`; `gained`
/// in users, `contribution` in currency per user and year, `extra` in currency a year.
///
/// ```
/// assert_eq!(ecotone::equations::budget::returned(30.0, 5.0, 100.0), 0.5);
/// ```
pub fn returned(gained: f64, contribution: f64, extra: f64) -> f64 {
    gained * contribution / extra - 1.0
}

/// A return between -1 and 1: `r / (2 + r)`, which is (G - 1) / (G + 1) for money G back per money spent; -1 for
/// -1 and below. It keeps the order of returns, so that one huge return cannot swallow a budget at once.
///
/// ```
/// use ecotone::equations::budget::bounded;
/// assert_eq!((bounded(-4.0), bounded(0.0), bounded(2.0)), (-1.0, 0.0, 0.5));
/// ```
pub fn bounded(returned: f64) -> f64 {
    let above = returned.max(-1.0);
    above / (2.0 + above)
}

/// Shares of a budget after a review, sum 1: `x <- x e^(eta r) / Z` with bounded returns r. A lever without money
/// stays without.
///
/// ```
/// use ecotone::equations::budget::moved;
/// // e^1 to 1: the first lever has .731 of what both share.
/// let [first, second, none] = moved([0.5, 0.5, 0.0], [0.5, 0.0, 1.0], 2.0);
/// assert!((first - 0.731_058_578_630_004_9).abs() < 1e-15 && (first + second - 1.0).abs() < 1e-15);
/// assert_eq!(none, 0.0);
/// ```
pub fn moved<const LEVERS: usize>(shares: [f64; LEVERS], returns: [f64; LEVERS], eta: f64) -> [f64; LEVERS] {
    let weights: [f64; LEVERS] = core::array::from_fn(|lever| shares[lever] * exp(eta * returns[lever]));
    let all: f64 = weights.iter().sum();
    weights.map(|weight| weight / all)
}
