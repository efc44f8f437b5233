//! Promise: the shares of a gap are Shapley's, sum to it, leave nothing to groups in which the platforms are
//! alike, and matched shares of users are matched.

use std::fs;
use std::path::Path;

use ecotone::scenario::Scenario;
use ecotone::scenario::check::check;
use ecotone::scenario::document::Document;
use ecotone::study::decompose::{coalitions, label, set_by_events};

use crate::study_market::{MARKET, Row, checked, ends, folder, number, row, rows};

const GROUPS: [&str; 4] = ["community", "catalogue", "migration cost", "price"];
const REMAINDER: &str = "everything else";

/// All orders of so many players.
fn orders(players: usize) -> Vec<Vec<usize>> {
    let Some(last) = players.checked_sub(1) else { return vec![Vec::new()] };
    let insert =
        |order: Vec<usize>| (0..players).map(move |at| [&order[..at], &[last], &order[at..]].concat());
    orders(last).into_iter().flat_map(insert).collect()
}

/// Settings of each group, as the design lists them: openness, content, recommender and identity; licences and
/// originals, with what of them is free; costs of moving; prices, with advertising as the price of free use.
const MEMBERS: [&[&str]; 4] = [
    &["open", "y0", "view", "recommender", "basic.identity", "premium.identity"],
    &["licences", "originals", "free_catalogue"],
    &["choice.kappa_0", "choice.kappa_q", "choice.kappa_h"],
    &["basic.price", "premium.price", "ad_load"],
];

#[test]
fn a_group_that_is_not_its_own_takes_all_of_the_rivals_settings() {
    let own = [
        ("y0", "0.2"),
        ("view", "0.9"),
        ("recommender", "0.7"),
        ("basic.price", "7"),
        ("basic.identity", "0.3"),
        ("originals", "0.1"),
        ("free_catalogue", "0.6"),
        ("ad_load", "0.1"),
    ];
    let own: Vec<(String, &str)> =
        own.iter().map(|(path, value)| (format!("platforms.beta.{path}"), *value)).collect();
    let mut patches: Vec<(&str, &str)> = own.iter().map(|(path, value)| (path.as_str(), *value)).collect();
    patches.extend([("platforms.alpha.basic.price", "8"), ("platforms.alpha.basic.identity", "0.4")]);
    let all = coalitions(&checked(&patches).resolved, "beta", "alpha");
    assert_eq!(all.len(), 16);
    for (coalition, patches) in all.iter().enumerate() {
        let mut found: Vec<&str> =
            patches.iter().map(|patch| patch.path.trim_start_matches("platforms.beta.")).collect();
        let without = |group: &usize| !label(coalition).contains(GROUPS[*group]);
        let mut expected: Vec<&str> =
            (0..4).filter(without).flat_map(|group| MEMBERS[group].to_vec()).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{}", label(coalition));
    }
    let written = |path: &str| {
        let patch = all[0].iter().find(|patch| patch.path == path).expect("a patch");
        patch.value.written().parse::<f64>().expect("a number")
    };
    assert_eq!(written("platforms.beta.premium.price"), 15.0);
    assert_eq!(written("platforms.beta.basic.identity"), 0.4);
    assert_eq!(written("choice.kappa_q"), 0.0);
}

/// The value of an outcome in a replication of the combination in which exactly these groups are their own.
fn value(results: &[Row], own: &[usize], replication: &str, outcome: &str) -> f64 {
    let is_meant = |row: &&Row| {
        let named = |group: usize| row["trial"].contains(GROUPS[group]);
        row["replication"] == replication
            && row["outcome"] == outcome
            && (0..GROUPS.len()).all(|group| named(group) == own.contains(&group))
    };
    let found: Vec<&Row> = results.iter().filter(is_meant).collect();
    assert_eq!(found.len(), 1, "{own:?} {replication} {outcome}");
    number(found[0], "value")
}

