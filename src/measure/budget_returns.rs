//! Returns on the budget: which lever pays, by review (E19).

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::groups::calendar;
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};
use crate::world::money::LEVER_NAMES;

/// Returns by lever.
pub const MEASURE: Measure = Measure {
    name: "budget_returns",
    title: "Returns on a little more money, by lever of the budget",
    answers: "On which lever would more money pay, and where does the budget go?",
    definition: "date: last day before a budget may move; one every review_days. share: of the platform's budget, \
        before it moves. roi: users gained × contribution / extra money - 1, currency gained per currency spent. extra money: \
        1 % of the whole budget for a year. users gained: population × change of the mean logit share over types, \
        as newcomers without ties choose, weighted by awareness, with content and originals a year on and \
        rivals as they are. contribution: what a user leaves in a year at the day's payers, prices and activity.",
    reads: "Reviews.",
    caveats: "A forecast by the platform, not what happens: inertia, ties and rivals' answers are left out, so it is \
        what a market without friction would return; below 0 the money does not come back even there. It is marginal: a lever \
        that pays little more may have paid well so far. Licence fees and programmes are no part of the budget. Without simulated \
        activity, advertising and the cost of activity count as 0.",
    source: "Design, E19.",
    units: "shares; currency gained per currency spent",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("date", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            ("lever", Kind::Text, Unit::Label),
            ("share", Kind::Number, Unit::Share),
            ("roi", Kind::Number, Unit::Score),
        ],
    );
    let calendar = calendar(scenario);
    for review in &run.reviews {
        let date = calendar.date(review.day);
        let platform = &scenario.platforms[review.platform].name;
        for (lever, name) in LEVER_NAMES.into_iter().enumerate() {
            table.push(&[
                (&date).into(),
                platform.into(),
                name.into(),
                review.shares[lever].into(),
                review.returns[lever].into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{numbers, run, scenario};
    use crate::world::reviews::Review;

    #[test]
    fn every_review_tells_every_lever() {
        let scenario = scenario(100, 2);
        let mut run = run(&scenario, &[0]);
        assert!(measure(&scenario, &run).rows_where(&[]).is_empty());
        let (shares, returns) = ([0.1, 0.2, 0.3, 0.4], [-1.0, 0.0, 1.0, 2.0]);
        run.reviews.push(Review { day: 90, platform: 1, shares, returns });
        let table = measure(&scenario, &run);
        let review = [("date", "2021-04-01"), ("platform", "p2")];
        assert_eq!(numbers(&table, &review, "share"), shares);
        assert_eq!(numbers(&table, &review, "roi"), returns);
        assert_eq!(numbers(&table, &[("lever", "originals")], "roi"), [1.0]);
    }
}
