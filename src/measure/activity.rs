//! Daily activity: users, DAU, MAU, stickiness, payers, shares.

use crate::engine::Run;
use crate::measure::groups::calendar;
use crate::measure::series::{Series, all_series};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Daily activity by platform and audience.
pub const MEASURE: Measure = Measure {
    name: "activity",
    title: "Users, daily and monthly active users, payers and shares, day by day",
    answers: "How many people live on, use and pay for each platform, and how often do they come?",
    definition: "users, payers: at home, on a paid plan, at the start of the day. dau: active on the day. mau: \
        active at least once in the window (measures.mau_window_days) that ends on the day. stickiness: mean dau \
        of the window / mau. paid_ratio: payers / mau. share_home, share_mau: of all platforms' users, mau.",
    reads: "Panel: home, active, monthly_active.",
    caveats: "Until the window has passed once, who was active before day 0 is drawn from the law of a steady \
        state and users who left before day 0 are missing, so mau starts a little low; stickiness takes the \
        simulated days of the window. Activity of a panel of users is scaled up and carries its sampling error. \
        The outside is in no share.",
    source: "Industry usage; stickiness as the ratio of means.",
    units: "people (population / users for each simulated user); ratios and shares in 0..=1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("day", Kind::Integer, Unit::Days),
            ("date", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("users", Kind::Number, Unit::People),
            ("dau", Kind::Number, Unit::People),
            ("mau", Kind::Number, Unit::People),
            ("stickiness", Kind::Number, Unit::Ratio),
            ("payers", Kind::Number, Unit::People),
            ("paid_ratio", Kind::Number, Unit::Ratio),
            ("share_home", Kind::Number, Unit::Share),
            ("share_mau", Kind::Number, Unit::Share),
        ],
    );
    let calendar = calendar(scenario);
    let everything = all_series(scenario, run);
    for day in 0..run.panel.days {
        let date = calendar.date(day as u32);
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            for (audience, series) in &everything {
                let own = &series[platform];
                let total = |list: fn(&Series) -> &[f64]| series.iter().map(|s| list(s)[day]).sum::<f64>();
                table.push(&[
                    (day as i64).into(),
                    (&date).into(),
                    (&settings.name).into(),
                    (&audience.name).into(),
                    own.users[day].into(),
                    own.dau[day].into(),
                    own.mau[day].into(),
                    own.stickiness(day).into(),
                    own.payers[day].into(),
                    own.paid_ratio(day).into(),
                    ratio(own.users[day], total(|s| &s.users)).into(),
                    ratio(own.mau[day], total(|s| &s.mau)).into(),
                ]);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{row, run, scenario};

    #[test]
    fn counts_become_people_and_shares() {
        let scenario = scenario(4, 2);
        let mut run = run(&scenario, &[0]);
        // 10 users stand for 1000 people; the 5 tracked ones for 200 each; window 2 days.
        run.tracked = 5;
        for day in 0..=4 {
            let first = run.panel.at(day, 0, 1) * 3;
            run.panel.home[first..first + 3].copy_from_slice(&[4, 1, 1]);
            let second = run.panel.at(day, 0, 2) * 3;
            run.panel.home[second] = 2;
        }
        for (day, active) in [1, 3, 2, 0].into_iter().enumerate() {
            let at = run.panel.at(day, 0, 1);
            run.panel.active[at * 3] = active;
            run.panel.monthly_active[at] = [1, 3, 4, 2][day];
        }
        let table = measure(&scenario, &run);
        assert_eq!(table.rows(), 4 * 2);
        let at = row(&table, &[("date", "2021-01-03"), ("platform", "p1")]);
        assert_eq!(table.numbers("users")[at], 600.0);
        assert_eq!(table.numbers("payers")[at], 200.0);
        assert_eq!(table.numbers("dau")[at], 400.0);
        assert_eq!(table.numbers("mau")[at], 800.0);
        // Mean of 3 and 2 over 4.
        assert_eq!(table.numbers("stickiness")[at], 0.625);
        assert_eq!(table.numbers("paid_ratio")[at], 0.25);
        assert_eq!(table.numbers("share_home")[at], 0.75);
        assert_eq!(table.numbers("share_mau")[at], 1.0);
        let first = row(&table, &[("date", "2021-01-01"), ("platform", "p1")]);
        assert_eq!((table.numbers("mau")[first], table.numbers("stickiness")[first]), (200.0, 1.0));
    }

    #[test]
    fn without_activity_only_homes_are_defined() {
        let scenario = scenario(3, 1);
        let mut run = run(&scenario, &[0]);
        run.tracked = 0;
        let at = run.panel.at(2, 0, 1) * 3;
        run.panel.home[at] = 10;
        let table = measure(&scenario, &run);
        assert_eq!(table.numbers("users")[2], 1000.0);
        assert_eq!(table.numbers("share_home")[2], 1.0);
        for name in ["dau", "mau", "stickiness", "paid_ratio", "share_mau"] {
            assert!(table.numbers(name)[2].is_nan(), "{name}");
        }
        // Nobody at home anywhere: a share of nothing.
        assert!(table.numbers("share_home")[0].is_nan());
    }
}
