//! No setting is connected to nothing: every number, date, truth value and choice of the manual, also inside
//! lists, changes what people do or what the tables say when it is nudged, or stands below with the reason why it does not.

use crate::shipped;
use std::path::Path;

use ecotone::engine::{Run, simulate};
use ecotone::measure::measure_all;
use ecotone::parallel::map_ordered;
use ecotone::scenario::Scenario;
use ecotone::scenario::check::check;
use ecotone::scenario::document::Document;
use serde_json::{Value, json};

/// Settings that leave a run and its tables alone, and why. Beginnings of paths; `[]` stands for any element.
const INERT: &[(&str, &str)] = &[
    ("/platforms/2/creators", "the entrant spends nothing"),
    ("/platforms/2/second_homes/leader", "nobody lives there on day 0"),
    ("/platforms/2/second_homes/community", "nobody lives there on day 0"),
    ("/platforms/2/initial/max_tenure_days", "nobody lives there on day 0"),
    ("/platforms/2/initial/basic", "nobody lives there on day 0"),
    ("/run/replications", "number of runs, not their content"),
    ("/run/first_replication", "says which replications run, not what happens in one"),
    ("/run/confidence", "level of bands over several runs"),
    ("/run/allow_tipping", "permits a run, does not change it"),
    ("/ties/degree", "read when kind = watts_strogatz, below"),
    ("/ties/rewiring", "read when kind = watts_strogatz, below"),
    ("/ties/within", "read when kind = stochastic_block, below"),
    ("/ties/between", "read when kind = stochastic_block, below"),
    ("/ties/attachments", "read when kind = barabasi_albert, below"),
];

/// Settings that change no behaviour but the tables, and how.
const TOLD: &[(&str, &str)] = &[
    ("/measures/discount_monthly", "discounts lifetime value"),
    ("/measures/success_share", "says when an entrant has succeeded"),
    ("/platforms/[]/margin", "turns revenue into profit"),
    ("/measures/reasons", "writes reasons down, or not"),
    ("/platforms/[]/costs/fees", "turn revenue into profit"),
    ("/events/[]/fee", "a cost"),
    ("/targets/[]", "stand beside the simulated figures"),
];

/// Settings with one possible value in this scenario, and why.
const FIXED: &[(&str, &str)] = &[
    ("/schema", "the only version of the format"),
    ("/platforms/0/second_homes/leader", "no platform is a second home of its own"),
    ("/platforms/1/second_homes/community", "no platform is a second home of its own"),
    ("/platforms/2/second_homes/entrant", "no platform is a second home of its own"),
    ("/platforms/2/initial/share", "the entrant starts empty"),
    ("/platforms/1/initial/basic", "community sells no basic plan"),
    ("/platforms/2/initial/premium", "entrant sells no premium plan"),
];

/// The manual as resolved settings; all its days, so that every event comes and every licence returns.
fn manual() -> Value {
    let documents = shipped::documents();
    let (name, document) = documents.iter().find(|(name, _)| name == "everything").expect("the manual");
    shipped::checked(name, document).resolved
}

fn scenario_of(resolved: &Value) -> Option<Scenario> {
    let document = Document::from_resolved(resolved, "resolved", Path::new(".")).ok()?;
    check(&document).ok().map(|checked| checked.scenario)
}

/// What people did, without what was merely written down (prices, coverage).
fn behaviour(run: Run) -> Run {
    let mut run = run;
    run.panel.price.clear();
    run.panel.coverage.clear();
    run.panel.ad_load.clear();
    run.panel.spent.clear();
    run.tastes.clear();
    run.reasons.sums.clear();
    run.reviews.clear();
    run.offers = Default::default();
    run
}

/// Every table of a run, as text, so that undefined values compare equal.
fn tables(scenario: &Scenario, run: &Run) -> String {
    format!("{:?}", measure_all(scenario, run))
}

fn simulated(scenario: &Scenario) -> Run {
    behaviour(simulate(scenario, 0, &|_| true).expect("not stopped"))
}

/// Pointers of every leaf that can be nudged.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), found));
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), found));
        }
        Value::Number(_) | Value::Bool(_) => found.push(path.to_owned()),
        Value::String(text) if is_date(text) => found.push(path.to_owned()),
        _ => {}
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.split('-').map(str::len).eq([4, 2, 2]) && text.starts_with("20")
}

/// Values near a value, the first that checks is taken.
fn nudges(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(truth) => vec![json!(!truth)],
        Value::String(date) => ["-15", "-20", "-08"].map(|day| json!(format!("{}{day}", &date[..7]))).into(),
        value if value.is_u64() => {
            let x = value.as_u64().expect("a whole number");
            vec![
                json!(x + 8),
                json!(x + 2),
                json!(x + 1),
                json!(x.saturating_sub(2)),
                json!(x.saturating_sub(1)),
            ]
        }
        value => {
            let x = value.as_f64().expect("a number");
            [x * 1.25, x * 0.8, x + 0.1, x - 0.1].into_iter().filter(|&y| y != x).map(|y| json!(y)).collect()
        }
    }
}

