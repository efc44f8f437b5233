//! `ecotone compare`: what a treatment changes, by pairs of runs that share every draw.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::Prepared;
use crate::cli::study::{self, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::study::batch::Keeps;
use crate::study::compare::Comparison;
use crate::study::curve::tables_needed;
use crate::study::design::{Contrast, Design};
use crate::study::trial::Trial;

mod sides;
mod tell;

use sides::{Sides, prepare};

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone compare first_try.toml --set platforms.community.premium.price=12
      the same market with another price: effects with intervals, curves, difference below
  ecotone compare control.toml loss.toml loss_60_days.toml --of share:netease
      two treatments against one control
  ecotone compare sm_catalogue_loss.toml
      a file that declares its own treatments: control and all of them
  ecotone compare first_try.toml --both market.users=50000 --set choice.beta_s=0.5
      --both changes control and treatment alike

Exit codes: 0 done, 1 failure while running, 2 fault in a scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// The words after `ecotone compare`.
#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// Scenario of the control
    pub control: PathBuf,
    /// Scenarios of the treatments; none: the control with every --set, or the treatments that it declares
    pub treatments: Vec<PathBuf>,
    /// A setting of both sides; may be repeated
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    pub both: Vec<String>,
    /// What the treatment of --set is called
    #[arg(long, value_name = "LABEL")]
    pub label: Option<String>,
    /// Day or date of a difference in differences [default: the first event that the sides do not share]
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Compares.
pub fn compare(arguments: &CompareArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok((base, sides)) => carry_out(arguments, &base, sides),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

fn carry_out(arguments: &CompareArguments, base: &Prepared, sides: Sides) -> Result<Ending> {
    let scenario = &base.checked.scenario;
    let keeps = Keeps::Tables(tables_needed(&sides.outcomes));
    let study = Study {
        kind: StudyKind::Compare,
        file: &arguments.control,
        base,
        design: declared(&sides.design, &sides.trials),
        trials: sides.trials,
        files: sides.files,
        outcomes: sides.outcomes,
        keeps,
        replications: scenario.run.replications,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out(|jobs, fates| {
        let comparison = Comparison {
            trials: &study.trials,
            design: &sides.design,
            jobs,
            fates,
            outcomes: &study.outcomes,
            confidence: scenario.run.confidence,
            since: sides.since,
        };
        tell::findings(scenario, &study, comparison.tables(), (sides.since, sides.asked))
    })
}

/// The contrasts that are not with the control, by the labels of their trials.
fn declared(design: &Design, trials: &[Trial]) -> Value {
    let label = |trial: usize| trials[trial].label.as_str();
    let others = design.contrasts.iter().filter(|contrast| contrast.against > 0);
    let pair = |Contrast { treated, against }: &Contrast| json!([label(*treated), label(*against)]);
    let pairs: Vec<Value> = others.map(pair).collect();
    if pairs.is_empty() { Value::Null } else { json!({ "treatment_against": pairs }) }
}

fn command(arguments: &CompareArguments) -> String {
    let mut words = vec!["ecotone compare".to_owned(), quoted(&arguments.control.to_string_lossy())];
    words.extend(arguments.treatments.iter().map(|file| quoted(&file.to_string_lossy())));
    words.extend(arguments.overrides.words());
    let with_value = |name: &str, value: &String| [name.to_owned(), quoted(value)];
    words.extend(arguments.both.iter().flat_map(|pair| with_value("--both", pair)));
    words.extend(arguments.label.iter().flat_map(|label| with_value("--label", label)));
    words.extend(arguments.since.iter().flat_map(|date| with_value("--since", date)));
    words.extend(arguments.options.words());
    words.join(" ")
}
