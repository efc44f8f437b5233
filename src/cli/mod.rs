//! The program: arguments, exit codes, progress; one file per verb. The only room that prints or exits.

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

// What a verb needs.
mod batch_work;
mod bug;
mod columns;
mod differences;
mod ending;
mod entries;
mod events;
mod glossary;
mod headline;
mod interrupt;
mod manifest;
mod memory;
mod output_folder;
mod overrides;
mod prepare;
mod program_chapters;
mod progress;
mod refusal;
mod run_store;
mod scratch;
mod see_also;
mod simulation;
mod speak;
mod study;
mod study_options;
mod until;
mod welcome;
// The verbs.
mod arguments;
mod calibrate;
mod check;
mod compare;
mod completions;
mod decompose;
mod explain;
mod fan;
mod guide;
mod init;
mod man;
mod report;
mod run;
mod schema;
mod sensitivity;
mod study_file;
mod sweep;
mod verify;

use arguments::{Arguments, Verb};
use ending::Ending;
use speak::Tone;

/// Runs the program with the words it was called with.
pub fn main() -> ExitCode {
    bug::speak_on_panic();
    std::panic::catch_unwind(program).unwrap_or(Ending::Failed).code()
}

fn program() -> Ending {
    match Arguments::try_parse() {
        Ok(arguments) => {
            let done = arguments.verb.as_ref().map_or_else(welcome::welcome, act);
            done.unwrap_or_else(|error| failure(&error))
        }
        Err(help_or_fault) => welcome::unheard(&help_or_fault),
    }
}

fn act(verb: &Verb) -> Result<Ending> {
    if verb.wants_events() {
        events::want();
    }
    match verb {
        Verb::Check(arguments) => check::check(arguments),
        Verb::Report(arguments) => report::report(arguments),
        Verb::Run(arguments) => run::run(arguments),
        Verb::Compare(arguments) => compare::compare(arguments),
        Verb::Init(arguments) => init::init(arguments),
        Verb::Explain(arguments) => explain::explain(arguments),
        Verb::Guide(arguments) => guide::guide(arguments),
        Verb::Schema => schema::schema(),
        Verb::Decompose(arguments) => decompose::decompose(arguments),
        Verb::Calibrate(arguments) => calibrate::calibrate(arguments),
        Verb::Fan(arguments) => fan::fan(arguments),
        Verb::Sensitivity(arguments) => sensitivity::sensitivity(arguments),
        Verb::Study(arguments) => study_file::study(arguments),
        Verb::Sweep(arguments) => sweep::sweep(arguments),
        Verb::Verify(arguments) => verify::verify(arguments),
        Verb::Completions(arguments) => completions::completions(arguments),
        Verb::Man(arguments) => man::man(arguments),
    }
}

/// A reader who closes the pipe early has seen enough; every other error is told with its causes.
fn failure(error: &anyhow::Error) -> Ending {
    let is_closed_pipe = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    if error.downcast_ref::<io::Error>().is_some_and(is_closed_pipe) {
        return Ending::Done;
    }
    speak::tell(Tone::Bad, "error", &causes(error));
    Ending::Failed
}

/// An error with its causes, each told once.
fn causes(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !told.contains(&cause) {
            told += if told.is_empty() { "" } else { ": " };
            told += &cause;
        }
    }
    told
}
