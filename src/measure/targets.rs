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
    definition: "mau, payers, paid_ratio: mean over the month ends inside the period (its last day if there is \
        none). stickiness: mean DAU over mean MAU of the days on which the MAU window is full. arppu: subscription \
        revenue / (mean payers × days / 30). Everybody, as in tables activity and money.",
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
    let ends = month_ends(calendar, &days);
    let at_month_ends = |value: &dyn Fn(usize) -> f64| mean(ends.iter().map(|&day| value(day)));
    match target.measure {
        TargetMeasure::Mau => at_month_ends(&|day| series.mau[day]),
        TargetMeasure::Payers => at_month_ends(&|day| series.payers[day]),
        TargetMeasure::PaidRatio => at_month_ends(&|day| series.paid_ratio(day)),
        TargetMeasure::Stickiness => stickiness(series, days),
        TargetMeasure::Arppu => series.arppu(days),
    }
}

/// Mean DAU over mean MAU of the days on which the window is full.
fn stickiness(series: &Series, days: RangeInclusive<usize>) -> f64 {
    let full = days.filter(|&day| !series.mau[day].is_nan());
    ratio(mean(full.clone().map(|day| series.dau[day])), mean(full.map(|day| series.mau[day])))
}

/// The month ends inside a range of days; its last day if there is none.
fn month_ends(calendar: &Calendar, days: &RangeInclusive<usize>) -> Vec<usize> {
    let ends = (0..calendar.months()).map(|month| calendar.month_end(month) as usize);
    let ends: Vec<usize> = ends.filter(|day| days.contains(day)).collect();
    if ends.is_empty() { vec![*days.end()] } else { ends }
}

/// The name of a target's measure, as in scenario files.
fn measure_name(measure: TargetMeasure) -> &'static str {
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
        let target = |measure, from, to| Target {
            platform: 0,
            measure,
            from,
            to,
            value: 7.0,
            source: "annual report".to_owned(),
            bound: crate::scenario::Bound::Value,
            role: crate::scenario::Role::Compare,
        };
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
        // Month ends: days 30 (500 people), 58 (800) and 59 (800). The window is full from day 1 on:
        // DAU 1 and 2 over MAU 5.
        close(table.numbers("simulated"), &[700.0, 400.0, 0.4, 0.3, 15.0, f64::NAN]);
        assert_eq!(table.numbers("published"), [7.0; 6]);
        assert_eq!((table.word("from", 1), table.word("to", 1)), ("2021-02-10", "2021-02-15"));
        assert_eq!(table.word("measure", 3), "stickiness");
    }
}
