//! Lifetime value of a new member.

use crate::engine::Run;
use crate::maths::pow;
use crate::measure::Measure;
use crate::measure::groups::Cohorts;
use crate::measure::members::{CYCLE, memberships, sbg};
use crate::measure::series::all_series;
use crate::scenario::Scenario;
use crate::stats::lifetime::discounted_lifetime;
use crate::stats::lives::Lives;
use crate::stats::survival::kaplan_meier;
use crate::table::{Cell, Kind, Table, Unit};

/// Cycles at which retention is quoted.
const QUOTED: [(usize, &str); 4] = [
    (1, "retention_month_1"),
    (3, "retention_month_3"),
    (6, "retention_month_6"),
    (12, "retention_month_12"),
];

/// Lifetime value.
pub const MEASURE: Measure = Measure {
    name: "lifetime_value",
    title: "Value of a new member: revenue per month, retention, and their discounted sum",
    answers: "What is a new paying member worth, and how much of it lies beyond what was observed?",
    definition: "arppu: subscription revenue per payer and month over the whole run, as in table money. retention_month_m: share of \
        joining members still paying after m billing cycles. ltv_observed: sum of margin × arppu × S(m) / (1+d)^m \
        over the observed cycles from m = 0, d = measures.discount_monthly. ltv_sbg: the same to infinity along \
        the fitted sBG curve, margin × arppu × 2F1(1, beta; alpha+beta; 1/(1+d)). expected_months: that 2F1, the \
        discounted expected number of paid cycles.",
    reads: "Panel: home, price. Spells of state Member, all joiners.",
    caveats: "ltv_observed is cut at the horizon and so grows with the length of the run. ltv_sbg trusts the \
        fitted tail. All members are valued at the average revenue per payer, and a billing cycle of 30 \
        days as a calendar month, which is 1.4 % longer. Without discount the sBG sum may \
        have no limit: not defined.",
    source: "Fader and Hardie 2007 and 2010.",
    units: "currency per month; shares; currency; billing cycles of 30 days",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut columns = vec![
        ("platform", Kind::Text, Unit::Label),
        ("audience", Kind::Text, Unit::Label),
        ("arppu", Kind::Number, Unit::MoneyPerMonth),
    ];
    columns.extend(QUOTED.map(|(_, name)| (name, Kind::Number, Unit::Share)));
    columns.extend([
        ("ltv_observed", Kind::Number, Unit::Money),
        ("ltv_sbg", Kind::Number, Unit::Money),
        ("expected_months", Kind::Number, Unit::Months),
    ]);
    let mut table = Table::new(MEASURE.name, MEASURE.title, &columns);
    let members = memberships(scenario, run);
    let everything = all_series(scenario, run);
    for (platform, settings) in scenario.platforms.iter().enumerate() {
        for (at, (audience, series)) in everything.iter().enumerate() {
            let arppu = series[platform].arppu(0..=run.panel.days - 1);
            let lives = members.lives.get(&(platform + 1, at, Cohorts::JOINERS));
            let value = settings.margin * arppu;
            let retention = lives.map(retention_by_cycle).unwrap_or_default();
            let expected = expected_cycles(scenario, lives);
            let mut row: Vec<Cell> = vec![(&settings.name).into(), (&audience.name).into(), arppu.into()];
            let quoted = QUOTED.map(|(cycle, _)| retention.get(cycle).copied().unwrap_or(f64::NAN));
            row.extend(quoted.map(Cell::Number));
            row.push((value * observed_cycles(scenario, &retention)).into());
            row.push((value * expected).into());
            row.push(expected.into());
            table.push(&row);
        }
    }
    table
}

/// Share of members still paying after each observed cycle.
fn retention_by_cycle(lives: &Lives) -> Vec<f64> {
    let curve = kaplan_meier(lives);
    curve.survival.iter().step_by(CYCLE).copied().take_while(|share| !share.is_nan()).collect()
}

/// Discounted sum of the observed retention, cycles; NaN without members.
fn observed_cycles(scenario: &Scenario, retention: &[f64]) -> f64 {
    if retention.is_empty() {
        return f64::NAN;
    }
    let discount = 1.0 + scenario.measures.discount_monthly;
    retention.iter().enumerate().map(|(cycle, share)| share / pow(discount, cycle as f64)).sum()
}

/// Discounted sum of the fitted retention to infinity, cycles; NaN where not fitted.
fn expected_cycles(scenario: &Scenario, lives: Option<&Lives>) -> f64 {
    let fit = lives.and_then(sbg);
    fit.map_or(f64::NAN, |fit| discounted_lifetime(fit.alpha, fit.beta, scenario.measures.discount_monthly))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{add_ends, close, run, scenario};
    use crate::world::spells::{Cause, State};

    #[test]
    fn value_is_margin_times_revenue_times_discounted_retention() {
        let mut scenario = scenario(121, 2);
        scenario.measures.discount_monthly = 0.1;
        let mut run = run(&scenario, &[0]);
        // One payer at 20 a month all along; margin 0.5.
        for day in 0..121 {
            let at = run.panel.at(day, 0, 1) * 3;
            run.panel.home[at + 1] = 1;
            run.panel.price[(day * 3 + 1) * 3 + 1] = 20.0;
        }
        // V05, 1000, 631, 468, 382, 326.
        for (cycle, count) in [(1, 369), (2, 163), (3, 86), (4, 56)] {
            add_ends(&mut run, State::Member, &[(1, 30 * cycle, Cause::Cancelled, count)]);
        }
        add_ends(&mut run, State::Member, &[(1, 121, Cause::Censored, 326)]);
        let table = measure(&scenario, &run);
        assert_eq!(table.rows(), 2);
        let first = |name| table.numbers(name)[0];
        close(
            &[first("arppu"), first("retention_month_1"), first("retention_month_3")],
            &[20.0, 0.631, 0.382],
        );
        assert!(first("retention_month_6").is_nan());
        let observed = 1.0 + 0.631 / 1.1 + 0.468 / 1.21 + 0.382 / 1.331 + 0.326 / 1.4641;
        close(&[first("ltv_observed")], &[10.0 * observed]);
        // scipy 1.17.1, special.hyp2f1(1, 1.29583, 2.059495, 1 / 1.1).
        assert!((first("expected_months") - 3.6211476).abs() < 1e-4, "{}", first("expected_months"));
        close(&[first("ltv_sbg")], &[10.0 * first("expected_months")]);
        assert!(["arppu", "ltv_observed", "ltv_sbg"].iter().all(|name| table.numbers(name)[1].is_nan()));
    }
}
