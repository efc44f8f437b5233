//! Money of the platforms: budgets, fees and programmes, and what they buy (E17). Totals of the whole market's
//! population, currency a year; the model reads them per head.

use crate::equations::money::{encouraged, gap_left, originals};
use crate::scenario::{Platform, Scenario};

/// What a budget is spent on: licences, community, originals, marketing.
pub const LEVERS: usize = 4;
/// Index of the budget for licences.
pub const LICENCES: usize = 0;
/// Index of the budget for community content.
pub const COMMUNITY: usize = 1;
/// Index of the budget for originals.
pub const ORIGINALS: usize = 2;
/// Index of the budget for marketing.
pub const MARKETING: usize = 3;
/// Names of the levers, by index.
pub const LEVER_NAMES: [&str; LEVERS] = ["licences", "community", "originals", "marketing"];

/// Days of a year of money.
const YEAR: f64 = 365.0;

/// An originals programme under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Platform.
    pub platform: usize,
    /// First day without it; `None` while it has no end.
    pub until: Option<u32>,
    /// Currency a year, by genre.
    pub by_genre: Vec<f64>,
}

/// What a platform pays to stars under contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retainer {
    /// Platform.
    pub platform: usize,
    /// First day without it; `None` while it has no end.
    pub until: Option<u32>,
    /// Currency a year.
    pub yearly: f64,
}

/// The money of all platforms.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// People who share what is bought.
    pub population: f64,
    /// Budgets, currency a year; by platform and lever.
    pub budget: Vec<[f64; LEVERS]>,
    /// Shares of the budget for originals by genre, sum 1; shape platforms × genres.
    pub genres: Vec<Vec<f64>>,
    /// Fees to rights holders, currency a year; shape platforms × holders.
    pub fees: Vec<Vec<f64>>,
    /// Originals programmes.
    pub programmes: Vec<Programme>,
    /// Payments to stars.
    pub retainers: Vec<Retainer>,
    /// Spending that closes 63 % of a gap (licences, marketing) or doubles creation (community), currency per head
    /// and year; 0 where money buys nothing.
    pub scales: [f64; LEVERS],
    /// eta_O, per currency and creator.
    pub yield_of_originals: f64,
    /// delta_O, 1/day.
    pub ageing_of_originals: f64,
    /// Creators per user.
    pub creators: Vec<f64>,
}

impl Money {
    /// The money on day 0, before any event.
    pub fn new(scenario: &Scenario) -> Self {
        let (supply, platforms) = (&scenario.supply, &scenario.platforms);
        let holders = scenario.rights_holders.len();
        Self {
            population: scenario.market.population,
            budget: platforms.iter().map(budget).collect(),
            genres: platforms.iter().map(|platform| genres(scenario, platform)).collect(),
            fees: platforms
                .iter()
                .map(|p| p.costs.as_ref().map_or_else(|| vec![0.0; holders], |costs| costs.fees.clone()))
                .collect(),
            programmes: Vec::new(),
            retainers: Vec::new(),
            scales: [supply.licences_scale, supply.community_scale, 0.0, supply.marketing_scale],
            yield_of_originals: supply.eta_o,
            ageing_of_originals: supply.delta_o,
            creators: platforms.iter().map(|p| p.creators).collect(),
        }
    }

    /// Spending on a lever, currency per head and year.
    fn per_head(&self, platform: usize, lever: usize) -> f64 {
        self.budget[platform][lever] / self.population
    }

    /// Part of the gap to full licences that the budget leaves open.
    pub fn licences_left(&self, platform: usize) -> f64 {
        gap_left(self.per_head(platform, LICENCES), self.scales[LICENCES])
    }

    /// Part of the gap to full awareness that the budget leaves open.
    pub fn awareness_left(&self, platform: usize) -> f64 {
        gap_left(self.per_head(platform, MARKETING), self.scales[MARKETING])
    }

    /// Factor on the creation of community content.
    pub fn encouragement(&self, platform: usize) -> f64 {
        encouraged(self.per_head(platform, COMMUNITY), self.scales[COMMUNITY])
    }

    /// Investment in originals of a genre, currency per head and day.
    pub fn invested(&self, (platform, genre): (usize, usize), day: u32) -> f64 {
        let programmes = self.running(platform, day).map(|programme| programme.by_genre[genre]);
        let yearly =
            self.budget[platform][ORIGINALS] * self.genres[platform][genre] + programmes.sum::<f64>();
        yearly / YEAR / self.population
    }

    /// Originals of a genre tomorrow (E17), for a platform with a share of the market at home.
    pub fn originals_tomorrow(
        &self,
        today: f64,
        (platform, genre): (usize, usize),
        share: f64,
        day: u32,
    ) -> f64 {
        let invested = self.invested((platform, genre), day);
        let rates = (self.yield_of_originals, self.ageing_of_originals);
        originals(today, (invested, self.creators[platform] * share), rates)
    }

    /// Whether originals change by themselves.
    pub fn moves_originals(&self) -> bool {
        self.ageing_of_originals > 0.0 || self.yield_of_originals > 0.0
    }

    /// What a platform spends on a day, by lever, fees among the licences; currency.
    pub fn spent(&self, platform: usize, day: u32) -> [f64; LEVERS] {
        let mut yearly = self.budget[platform];
        yearly[LICENCES] += self.fees[platform].iter().sum::<f64>();
        yearly[ORIGINALS] +=
            self.running(platform, day).flat_map(|programme| &programme.by_genre).sum::<f64>();
        let retained = self.retainers.iter().filter(|retainer| {
            retainer.platform == platform && retainer.until.is_none_or(|until| day < until)
        });
        yearly[ORIGINALS] += retained.map(|retainer| retainer.yearly).sum::<f64>();
        yearly.map(|yearly| yearly / YEAR)
    }

    fn running(&self, platform: usize, day: u32) -> impl Iterator<Item = &Programme> {
        self.programmes.iter().filter(move |programme| {
            programme.platform == platform && programme.until.is_none_or(|until| day < until)
        })
    }
}

fn budget(platform: &Platform) -> [f64; LEVERS] {
    platform.budget.as_ref().map_or([0.0; LEVERS], |budget| {
        [budget.licences, budget.community, budget.originals, budget.marketing]
    })
}

/// How a platform spreads money for originals: as it says, else as the market's tastes.
fn genres(scenario: &Scenario, platform: &Platform) -> Vec<f64> {
    let own = platform.budget.as_ref().and_then(|budget| budget.originals_genres.clone());
    spread(scenario, own)
}

/// Shares by genre that sum to 1; the market's weights where nothing is said.
pub fn spread(scenario: &Scenario, shares: Option<Vec<f64>>) -> Vec<f64> {
    let shares = shares.unwrap_or_else(|| scenario.genres.iter().map(|genre| genre.weight).collect());
    let total: f64 = shares.iter().sum();
    shares.iter().map(|share| share / total).collect()
}
