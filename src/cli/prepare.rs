//! From a file and the command line to a scenario that may be simulated.

use std::path::{Path, PathBuf};

use crate::cli::overrides::{Overrides, quoted};
use crate::cli::refusal::Refusal;
use crate::cli::welcome;
use crate::engine::guard::{self, Tipping};
use crate::report::chart::typeface;
use crate::scenario::check::{self, Checked};
use crate::scenario::document::{Data, Document, Patch};
use crate::scenario::fault::{self, Fault};
use crate::scenario::templates;
use crate::study::replicate;
use crate::world::memory;

/// Scenario files that are named in place of a missing one.
const OFFERED: usize = 6;

/// Simulated users below which a run is for trying things out.
const FEW_USERS: u64 = 1_000;

/// A scenario that may be simulated, and what was learned about it before.
pub struct Prepared {
    /// The scenario and its resolved document.
    pub checked: Checked,
    /// What the ties do to the market.
    pub tipping: Tipping,
}

/// Reads, patches and checks a scenario file.
pub fn prepare(file: &Path, overrides: &Overrides) -> Result<Prepared, Refusal> {
    prepare_document(&patched(file, overrides)?)
}

/// One side of a scenario file, with its overrides, before it is checked.
///
/// # Errors
/// When the file cannot be read or an override is no override.
pub fn patched(file: &Path, overrides: &Overrides) -> Result<Document, Refusal> {
    let patches = overrides.patches()?;
    let mut document = load(file)?;
    document.apply(&patches);
    if overrides.treatment.is_some() && !document.is_broken() {
        let title = title_of(&document, overrides.treatment.as_deref());
        document.treat(overrides.treatment.as_deref());
        document.apply(&title.into_iter().collect::<Vec<_>>());
    }
    Ok(document)
}

/// The title of a treatment's own run, so that nobody takes it for the control.
fn title_of(document: &Document, treatment: Option<&str>) -> Option<Patch> {
    let chosen = document.treatments().into_iter().find(|it| Some(it.name.as_str()) == treatment)?;
    let title = ["title", "name"].into_iter().find_map(|key| document.tree.get(key)?.text())?;
    let value = Data::Text(format!("{title}: {}", chosen.label));
    Some(Patch { path: "title".to_owned(), value, origin: "--treatment".to_owned() })
}

/// Reads a scenario file; a name that is nearly one is told.
pub fn load(file: &Path) -> Result<Document, Refusal> {
    if let Some(fault) = nearly(file) {
        return Err(fault.into());
    }
    let document = Document::load(file)?;
    let is_study = document.tree.get("study").is_some() && document.tree.get("platforms").is_none();
    if is_study && !document.is_broken() {
        let remedy = format!("ecotone study {} does it", quoted(&file.to_string_lossy()));
        return Err(Fault::of_file(&file.display().to_string(), "is a study, not a scenario", &remedy).into());
    }
    Ok(document)
}

/// A warning when a PNG cannot show a label.
fn boxed(label: &str) -> Option<String> {
    let missing = typeface::missing(label);
    (!missing.is_empty()).then(|| {
        format!(
            "PNG charts show {missing} in \"{label}\" as boxes: give it a Latin label; SVG and page show it"
        )
    })
}

/// The fault of a name for which there is no scenario file, with the file that was meant, or the way to one.
fn nearly(file: &Path) -> Option<Fault> {
    let fault = |rule: &str, remedy: &str| Some(Fault::of_file(&file.display().to_string(), rule, remedy));
    if file.is_dir() {
        return fault("is a folder, not a scenario", &what_is_there(&file.join("x.toml")));
    }
    if file.exists() {
        return None;
    }
    fault("there is no such file", &meant(file).unwrap_or_else(|| what_is_there(file)))
}

/// A question that names the file which was probably meant.
fn meant(file: &Path) -> Option<String> {
    let full = file.with_extension("toml");
    let shipped = Path::new("scenarios").join(full.file_name()?);
    if let Some(meant) = [&full, &shipped].into_iter().find(|path| path.is_file()) {
        return Some(format!("did you mean {}?", meant.display()));
    }
    let stem = file.file_stem()?.to_str()?;
    if templates::template(stem).is_some() {
        return Some(format!("ecotone init --template {stem} writes {stem}.toml; then name that file"));
    }
    let near = scenarios_near(file);
    let name = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let names: Vec<String> = near.iter().filter_map(name).collect();
    let nearest = fault::nearest(stem, names.iter().map(String::as_str))?;
    let path = near.iter().find(|path| name(path).as_deref() == Some(nearest))?;
    Some(format!("did you mean {}?", path.display()))
}

