//! `ecotone explain`: the meaning of every setting, term, phase and measure.

use anyhow::Result;

use crate::cli::columns::{align, indented};
use crate::cli::ending::Ending;
use crate::cli::refusal::Refusal;
use crate::cli::speak;
use crate::dynamics::PHASES;
use crate::equations::utility::TERMS;
use crate::measure::{MEASURES, Measure};
use crate::scenario::document::{OUTCOMES as WANTED, TREATMENT_FIELDS, TREATMENTS};
use crate::scenario::fault;
use crate::scenario::settings::{self, SETTINGS};
use crate::study::outcome::OUTCOMES;

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

Exit codes: 0 explained, 2 unknown name (the nearest ones are offered).";

/// The words after `ecotone explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArguments {
    /// A setting (path or last part of it), term, phase or measure
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

/// Heading of the outcomes.
const OUTCOME_SECTION: &str = "outcomes of studies";

/// Heading of what a file says beside its control.
const SIDES: &str = "sides of a scenario file";

/// A term, phase, measure or outcome.
struct Entry {
    section: &'static str,
    name: &'static str,
    /// One line for the list.
    line: &'static str,
    text: String,
}

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
    speak::say(&found.join("\n"))?;
    Ok(Ending::Done)
}

fn entries() -> Vec<Entry> {
    let terms = TERMS.iter().map(|term| Entry {
        section: "terms of the utility",
        name: term.name,
        line: term.meaning,
        text: format!(
            "{}, a term of the utility\n{}",
            term.name,
            body(&[("formula", term.formula), ("meaning", term.meaning), ("source", term.source)])
        ),
    });
    let phases = PHASES.iter().map(|phase| Entry {
        section: "phases of a day",
        name: phase.name,
        line: phase.meaning,
        text: format!("{}, a phase of the day\n{}", phase.name, body(&[("meaning", phase.meaning)])),
    });
    let measures = MEASURES.iter().map(|measure| Entry {
        section: "measures",
        name: measure.name,
        line: measure.title,
        text: of_measure(measure),
    });
    let fields: Vec<(&str, &str)> = TREATMENT_FIELDS.to_vec();
    let wanted = "A list of outcomes, such as [\"share:netease\"]: what ecotone compare FILE looks at, the first as headline.";
    let sides = [
        Entry {
            section: SIDES,
            name: TREATMENTS,
            line: "What a file changes beside its control; ecotone compare FILE runs all of them.",
            text: format!(
                "treatments, sides of a scenario file\n{}  An event with treatments = [\"name\"] happens in these only.\n",
                body(&fields)
            ),
        },
        Entry {
            section: SIDES,
            name: WANTED,
            line: "The outcomes that a comparison of the treatments looks at.",
            text: format!("outcomes, of a scenario file\n{}", body(&[("meaning", wanted)])),
        },
    ];
    let outcomes = OUTCOMES.iter().map(|kind| Entry {
        section: OUTCOME_SECTION,
        name: kind.name,
        line: kind.title,
        text: format!(
            "{}, an outcome of studies\n{}",
            kind.name,
            body(&[("meaning", kind.title), ("unit", kind.unit.word()), ("write", &of_platform(kind.name))])
        ),
    });
    terms.chain(phases).chain(measures).chain(outcomes).chain(sides).collect()
}

/// How an outcome is asked for.
fn of_platform(name: &str) -> String {
    let word = name.replace("_N", "_90");
    if word == "hhi" { word } else { format!("{word}:PLATFORM, or {word}:PLATFORM@AUDIENCE") }
}

/// All outcomes, for who asks for the list that `--of` names.
fn outcomes(entries: &[Entry]) -> String {
    let of_studies: Vec<&Entry> = entries.iter().filter(|entry| entry.section == OUTCOME_SECTION).collect();
    let rows: Vec<Vec<String>> = of_studies
        .iter()
        .map(|entry| vec![of_platform(entry.name).replace(", or", "  or"), entry.line.to_owned()])
        .collect();
    format!("Outcomes for --of:\n{}", indented(&align(&rows)))
}

fn of_measure(measure: &Measure) -> String {
    let parts = [
        ("answers", measure.answers),
        ("definition", measure.definition),
        ("reads", measure.reads),
        ("caveats", measure.caveats),
        ("units", measure.units),
        ("source", measure.source),
    ];
    format!("{}, a measure: {}\n{}", measure.name, measure.title, body(&parts))
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

fn body(parts: &[(&str, &str)]) -> String {
    let rows = parts.iter().flat_map(|(what, text)| {
        text.lines().enumerate().map(move |(line, text)| {
            vec![if line == 0 { (*what).to_owned() } else { String::new() }, text.to_owned()]
        })
    });
    indented(&align(&rows.collect::<Vec<_>>()))
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
    format!("{title}\n{}\n", indented(&align(&rows)))
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