#[test]
fn shares_are_mean_contributions_over_all_orders() {
    let folder = folder();
    let words =
        "decompose market.toml --between beta alpha --of retention_30 --of share --raw --out there -q";
    ends(0, folder.path(), words);
    let there = folder.path().join("there");
    let (results, shares, gap) = (rows(&there, "results"), rows(&there, "shares"), rows(&there, "gap"));
    for word in ["retention_30", "share"] {
        let worth = |own: &[usize], replication: &str| {
            value(&results, own, replication, &format!("{word}:beta"))
                - value(&results, own, replication, &format!("{word}:alpha"))
        };
        let outcome = format!("{word}:beta");
        for (group, name) in GROUPS.iter().enumerate() {
            let mut sum = 0.0;
            for replication in ["0", "1", "2"] {
                for order in orders(GROUPS.len()) {
                    let at = order.iter().position(|&player| player == group).unwrap();
                    sum += worth(&order[..=at], replication) - worth(&order[..at], replication);
                }
            }
            let found = row(&shares, &[("outcome", &outcome), ("group", name)]);
            assert!((number(found, "share") - sum / (24.0 * 3.0)).abs() < 1e-12, "{name}: {found:?}");
        }
        let all = [0, 1, 2, 3];
        let mean = |own: &[usize]| {
            ["0", "1", "2"].map(|replication| worth(own, replication)).iter().sum::<f64>() / 3.0
        };
        let rest = row(&shares, &[("outcome", &outcome), ("group", REMAINDER)]);
        assert!((number(rest, "share") - mean(&[])).abs() < 1e-12);
        let found = row(&gap, &[("outcome", &outcome)]);
        assert!((number(found, "gap") - mean(&all)).abs() < 1e-12);
        assert!((number(found, "own") - number(found, "rival") - number(found, "gap")).abs() < 1e-12);
    }
}

/// With two platforms the shares of platform users sum to 1, so matched shares leave no gap in shares to explain:
/// own - rival = 2 own - 1 differs between combinations by at most twice the sum of two tolerances of 0.002.
#[test]
fn shares_sum_to_the_gap_and_matched_shares_are_matched() {
    let folder = folder();
    let words = "decompose market.toml --between beta alpha --of share --of retention_30 --out there \
        --users 3000 --days 40 --replications 2 -q";
    let (said, _) = ends(0, folder.path(), words);
    assert!(!said.contains("could only be matched"), "{said}");
    let there = folder.path().join("there");
    let (shares, gap) = (rows(&there, "shares"), rows(&there, "gap"));
    assert_eq!((shares.len(), gap.len()), (2 * 2 * 5, 2 * 2));
    for gap in &gap {
        let of_it = shares
            .iter()
            .filter(|row| row["outcome"] == gap["outcome"] && row["convention"] == gap["convention"])
            .map(|row| number(row, "share"));
        assert!((of_it.sum::<f64>() - number(gap, "gap")).abs() < 1e-9, "{gap:?}");
    }
    let share_of = |convention: &str, group: &str| {
        let wanted = [("outcome", "share:beta"), ("convention", convention), ("group", group)];
        number(row(&shares, &wanted), "share")
    };
    for group in GROUPS {
        assert!(share_of("matched", group).abs() <= 2.0 * (0.002 + 0.002) + 1e-12, "{group}");
    }
    let gap = number(row(&gap, &[("outcome", "share:beta"), ("convention", "matched")]), "gap");
    assert!((share_of("matched", REMAINDER) - gap).abs() <= 2.0 * 0.002 + 1e-12);
    // Without matching, the catalogue moves more than that.
    assert!(share_of("raw", "catalogue").abs() > 0.02);
}

