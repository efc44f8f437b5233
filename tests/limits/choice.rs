//! V01 and V25: choices follow the logit laws, among the platforms that come to mind.

use crate::plain::{
    MILLION, advance, close_share, founded, living, plain, rehome, scenario, set_shares, share,
};
use ecotone::engine::simulate;
use ecotone::maths::{ln, pow};
use ecotone::world::users::{home, tier};
use serde_json::json;

#[test]
fn one_day_of_choices_gives_multinomial_logit_shares() {
    // V01, mnl_p: V = 1, 0, -1 without outside.
    let mut settings = plain(MILLION, 1, &[1.0, 0.0, -1.0]);
    settings["market"]["outside"] = json!(false);
    let run = simulate(&scenario(&settings), 0, &|_| true).unwrap();
    let shares = [0.665_240_955_8, 0.244_728_471_1, 0.090_030_573_2];
    for (platform, expected) in shares.into_iter().enumerate() {
        close_share(living(&run.panel, 1, platform + 1) as f64 / MILLION as f64, expected, MILLION);
    }
    assert_eq!(run.decisions, MILLION);
}

#[test]
fn outside_is_a_choice_worth_nothing() {
    // V01, mnl5_p: V = .8, .5, .2, -.3 and 0 for outside.
    let settings = plain(MILLION, 1, &[0.8, 0.5, 0.2, -0.3]);
    let run = simulate(&scenario(&settings), 0, &|_| true).unwrap();
    let shares = [0.146_274_038_0, 0.325_538_858_3, 0.241_165_117_8, 0.178_659_513_4, 0.108_362_472_5];
    for (place, expected) in shares.into_iter().enumerate() {
        close_share(living(&run.panel, 1, place) as f64 / MILLION as f64, expected, MILLION);
    }
}

/// The nest {1.0, 0.8} of V01 is a platform worth 1 whose basic plan is worth 0.2 less than its free plan.
/// Plans are chosen by those who stay, so the platform is chosen on the first day and the plan on the second.
#[test]
fn plans_are_a_nest() {
    let mut settings = plain(MILLION, 2, &[1.0, 0.6]);
    settings["platforms"][0]["basic"] = json!({"price": 0.0, "feature": 0.0, "identity": 0.0});
    settings["plans"]["w0_basic"] = json!(-0.2);
    settings["plans"]["rho_t"] = json!(0.5);
    let (scenario, mut world) = founded(&settings);
    advance(&mut world, &scenario, 1);
    (world.rules.spontaneous, world.rules.exposure) = (0.0, 1.0);
    advance(&mut world, &scenario, 1);
    let panel = &world.ledger.panel;
    let cells =
        [(1, 0, 0.331_994_508_5), (1, 1, 0.222_542_574_2), (2, 0, 0.287_615_941_7), (0, 0, 0.157_846_975_5)];
    for (place, tier, expected) in cells {
        close_share(panel.home(2, 0, place, tier) as f64 / MILLION as f64, expected, MILLION);
    }
}

/// Three types of ten care for the first genre alone, seven for the second. A scenario file can only draw
/// tastes from a law, so the tastes of the types are set on the founded world. Utilities of a type are
/// shifted by .5, which without outside changes nothing.
#[test]
fn types_mix_their_logits() {
    let mut settings = plain(MILLION, 1, &[0.0, 0.0, 0.0]);
    settings["market"]["outside"] = json!(false);
    settings["users"]["types"] = json!(10);
    settings["choice"]["beta_c"] = json!(1.5);
    settings["genres"] = json!([{"name": "a", "weight": 0.5}, {"name": "b", "weight": 0.5}]);
    settings["rights_holders"] = json!([{"name": "label", "share": [1.0, 1.0]}]);
    for (platform, originals) in [[1.0, 0.0], [0.0, 1.0 / 1.5], [0.0, 0.5 / 1.5]].into_iter().enumerate() {
        settings["platforms"][platform]["originals"] = json!(originals);
    }
    let (scenario, mut world) = founded(&settings);
    for kind in 0..10 {
        let tastes = if kind < 3 { [1.0, 0.0] } else { [0.0, 1.0] };
        world.types.tastes[kind * 2..][..2].copy_from_slice(&tastes);
    }
    world.tables.stale = true;
    advance(&mut world, &scenario, 1);
    // V01, mixture: weights .3, .7; V = (1.5, 0, 0) and (-.5, .5, 0).
    for (platform, expected) in [0.337_858_142_5, 0.400_820_505_6, 0.261_321_351_9].into_iter().enumerate() {
        close_share(share(&world, platform + 1), expected, MILLION);
    }
}

