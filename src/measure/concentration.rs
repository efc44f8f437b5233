//! Concentration of the market by month.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::groups::calendar;
use crate::measure::series::{Series, all_series};
use crate::scenario::Scenario;
use crate::stats::niche::{effective_number, herfindahl, shares};
use crate::table::{Kind, Table, Unit};

/// Monthly concentration.
pub const MEASURE: Measure = Measure {
    name: "concentration",
    title: "Concentration of the market at the end of each month",
    answers: "Does the market tip to one platform or stay shared?",
    definition: "On the month's last day: hhi_home = sum of (100 s)^2 over the platforms' shares s of users at \
        home; effective_platforms = 1 / sum s^2; hhi_mau the same as hhi_home with shares of MAU.",
    reads: "Panel: home, monthly_active.",
    caveats: "The outside is not a platform. A share of MAU counts a user once for each platform that she uses.",
    source: "Herfindahl-Hirschman index; Laakso and Taagepera 1979.",
    units: "index from 10000 / platforms to 10000; a number of platforms",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("month", Kind::Text, Unit::Date),
            ("audience", Kind::Text, Unit::Label),
            ("hhi_home", Kind::Number, Unit::Ratio),
            ("effective_platforms", Kind::Number, Unit::Ratio),
            ("hhi_mau", Kind::Number, Unit::Ratio),
        ],
    );
    let calendar = calendar(scenario);
    let everything = all_series(scenario, run);
    for month in 0..calendar.months() {
        let name = calendar.month_name(month);
        let day = calendar.month_end(month) as usize;
        for (audience, series) in &everything {
            let of = |list: fn(&Series) -> &[f64]| {
                shares(&series.iter().map(|series| list(series)[day]).collect::<Vec<_>>())
            };
            let home = of(|series| &series.users);
            table.push(&[
                (&name).into(),
                (&audience.name).into(),
                herfindahl(&home).into(),
                effective_number(&home).into(),
                herfindahl(&of(|series| &series.mau)).into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario};

    #[test]
    fn the_last_day_of_each_month_counts() {
        let scenario = scenario(40, 2);
        let mut run = run(&scenario, &[0]);
        for (place, users, active) in [(1, 6, 3), (2, 2, 1)] {
            let at = run.panel.at(30, 0, place);
            run.panel.home[at * 3] = users;
            run.panel.monthly_active[at] = active;
        }
        let table = measure(&scenario, &run);
        // Shares 3/4 and 1/4: 5625 + 625; nobody at the end of February.
        close(table.numbers("hhi_home"), &[6250.0, f64::NAN]);
        close(table.numbers("effective_platforms"), &[1.6, f64::NAN]);
        close(table.numbers("hhi_mau"), &[6250.0, f64::NAN]);
    }
}