/// The settings with one leaf nudged; `None` when no value near it checks.
fn nudged(manual: &Value, path: &str) -> Option<Scenario> {
    let old = manual.pointer(path).expect("a leaf");
    nudges(old).into_iter().filter(|new| new != old).find_map(|new| {
        let mut changed = manual.clone();
        *changed.pointer_mut(path).expect("a leaf") = new.clone();
        keep_demand_whole(&mut changed, path, old, &new);
        if path == "/second_home/allowed" {
            changed["platforms"][0]["second_homes"] = json!({});
        }
        if path == "/market/outside" {
            // Without an outside everybody starts on a platform.
            changed["platforms"][0]["initial"]["share"] = json!(0.75);
        }
        scenario_of(&changed)
    })
}

/// Shares of demand sum to 1: what one holder gains, another loses.
fn keep_demand_whole(settings: &mut Value, path: &str, old: &Value, new: &Value) {
    let Some(rest) = path.strip_prefix("/rights_holders/") else { return };
    let Some((holder, genre)) = rest.split_once("/share/") else { return };
    let other = (0..4).find(|other| {
        let share = settings.pointer(&format!("/rights_holders/{other}/share/{genre}"));
        other.to_string() != holder && share.and_then(Value::as_f64).is_some_and(|share| share >= 0.2)
    });
    let gain = new.as_f64().unwrap_or(0.0) - old.as_f64().unwrap_or(0.0);
    let place = format!("/rights_holders/{}/share/{genre}", other.expect("a holder with a share to lose"));
    let share = settings.pointer_mut(&place).expect("a share");
    *share = json!(share.as_f64().expect("a number") - gain);
}

/// The path with numbers replaced by `[]`.
fn general(path: &str) -> String {
    let word = |word: &str| if word.parse::<usize>().is_ok() { "[]".to_owned() } else { word.to_owned() };
    path.split('/').map(word).collect::<Vec<_>>().join("/")
}

/// What nudging a leaf did.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Response {
    /// People behave otherwise.
    Changed,
    /// People behave alike, the tables say something else.
    Told,
    Unchanged,
    Refused,
}

