//! `ecotone decompose`: which group of settings makes the gap between two platforms?

use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::study::{self, Rounds, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::study::batch::Keeps;
use crate::study::decompose::{self, COALITIONS, Convention, shares};
use crate::study::trial::Trial;
use crate::study::values::Values;
use crate::table::Table;

mod asked;
mod matched;
mod tell;

use asked::{Ready, prepare};
use matched::{Matched, Search};

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone decompose first_try.toml --between community catalogue
      the gap in 180-day retention (and paid ratio), shared among community, catalogue, migration cost and price
  ecotone decompose first_try.toml --between community catalogue --of conversion_90 --raw
      another outcome, without matching shares

Every group keeps its own settings or takes the rival's (costs of moving: none), in all 16 combinations under the
same chance; a group's share is its mean contribution over all orders (Shapley). Share-matched: alpha of the own
platform is re-fitted in every combination until it ends with the same share of users, so that size does not count.
Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// The words after `ecotone decompose`.
#[derive(Debug, clap::Args)]
pub struct DecomposeArguments {
    /// Scenario file
    pub file: PathBuf,
    /// The platform whose lead is explained, and its rival
    #[arg(long, num_args = 2, value_names = ["OWN", "RIVAL"], required = true)]
    pub between: Vec<String>,
    /// Only the raw convention: do not match shares
    #[arg(long)]
    pub raw: bool,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Decomposes.
pub fn decompose(arguments: &DecomposeArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok(ready) => carry_out(arguments, ready),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

fn carry_out(arguments: &DecomposeArguments, ready: Ready) -> Result<Ending> {
    let scenario = &ready.base.checked.scenario;
    let study = Study {
        kind: StudyKind::Decompose,
        file: &arguments.file,
        base: &ready.base,
        trials: ready.trials,
        files: Vec::new(),
        keeps: Keeps::Outcomes(ready.outcomes.clone()),
        outcomes: ready.outcomes,
        replications: scenario.run.replications,
        design: Value::Null,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out_in_rounds(|rounds| {
        let mut found = decompose::tables();
        let search =
            Search { arguments, document: &ready.document, coalitions: &ready.coalitions, study: &study };
        let raw = match values(rounds, &study, &study.trials, study.replications)? {
            Ok(values) => values,
            Err(ending) => return Ok(Err(ending)),
        };
        add(&mut found, &study, &raw, "raw");
        let mut warnings = Vec::new();
        let mut conventions =
            vec![Convention { name: "raw", values: raw, alphas: vec![search.alpha(); COALITIONS] }];
        if !arguments.raw {
            match search.matched(rounds, &conventions[0].values)? {
                Ok(Matched { values, alphas, warning }) => {
                    add(&mut found, &study, &values, "matched");
                    warnings.extend(warning);
                    conventions.push(Convention { name: "matched", values, alphas });
                }
                Err(ending) => return Ok(Err(ending)),
            }
        }
        let mut runs = conventions.iter().flat_map(|one| &one.values.runs);
        let is_whole = runs.all(|runs| runs.len() == study.replications as usize);
        let ending = if is_whole { Ending::Done } else { Ending::SomeFailed };
        let [shares, gap] = found;
        let own = &arguments.between[0];
        let tables = vec![shares, gap, decompose::results(conventions, own, &study.outcomes)];
        Ok(Ok((tell::findings(arguments, &study, tables, warnings), ending)))
    })
}

fn values(
    rounds: &Rounds,
    study: &Study,
    trials: &[Trial],
    replications: u32,
) -> Result<Result<Values, Ending>> {
    let ran = rounds.run(trials, &study.keeps, replications)?;
    Ok(ran.map(|(jobs, fates)| Values::read(trials.len(), &jobs, &fates, &study.outcomes)))
}

fn add(found: &mut [Table; 2], study: &Study, values: &Values, convention: &str) {
    for at in (1..study.outcomes.len()).step_by(2).map(|rival| rival - 1) {
        let found_shares = shares(values, at, study.base.checked.scenario.run.confidence);
        decompose::push(found, &study.outcomes[at].name, convention, &found_shares);
    }
}

fn command(arguments: &DecomposeArguments) -> String {
    let mut words = vec!["ecotone decompose".to_owned(), quoted(&arguments.file.to_string_lossy())];
    words.push(format!("--between {} {}", quoted(&arguments.between[0]), quoted(&arguments.between[1])));
    if arguments.raw {
        words.push("--raw".to_owned());
    }
    words.extend(arguments.overrides.words());
    words.extend(arguments.options.words());
    words.join(" ")
}
