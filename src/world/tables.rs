//! Type × place tables: everything that users of one type share today. Floats live here, not in users.

use super::ledger::Ledger;
use super::market::Market;
use super::panel::TIERS;
use super::rules::Rules;
use super::types::Types;
use crate::equations::activity::log_odds;
use crate::equations::catalogue::{matching, worth};
use crate::equations::plan::{inclusive_value, reasons};
use crate::equations::second_home::together;
use crate::equations::stock;
use crate::equations::utility::{Situation, tabulated};
use crate::maths::exp_poly;

/// Odds of being idle on a closed platform: nobody is active. Finite, so that products stay numbers.
const IDLE: f64 = 1e300;

/// Tables of the day; place 0 (outside) is kept so that a place indexes directly.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Places.
    pub places: usize,
    /// m, match of tastes and catalogue; shape types × places.
    pub matching: Vec<f64>,
    /// m[p+j] - m[p], what a second home adds to the match; shape types × homes × second homes; empty where none are
    /// allowed.
    pub second_gain: Vec<f64>,
    /// m_full - m_free, what the free plan withholds; shape types × places.
    pub withheld: Vec<f64>,
    /// The part of the utility that reads type and platform only, nats; shape types × places.
    pub utility: Vec<f64>,
    /// Log-odds of activity at the free plan without ties, in single precision; shape types × places.
    pub log_odds: Vec<f32>,
    /// No log-odds of activity on a platform is larger in magnitude.
    pub top_log_odds: f64,
    /// e^(-log-odds of activity at the free plan without ties); shape types × places.
    pub idle_odds: Vec<f64>,
    /// e^(-psi_paid): what a paid plan makes of them.
    pub paid_odds: f64,
    /// The part of W that reads type and platform only, nats; shape types × places × tiers.
    pub plan_value: Vec<f64>,
    /// xbar, expected activity at the free plan without ties; shape types × places.
    pub expected: Vec<f64>,
    /// D, own stock of somebody of the type who was there all the time; shape types × places.
    pub always_there: Vec<f64>,
    /// e, salience of news about a place for those who live there; shape types × places.
    pub salience: Vec<f64>,
    /// Largest salience.
    pub top_salience: f64,
    /// S, share of the market at home; by place.
    pub share: Vec<f64>,
    /// Share of the market with a second home there; by place.
    pub visitors: Vec<f64>,
    /// Share of the market paying; by place.
    pub payers: Vec<f64>,
    /// Openness by place (0 outside).
    pub open: Vec<f64>,
    /// Awareness by place (1 outside).
    pub aware: Vec<f64>,
    /// F and B by place and tier.
    pub appeal: Vec<[(f64, f64); TIERS]>,
    /// Whether a place is a closed platform, which nobody chooses.
    pub closed: Vec<bool>,
    /// Whether catalogues or licences changed, so that matches must be computed anew.
    pub stale: bool,
}

impl Tables {
    /// Tables of zeros.
    pub fn new(types: usize, places: usize) -> Self {
        let cells = types * places;
        Self {
            places,
            matching: vec![0.0; cells],
            second_gain: Vec::new(),
            withheld: vec![0.0; cells],
            utility: vec![0.0; cells],
            log_odds: vec![f32::NEG_INFINITY; cells],
            top_log_odds: 0.0,
            idle_odds: vec![f64::INFINITY; cells],
            paid_odds: 1.0,
            plan_value: vec![f64::NEG_INFINITY; cells * TIERS],
            expected: vec![0.0; cells],
            always_there: vec![0.0; cells],
            salience: vec![0.0; cells],
            top_salience: 0.0,
            share: vec![0.0; places],
            visitors: vec![0.0; places],
            payers: vec![0.0; places],
            open: vec![0.0; places],
            aware: vec![1.0; places],
            appeal: vec![[(0.0, 0.0); TIERS]; places],
            closed: vec![false; places],
            stale: true,
        }
    }

    /// Index of a type and place.
    #[inline(always)]
    pub fn at(&self, kind: usize, place: usize) -> usize {
        kind * self.places + place
    }

    /// Takes the market's shares from the counts of users.
    pub fn take_census(&mut self, ledger: &Ledger, users: usize) {
        for here in 0..self.places {
            self.share[here] = ledger.living(here) as f64 / users as f64;
            self.visitors[here] = ledger.visiting(here) as f64 / users as f64;
            self.payers[here] = ledger.paying(here) as f64 / users as f64;
        }
    }

