//! Promise: the pages of the catalogue and its scenario files belong together, and the signs that the pages tell hold
//! in small markets too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::study::batch::{Desk, Keeps, execute, jobs};
use ecotone::study::compare::Comparison;
use ecotone::study::curve::tables_needed;
use ecotone::study::design::Design;
use ecotone::study::outcome::Outcome;
use ecotone::study::trial::Trial;

/// Users of the small markets.
const USERS: &str = "4000";
/// Replications of them.
const REPLICATIONS: u32 = 3;

const UP: f64 = 1.0;
const DOWN: f64 = -1.0;

/// A file, run for so many days (0: as many as it says), and the signs of effects told on its page whose interval at
/// full size excludes 0: name of the treatment, outcome, sign.
type Signs = (&'static str, u32, &'static [(&'static str, &'static str, f64)]);

/// The signs, a file each.
const SIGNS: &[Signs] = &[
    (
        "netease_vs_tencent_2017",
        0,
        &[
            ("no_takedowns", "share:netease", UP),
            ("no_cross_licensing", "overlap:netease", UP),
            ("no_cross_licensing", "share:netease", DOWN),
            ("nothing_withheld", "overlap:netease", DOWN),
            ("nothing_withheld", "users:netease", UP),
            ("no_second_homes", "mau:netease", DOWN),
            ("no_second_homes", "users:tencent", UP),
        ],
    ),
    (
        "sm_catalogue_loss",
        0,
        &[
            ("loss", "share:netease", DOWN),
            ("loss", "payers:netease", DOWN),
            ("portability", "retention_90:netease", DOWN),
            ("portability", "payers:netease", DOWN),
        ],
    ),
    (
        "exclusive_to_open",
        0,
        &[
            ("no_2018", "share:netease", DOWN),
            ("no_2018", "users:tencent", UP),
            ("no_2021", "share:netease", DOWN),
        ],
    ),
    ("stone_project", 0, &[("on_high", "share:netease", UP), ("on_high", "revenue:tencent", DOWN)]),
    (
        "four_platforms",
        0,
        &[
            ("without_spotify", "users:netease", UP),
            ("without_netease", "users:spotify", UP),
            ("without_soundcloud", "share:mixcloud@longform_listeners", UP),
            ("without_mixcloud", "users:soundcloud", UP),
        ],
    ),
    (
        "community_only_niche",
        0,
        &[
            ("seed_0_1", "users:niche", DOWN),
            ("seed_3", "users:niche", UP),
            ("seed_10", "users:niche", UP),
            ("seed_10", "users:catalogue", DOWN),
        ],
    ),
    (
        "critical_mass",
        0,
        &[
            ("many", "users:salon", UP),
            ("many_circles", "users:salon", UP),
            ("many_circles", "arrivals:salon", UP),
            ("strong", "users:salon", DOWN),
        ],
    ),
    (
        "short_video_entrant",
        0,
        &[
            ("no_catalogue", "users:entrant", UP),
            ("no_catalogue", "users:netease", DOWN),
            ("some_catalogue", "users:entrant", UP),
            ("some_catalogue", "users:tencent", DOWN),
            ("like_netease", "users:netease", DOWN),
            ("like_netease", "payers:netease", DOWN),
            ("like_netease", "retention_90:netease", DOWN),
        ],
    ),
    (
        "price_war",
        0,
        &[
            ("discount", "revenue:netease", DOWN),
            ("discount", "payers:netease", UP),
            ("discount", "share:netease", UP),
            ("matched", "revenue:netease", DOWN),
            ("matched", "revenue:tencent", DOWN),
            ("matched", "payers:tencent", UP),
            ("quarter", "revenue:netease", DOWN),
        ],
    ),
    (
        "interoperability",
        0,
        &[
            ("half", "share:netease", UP),
            ("data", "share:netease", UP),
            ("data", "users:tencent", DOWN),
            ("data", "payers:netease", DOWN),
            ("ties", "share:netease", UP),
            ("ties", "users:netease", UP),
            ("ties", "payers:netease", UP),
            ("data_and_ties", "hhi", DOWN),
        ],
    ),
    (
        "ai_dj_launch",
        0,
        &[
            ("alone", "payers:netease", UP),
            ("alone", "users:netease", UP),
            ("alone", "share:netease", UP),
            ("copied", "payers:netease", UP),
            ("copied", "payers:tencent", UP),
            ("alone_recommender", "users:netease", UP),
            ("copied_recommender", "users:netease", DOWN),
            ("copied_recommender", "users:tencent", UP),
        ],
    ),
    (
        "kkbox_partnership",
        0,
        &[
            ("songs", "users:kkbox", UP),
            ("originals", "users:kkbox", UP),
            ("all", "users:kkbox", UP),
            ("all", "users:tencent", DOWN),
        ],
    ),
    (
        "kol_signing",
        0,
        &[
            ("stars", "users:netease", UP),
            ("stars", "payers:netease", UP),
            ("ordinary", "users:netease", UP),
            ("podcast", "arrivals:netease", UP),
        ],
    ),
];

/// What a page says of two treatments: file, outcome, the one that has less of it, the one that has more.
const ORDER: [(&str, &str, &str, &str); 5] = [
    ("critical_mass", "users:salon", "many", "many_circles"),
    ("short_video_entrant", "users:entrant", "no_catalogue", "some_catalogue"),
    ("interoperability", "share:netease", "data", "ties"),
    ("ai_dj_launch", "share:netease", "copied", "alone"),
    ("kol_signing", "users:netease", "ordinary", "stars"),
];

