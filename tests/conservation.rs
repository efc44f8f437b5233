//! Nobody is lost and nothing is counted twice: users, spells, plans, counters, in random worlds and in
//! the most extreme ones.

use std::collections::BTreeMap;

use crate::common::{duopoly, scenario};
use crate::reference::{changing_market, spending};
use ecotone::dynamics::{horizon, step};
use ecotone::engine::simulate;
use ecotone::measure::measure_all;
use ecotone::parallel::CHUNK;
use ecotone::scenario::{ActivityMode, Scenario};
use ecotone::table::{Cells, Unit};
use ecotone::world::World;
use ecotone::world::founding::found;
use ecotone::world::graph::Hub;
use ecotone::world::panel::TIERS;
use ecotone::world::spells::{Cause, State};
use ecotone::world::users::{has_paid, home, second, tier};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A gap of at most so many days does not end a membership (definition of `State::Member`).
const LONGEST_GAP: u32 = 30;
/// Days between recounts of the tie counters.
const RECOUNT: u32 = 10;

/// State, place, class.
type Cell = (State, u8, u8);

/// Days and spells by cell, recounted by looking at every user at the start of every day.
#[derive(Default)]
struct Recount {
    days: BTreeMap<Cell, i64>,
    spells: BTreeMap<Cell, i64>,
    past: Vec<Past>,
}

/// What the recount remembers of a user's stay.
#[derive(Clone, Default)]
struct Past {
    home: usize,
    start: u16,
    last_paid: Option<u32>,
}

impl Recount {
    /// Looks at everybody; after the last day only spells that begin are counted, no further day.
    fn look(&mut self, world: &World, is_over: bool) {
        let today = i64::from(!is_over);
        self.past.resize(world.users.place.len(), Past::default());
        for user in 0..world.users.place.len() {
            let (here, status) = (home(world.users.place[user]), world.users.status[user]);
            let start = world.chunks[user / CHUNK].start[user % CHUNK];
            let class = world.types.class[usize::from(world.users.kind[user])];
            let past = &mut self.past[user];
            let is_new = world.day == 0 || (here, start) != (past.home, past.start);
            if is_new {
                *past = Past { home: here, start, last_paid: None };
            }
            if here == 0 {
                continue;
            }
            let mut note = |state, begins: bool, days: i64| {
                *self.spells.entry((state, here as u8, class)).or_default() += i64::from(begins);
                *self.days.entry((state, here as u8, class)).or_default() += days;
            };
            note(State::Home, is_new, today);
            if !has_paid(status) {
                note(State::Unpaid, is_new, today);
            }
            if tier(status) > 0 {
                let gap = past.last_paid.map(|last| world.day - last - 1).filter(|&gap| gap <= LONGEST_GAP);
                note(State::Member, gap.is_none(), today + i64::from(gap.unwrap_or(0)));
                past.last_paid = Some(world.day);
            }
        }
    }
}

/// Steps a world to the horizon and holds everything against its laws.
fn obey(scenario: &Scenario) -> World {
    let mut world = found(scenario, 0);
    let mut recount = Recount::default();
    for day in 0..scenario.market.days {
        recount.look(&world, false);
        if day % RECOUNT == 0 {
            counters_equal_a_recount(&world);
        }
        step(&mut world, scenario);
        tables_are_sane(&world);
    }
    recount.look(&world, true);
    counters_equal_a_recount(&world);
    horizon::close(&mut world);
    users_are_conserved(&world);
    second_homes_are_counted(&world);
    payers_balance(&world);
    spells_tile_time(&world, &recount);
    activity_is_bounded(&world, scenario);
    measures_are_sane(scenario);
    world
}

/// Tables hold no infinite number, and shares lie in 0..=1.
fn measures_are_sane(scenario: &Scenario) {
    let run = simulate(scenario, 0, &|_| true).expect("not stopped");
    for table in measure_all(scenario, &run) {
        for column in &table.columns {
            let Cells::Number(values) = &column.cells else { continue };
            let is_sane = |x: &f64| {
                x.is_nan()
                    || x.is_finite()
                        && (!matches!(column.unit, Unit::Share | Unit::Probability)
                            || (-1e-9..=1.0 + 1e-9).contains(x))
            };
            let odd = values.iter().find(|x| !is_sane(x));
            assert_eq!(odd, None, "{}.{} in {}", table.name, column.name, column.unit.word());
        }
    }
}

