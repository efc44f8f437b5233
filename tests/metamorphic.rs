//! Laws that relate two runs: what must not matter does not matter, exactly, because both runs share every
//! draw.

use crate::common;
use crate::common::duopoly;
use crate::shipped;
use ecotone::engine::{Run, simulate};
use ecotone::maths::sqrt;
use ecotone::measure::measure_all;
use ecotone::scenario::{ActivityMode, Audience, Effect, Scenario, TieKind};
use ecotone::table::Cells;
use ecotone::world::panel::TIERS;
use ecotone::world::spells::{Cause, State};
use std::collections::BTreeMap;

fn run(scenario: &Scenario) -> Run {
    simulate(scenario, 0, &|_| true).expect("not stopped")
}

/// The manual's market: three platforms, three genres, every kind of event.
fn everything() -> Scenario {
    let documents = shipped::documents();
    let (name, document) = documents.iter().find(|(name, _)| name == "everything").expect("the manual");
    shipped::small(shipped::checked(name, document).scenario, 2_000, 260)
}

/// Integer outcomes with platforms by name, classes added up.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// Day, platform and plan.
    home: BTreeMap<(usize, String, usize), u64>,
    active: BTreeMap<(usize, String, usize), u64>,
    monthly: BTreeMap<(usize, String), u64>,
    moves: BTreeMap<(usize, String, String), u64>,
    /// State, platform, cohort, age and cause with the destination's name.
    ends: BTreeMap<(State, String, u16, u16, String), u64>,
    entries: BTreeMap<(State, String, u16), u64>,
    decisions: u64,
}

fn outcome(scenario: &Scenario, run: &Run) -> Outcome {
    let name = |place: usize| match place {
        0 => "outside".to_owned(),
        _ => scenario.platforms[place - 1].name.clone(),
    };
    let cause = |cause: Cause| match cause {
        Cause::Switched(place) => format!("switched to {}", name(usize::from(place))),
        other => format!("{other:?}"),
    };
    let panel = &run.panel;
    let mut found = Outcome {
        home: BTreeMap::new(),
        active: BTreeMap::new(),
        monthly: BTreeMap::new(),
        moves: BTreeMap::new(),
        ends: BTreeMap::new(),
        entries: BTreeMap::new(),
        decisions: run.decisions,
    };
    for day in 0..=panel.days {
        for class in 0..panel.classes {
            for place in 0..panel.places {
                for tier in 0..TIERS {
                    *found.home.entry((day, name(place), tier)).or_default() +=
                        panel.home(day, class, place, tier);
                }
                if day == panel.days {
                    continue;
                }
                for tier in 0..TIERS {
                    *found.active.entry((day, name(place), tier)).or_default() +=
                        panel.active(day, class, place, tier);
                }
                *found.monthly.entry((day, name(place))).or_default() +=
                    panel.monthly_active(day, class, place);
                for to in 0..panel.places {
                    *found.moves.entry((day, name(place), name(to))).or_default() +=
                        panel.moves(day, class, place, to);
                }
            }
        }
    }
    for (key, count) in &run.spells.ends {
        let key = (key.state, name(usize::from(key.place)), key.cohort, key.age, cause(key.cause));
        *found.ends.entry(key).or_default() += count;
    }
    for (key, count) in &run.spells.entries {
        *found.entries.entry((key.state, name(usize::from(key.place)), key.age)).or_default() += count;
    }
    found
}

/// Says which outcome differs first, so that a failure can be read.
fn assert_same(one: &Outcome, other: &Outcome, what: &str) {
    let day = one.home.iter().find(|(key, count)| other.home.get(key) != Some(count));
    assert!(day.is_none(), "{what}: homes differ first at {day:?}");
    assert!(one.active == other.active, "{what}: active users differ");
    assert!(one == other, "{what}: the outcome differs");
}

/// The scenario with platform `j` at position `to[j]`.
fn rearranged(scenario: &Scenario, to: &[usize]) -> Scenario {
    let mut changed = scenario.clone();
    for (from, &place) in to.iter().enumerate() {
        changed.platforms[place] = scenario.platforms[from].clone();
        for (other, &to_other) in to.iter().enumerate() {
            changed.platforms[place].second_homes[to_other] = scenario.platforms[from].second_homes[other];
        }
    }
    renumber(&mut changed, |platform| to[platform]);
    changed
}

