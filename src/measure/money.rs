//! Money by month: payers, conversion of the stock, revenue per payer and per user.

use crate::engine::Run;
use crate::measure::groups::{calendar, people_per_user};
use crate::measure::series::all_series;
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Monthly money.
pub const MEASURE: Measure = Measure {
    name: "money",
    title: "Payers, new payers and subscription revenue by month",
    answers: "How much do subscriptions bring in, from how many payers, and how fast do free users convert?",
    definition: "payers: mean of the month's days. mau: on the month's last day. paid_ratio: payers / mau on \
        the month's last day. new_payers: free users who began to pay. stock_conversion: new_payers / (mau - \
        payers). revenue: for every payer and day the price / days of the calendar month. arppu, arpu: revenue / \
        (payers or mau × months), so a constant price p gives an arppu of p. Over several months: revenue sums, \
        payers, mau and paid_ratio are means of the months, and arppu is the sum of revenue / the sum of payers.",
    reads: "Panel: home, monthly_active, conversions, price.",
    caveats: "stock_conversion takes every payer for monthly active. A user who pays again after a break is new \
        again. paid_ratio takes the payers of the last day, so it is not payers / mau of the row while payers \
        grow. mau and what rests on it are not defined before the window is full. Months cut by the horizon \
        count as the part of a month that they are: they have less revenue; arppu and arpu are still per month.",
    source: "Industry usage as in filed accounts: revenue / (average payers × months).",
    units: "people; ratios; currency; currency per person and month",
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
            ("payers", Kind::Number, Unit::People),
            ("mau", Kind::Number, Unit::People),
            ("paid_ratio", Kind::Number, Unit::Ratio),
            ("new_payers", Kind::Number, Unit::People),
            ("stock_conversion", Kind::Number, Unit::Ratio),
            ("revenue", Kind::Number, Unit::Money),
            ("arppu", Kind::Number, Unit::MoneyPerMonth),
            ("arpu", Kind::Number, Unit::MoneyPerMonth),
        ],
    );
    let calendar = calendar(scenario);
    let everything = all_series(scenario, run);
    for month in 0..calendar.months() {
        let name = calendar.month_name(month);
        let days = calendar.month_start(month) as usize..=calendar.month_end(month) as usize;
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            for (audience, series) in &everything {
                let own = &series[platform];
                let payers = own.mean_payers(days.clone());
                let mau = own.mean_mau(&days, &calendar);
                let conversions: u64 = days
                    .clone()
                    .flat_map(|day| audience.classes.iter().map(move |&class| (day, class)))
                    .map(|(day, class)| {
                        u64::from(run.panel.conversions[run.panel.at(day, class, platform + 1)])
                    })
                    .sum();
                let new_payers = people_per_user(scenario, run) * conversions as f64;
                table.push(&[
                    (&name).into(),
                    (&settings.name).into(),
                    (&audience.name).into(),
                    payers.into(),
                    mau.into(),
                    own.mean_paid_ratio(&days, &calendar).into(),
                    new_payers.into(),
                    stock_conversion(new_payers, mau - payers).into(),
                    own.total_revenue(days.clone()).into(),
                    own.arppu(days.clone()).into(),
                    own.arpu(&days, &calendar).into(),
                ]);
            }
        }
    }
    table
}

/// New payers over free monthly active users; not defined without free users.
fn stock_conversion(new_payers: f64, free: f64) -> f64 {
    if free > 0.0 { ratio(new_payers, free) } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row, run, scenario};

    #[test]
    fn a_month_of_money() {
        let scenario = scenario(31, 2);
        let mut run = run(&scenario, &[0]);
        for day in 0..31 {
            let at = run.panel.at(day, 0, 1);
            // 2 basic payers at 31 a month; 1 premium payer at 62 from day 11 on (20 of 31 days).
            run.panel.home[at * 3 + 1] = 2;
            run.panel.home[at * 3 + 2] = u32::from(day >= 11);
            run.panel.price[(day * 3 + 1) * 3 + 1] = 31.0;
            run.panel.price[(day * 3 + 1) * 3 + 2] = 62.0;
            run.panel.monthly_active[at] = 8;
            run.panel.conversions[at] = u32::from(day == 10);
        }
        let table = measure(&scenario, &run);
        let at = row(&table, &[("platform", "p1")]);
        let payers = 100.0 * (2.0 + 20.0 / 31.0);
        // 100 people per user; 2 payers × 1 a day × 31 days + 1 payer × 2 a day × 20 days.
        let revenue = 100.0 * (62.0 + 40.0);
        close(&[table.numbers("payers")[at], table.numbers("mau")[at]], &[payers, 800.0]);
        close(&[table.numbers("paid_ratio")[at]], &[3.0 / 8.0]);
        close(&[table.numbers("new_payers")[at]], &[100.0]);
        close(&[table.numbers("stock_conversion")[at]], &[100.0 / (800.0 - payers)]);
        close(&[table.numbers("revenue")[at]], &[revenue]);
        close(&[table.numbers("arppu")[at]], &[revenue / payers]);
        close(&[table.numbers("arpu")[at]], &[revenue / 800.0]);
        let empty = row(&table, &[("platform", "p2")]);
        close(&[table.numbers("revenue")[empty]], &[0.0]);
        for name in ["paid_ratio", "stock_conversion", "arppu", "arpu"] {
            assert!(table.numbers(name)[empty].is_nan(), "{name}");
        }
    }
}