/// Ties on the own platform, and on all, as kept from day to day, and as counted from the graph.
fn counters_equal_a_recount(world: &World) {
    if !world.rules.hears_of_ties() {
        return;
    }
    for chunk in &world.chunks {
        for (position, user) in chunk.users().enumerate() {
            let here = home(world.users.place[user]);
            if world.graph.is_hub(user as u32) {
                hub_equals_a_recount(world, chunk.hubs.find(position).expect("a hub"), user);
                continue;
            }
            let tally = world.graph.tally::<true>(user as u32, &world.users);
            if world.rules.keeps_ties {
                let kept = chunk.kept.get(position);
                for place in 0..world.rules.places {
                    let ties = [kept.friends(place), kept.taste(place), kept.paying(place)];
                    let counted = [tally.friends(place), tally.taste(place), tally.paying(place)];
                    assert_eq!(ties, counted, "ties of user {user} on place {place}, day {}", world.day);
                }
            }
            if !world.rules.counts_ties {
                continue;
            }
            let kept = [chunk.friends[position], chunk.taste[position], chunk.paying[position]];
            let counted = [tally.friends(here), tally.taste(here), tally.paying(here)];
            assert_eq!(kept, counted, "ties of user {user} on place {here}, day {}", world.day);
        }
    }
}

fn hub_equals_a_recount(world: &World, hub: &Hub, user: usize) {
    let (mut friends, mut payers) = ([0; 16], [0; 16]);
    world.graph.neighbours(user as u32, |neighbour, _| {
        let (place, status) = (world.users.place[neighbour as usize], world.users.status[neighbour as usize]);
        friends[home(place)] += 1;
        friends[second(place, status)] += u32::from(second(place, status) > 0);
        payers[home(place)] += u32::from(tier(status) > 0);
    });
    for place in 0..16 {
        let ties = [hub.friends(place), hub.paying(place)];
        let counted = [friends[place], payers[place]];
        assert_eq!(ties, counted, "ties of hub {user} on place {place}, day {}", world.day);
    }
}

fn tables_are_sane(world: &World) {
    let tables = &world.tables;
    assert!((tables.share.iter().sum::<f64>() - 1.0).abs() < 1e-9, "shares {:?}", tables.share);
    assert!(tables.share.iter().chain(&tables.payers).all(|share| (0.0..=1.0).contains(share)));
    assert!(tables.aware.iter().chain(&tables.open).all(|share| (0.0..=1.0).contains(share)));
    assert!(tables.matching.iter().chain(&tables.expected).all(|x| (0.0..=1.0).contains(x)));
    assert!(tables.always_there.iter().chain(&tables.salience).all(|x| (0.0..=1.0).contains(x)));
    // A closed platform is worth minus infinity, and nothing else is infinite.
    let is_sane = |(at, utility): (usize, &f64)| match tables.closed[at % tables.places] {
        true => *utility == f64::NEG_INFINITY,
        false => utility.is_finite(),
    };
    assert!(tables.utility.iter().enumerate().all(is_sane));
    assert!(tables.idle_odds.iter().all(|odds| *odds >= 0.0));
    assert!(tables.plan_value.iter().all(|value| !value.is_nan() && *value < f64::INFINITY));
    assert!(world.market.stock.iter().all(|stock| stock.is_finite() && *stock >= 0.0));
}

