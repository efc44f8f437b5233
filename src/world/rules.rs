//! The scenario's settings in the form in which the phases of a day read them.

use super::graph::{Kept, WRITTEN_DOWN};
use crate::equations::activity::Drivers;
use crate::equations::hazard;
use crate::equations::migration::Costs;
use crate::equations::plan::Motives;
use crate::equations::ties;
use crate::equations::utility::Weights;
use crate::maths::ln_1p;
use crate::random::NameKey;
use crate::random::first_bits::FirstBits;
use crate::random::law::{normal_quantile, uniform};
use crate::scenario::{ActivityMode, Scenario, TieKind};

/// Constants of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Places: outside and the platforms.
    pub places: usize,
    /// Whether users may live outside.
    pub outside: bool,
    /// Key of each place's draws.
    pub keys: Vec<NameKey>,
    /// Weights of the utility's terms.
    pub weights: Weights,
    /// Migration costs.
    pub costs: Costs,
    /// Drivers of activity.
    pub drivers: Drivers,
    /// Motives to pay.
    pub motives: Motives,
    /// Inertia of a plan, nats.
    pub tier_inertia: f64,
    /// Scale of the nest of plans.
    pub plan_scale: f64,
    /// w0 by tier, nats.
    pub plan_constant: [f64; 3],
    /// w_G, nats per unit of withheld match.
    pub gate: f64,
    /// w_A, nats per unit of advertising load.
    pub advertising: f64,
    /// What makes users keep a second home; `None` where none are allowed.
    pub second: Option<SecondHomes>,
    /// Whether the reasons of every move are summed.
    pub reasons: bool,
    /// Curvature of the worth of coverage.
    pub chi: f64,
    /// K_ref, items per head and day.
    pub content_reference: f64,
    /// delta_H, 1/day.
    pub stock_decay: f64,
    /// delta_K, 1/day.
    pub content_decay: f64,
    /// nu, how much interaction with content adds to its creation.
    pub content_feedback: f64,
    /// Whether any platform sells a plan.
    pub plans: bool,
    /// sd of the persistent taste, nats.
    pub taste_sd: f64,
    /// Bounds of the draw of activity by its first bits.
    pub presence_bounds: FirstBits,
    /// Bounds of the luck of a plan by its first bits.
    pub plan_bounds: FirstBits,
    /// Daily probability of spontaneous reconsideration.
    pub spontaneous: f64,
    /// Probability of reconsidering on news of salience 1.
    pub news: f64,
    /// Daily factor of salience.
    pub fading: f64,
    /// Probability of reconsidering for each tie that moved.
    pub word: f64,
    /// Daily probability that a free user is shown the paid plans.
    pub exposure: f64,
    /// ln(1 - omega).
    pub log_silence: f64,
    /// (1 - delta_H)^n by days n.
    pub kept: Vec<f64>,
    /// tau_T, days.
    pub tie_building: f64,
    /// rho by tenure in days; the last entry holds for all longer tenures.
    pub ramp: Vec<f64>,
    /// The same in single precision; 1 for all longer tenures.
    pub ramp_single: Vec<f32>,
    /// 1 / k of the matching and well-mixed graphs; stored graphs have a degree for each user.
    pub inverse_degree: f64,
    /// k, ties of a typical user.
    pub degree: f64,
    /// Whether a reconsidering user must look at the ties.
    pub looks_at_ties: bool,
    /// Whether ties by place are kept, not looked up: where every neighbour is stored anyway, and counters fit.
    pub keeps_ties: bool,
    /// Whether own-platform tie counters are read at all.
    pub counts_ties: bool,
    /// Whether a platform is never worth less for having more of one's ties: then counters alone often show
    /// that a user stays.
    pub company_attracts: bool,
    /// Whether anything reads the own stock.
    pub stock: bool,
    /// Days of the window of monthly activity.
    pub window: u32,
    /// Longest age of attendance measures, days.
    pub retention_days: u32,
    /// Brackets of attendance, inclusive ages.
    pub brackets: Vec<[u32; 2]>,
    /// Users whose activity is simulated: ids below this.
    pub tracked: u64,
}

