//! Chapters of the handbook that only the program can write: its commands and its exit codes.

use clap::{Command, CommandFactory};

use crate::cli::arguments::Arguments;
use crate::cli::ending::Ending;
use crate::report::handbook::Chapter;

/// Letters in a line of help.
const WIDTH: usize = 120;

/// The chapters.
pub fn chapters() -> Vec<Chapter> {
    let chapter =
        |name: &str, title: &str, markdown| Chapter { name: name.into(), title: title.into(), markdown };
    vec![
        chapter("commands", "Commands and options", commands()),
        chapter("exit_codes", "Exit codes", exit_codes()),
    ]
}

/// The help of every verb, as the program gives it.
fn commands() -> String {
    let mut program = Arguments::command().term_width(WIDTH);
    program.build();
    let one = |verb: &Command| {
        let help = verb.clone().term_width(WIDTH).render_long_help();
        let name = verb.get_name();
        format!("\n# `ecotone {name}`\n\n```text\n{}\n```\n", help.to_string().trim_end())
    };
    let verbs = program.get_subcommands().filter(|verb| verb.get_name() != "help" && !verb.is_hide_set());
    let intro = "What `ecotone VERB --help` says. The number of threads changes the time, never a number.\n";
    intro.to_owned() + &verbs.map(one).collect::<String>()
}

fn exit_codes() -> String {
    let row = |(ending, meaning): &(Ending, &str)| format!("| {} | {meaning} |\n", ending.number());
    let rows: String = Ending::ALL.iter().map(row).collect();
    format!(
        "| code | meaning |\n|---|---|\n{rows}\n75 is reserved for work that a time limit ends; no command gives it yet.\n"
    )
}
