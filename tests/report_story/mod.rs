//! An invented market for the tests of the report: plausible curves without a simulation.

use ecotone::maths::{exp, pow};
use ecotone::report::Story;
use ecotone::scenario::Scenario;
use ecotone::scenario::calendar::Calendar;
use ecotone::table::{Cell, Kind, Table, Unit};
use serde_json::{Value, json};

mod strategy;

/// Platform names that try to be more than names.
pub const HOSTILE: [&str; 2] = [
    "网易云音乐 \"NetEase\" <script>alert(1)</script> & a very long name that never ends",
    "=SUM(A1)\u{202e}'x'\u{7}",
];

/// Simulated days.
pub const DAYS: u32 = 1096;

/// Everything that a story borrows.
pub struct Invented {
    pub scenario: Scenario,
    pub resolved: Value,
    pub remarks: Value,
    pub tables: Vec<Table>,
    pub warnings: Vec<String>,
}

impl Invented {
    /// A market of these platforms with full tables.
    pub fn new(names: &[&str], replications: u32) -> Self {
        let resolved = document(names, replications);
        let scenario: Scenario = serde_json::from_value(resolved.clone()).expect("a sound scenario");
        let tables = tables(&scenario);
        let warnings = vec!["The market tipped in 2 of 20 replications: means hide two outcomes.".to_owned()];
        Self { scenario, resolved, remarks: Value::Null, tables, warnings }
    }

    /// The story of this market.
    pub fn story(&self) -> Story<'_> {
        Story {
            scenario: &self.scenario,
            resolved: &self.resolved,
            remarks: &self.remarks,
            tables: &self.tables,
            warnings: &self.warnings,
            version: "0.1.0",
            digest: "9f2b6c1de0a4477fb8e0d1c2b3a4958677665544332211ffeeddccbbaa998877",
            command: "ecotone run scenarios/music.toml --seed 42 --replications 20",
            precision: &serde_json::Value::Null,
        }
    }
}

