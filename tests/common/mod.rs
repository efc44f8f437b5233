//! Small scenarios for the tests.

use ecotone::scenario::Scenario;
use serde_json::{Value, json};

/// A duopoly with every core term on, as resolved settings.
pub fn duopoly(users: u64, days: u32) -> Value {
    let platform = |name: &str,
                    alpha: f64,
                    open: f64,
                    y0: f64,
                    licences: [f64; 2],
                    identity: f64,
                    share: f64| {
        json!({
            "name": name, "label": name, "alpha": alpha, "open": open, "aware": 0.8, "y0": y0, "view": 0.5, "creators": 0.01,
            "recommender": 0.5, "free_catalogue": 0.8, "ad_load": 0.3, "margin": 0.3,
            "licences": licences, "originals": [0.0, 0.1], "second_homes": [0.0, 0.0], "budget": null, "costs": null,
            "basic": {"price": 8.0, "feature": 0.6, "identity": identity * 0.5},
            "premium": {"price": 15.0, "feature": 1.0, "identity": identity},
            "initial": {"share": share, "basic": 0.08, "premium": 0.04, "max_tenure_days": 2000, "founders": "tastes"}
        })
    };
    json!({
        "schema": 1, "name": "duopoly", "title": "", "question": "", "sources": "",
        "market": {"users": users, "population": users, "currency": "RMB", "start": "2021-01-01",
            "days": days, "outside": true, "sorted_start": true},
        "run": {"seed": 7, "replications": 1, "first_replication": 0, "confidence": 0.95, "allow_tipping": true},
        "measures": {"activity": "full", "panel_users": 1000, "mau_window_days": 30, "retention_days": 365,
            "brackets": [[7, 13], [30, 36]], "discount_monthly": 0.01, "success_share": 0.05, "reasons": true},
        "users": {"types": 1024, "taste_log_sd": 1.0, "catalogue_log_sd": 0.3, "social_log_sd": 0.5,
            "price_sensitivity": 0.06, "price_log_sd": 0.5, "q0_mean": -2.5, "q0_sd": 1.6, "xi_sd": 1.0},
        "choice": {"lambda_0": 1.0 / 30.0, "lambda_e": 0.5, "tau_e": 7.0, "lambda_w": 0.0, "beta_c": 4.0,
            "chi": 2.0, "beta_s": 0.8, "beta_u": 0.15, "k_ref": 0.05, "beta_r": 0.5, "beta_n": 0.0,
            "kappa_0": 1.8, "kappa_q": 0.9, "kappa_h": 2.6, "delta_h": 1.0 / 90.0, "varrho": 0.5,
            "portability": 0.0, "tau_t": 60.0, "omega": 0.04},
        "second_home": {"allowed": false, "kappa_2": 2.7, "kappa_2_known": 1.0, "mu_s": 0.5, "eta_2": 0.35},
        "activity": {"psi_m": 0.8, "psi_s": 1.8, "psi_u": 0.1, "psi_paid": 0.6, "psi_f": 1.0},
        "plans": {"w0_basic": -3.3, "w0_premium": -3.3, "w_f": 1.3, "w_i": 1.0, "w_v": 0.45, "w_g": 1.0,
            "w_a": 0.3, "kappa_tier": 3.6, "rho_t": 1.0, "lambda_c": 1.0 / 30.0},
        "community": {"delta_k": 1.0 / 60.0, "nu": 0.5},
        "supply": {"eta_o": 0.0, "delta_o": 0.0, "licences_scale": 0.0, "community_scale": 0.0,
            "marketing_scale": 0.0, "eta_x": 0.0, "review_days": 91},
        "ties": {"kind": "matching", "k_friends": 8, "k_taste": 8, "block": 200, "degree": 10,
            "rewiring": 0.1, "within": 6.0, "between": 2.0, "attachments": 4, "file": ""},
        "genres": [{"name": "pop", "weight": 0.7}, {"name": "kpop", "weight": 0.3}],
        "rights_holders": [{"name": "majors", "share": [0.9, 0.2]}, {"name": "sm", "share": [0.1, 0.8]}],
        "platforms": [
            platform("licensed", 0.3, 0.3, 0.03, [0.95, 0.9], 0.2, 0.5),
            platform("community", 0.0, 1.0, 0.1, [0.8, 0.3], 4.0, 0.25)
        ],
        "audiences": [{"name": "kpop fans", "label": "kpop fans", "genre": 1, "min_weight": null}],
        "events": [
            {"day": 20, "label": "licence", "effect": {"licence": {"platform": 1, "holder": 1, "share": 0.9, "until": 45}}},
            {"day": 30, "label": "feature", "effect": {"feature": {"platform": 1, "recommender": 0.8, "open": null,
                "feature": 1.1, "identity": null, "pulse": 0.4, "half_life_days": 20.0}}},
            {"day": 40, "label": "price", "effect": {"price": {"platform": 0, "basic": 6.0, "premium": null, "ad_load": 0.5}}},
            {"day": 50, "label": "campaign", "effect": {"campaign": {"platform": 0, "awareness": 0.5, "half_life_days": 10.0}}}
        ],
        "targets": []
    })
}

/// The scenario of resolved settings.
pub fn scenario(settings: &Value) -> Scenario {
    serde_json::from_value(settings.clone()).expect("settings of a test")
}