/// Every day everybody lives somewhere, and homes change by moves alone.
fn users_are_conserved(world: &World) {
    let panel = &world.ledger.panel;
    let living = |day: usize, class: usize, place: usize| -> i64 {
        (0..TIERS).map(|tier| panel.home(day, class, place, tier) as i64).sum()
    };
    let users = world.users.place.len() as i64;
    for day in 0..=panel.days {
        let cells = (0..panel.classes).flat_map(|class| (0..panel.places).map(move |place| (class, place)));
        let total: i64 = cells.clone().map(|(class, place)| living(day, class, place)).sum();
        assert_eq!(total, users, "users on day {day}");
        for (class, place) in cells.filter(|_| day < panel.days) {
            let net: i64 = (0..panel.places)
                .map(|other| {
                    panel.moves(day, class, other, place) as i64
                        - panel.moves(day, class, place, other) as i64
                })
                .sum();
            let change = living(day + 1, class, place) - living(day, class, place);
            assert_eq!(change, net, "day {day}, class {class}, place {place}");
            assert_eq!(panel.moves(day, class, place, place), 0, "a move to where one lives");
        }
        let outside = (0..panel.classes).flat_map(|class| (1..TIERS).map(move |tier| (class, tier)));
        assert!(
            outside.into_iter().all(|(class, tier)| panel.home(day, class, 0, tier) == 0),
            "payers outside"
        );
    }
}

/// Second homes as kept from day to day, and as counted from the users; nobody keeps one outside, or at home.
fn second_homes_are_counted(world: &World) {
    let (panel, places) = (&world.ledger.panel, world.rules.places);
    let mut counted = vec![0; world.ledger.second.len()];
    for user in 0..world.users.place.len() {
        let (place, status) = (world.users.place[user], world.users.status[user]);
        let (here, second) = (home(place), second(place, status));
        if second > 0 {
            assert!(here > 0 && second != here, "user {user} at home on {here} keeps {second}");
            let class = usize::from(world.types.class[usize::from(world.users.kind[user])]);
            counted[(class * places + here) * places + second] += 1;
        }
    }
    assert_eq!(counted, world.ledger.second);
    for day in 0..=panel.days {
        for class in 0..panel.classes {
            for place in 0..places {
                let kept: u64 = (0..places).map(|second| panel.second_home(day, class, place, second)).sum();
                let living: u64 = (0..TIERS).map(|tier| panel.home(day, class, place, tier)).sum();
                assert!(kept <= living, "day {day}: {kept} second homes of {living} residents");
            }
        }
    }
    let moves: u64 = panel.moves.iter().map(|&count| u64::from(count)).sum();
    let told: u64 = world.ledger.reasons.sums.values().map(|(moves, _)| moves).sum();
    // Those under contract move without a choice of their own; who must leave may move to a worse place.
    let all_choose = !world.market.has_contracts;
    assert!(told == moves || !all_choose && told < moves, "{told} moves with reasons of {moves}");
    for (key, (_, sums)) in &world.ledger.reasons.sums {
        let had_to = world.tables.closed[usize::from(key.from)];
        assert!(had_to || sums.iter().sum::<i64>() >= 0, "{key:?}: moves to worse places");
    }
}

/// Payers change by conversions, cancellations and payers who leave; arrivals are free.
fn payers_balance(world: &World) {
    let (panel, spells) = (&world.ledger.panel, &world.ledger.spells);
    let paying = |day: usize, class: usize, place: usize| -> i64 {
        (1..TIERS).map(|tier| panel.home(day, class, place, tier) as i64).sum()
    };
    for class in 0..panel.classes {
        for place in 1..panel.places {
            let mut left = 0;
            for day in 0..panel.days {
                let at = panel.at(day, class, place);
                let converted = i64::from(panel.conversions[at]) - i64::from(panel.cancellations[at]);
                let gone = paying(day, class, place) + converted - paying(day + 1, class, place);
                let out: u64 = (0..panel.places).map(|to| panel.moves(day, class, place, to)).sum();
                assert!((0..=out as i64).contains(&gone), "day {day}: {gone} payers left among {out} movers");
                left += gone;
            }
            let ended = spells.ends.iter().filter(|(key, _)| {
                (key.state, usize::from(key.place), usize::from(key.class)) == (State::Member, place, class)
                    && matches!(key.cause, Cause::Switched(_) | Cause::Lapsed)
            });
            assert_eq!(left, ended.map(|(_, &count)| count as i64).sum::<i64>(), "payers who left {place}");
        }
    }
    let converted: u64 = panel.conversions.iter().map(|&count| u64::from(count)).sum();
    assert_eq!(world.ledger.motives.conversions.iter().sum::<u64>(), converted, "motives of conversions");
}

