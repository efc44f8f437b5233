//! Distribution of active days in a month: how intensely a platform is used.

use crate::engine::Run;
use crate::measure::groups::{audiences, calendar};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Days kept in the histogram: 0..=31.
const BINS: usize = 32;

/// Active days per month.
pub const MEASURE: Measure = Measure {
    name: "active_days",
    title: "How many days of a month its active residents use a platform",
    answers: "Is an average of active days made by everybody now and then, or by a daily core and passers-by?",
    definition: "Among users at home for the whole calendar month and active at least once in it, the share \
        that was active on exactly that many days.",
    reads: "Panel: active_days.",
    caveats: "Whole calendar months only. Users who arrived, left or were never active in the month are not in it.",
    source: "Two populations with the same DAU / MAU can differ here; definition of this project.",
    units: "share in 0..=1; the shares of a month sum to 1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("month", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("active_days", Kind::Integer, Unit::Days),
            ("share", Kind::Number, Unit::Share),
        ],
    );
    let calendar = calendar(scenario);
    let audiences = audiences(scenario, run);
    for month in (0..calendar.months()).filter(|&month| calendar.is_whole(month)) {
        let name = calendar.month_name(month);
        let length = (calendar.month_end(month) - calendar.month_start(month) + 1) as usize;
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            for audience in &audiences {
                let counts = histogram(run, month, platform + 1, &audience.classes);
                let active: u64 = counts[1..].iter().sum();
                for (days, &count) in counts.iter().enumerate().take(length + 1).skip(1) {
                    table.push(&[
                        (&name).into(),
                        (&settings.name).into(),
                        (&audience.name).into(),
                        (days as i64).into(),
                        ratio(count as f64, active as f64).into(),
                    ]);
                }
            }
        }
    }
    table
}

/// Month-long residents of a place by number of active days.
fn histogram(run: &Run, month: usize, place: usize, classes: &[usize]) -> [u64; BINS] {
    let mut counts = [0; BINS];
    for &class in classes {
        let first = ((month * run.panel.classes + class) * run.panel.places + place) * BINS;
        for (count, &more) in counts.iter_mut().zip(&run.panel.active_days[first..first + BINS]) {
            *count += u64::from(more);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, numbers, run, scenario};

    #[test]
    fn whole_months_only_and_never_active_users_left_out() {
        // January and February are whole, two days of March are not.
        let scenario = scenario(61, 1);
        let mut run = run(&scenario, &[0]);
        // Place 1 of month 0: five never active, one active on 1 day, three on 31 days.
        let first = BINS;
        run.panel.active_days[first] = 5;
        run.panel.active_days[first + 1] = 1;
        run.panel.active_days[first + 31] = 3;
        let table = measure(&scenario, &run);
        assert_eq!(table.rows(), 31 + 28);
        let january = numbers(&table, &[("month", "2021-01")], "share");
        close(&[january[0], january[1], january[30]], &[0.25, 0.0, 0.75]);
        assert!(numbers(&table, &[("month", "2021-02")], "share").iter().all(|share| share.is_nan()));
    }
}