fn document(names: &[&str], replications: u32) -> Value {
    let platforms: Vec<Value> = names.iter().enumerate().map(|(index, name)| platform(name, index)).collect();
    json!({
        "schema": 1, "name": "music", "title": "Licensed catalogue against community: music streaming in China",
        "question": "Does the end of exclusive licences move listeners from the catalogue leader to the community \
                     platform, and do they stay?",
        "sources": "Company reports 2021-2023; see the data sheet.",
        "market": { "users": 1_000_000, "population": 8.0e8, "currency": "CNY", "start": "2021-01-01",
                    "days": DAYS, "outside": true, "sorted_start": true },
        "run": { "seed": 42, "replications": replications, "first_replication": 0, "confidence": 0.95, "allow_tipping": false },
        "measures": { "activity": "full", "panel_users": 100_000, "mau_window_days": 30, "retention_days": 180,
                      "brackets": [[1, 7]], "discount_monthly": 0.01, "success_share": 0.05, "reasons": true },
        "users": { "types": 512, "taste_log_sd": 1.0, "catalogue_log_sd": 0.5, "social_log_sd": 0.5,
                   "price_sensitivity": 0.1, "price_log_sd": 0.5, "q0_mean": 0.3, "q0_sd": 0.1, "xi_sd": 0.1 },
        "choice": { "lambda_0": 0.03, "lambda_e": 0.1, "tau_e": 30.0, "lambda_w": 0.1, "beta_c": 1.0, "chi": 0.5,
                    "beta_s": 1.0, "beta_u": 1.0, "k_ref": 1.0, "beta_r": 0.5, "beta_n": 0.1, "kappa_0": 1.0,
                    "kappa_q": 0.5, "kappa_h": 0.5, "delta_h": 0.01, "varrho": 0.1, "portability": 0.0,
                    "tau_t": 90.0, "omega": 0.1 },
        "second_home": { "allowed": false, "kappa_2": 2.7, "kappa_2_known": 1.0, "mu_s": 0.5, "eta_2": 0.35 },
        "activity": { "psi_m": 0.1, "psi_s": 0.1, "psi_u": 0.1, "psi_paid": 0.1, "psi_f": 0.1 },
        "plans": { "w0_basic": -1.0, "w0_premium": -2.0, "w_f": 1.0, "w_i": 1.0, "w_v": 1.0, "w_g": 1.0,
                   "w_a": 1.0, "kappa_tier": 0.5, "rho_t": 0.1, "lambda_c": 0.03 },
        "community": { "delta_k": 0.002, "nu": 0.0 },
        "supply": {"eta_o": 0.0, "delta_o": 0.0, "licences_scale": 0.0, "community_scale": 0.0,
            "marketing_scale": 0.0, "eta_x": 0.0, "review_days": 91},
        "ties": { "kind": "matching", "k_friends": 8, "k_taste": 8, "block": 64, "degree": 8, "rewiring": 0.1, "within": 6, "between": 2, "attachments": 4,
                  "file": "" },
        "genres": [{ "name": "mandopop", "weight": 0.6 }, { "name": "indie", "weight": 0.4 }],
        "rights_holders": [{ "name": "Majors", "share": [0.7, 0.3] }, { "name": "Independents", "share": [0.3, 0.7] }],
        "platforms": platforms,
        "audiences": [],
        "events": [
            { "day": 205, "label": "Exclusivity ends",
              "effect": { "exclusivity_ban": { "share": 0.9, "holders": [0] } } },
            { "day": 480, "label": "", "effect": { "price": { "platform": 0, "basic": 9.0, "premium": null, "ad_load": null } } },
            { "day": 900, "label": "Personal DJ", "effect": { "feature": { "platform": 0, "recommender": 0.9, "open": null,
              "feature": null, "identity": null, "pulse": 0.5, "half_life_days": 30.0 } } }
        ],
        "targets": [
            { "platform": 0, "measure": "mau", "from": 0, "to": 364, "value": 1.84e8, "source": "Annual report 2021", "bound": "value", "role": "compare" },
            { "platform": 0, "measure": "paid_ratio", "from": 365, "to": 729, "value": 0.20, "source": "Annual report 2022", "bound": "value", "role": "compare" },
            { "platform": 0, "measure": "stickiness", "from": 365, "to": 729, "value": 0.33, "source": "Annual report 2022", "bound": "value", "role": "compare" }
        ]
    })
}

fn platform(name: &str, index: usize) -> Value {
    json!({
        "name": name, "label": name, "alpha": 0.0, "open": 0.5, "aware": 0.9, "y0": 0.02, "view": 0.5, "creators": 0.01, "recommender": 0.5,
        "free_catalogue": 0.8, "ad_load": 0.2, "margin": 0.3, "licences": [0.5, 0.9], "originals": [0.0, 0.1],
        "second_homes": [],
        "basic": { "price": 8.0, "feature": 0.3, "identity": 0.1 },
        "premium": if index == 0 { json!({ "price": 15.0, "feature": 0.6, "identity": 0.5 }) } else { Value::Null },
        "initial": { "share": 0.2, "basic": 0.1, "premium": 0.02, "max_tenure_days": 2000, "founders": "tastes" }
    })
}

/// Key columns as text, then whole numbers, then numbers with their two companions.
fn frame(name: &str, title: &str, texts: &[&str], integers: &[&str], numbers: &[(&str, Unit)]) -> Table {
    let mut columns: Vec<(String, Kind, Unit)> = Vec::new();
    columns.extend(texts.iter().map(|name| ((*name).to_owned(), Kind::Text, Unit::Label)));
    columns.extend(integers.iter().map(|name| ((*name).to_owned(), Kind::Integer, Unit::Days)));
    for (name, unit) in numbers {
        columns.push(((*name).to_owned(), Kind::Number, *unit));
        if !name.starts_with("greenwood") {
            columns.push((format!("{name}_low"), Kind::Number, *unit));
            columns.push((format!("{name}_high"), Kind::Number, *unit));
        }
    }
    columns.push(("replications".to_owned(), Kind::Integer, Unit::Count));
    let columns: Vec<(&str, Kind, Unit)> =
        columns.iter().map(|(name, kind, unit)| (name.as_str(), *kind, *unit)).collect();
    Table::new(name, title, &columns)
}