/// Days in spells equal days lived; every spell that begins ends once.
fn spells_tile_time(world: &World, recount: &Recount) {
    let spells = &world.ledger.spells;
    let (mut days, mut ended) = (BTreeMap::<Cell, i64>::new(), BTreeMap::<Cell, i64>::new());
    for (key, &count) in &spells.ends {
        let cell = (key.state, key.place, key.class);
        *days.entry(cell).or_default() += i64::from(key.age) * count as i64;
        *ended.entry(cell).or_default() += count as i64;
    }
    let mut entered = BTreeMap::<Cell, i64>::new();
    for (key, &count) in &spells.entries {
        let cell = (key.state, key.place, key.class);
        *days.entry(cell).or_default() -= i64::from(key.age) * count as i64;
        *entered.entry(cell).or_default() += count as i64;
    }
    let present = |counts: &BTreeMap<Cell, i64>| -> BTreeMap<Cell, i64> {
        counts.iter().filter(|(_, count)| **count != 0).map(|(&cell, &count)| (cell, count)).collect()
    };
    assert_eq!(present(&days), present(&recount.days), "days in spells");
    assert_eq!(present(&ended), present(&recount.spells), "ends of spells");
    let panel = &world.ledger.panel;
    for (&(state, place, class), &ended) in ended.iter().filter(|((state, ..), _)| *state != State::Member) {
        let joins: u64 = (0..panel.days)
            .flat_map(|day| (0..panel.places).map(move |from| (day, from)))
            .map(|(day, from)| panel.moves(day, usize::from(class), from, usize::from(place)))
            .sum();
        let entries = entered.get(&(state, place, class)).copied().unwrap_or(0);
        assert_eq!(ended, entries + joins as i64, "{state:?} spells of place {place}: entries and joins");
    }
}

/// Active users live there; monthly actives are at least the day's; joiners are movers.
fn activity_is_bounded(world: &World, scenario: &Scenario) {
    let (panel, attendance) = (&world.ledger.panel, &world.ledger.attendance);
    let tracked = world.rules.tracked;
    for day in 0..panel.days {
        for class in 0..panel.classes {
            for place in 0..panel.places {
                for tier in 0..TIERS {
                    let visitors: u64 = if tier > 0 {
                        0
                    } else {
                        (0..panel.places).map(|home| panel.second_home(day, class, home, place)).sum()
                    };
                    let present = panel.home(day, class, place, tier) + visitors;
                    assert!(panel.active(day, class, place, tier) <= present, "day {day}: active <= present");
                }
            }
        }
    }
    let full = scenario.measures.activity == ActivityMode::Full;
    for day in 0..panel.days {
        for class in 0..panel.classes {
            assert_eq!(panel.active(day, class, 0, 0), 0, "active outside");
            for place in 0..panel.places {
                let daily: u64 = (0..TIERS).map(|tier| panel.active(day, class, place, tier)).sum();
                let monthly = panel.monthly_active(day, class, place);
                assert!(
                    daily <= monthly && monthly <= tracked,
                    "day {day}, place {place}: {daily} {monthly}"
                );
                let joined = u64::from(attendance.joined[panel.at(day, class, place)]);
                let moved: u64 = match day {
                    0 => 0,
                    _ => (0..panel.places).map(|from| panel.moves(day - 1, class, from, place)).sum(),
                };
                assert!(joined <= moved && (!full || place == 0 || joined == moved), "day {day}: joiners");
            }
        }
    }
    let joined: u64 = attendance.joined.iter().map(|&count| u64::from(count)).sum();
    let ever: u64 = attendance.last_active.iter().map(|&count| u64::from(count)).sum();
    assert!(ever <= joined, "{ever} joiners were ever active, of {joined}");
    attended_by_joiners(world);
    assert!(world.ledger.decisions >= panel.moves.iter().map(|&count| u64::from(count)).sum::<u64>());
}

