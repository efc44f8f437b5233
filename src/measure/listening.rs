//! Listening by genre: the resource shares of the niche measures.

use crate::engine::Run;
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::stats::niche::shares;
use crate::table::{Kind, Table, Unit};

/// Shares of listening by genre.
pub const MEASURE: Measure = Measure {
    name: "listening",
    title: "Share of a platform's listening in each genre, over the whole run",
    answers: "What do people listen to on each platform?",
    definition: "Every active day is one unit of listening. A user of a type spreads it over genres in proportion \
        to theta × A, the type's taste for the genre times the platform's coverage of it at the month's end.",
    reads: "Panel: type_active_days, coverage. Tastes.",
    caveats: "Follows from taste and coverage; single plays are not simulated. Not defined without activity.",
    source: "Definition of this project.",
    units: "share in 0..=1; the shares of a platform sum to 1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("genre", Kind::Text, Unit::Label),
            ("share", Kind::Number, Unit::Share),
        ],
    );
    for (settings, shares) in scenario.platforms.iter().zip(genre_shares(scenario, run)) {
        for (genre, share) in scenario.genres.iter().zip(shares) {
            table.push(&[(&settings.name).into(), (&genre.name).into(), share.into()]);
        }
    }
    table
}

/// Shares of listening by genre; shape platforms × genres; NaN without activity.
pub(super) fn genre_shares(scenario: &Scenario, run: &Run) -> Vec<Vec<f64>> {
    (1..scenario.places()).map(|place| shares(&listening_days(scenario, run, place))).collect()
}

/// Active days by genre on a place over the whole run.
fn listening_days(scenario: &Scenario, run: &Run, place: usize) -> Vec<f64> {
    let genres = scenario.genres.len();
    let (places, types) = (run.panel.places, run.tastes.len() / genres);
    let mut days = vec![0.0; genres];
    for month in 0..run.panel.coverage.len() / (places * genres) {
        let row = month * places + place;
        let coverage = &run.panel.coverage[row * genres..][..genres];
        let active = &run.panel.type_active_days[row * types..][..types];
        for (tastes, &count) in run.tastes.chunks_exact(genres).zip(active).filter(|&(_, &count)| count > 0) {
            let reach: f64 = tastes.iter().zip(coverage).map(|(taste, cover)| taste * cover).sum();
            let scale = ratio(count as f64, reach);
            if scale.is_nan() {
                continue; // Nothing that this type likes is on the platform.
            }
            for ((days, taste), cover) in days.iter_mut().zip(tastes).zip(coverage) {
                *days += scale * taste * cover;
            }
        }
    }
    days
}

/// Shares of active user-days by audience; shape platforms × audiences; NaN without activity.
pub(super) fn audience_shares(scenario: &Scenario, run: &Run) -> Vec<Vec<f64>> {
    let panel = &run.panel;
    let mut days = vec![0_u64; panel.classes * panel.places];
    for today in panel.active.chunks_exact(panel.classes * panel.places * crate::world::panel::TIERS) {
        for (sum, tiers) in days.iter_mut().zip(today.chunks_exact(crate::world::panel::TIERS)) {
            *sum += tiers.iter().map(|&count| u64::from(count)).sum::<u64>();
        }
    }
    let of = |audience, place| {
        let classes = run.classes_of(Some(audience));
        classes.into_iter().map(|class| days[class * panel.places + place]).sum::<u64>() as f64
    };
    (1..scenario.places())
        .map(|place| shares(&(0..scenario.audiences.len()).map(|at| of(at, place)).collect::<Vec<_>>()))
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario_with_audiences};

    /// Two platforms; types with tastes (1, 0) and (0.5, 0.5); p1 covers both genres, p2 half of folk only.
    pub(crate) fn two_platforms() -> (Scenario, Run) {
        let scenario = scenario_with_audiences(31, 2);
        let mut run = run(&scenario, &[1, 2]);
        run.panel.coverage[2..6].copy_from_slice(&[1.0, 1.0, 0.0, 0.5]);
        // p1: 10 days of pop lovers, 20 of the others; p2: 5 of the others, 7 of pop lovers.
        run.panel.type_active_days[2..6].copy_from_slice(&[10, 20, 7, 5]);
        for (place, class, count) in [(1, 0, 30), (1, 1, 10), (2, 0, 5), (2, 1, 15)] {
            let at = run.panel.at(3, class, place) * 3;
            run.panel.active[at] = count;
        }
        (scenario, run)
    }

    #[test]
    fn listening_follows_taste_and_coverage() {
        let (scenario, run) = two_platforms();
        let table = measure(&scenario, &run);
        // p1: pop 10 + 10, folk 10 of 30; p2 has no pop, its pop lovers find nothing.
        close(table.numbers("share"), &[2.0 / 3.0, 1.0 / 3.0, 0.0, 1.0]);
        close(&audience_shares(&scenario, &run).concat(), &[0.75, 0.25, 0.25, 0.75]);
    }

    #[test]
    fn without_activity_nothing_is_defined() {
        let scenario = scenario_with_audiences(31, 1);
        let run = run(&scenario, &[1, 2]);
        close(measure(&scenario, &run).numbers("share"), &[f64::NAN, f64::NAN]);
        close(&audience_shares(&scenario, &run)[0], &[f64::NAN, f64::NAN]);
    }
}
