//! Niche breadth: how many genres and audiences a platform lives on.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::listening::{audience_shares, genre_shares};
use crate::scenario::Scenario;
use crate::stats::niche::{levins, levins_standardised};
use crate::table::{Kind, Table, Unit};

/// Levins breadth.
pub const MEASURE: Measure = Measure {
    name: "niche_breadth",
    title: "Breadth of each platform's niche",
    answers: "Is a platform a generalist or a specialist?",
    definition: "levins: B = 1 / sum p^2 over the platform's shares of listening by genre (table listening), or \
        of active user-days by declared audience. levins_standardised: (B - 1) / (n - 1), n genres or audiences.",
    reads: "Panel: type_active_days, coverage, active. Tastes.",
    caveats: "Audiences may overlap and need not cover the market: a user counts once in each of hers. Genres are \
        as coarse as the scenario declares them. Not defined with one genre, or with one audience.",
    source: "Levins 1968; Hurlbert 1978.",
    units: "an effective number from 1 to n; an index in 0..=1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("axis", Kind::Text, Unit::Label),
            ("platform", Kind::Text, Unit::Label),
            ("levins", Kind::Number, Unit::Ratio),
            ("levins_standardised", Kind::Number, Unit::Ratio),
        ],
    );
    for (axis, niches) in axes(scenario, run) {
        for (settings, shares) in scenario.platforms.iter().zip(niches) {
            table.push(&[
                axis.into(),
                (&settings.name).into(),
                levins(&shares).into(),
                levins_standardised(&shares).into(),
            ]);
        }
    }
    table
}

/// The niche axes with the platforms' shares on them; the audience axis only where audiences are declared. On
/// an axis of one genre or audience every niche is the whole axis, which says nothing: not defined.
pub(super) fn axes(scenario: &Scenario, run: &Run) -> Vec<(&'static str, Vec<Vec<f64>>)> {
    let mut axes = vec![("genre", genre_shares(scenario, run))];
    if !scenario.audiences.is_empty() {
        axes.push(("audience", audience_shares(scenario, run)));
    }
    for (_, niches) in &mut axes {
        niches.iter_mut().filter(|shares| shares.len() < 2).for_each(|shares| shares.fill(f64::NAN));
    }
    axes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row};
    use crate::measure::listening::tests::two_platforms;

    #[test]
    fn one_genre_or_audience_is_no_niche() {
        let mut scenario = crate::measure::fixture::scenario_with_audiences(31, 2);
        scenario.genres.truncate(1);
        scenario.audiences.truncate(1);
        let mut run = crate::measure::fixture::run(&scenario, &[1]);
        run.tastes = vec![1.0, 1.0];
        run.panel.coverage.fill(1.0);
        run.panel.type_active_days.fill(10);
        run.panel.active.fill(1);
        close(&genre_shares(&scenario, &run).concat(), &[1.0, 1.0]);
        let overlap = (crate::measure::niche_overlap::MEASURE.measure)(&scenario, &run);
        let breadth = measure(&scenario, &run);
        let columns = [(&breadth, "levins"), (&breadth, "levins_standardised"), (&overlap, "pianka")];
        for (table, name) in columns.into_iter().chain([(&overlap, "macarthur_levins")]) {
            close(table.numbers(name), &[f64::NAN; 4]);
        }
    }

    #[test]
    fn breadth_on_both_axes() {
        let (scenario, run) = two_platforms();
        let table = measure(&scenario, &run);
        // Genre shares (2/3, 1/3) and (0, 1); audience shares (3/4, 1/4) and (1/4, 3/4).
        close(table.numbers("levins"), &[1.8, 1.0, 1.6, 1.6]);
        close(table.numbers("levins_standardised"), &[0.8, 0.0, 0.6, 0.6]);
        assert_eq!(row(&table, &[("axis", "audience"), ("platform", "p2")]), 3);
    }
}