/// The scenario files beside a missing one, or how to make one.
fn what_is_there(file: &Path) -> String {
    let near: Vec<String> =
        scenarios_near(file).iter().take(OFFERED).map(|path| path.display().to_string()).collect();
    match near.is_empty() {
        true => "ecotone init writes a scenario to begin with".to_owned(),
        false => format!("scenarios that are there: {}", near.join(", ")),
    }
}

/// Scenario files in the folder of a missing one and in `scenarios`, the smallest first.
fn scenarios_near(file: &Path) -> Vec<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    welcome::scenarios(folder.unwrap_or(Path::new("")))
}

/// Checks a document, and refuses a market that tips unless the scenario allows it.
pub fn prepare_document(document: &Document) -> Result<Prepared, Refusal> {
    let checked = check::check(document)?;
    let tipping = guard::tipping(&checked.scenario);
    if tipping.tips && !checked.scenario.run.allow_tipping {
        return Err(tips(&tipping));
    }
    Ok(Prepared { checked, tipping })
}

/// The same for one of many trials, whose verdict nobody reads: quick where the market is far from tipping.
pub fn prepare_trial(document: &Document) -> Result<Checked, Refusal> {
    let checked = check::check(document)?;
    if !checked.scenario.run.allow_tipping && guard::tips(&checked.scenario) {
        return Err(tips(&guard::tipping(&checked.scenario)));
    }
    Ok(checked)
}

fn tips(tipping: &Tipping) -> Refusal {
    let remedy = match tipping.critical_beta_s {
        Some(critical) => {
            format!("choose choice.beta_s below about {critical:.2}, or set run.allow_tipping = true")
        }
        None => "weaken choice.beta_s, or set run.allow_tipping = true".to_owned(),
    };
    Refusal::reason(tipping.text.clone(), remedy)
}

impl Prepared {
    /// What a reader of the results should keep in mind: the checker's warnings and the tipping guard.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = self.cautions();
        if !self.tipping.text.is_empty() {
            warnings.push(format!("{}\nTechnical: {}.", self.ties_in_words(), self.tipping.text));
        }
        warnings
    }

    /// The checker's warnings, and what a small market and foreign letters do to the results.
    pub fn cautions(&self) -> Vec<String> {
        let scenario = &self.checked.scenario;
        let few = (scenario.market.users < FEW_USERS)
            .then(|| "fewer than 1,000 simulated users: bands are wide".to_owned());
        let platforms = scenario.platforms.iter().map(|platform| platform.label.as_str());
        let audiences = scenario.audiences.iter().map(|audience| audience.label.as_str());
        let labels =
            platforms.chain(audiences).chain(scenario.events.iter().map(|event| event.label.as_str()));
        let boxes = labels.filter_map(boxed);
        self.checked.warnings.iter().cloned().chain(few).chain(boxes).collect()
    }

    /// The tipping guard's verdict for a reader who knows nothing of it.
    pub fn ties_in_words(&self) -> String {
        let (tipping, days) = (&self.tipping, self.checked.scenario.market.days);
        if tipping.tips {
            "This market tips: a small lead grows until one platform takes all.".to_owned()
        } else if tipping.relaxation_days > f64::from(days) && tipping.half_life_days.is_finite() {
            format!(
                "Shares are still drifting at the end of the run: a lasting change needs about {:.0} days to \
                 show half of its effect, and the run has {days}.",
                tipping.half_life_days
            )
        } else if tipping.half_life_days.is_finite() {
            format!(
                "Ties between users do not tip this market; a lasting change shows half of its effect after \
                 about {:.0} days.",
                tipping.half_life_days
            )
        } else {
            "Ties between users do not tip this market.".to_owned()
        }
    }

    /// Estimated peak memory, bytes: small worlds run side by side, one a thread, large ones one by one.
    pub fn memory(&self, threads: usize) -> u64 {
        let scenario = &self.checked.scenario;
        let side_by_side = scenario.market.users < replicate::ONE_BY_ONE;
        let at_once = if side_by_side { u64::from(scenario.run.replications).min(threads as u64) } else { 1 };
        memory::peak(scenario, at_once)
    }

    /// Digest of the resolved scenario, hexadecimal.
    pub fn digest(&self) -> String {
        blake3::hash(self.checked.resolved.to_string().as_bytes()).to_hex().to_string()
    }
}
