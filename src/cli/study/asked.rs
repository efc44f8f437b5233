//! What studies are asked, from words to outcomes and trials; all that is wrong with them at once.

use crate::cli::prepare;
use crate::cli::refusal::Refusal;
use crate::cli::study_options::StudyOptions;
use crate::parallel::map_ordered;
use crate::scenario::Scenario;
use crate::scenario::document::{Document, Patch};
use crate::scenario::fault::Fault;
use crate::study::outcome::{self, Outcome};
use crate::study::trial::Trial;

/// Faults of a study's points that are shown; the rest repeats them.
const MOST_FAULTS: usize = 20;

/// The outcomes that were asked for, or the usual ones; all wrong names at once.
///
/// # Errors
/// The names that are no outcomes.
pub fn outcomes(options: &StudyOptions, scenario: &Scenario) -> Result<Vec<Outcome>, Refusal> {
    if options.of.is_empty() {
        return Ok(outcome::usual(scenario));
    }
    outcomes_named(&options.of, "--of", scenario)
}

/// The outcomes of these names; `origin` says who names them.
///
/// # Errors
/// The names that are no outcomes.
pub fn outcomes_named(names: &[String], origin: &str, scenario: &Scenario) -> Result<Vec<Outcome>, Refusal> {
    let (mut faults, mut found) = (Vec::new(), Vec::new());
    for name in names {
        match Outcome::parse(name, scenario) {
            Ok(outcome) if found.contains(&outcome) => {}
            Ok(outcome) => found.push(outcome),
            Err((rule, remedy)) => {
                faults.push(Fault { value: name.clone(), ..Fault::of_file(origin, &rule, &remedy) });
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults.into()) }
}

/// One trial: a document with patches; the label names it, the common words and the patches repeat it.
///
/// # Errors
/// The faults of the patched document, or that its market tips.
pub fn trial(
    document: &Document,
    common: &[String],
    (label, patches): &(String, Vec<Patch>),
) -> Result<Trial, Refusal> {
    let mut changed = document.clone();
    changed.apply(patches);
    let checked = prepare::prepare_trial(&changed)?;
    let own = patches.iter().flat_map(|patch| {
        let pair = format!("{}={}", patch.path, patch.value.spelled());
        ["--set".to_owned(), crate::cli::overrides::quoted(&pair)]
    });
    Ok(Trial::new(label, common.iter().cloned().chain(own).collect(), checked))
}

/// The trials of a document with each set of patches; the label names them, the words repeat them.
///
/// # Errors
/// The faults of all trials at once, each told once.
pub fn trials(
    document: &Document,
    common: &[String],
    points: &[(String, Vec<Patch>)],
) -> Result<Vec<Trial>, Refusal> {
    let mut trials = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for (made, (label, _)) in
        map_ordered(points, |point| trial(document, common, point)).into_iter().zip(points)
    {
        match made {
            Ok(trial) => trials.push(trial),
            Err(Refusal::Faults(faults)) => told.extend(faults),
            Err(Refusal::Reason { what, remedy }) => told.push(format!("{label}: {what}\n  help: {remedy}")),
        }
    }
    let mut seen = Vec::new();
    told.retain(|fault| {
        !seen.contains(fault) && {
            seen.push(fault.clone());
            true
        }
    });
    if told.is_empty() {
        return Ok(trials);
    }
    let more = told.len().saturating_sub(MOST_FAULTS);
    told.truncate(MOST_FAULTS);
    if more > 0 {
        told.push(format!("and {more} more faults in other trials"));
    }
    Err(Refusal::Faults(told))
}