fn renumber(scenario: &mut Scenario, number: impl Fn(usize) -> usize) {
    for event in &mut scenario.events {
        match &mut event.effect {
            Effect::Licence { platform, .. }
            | Effect::Feature { platform, .. }
            | Effect::Price { platform, .. }
            | Effect::OriginalsProgramme { platform, .. }
            | Effect::KolSigning { platform, .. }
            | Effect::Campaign { platform, .. } => *platform = number(*platform),
            Effect::Sublicence { from, to, .. } => (*from, *to) = (number(*from), number(*to)),
            Effect::Entry { platform } | Effect::Exit { platform } => *platform = number(*platform),
            Effect::Partnership { platform, partner, .. } => {
                (*platform, *partner) = (number(*platform), number(*partner));
            }
            Effect::ExclusivityBan { .. } | Effect::Portability { .. } => {}
        }
    }
    scenario.targets.iter_mut().for_each(|target| target.platform = number(target.platform));
}

#[test]
fn reordered_platforms_permute_the_results() {
    let scenario = everything();
    let expected = outcome(&scenario, &run(&scenario));
    for to in [[1, 2, 0], [2, 1, 0], [0, 2, 1]] {
        let changed = rearranged(&scenario, &to);
        assert_same(&expected, &outcome(&changed, &run(&changed)), &format!("order {to:?}"));
    }
}

#[test]
fn a_constant_added_to_every_utility_changes_nothing() {
    let mut scenario = everything();
    scenario.market.outside = false;
    scenario.platforms[0].initial.share = 0.6;
    scenario.platforms[1].initial.share = 0.3;
    scenario.platforms[2].initial.share = 0.1;
    let expected = outcome(&scenario, &run(&scenario));
    scenario.platforms.iter_mut().for_each(|platform| platform.alpha += 0.5);
    assert_same(&expected, &outcome(&scenario, &run(&scenario)), "alpha + 0.5");
}

/// The constant does matter when users may live outside: the law above is not met by inertness.
#[test]
fn a_constant_matters_beside_the_outside_option() {
    let mut scenario = everything();
    let expected = outcome(&scenario, &run(&scenario));
    scenario.platforms.iter_mut().for_each(|platform| platform.alpha += 0.5);
    assert!(expected.home != outcome(&scenario, &run(&scenario)).home);
}

#[test]
fn a_scenario_differs_from_itself_by_nothing() {
    for (name, document) in shipped::documents() {
        let scenario = shipped::small(shipped::checked(&name, &document).scenario, 1_000, 120);
        assert!(run(&scenario) == run(&scenario.clone()), "{name}");
    }
}

#[test]
fn the_future_does_not_change_the_past() {
    let long = everything();
    let whole = run(&long);
    for days in [30, 61, 150] {
        let short = shipped::small(long.clone(), 2_000, days);
        let part = run(&short);
        assert!(whole.panel.home.starts_with(&part.panel.home), "homes of {days} days");
        assert!(whole.panel.moves.starts_with(&part.panel.moves), "moves of {days} days");
        assert!(whole.panel.active.starts_with(&part.panel.active), "active users of {days} days");
        assert!(whole.panel.monthly_active.starts_with(&part.panel.monthly_active), "monthly, {days} days");
        assert_eq!(whole.spells.entries, part.spells.entries);
    }
}

#[test]
fn the_unit_of_money_changes_nothing() {
    let mut scenario = everything();
    let before = run(&scenario);
    let expected = outcome(&scenario, &before);
    scenario.users.price_sensitivity /= 10.0;
    for platform in &mut scenario.platforms {
        platform.basic.iter_mut().chain(&mut platform.premium).for_each(|plan| plan.price *= 10.0);
        if let Some(budget) = &mut platform.budget {
            for lever in
                [&mut budget.licences, &mut budget.community, &mut budget.originals, &mut budget.marketing]
            {
                *lever *= 10.0;
            }
        }
        if let Some(costs) = &mut platform.costs {
            costs.fees.iter_mut().for_each(|fee| *fee *= 10.0);
            (costs.per_active_day, costs.ad_revenue) = (costs.per_active_day * 10.0, costs.ad_revenue * 10.0);
        }
    }
    let supply = &mut scenario.supply;
    supply.eta_o /= 10.0;
    for scale in [&mut supply.licences_scale, &mut supply.community_scale, &mut supply.marketing_scale] {
        *scale *= 10.0;
    }
    for event in &mut scenario.events {
        match &mut event.effect {
            Effect::Price { basic, premium, .. } => {
                basic.iter_mut().chain(premium).for_each(|price| *price *= 10.0);
            }
            Effect::OriginalsProgramme { per_year, .. } => *per_year *= 10.0,
            Effect::Licence { fee, .. } | Effect::Sublicence { fee, .. } => {
                fee.iter_mut().for_each(|fee| *fee *= 10.0)
            }
            _ => {}
        }
    }
    let after = run(&scenario);
    assert_same(&expected, &outcome(&scenario, &after), "prices in tenths");
    let ratios = before.panel.price.iter().zip(&after.panel.price);
    assert!(ratios.into_iter().all(|(old, new)| *new == old * 10.0), "recorded prices follow");
}

