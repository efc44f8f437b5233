//! Daily series in people, for every audience and platform: what activity and money are computed from.

use std::ops::RangeInclusive;

use crate::engine::Run;
use crate::measure::groups::{Audience, audiences, people_per_tracked, people_per_user};
use crate::measure::{mean, ratio};
use crate::scenario::Scenario;
use crate::world::panel::{Panel, TIERS};

/// Days of a month of subscription, as billed.
pub const BILLING_MONTH: f64 = 30.0;

/// One audience on one platform, day by day; every list has one entry per day.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// At home at the start of the day, people.
    pub users: Vec<f64>,
    /// Of these on a paid plan, people.
    pub payers: Vec<f64>,
    /// Active on the day, people.
    pub dau: Vec<f64>,
    /// Active at least once in the window that ends on the day, people.
    pub mau: Vec<f64>,
    /// Subscription revenue of the day: price / 30 of every payer, currency.
    pub revenue: Vec<f64>,
    /// Length of the window of `mau`, days.
    pub window: usize,
}

/// For every audience the series of every platform; outer shape audiences × platforms.
pub fn all_series(scenario: &Scenario, run: &Run) -> Vec<(Audience, Vec<Series>)> {
    audiences(scenario, run)
        .into_iter()
        .map(|audience| {
            let of = |place| Series::new(scenario, run, &audience.classes, place);
            let series = (1..scenario.places()).map(of).collect();
            (audience, series)
        })
        .collect()
}

impl Series {
    /// The series of a set of classes on a place.
    pub fn new(scenario: &Scenario, run: &Run, classes: &[usize], place: usize) -> Self {
        let (per_user, per_tracked) = (people_per_user(scenario, run), people_per_tracked(scenario, run));
        let panel = &run.panel;
        let window = scenario.measures.mau_window_days as usize;
        let by_day = |value: &dyn Fn(usize) -> f64| (0..panel.days).map(value).collect::<Vec<f64>>();
        let sum =
            |count: &dyn Fn(usize) -> u64| classes.iter().map(|&class| count(class)).sum::<u64>() as f64;
        let tiers = |count: &dyn Fn(usize) -> u64, from| (from..TIERS).map(count).sum::<u64>();
        Self {
            users: by_day(&|day| {
                per_user * sum(&|class| tiers(&|tier| panel.home(day, class, place, tier), 0))
            }),
            payers: by_day(&|day| {
                per_user * sum(&|class| tiers(&|tier| panel.home(day, class, place, tier), 1))
            }),
            dau: by_day(&|day| {
                per_tracked * sum(&|class| tiers(&|tier| panel.active(day, class, place, tier), 0))
            }),
            mau: by_day(&|day| per_tracked * sum(&|class| panel.monthly_active(day, class, place))),
            revenue: by_day(&|day| per_user * revenue(panel, day, classes, place)),
            window,
        }
    }

    /// Mean DAU of the window that ends on a day, as far as it was simulated, over MAU of that day: a ratio
    /// of means.
    pub fn stickiness(&self, day: usize) -> f64 {
        let first = (day + 1).saturating_sub(self.window);
        ratio(mean(self.dau[first..=day].iter().copied()), self.mau[day])
    }

    /// Payers over MAU on a day.
    pub fn paid_ratio(&self, day: usize) -> f64 {
        ratio(self.payers[day], self.mau[day])
    }

    /// Subscription revenue per payer and month over a range of days: revenue / (mean payers × days / 30).
    pub fn arppu(&self, days: RangeInclusive<usize>) -> f64 {
        let months = days.clone().count() as f64 / BILLING_MONTH;
        let revenue: f64 = self.revenue[days.clone()].iter().sum();
        ratio(revenue, mean(self.payers[days].iter().copied()) * months)
    }

    /// Subscription revenue per monthly active user and month over a range of days.
    pub fn arpu(&self, days: RangeInclusive<usize>) -> f64 {
        let months = days.clone().count() as f64 / BILLING_MONTH;
        let revenue: f64 = self.revenue[days.clone()].iter().sum();
        ratio(revenue, mean(self.mau[days].iter().copied()) * months)
    }
}

/// Subscription revenue of a day in simulated users' payments: sum of price / 30, currency.
fn revenue(panel: &Panel, day: usize, classes: &[usize], place: usize) -> f64 {
    (1..TIERS)
        .map(|tier| {
            let payers: u64 = classes.iter().map(|&class| panel.home(day, class, place, tier)).sum();
            payers as f64 * panel.price(day, place, tier) / BILLING_MONTH
        })
        .sum()
}
