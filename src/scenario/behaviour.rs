//! How users differ, choose and pay, and what content and money do: one section of the file each.

use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Users {
    pub types: u32,
    pub taste_log_sd: f64,
    /// Log-sd of c, the weight of the catalogue (median 1).
    pub catalogue_log_sd: f64,
    /// Log-sd of z, the weight of social terms (median 1).
    pub social_log_sd: f64,
    /// Median of gamma, nat per currency unit and month.
    pub price_sensitivity: f64,
    pub price_log_sd: f64,
    pub q0_mean: f64,
    pub q0_sd: f64,
    pub xi_sd: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Choice {
    pub lambda_0: f64,
    pub lambda_e: f64,
    pub tau_e: f64,
    pub lambda_w: f64,
    pub beta_c: f64,
    pub chi: f64,
    pub beta_s: f64,
    pub beta_u: f64,
    pub k_ref: f64,
    pub beta_r: f64,
    pub beta_n: f64,
    pub kappa_0: f64,
    pub kappa_q: f64,
    pub kappa_h: f64,
    pub delta_h: f64,
    pub varrho: f64,
    pub portability: f64,
    pub tau_t: f64,
    pub omega: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct SecondHome {
    /// False switches second homes off.
    pub allowed: bool,
    pub kappa_2: f64,
    pub kappa_2_known: f64,
    pub mu_s: f64,
    pub eta_2: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Activity {
    pub psi_m: f64,
    pub psi_s: f64,
    pub psi_u: f64,
    pub psi_paid: f64,
    pub psi_f: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Plans {
    /// w0 of the basic plan, nats.
    pub w0_basic: f64,
    /// w0 of the premium plan, nats.
    pub w0_premium: f64,
    pub w_f: f64,
    pub w_i: f64,
    pub w_v: f64,
    pub w_g: f64,
    pub w_a: f64,
    pub kappa_tier: f64,
    pub rho_t: f64,
    pub lambda_c: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Community {
    pub delta_k: f64,
    pub nu: f64,
}

/// What money buys.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Supply {
    pub eta_o: f64,
    pub delta_o: f64,
    pub licences_scale: f64,
    pub community_scale: f64,
    pub marketing_scale: f64,
    pub eta_x: f64,
    pub review_days: u32,
}
