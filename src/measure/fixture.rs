//! The smallest scenario and run for tests of measures.

use crate::engine::Run;
use crate::engine::loyalty::{BINS, Loyalty};
use crate::engine::offers::Offers;
use crate::scenario::Scenario;
use crate::table::Table;
use crate::world::panel::{Panel, Shape};
use crate::world::reasons::Reasons;
use crate::world::spells::{Attendance, Cause, EntryKey, Motives, SpellKey, Spells, State};

/// A scenario of some days from 2021-01-01 with platforms p1, p2 ..., genres `pop` and `folk`, the audiences
/// `pop fans` and `folk fans`, 10 users for 1000 people, a window of 2 days, retention up to 3 days and the
/// bracket 1 to 2.
pub fn scenario(days: u32, platforms: usize) -> Scenario {
    let platform = |number: usize| {
        serde_json::json!({
            "name": format!("p{number}"), "label": "", "alpha": 0.0, "open": 0.0, "aware": 1.0, "y0": 0.0, "view": 0.0, "creators": 0.01,
            "recommender": 0.0, "free_catalogue": 1.0, "ad_load": 0.0, "margin": 0.5,
            "licences": [1.0], "originals": [0.0, 0.0], "second_homes": vec![0.0; platforms],
            "basic": {"price": 30.0, "feature": 0.0, "identity": 0.0}, "premium": null,
            "initial": {"share": 0.5, "basic": 0.0, "premium": 0.0, "max_tenure_days": 5, "founders": "tastes"},
        })
    };
    let document = serde_json::json!({
        "schema": 1, "name": "fixture", "title": "", "question": "", "sources": "",
        "market": {"users": 10, "population": 1000.0, "currency": "yuan", "start": "2021-01-01", "days": days,
            "outside": true, "sorted_start": true},
        "run": {"seed": 1, "replications": 1, "first_replication": 0, "confidence": 0.95, "allow_tipping": false},
        "measures": {"activity": "full", "panel_users": 10, "mau_window_days": 2, "retention_days": 3,
            "brackets": [[1, 2]], "discount_monthly": 0.01, "success_share": 0.05, "reasons": true},
        "users": {"types": 2, "taste_log_sd": 0.0, "catalogue_log_sd": 0.0, "social_log_sd": 0.0,
            "price_sensitivity": 0.0, "price_log_sd": 0.0, "q0_mean": 0.0, "q0_sd": 0.0, "xi_sd": 0.0},
        "choice": {"lambda_0": 0.1, "lambda_e": 0.0, "tau_e": 7.0, "lambda_w": 0.0, "beta_c": 0.0, "chi": 0.0,
            "beta_s": 0.0, "beta_u": 0.0, "k_ref": 1.0, "beta_r": 0.0, "beta_n": 0.0, "kappa_0": 0.0,
            "kappa_q": 0.0, "kappa_h": 0.0, "delta_h": 0.0, "varrho": 0.0, "portability": 0.0, "tau_t": 0.0,
            "omega": 0.0},
        "second_home": {"allowed": false, "kappa_2": 0.0, "kappa_2_known": 0.0, "mu_s": 0.0, "eta_2": 0.0},
        "activity": {"psi_m": 0.0, "psi_s": 0.0, "psi_u": 0.0, "psi_paid": 0.0, "psi_f": 0.0},
        "plans": {"w0_basic": 0.0, "w0_premium": 0.0, "w_f": 0.0, "w_i": 0.0, "w_v": 0.0, "w_g": 0.0, "w_a": 0.0,
            "kappa_tier": 0.0, "rho_t": 1.0, "lambda_c": 0.0},
        "community": {"delta_k": 0.0, "nu": 0.0},
        "supply": {"eta_o": 0.0, "delta_o": 0.0, "licences_scale": 0.0, "community_scale": 0.0,
            "marketing_scale": 0.0, "eta_x": 0.0, "review_days": 91},
        "ties": {"kind": "well_mixed", "k_friends": 0, "k_taste": 0, "block": 1, "degree": 0, "rewiring": 0.0,
            "within": 0.0, "between": 0.0, "attachments": 1, "file": ""},
        "genres": [{"name": "pop", "weight": 0.5}, {"name": "folk", "weight": 0.5}],
        "rights_holders": [{"name": "label", "share": [1.0, 1.0]}],
        "platforms": (1..=platforms).map(platform).collect::<Vec<_>>(),
        "audiences": [{"name": "pop fans", "label": "pop fans", "genre": 0, "min_weight": null},
            {"name": "folk fans", "label": "folk fans", "genre": 1, "min_weight": null}],
        "events": [], "targets": [],
    });
    let mut scenario: Scenario = serde_json::from_value(document).expect("the fixture is a scenario");
    scenario.audiences.clear();
    scenario
}

