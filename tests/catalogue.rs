//! Promise: the pages of the catalogue and its scenario files belong together, and the signs that the pages tell hold
//! in small markets too.

mod signs;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ecotone::report::handbook;
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::study::batch::{Desk, Keeps, execute, jobs};
use ecotone::study::compare::Comparison;
use ecotone::study::curve::tables_needed;
use ecotone::study::decompose::{coalitions, shares};
use ecotone::study::design::Design;
use ecotone::study::outcome::Outcome;
use ecotone::study::trial::Trial;
use ecotone::study::values::Values;

use signs::{ORDER, SIGNS};

/// Users of the small markets.
const USERS: &str = "4000";
/// Replications of them.
const REPLICATIONS: u32 = 3;

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

/// A blank line would end the drawing, for rustdoc and for the handbook; and pages are read on the road.
#[test]
fn every_page_has_a_small_chart_made_by_its_own_run() {
    let mut pages = stems("src/guide/catalogue", "md");
    pages.remove("index");
    assert_eq!(stems("docs/catalogue", "svg"), pages);
    let guide = fs::read_to_string(root("src/guide/mod.rs")).expect("the guide");
    let chapters: Vec<_> = handbook::parts(Vec::new()).into_iter().flat_map(|part| part.chapters).collect();
    for name in stems("docs/catalogue", "svg") {
        let drawing = fs::read_to_string(root(&format!("docs/catalogue/{name}.svg"))).expect("a drawing");
        assert!(drawing.len() < 150_000, "{name}: {} bytes", drawing.len());
        assert!(drawing.starts_with("<svg") && drawing.lines().all(|line| !line.trim().is_empty()), "{name}");
        let made_from = if name == "moat_decomposition" { "netease_vs_tencent" } else { &name };
        assert!(drawing.contains(&format!("scenario {made_from} ")), "{name}: the chart of another run");
        let shown = format!(
            "#[doc = include_str!(\"catalogue/{name}.md\")]\n    #[doc = include_str!(\"../../docs/catalogue/{name}.svg\")]"
        );
        assert!(guide.contains(&shown), "{name}: no chart in the guide");
        let chapter = chapters.iter().find(|chapter| chapter.name == name).expect("a chapter");
        assert!(
            chapter.markdown.trim_end().ends_with(drawing.trim_end()),
            "{name}: no chart in the handbook"
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

/// Outcomes of trials that have this file's platforms.
fn ran(trials: &[Trial], replications: u32, outcomes: &[&str]) -> Values {
    let scenario = &trials[0].scenario;
    let outcomes: Vec<Outcome> =
        outcomes.iter().map(|outcome| Outcome::parse(outcome, scenario).expect("an outcome")).collect();
    let jobs = jobs(trials, replications);
    let fates = execute(&jobs, &Keeps::Outcomes(outcomes.clone()), Desk::bare(&|_| true));
    Values::read(trials.len(), &jobs, &fates, &outcomes)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn a_small_main_job_turns_more_of_the_communitys_users_into_payers_and_keeps_it_the_smaller() {
    let outcomes = ["paid_ratio:netease", "paid_ratio:tencent", "users:netease", "users:tencent"];
    let values = ran(&[side("netease_vs_tencent", 0, None)], REPLICATIONS, &outcomes);
    let [netease, tencent, users, rivals] = [0, 1, 2, 3].map(|outcome| mean(&values.of(0, outcome)));
    assert!(netease > tencent, "paid ratios: {netease} and {tencent}");
    assert!(users < rivals, "users: {users} and {rivals}");
}

/// Raw shares: those at matched size take a search in each of the sixteen combinations.
#[test]
fn in_a_small_market_the_lead_in_paying_is_the_communitys_and_joiners_are_held_worse() {
    let mut document = load("netease_vs_tencent");
    document.apply(&[Patch::new("market.users", "2000", "the test")]);
    let whole = check(&document).expect("a sound file");
    let trials: Vec<Trial> = coalitions(&whole.resolved, "netease", "tencent")
        .into_iter()
        .map(|patches| {
            let mut changed = document.clone();
            changed.apply(&patches);
            Trial::new("a combination", Vec::new(), check(&changed).expect("a sound combination"))
        })
        .collect();
    let outcomes =
        ["paid_ratio:netease", "paid_ratio:tencent", "retention_180:netease", "retention_180:tencent"];
    let values = ran(&trials, 2, &outcomes);
    let [paying, holding] = [0, 2].map(|at| shares(&values, at, 0.95));
    let [community, others @ ..] = &paying.groups[..] else { panic!("no groups") };
    assert!(community.point > 0.0, "paying: {}", community.point);
    assert!(others.iter().all(|group| group.point.abs() < community.point), "{:?}", paying.groups);
    assert!(holding.gap[2].point < 0.0, "retention: {}", holding.gap[2].point);
    assert!(holding.groups[0].point > 0.0, "retention: {}", holding.groups[0].point);
}

#[test]
fn small_markets_have_the_signs_that_the_pages_tell() {
    for &(name, days, signs) in SIGNS {
        let order: Vec<_> = ORDER.iter().filter(|order| order.0 == name).collect();
        let ordered = order.iter().flat_map(|order| [order.2, order.3]);
        let treatments: BTreeSet<&str> = signs.iter().map(|sign| sign.0).chain(ordered).collect();
        let sides = [None].into_iter().chain(treatments.into_iter().map(Some));
        let trials: Vec<Trial> = sides.map(|treatment| side(name, days, treatment)).collect();
        let ordered = order.iter().map(|order| order.1);
        let wanted: BTreeSet<&str> = signs.iter().map(|sign| sign.1).chain(ordered).collect();
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
        for (_, outcome, less, more) in order {
            let (less, more) = (effect(less, outcome), effect(more, outcome));
            assert!(less < more, "{name}: {outcome} changes by {less}, and by {more}");
        }
    }
}
