//! A stand-in for the net promoter score: residents who would surely stay less those who well might not.

use crate::engine::Run;
use crate::engine::loyalty::BINS;
use crate::measure::groups::audiences;
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Promoters less detractors.
pub const MEASURE: Measure = Measure {
    name: "nps_proxy",
    title: "Residents who would surely stay less those who might not",
    answers: "How attached are a platform's users to it, apart from habit and switching costs?",
    definition: "On the last day, for every user at home: p = 1 / (1 + e^(V[best] - V[home])), the probability of the home \
        in a choice between it and the best other place, the outside included. V: E8 with the plans' worth, as a \
        newcomer would live there, ties as large as the place's share of the market, own persistent tastes included; \
        costs of moving, habit and awareness left out. promoters: share with p >= 0.9; detractors: p < 0.6; passives: the rest. \
        nps = promoters - detractors.",
    reads: "Loyalty: residents by p, in twentieths.",
    caveats: "Nobody is asked whether she would recommend anything: the model has no such answer. Ten times p stands in for the \
        0 to 10 of the survey, where 9 and 10 promote and 0 to 6 detract. The level hangs on the scale of the utility, so \
        it must not be set beside published scores; compare platforms, audiences and scenarios. Up to 262,144 users \
        are asked, at equal steps. Not defined without residents.",
    source: "Reichheld 2003 (the score); the map from utility to it: assumption.",
    units: "shares in 0..=1; nps in -1..=1 (times 100: points)",
    measure,
};

/// Twentieths of p from which on a resident is a promoter, p = 0.9.
const PROMOTERS: usize = BINS * 9 / 10;
/// Twentieths of p below which a resident is a detractor, p = 0.6.
const DETRACTORS: usize = BINS * 6 / 10;

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("promoters", Kind::Number, Unit::Share),
            ("passives", Kind::Number, Unit::Share),
            ("detractors", Kind::Number, Unit::Share),
            ("nps", Kind::Number, Unit::Score),
        ],
    );
    for audience in audiences(scenario, run) {
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            let count = |bins: std::ops::Range<usize>| {
                let of =
                    |&class: &usize| run.loyalty.of(class, platform + 1)[bins.clone()].iter().sum::<u64>();
                audience.classes.iter().map(of).sum::<u64>() as f64
            };
            let all = count(0..BINS);
            let [promoters, detractors] = [count(PROMOTERS..BINS), count(0..DETRACTORS)];
            table.push(&[
                (&settings.name).into(),
                (&audience.name).into(),
                ratio(promoters, all).into(),
                ratio(all - promoters - detractors, all).into(),
                ratio(detractors, all).into(),
                ratio(promoters - detractors, all).into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row, run, scenario_with_audiences};

    #[test]
    fn promoters_less_detractors_by_audience() {
        let scenario = scenario_with_audiences(3, 2);
        let mut run = run(&scenario, &[1, 2]);
        // Class, twentieth of p on p1, residents: .9 and more promotes, below .6 detracts.
        for (class, bin, count) in
            [(0, 19, 4), (0, 18, 2), (0, 17, 1), (0, 12, 1), (0, 11, 2), (1, 0, 6), (1, 18, 4)]
        {
            run.loyalty.counts[(class * 3 + 1) * BINS + bin] = count;
        }
        let table = measure(&scenario, &run);
        let of = |audience, column: &str| {
            table.numbers(column)[row(&table, &[("platform", "p1"), ("audience", audience)])]
        };
        let found = ["promoters", "passives", "detractors", "nps"];
        close(&found.map(|column| of("pop fans", column)), &[0.6, 0.2, 0.2, 0.4]);
        close(&found.map(|column| of("folk fans", column)), &[0.4, 0.0, 0.6, -0.2]);
        close(&found.map(|column| of("everybody", column)), &[0.5, 0.1, 0.4, 0.1]);
        assert!(table.numbers("nps")[row(&table, &[("platform", "p2")])].is_nan());
    }
}