/// The ban and copied features are left out: they reach every platform, so that the unused one makes news too. Nobody lives there
/// to hear it, but the greatest news of the day sets the bound under which hearers are drawn.
#[test]
fn an_unused_platform_changes_nothing() {
    let mut scenario = everything();
    scenario.events.retain(|event| !matches!(event.effect, Effect::ExclusivityBan { .. }));
    for event in &mut scenario.events {
        if let Effect::Feature { copy_lag_days, .. } = &mut event.effect {
            *copy_lag_days = None;
        }
    }
    let expected = outcome(&scenario, &run(&scenario));
    for position in 0..=3 {
        let mut changed = scenario.clone();
        let mut unused = scenario.platforms[0].clone();
        unused.name = "unused".to_owned();
        unused.aware = 0.0;
        unused.licences.fill(0.0);
        (unused.budget, unused.costs) = (None, None);
        unused.initial.share = 0.0;
        unused.initial.basic = 0.0;
        unused.initial.premium = 0.0;
        unused.second_homes.fill(0.0);
        changed.platforms.insert(position, unused);
        changed.platforms.iter_mut().for_each(|platform| platform.second_homes.insert(position, 0.0));
        renumber(&mut changed, |platform| platform + usize::from(platform >= position));
        let mut found = outcome(&changed, &run(&changed));
        let is_used = |name: &String| name != "unused";
        assert!(
            found.home.iter().all(|((_, name, _), &count)| is_used(name) || count == 0),
            "somebody lives there"
        );
        found.home.retain(|(_, name, _), _| is_used(name));
        found.active.retain(|(_, name, _), _| is_used(name));
        found.monthly.retain(|(_, name), _| is_used(name));
        found.moves.retain(|(_, from, to), _| is_used(from) && is_used(to));
        assert_same(&expected, &found, &format!("an unused platform at {position}"));
    }
}

#[test]
fn an_audience_changes_no_aggregate() {
    let mut scenario = everything();
    let with_two = run(&scenario);
    let expected = outcome(&scenario, &with_two);
    scenario.audiences.push(Audience {
        name: "pop".to_owned(),
        label: "pop".to_owned(),
        genre: 0,
        min_weight: Some(0.5),
    });
    let with_three = run(&scenario);
    assert!(with_three.panel.classes > with_two.panel.classes, "the audience splits nobody");
    assert_same(&expected, &outcome(&scenario, &with_three), "a third audience");
    scenario.audiences.clear();
    let without = run(&scenario);
    assert_eq!(without.panel.classes, 1);
    assert_same(&expected, &outcome(&scenario, &without), "no audience");
}

/// Rows of everybody, and of tables without audiences, as text. Niches along the axis of audiences are of
/// course made of audiences.
fn tables_of_everybody(scenario: &Scenario, run: &Run) -> Vec<String> {
    let mut rows = Vec::new();
    for table in measure_all(scenario, run) {
        for row in 0..table.rows() {
            let of_part = table.column("audience").is_some() && table.word("audience", row) != "everybody";
            let by_audience = table.name == "audience_niche"
                || table.column("axis").is_some() && table.word("axis", row) == "audience";
            if of_part || by_audience {
                continue;
            }
            let cells = table.columns.iter().map(|column| match &column.cells {
                Cells::Text { words, codes } => words[codes[row] as usize].clone(),
                Cells::Integer(values) => values[row].to_string(),
                Cells::Number(values) => format!("{:?}", values[row]),
            });
            rows.push(format!("{}: {}", table.name, cells.collect::<Vec<_>>().join(" ")));
        }
    }
    rows
}

/// A further audience adds rows; those of everybody stay as they were, to the last bit.
#[test]
fn an_audience_changes_no_row_of_everybody() {
    let mut scenario = everything();
    let before = tables_of_everybody(&scenario, &run(&scenario));
    assert!(before.len() > 1_000, "only {} rows", before.len());
    scenario.audiences.push(Audience {
        name: "pop".to_owned(),
        label: "pop".to_owned(),
        genre: 0,
        min_weight: Some(0.5),
    });
    let after = tables_of_everybody(&scenario, &run(&scenario));
    let differs = before.iter().zip(&after).find(|(before, after)| before != after);
    assert_eq!(differs, None);
    assert_eq!(before.len(), after.len());
}

