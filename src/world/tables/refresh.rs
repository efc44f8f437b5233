//! How the tables of a day come about from platforms, types and yesterday's shares.

use super::Tables;
use crate::equations::activity::log_odds;
use crate::equations::catalogue::{matching, worth};
use crate::equations::second_home::together;
use crate::equations::utility::{Situation, tabulated};
use crate::maths::exp_poly;
use crate::world::market::Market;
use crate::world::panel::TIERS;
use crate::world::rules::Rules;
use crate::world::types::Types;

/// Odds of being idle on a closed platform: nobody is active. Finite, so that products stay numbers.
const IDLE: f64 = 1e300;

impl Tables {
    /// Computes today's tables from yesterday's shares and stocks.
    pub fn refresh(&mut self, rules: &Rules, types: &Types, market: &Market, day: u32) {
        self.top_log_odds = 0.0;
        for platform in 0..market.platforms() {
            self.refresh_platform(rules, types, market, (platform, platform + 1, day));
        }
        if self.stale && rules.second.is_some() {
            self.refresh_second_gains(rules, types, market);
        }
        self.stale = false;
    }

    /// The tables of one platform of a market that may come to be, at place 1 and with today's shares.
    pub fn alone(
        &self,
        rules: &Rules,
        types: &Types,
        market: &Market,
        (platform, day): (usize, u32),
    ) -> Self {
        let mut tables = Self::new(types.count, 2);
        tables.share[1] = self.share[platform + 1];
        tables.refresh_platform(rules, types, market, (platform, 1, day));
        tables
    }

    fn refresh_platform(
        &mut self,
        rules: &Rules,
        types: &Types,
        market: &Market,
        (platform, place, day): (usize, usize, u32),
    ) {
        self.open[place] = market.open[platform];
        self.aware[place] = market.awareness(platform, day);
        for tier in 0..TIERS {
            self.appeal[place][tier] = (market.feature[platform][tier], market.identity[platform][tier]);
        }
        if self.stale {
            self.refresh_matches(rules, types, market, (platform, place));
            self.refresh_plans(rules, types, market, (platform, place));
        }
        self.refresh_utilities(rules, types, market, (platform, place));
        self.refresh_activity(rules, types, market, (platform, place, day));
        self.closed[place] = !market.present[platform];
        if self.closed[place] {
            self.shut(place, types.count);
        }
    }

    /// Nobody chooses a closed platform, and nobody is active there.
    fn shut(&mut self, place: usize, types: usize) {
        for kind in 0..types {
            let at = self.at(kind, place);
            self.utility[at] = f64::NEG_INFINITY;
            self.log_odds[at] = f32::NEG_INFINITY;
            self.idle_odds[at] = IDLE;
            self.expected[at] = 0.0;
        }
    }

    /// E1-E3: matches of all types with a platform.
    fn refresh_matches(
        &mut self,
        rules: &Rules,
        types: &Types,
        market: &Market,
        (platform, place): (usize, usize),
    ) {
        let coverage = market.coverage(platform);
        let free = market.free_catalogue[platform];
        let full: Vec<f64> = coverage.iter().map(|&a| worth(a, rules.chi)).collect();
        let gated: Vec<f64> = coverage.iter().map(|&a| worth(a * free, rules.chi)).collect();
        for kind in 0..types.count {
            let at = self.at(kind, place);
            self.matching[at] = matching(types.tastes(kind), &full);
            self.withheld[at] = self.matching[at] - matching(types.tastes(kind), &gated);
        }
    }

    /// What each second home adds to each home's match (E13).
    fn refresh_second_gains(&mut self, rules: &Rules, types: &Types, market: &Market) {
        let coverage: Vec<Vec<f64>> =
            (0..market.platforms()).map(|platform| market.coverage(platform)).collect();
        self.second_gain.resize(types.count * self.places * self.places, 0.0);
        for (home, own) in coverage.iter().enumerate() {
            for (second, other) in coverage.iter().enumerate() {
                let genres = own.iter().zip(other);
                let worths: Vec<f64> = genres.map(|(&a, &b)| worth(together(a, b), rules.chi)).collect();
                for kind in 0..types.count {
                    let at = self.at(kind, home + 1);
                    self.second_gain[at * self.places + second + 1] =
                        matching(types.tastes(kind), &worths) - self.matching[at];
                }
            }
        }
    }

    /// The tabulated part of E15.
    fn refresh_plans(
        &mut self,
        rules: &Rules,
        types: &Types,
        market: &Market,
        (platform, place): (usize, usize),
    ) {
        for kind in 0..types.count {
            let at = self.at(kind, place);
            self.plan_value[at * TIERS] = -rules.advertising * market.ad_load[platform];
            for tier in 1..TIERS {
                self.plan_value[at * TIERS + tier] = if market.sold[platform][tier] {
                    rules.plan_constant[tier] + rules.gate * self.withheld[at]
                        - types.price_sensitivity[kind] * market.price[platform][tier]
                } else {
                    f64::NEG_INFINITY
                };
            }
        }
    }

    /// The tabulated part of E8.
    fn refresh_utilities(
        &mut self,
        rules: &Rules,
        types: &Types,
        market: &Market,
        (platform, place): (usize, usize),
    ) {
        let mut situation = Situation {
            attractiveness: market.attractiveness[platform],
            open: market.open[platform],
            content: market.felt_content(platform, rules.content_reference),
            recommender: market.recommender[platform],
            share: self.share[place],
            ..Situation::default()
        };
        for kind in 0..types.count {
            let at = self.at(kind, place);
            situation.appetite = types.appetite[kind];
            situation.social = types.social[kind];
            situation.matching = self.matching[at];
            self.utility[at] = tabulated(&situation, &rules.weights);
        }
    }

    /// E14 without ties.
    fn refresh_activity(
        &mut self,
        rules: &Rules,
        types: &Types,
        market: &Market,
        (platform, place, day): (usize, usize, u32),
    ) {
        let felt = market.open[platform] * market.felt_content(platform, rules.content_reference);
        let pulse = market.pulse(platform, day);
        let drivers = &rules.drivers;
        let shift = drivers.matching.abs() + (drivers.content * felt).abs() + (drivers.pulse * pulse).abs();
        self.top_log_odds = self.top_log_odds.max(types.top_base_activity + shift);
        self.paid_odds = exp_poly(-drivers.paid);
        // In columns of their own, so that the processor computes several exponentials at once.
        let cells = (0..types.count).map(|kind| (types.base_activity[kind], self.at(kind, place)));
        let log_odds: Vec<f64> =
            cells.map(|(base, at)| log_odds(drivers, base, self.matching[at], felt, false, pulse)).collect();
        let idle: Vec<f64> = log_odds.iter().map(|&log_odds| exp_poly(-log_odds)).collect();
        for (kind, (&log_odds, &idle)) in log_odds.iter().zip(&idle).enumerate() {
            let at = self.at(kind, place);
            self.log_odds[at] = log_odds as f32;
            self.idle_odds[at] = idle;
            self.expected[at] = 1.0 / (1.0 + idle);
        }
    }
}
