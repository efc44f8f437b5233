//! Motives of conversion: what spoke for paying when users began to pay.

use crate::engine::Run;
use crate::measure::groups::{audiences, people_per_user};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Cell, Kind, Table, Unit};

/// The motives, in the order of the run's sums.
const MOTIVES: [&str; 4] = ["feature", "identity", "peers", "catalogue"];

/// Motives at conversion.
pub const MEASURE: Measure = Measure {
    name: "conversion_motives",
    title: "Share of the log-odds of paying owed to each motive, at conversion",
    answers: "Do users pay for features, for who they are there, because friends pay, or for the catalogue?",
    definition: "Sum over conversions of each motive's contribution to the log-odds of paying (the terms of E15), \
        divided by the sum over the four motives. conversions: conversions counted.",
    reads: "Motives.",
    caveats: "An accounting of utility at the moment of conversion, not a causal effect: switch a term off to see \
        what it causes. Constants, prices and advertising are not motives. Not defined without conversions or \
        when the motives sum to 0; a negative contribution gives shares outside 0..=1.",
    source: "Definition of this project; E15 of the model.",
    units: "conversions in people; shares of the summed log-odds",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut columns = vec![
        ("platform", Kind::Text, Unit::Label),
        ("audience", Kind::Text, Unit::Label),
        ("conversions", Kind::Number, Unit::People),
    ];
    columns.extend(MOTIVES.map(|motive| (motive, Kind::Number, Unit::Score)));
    let mut table = Table::new(MEASURE.name, MEASURE.title, &columns);
    for (platform, settings) in scenario.platforms.iter().enumerate() {
        for audience in audiences(scenario, run) {
            let groups = audience.classes.iter().map(|&class| class * scenario.places() + platform + 1);
            let conversions: u64 = groups.clone().map(|group| run.motives.conversions[group]).sum();
            let sum = |motive: usize| {
                groups.clone().map(|group| run.motives.sums[group * MOTIVES.len() + motive]).sum::<i64>()
                    as f64
            };
            let total: f64 = (0..MOTIVES.len()).map(sum).sum();
            let mut row: Vec<Cell> = vec![
                (&settings.name).into(),
                (&audience.name).into(),
                (people_per_user(scenario, run) * conversions as f64).into(),
            ];
            row.extend((0..MOTIVES.len()).map(|motive| Cell::Number(ratio(sum(motive), total))));
            table.push(&row);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, run, scenario};

    #[test]
    fn motives_share_the_log_odds() {
        let scenario = scenario(3, 2);
        let mut run = run(&scenario, &[0]);
        run.motives.conversions[1] = 3;
        run.motives.sums[4..8].copy_from_slice(&[1 << 20, 4 << 20, 2 << 20, 1 << 20]);
        let table = measure(&scenario, &run);
        close(table.numbers("conversions"), &[300.0, 0.0]);
        close(table.numbers("feature"), &[0.125, f64::NAN]);
        close(table.numbers("identity"), &[0.5, f64::NAN]);
        close(table.numbers("peers"), &[0.25, f64::NAN]);
        close(table.numbers("catalogue"), &[0.125, f64::NAN]);
    }
}