/// Pushes one row; every value gets a band of `share` of itself.
fn put(
    table: &mut Table,
    scenario: &Scenario,
    texts: &[&str],
    integers: &[i64],
    numbers: &[f64],
    share: f64,
) {
    let band = if scenario.run.replications > 1 { share } else { f64::NAN };
    let mut row: Vec<Cell> = texts.iter().map(|&text| Cell::Text(text)).collect();
    row.extend(integers.iter().map(|&number| Cell::Integer(number)));
    for &number in numbers {
        row.push(Cell::Number(number));
        let name = &table.columns[row.len() - 1].name;
        if !name.starts_with("greenwood") {
            row.extend([Cell::Number(number * (1.0 - band)), Cell::Number(number * (1.0 + band))]);
        }
    }
    row.push(Cell::Integer(i64::from(scenario.run.replications)));
    table.push(&row);
}

fn tables(scenario: &Scenario) -> Vec<Table> {
    vec![
        activity(scenario),
        active_days(scenario),
        home_survival(scenario),
        home_causes(scenario),
        retention(scenario),
        member_retention(scenario),
        member_fit(scenario),
        conversion(scenario),
        money(scenario),
        migration(scenario),
        niche_overlap(scenario),
        targets(scenario),
        reasons(scenario),
        overlap(scenario),
        profit(scenario),
        originals_breakeven(scenario),
        coexistence(scenario),
        gratifications(scenario),
        nps_proxy(scenario),
        strategy::budget_returns(scenario),
        strategy::entrant_success(scenario),
        strategy::audience_niche(scenario),
    ]
}

/// The platforms, each with a number in 0..=1 that makes its curves its own.
fn names(scenario: &Scenario) -> Vec<(f64, &str)> {
    let last = (scenario.platforms.len() as f64 - 1.0).max(1.0);
    scenario.platforms.iter().enumerate().map(|(index, it)| (index as f64 / last, it.name.as_str())).collect()
}

/// Noise that repeats: two triangle waves, in -1..=1.
fn ripple(day: f64, index: f64) -> f64 {
    let wave = |x: f64| 4.0 * ((x - x.floor()) - 0.5).abs() - 1.0;
    0.6 * wave(day / 7.0 + 0.3 * index) + 0.4 * wave(day * 0.367 + 0.11 * index)
}

fn activity(scenario: &Scenario) -> Table {
    let numbers = [
        ("users", Unit::People),
        ("dau", Unit::People),
        ("mau", Unit::People),
        ("stickiness", Unit::Ratio),
        ("payers", Unit::People),
        ("paid_ratio", Unit::Ratio),
        ("share_home", Unit::Share),
        ("share_mau", Unit::Share),
    ];
    let mut table =
        frame("activity", "Daily activity", &["date", "platform", "audience"], &["day"], &numbers);
    let calendar = Calendar::new(&scenario.market.start, DAYS);
    for day in 0..DAYS {
        for (index, name) in names(scenario) {
            let t = f64::from(day);
            let mau =
                1e6 * (180.0 - 25.0 * index + (0.03 - 0.02 * index) * t + 2.0 * ripple(t * 0.05, index));
            let stickiness = 0.3 + 0.04 * index + 0.02 * (1.0 - exp(-t / 300.0));
            let dau = mau * stickiness * (1.0 + 0.05 * ripple(t, index));
            let ratio = 0.14 + 0.02 * index + (0.08 - 0.05 * index) * t / 1096.0;
            let share = mau / 8e8;
            let stick = if day < 29 { f64::NAN } else { stickiness };
            let values = [mau * 1.1, dau, mau, stick, mau * ratio, ratio, share, share];
            put(
                &mut table,
                scenario,
                &[&calendar.date(day), name, "everybody"],
                &[i64::from(day)],
                &values,
                0.03,
            );
        }
    }
    table
}