/// What makes users keep a second home (E13).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondHomes {
    /// kappa_2, nats.
    pub hassle: f64,
    /// kappa_2', nats that a remembered account saves.
    pub known: f64,
    /// mu_s beta_s, nats per unit of social share.
    pub ties: f64,
    /// eta_2, activity as a part of that at home.
    pub activity: f64,
}

impl Rules {
    /// The rules of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let Scenario { choice, activity, plans, ties: tie_settings, measures, .. } = scenario;
        let sells = scenario.platforms.iter().any(|p| p.basic.is_some() || p.premium.is_some());
        let company = activity.psi_s != 0.0 || plans.w_i != 0.0 || plans.w_v != 0.0;
        let looks_at_ties = choice.beta_s != 0.0 || choice.omega != 0.0 || (sells && company);
        let second = scenario.second_home.allowed.then(|| second_homes(scenario));
        let degree = typical_degree(scenario).max(1.0);
        let names = scenario.platforms.iter().map(|platform| platform.name.as_str());
        Self {
            places: scenario.places(),
            outside: scenario.market.outside,
            keys: std::iter::once("\0outside").chain(names).map(NameKey::new).collect(),
            weights: Weights {
                catalogue: choice.beta_c,
                ties: choice.beta_s,
                community: choice.beta_u,
                recommender: choice.beta_r,
                installed_base: choice.beta_n,
            },
            costs: Costs {
                joining: choice.kappa_0,
                quitting: choice.kappa_q,
                lock_in: choice.kappa_h * (1.0 - choice.portability),
                stock: choice.kappa_h,
                rebate: choice.varrho,
            },
            drivers: Drivers {
                matching: activity.psi_m,
                ties: activity.psi_s,
                content: activity.psi_u,
                paid: activity.psi_paid,
                pulse: activity.psi_f,
            },
            motives: Motives { feature: plans.w_f, identity: plans.w_i, peers: plans.w_v },
            tier_inertia: plans.kappa_tier,
            plan_scale: plans.rho_t,
            plan_constant: [0.0, plans.w0_basic, plans.w0_premium],
            gate: plans.w_g,
            advertising: plans.w_a,
            second,
            reasons: measures.reasons,
            chi: choice.chi,
            content_reference: choice.k_ref,
            stock_decay: choice.delta_h,
            content_decay: scenario.community.delta_k,
            content_feedback: scenario.community.nu,
            plans: sells,
            taste_sd: scenario.users.xi_sd,
            presence_bounds: FirstBits::logistic(),
            plan_bounds: FirstBits::gumbel(),
            spontaneous: choice.lambda_0,
            news: choice.lambda_e,
            fading: hazard::fading(choice.tau_e),
            word: choice.lambda_w,
            exposure: plans.lambda_c,
            log_silence: ln_1p(-choice.omega),
            kept: kept(choice.delta_h, scenario.market.days),
            tie_building: choice.tau_t,
            ramp: ramp(choice.tau_t, 40.0),
            ramp_single: ramp(choice.tau_t, 18.0).into_iter().map(|ramp| ramp as f32).collect(),
            inverse_degree: 1.0 / degree,
            degree,
            looks_at_ties,
            keeps_ties: looks_at_ties && keeps_ties(scenario),
            counts_ties: tie_settings.kind != TieKind::WellMixed
                && (activity.psi_s != 0.0 || (sells && company)),
            company_attracts: activity.psi_s >= 0.0,
            stock: choice.kappa_h != 0.0,
            window: measures.mau_window_days,
            retention_days: measures.retention_days.min(scenario.market.days.saturating_sub(1)),
            brackets: measures.brackets.clone(),
            tracked: match measures.activity {
                ActivityMode::Full => scenario.market.users,
                ActivityMode::Panel => measures.panel_users.min(scenario.market.users),
                ActivityMode::Off => 0,
            },
        }
    }

    /// Portability from now on; `ties` is the share of taste relations that travel with a mover, as before when
    /// `None`: `rho = ties + (1 - ties) rho(tenure)`.
    pub fn set_portability(&mut self, portability: f64, ties: Option<f64>) {
        self.costs.lock_in = self.costs.stock * (1.0 - portability);
        if let Some(travelling) = ties {
            let kept = |ramp: f64| travelling + (1.0 - travelling) * ramp;
            self.ramp = ramp(self.tie_building, 40.0).into_iter().map(kept).collect();
            self.ramp_single =
                ramp(self.tie_building, 18.0).into_iter().map(|ramp| kept(ramp) as f32).collect();
        }
    }

    /// Whether users must be told when a tie moves or pays.
    pub fn hears_of_ties(&self) -> bool {
        self.counts_ties || self.keeps_ties
    }

    /// Persistent taste xi of a user for a place, nats; `bits` are the user's taste bits.
    #[inline(always)]
    pub fn taste(&self, bits: u64, place: usize) -> f64 {
        if self.taste_sd == 0.0 {
            return 0.0;
        }
        self.taste_of(self.keys[place].bits(bits))
    }

    /// Persistent taste xi, nats, from the bits that belong to the place.
    #[inline(always)]
    pub fn taste_of(&self, bits: u64) -> f64 {
        self.taste_sd * normal_quantile(uniform(bits))
    }

    /// rho at a tenure in days.
    #[inline(always)]
    pub fn ramp_at(&self, tenure: u32) -> f64 {
        self.ramp[(tenure as usize).min(self.ramp.len() - 1)]
    }
}