/// The tidy data set holds the runs of both conventions, told apart: matched ones end with the share that the platform
/// has as it is, by constants of their own, and their values are those that the matched shares were taken of.
#[test]
fn matched_runs_stand_beside_raw_ones_in_the_results() {
    let folder = folder();
    let words = "decompose market.toml --between beta alpha --of retention_30 --out there \
        --users 3000 --days 40 --replications 2 -q";
    ends(0, folder.path(), words);
    let there = folder.path().join("there");
    let (results, gap) = (rows(&there, "results"), rows(&there, "gap"));
    assert_eq!(results.len(), 2 * 16 * 2 * 3, "conventions x combinations x replications x outcomes");
    let all = "own community + catalogue + migration cost + price";
    let runs = |convention: &str, trial: &str, outcome: &str| -> Vec<&Row> {
        let wanted = [("convention", convention), ("trial", trial), ("outcome", outcome)];
        let is_wanted = |row: &&Row| wanted.iter().all(|(column, word)| row[*column] == *word);
        results.iter().filter(is_wanted).collect()
    };
    let mean = |convention: &str, trial: &str, outcome: &str| {
        let found = runs(convention, trial, outcome);
        assert_eq!(found.len(), 2, "{convention}, {trial}, {outcome}");
        found.iter().map(|row| number(row, "value")).sum::<f64>() / 2.0
    };
    let target = mean("raw", all, "share:beta");
    let (mut alphas, mut points) = (Vec::new(), Vec::new());
    for trial in (0..16).map(label) {
        assert!((mean("matched", &trial, "share:beta") - target).abs() <= 0.002, "{trial}");
        alphas.push(runs("matched", &trial, "share:beta")[0]["platforms.beta.alpha"].clone());
        assert_eq!(runs("raw", &trial, "share:beta")[0]["platforms.beta.alpha"], "-3", "{trial}");
        points.extend(["raw", "matched"].map(|it| runs(it, &trial, "share:beta")[0]["point"].clone()));
    }
    assert_eq!(alphas[15], "-3", "as it is, nothing has to be matched");
    assert!(alphas.iter().any(|alpha| alpha != "-3"), "{alphas:?}");
    points.sort_unstable();
    points.dedup();
    assert_eq!(points.len(), 32, "a point is one combination under one convention");
    for convention in ["raw", "matched"] {
        let whole = ["beta", "alpha"].map(|name| mean(convention, all, &format!("retention_30:{name}")));
        let found = row(&gap, &[("convention", convention)]);
        assert!((number(found, "gap") - (whole[0] - whole[1])).abs() < 1e-12, "{convention}");
    }
}

/// Where both platforms are alike, taking the rival's settings changes nothing: a dummy player, exactly 0. The
/// costs of moving are the market's, so they may matter even then.
#[test]
fn a_group_in_which_the_platforms_are_alike_gets_nothing() {
    let folder = folder();
    let alike = MARKET.replace("majors = 0.5, independents = 0.8", "majors = 0.95, independents = 0.9");
    fs::write(folder.path().join("market.toml"), alike).unwrap();
    let words = "decompose market.toml --between beta alpha --set platforms.alpha.premium.price=12 \
        --of retention_30 --of payers --out there --users 500 --replications 2 -q";
    ends(0, folder.path(), words);
    let shares = rows(&folder.path().join("there"), "shares");
    assert_eq!(shares.len(), 2 * 2 * 5);
    for row in &shares {
        let is_alike = ["catalogue", "price"].contains(&row["group"].as_str());
        for column in ["share", "share_low", "share_high"] {
            assert!(!is_alike || number(row, column) == 0.0, "{row:?}");
        }
        assert!(is_alike || number(row, "share") != 0.0 || row["outcome"] == "payers:beta", "{row:?}");
    }
}

/// Platforms that differ by name only: no group holds anything but the costs of moving, and neither they nor the
/// rest favour one of the two, but for chance. Tolerance: 4 standard errors over 8 replications.
#[test]
fn platforms_that_differ_by_name_only_have_no_gap() {
    let folder = folder();
    let (head, platforms) = MARKET.split_once("[[platforms]]").unwrap();
    let alpha = platforms.split("[[platforms]]").next().unwrap();
    let twins = format!("{head}[[platforms]]{alpha}[[platforms]]{}", alpha.replace("alpha\"", "beta\""));
    fs::write(folder.path().join("market.toml"), twins).unwrap();
    let words = "decompose market.toml --between beta alpha --of share --raw --out there --replications 8 -q";
    ends(0, folder.path(), words);
    let shares = rows(&folder.path().join("there"), "shares");
    // Two-sided 95 % point of Student's t with 7 degrees of freedom. Source: scipy 1.17, stats.t.ppf(0.975, 7).
    let errors = |row: &Row| {
        number(row, "share")
            / ((number(row, "share_high") - number(row, "share_low")) / 2.0 / 2.364624251592785)
    };
    for group in GROUPS {
        let found = row(&shares, &[("group", group)]);
        match group {
            "migration cost" => assert!(errors(found).abs() < 4.0, "{found:?}"),
            _ => assert_eq!(number(found, "share"), 0.0, "{found:?}"),
        }
    }
    let rest = row(&shares, &[("group", REMAINDER)]);
    assert!(errors(rest).abs() < 4.0, "{rest:?}");
}