/// Of no cohort more are active at an age, or in a bracket, than joined.
fn attended_by_joiners(world: &World) {
    let attendance = &world.ledger.attendance;
    for class in 0..attendance.classes {
        for place in 0..attendance.places {
            let mut joined = vec![0; attendance.cohorts];
            for day in 0..world.ledger.panel.days {
                let cohort = world.calendar.month_of(day as u32);
                joined[cohort] += attendance.joined[world.ledger.panel.at(day, class, place)];
            }
            for (cohort, &joined) in joined.iter().enumerate() {
                let ages = &attendance.active[attendance.at(class, place, cohort, attendance.ages)..];
                let brackets =
                    &attendance.in_bracket[attendance.at(class, place, cohort, attendance.brackets)..];
                let attended = ages[..attendance.ages].iter().chain(&brackets[..attendance.brackets]);
                assert!(attended.max() <= Some(&joined), "class {class}, place {place}, cohort {cohort}");
            }
        }
    }
}

/// A duopoly of `days` whose later events never come.
fn market(users: u64, days: u32) -> Value {
    let mut settings = duopoly(users, days);
    settings["users"]["types"] = json!(32);
    let events = settings["events"].as_array_mut().expect("a list");
    events.retain(|event| event["day"].as_u64().expect("a day") < u64::from(days));
    settings
}

/// Sets a value by a path of keys.
fn with(mut settings: Value, changes: &[(&str, Value)]) -> Value {
    for (path, value) in changes {
        *settings.pointer_mut(path).unwrap_or_else(|| panic!("no setting {path}")) = value.clone();
    }
    settings
}

/// As many copies of the second platform, each with a name of its own and an equal share.
fn platforms(mut settings: Value, count: usize) -> Value {
    let platform = settings["platforms"][1].clone();
    let copies = (0..count).map(|number| {
        let mut copy = platform.clone();
        copy["name"] = json!(format!("p{number}"));
        copy["initial"]["share"] = json!(0.9 / count as f64);
        copy
    });
    settings["platforms"] = copies.collect();
    settings["events"] = json!([]);
    settings
}

#[test]
fn a_rich_world_obeys() {
    let world = obey(&scenario(&market(3_000, 200)));
    let causes = |cause: Cause| world.ledger.spells.ends.keys().any(|key| key.cause == cause);
    assert!(causes(Cause::Cancelled) && causes(Cause::Converted) && causes(Cause::Lapsed));
    assert!(causes(Cause::Switched(1)) && causes(Cause::Switched(2)) && causes(Cause::Censored));
}

/// Payers who cancel and come back: memberships with gaps are one spell or two, never one and a half.
#[test]
fn restless_payers_obey() {
    let changes = [
        ("/plans/kappa_tier", json!(0.0)),
        ("/plans/lambda_c", json!(0.3)),
        ("/plans/w0_basic", json!(0.5)),
        ("/choice/kappa_0", json!(0.2)),
    ];
    obey(&scenario(&with(market(1_500, 150), &changes)));
}

#[test]
fn several_chunks_obey() {
    let changes = [("/choice/lambda_0", json!(0.2)), ("/choice/lambda_w", json!(0.05))];
    obey(&scenario(&with(market(CHUNK as u64 * 2 + 100, 12), &changes)));
}

#[test]
fn odd_numbers_of_users_and_platforms_obey() {
    for users in [1, 2, 3, 15, 16, 17, 63, 64, 65] {
        obey(&scenario(&market(users, 60)));
    }
    for count in [1, 2, 15] {
        obey(&scenario(&platforms(market(400, 40), count)));
    }
    obey(&scenario(&market(100, 1)));
    obey(&scenario(&with(market(100, 1), &[("/market/users", json!(1))])));
}

