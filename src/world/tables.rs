//! Type × place tables: everything that users of one type share today. Floats live here, not in users.

mod refresh;

use super::ledger::Ledger;
use super::panel::TIERS;
use super::rules::Rules;
use crate::equations::plan::{inclusive_value, reasons};
use crate::equations::stock;
use crate::maths::exp_poly;

/// Tables of the day; place 0 (outside) is kept so that a place indexes directly.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Places.
    pub places: usize,
    /// m, match of tastes and catalogue; shape types × places.
    pub matching: Vec<f64>,
    /// `m[p+j] - m[p]`, what a second home adds to the match; shape types × homes × second homes; empty where none are
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
