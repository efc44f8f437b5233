//! The daily panel: exact counts per day, audience class, place and plan.
//!
//! A *class* is a set of users with the same audience memberships; an audience is a union of classes.
//! Counts are integers, so panels of several chunks add up in any order.

use super::money::LEVERS;

/// Number of plans: free, basic, premium.
pub const TIERS: usize = 3;

/// Counts of one run, day by day.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Simulated days.
    pub days: usize,
    /// Audience classes.
    pub classes: usize,
    /// Places: outside at 0, then the platforms.
    pub places: usize,
    /// Users at home at the start of the day; shape days × classes × places × tiers. One more day than
    /// `days`: the last entry is the state after the last day.
    pub home: Vec<u32>,
    /// Users with a second home at the start of the day; shape days × classes × homes × second homes, one more day
    /// than `days`; empty where second homes are not allowed.
    pub second_home: Vec<u32>,
    /// Users active on the day, on a second home as free users (of the tracked users); shape days × classes × places × tiers.
    pub active: Vec<u32>,
    /// Users active on the place at least once in the window that ends on the day (of the tracked users);
    /// shape days × classes × places.
    pub monthly_active: Vec<u32>,
    /// Users who moved at the end of the day; shape days × classes × from × to.
    pub moves: Vec<u32>,
    /// Users who returned within 90 days to the platform that they had left; shape days × classes × places.
    pub winbacks: Vec<u32>,
    /// Free users who became payers; shape days × classes × places.
    pub conversions: Vec<u32>,
    /// Payers who became free users while staying; shape days × classes × places.
    pub cancellations: Vec<u32>,
    /// Price of each plan, currency per month; shape days × places × tiers.
    pub price: Vec<f64>,
    /// Advertising load of the free plan; shape days × places.
    pub ad_load: Vec<f64>,
    /// What a platform spent on the day, currency for the whole population: licences with their fees, community,
    /// originals, marketing; shape days × places × levers.
    pub spent: Vec<f64>,
    /// Coverage A of each genre on the last day of each month; shape months × places × genres.
    pub coverage: Vec<f64>,
    /// Active days of the month's residents by type; shape months × places × types.
    pub type_active_days: Vec<u64>,
    /// Users resident for the whole month by number of active days 0..=31 (of the tracked users);
    /// shape months × classes × places × 32.
    pub active_days: Vec<u32>,
}

impl Panel {
    /// An empty panel.
    pub fn new(shape: &Shape) -> Self {
        let &Shape { days, classes, places, months, genres, types } = shape;
        let daily = days * classes * places;
        Self {
            days,
            classes,
            places,
            home: vec![0; (days + 1) * classes * places * TIERS],
            second_home: Vec::new(),
            active: vec![0; daily * TIERS],
            monthly_active: vec![0; daily],
            moves: vec![0; daily * places],
            winbacks: vec![0; daily],
            conversions: vec![0; daily],
            cancellations: vec![0; daily],
            price: vec![0.0; days * places * TIERS],
            ad_load: vec![0.0; days * places],
            spent: vec![0.0; days * places * LEVERS],
            coverage: vec![0.0; months * places * genres],
            type_active_days: vec![0; months * places * types],
            active_days: vec![0; months * classes * places * 32],
        }
    }

    /// Index into the arrays of shape days × classes × places.
    pub fn at(&self, day: usize, class: usize, place: usize) -> usize {
        (day * self.classes + class) * self.places + place
    }

    /// Users at home on a place and plan at the start of a day.
    pub fn home(&self, day: usize, class: usize, place: usize, tier: usize) -> u64 {
        u64::from(self.home[self.at(day, class, place) * TIERS + tier])
    }

    /// Users with this home and this second home at the start of a day; 0 where second homes are not allowed.
    pub fn second_home(&self, day: usize, class: usize, home: usize, second: usize) -> u64 {
        let at = self.at(day, class, home) * self.places + second;
        self.second_home.get(at).map_or(0, |&count| u64::from(count))
    }

    /// Active users of a place and plan on a day.
    pub fn active(&self, day: usize, class: usize, place: usize, tier: usize) -> u64 {
        u64::from(self.active[self.at(day, class, place) * TIERS + tier])
    }

    /// Active users of a place on a day, of all classes, on plans of a range.
    pub fn all_active(&self, day: usize, place: usize, tiers: std::ops::Range<usize>) -> u64 {
        let cells = (0..self.classes).flat_map(|class| tiers.clone().map(move |tier| (class, tier)));
        cells.map(|(class, tier)| self.active(day, class, place, tier)).sum()
    }

    /// Monthly active users of a place at the end of a day.
    pub fn monthly_active(&self, day: usize, class: usize, place: usize) -> u64 {
        u64::from(self.monthly_active[self.at(day, class, place)])
    }

    /// Users who moved from one place to another at the end of a day.
    pub fn moves(&self, day: usize, class: usize, from: usize, to: usize) -> u64 {
        u64::from(self.moves[self.at(day, class, from) * self.places + to])
    }

    /// What a platform spent on a day by lever, currency for the whole population.
    pub fn spent(&self, day: usize, place: usize) -> &[f64] {
        &self.spent[(day * self.places + place) * LEVERS..][..LEVERS]
    }

    /// Price of a plan on a day, currency per month.
    pub fn price(&self, day: usize, place: usize, tier: usize) -> f64 {
        self.price[(day * self.places + place) * TIERS + tier]
    }
}

/// The lengths of a panel's axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Simulated days.
    pub days: usize,
    /// Audience classes.
    pub classes: usize,
    /// Places, outside included.
    pub places: usize,
    /// Calendar months touched by the horizon.
    pub months: usize,
    /// Genres.
    pub genres: usize,
    /// Types of users.
    pub types: usize,
}