fn active_days(scenario: &Scenario) -> Table {
    let columns = ["month", "platform", "audience"];
    let mut table =
        frame("active_days", "Active days in a month", &columns, &["active_days"], &[("share", Unit::Share)]);
    for (index, name) in names(scenario) {
        for days in 1..=31 {
            let x = f64::from(days);
            let share = 0.09 * exp(-x / (6.0 + 3.0 * index)) + 0.012 + 0.02 * exp(-(31.0 - x) / 3.0);
            put(&mut table, scenario, &["2023-12", name, "everybody"], &[i64::from(days)], &[share], 0.04);
        }
    }
    table
}

fn survival(age: f64, index: f64) -> f64 {
    pow(1.0 + age / (120.0 - 25.0 * index), -0.55)
}

fn home_survival(scenario: &Scenario) -> Table {
    let numbers = [
        ("survival", Unit::Share),
        ("greenwood_low", Unit::Share),
        ("greenwood_high", Unit::Share),
        ("at_risk", Unit::Count),
    ];
    let mut table = frame(
        "home_survival",
        "Share still at home",
        &["platform", "audience", "cohort"],
        &["age"],
        &numbers,
    );
    for (index, name) in names(scenario) {
        for cohort in ["present at start", "all joiners"] {
            for age in 0..=900 {
                let share = survival(f64::from(age), index);
                let values = [share, share * 0.98, (share * 1.02).min(1.0), 5000.0];
                put(&mut table, scenario, &[name, "everybody", cohort], &[i64::from(age)], &values, 0.025);
            }
        }
    }
    table
}

fn home_causes(scenario: &Scenario) -> Table {
    let columns = ["platform", "audience", "cohort", "cause"];
    let mut table =
        frame("home_causes", "Causes of leaving", &columns, &["age"], &[("incidence", Unit::Share)]);
    for (index, name) in names(scenario) {
        let rivals: Vec<&str> = names(scenario).into_iter().map(|it| it.1).filter(|it| *it != name).collect();
        for age in (0..=900).step_by(30) {
            let gone = 1.0 - survival(f64::from(age), index);
            let key = [name, "everybody", "all joiners", "lapsed"];
            put(&mut table, scenario, &key, &[i64::from(age)], &[gone * 0.4], 0.03);
            for rival in &rivals {
                let share = gone * 0.6 / rivals.len() as f64;
                let cause = format!("switched to {rival}");
                put(
                    &mut table,
                    scenario,
                    &[name, "everybody", "all joiners", &cause],
                    &[i64::from(age)],
                    &[share],
                    0.03,
                );
            }
        }
    }
    table
}

fn retention(scenario: &Scenario) -> Table {
    let numbers = [("classic", Unit::Share), ("rolling", Unit::Share), ("near_horizon", Unit::Count)];
    let mut table =
        frame("retention", "Day-n retention", &["platform", "audience", "cohort"], &["age"], &numbers);
    for (index, name) in names(scenario) {
        for age in 0..=180 {
            let x = f64::from(age);
            let rolling = survival(x, index);
            let classic = rolling * (0.35 + 0.04 * index) * (1.0 + 0.03 * ripple(x, index));
            let near = f64::from(u8::from(age > 165));
            put(
                &mut table,
                scenario,
                &[name, "everybody", "all joiners"],
                &[i64::from(age)],
                &[classic, rolling, near],
                0.03,
            );
        }
    }
    table
}

