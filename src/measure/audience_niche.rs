//! Audience niche: how many of the declared audiences a platform lives on, and with whom it shares them.

use crate::engine::Run;
use crate::measure::Measure;
use crate::scenario::Scenario;
use crate::stats::niche::{levins, levins_standardised, macarthur_levins, pianka, shares};
use crate::table::{Kind, Table, Unit};
use crate::world::panel::TIERS;

/// Breadth and overlap by users in each audience.
pub const MEASURE: Measure = Measure {
    name: "audience_niche",
    title: "Niches by the audiences that platforms house",
    answers: "Do platforms house the same audiences, and who presses whom among them?",
    definition: "p = the platform's users at home in each declared audience, over the sum of these, at the end of the run; \
        q the rival's. levins = 1 / sum p^2 and levins_standardised = (levins - 1) / (n - 1), n audiences: breadth of the \
        platform, the same in each of its rows. pianka = sum p q / sqrt(sum p^2 sum q^2). macarthur_levins = sum p q / \
        sum p^2, the rival's pressure on the platform.",
    reads: "Panel: home at the end.",
    caveats: "niche_breadth and niche_overlap have audiences too, by active days of the whole run; here whoever lives there \
        counts, however idle. Audiences may overlap and need not cover the market: a user counts once in each of \
        hers. With fewer than two audiences, or with one platform, the table is empty. A platform without users is not defined.",
    source: "Levins 1968; Hurlbert 1978; Pianka 1973; MacArthur and Levins 1967.",
    units: "an effective number from 1 to n; indices in 0..=1; a ratio >= 0 (macarthur_levins)",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("rival", Kind::Text, Unit::Label),
            ("levins", Kind::Number, Unit::Ratio),
            ("levins_standardised", Kind::Number, Unit::Ratio),
            ("pianka", Kind::Number, Unit::Ratio),
            ("macarthur_levins", Kind::Number, Unit::Ratio),
        ],
    );
    if scenario.audiences.len() < 2 {
        return table;
    }
    let niches: Vec<Vec<f64>> = (1..scenario.places()).map(|place| niche(scenario, run, place)).collect();
    for (at, own) in niches.iter().enumerate() {
        for (rival_at, rival) in niches.iter().enumerate().filter(|&(rival_at, _)| rival_at != at) {
            table.push(&[
                (&scenario.platforms[at].name).into(),
                (&scenario.platforms[rival_at].name).into(),
                levins(own).into(),
                levins_standardised(own).into(),
                pianka(own, rival).into(),
                macarthur_levins(own, rival).into(),
            ]);
        }
    }
    table
}

/// Shares of a place's users by audience at the end of the run; NaN without users.
fn niche(scenario: &Scenario, run: &Run, place: usize) -> Vec<f64> {
    let panel = &run.panel;
    let living =
        |class: usize| (0..TIERS).map(|tier| panel.home(panel.days, class, place, tier)).sum::<u64>();
    let users = |audience| run.classes_of(Some(audience)).into_iter().map(living).sum::<u64>() as f64;
    shares(&(0..scenario.audiences.len()).map(users).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario_with_audiences};

    #[test]
    fn users_by_audience_make_the_niche() {
        let scenario = scenario_with_audiences(31, 2);
        let mut run = run(&scenario, &[1, 2]);
        for (place, class, users) in [(1, 0, 30), (1, 1, 10), (2, 0, 0), (2, 1, 15)] {
            let at = run.panel.at(31, class, place) * TIERS;
            run.panel.home[at] = users;
        }
        let table = measure(&scenario, &run);
        // Shares (3/4, 1/4) and (0, 1): squares 5/8 and 1, products 1/4.
        close(table.numbers("levins"), &[1.6, 1.0]);
        close(table.numbers("levins_standardised"), &[0.6, 0.0]);
        close(table.numbers("pianka"), &[0.25 / 0.625_f64.sqrt(); 2]);
        close(table.numbers("macarthur_levins"), &[0.4, 0.25]);
    }

    #[test]
    fn one_audience_is_no_niche_and_an_empty_platform_has_none() {
        let mut scenario = scenario_with_audiences(3, 2);
        close(measure(&scenario, &run(&scenario, &[1, 2])).numbers("pianka"), &[f64::NAN; 2]);
        scenario.audiences.truncate(1);
        assert_eq!(measure(&scenario, &run(&scenario, &[1, 2])).rows(), 0);
    }
}
