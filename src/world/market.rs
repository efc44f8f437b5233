//! Platforms as columns: catalogue, openness, plans, pulses, community stock.

use super::money::Money;
use super::panel::TIERS;
use crate::equations::money::narrowed;
use crate::equations::{activity, catalogue, community, consideration};
use crate::scenario::{Plan, Scenario};

/// A change that fades: an activity pulse or an awareness campaign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    /// Platform, index into the platforms.
    pub platform: usize,
    /// First day.
    pub day: u32,
    /// Size on the first day.
    pub size: f64,
    /// Days after which half is left.
    pub half_life: f64,
}

/// A licence that returns to a former value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reversal {
    /// Day on which it takes effect.
    pub day: u32,
    /// Platform.
    pub platform: usize,
    /// Rights holder.
    pub holder: usize,
    /// The former licence share.
    pub share: f64,
    /// The former fee, currency a year, if the licence changed it.
    pub fee: Option<f64>,
}

/// A feature that rivals are about to copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Launch {
    /// Day on which the copies come out.
    pub day: u32,
    /// Platform that had it first.
    pub platform: usize,
    /// Quality of the recommender, if the feature set it.
    pub recommender: Option<f64>,
    /// Openness, if the feature set it.
    pub open: Option<f64>,
    /// F of both paid plans, if the feature set it.
    pub feature: Option<f64>,
    /// B of both paid plans, if the feature set it.
    pub identity: Option<f64>,
    /// Pulse of activity, from the day of the copies.
    pub pulse: Pulse,
}

/// Community content that two partners show each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bridge {
    /// The two platforms.
    pub partners: [usize; 2],
    /// Share of the other's stock that is felt, in 0..=1.
    pub share: f64,
}

/// All platforms; index 0 is the first platform, not outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// Whether the platform is open for business: it has entered and not left.
    pub present: Vec<bool>,
    /// L in 0..=1; shape platforms × holders.
    pub licences: Vec<Vec<f64>>,
    /// O in 0..=1; shape platforms × genres.
    pub originals: Vec<Vec<f64>>,
    /// w in 0..=1; shape holders × genres.
    pub demand: Vec<Vec<f64>>,
    /// R in 0..=1.
    pub recommender: Vec<f64>,
    /// Openness in 0..=1.
    pub open: Vec<f64>,
    /// Awareness before campaigns, in 0..=1.
    pub aware: Vec<f64>,
    /// alpha, nats.
    pub attractiveness: Vec<f64>,
    /// Share of the catalogue open to free users.
    pub free_catalogue: Vec<f64>,
    /// Advertising load of the free plan.
    pub ad_load: Vec<f64>,
    /// Plans that exist, by tier; the free plan always does.
    pub sold: Vec<[bool; TIERS]>,
    /// Prices, currency per month.
    pub price: Vec<[f64; TIERS]>,
    /// F, features of a plan.
    pub feature: Vec<[f64; TIERS]>,
    /// B, identity value of a plan.
    pub identity: Vec<[f64; TIERS]>,
    /// y0, items per active user and day.
    pub creation: Vec<f64>,
    /// Items that an active user views a day.
    pub view: Vec<f64>,
    /// K, items per head and day.
    pub stock: Vec<f64>,
    /// Activity pulses under way.
    pub pulses: Vec<Pulse>,
    /// Campaigns under way.
    pub campaigns: Vec<Pulse>,
    /// Licences that return to a former value.
    pub reversals: Vec<Reversal>,
    /// Features that rivals will bring out as well.
    pub copies: Vec<Launch>,
    /// Partnerships under way.
    pub bridges: Vec<Bridge>,
    /// Whether any user is, or was, under contract.
    pub has_contracts: bool,
    /// Budgets and fees, and what they buy.
    pub money: Money,
}

