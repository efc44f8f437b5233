//! E5 and E6: the stock of community content on a platform, and what feeds it.

use crate::maths::{exp, ln_1p};

/// Halvings of an interval after which the ends are equal to the last bit.
const HALVINGS: usize = 60;

/// Stock tomorrow, items per head and day: `K <- (1 - delta) K + delta y`.
///
/// ```
/// assert_eq!(ecotone::equations::community::stock(1.0, 0.0, 0.25), 0.75);
/// ```
pub fn stock(today: f64, flow: f64, delta: f64) -> f64 {
    (1.0 - delta) * today + delta * flow
}

/// Content as felt by users, nats before weighing: `b = ln(1 + K / K_ref)`.
///
/// ```
/// assert!((ecotone::equations::community::felt(0.05, 0.05) - 0.693_147_180_559_945_3).abs() < 1e-15);
/// ```
pub fn felt(stock: f64, reference: f64) -> f64 {
    ln_1p(stock / reference)
}

/// Live items per head: `K / delta`, the stock that ages at the rate delta; without end where nothing ages.
///
/// ```
/// assert_eq!(ecotone::equations::community::items(0.05, 0.02), 2.5);
/// ```
pub fn items(stock: f64, delta: f64) -> f64 {
    if stock == 0.0 { 0.0 } else { stock / delta }
}

/// Interaction with content, in 0..=1: the share of the live items that is viewed on a day when views fall on
/// items at random, `f = 1 - e^(-view dau / items)` (E6). 0 when nobody views; 1 when there are views and no
/// items, the limit.
///
/// ```
/// use ecotone::equations::community::interaction;
/// // View rate .5, a fifth of the market active, one item a head: 1 - e^(-.1).
/// assert!((interaction(0.5 * 0.2, 1.0) - 0.095_162_581_964_040_4).abs() < 1e-15);
/// assert_eq!((interaction(0.0, 0.0), interaction(0.1, 0.0)), (0.0, 1.0));
/// ```
pub fn interaction(views: f64, items: f64) -> f64 {
    if views == 0.0 { 0.0 } else { 1.0 - exp(-views / items) }
}

/// Stock that renews itself at a lasting flow: the K with `K = base (1 + nu f(K))`, between `base` and
/// `base (1 + nu)`. Larger stocks are viewed more thinly, so there is one.
///
/// ```
/// use ecotone::equations::community::{interaction, items, settled};
/// let (base, nu, views, delta) = (0.01, 2.0, 0.1, 0.05);
/// let stock = settled(base, nu, views, delta);
/// let flow = base * (1.0 + nu * interaction(views, items(stock, delta)));
/// assert!((stock - flow).abs() < 1e-12);
/// assert_eq!(settled(base, 0.0, views, delta), base);
/// ```
pub fn settled(base: f64, nu: f64, views: f64, delta: f64) -> f64 {
    let (mut low, mut high) = (base, base * (1.0 + nu));
    for _ in 0..HALVINGS {
        let stock = low + (high - low) / 2.0;
        let flow = base * (1.0 + nu * interaction(views, items(stock, delta)));
        if flow > stock { low = stock } else { high = stock }
    }
    low
}
