//! V23: classic, rolling and bracket retention of joiners with constant activity and a constant hazard.

use super::plain::{MILLION, close, logit, plain, scenario, set_shares};
use ecotone::engine::simulate;
use ecotone::maths::ln;
use ecotone::measure::measure_all;
use serde_json::json;

/// Everybody starts outside. Who reconsiders (one of twenty a day) joins with one half and, once there,
/// leaves with one fifth: a hazard of .01 a day; active with .3 a day.
#[test]
fn retention_of_joiners_is_that_of_the_closed_forms() {
    let mut settings = plain(MILLION, 150, &[0.0]);
    set_shares(&mut settings, &[0.0]);
    settings["choice"]["lambda_0"] = json!(0.05);
    settings["choice"]["kappa_q"] = json!(ln(4.0));
    settings["measures"]["activity"] = json!("full");
    settings["measures"]["retention_days"] = json!(31);
    settings["measures"]["brackets"] = json!([[7, 13], [30, 36]]);
    settings["users"]["q0_mean"] = json!(logit(0.3));
    let scenario = scenario(&settings);
    let run = simulate(&scenario, 0, &|_| true).unwrap();
    let tables = measure_all(&scenario, &run);
    let table = |name: &str| tables.iter().find(|table| table.name == name).expect("a measure of that name");
    let joiners = [("cohort", "all joiners"), ("audience", "everybody")];

    let retention = table("retention");
    let rows = retention.rows_where(&joiners);
    let points = [
        (1, 0.297, 0.967_426_710_1),
        (7, 0.279_619_604_4, 0.910_813_043_6),
        (30, 0.221_910_112, 0.722_834_241_1),
    ];
    for (age, classic, rolling) in points {
        assert_eq!(retention.integers("age")[rows[age]], age as i64);
        close(retention.numbers("classic")[rows[age]], classic, 0.002);
        close(retention.numbers("rolling")[rows[age]], rolling, 0.002);
        // Clear of the horizon by 30 days, in which .7^30 = 2e-5 would still be missed.
        assert_eq!(retention.numbers("near_horizon")[rows[age]], 0.0);
    }

    let brackets = table("bracket_retention");
    let shares = brackets.rows_where(&joiners).into_iter().map(|row| brackets.numbers("share")[row]);
    for (share, expected) in shares.zip([0.840_899_408_4, 0.667_349_781_6]) {
        close(share, expected, 0.002);
    }
}

/// Rolling retention counts who is active at an age or later, so it cannot rise: not at the ages at which months
/// of joiners reach the horizon either. Classic retention falls with home and may not jump there.
#[test]
fn retention_does_not_jump_where_months_reach_the_horizon() {
    let mut settings = plain(20_000, 200, &[0.0]);
    set_shares(&mut settings, &[0.0]);
    settings["choice"]["lambda_0"] = json!(0.05);
    settings["choice"]["kappa_q"] = json!(ln(4.0));
    settings["measures"]["activity"] = json!("full");
    settings["measures"]["retention_days"] = json!(180);
    settings["users"]["q0_mean"] = json!(logit(0.3));
    let scenario = scenario(&settings);
    let run = simulate(&scenario, 0, &|_| true).unwrap();
    let retention = measure_all(&scenario, &run).into_iter().find(|table| table.name == "retention").unwrap();
    let cohorts = ["all joiners", "2021-Q1", "2021-Q2"];
    for (cohort, ages) in cohorts.into_iter().zip([81, 111, 20]) {
        let rows = retention.rows_where(&[("cohort", cohort), ("audience", "everybody")]);
        let defined = |name: &str| -> Vec<f64> {
            let shares = rows.iter().map(|&row| retention.numbers(name)[row]);
            shares.take_while(|share| !share.is_nan()).collect()
        };
        let rolling = defined("rolling");
        assert_eq!(rolling.len(), ages, "{cohort}");
        assert!(rolling.windows(2).all(|pair| pair[1] <= pair[0]), "{cohort}: {rolling:?}");
        assert_eq!(defined("classic").len(), ages, "{cohort}");
    }
}

/// Those who lived there before the start are no joiners, not even those who came on the last evening before.
#[test]
fn nobody_present_at_the_start_counts_as_a_joiner() {
    let mut settings = plain(10_000, 40, &[0.0]);
    settings["choice"]["lambda_0"] = json!(0.0);
    settings["measures"]["activity"] = json!("full");
    settings["measures"]["brackets"] = json!([[0, 6]]);
    settings["users"]["q0_mean"] = json!(0.0);
    let run = simulate(&scenario(&settings), 0, &|_| true).unwrap();
    let attendance = &run.attendance;
    let all = [&attendance.joined, &attendance.active, &attendance.last_active, &attendance.in_bracket];
    assert!(all.iter().all(|counts| counts.iter().all(|&count| count == 0)));
    assert!(run.spells.ends.keys().all(|key| key.cohort == 0));
}
