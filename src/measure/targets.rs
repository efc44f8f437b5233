//! Published figures beside the simulated ones.

use std::ops::RangeInclusive;

use crate::engine::Run;
use crate::measure::groups::calendar;
use crate::measure::series::Series;
use crate::measure::{Measure, mean, ratio};
use crate::scenario::calendar::Calendar;
use crate::scenario::{Scenario, Target, TargetMeasure};
use crate::table::{Kind, Table, Unit};

/// Published against simulated.
pub const MEASURE: Measure = Measure {
    name: "targets",
    title: "Published figures and what the run gives for them",
    answers: "Does the simulated market look like the published one?",
    definition: "As in table money, for everybody. mau, paid_ratio: mean over the month ends inside the period \
        (its last day if there is none). payers: mean over the days of the period, every calendar month with the \
        same weight. arppu: subscription revenue / (mean payers × months). So over whole months mau, payers and \
        paid_ratio are the means of the months of table money, and arppu is its revenue / its payers. \
        stickiness: mean DAU over mean MAU of the days on which the MAU window is full.",
    reads: "Panel: home, active, monthly_active, price.",
    caveats: "A figure of a period before the MAU window is full is not defined. Publishers define their figures \
        in their own ways; the source tells.",
    source: "The scenario's targets, each with its own source.",
    units: "people, ratio, or currency per payer and month, by measure",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("measure", Kind::Text, Unit::Label),
            ("from", Kind::Text, Unit::Date),
            ("to", Kind::Text, Unit::Date),
            ("source", Kind::Text, Unit::Label),
            ("published", Kind::Number, Unit::Ratio),
            ("simulated", Kind::Number, Unit::Ratio),
        ],
    );
    let calendar = calendar(scenario);
    let everybody = run.classes_of(None);
    for target in &scenario.targets {
        let series = Series::new(scenario, run, &everybody, target.platform + 1);
        table.push(&[
            (&scenario.platforms[target.platform].name).into(),
            measure_name(target.measure).into(),
            (&calendar.date(target.from)).into(),
            (&calendar.date(target.to)).into(),
            (&target.source).into(),
            target.value.into(),
            simulated(&series, target, &calendar).into(),
        ]);
    }
    table
}

/// The simulated value of a target; NaN when its period holds no simulated day.
fn simulated(series: &Series, target: &Target, calendar: &Calendar) -> f64 {
    let last = (target.to as usize).min(series.users.len() - 1);
    let days = target.from as usize..=last;
    if days.is_empty() {
        return f64::NAN;
    }
    match target.measure {
        TargetMeasure::Mau => series.mean_mau(&days, calendar),
        TargetMeasure::Payers => series.mean_payers(days),
        TargetMeasure::PaidRatio => series.mean_paid_ratio(&days, calendar),
        TargetMeasure::Stickiness => stickiness(series, days),
        TargetMeasure::Arppu => series.arppu(days),
    }
}

/// Mean DAU over mean MAU of the days on which the window is full.
fn stickiness(series: &Series, days: RangeInclusive<usize>) -> f64 {
    let full = days.filter(|&day| !series.mau[day].is_nan());
    ratio(mean(full.clone().map(|day| series.dau[day])), mean(full.map(|day| series.mau[day])))
}

/// The name of a target's measure, as in scenario files.
pub fn measure_name(measure: TargetMeasure) -> &'static str {
    match measure {
        TargetMeasure::Mau => "mau",
        TargetMeasure::Stickiness => "stickiness",
        TargetMeasure::PaidRatio => "paid_ratio",
        TargetMeasure::Payers => "payers",
        TargetMeasure::Arppu => "arppu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario};

    #[test]
    fn every_target_is_measured_on_its_basis() {
        let mut scenario = scenario(60, 1);
        scenario.targets = vec![
            target(TargetMeasure::Mau, 0, 59),
            target(TargetMeasure::Payers, 40, 45),
            target(TargetMeasure::PaidRatio, 0, 30),
            target(TargetMeasure::Stickiness, 0, 2),
            target(TargetMeasure::Arppu, 0, 29),
            target(TargetMeasure::Mau, 0, 0),
        ];
        let mut run = run(&scenario, &[0]);
        for day in 0..60 {
            let at = run.panel.at(day, 0, 1);
            run.panel.home[at * 3 + 1] = if day < 31 { 2 } else { 4 };
            run.panel.monthly_active[at] = if day < 31 { 5 } else { 8 };
            run.panel.active[at * 3] = day as u32;
            run.panel.price[(day * 2 + 1) * 3 + 1] = 15.0;
        }
        let table = measure(&scenario, &run);
        // Month ends: days 30 (500 people), 58 (800) and 59 (800). Payers of days 40 to 45: 400 people. The
        // window is full from day 1 on: DAU 1 and 2 over MAU 5.
        close(table.numbers("simulated"), &[700.0, 400.0, 0.4, 0.3, 15.0, f64::NAN]);
        assert_eq!(table.numbers("published"), [7.0; 6]);
        assert_eq!((table.word("from", 1), table.word("to", 1)), ("2021-02-10", "2021-02-15"));
        assert_eq!(table.word("measure", 3), "stickiness");
    }
    /// Two years from 2021-01-01 in which payers and MAU grow every day, at 15.00 a month.
    fn growing() -> (Scenario, Run) {
        let scenario = scenario(730, 1);
        let mut run = run(&scenario, &[0]);
        for day in 0..730 {
            let at = run.panel.at(day, 0, 1);
            run.panel.home[at * 3 + 1] = 1000 + (day * day / 7) as u32;
            run.panel.monthly_active[at] = 900_000 + 31 * day as u32;
            run.panel.price[(day * 2 + 1) * 3 + 1] = 15.0;
        }
        (scenario, run)
    }

    fn target(measure: TargetMeasure, from: u32, to: u32) -> Target {
        let (bound, role) = (crate::scenario::Bound::Value, crate::scenario::Role::Compare);
        Target { platform: 0, measure, from, to, value: 7.0, source: String::new(), bound, role }
    }

    #[test]
    fn a_constant_price_is_the_revenue_per_payer_of_any_period() {
        let (mut scenario, run) = growing();
        let periods = [(0, 364), (365, 729), (0, 729), (31, 58), (13, 100), (5, 5)];
        scenario.targets = periods.map(|(from, to)| target(TargetMeasure::Arppu, from, to)).to_vec();
        close(measure(&scenario, &run).numbers("simulated"), &[15.0; 6]);
        let money = (crate::measure::money::MEASURE.measure)(&scenario, &run);
        close(money.numbers("arppu"), &[15.0; 24]);
        let value = (crate::measure::lifetime_value::MEASURE.measure)(&scenario, &run);
        close(value.numbers("arppu"), &[15.0]);
    }

    #[test]
    fn a_year_is_the_mean_of_its_months_of_money() {
        let (mut scenario, run) = growing();
        let measures = [TargetMeasure::Mau, TargetMeasure::Payers, TargetMeasure::PaidRatio];
        scenario.targets = measures.map(|measure| target(measure, 365, 729)).to_vec();
        let money = (crate::measure::money::MEASURE.measure)(&scenario, &run);
        let year = |name| money.numbers(name)[12..24].iter().sum::<f64>() / 12.0;
        let found = measure(&scenario, &run);
        for (simulated, name) in found.numbers("simulated").iter().zip(["mau", "payers", "paid_ratio"]) {
            assert!((simulated / year(name) - 1.0).abs() < 1e-12, "{name}: {simulated} and {}", year(name));
        }
    }
}
