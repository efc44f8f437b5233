//! E9: what a move costs, nats.

/// The friction and lock-in settings of a market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// Joining friction kappa_0, nats.
    pub joining: f64,
    /// Quitting friction kappa_q, nats.
    pub quitting: f64,
    /// Lock-in by own stock that portability leaves, `kappa_H (1 - pi)`, nats per unit of stock.
    pub lock_in: f64,
    /// Lock-in by own stock before portability, kappa_H, nats per unit of stock.
    pub stock: f64,
    /// Share of the cost waived for a remembered account, varrho.
    pub rebate: f64,
}

/// Cost of moving to a new platform with own stock `h` here: `kappa = kappa_0 + kappa_H (1 - pi) H`.
///
/// ```
/// use ecotone::equations::migration::{Costs, to_new};
/// let costs = Costs { joining: 1.8, quitting: 0.9, lock_in: 1.3, stock: 2.6, rebate: 0.5 };
/// assert_eq!(to_new(&costs, 0.5), 1.8 + 1.3 * 0.5);
/// ```
#[inline(always)]
pub fn to_new(costs: &Costs, h: f64) -> f64 {
    costs.joining + costs.lock_in * h
}

/// Cost of returning to the remembered platform, where the stock `there` waits:
/// `max(0, kappa_0 + kappa_H (1 - pi) H - varrho (kappa_0 + kappa_H H_mem))`.
///
/// ```
/// use ecotone::equations::migration::{Costs, to_remembered};
/// let costs = Costs { joining: 2.0, quitting: 1.0, lock_in: 1.0, stock: 1.0, rebate: 0.5 };
/// assert_eq!(to_remembered(&costs, 0.5, 0.5), 1.25);
/// assert_eq!(to_remembered(&Costs { rebate: 1.0, ..costs }, 0.0, 1.0), 0.0);
/// ```
#[inline(always)]
pub fn to_remembered(costs: &Costs, h: f64, there: f64) -> f64 {
    (to_new(costs, h) - costs.rebate * (costs.joining + costs.stock * there)).max(0.0)
}

/// Cost of leaving altogether: `kappa_q + kappa_H (1 - pi) H`.
///
/// ```
/// use ecotone::equations::migration::{Costs, to_outside};
/// let costs = Costs { joining: 2.0, quitting: 1.0, lock_in: 1.0, stock: 1.0, rebate: 0.5 };
/// assert_eq!(to_outside(&costs, 0.5), 1.5);
/// ```
#[inline(always)]
pub fn to_outside(costs: &Costs, h: f64) -> f64 {
    costs.quitting + costs.lock_in * h
}