fn second_homes(scenario: &Scenario) -> SecondHomes {
    let settings = &scenario.second_home;
    SecondHomes {
        hassle: settings.kappa_2,
        known: settings.kappa_2_known,
        ties: settings.mu_s * scenario.choice.beta_s,
        activity: settings.eta_2,
    }
}

/// Whether a scenario's ties can be kept by place.
pub fn keeps_ties(scenario: &Scenario) -> bool {
    let stored = match scenario.ties.kind {
        TieKind::WellMixed => false,
        TieKind::Matching => scenario.market.users <= u64::from(WRITTEN_DOWN),
        TieKind::WattsStrogatz
        | TieKind::EdgeList
        | TieKind::ErdosRenyi
        | TieKind::StochasticBlock
        | TieKind::BarabasiAlbert => true,
    };
    stored && scenario.places() <= Kept::MOST_PLACES
}

/// Ties of a typical user: k of the matching and well-mixed graphs, the mean degree of stored ones.
pub fn typical_degree(scenario: &Scenario) -> f64 {
    let ties = &scenario.ties;
    match ties.kind {
        TieKind::Matching | TieKind::WellMixed => f64::from(ties.k_friends + ties.k_taste),
        TieKind::WattsStrogatz | TieKind::ErdosRenyi => f64::from(ties.degree),
        TieKind::StochasticBlock => ties.within + ties.between,
        TieKind::BarabasiAlbert => 2.0 * f64::from(ties.attachments),
        TieKind::EdgeList => 2.0 * ties.edges.len() as f64 / scenario.market.users as f64,
    }
}

fn kept(delta: f64, days: u32) -> Vec<f64> {
    let mut kept = vec![1.0];
    for day in 0..days as usize {
        kept.push(kept[day] * (1.0 - delta));
    }
    kept
}

/// The ramp up to so many time constants: beyond 40 it is 1 to the last bit, beyond 18 in single precision.
fn ramp(tau: f64, constants: f64) -> Vec<f64> {
    let last = (constants * tau) as u32 + 1;
    (0..=last).map(|tenure| ties::ramp(f64::from(tenure), tau)).collect()
}