/// Everybody on the first platform would leave it for the second if it came to mind; V25 gives the chance of
/// that by the number of ties there. Who has which ties is an edge list of stars.
#[test]
fn only_what_comes_to_mind_can_be_chosen() {
    const EGOS: u32 = 20_000;
    let stars = [(0, 0.05), (1, 0.088), (4, 0.193_120_768), (8, 0.314_679_9), (16, 0.505_617_221_6)];
    let mut edges = Vec::new();
    let (mut first_leaf, egos) = (EGOS * stars.len() as u32, 0..EGOS * stars.len() as u32);
    for ego in egos.clone() {
        for _ in 0..stars[(ego / EGOS) as usize].0 {
            edges.push([ego, first_leaf]);
            first_leaf += 1;
        }
    }
    let mut settings = plain(u64::from(first_leaf), 1, &[0.0, 100.0]);
    settings["ties"]["kind"] = json!("edge_list");
    settings["choice"]["omega"] = json!(0.04);
    settings["platforms"][1]["aware"] = json!(0.05);
    let mut scenario = scenario(&settings);
    scenario.ties.edges = edges;
    let mut world = ecotone::world::founding::found(&scenario, 0);
    rehome(&mut world, |user| if user < egos.len() { 1 } else { 2 });
    advance(&mut world, &scenario, 1);
    for (star, (_, expected)) in stars.into_iter().enumerate() {
        let egos = &world.users.place[star * EGOS as usize..][..EGOS as usize];
        let moved = egos.iter().filter(|&&byte| home(byte) == 2).count();
        close_share(moved as f64 / f64::from(EGOS), expected, u64::from(EGOS));
    }
}

/// A campaign that reaches half of those who do not know the platform: 1 - (1 - .2)(1 - .5) = .6; half of it
/// is left after its half-life of one day: 1 - .8 (1 - .25) = .4 of the others.
#[test]
fn campaigns_reach_those_who_do_not_know() {
    let mut settings = plain(MILLION, 2, &[0.0, 100.0]);
    settings["platforms"][1]["aware"] = json!(0.2);
    set_shares(&mut settings, &[1.0, 0.0]);
    settings["events"] = json!([
        {"day": 0, "label": "c", "effect": {"campaign": {"platform": 1, "awareness": 0.5, "half_life_days": 1.0}}}
    ]);
    let run = simulate(&scenario(&settings), 0, &|_| true).unwrap();
    for (day, expected) in [(1, 0.6), (2, 0.6 + 0.4 * 0.4)] {
        // Outside, worth 0 like the first platform, takes half of those who do not come to know the second.
        close_share(living(&run.panel, day, 2) as f64 / MILLION as f64, expected, MILLION);
    }
}

/// Friction is paid once and a remembered account waives its share of it: from outside, with V = 0, joining
/// has odds e^-1 and returning e^-.4 when kappa_0 = 1 and varrho = .6.
#[test]
fn friction_divides_the_odds_and_the_rebate_gives_part_of_them_back() {
    for (remembered, cost) in [(0, 1.0), (1, 0.4)] {
        let mut settings = plain(MILLION, 1, &[0.0]);
        settings["choice"]["kappa_0"] = json!(1.0);
        settings["choice"]["varrho"] = json!(0.6);
        let (scenario, mut world) = founded(&settings);
        rehome(&mut world, |_| 0);
        world.users.place.fill(ecotone::world::users::place(0, remembered));
        advance(&mut world, &scenario, 1);
        let odds = pow(core::f64::consts::E, -cost);
        close_share(share(&world, 1), odds / (1.0 + odds), MILLION);
    }
}

/// The inclusive value of a nest of two equal plans is rho ln 2: a platform that opens a free copy of its free
/// plan gains as much as by alpha. The share is exact, and nobody arrives as a payer.
#[test]
fn a_second_plan_attracts_by_its_inclusive_value() {
    for scale in [0.25, 1.0] {
        let mut settings = plain(MILLION, 1, &[0.0]);
        settings["platforms"][0]["premium"] = json!({"price": 0.0, "feature": 0.0, "identity": 0.0});
        settings["plans"]["rho_t"] = json!(scale);
        let (scenario, mut world) = founded(&settings);
        rehome(&mut world, |_| 0);
        advance(&mut world, &scenario, 1);
        let odds = pow(core::f64::consts::E, scale * ln(2.0));
        close_share(share(&world, 1), odds / (1.0 + odds), MILLION);
        assert!(world.users.status.iter().all(|&status| tier(status) == 0));
    }
}
