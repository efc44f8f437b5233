//! `ecotone explain`: the meaning of every setting, term, phase, measure, outcome and kind of event.

use anyhow::Result;

use crate::cli::columns::{align_within, indented};
use crate::cli::ending::Ending;
use crate::cli::entries::{Entry, OUTCOME_SECTION, body, entries, outcomes};
use crate::cli::refusal::Refusal;
use crate::cli::see_also::see_also;
use crate::cli::speak;
use crate::measure::{MEASURES, Measure};
use crate::scenario::fault;
use crate::scenario::settings::{self, SETTINGS};

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone explain
      everything that can be explained, by section
  ecotone explain beta_s
      unit, range, default, meaning and source of one setting
  ecotone explain platforms.netease.premium.price
      a setting of one platform
  ecotone explain home_survival
      what a measure answers, how it is defined, and when not to trust it
  ecotone explain licence
      what a kind of event does, with its fields

Exit codes: 0 explained, 2 unknown name (the nearest ones are offered).";

/// The words after `ecotone explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArguments {
    /// A setting (path or last part of it), term, phase, measure, outcome or kind of event
    pub name: Option<String>,
}

/// Words in cells of tables and in reports: the word, its measure, its meaning.
const WORDS: [(&str, &str, &str); 2] = [
    (
        "lapsed",
        "home_causes",
        "A cause: the user left and took no other platform as home (\"no platform\" in reports).",
    ),
    ("outside", "migration", "A place: the home of people on no platform (\"no platform\" in reports)."),
];

/// Words shorter than this stand in every sentence.
const SHORTEST: usize = 3;

/// Explains one name, or lists all.
pub fn explain(arguments: &ExplainArguments) -> Result<Ending> {
    let entries = entries();
    let Some(name) = &arguments.name else {
        speak::say(&list(&entries))?;
        return Ok(Ending::Done);
    };
    if name == "outcomes" {
        speak::say(&outcomes(&entries))?;
        return Ok(Ending::Done);
    }
    let settings = settings::find(name).unwrap_or_default();
    let others = entries.iter().filter(|entry| entry.name == name).map(|entry| entry.text.clone());
    let mut found: Vec<String> =
        settings.iter().map(|setting| settings::describe(setting)).chain(others).collect();
    // An outcome of studies is often a column of a table as well, and somebody may ask for that.
    let is_outcome = |entry: &Entry| entry.name == name && entry.section == OUTCOME_SECTION;
    if found.is_empty() || entries.iter().any(is_outcome) {
        found.extend(mentions(name));
    }
    if found.is_empty() {
        return Ok(unknown(&entries, name).tell());
    }
    let also = see_also(name, &found.join("\n"), &entries);
    if !also.is_empty() {
        found.push(format!("See also, with ecotone explain: {}\n", also.join(", ")));
    }
    speak::say(&found.join("\n"))?;
    Ok(Ending::Done)
}

/// The measures whose definitions speak of a word: columns of tables and words of reports.
fn mentions(name: &str) -> Vec<String> {
    let wanted = name.to_lowercase();
    let has = |text: &str| {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        text.to_lowercase().split(|letter| !is_part(letter)).any(|word| word == wanted)
    };
    let told = |measure: &Measure| {
        let sentence = measure.definition.split(". ").find(|sentence| has(sentence))?.trim_end_matches('.');
        Some(of_table(name, measure.name, &format!("{sentence}."), measure.units))
    };
    let known = WORDS.iter().filter(|(word, _, _)| *word == wanted);
    let known = known.map(|(_, measure, meaning)| of_table(name, measure, meaning, ""));
    let told = MEASURES.iter().filter(|_| wanted.len() >= SHORTEST).filter_map(told);
    known.chain(told).collect()
}

fn of_table(name: &str, measure: &str, meaning: &str, units: &str) -> String {
    let more = format!("ecotone explain {measure}");
    let parts = [("meaning", meaning), ("units", units), ("more", more.as_str())];
    format!("{name}, of the table {measure}\n{}", body(&parts))
}

fn list(entries: &[Entry]) -> String {
    let settings = SETTINGS.iter().map(|setting| row(setting.path, setting.meaning)).collect();
    let mut text = section("settings", settings);
    for part in entries.chunk_by(|a, b| a.section == b.section) {
        text += &section(part[0].section, part.iter().map(|entry| row(entry.name, entry.line)).collect());
    }
    text + "ecotone explain NAME tells more.\n"
}

fn section(title: &str, rows: Vec<Vec<String>>) -> String {
    format!("{title}\n{}\n", indented(&align_within(&rows, speak::width().saturating_sub(2))))
}

fn row(name: &str, line: &str) -> Vec<String> {
    vec![name.to_owned(), line.lines().next().unwrap_or_default().to_owned()]
}

fn unknown(entries: &[Entry], name: &str) -> Refusal {
    let settings = settings::find(name).err().unwrap_or_default();
    let near = fault::nearest(name, entries.iter().map(|entry| entry.name));
    let offered: Vec<&str> = near.into_iter().chain(settings).take(3).collect();
    let remedy = format!("did you mean {}? ecotone explain lists all names", offered.join(" or "));
    Refusal::reason(format!("nothing is called {name}"), remedy)
}
