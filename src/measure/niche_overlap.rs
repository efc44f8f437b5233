//! Niche overlap: how far platforms live on the same genres and audiences.

use crate::engine::Run;
use crate::measure::Measure;
use crate::measure::niche_breadth::axes;
use crate::scenario::Scenario;
use crate::stats::niche::{macarthur_levins, pianka};
use crate::table::{Kind, Table, Unit};

/// Pianka and MacArthur-Levins overlap.
pub const MEASURE: Measure = Measure {
    name: "niche_overlap",
    title: "Overlap of the platforms' niches",
    answers: "Whom does a platform compete with, and who presses whom harder?",
    definition: "With shares p of the platform and q of the rival: pianka = sum p q / sqrt(sum p^2 sum q^2), \
        symmetric; macarthur_levins = sum p q / sum p^2, the rival's pressure on the platform, not symmetric. \
        Axes as in niche_breadth.",
    reads: "Panel: type_active_days, coverage, active. Tastes.",
    caveats: "As for niche_breadth. Overlap in use is not yet competition: it says what both live on, not what \
        either would lose.",
    source: "Pianka 1973; MacArthur and Levins 1967.",
    units: "index in 0..=1 (pianka); a ratio >= 0",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("axis", Kind::Text, Unit::Label),
            ("platform", Kind::Text, Unit::Label),
            ("rival", Kind::Text, Unit::Label),
            ("pianka", Kind::Number, Unit::Ratio),
            ("macarthur_levins", Kind::Number, Unit::Ratio),
        ],
    );
    for (axis, niches) in axes(scenario, run) {
        for (at, own) in niches.iter().enumerate() {
            for (rival_at, rival) in niches.iter().enumerate().filter(|&(rival_at, _)| rival_at != at) {
                table.push(&[
                    axis.into(),
                    (&scenario.platforms[at].name).into(),
                    (&scenario.platforms[rival_at].name).into(),
                    pianka(own, rival).into(),
                    macarthur_levins(own, rival).into(),
                ]);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::close;
    use crate::measure::listening::tests::two_platforms;

    #[test]
    fn the_specialist_presses_the_generalist_less_than_the_reverse() {
        let (scenario, run) = two_platforms();
        let table = measure(&scenario, &run);
        // Genre shares (2/3, 1/3) and (0, 1): products 1/3; squares 5/9 and 1. Audiences: 3/8; 5/8 and 5/8.
        let genre = 1.0 / 3.0 / (5.0_f64 / 9.0).sqrt();
        close(table.numbers("pianka"), &[genre, genre, 0.6, 0.6]);
        close(table.numbers("macarthur_levins"), &[0.6, 1.0 / 3.0, 0.6, 0.6]);
    }
}