/// Settings at the ends of their ranges, one by one: nothing panics, nothing becomes NaN, nobody is lost.
#[test]
fn extremes_obey() {
    let large = [
        "/choice/beta_c",
        "/choice/beta_s",
        "/choice/beta_u",
        "/choice/beta_r",
        "/choice/beta_n",
        "/choice/kappa_0",
        "/choice/kappa_q",
        "/choice/kappa_h",
        "/users/price_sensitivity",
        "/users/q0_sd",
        "/users/xi_sd",
        "/users/q0_mean",
        "/activity/psi_m",
        "/activity/psi_s",
        "/activity/psi_u",
        "/activity/psi_paid",
        "/activity/psi_f",
        "/plans/w0_basic",
        "/plans/w0_premium",
        "/plans/w_f",
        "/plans/w_i",
        "/plans/w_v",
        "/plans/w_g",
        "/plans/w_a",
        "/plans/kappa_tier",
        "/choice/k_ref",
        "/platforms/0/alpha",
        "/platforms/1/alpha",
        "/platforms/0/y0",
        "/platforms/0/basic/price",
        "/platforms/1/premium/price",
        "/platforms/1/premium/identity",
        "/platforms/1/basic/feature",
    ];
    let mut cases: Vec<(&str, Value)> = large.iter().map(|&path| (path, json!(1e6))).collect();
    for path in
        ["/platforms/0/alpha", "/platforms/1/alpha", "/users/q0_mean", "/activity/psi_m", "/plans/w0_basic"]
    {
        cases.push((path, json!(-1e6)));
    }
    for path in large {
        if !path.ends_with("k_ref") {
            cases.push((path, json!(0.0)));
        }
    }
    let unit = [
        "/choice/lambda_0",
        "/choice/lambda_e",
        "/choice/lambda_w",
        "/choice/delta_h",
        "/choice/varrho",
        "/choice/portability",
        "/choice/omega",
        "/plans/lambda_c",
        "/community/delta_k",
        "/platforms/0/aware",
        "/platforms/1/open",
        "/platforms/0/free_catalogue",
        "/platforms/0/recommender",
        "/platforms/0/ad_load",
    ];
    for path in unit {
        cases.push((path, json!(0.0)));
        cases.push((path, json!(1.0)));
    }
    cases.extend([
        ("/choice/chi", json!(100.0)),
        ("/choice/tau_t", json!(36_500.0)),
        ("/choice/tau_t", json!(0.0)),
        ("/choice/tau_e", json!(1e-9)),
        ("/choice/k_ref", json!(1e-9)),
        ("/plans/rho_t", json!(0.001)),
        ("/plans/rho_t", json!(1000.0)),
        ("/users/taste_log_sd", json!(5.0)),
        ("/users/catalogue_log_sd", json!(5.0)),
        ("/users/social_log_sd", json!(5.0)),
        ("/users/price_log_sd", json!(5.0)),
        ("/users/types", json!(1)),
        ("/users/types", json!(65_536)),
        ("/measures/mau_window_days", json!(1)),
        ("/measures/mau_window_days", json!(32)),
        ("/measures/retention_days", json!(1)),
        ("/measures/activity", json!("off")),
        ("/ties/k_friends", json!(0)),
        ("/ties/k_taste", json!(0)),
        ("/ties/k_friends", json!(24)),
        ("/ties/block", json!(2)),
        ("/ties/block", json!(1_000_000)),
        ("/ties/kind", json!("well_mixed")),
        ("/ties/kind", json!("watts_strogatz")),
        ("/platforms/0/licences", json!([0.0, 0.0])),
        ("/platforms/1/basic", Value::Null),
        ("/platforms/0/initial/max_tenure_days", json!(0)),
        ("/platforms/0/initial/max_tenure_days", json!(20_000)),
    ]);
    for (path, value) in cases {
        let result = std::panic::catch_unwind(|| {
            obey(&scenario(&with(market(300, 55), &[(path, value.clone())])));
        });
        assert!(result.is_ok(), "{path} = {value}");
    }
}

