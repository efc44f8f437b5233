//! Originals that carry themselves: how many users would have to be there because of them.

use crate::engine::Run;
use crate::measure::groups::calendar;
use crate::measure::profit::statement;
use crate::measure::series::all_series;
use crate::measure::{Measure, mean, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};
use crate::world::money::ORIGINALS;

/// Monthly break-even of originals.
pub const MEASURE: Measure = Measure {
    name: "originals_breakeven",
    title: "Users whom originals must hold to carry their cost, by month",
    answers: "How many users would have to be there because of the originals for them to pay for themselves?",
    definition: "cost: the month's money for originals, programmes and signings included. users: at home, mean of the month's \
        days. contribution: of the month, (subscriptions and advertising, less the rights holders' share, less the cost of activity) \
        / users / the part of a month that the days are. users_needed: cost / contribution, in users of that month. \
        share_needed: users_needed / users. Only platforms that pay for originals in some month.",
    reads: "Panel: home, price, active, ad_load, spent.",
    caveats: "Says what originals must hold, not what they do hold: their causal return is the difference to the same \
        market with the programme off, under common random numbers. A share above 1 means that even all users \
        would not pay for them. Users whom originals bring may pay more than the average user. Not defined where the \
        average user brings nothing, or where advertising or activity has a price and no activity was simulated.",
    source: "Break-even analysis; contribution as in E18.",
    units: "currency; currency per person and month; people; ratios",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("month", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            ("cost", Kind::Number, Unit::Money),
            ("contribution", Kind::Number, Unit::MoneyPerMonth),
            ("users_needed", Kind::Number, Unit::People),
            ("users", Kind::Number, Unit::People),
            ("share_needed", Kind::Number, Unit::Ratio),
        ],
    );
    let calendar = calendar(scenario);
    let (_, everybody) = all_series(scenario, run).swap_remove(0);
    for month in 0..calendar.months() {
        let name = calendar.month_name(month);
        let days = calendar.month_start(month) as usize..=calendar.month_end(month) as usize;
        for (platform, settings) in scenario.platforms.iter().enumerate().filter(|&(j, _)| pays(run, j)) {
            let own = &everybody[platform];
            let users = mean(days.clone().map(|day| own.users[day]));
            let months: f64 = days.clone().map(|day| own.month_parts[day]).sum();
            let told = statement(scenario, run, platform, (own.total_revenue(days.clone()), days.clone()));
            let cost = told.spent[ORIGINALS];
            let contribution = ratio(told.contribution(), users * months);
            // In a part of a month a user brings a part of the monthly contribution.
            let needed = if contribution > 0.0 { ratio(cost, contribution * months) } else { f64::NAN };
            table.push(&[
                (&name).into(),
                (&settings.name).into(),
                cost.into(),
                contribution.into(),
                needed.into(),
                users.into(),
                ratio(needed, users).into(),
            ]);
        }
    }
    table
}

/// Whether a platform pays for originals on any day.
fn pays(run: &Run, platform: usize) -> bool {
    (0..run.panel.days).any(|day| run.panel.spent(day, platform + 1)[ORIGINALS] > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario};
    use crate::scenario::Costs;
    use crate::world::money::LEVERS;

    /// 31 days of January and 7 of February: 4 users of 100 people each, one pays 30 a month, half is passed on, every user
    /// day costs .01 for an active free user; originals cost 100 a day.
    #[test]
    fn a_whole_month_and_a_part_of_one() {
        let mut scenario = scenario(38, 2);
        scenario.platforms[0].costs =
            Some(Costs { fees: vec![0.0], revenue_share: 0.5, per_active_day: 0.01, ad_revenue: 0.0 });
        let mut run = run(&scenario, &[0]);
        for day in 0..38 {
            let at = run.panel.at(day, 0, 1);
            run.panel.home[at * 3..][..2].copy_from_slice(&[3, 1]);
            run.panel.active[at * 3] = 2;
            run.panel.price[(day * 3 + 1) * 3 + 1] = 30.0;
            run.panel.spent[(day * 3 + 1) * LEVERS + ORIGINALS] = 100.0;
        }
        let table = measure(&scenario, &run);
        assert_eq!(table.rows_where(&[("platform", "p2")]), [0_usize; 0]);
        close(table.numbers("cost"), &[3100.0, 700.0]);
        close(table.numbers("users"), &[400.0, 400.0]);
        // 100 payers × 30 × .5, less 200 active × .01 a day; of 400 users. A quarter of February.
        let monthly = [(1500.0 - 2.0 * 31.0) / 400.0, (375.0 - 2.0 * 7.0) / 400.0 * 4.0];
        close(table.numbers("contribution"), &monthly);
        let needed = [3100.0 / monthly[0], 700.0 / (monthly[1] / 4.0)];
        close(table.numbers("users_needed"), &needed);
        close(table.numbers("share_needed"), &needed.map(|users| users / 400.0));
    }

    #[test]
    fn users_who_bring_nothing_carry_nothing() {
        let scenario = scenario(31, 1);
        let mut run = run(&scenario, &[0]);
        run.panel.spent[LEVERS + ORIGINALS] = 1.0;
        let at = run.panel.at(0, 0, 1) * 3;
        run.panel.home[at] = 4;
        let table = measure(&scenario, &run);
        close(table.numbers("contribution"), &[0.0]);
        assert!(table.numbers("users_needed")[0].is_nan() && table.numbers("share_needed")[0].is_nan());
    }
}