#[test]
fn every_knob_is_connected() {
    let manual = manual();
    let scenario = scenario_of(&manual).expect("the manual checks");
    let run = simulate(&scenario, 0, &|_| true).expect("not stopped");
    let told = tables(&scenario, &run);
    let unchanged = behaviour(run);
    let mut paths = Vec::new();
    leaves(&manual, "", &mut paths);
    assert!(paths.len() > 150, "only {} settings found", paths.len());
    let responses = map_ordered(&paths, |path| {
        let Some(scenario) = nudged(&manual, path) else { return Response::Refused };
        let run = simulate(&scenario, 0, &|_| true).expect("not stopped");
        let is_same = behaviour(run.clone()) == unchanged;
        match (is_same, TOLD.iter().any(|(told, _)| general(path).starts_with(told))) {
            (true, true) if tables(&scenario, &run) != told => Response::Told,
            (true, _) => Response::Unchanged,
            (false, _) => Response::Changed,
        }
    });
    let mut wrong = Vec::new();
    for (path, response) in paths.iter().zip(responses) {
        let expected = if FIXED.iter().any(|(fixed, _)| path == fixed) {
            Response::Refused
        } else if INERT.iter().any(|(inert, _)| path == inert || general(path).starts_with(inert)) {
            Response::Unchanged
        } else if TOLD.iter().any(|(told, _)| general(path).starts_with(told)) {
            Response::Told
        } else {
            Response::Changed
        };
        if response != expected {
            wrong.push(format!("{path} = {}: {response:?}, not {expected:?}", manual.pointer(path).unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} settings:\n{}", wrong.len(), paths.len(), wrong.join("\n"));
}

/// No listed exception outlives its setting, and each has a reason.
#[test]
fn exceptions_name_settings() {
    let manual = manual();
    let mut paths = Vec::new();
    leaves(&manual, "", &mut paths);
    for (exception, reason) in INERT.iter().chain(TOLD).chain(FIXED) {
        let is_known = paths.iter().any(|path| path == exception || general(path).starts_with(exception));
        assert!(is_known && !reason.is_empty(), "{exception}: no such setting");
    }
}

/// Settings that only another kind of ties reads.
#[test]
fn knobs_of_the_ring_are_connected() {
    let mut manual = manual();
    manual["ties"]["kind"] = json!("watts_strogatz");
    let unchanged = simulated(&scenario_of(&manual).expect("a ring"));
    for path in ["/ties/degree", "/ties/rewiring"] {
        let changed = nudged(&manual, path).expect("a value near it");
        assert!(simulated(&changed) != unchanged, "{path} does nothing");
    }
    for path in ["/ties/k_friends", "/ties/k_taste", "/ties/block"] {
        let changed = nudged(&manual, path).expect("a value near it");
        // The ring is founded and lives by its own degree.
        assert!(simulated(&changed) == unchanged, "{path} belongs to the matching graph");
    }
}

/// Signed stars need users with more ties than others, which the manual's ties do not have.
#[test]
fn knobs_of_signed_stars_are_connected() {
    let mut manual = manual();
    manual["ties"]["kind"] = json!("barabasi_albert");
    let events = manual["events"].as_array_mut().expect("a list");
    events.push(json!({"kind": "kol_signing", "day": 90, "label": "Stars", "platform": "community", "hubs": 20,
        "originals": {"pop": 0.3, "kpop": 0.2, "classical": 0.1}, "awareness": 0.3, "half_life_days": 20.0, "fee": 1e5,
        "until": 250}));
    let at = events.len() - 1;
    let scenario = scenario_of(&manual).expect("stars");
    let unchanged = simulated(&scenario);
    let knobs = [
        "day",
        "hubs",
        "originals/pop",
        "originals/kpop",
        "originals/classical",
        "awareness",
        "half_life_days",
        "until",
    ];
    for knob in knobs {
        let changed = nudged(&manual, &format!("/events/{at}/{knob}")).expect("a value near it");
        assert!(simulated(&changed) != unchanged, "{knob} does nothing");
    }
    let dearer = nudged(&manual, &format!("/events/{at}/fee")).expect("another fee");
    assert!(simulated(&dearer) == unchanged, "a fee is a cost");
    let told =
        |scenario: &Scenario| tables(scenario, &simulate(scenario, 0, &|_| true).expect("not stopped"));
    assert!(told(&dearer) != told(&scenario), "a fee costs nothing");
}

/// Settings that random graphs read.
#[test]
fn knobs_of_random_graphs_are_connected() {
    let kinds = [
        ("erdos_renyi", &["/ties/degree"][..]),
        ("stochastic_block", &["/ties/block", "/ties/within", "/ties/between"]),
        ("barabasi_albert", &["/ties/attachments"]),
    ];
    for (kind, paths) in kinds {
        let mut manual = manual();
        manual["ties"]["kind"] = json!(kind);
        let unchanged = simulated(&scenario_of(&manual).expect("a graph"));
        for path in paths {
            let changed = nudged(&manual, path).expect("a value near it");
            assert!(simulated(&changed) != unchanged, "{path} does nothing");
        }
    }
}

/// Choices between words.
#[test]
fn every_word_matters() {
    let manual = manual();
    let words =
        ["matching", "well_mixed", "watts_strogatz", "erdos_renyi", "stochastic_block", "barabasi_albert"];
    let kinds = words.map(|kind| {
        let mut settings = manual.clone();
        settings["ties"]["kind"] = json!(kind);
        simulated(&scenario_of(&settings).expect("a kind of ties"))
    });
    for (one, run) in kinds.iter().enumerate() {
        for (other, twin) in kinds[..one].iter().enumerate() {
            assert!(run != twin, "{} and {} are the same", words[one], words[other]);
        }
    }
    let modes = ["full", "panel", "off"].map(|mode| {
        let mut settings = manual.clone();
        settings["measures"]["activity"] = json!(mode);
        simulated(&scenario_of(&settings).expect("a mode of activity"))
    });
    assert!(modes[0] != modes[1] && modes[1] != modes[2] && modes[0] != modes[2], "modes of activity");
    let founders = ["tastes", "spread", "blocks"].map(|way| {
        let mut settings = manual.clone();
        settings["platforms"][1]["initial"]["founders"] = json!(way);
        simulated(&scenario_of(&settings).expect("a way to found"))
    });
    assert!(
        founders[0] != founders[1] && founders[1] != founders[2] && founders[0] != founders[2],
        "founders"
    );
}

/// Names of platforms key their chance; names of genres, holders and audiences are for readers.
#[test]
fn names_of_platforms_key_their_chance() {
    let manual = manual();
    let scenario = scenario_of(&manual).expect("the manual checks");
    let unchanged = simulated(&scenario);
    let mut other = scenario.clone();
    other.platforms[1].name = "renamed".to_owned();
    assert!(simulated(&other) != unchanged);
    let mut other = scenario;
    other.genres[0].name = "renamed".to_owned();
    other.rights_holders[0].name = "renamed".to_owned();
    other.audiences[0].name = "renamed".to_owned();
    assert!(simulated(&other) == unchanged);
}