fn member_retention(scenario: &Scenario) -> Table {
    let numbers = [("survival", Unit::Share), ("sbg", Unit::Share), ("bdw", Unit::Share)];
    let columns = ["platform", "audience", "cohort"];
    let mut table = frame("member_retention", "Members still paying", &columns, &["cycle"], &numbers);
    for (index, name) in names(scenario) {
        for cycle in 0..=30 {
            let x = f64::from(cycle);
            let share = pow(1.0 + x / (4.0 - index), -0.6);
            let values = [share, share * (1.0 + 0.01 * x / 6.0), share * (1.0 - 0.005 * x / 6.0)];
            put(
                &mut table,
                scenario,
                &[name, "everybody", "all joiners"],
                &[i64::from(cycle)],
                &values,
                0.03,
            );
        }
    }
    table
}

fn member_fit(scenario: &Scenario) -> Table {
    let numbers = ["sbg_alpha", "sbg_beta", "bdw_alpha", "bdw_beta", "bdw_c"].map(|name| (name, Unit::Ratio));
    let mut table =
        frame("member_fit", "Fitted retention", &["platform", "audience", "cohort"], &[], &numbers);
    for (index, name) in names(scenario) {
        let values = [0.7 + index, 3.2, 0.9, 4.1, 0.85];
        put(&mut table, scenario, &[name, "everybody", "all joiners"], &[], &values, 0.1);
    }
    table
}

fn conversion(scenario: &Scenario) -> Table {
    let numbers = [("converted", Unit::Share), ("left", Unit::Share), ("at_risk", Unit::Count)];
    let mut table =
        frame("conversion", "First payment", &["platform", "audience", "cohort"], &["age"], &numbers);
    for (index, name) in names(scenario) {
        for age in 0..=720 {
            let share = (0.17 - 0.03 * index) * (1.0 - exp(-f64::from(age) / 140.0));
            put(
                &mut table,
                scenario,
                &[name, "everybody", "all joiners"],
                &[i64::from(age)],
                &[share, 0.1, 900.0],
                0.05,
            );
        }
    }
    table
}

fn money(scenario: &Scenario) -> Table {
    let numbers = [
        ("payers", Unit::People),
        ("paid_ratio", Unit::Ratio),
        ("revenue", Unit::Money),
        ("arppu", Unit::MoneyPerMonth),
    ];
    let mut table = frame("money", "Money by month", &["month", "platform", "audience"], &[], &numbers);
    let calendar = Calendar::new(&scenario.market.start, DAYS);
    for month in 0..calendar.months() {
        for (index, name) in names(scenario) {
            let payers = 3e7 + 5e5 * month as f64;
            let arppu = 8.0 - index - 0.03 * month as f64;
            let values = [payers, 0.16 + 0.001 * month as f64, payers * arppu, arppu];
            put(&mut table, scenario, &[&calendar.month_name(month), name, "everybody"], &[], &values, 0.02);
        }
    }
    table
}

fn migration(scenario: &Scenario) -> Table {
    let numbers = [("moves", Unit::Count), ("monthly_rate", Unit::Ratio), ("diversion", Unit::Share)];
    let mut table = frame("migration", "Moves of home", &["period", "audience", "from", "to"], &[], &numbers);
    let mut places = names(scenario);
    places.push((2.0, "outside"));
    for (a, from) in &places {
        for (b, to) in places.iter().filter(|place| place.1 != *from) {
            let rate = 0.004 + 0.006 * (a * 0.7 + b * 1.3) / 3.0;
            let values = [rate * 3e9, rate, 1.0 / (places.len() as f64 - 1.0)];
            put(&mut table, scenario, &["whole run", "everybody", from, to], &[], &values, 0.04);
        }
    }
    table
}

fn niche_overlap(scenario: &Scenario) -> Table {
    let numbers = [("pianka", Unit::Ratio), ("macarthur_levins", Unit::Ratio)];
    let mut table = frame("niche_overlap", "Niche overlap", &["axis", "platform", "rival"], &[], &numbers);
    for axis in ["genre", "audience"] {
        for (a, name) in names(scenario) {
            for (b, rival) in names(scenario) {
                let value = 1.0 - 0.6 * (a - b).abs();
                put(&mut table, scenario, &[axis, name, rival], &[], &[value, value], 0.01);
            }
        }
    }
    table
}