/// The licence event sets beta's catalogue, whatever the combination: headline, notes and machine-readable answer say so.
#[test]
fn groups_that_events_set_are_named() {
    let folder = folder();
    let words = "decompose market.toml --between beta alpha --raw --of paid_ratio --replications 5 --out";
    let (said, _) = ends(0, folder.path(), &format!("{words} set -q"));
    for part in ["Dated events set catalogue in every combination", "“Licences lost” sets it in every"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let page = fs::read_to_string(folder.path().join("set/report.html")).unwrap();
    assert!(page.contains("The share of catalogue is not what catalogue is worth"), "the page is silent");
    let without = &MARKET[..MARKET.find("[[events]]").unwrap()];
    fs::write(folder.path().join("market.toml"), without).unwrap();
    let (said, _) = ends(0, folder.path(), &format!("{words} free -q --json"));
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(!said.contains("Dated events"), "{said}");
    let shares = told["tables"]["shares"].as_array().unwrap();
    let sum: f64 = shares.iter().map(|row| row["share"].as_f64().unwrap()).sum();
    let gap = told["tables"]["gap"][0]["gap"].as_f64().unwrap();
    assert_eq!(shares.len(), GROUPS.len() + 1);
    assert!((sum - gap).abs() < 1e-12, "{sum} {gap}");
}

fn market_of(text: &str) -> Scenario {
    let document = Document::parse(text, "market.toml", Path::new("."));
    check(&document).expect("sound").scenario
}

#[test]
fn every_kind_of_event_sets_the_group_that_it_belongs_to() {
    let sets = |event: &str| -> Vec<String> {
        let market = &MARKET[..MARKET.find("[[events]]").unwrap()];
        let genre = market.replace(
            "[[rights_holders]]\nname = \"majors\"",
            "[[genres]]\nname = \"pop\"\n\n[[rights_holders]]\nname = \"majors\"",
        );
        let third = "[[platforms]]\nname = \"gamma\"\nlicences = 0.5\ninitial = { share = 0.0 }\n";
        let scenario = market_of(&format!("{genre}\n{third}\n[[events]]\nday = 9\n{event}"));
        set_by_events(&scenario, [1, 0]).iter().map(|(group, _)| (*group).to_owned()).collect()
    };
    for (event, groups) in [
        ("kind = \"licence\"\nplatform = \"alpha\"\nholder = \"majors\"\nshare = 0.1", &["catalogue"][..]),
        ("kind = \"licence\"\nplatform = \"gamma\"\nholder = \"majors\"\nshare = 0.1", &[]),
        ("kind = \"sublicence\"\nfrom = \"alpha\"\nto = \"gamma\"\nholder = \"majors\"\nshare = 0.1", &[]),
        ("kind = \"exclusivity_ban\"\nshare = 0.9", &["catalogue"]),
        ("kind = \"feature\"\nplatform = \"beta\"\nopen = 0.5", &["community"]),
        ("kind = \"feature\"\nplatform = \"beta\"\npulse = 1.0\nhalf_life_days = 9", &[]),
        ("kind = \"price\"\nplatform = \"beta\"\npremium = 9", &["price"]),
        ("kind = \"portability\"\nportability = 0.5", &["migration cost"]),
        ("kind = \"campaign\"\nplatform = \"beta\"\nawareness = 0.1\nhalf_life_days = 9", &[]),
    ] {
        assert_eq!(sets(event), groups, "{event}");
    }
}

#[test]
fn an_audience_is_not_forgotten() {
    let folder = folder();
    let words = "decompose market.toml --between beta alpha --raw --of";
    let (_, said) = ends(2, folder.path(), &format!("{words} share@nobody"));
    assert!(said.contains("no audience is named `nobody`"), "{said}");
    let audience = "\n[[audiences]]\nname = \"pop\"\ngenre = \"pop\"\n";
    let text = MARKET.replace(
        "[[rights_holders]]\nname = \"majors\"",
        "[[genres]]\nname = \"pop\"\n\n[[rights_holders]]\nname = \"majors\"",
    );
    fs::write(folder.path().join("market.toml"), text + audience).unwrap();
    ends(0, folder.path(), &format!("{words} users@pop --out there -q"));
    assert!(rows(&folder.path().join("there"), "gap").iter().all(|row| row["outcome"] == "users:beta@pop"));
}

#[test]
fn a_platform_has_no_gap_with_itself_or_with_nobody() {
    let folder = folder();
    let (_, said) = ends(2, folder.path(), "decompose market.toml --between beta beta");
    assert!(said.contains("itself"), "{said}");
    let (_, said) = ends(2, folder.path(), "decompose market.toml --between beta gamma");
    assert!(said.contains("`gamma`"), "{said}");
}