/// [`scenario`] with its two audiences.
pub fn scenario_with_audiences(days: u32, platforms: usize) -> Scenario {
    let mut scenario = scenario(days, platforms);
    for (genre, name) in ["pop fans", "folk fans"].into_iter().enumerate() {
        let (name, label) = (name.to_owned(), name.to_owned());
        scenario.audiences.push(crate::scenario::Audience { name, label, genre, min_weight: None });
    }
    scenario
}

/// A run of that scenario in which nothing happened; `classes` are the masks of audiences.
pub fn run(scenario: &Scenario, classes: &[u32]) -> Run {
    let days = scenario.market.days as usize;
    let months = crate::measure::groups::calendar(scenario).months();
    let (places, genres, types) = (scenario.places(), scenario.genres.len(), 2);
    let shape = Shape { days, classes: classes.len(), places, months, genres, types };
    let groups = classes.len() * places;
    let ages = scenario.measures.retention_days as usize + 1;
    let brackets = scenario.measures.brackets.len();
    Run {
        users: 10,
        tracked: 10,
        replication: 0,
        classes: classes.to_vec(),
        tastes: vec![1.0, 0.0, 0.5, 0.5],
        panel: Panel::new(&shape),
        spells: Spells::default(),
        attendance: Attendance {
            classes: classes.len(),
            places,
            cohorts: months,
            ages,
            brackets,
            joined: vec![0; days * groups],
            active: vec![0; groups * months * ages],
            last_active: vec![0; groups * months * ages],
            in_bracket: vec![0; groups * months * brackets],
        },
        motives: Motives { conversions: vec![0; groups], sums: vec![0; groups * 4] },
        reasons: Reasons::default(),
        reviews: Vec::new(),
        decisions: 0,
        capacities: vec![0.5; scenario.platforms.len()],
        offers: Offers { platforms: vec![None; scenario.platforms.len()], ..Offers::default() },
        loyalty: Loyalty { places, counts: vec![0; groups * BINS] },
    }
}

/// Adds spells of class 0 on place 1: cohort, age at the end, cause, count.
pub fn add_ends(run: &mut Run, state: State, ends: &[(u16, u16, Cause, u64)]) {
    for &(cohort, age, cause, count) in ends {
        let key = SpellKey { state, place: 1, class: 0, cohort, age, cause };
        *run.spells.ends.entry(key).or_default() += count;
    }
}

/// Adds entries of class 0 on place 1: age on day 0, count.
pub fn add_entries(run: &mut Run, state: State, entries: &[(u16, u64)]) {
    for &(age, count) in entries {
        *run.spells.entries.entry(EntryKey { state, place: 1, class: 0, age }).or_default() += count;
    }
}

/// The first row at which every named text column holds the given word.
pub fn row(table: &Table, wanted: &[(&str, &str)]) -> usize {
    *table.rows_where(wanted).first().unwrap_or_else(|| panic!("{}: no row {wanted:?}", table.name))
}

/// The numbers of a column at the rows where every named text column holds the given word.
pub fn numbers(table: &Table, wanted: &[(&str, &str)], name: &str) -> Vec<f64> {
    table.rows_where(wanted).into_iter().map(|row| table.numbers(name)[row]).collect()
}

/// Equality up to rounding, with NaN equal to NaN.
#[track_caller]
pub fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "found {found:?}, expected {expected:?}");
    for (found_one, expected_one) in found.iter().zip(expected) {
        let agree = (found_one.is_nan() && expected_one.is_nan()) || (found_one - expected_one).abs() < 1e-9;
        assert!(agree, "found {found:?}, expected {expected:?}");
    }
}
