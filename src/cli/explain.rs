//! `ecotone explain`: the meaning of every setting, term, phase, measure, outcome and kind of event.

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::columns::{align_within, indented};
use crate::cli::ending::Ending;
use crate::cli::entries::{Entry, OUTCOME_SECTION, body, entries, outcomes};
use crate::cli::glossary::{self, WORDS, Word};
use crate::cli::refusal::Refusal;
use crate::cli::see_also::see_also;
use crate::cli::speak;
use crate::measure::{MEASURES, Measure};
use crate::scenario::fault;
use crate::scenario::settings::{self, SETTINGS, Setting};

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
    /// A setting (path or last part of it), term, phase, measure, outcome, kind of event, column or equation (E8)
    pub name: Option<String>,
    /// Print exactly one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Names that are offered for an unknown one.
const OFFERED: usize = 3;

/// Words shorter than this stand in every sentence.
const SHORTEST: usize = 3;

/// Explains one name, or lists all.
pub fn explain(arguments: &ExplainArguments) -> Result<Ending> {
    let entries = entries();
    let Some(name) = &arguments.name else { return Ok(tell_list(&entries, arguments.json)?) };
    if name == "outcomes" && !arguments.json {
        speak::say(&outcomes(&entries))?;
        return Ok(Ending::Done);
    }
    let found = texts(&entries, name);
    if found.is_empty() {
        let refusal = unknown(&entries, name);
        return Ok(if arguments.json { refusal.tell_json()? } else { refusal.tell() });
    }
    let also = see_also(name, &found.join("\n"), &entries);
    if arguments.json {
        speak::say_json(
            &json!({ "status": "explained", "name": name, "explanations": found, "see_also": also }),
        )?;
        return Ok(Ending::Done);
    }
    let mut told = found.join("\n");
    if !also.is_empty() {
        told += &format!("\nSee also, with ecotone explain: {}\n", also.join(", "));
    }
    speak::say(&told)?;
    Ok(Ending::Done)
}

/// All that is called by a name.
fn texts(entries: &[Entry], name: &str) -> Vec<String> {
    let settings = settings::find(name).unwrap_or_default();
    let others = entries.iter().filter(|entry| entry.name == name).map(|entry| entry.text.clone());
    let mut found: Vec<String> =
        settings.iter().map(|setting| settings::describe(setting)).chain(others).collect();
    found.extend(glossary::equation(name));
    let wanted = name.to_lowercase();
    let words: Vec<String> =
        WORDS.iter().filter(|known| known.word == wanted).map(|known| of_word(name, known)).collect();
    // An outcome of studies is often a column of a table as well, and somebody may ask for that.
    let is_outcome = |entry: &Entry| entry.name == name && entry.section == OUTCOME_SECTION;
    if words.is_empty() && (found.is_empty() || entries.iter().any(is_outcome)) {
        found.extend(mentions(&wanted));
    }
    found.extend(words);
    found
}

fn of_word(name: &str, known: &Word) -> String {
    let more = format!("ecotone {}", known.more);
    format!("{name}, {}\n{}", known.place, body(&[("meaning", known.meaning), ("more", &more)]))
}

/// The measures whose definitions speak of a word: columns of tables and words of reports.
fn mentions(wanted: &str) -> Vec<String> {
    let has = |text: &str| {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        text.to_lowercase().split(|letter| !is_part(letter)).any(|word| word == wanted)
    };
    let told = |measure: &Measure| {
        let sentence = measure.definition.split(". ").find(|sentence| has(sentence))?.trim_end_matches('.');
        Some(of_table(wanted, measure.name, &format!("{sentence}."), measure.units))
    };
    MEASURES.iter().filter(|_| wanted.len() >= SHORTEST).filter_map(told).collect()
}

fn of_table(name: &str, measure: &str, meaning: &str, units: &str) -> String {
    let more = format!("ecotone explain {measure}");
    let parts = [("meaning", meaning), ("units", units), ("more", more.as_str())];
    format!("{name}, of the table {measure}\n{}", body(&parts))
}

fn tell_list(entries: &[Entry], is_json: bool) -> std::io::Result<Ending> {
    if is_json {
        let setting = |setting: &Setting| json!({ "section": "settings", "name": setting.path, "meaning": setting.meaning });
        let entry =
            |entry: &Entry| json!({ "section": entry.section, "name": entry.name, "meaning": entry.line });
        let word = |word: &Word| json!({ "section": "words", "name": word.word, "meaning": word.meaning });
        let names: Vec<Value> = SETTINGS
            .iter()
            .map(setting)
            .chain(entries.iter().map(entry))
            .chain(WORDS.iter().map(word))
            .collect();
        speak::say_json(&json!({ "status": "listed", "names": names }))?;
    } else {
        speak::say(&list(entries))?;
    }
    Ok(Ending::Done)
}

fn list(entries: &[Entry]) -> String {
    let settings = SETTINGS.iter().map(|setting| row(setting.path, setting.meaning)).collect();
    let mut text = section("settings", settings);
    for part in entries.chunk_by(|a, b| a.section == b.section) {
        text += &section(part[0].section, part.iter().map(|entry| row(entry.name, entry.line)).collect());
    }
    let words = WORDS.iter().map(|known| row(known.word, &format!("{}: {}", known.place, known.meaning)));
    text + &section("words of tables, reports and checks", words.collect())
        + "ecotone explain NAME tells more.\n"
}

fn section(title: &str, rows: Vec<Vec<String>>) -> String {
    format!("{title}\n{}\n", indented(&align_within(&rows, speak::width().saturating_sub(2))))
}

fn row(name: &str, line: &str) -> Vec<String> {
    vec![name.to_owned(), line.lines().next().unwrap_or_default().to_owned()]
}

fn unknown(entries: &[Entry], name: &str) -> Refusal {
    let settings = settings::find(name).err().unwrap_or_default();
    let known = entries.iter().map(|entry| entry.name).chain(WORDS.iter().map(|known| known.word));
    let near = fault::nearest(name, known);
    let mut offered: Vec<&str> =
        near.into_iter().chain(settings).filter(|other| is_slip(name, other)).collect();
    offered.truncate(OFFERED);
    let remedy = if offered.is_empty() {
        "ecotone explain lists all names".to_owned()
    } else {
        format!("did you mean {}? ecotone explain lists all names", offered.join(" or "))
    };
    Refusal::reason(format!("nothing is called {name}"), remedy)
}

/// Whether a name may be a slip of another one: in a short word one letter, in a longer one a third of them.
fn is_slip(name: &str, other: &str) -> bool {
    let end = |path: &str| path.rsplit('.').next().unwrap_or_default().to_lowercase();
    let (name, other) = (end(name), end(other));
    let most = (name.chars().count() / 3).max(1);
    other.starts_with(&name) || strsim::damerau_levenshtein(&name, &other) <= most
}
