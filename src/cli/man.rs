//! `ecotone man`: the manual page.

use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::arguments::Arguments;
use crate::cli::ending::Ending;
use crate::cli::refusal::Refusal;
use crate::cli::speak;
use crate::scenario::fault;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone man > ~/.local/share/man/man1/ecotone.1
  ecotone man run | man -l -";

/// The words after `ecotone man`.
#[derive(Debug, clap::Args)]
pub struct ManArguments {
    /// The page of one verb instead
    pub verb: Option<String>,
}

/// Prints the page in roff.
pub fn man(arguments: &ManArguments) -> Result<Ending> {
    let mut program = Arguments::command();
    program.build();
    let page = match &arguments.verb {
        None => Some(&program),
        Some(verb) => program.find_subcommand(verb),
    };
    let Some(page) = page else { return Ok(unknown(&program, arguments).tell()) };
    let mut roff = Vec::new();
    Man::new(page.clone()).render(&mut roff)?;
    speak::say_as_it_is(&String::from_utf8(roff)?)?;
    Ok(Ending::Done)
}

fn unknown(program: &Command, arguments: &ManArguments) -> Refusal {
    let verb = arguments.verb.as_deref().unwrap_or_default();
    let verbs: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    Refusal::reason(format!("there is no verb {verb}"), fault::suggest(verb, &verbs))
}
