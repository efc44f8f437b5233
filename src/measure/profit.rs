//! Profit and loss by month and platform (E18).

use std::ops::RangeInclusive;

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::groups::{calendar, people_per_tracked};
use crate::measure::series::all_series;
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};
use crate::world::money::{COMMUNITY, LEVERS, LICENCES, MARKETING, ORIGINALS};

/// Monthly profit and loss.
pub const MEASURE: Measure = Measure {
    name: "profit",
    title: "Profit and loss by month",
    answers: "What does each platform earn, what does it spend it on, and what is left?",
    definition: "revenue_subscription: as revenue of table money. revenue_ads: ad_revenue × advertising load × active \
        free users, by day. cost_licences: fees and the budget for licences. cost_revenue_share: revenue_share × both \
        revenues. cost_originals, cost_community, cost_marketing: budgets, with programmes and signings among \
        the originals; a year has 365 days. cost_activity: per_active_day × active users. profit: revenues less costs.",
    reads: "Panel: home, price, active, ad_load, spent.",
    caveats: "Only costs that the scenario tells are counted. A closed platform spends nothing. Advertising and the cost \
        of activity are not defined when nobody's activity was simulated.",
    source: "Design, E18; costs as in the income statements of filed accounts.",
    units: "currency, for the whole population of the market",
    measure,
};

/// Money of a period.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Statement {
    subscription: f64,
    ads: f64,
    share: f64,
    /// By lever, fees among the licences.
    pub(super) spent: [f64; LEVERS],
    activity: f64,
}

impl Statement {
    fn profit(&self) -> f64 {
        self.subscription + self.ads - self.share - self.spent.iter().sum::<f64>() - self.activity
    }

    /// What users leave: revenue less what grows with it and with activity.
    pub(super) fn contribution(&self) -> f64 {
        self.subscription + self.ads - self.share - self.activity
    }
}

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let money = |name| (name, Kind::Number, Unit::Money);
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("month", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            money("revenue_subscription"),
            money("revenue_ads"),
            money("cost_licences"),
            money("cost_revenue_share"),
            money("cost_originals"),
            money("cost_community"),
            money("cost_marketing"),
            money("cost_activity"),
            ("profit", Kind::Number, Unit::Balance),
        ],
    );
    let calendar = calendar(scenario);
    let (_, everybody) = all_series(scenario, run).swap_remove(0);
    for month in 0..calendar.months() {
        let name = calendar.month_name(month);
        let days = calendar.month_start(month) as usize..=calendar.month_end(month) as usize;
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            let subscription = everybody[platform].total_revenue(days.clone());
            let told = statement(scenario, run, platform, (subscription, days.clone()));
            table.push(&[
                (&name).into(),
                (&settings.name).into(),
                told.subscription.into(),
                told.ads.into(),
                told.spent[LICENCES].into(),
                told.share.into(),
                told.spent[ORIGINALS].into(),
                told.spent[COMMUNITY].into(),
                told.spent[MARKETING].into(),
                told.activity.into(),
                told.profit().into(),
            ]);
        }
    }
    table
}

/// Profit and loss of a platform over a range of days whose subscriptions are known.
pub(super) fn statement(
    scenario: &Scenario,
    run: &Run,
    platform: usize,
    (subscription, days): (f64, RangeInclusive<usize>),
) -> Statement {
    let (panel, place) = (&run.panel, platform + 1);
    let mut told = Statement { subscription, ..Statement::default() };
    for day in days.clone() {
        told.spent.iter_mut().zip(panel.spent(day, place)).for_each(|(sum, spent)| *sum += spent);
    }
    let Some(costs) = &scenario.platforms[platform].costs else { return told };
    let active = |day: usize, tiers| panel.all_active(day, place, tiers) as f64;
    // Nothing times not defined is nothing.
    let priced = |price: f64, count: f64| {
        if price == 0.0 { 0.0 } else { price * people_per_tracked(scenario, run) * count }
    };
    let shown: f64 =
        days.clone().map(|day| panel.ad_load[day * panel.places + place] * active(day, 0..1)).sum();
    told.ads = priced(costs.ad_revenue, shown);
    told.activity =
        priced(costs.per_active_day, days.map(|day| active(day, 0..crate::world::panel::TIERS)).sum());
    told.share = costs.revenue_share * (told.subscription + told.ads);
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, numbers, row, run, scenario};
    use crate::scenario::Costs;

    #[test]
    fn a_month_of_profit_and_loss() {
        let mut scenario = scenario(31, 2);
        scenario.platforms[0].costs =
            Some(Costs { fees: vec![0.0], revenue_share: 0.5, per_active_day: 0.01, ad_revenue: 0.2 });
        let mut run = run(&scenario, &[0]);
        for day in 0..31 {
            let at = run.panel.at(day, 0, 1);
            run.panel.home[at * 3 + 1] = 2;
            run.panel.price[(day * 3 + 1) * 3 + 1] = 31.0;
            run.panel.active[at * 3] = 4;
            run.panel.active[at * 3 + 1] = 1;
            run.panel.ad_load[day * 3 + 1] = 0.5;
            run.panel.spent[(day * 3 + 1) * LEVERS..][..LEVERS].copy_from_slice(&[1.0, 2.0, 3.0, 4.0]);
        }
        let table = measure(&scenario, &run);
        let at = row(&table, &[("platform", "p1")]);
        // 100 people per user: 2 payers × 1 a day; 4 free actives × .5 × .2; 5 actives × .01; 31 days each.
        let (subscription, ads, activity) = (100.0 * 62.0, 100.0 * 0.4 * 31.0, 100.0 * 0.05 * 31.0);
        let share = 0.5 * (subscription + ads);
        let found = |name: &str| table.numbers(name)[at];
        close(
            &["revenue_subscription", "revenue_ads", "cost_activity", "cost_revenue_share"].map(found),
            &[subscription, ads, activity, share],
        );
        close(
            &["cost_licences", "cost_community", "cost_originals", "cost_marketing"].map(found),
            &[31.0, 62.0, 93.0, 124.0],
        );
        close(&[found("profit")], &[subscription + ads - share - activity - 310.0]);
        close(&numbers(&table, &[("platform", "p2")], "profit"), &[0.0]);
    }

    #[test]
    fn without_activity_what_rests_on_it_is_not_defined() {
        let mut scenario = scenario(31, 1);
        let costs = Costs { fees: vec![0.0], revenue_share: 0.0, per_active_day: 0.0, ad_revenue: 0.2 };
        scenario.platforms[0].costs = Some(costs);
        let mut run = run(&scenario, &[0]);
        run.tracked = 0;
        let table = measure(&scenario, &run);
        assert!(table.numbers("revenue_ads")[0].is_nan() && table.numbers("profit")[0].is_nan());
        assert_eq!(table.numbers("cost_activity"), [0.0]);
    }
}
