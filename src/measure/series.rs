//! Daily series in people, for every audience and platform: what activity and money are computed from.

use std::ops::RangeInclusive;

use crate::engine::Run;
use crate::measure::groups::{
    Audience, audiences, calendar, month_lengths, people_per_tracked, people_per_user,
};
use crate::measure::{mean, ratio};
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::world::panel::{Panel, TIERS};

/// One audience on one platform, day by day; every list has one entry per day.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// At home at the start of the day, people.
    pub users: Vec<f64>,
    /// Of these on a paid plan, people.
    pub payers: Vec<f64>,
    /// Active on the day, people.
    pub dau: Vec<f64>,
    /// Active at least once in the window that ends on the day, people; NaN until the window is full.
    pub mau: Vec<f64>,
    /// Subscription revenue of the day: of every payer the price / days of the calendar month, currency.
    pub revenue: Vec<f64>,
    /// The part of its calendar month that each day is: 1 / days of that month.
    pub month_parts: Vec<f64>,
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
        let month_parts = month_parts(&calendar(scenario), panel.days);
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
            mau: by_day(&|day| {
                let active = per_tracked * sum(&|class| panel.monthly_active(day, class, place));
                if day + 1 < window { f64::NAN } else { active }
            }),
            revenue: by_day(&|day| per_user * prices(panel, day, classes, place) * month_parts[day]),
            month_parts,
            window,
        }
    }

    /// Mean DAU of the window that ends on a day over MAU of that day, a ratio of means; in 0..=1.
    pub fn stickiness(&self, day: usize) -> f64 {
        if day + 1 < self.window {
            return f64::NAN;
        }
        ratio(mean(self.dau[day + 1 - self.window..=day].iter().copied()), self.mau[day])
    }

    /// Payers over MAU on a day.
    pub fn paid_ratio(&self, day: usize) -> f64 {
        ratio(self.payers[day], self.mau[day])
    }

    /// Payers of a period: the mean of its days, every calendar month with the same weight, people. Over whole
    /// months it is the mean of the months' means.
    pub fn mean_payers(&self, days: RangeInclusive<usize>) -> f64 {
        ratio(self.payer_months(days.clone()), self.months(days))
    }

    /// MAU of a period: the mean of the month ends in it where defined, of its last day if there is none; people.
    pub fn mean_mau(&self, days: &RangeInclusive<usize>, calendar: &Calendar) -> f64 {
        mean(month_ends(calendar, days).into_iter().map(|day| self.mau[day]))
    }

    /// Payers over MAU of a period: the mean of its month ends, as [`Series::mean_mau`].
    pub fn mean_paid_ratio(&self, days: &RangeInclusive<usize>, calendar: &Calendar) -> f64 {
        mean(month_ends(calendar, days).into_iter().map(|day| self.paid_ratio(day)))
    }

    /// Subscription revenue per payer and month over a range of days: revenue / (mean payers × months). At a
    /// constant price it is that price, whatever the days.
    pub fn arppu(&self, days: RangeInclusive<usize>) -> f64 {
        ratio(self.total_revenue(days.clone()), self.payer_months(days))
    }

    /// Subscription revenue per monthly active user and month over a range of days: revenue / (MAU × months).
    pub fn arpu(&self, days: &RangeInclusive<usize>, calendar: &Calendar) -> f64 {
        ratio(self.total_revenue(days.clone()), self.mean_mau(days, calendar) * self.months(days.clone()))
    }

    /// Subscription revenue of a range of days, currency.
    pub fn total_revenue(&self, days: RangeInclusive<usize>) -> f64 {
        self.revenue[days].iter().sum()
    }

    /// Length of a range of days in calendar months.
    fn months(&self, days: RangeInclusive<usize>) -> f64 {
        self.month_parts[days].iter().sum()
    }

    /// Payers × months of a range of days.
    fn payer_months(&self, days: RangeInclusive<usize>) -> f64 {
        days.map(|day| self.payers[day] * self.month_parts[day]).sum()
    }
}

/// The month ends inside a range of days; its last day if there is none.
fn month_ends(calendar: &Calendar, days: &RangeInclusive<usize>) -> Vec<usize> {
    let ends = (0..calendar.months()).map(|month| calendar.month_end(month) as usize);
    let ends: Vec<usize> = ends.filter(|day| days.contains(day)).collect();
    if ends.is_empty() { vec![*days.end()] } else { ends }
}

/// 1 / days of its calendar month, for every day.
fn month_parts(calendar: &Calendar, days: usize) -> Vec<f64> {
    let lengths = month_lengths(calendar);
    (0..days).map(|day| 1.0 / f64::from(lengths[calendar.month_of(day as u32)])).collect()
}

/// Sum of the monthly prices that the payers of a day have agreed to, in simulated users' payments, currency.
fn prices(panel: &Panel, day: usize, classes: &[usize], place: usize) -> f64 {
    (1..TIERS)
        .map(|tier| {
            let payers: u64 = classes.iter().map(|&class| panel.home(day, class, place, tier)).sum();
            payers as f64 * panel.price(day, place, tier)
        })
        .sum()
}
