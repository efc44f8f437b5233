//! What can be explained beside settings: terms, phases, measures, outcomes, events, sides of a file.

use crate::cli::columns::{align_within, indented};
use crate::cli::speak;
use crate::dynamics::PHASES;
use crate::equations::utility::TERMS;
use crate::measure::{MEASURES, Measure};
use crate::scenario::document::{OUTCOMES as WANTED, TREATMENT_FIELDS, TREATMENTS};
use crate::scenario::settings::SETTINGS;
use crate::scenario::{EVENT_KINDS, check};
use crate::study::outcome::OUTCOMES;

/// Heading of the outcomes.
pub const OUTCOME_SECTION: &str = "outcomes of studies";

/// Heading of the kinds of events.
const EVENT_SECTION: &str = "kinds of events";

/// Heading of what a file says beside its control.
const SIDES: &str = "sides of a scenario file";

/// A term, phase, measure, outcome, kind of event or side.
pub struct Entry {
    /// Heading under which it is listed.
    pub section: &'static str,
    /// Its name.
    pub name: &'static str,
    /// One line for the list.
    pub line: &'static str,
    /// All that is told of it.
    pub text: String,
}

pub fn entries() -> Vec<Entry> {
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
    terms.chain(phases).chain(measures).chain(outcomes).chain(events()).chain(sides).collect()
}

/// Kinds of events with their fields; `kind`, a date and a label stand in all.
fn events() -> impl Iterator<Item = Entry> {
    EVENT_KINDS.iter().map(|&(kind, meaning)| {
        let fields = check::event_kinds().iter().find(|(known, _)| *known == kind).map(|(_, fields)| *fields);
        let rows: Vec<(&str, &str)> = fields.unwrap_or_default().iter().map(|field| (*field, of_field(field))).collect();
        let write = format!("[[events]], kind = \"{kind}\", date = \"2024-07-01\" (or day = 181), label = \"its name on charts\"");
        let text = format!(
            "{kind}, a kind of event\n{}  fields\n{}",
            body(&[("meaning", meaning), ("write", &write)]),
            indented(&body(&rows))
        );
        Entry { section: EVENT_SECTION, name: kind, line: meaning, text }
    })
}

/// What a field of an event means.
fn of_field(field: &str) -> &'static str {
    let path = format!("events[].{field}");
    SETTINGS.iter().find(|setting| setting.path == path).map_or("", |setting| setting.meaning)
}

/// How an outcome is asked for.
fn of_platform(name: &str) -> String {
    let word = name.replace("_N", "_90");
    if word == "hhi" { word } else { format!("{word}:PLATFORM, or {word}:PLATFORM@AUDIENCE") }
}

/// All outcomes, for who asks for the list that `--of` names.
pub fn outcomes(entries: &[Entry]) -> String {
    let of_studies: Vec<&Entry> = entries.iter().filter(|entry| entry.section == OUTCOME_SECTION).collect();
    let rows: Vec<Vec<String>> = of_studies
        .iter()
        .map(|entry| vec![of_platform(entry.name).replace(", or", "  or"), entry.line.to_owned()])
        .collect();
    format!("Outcomes for --of:\n{}", indented(&align_within(&rows, speak::width().saturating_sub(2))))
}

fn of_measure(measure: &Measure) -> String {
    format!("{}, a measure: {}\n{}", measure.name, measure.title, body(&measure.parts()))
}

/// Names with their texts, in two columns.
pub fn body(parts: &[(&str, &str)]) -> String {
    let rows = parts.iter().flat_map(|(what, text)| {
        text.lines().enumerate().map(move |(line, text)| {
            vec![if line == 0 { (*what).to_owned() } else { String::new() }, text.to_owned()]
        })
    });
    indented(&align_within(&rows.collect::<Vec<_>>(), speak::width().saturating_sub(4)))
}
