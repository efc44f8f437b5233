//! What a calibration found, in words and lines.

use super::CalibrateArguments;
use crate::cli::columns::{align, counted, thousands};
use crate::cli::refusal::Refusal;
use crate::cli::study::Findings;
use crate::scenario::Scenario;
use crate::study::calibrate::{Fitted, fitted};
use crate::study::phrase;
use crate::table::Table;

/// What the tables say.
pub fn findings(
    arguments: &CalibrateArguments,
    scenario: &Scenario,
    fitted: &Fitted,
    (trials, failed): (usize, usize),
    document: Result<String, Refusal>,
) -> Findings {
    let tables = fitted.tables(arguments.draws as usize);
    let posterior = fitted.posterior;
    let facts = vec![
        ("Free settings".to_owned(), arguments.free.join("; ")),
        ("Figures fitted".to_owned(), fitted_count(scenario)),
        ("Trials".to_owned(), trials.to_string()),
        ("Replications of each".to_owned(), scenario.run.replications.to_string()),
        ("Simulated users".to_owned(), thousands(scenario.market.users)),
        (
            "Posterior".to_owned(),
            format!(
                "worth {:.0} independent draws; tolerances stretched by {:.2}",
                posterior.effective, posterior.epsilon
            ),
        ),
        ("Method".to_owned(), "Latin hypercube, CMA-ES, then weighted populations (ABC-SMC)".to_owned()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
    ];
    let warnings = warnings(scenario, fitted, failed, &tables[1]);
    let files = document.map(|text| ("fitted.toml".to_owned(), text.into_bytes()));
    Findings {
        title: phrase::heading(scenario, "settings fitted to published figures"),
        answer: answer(fitted, &tables[0], &tables[1]),
        facts,
        lines: lines(&tables[1]),
        warnings,
        tables,
        files: files.into_iter().collect(),
    }
}

/// What a reader should keep in mind.
fn warnings(scenario: &Scenario, fitted: &Fitted, failed: usize, settings: &Table) -> Vec<String> {
    let posterior = fitted.posterior;
    let lost = (failed > 0).then(|| {
        format!(
            "{} gave no figures: their settings tip, cannot be, or failed",
            counted(failed as u64, "trial")
        )
    });
    let few = (posterior.effective < 100.0).then(|| {
        format!(
            "the posterior is worth only {:.0} independent draws: take more --populations or --replications",
            posterior.effective
        )
    });
    let stretched = (posterior.epsilon > 1.05).then(|| {
        let by = posterior.epsilon;
        if fitted.search.best.distance <= 1.0 {
            format!("the sample has not come down to the stated tolerances (still {by:.1} times as wide), so its intervals are too wide: take more --populations")
        } else {
            format!("even the best point misses the figures by {:.1} tolerances: the model cannot meet them all, and intervals are widened by {by:.1}", fitted.search.best.distance)
        }
    });
    let one = (scenario.run.replications < 2).then(|| {
        "one replication a trial: the fit follows the luck of one market; take two or more".to_owned()
    });
    let loud = noisy(scenario, fitted).map(|count| {
        format!("chance moves {count} of the fitted figures by more than half of their tolerance: simulate more users or replications")
    });
    one.into_iter()
        .chain(loud)
        .chain(lost)
        .chain(few)
        .chain(stretched)
        .chain(unidentified(settings))
        .collect()
}

fn fitted_count(scenario: &Scenario) -> String {
    let count = fitted(scenario).len();
    format!("{count} of {}", scenario.targets.len())
}

/// How many fitted figures chance moves by more than half of their tolerance.
fn noisy(scenario: &Scenario, found: &Fitted) -> Option<usize> {
    let is_loud =
        |&&at: &&usize| found.noise[at] > 0.5 * found.tolerances[at] * scenario.targets[at].value.abs();
    let count = fitted(scenario).iter().filter(is_loud).count();
    (count > 0).then_some(count)
}

/// The settings that the figures do not identify, in words.
fn unidentified(settings: &Table) -> Option<String> {
    let open: Vec<String> = (0..settings.rows())
        .filter(|&row| settings.word("verdict", row) != "identified")
        .map(|row| format!("{} is {}", settings.word("setting", row), settings.word("verdict", row)))
        .collect();
    (!open.is_empty()).then(|| open.join("; "))
}

fn answer(fitted: &Fitted, fit: &Table, settings: &Table) -> String {
    let inside = |role: &str| {
        let rows = fit.rows_where(&[("role", role)]);
        let met = rows.iter().filter(|&&row| {
            let number = |column: &str| fit.numbers(column)[row];
            let miss = number("simulated") - number("published");
            let is_allowed = match fit.word("bound", row) {
                "at_least" => miss >= 0.0,
                "at_most" => miss <= 0.0,
                _ => false,
            };
            is_allowed || miss.abs() <= number("tolerance")
        });
        (met.count(), rows.len())
    };
    let ((met, all), (hit, open)) = (inside("fitted"), inside("predicted"));
    let clear = (0..settings.rows()).filter(|&row| settings.word("verdict", row) == "identified").count();
    let predicted =
        if open == 0 { String::new() } else { format!(", and {hit} of {open} that were left out") };
    format!(
        "Under the calibrated settings the median of {met} of {all} fitted figures lies within its tolerance{predicted}; \
         the figures identify {clear} of {} settings.",
        fitted.free.len()
    )
}

fn lines(settings: &Table) -> String {
    let mut rows = vec![["setting", "best", "posterior", "prior", "verdict"].map(str::to_owned).to_vec()];
    for row in 0..settings.rows() {
        let number = |column: &str| settings.numbers(column)[row];
        rows.push(vec![
            settings.word("setting", row).to_owned(),
            format!("{:.4}", number("best")),
            format!("{:.4} ({:.4} to {:.4})", number("mean"), number("mean_low"), number("mean_high")),
            format!("{} to {}", number("prior_low"), number("prior_high")),
            settings.word("verdict", row).to_owned(),
        ]);
    }
    format!("\n{}", align(&rows))
}