#[test]
fn markets_with_hubs_obey() {
    let hubs = [
        ("/ties/kind", json!("barabasi_albert")),
        ("/ties/attachments", json!(60)),
        ("/choice/lambda_0", json!(0.3)),
    ];
    let world = obey(&scenario(&with(market(700, 55), &hubs)));
    assert!((0..700).any(|user| world.graph.is_hub(user)));
}

#[test]
fn an_empty_platform_and_an_unknown_one_obey() {
    let empty = [
        ("/platforms/1/initial/share", json!(0.0)),
        ("/platforms/1/initial/basic", json!(0.0)),
        ("/platforms/1/initial/premium", json!(0.0)),
    ];
    obey(&scenario(&with(market(500, 80), &empty)));
    let mut settings = with(market(500, 80), &empty);
    settings["platforms"][1]["aware"] = json!(0.0);
    settings["choice"]["omega"] = json!(0.0);
    settings["events"] = json!([]);
    let world = obey(&scenario(&settings));
    assert!(world.ledger.panel.home.chunks(3 * TIERS).all(|day| day[2 * TIERS] == 0), "nobody knows it");
}

/// Platforms founded on day 0: everybody there is present with age 0 and has not joined during the run.
#[test]
fn founders_of_age_zero_are_not_joiners() {
    let changes = [
        ("/platforms/0/initial/max_tenure_days", json!(0)),
        ("/platforms/1/initial/max_tenure_days", json!(0)),
        ("/choice/lambda_0", json!(0.0)),
        ("/choice/lambda_e", json!(0.0)),
    ];
    let world = obey(&scenario(&with(market(500, 60), &changes)));
    assert!(
        world.ledger.spells.ends.keys().filter(|key| key.state == State::Home).all(|key| key.cohort == 0)
    );
    assert_eq!(world.ledger.attendance.active.iter().sum::<u32>(), 0);
}

#[test]
fn everybody_may_leave() {
    let changes = [
        ("/platforms/0/alpha", json!(-1e6)),
        ("/platforms/1/alpha", json!(-1e6)),
        ("/choice/lambda_0", json!(1.0)),
        ("/choice/kappa_q", json!(0.0)),
        ("/choice/kappa_h", json!(0.0)),
    ];
    let world = obey(&scenario(&with(market(500, 30), &changes)));
    assert_eq!(world.ledger.living(0), 500);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn random_worlds_obey(
        seed in 0_u64..1_000_000,
        users in 1_u64..600,
        days in 1_u32..90,
        lambda in 0.0_f64..1.0,
        word in prop::sample::select(vec![0.0, 0.1]),
        kappa in prop::sample::select(vec![0.0, 0.7, 2.0]),
        inertia in prop::sample::select(vec![0.0, 1.0, 3.6]),
        ties in prop::sample::select(vec!["matching", "well_mixed", "watts_strogatz", "erdos_renyi",
            "stochastic_block", "barabasi_albert"]),
        activity in prop::sample::select(vec!["full", "panel", "off"]),
        outside in any::<bool>(),
        audience in any::<bool>(),
        second in any::<bool>(),
        window in 1_u32..=32,
    ) {
        let ties = if users <= 10 && ties != "well_mixed" { "matching" } else { ties };
        let mut settings = with(market(users, days), &[
            ("/run/seed", json!(seed)),
            ("/choice/lambda_0", json!(lambda)),
            ("/choice/lambda_w", json!(word)),
            ("/choice/kappa_0", json!(kappa)),
            ("/plans/kappa_tier", json!(inertia)),
            ("/ties/kind", json!(ties)),
            ("/ties/block", json!(30)),
            ("/measures/activity", json!(activity)),
            ("/measures/panel_users", json!(users / 2 + 1)),
            ("/measures/mau_window_days", json!(window)),
            ("/market/outside", json!(outside)),
        ]);
        if second {
            settings["second_home"]["allowed"] = json!(true);
            settings["second_home"]["kappa_2"] = json!(0.5);
            settings["platforms"][1]["second_homes"] = json!([0.5, 0.0]);
        }
        if !audience {
            settings["audiences"] = json!([]);
        }
        if !outside {
            settings["platforms"][1]["initial"]["share"] = json!(0.5);
        }
        obey(&scenario(&settings));
    }
}