/// Pages of what is no comparison, and the commands that they show.
const OTHERS: [(&str, &str); 2] = [
    ("netease_vs_tencent", "ecotone run scenarios/netease_vs_tencent.toml"),
    ("moat_decomposition", "ecotone study scenarios/studies/moat_decomposition.toml"),
];

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Stems of the files of a folder with that ending.
fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(root(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect()
}

fn load(name: &str) -> Document {
    Document::load(&root(&format!("scenarios/{name}.toml"))).expect("a readable file")
}

/// Scenario files that declare treatments.
fn catalogue() -> BTreeSet<String> {
    stems("scenarios", "toml").into_iter().filter(|name| !load(name).treatments().is_empty()).collect()
}

/// One side of a file, made small.
fn side(name: &str, days: u32, treatment: Option<&str>) -> Trial {
    let mut document = load(name);
    document.treat(treatment);
    let days = days.to_string();
    let mut small = vec![Patch::new("market.users", USERS, "the test")];
    if days != "0" {
        small.push(Patch::new("market.days", &days, "the test"));
    }
    document.apply(&small);
    let checked = check(&document).unwrap_or_else(|faults| panic!("{name}: {}", faults[0]));
    Trial::new(treatment.unwrap_or("control"), Vec::new(), checked)
}

#[test]
fn every_file_of_the_catalogue_has_its_page_and_every_page_its_file() {
    let files = catalogue();
    let mut pages = stems("src/guide/catalogue", "md");
    assert!(pages.remove("index"));
    for (name, _) in OTHERS {
        assert!(pages.remove(name), "{name}: no page");
    }
    assert_eq!(pages, files);
    let told = SIGNS.iter().map(|(name, ..)| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(told, files, "files without signs");
}

#[test]
fn every_page_is_in_the_guide_and_names_its_command() {
    let index = fs::read_to_string(root("src/guide/catalogue/index.md")).expect("the index");
    let guide = fs::read_to_string(root("src/guide/mod.rs")).expect("the guide");
    let compared = catalogue().into_iter().map(|name| {
        let command = format!("ecotone compare scenarios/{name}.toml");
        (name, command)
    });
    let others = OTHERS.map(|(name, command)| (name.to_owned(), command.to_owned()));
    for (name, command) in compared.chain(others) {
        let page = fs::read_to_string(root(&format!("src/guide/catalogue/{name}.md"))).expect("a page");
        assert!(page.contains(&command), "{name}: no command");
        assert!(page.lines().count() < 60, "{name}: {} lines", page.lines().count());
        assert!(index.contains(&format!("[`{name}`]")), "{name}: not in the index");
        assert!(
            guide.contains(&format!("include_str!(\"catalogue/{name}.md\")")),
            "{name}: not in the guide"
        );
    }
}

#[test]
fn the_control_and_every_treatment_are_sound_and_their_outcomes_known() {
    for name in catalogue() {
        let document = load(&name);
        let outcomes = document.outcomes();
        assert!(!outcomes.is_empty(), "{name}: no outcomes");
        let treatments = document.treatments();
        let named = treatments.iter().map(|treatment| Some(treatment.name.as_str()));
        for treatment in named.chain([None]) {
            let mut document = load(&name);
            document.treat(treatment);
            let checked = check(&document).unwrap_or_else(|faults| panic!("{name}: {}", faults[0]));
            for outcome in &outcomes {
                assert!(Outcome::parse(outcome, &checked.scenario).is_ok(), "{name}: {outcome}");
            }
        }
    }
}

#[test]
fn small_markets_have_the_signs_that_the_pages_tell() {
    for &(name, days, signs) in SIGNS {
        let mut treatments: Vec<&str> = signs.iter().map(|sign| sign.0).collect();
        treatments.dedup();
        let sides = [None].into_iter().chain(treatments.into_iter().map(Some));
        let trials: Vec<Trial> = sides.map(|treatment| side(name, days, treatment)).collect();
        let mut wanted: Vec<&str> = signs.iter().map(|sign| sign.1).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let control = &trials[0].scenario;
        let outcomes: Vec<Outcome> =
            wanted.iter().map(|outcome| Outcome::parse(outcome, control).expect("an outcome")).collect();
        let jobs = jobs(&trials, REPLICATIONS);
        let fates = execute(&jobs, &Keeps::Tables(tables_needed(&outcomes)), Desk::bare(&|_| true));
        let (outcomes, confidence) = (&outcomes[..], 0.95);
        // Signs and order are those of differences from the control.
        let (trials, design) = (&trials[..], &Design::against_control(trials.len()));
        let comparison =
            Comparison { trials, design, jobs: &jobs, fates: &fates, outcomes, confidence, since: None };
        let effects = &comparison.tables()[0];
        let effect = |treatment: &str, outcome: &str| {
            let rows = effects.rows_where(&[("treatment", treatment), ("outcome", outcome)]);
            effects.numbers("effect")[rows[0]]
        };
        for &(treatment, outcome, sign) in signs {
            let effect = effect(treatment, outcome);
            assert!(effect * sign > 0.0, "{name}, {treatment}: {outcome} changes by {effect}");
        }
        for (_, outcome, less, more) in ORDER.iter().filter(|order| order.0 == name) {
            let (less, more) = (effect(less, outcome), effect(more, outcome));
            assert!(less < more, "{name}: {outcome} changes by {less}, and by {more}");
        }
    }
}