    /// What a place is worth to a newcomer of a type before taste, nats; `company` is z s.
    pub fn newcomer_value(&self, rules: &Rules, (kind, place): (usize, usize), company: f64) -> f64 {
        let at = self.at(kind, place);
        let plans = self.plans(rules, (kind, place), self.expected[at], company, 0.0);
        self.utility[at] + rules.weights.ties * company + inclusive_value(&plans, rules.plan_scale)
    }

    /// Computes today's tables from yesterday's shares and stocks.
    pub fn refresh(&mut self, rules: &Rules, types: &Types, market: &Market, day: u32) {
        self.top_log_odds = 0.0;
        for platform in 0..market.platforms() {
            let place = platform + 1;
            self.open[place] = market.open[platform];
            self.aware[place] = market.awareness(platform, day);
            for tier in 0..TIERS {
                self.appeal[place][tier] = (market.feature[platform][tier], market.identity[platform][tier]);
            }
            if self.stale {
                self.refresh_matches(rules, types, market, platform);
                self.refresh_plans(rules, types, market, platform);
            }
            self.refresh_utilities(rules, types, market, platform);
            self.refresh_activity(rules, types, market, (platform, day));
            self.closed[place] = !market.present[platform];
            if self.closed[place] {
                self.shut(place, types.count);
            }
        }
        if self.stale && rules.second.is_some() {
            self.refresh_second_gains(rules, types, market);
        }
        self.stale = false;
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
    fn refresh_matches(&mut self, rules: &Rules, types: &Types, market: &Market, platform: usize) {
        let coverage = market.coverage(platform);
        let free = market.free_catalogue[platform];
        let full: Vec<f64> = coverage.iter().map(|&a| worth(a, rules.chi)).collect();
        let gated: Vec<f64> = coverage.iter().map(|&a| worth(a * free, rules.chi)).collect();
        for kind in 0..types.count {
            let at = self.at(kind, platform + 1);
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
    fn refresh_plans(&mut self, rules: &Rules, types: &Types, market: &Market, platform: usize) {
        for kind in 0..types.count {
            let at = self.at(kind, platform + 1);
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
    fn refresh_utilities(&mut self, rules: &Rules, types: &Types, market: &Market, platform: usize) {
        let place = platform + 1;
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
        (platform, day): (usize, u32),
    ) {
        let place = platform + 1;
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

    /// W of every plan on a place (E15), nats; `social_share` is z s, `paying` the paying ties there.
    #[inline(always)]
    pub fn plans(
        &self,
        rules: &Rules,
        (kind, place): (usize, usize),
        activity: f64,
        social_share: f64,
        paying: f64,
    ) -> [f64; TIERS] {
        let at = self.at(kind, place) * TIERS;
        let mut values = [self.plan_value[at], self.plan_value[at + 1], self.plan_value[at + 2]];
        for (value, &appeal) in values.iter_mut().zip(&self.appeal[place]).skip(1) {
            if *value > f64::NEG_INFINITY {
                *value += reasons(&rules.motives, appeal, activity, social_share, paying).iter().sum::<f64>();
            }
        }
        values
    }

    /// E7 for somebody always there: the stock after today.
    pub fn advance_stock(&mut self, delta: f64) {
        for (stock, &expected) in self.always_there.iter_mut().zip(&self.expected) {
            *stock = stock::tomorrow(*stock, expected, delta);
        }
    }

    /// Probability of being active on a place and plan with a social share z s.
    #[inline(always)]
    pub fn activity(
        &self,
        rules: &Rules,
        (kind, place, tier): (usize, usize, usize),
        social_share: f64,
    ) -> f64 {
        1.0 / (1.0 + self.idle_odds(rules, (kind, place, tier), social_share))
    }

    /// e^(-log-odds) of being active (E14).
    #[inline(always)]
    pub fn idle_odds(
        &self,
        rules: &Rules,
        (kind, place, tier): (usize, usize, usize),
        social_share: f64,
    ) -> f64 {
        let free = self.idle_odds[self.at(kind, place)];
        let alone = if tier == 0 { free } else { free * self.paid_odds };
        if rules.drivers.ties == 0.0 { alone } else { alone * exp_poly(-rules.drivers.ties * social_share) }
    }
}