/// What is measured and what is drawn changes nothing that happens.
#[test]
fn measures_change_nothing_that_happens() {
    let scenario = everything();
    let expected = outcome(&scenario, &run(&scenario));
    let mut changed = scenario.clone();
    changed.measures.retention_days = 33;
    changed.measures.brackets = vec![[2, 5]];
    changed.measures.discount_monthly = 0.5;
    changed.measures.success_share = 0.5;
    // Seven times the people, with seven times the money to spend on them.
    changed.market.population *= 7.0;
    for budget in changed.platforms.iter_mut().filter_map(|platform| platform.budget.as_mut()) {
        for lever in
            [&mut budget.licences, &mut budget.community, &mut budget.originals, &mut budget.marketing]
        {
            *lever *= 7.0;
        }
    }
    for event in &mut changed.events {
        if let Effect::OriginalsProgramme { per_year, .. } = &mut event.effect {
            *per_year *= 7.0;
        }
    }
    changed.market.currency = "EUR".to_owned();
    changed.run.confidence = 0.5;
    changed.run.replications = 99;
    changed.run.allow_tipping = true;
    changed.title = "Another".to_owned();
    changed.platforms.iter_mut().for_each(|platform| platform.label.push('!'));
    changed.platforms.iter_mut().for_each(|platform| platform.margin = 0.9);
    changed.targets.clear();
    assert_same(&expected, &outcome(&changed, &run(&changed)), "other measures");
    changed.measures.mau_window_days = 7;
    let weekly = outcome(&changed, &run(&changed));
    assert!(weekly.monthly != expected.monthly, "the window matters to monthly activity");
    assert!(weekly.home == expected.home && weekly.active == expected.active && weekly.ends == expected.ends);
}

/// Two holders with the same licences are one holder.
#[test]
fn a_divided_rights_holder_changes_nothing() {
    let scenario = everything();
    let expected = outcome(&scenario, &run(&scenario));
    let mut changed = scenario.clone();
    let holder = changed.rights_holders.len() - 1;
    let mut part = changed.rights_holders[holder].clone();
    part.name = "other_half".to_owned();
    for (share, left) in part.share.iter_mut().zip(&mut changed.rights_holders[holder].share) {
        *share *= 0.25;
        *left -= *share;
    }
    changed.rights_holders.push(part);
    for platform in &mut changed.platforms {
        let licence = platform.licences[holder];
        platform.licences.push(licence);
    }
    assert_same(&expected, &outcome(&changed, &run(&changed)), "a divided rights holder");
}

/// Without community content nothing reads activity, so a market moves alike whether it is watched or not.
#[test]
fn watching_changes_nothing_without_community_content() {
    let mut scenario = everything();
    scenario.choice.beta_u = 0.0;
    scenario.activity.psi_u = 0.0;
    let watched = run(&scenario);
    for activity in [ActivityMode::Off, ActivityMode::Full] {
        scenario.measures.activity = activity;
        let other = run(&scenario);
        assert!(watched.panel.home == other.panel.home, "{activity:?}: homes");
        assert!(watched.panel.moves == other.panel.moves, "{activity:?}: moves");
        assert!(watched.spells == other.spells, "{activity:?}: spells");
    }
}

/// Shares of the platforms after the run, with their mean and standard error over replications.
fn shares(scenario: &Scenario, replications: u32) -> Vec<(f64, f64)> {
    let last = |run: &Run, place: usize| -> f64 {
        let cells = (0..run.panel.classes).flat_map(|class| (0..TIERS).map(move |tier| (class, tier)));
        let living: u64 = cells.map(|(class, tier)| run.panel.home(run.panel.days, class, place, tier)).sum();
        living as f64 / run.users as f64
    };
    let runs: Vec<Run> = (0..replications)
        .map(|replication| simulate(scenario, replication, &|_| true).expect("a run"))
        .collect();
    let n = f64::from(replications);
    (0..scenario.places())
        .map(|place| {
            let values: Vec<f64> = runs.iter().map(|run| last(run, place)).collect();
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
            (mean, sqrt(variance / n))
        })
        .collect()
}

/// The number of users sets resolution, not dynamics: shares of 4,000 and of 16,000 users agree within four
/// standard errors, and four times the users halve the noise (ten replications each, fixed seeds; a ratio of
/// ten standard deviations lies within 1.0 to 4.0 in 95 % of cases, by the F law with 9 and 9 degrees).
#[test]
fn the_number_of_users_sets_resolution_only() {
    for kind in [TieKind::Matching, TieKind::WellMixed] {
        let mut scenario = common::scenario(&duopoly(4_000, 200));
        scenario.ties.kind = kind;
        let few = shares(&scenario, 10);
        scenario.market.users *= 4;
        scenario.market.population *= 4.0;
        let many = shares(&scenario, 10);
        for (place, (few, many)) in few.iter().zip(&many).enumerate() {
            let distance = (few.0 - many.0).abs() / sqrt(few.1 * few.1 + many.1 * many.1);
            assert!(distance < 4.0, "{kind:?}, place {place}: {few:?} {many:?}, {distance} standard errors");
        }
        let noise: f64 = few[1].1 / many[1].1;
        assert!((1.0..4.0).contains(&noise), "{kind:?}: noise falls by {noise}");
    }
}