/// Platforms that enter, copy, share and close lose nobody, and no counter.
#[test]
fn entry_and_exit_conserve_users() {
    let mut settings = spending(changing_market(1_500, 120));
    settings["choice"]["lambda_w"] = json!(0.02);
    let world = obey(&scenario(&settings));
    assert_eq!(world.ledger.living(2), 0);
    assert!(world.ledger.living(3) > 20);
}

/// Stars who sign, a platform that closes and second homes at once, where some have more ties than bytes count: the counters
/// of all hold what a recount finds.
#[test]
fn stars_second_homes_and_an_exit_keep_the_counters() {
    let mut settings = changing_market(700, 70);
    settings["users"]["types"] = json!(32);
    settings["ties"]["kind"] = json!("barabasi_albert");
    settings["ties"]["attachments"] = json!(60);
    settings["choice"]["lambda_0"] = json!(0.1);
    settings["choice"]["lambda_w"] = json!(0.001);
    settings["second_home"]["allowed"] = json!(true);
    settings["second_home"]["kappa_2"] = json!(0.5);
    for (platform, shares) in [[0.0, 0.3, 0.0], [0.4, 0.0, 0.0], [0.0, 0.0, 0.0]].iter().enumerate() {
        settings["platforms"][platform]["second_homes"] = json!(shares);
    }
    let events = settings["events"].as_array_mut().expect("a list");
    for (day, platform, hubs, until) in [(6, 0, 40, json!(25)), (12, 1, 60, json!(null))] {
        let signing = json!({"kol_signing": {"platform": platform, "hubs": hubs, "pick": "ties", "originals": [0.3, 0.0],
            "awareness": 0.2, "half_life_days": 5.0, "fee": 1.0, "until": until}});
        events.push(json!({"day": day, "label": "", "effect": signing}));
    }
    let world = obey(&scenario(&settings));
    assert!((0..700).any(|user| world.graph.is_hub(user)));
    assert_eq!(world.ledger.living(2) + world.ledger.visiting(2), 0);
    assert!(world.ledger.visiting(1) + world.ledger.visiting(3) > 20);
}

/// Profit is what its parts say, and subscriptions are those of table money, in a market with every cost.
#[test]
fn profit_is_the_sum_of_its_parts() {
    let mut settings = spending(changing_market(1_500, 120));
    settings["supply"]["eta_x"] = json!(0.0);
    let scenario = scenario(&settings);
    let run = simulate(&scenario, 0, &|_| true).expect("not stopped");
    let tables = measure_all(&scenario, &run);
    let table = |name: &str| tables.iter().find(|table| table.name == name).expect("a table");
    let (profit, money) = (table("profit"), table("money"));
    let revenue: Vec<f64> = money
        .rows_where(&[("audience", "everybody")])
        .into_iter()
        .map(|row| money.numbers("revenue")[row])
        .collect();
    assert_eq!(profit.numbers("revenue_subscription"), revenue);
    for row in 0..revenue.len() {
        let number = |name: &str| profit.numbers(name)[row];
        let costs = ["licences", "revenue_share", "originals", "community", "marketing", "activity"];
        let costs: f64 = costs.iter().map(|name| number(&format!("cost_{name}"))).sum();
        let revenues = number("revenue_subscription") + number("revenue_ads");
        assert!((number("profit") - (revenues - costs)).abs() < 1e-9 * revenues.max(1.0), "row {row}");
        assert!((number("cost_revenue_share") - 0.4 * revenues).abs() < 1e-9 * revenues.max(1.0));
    }
    // The first platform: a year's fees and budget for licences, 31 of 365 days in the first month.
    let expected = (1_500.0 + 1_500.0) * 31.0 / 365.0;
    assert!((profit.numbers("cost_licences")[0] - expected).abs() < 1e-6);
    // The entrant has fees once it is open: from day 14 on, 17 days of January.
    assert!((profit.numbers("cost_licences")[2] - 1_500.0 * 17.0 / 365.0).abs() < 1e-6);
}
