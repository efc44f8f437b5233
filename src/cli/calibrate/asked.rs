//! What a calibration is asked, checked before the first run.

use super::CalibrateArguments;
use super::tolerances::Tolerances;
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::study;
use crate::scenario::document::{Document, Patch};
use crate::scenario::fault::Fault;
use crate::study::calibrate::fitted;
use crate::study::free::Free;
use crate::study::trial::Trial;

/// What was checked before the first run.
pub struct Ready {
    /// The scenario as it is.
    pub base: Prepared,
    /// Its document, to be patched.
    pub document: Document,
    /// The free settings.
    pub free: Vec<Free>,
    /// Tolerance of every target, a share of its figure.
    pub tolerances: Vec<f64>,
    /// The trial that tells the noise of the figures.
    pub pilot: Trial,
}

/// Checks words and scenario.
///
/// # Errors
/// All that is wrong with the words, or with the scenario.
pub fn prepare(arguments: &CalibrateArguments) -> Result<Ready, Refusal> {
    let mut faults = Vec::new();
    let free = free(&arguments.free, &mut faults);
    let tolerances = Tolerances::parse(&arguments.tolerance).map_err(|wrong| faults.extend(wrong));
    if !arguments.options.of.is_empty() {
        faults.push(Fault::of_file("--of", "a calibration asks the scenario's targets", "leave it out"));
    }
    if arguments.options.shard.is_some() {
        let rule = "a calibration looks at results before it knows the next trials";
        faults.push(Fault::of_file("--shard", rule, "leave it out; --threads uses every core of a machine"));
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let document = prepare::patched(&arguments.file, &arguments.overrides)?;
    let base = prepare::prepare_document(&document)?;
    let scenario = &base.checked.scenario;
    if fitted(scenario).is_empty() {
        return Err(Refusal::reason(
            "the scenario has no target of role \"fitted\"",
            "add [[targets]] with role = \"fitted\"; ecotone explain targets tells what one holds",
        ));
    }
    refuse_ends(&document, arguments, &free)?;
    let tolerances = tolerances.map(|found| found.of(scenario)).unwrap_or_default();
    let pilot = Trial::new("as it is", arguments.overrides.words(), base.checked.clone());
    Ok(Ready { base, document, free, tolerances, pilot })
}

/// The free settings; what is wrong with them joins the faults.
fn free(words: &[String], faults: &mut Vec<Fault>) -> Vec<Free> {
    let mut free: Vec<Free> = Vec::new();
    for text in words {
        let mut refuse = |rule: &str, remedy: &str| {
            faults.push(Fault { value: text.clone(), ..Fault::of_file("--free", rule, remedy) });
        };
        match Free::parse(text) {
            Ok(one) => {
                let mut others = free.iter().flat_map(|free| &free.paths);
                if let Some(path) = others.find(|path| one.paths.contains(path)) {
                    refuse(&format!("`{path}` is free twice"), "name it once");
                }
                free.push(one);
            }
            Err((rule, remedy)) => refuse(&rule, &remedy),
        }
    }
    free
}

/// Both ends of every prior must be possible by themselves, so that nothing is refused after an hour.
fn refuse_ends(document: &Document, arguments: &CalibrateArguments, free: &[Free]) -> Result<(), Refusal> {
    let ends = free.iter().flat_map(|free| {
        free.prior.range().map(|end| (format!("{} = {end}", free.name()), free.patches(end)))
    });
    let mut allowed = document.clone();
    // Ties that tip are no fault here: such a point counts as one that does not work.
    allowed.apply(&[Patch::new("run.allow_tipping", "true", "calibrate")]);
    study::trials(&allowed, &arguments.overrides.words(), &ends.collect::<Vec<_>>()).map(|_| ())
}
