//! The words that the program understands, and its help.

use clap::{Parser, Subcommand};

use crate::cli::{
    calibrate, check, compare, completions, decompose, explain, fan, guide, init, man, report, run, schema,
    sensitivity, study_file, sweep, verify,
};

const STORY: &str = "\
Ecotone simulates a market in which platforms compete for users who decide day by day: some with big \
licensed catalogues, some with a community. From one scenario file it gives retention and conversion \
curves with honest bands, tables, charts and an HTML report.

The one-minute story: `ecotone init` writes a commented scenario; `ecotone check` says what it means and \
what it costs; `ecotone run` simulates it and writes the report; `ecotone verify` proves later that the \
report is what the scenario gives, byte for byte.";

const EXAMPLES: &str = "\
In one minute:
  ecotone init                     writes duopoly.toml
  ecotone check duopoly.toml       is it sound, what will it cost?
  ecotone run duopoly.toml         simulates; then open output/duopoly/report.html
  ecotone explain beta_s           what does this setting mean, where does its value come from?
  ecotone guide                    writes the handbook: tutorial, how-to, reference, explanation
  ecotone verify output/duopoly    the same bytes again?

Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments,
3 some runs failed, 4 verification mismatch, 75 unfinished but resumable, 130 interrupted.
Colour: only on terminals; NO_COLOR=1 turns it off.";

/// Market simulator of niche competition: retention and conversion curves from one scenario file
#[derive(Debug, Parser)]
#[command(name = "ecotone", version, long_about = STORY, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do; without it the program says where to begin.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Say whether a scenario is sound, what it will simulate and what that costs
    #[command(after_help = check::EXAMPLES)]
    Check(check::CheckArguments),
    /// Simulate a scenario and write tables, charts and the report
    #[command(after_help = run::EXAMPLES)]
    Run(run::RunArguments),
    /// Set treatments beside a control, by pairs of runs that share every draw
    #[command(after_help = compare::EXAMPLES)]
    Compare(compare::CompareArguments),
    /// Vary settings over levels and show what the outcomes do
    #[command(after_help = sweep::EXAMPLES)]
    Sweep(sweep::SweepArguments),
    /// Say which settings move an outcome
    #[command(after_help = sensitivity::EXAMPLES)]
    Sensitivity(sensitivity::SensitivityArguments),
    /// Share the gap between two platforms among community, catalogue, migration cost and price
    #[command(after_help = decompose::EXAMPLES)]
    Decompose(decompose::DecomposeArguments),
    /// Fit settings to published figures, with a posterior sample
    #[command(after_help = calibrate::EXAMPLES)]
    Calibrate(calibrate::CalibrateArguments),
    /// Spread uncertain settings over the outcomes and split their variance
    #[command(after_help = fan::EXAMPLES)]
    Fan(fan::FanArguments),
    /// Do the study that a file describes
    #[command(after_help = study_file::EXAMPLES)]
    Study(study_file::StudyFileArguments),
    /// Write a commented starter scenario
    #[command(after_help = init::EXAMPLES)]
    Init(init::InitArguments),
    /// Explain a setting, a measure, an outcome, a kind of event, a term of the utility or a phase of the day
    #[command(after_help = explain::EXAMPLES)]
    Explain(explain::ExplainArguments),
    /// Write the handbook as one page, or print a chapter of it
    #[command(after_help = guide::EXAMPLES)]
    Guide(guide::GuideArguments),
    /// Print the JSON Schema of scenarios, for editors
    #[command(after_help = schema::EXAMPLES)]
    Schema,
    /// Draw the charts and the page of a result again, or list all results of a folder
    #[command(after_help = report::EXAMPLES)]
    Report(report::ReportArguments),
    /// Simulate an earlier result again and compare it byte for byte
    #[command(after_help = verify::EXAMPLES)]
    Verify(verify::VerifyArguments),
    /// Print completions for a shell
    #[command(after_help = completions::EXAMPLES)]
    Completions(completions::CompletionsArguments),
    /// Print the manual page
    #[command(after_help = man::EXAMPLES)]
    Man(man::ManArguments),
}

impl Verb {
    /// Whether a script wants to hear what happens.
    pub fn wants_events(&self) -> bool {
        match self {
            Verb::Run(run) => run.events,
            Verb::Compare(study) => study.options.events,
            Verb::Sweep(study) => study.options.events,
            Verb::Sensitivity(study) => study.options.events,
            Verb::Decompose(study) => study.options.events,
            Verb::Calibrate(study) => study.options.events,
            Verb::Fan(study) => study.options.events,
            _ => false,
        }
    }
}