fn targets(scenario: &Scenario) -> Table {
    let columns = ["platform", "measure", "from", "to", "source"];
    let numbers = [("published", Unit::Ratio), ("simulated", Unit::Ratio)];
    let mut table = frame("targets", "Published figures", &columns, &[], &numbers);
    let name = scenario.platforms[0].name.as_str();
    let rows = [
        ("mau", "2021-01-01", "2021-12-31", 1.84e8, 1.83e8),
        ("paid_ratio", "2022-01-01", "2022-12-31", 0.20, 0.176),
        ("stickiness", "2022-01-01", "2022-12-31", 0.33, 0.315),
        ("arppu", "2023-01-01", "2023-06-30", 7.0, 7.6),
    ];
    for (measure, from, to, published, simulated) in rows {
        put(
            &mut table,
            scenario,
            &[name, measure, from, to, "Annual report"],
            &[],
            &[published, simulated],
            0.03,
        );
    }
    table
}

fn reasons(scenario: &Scenario) -> Table {
    let terms = ecotone::measure::reasons::names();
    let numbers: Vec<(&str, Unit)> =
        std::iter::once(("moves", Unit::Count)).chain(terms.map(|term| (term, Unit::Nats))).collect();
    let mut table = frame("reasons", "Why users moved", &["period", "audience", "from", "to"], &[], &numbers);
    for (index, name) in names(scenario) {
        let mut values = vec![3e6 - 1e6 * index];
        values.extend([0.1, 1.2 - 2.0 * index, 0.3 + index, 0.2, 0.0, 0.6 - index, 0.1, 0.4, -1.8, 2.9]);
        put(&mut table, scenario, &["whole run", "everybody", name, "rivals"], &[], &values, 0.1);
    }
    table
}

fn overlap(scenario: &Scenario) -> Table {
    let numbers = [
        ("shared", Unit::People),
        ("share_of_users", Unit::Share),
        ("share_of_rival", Unit::Share),
        ("reach", Unit::People),
        ("exclusive", Unit::People),
        ("share_elsewhere", Unit::Share),
    ];
    let columns = ["month", "platform", "rival", "audience"];
    let mut table = frame("overlap", "Users shared by two platforms", &columns, &[], &numbers);
    let calendar = Calendar::new(&scenario.market.start, DAYS);
    let all = names(scenario);
    for month in 0..calendar.months() {
        for (a, own) in &all {
            for (b, rival) in all.iter().filter(|it| it.1 != *own) {
                let (users, others) = (2e8 - 1e8 * a, 2e8 - 1e8 * b);
                let shared = (1e7 + 2e5 * month as f64) / all.len() as f64;
                let elsewhere = shared * (all.len() - 1) as f64;
                let values = [
                    shared,
                    shared / users,
                    shared / others,
                    users + others - shared,
                    users - elsewhere,
                    elsewhere / users,
                ];
                put(
                    &mut table,
                    scenario,
                    &[&calendar.month_name(month), own, rival, "everybody"],
                    &[],
                    &values,
                    0.05,
                );
            }
        }
    }
    table
}