impl Market {
    /// The platforms on day 0, before any event; no community stock yet.
    pub fn new(scenario: &Scenario) -> Self {
        let platforms = &scenario.platforms;
        let plans = |read: fn(&Plan) -> f64| -> Vec<[f64; TIERS]> {
            let of = |plan: &Option<Plan>| plan.as_ref().map_or(0.0, read);
            platforms.iter().map(|p| [0.0, of(&p.basic), of(&p.premium)]).collect()
        };
        Self {
            present: (0..platforms.len()).map(|platform| scenario.is_open_at_start(platform)).collect(),
            licences: platforms.iter().map(|p| p.licences.clone()).collect(),
            originals: platforms.iter().map(|p| p.originals.clone()).collect(),
            demand: scenario.rights_holders.iter().map(|holder| holder.share.clone()).collect(),
            recommender: platforms.iter().map(|p| p.recommender).collect(),
            open: platforms.iter().map(|p| p.open).collect(),
            aware: platforms.iter().map(|p| p.aware).collect(),
            attractiveness: platforms.iter().map(|p| p.alpha).collect(),
            free_catalogue: platforms.iter().map(|p| p.free_catalogue).collect(),
            ad_load: platforms.iter().map(|p| p.ad_load).collect(),
            sold: platforms.iter().map(|p| [true, p.basic.is_some(), p.premium.is_some()]).collect(),
            price: plans(|plan| plan.price),
            feature: plans(|plan| plan.feature),
            identity: plans(|plan| plan.identity),
            creation: platforms.iter().map(|p| p.y0).collect(),
            view: platforms.iter().map(|p| p.view).collect(),
            stock: vec![0.0; platforms.len()],
            pulses: Vec::new(),
            campaigns: Vec::new(),
            reversals: Vec::new(),
            copies: Vec::new(),
            bridges: Vec::new(),
            has_contracts: false,
            money: Money::new(scenario),
        }
    }

    /// Number of platforms.
    pub fn platforms(&self) -> usize {
        self.open.len()
    }

    /// A of a platform by genre, in 0..=1.
    pub fn coverage(&self, platform: usize) -> Vec<f64> {
        let left = self.money.licences_left(platform);
        let licences: Vec<f64> = self.licences[platform].iter().map(|&own| narrowed(own, left)).collect();
        let genre = |genre: usize| {
            let holders =
                self.demand.iter().zip(&licences).map(|(demand, &licence)| (demand[genre], licence));
            catalogue::coverage(holders, self.originals[platform][genre])
        };
        (0..self.originals[platform].len()).map(genre).collect()
    }

    /// Whether something comes about on a day that an earlier event set off.
    pub fn is_due(&self, day: u32) -> bool {
        self.reversals.iter().any(|reversal| reversal.day == day)
            || self.copies.iter().any(|launch| launch.day == day)
    }

    /// b of a platform, with what it sees of its partners' content.
    pub fn felt_content(&self, platform: usize, reference: f64) -> f64 {
        let seen = self.bridges.iter().map(|bridge| match bridge.partners {
            [one, other] if one == platform => bridge.share * self.stock[other],
            [one, other] if other == platform => bridge.share * self.stock[one],
            _ => 0.0,
        });
        community::felt(self.stock[platform] + seen.sum::<f64>(), reference)
    }

    /// Sum of the activity pulses of a platform on a day.
    pub fn pulse(&self, platform: usize, day: u32) -> f64 {
        let mine = self.pulses.iter().filter(|pulse| pulse.platform == platform);
        mine.map(|pulse| activity::pulse(pulse.size, pulse.half_life, f64::from(day - pulse.day))).sum()
    }

    /// Awareness of a platform on a day, campaigns included.
    pub fn awareness(&self, platform: usize, day: u32) -> f64 {
        let mine = self.campaigns.iter().filter(|campaign| campaign.platform == platform);
        let known = narrowed(self.aware[platform], self.money.awareness_left(platform));
        mine.fold(known, |aware, campaign| {
            let size = activity::pulse(campaign.size, campaign.half_life, f64::from(day - campaign.day));
            consideration::with_campaign(aware, size)
        })
    }
}
