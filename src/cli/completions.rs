//! `ecotone completions`: what a shell needs to complete the program's words.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::ending::Ending;
use crate::cli::speak;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone completions bash > ~/.local/share/bash-completion/completions/ecotone
  ecotone completions zsh > ~/.zfunc/_ecotone
  ecotone completions fish > ~/.config/fish/completions/ecotone.fish";

/// The words after `ecotone completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

/// Prints the completions.
pub fn completions(arguments: &CompletionsArguments) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "ecotone", &mut script);
    speak::say_as_it_is(&String::from_utf8(script)?)?;
    Ok(Ending::Done)
}