fn profit(scenario: &Scenario) -> Table {
    let names_of = [
        "revenue_subscription",
        "revenue_ads",
        "cost_licences",
        "cost_revenue_share",
        "cost_originals",
        "cost_community",
        "cost_marketing",
        "cost_activity",
        "profit",
    ];
    let numbers = names_of.map(|name| (name, if name == "profit" { Unit::Balance } else { Unit::Money }));
    let mut table = frame("profit", "Profit and loss by month", &["month", "platform"], &[], &numbers);
    let calendar = Calendar::new(&scenario.market.start, DAYS);
    for month in 0..calendar.months() {
        for (index, name) in names(scenario) {
            let revenue = 1e8 * (1.0 - 0.5 * index) * (1.0 + 0.02 * month as f64);
            let parts = [revenue, 0.2 * revenue, 6e7, 0.1 * revenue, 1e7, 2e7 * index, 1.5e7, 5e6];
            let left = parts[0] + parts[1] - parts[2..].iter().sum::<f64>();
            let values: Vec<f64> = parts.into_iter().chain([left]).collect();
            put(&mut table, scenario, &[&calendar.month_name(month), name], &[], &values, 0.04);
        }
    }
    table
}

fn originals_breakeven(scenario: &Scenario) -> Table {
    let numbers = [("cost", Unit::Money), ("users_needed", Unit::People), ("share_needed", Unit::Ratio)];
    let mut table =
        frame("originals_breakeven", "Break-even of originals", &["month", "platform"], &[], &numbers);
    let calendar = Calendar::new(&scenario.market.start, DAYS);
    for month in 0..calendar.months() {
        for (index, name) in names(scenario) {
            let values = [1e7, 4e6, 0.03 + 0.02 * index - 0.0003 * month as f64];
            put(&mut table, scenario, &[&calendar.month_name(month), name], &[], &values, 0.05);
        }
    }
    table
}

fn coexistence(scenario: &Scenario) -> Table {
    let names_of = ["capacity", "rival_capacity", "alpha", "rival_alpha", "coexist", "wins", "loses"];
    let numbers = names_of.map(|name| (name, Unit::Ratio));
    let mut table = frame("coexistence", "Who leaves whom room", &["platform", "rival"], &[], &numbers);
    for (a, own) in names(scenario) {
        for (b, rival) in names(scenario).into_iter().filter(|it| it.1 != own) {
            let (capacity, against) = (0.8 - 0.4 * a, 0.8 - 0.4 * b);
            let [alpha, back] = [0.7 + 0.1 * a, 0.7 + 0.1 * b];
            let enters = [alpha * against < capacity, back * capacity < against];
            let is = |truth: bool| f64::from(u8::from(truth));
            let outcomes = [enters[0] && enters[1], enters[0] && !enters[1], !enters[0] && enters[1]].map(is);
            let values = [capacity, against, alpha, back, outcomes[0], outcomes[1], outcomes[2]];
            put(&mut table, scenario, &[own, rival], &[], &values, 0.02);
        }
    }
    table
}

fn gratifications(scenario: &Scenario) -> Table {
    let numbers = [("breadth", Unit::Share), ("distance", Unit::Ratio), ("superiority", Unit::Share)];
    let columns = ["component", "platform", "rival"];
    let mut table = frame("gratifications", "What platforms give people", &columns, &[], &numbers);
    let wants = ["music", "social", "discovery", "community", "identity", "value", "all"];
    for (at, want) in wants.iter().enumerate() {
        for (a, own) in names(scenario) {
            for (b, rival) in names(scenario).into_iter().filter(|it| it.1 != own) {
                let lean = (b - a) * (3.0 - at as f64) / 8.0;
                let values = [0.9 - 0.1 * at as f64 - 0.05 * a, (a - b).abs(), 0.45 + lean];
                put(&mut table, scenario, &[want, own, rival], &[], &values, 0.03);
            }
        }
    }
    table
}

fn nps_proxy(scenario: &Scenario) -> Table {
    let numbers = ["promoters", "passives", "detractors", "nps"].map(|name| (name, Unit::Share));
    let mut table = frame("nps_proxy", "Promoters", &["platform", "audience"], &[], &numbers);
    for (index, name) in names(scenario) {
        let promoters = 0.8 - 0.6 * index;
        let values = [promoters, 0.15, 0.85 - promoters, 2.0 * promoters - 0.85];
        put(&mut table, scenario, &[name, "everybody"], &[], &values, 0.03);
    }
    table
}
