//! From a file and the command line to a scenario that may be simulated.

use std::path::Path;

use crate::cli::overrides::Overrides;
use crate::cli::refusal::Refusal;
use crate::engine::guard::{self, Tipping};
use crate::scenario::check::{self, Checked};
use crate::scenario::document::Document;
use crate::world::memory;

/// A scenario that may be simulated, and what was learned about it before.
pub struct Prepared {
    /// The scenario and its resolved document.
    pub checked: Checked,
    /// What the ties do to the market.
    pub tipping: Tipping,
}

/// Reads, patches and checks a scenario file.
pub fn prepare(file: &Path, overrides: &Overrides) -> Result<Prepared, Refusal> {
    let patches = overrides.patches()?;
    let mut document = Document::load(file)?;
    document.apply(&patches);
    prepare_document(&document)
}

/// Checks a document, and refuses a market that tips unless the scenario allows it.
pub fn prepare_document(document: &Document) -> Result<Prepared, Refusal> {
    let checked = check::check(document)?;
    let tipping = guard::tipping(&checked.scenario);
    if tipping.tips && !checked.scenario.run.allow_tipping {
        let remedy = match tipping.critical_beta_s {
            Some(critical) => {
                format!("choose choice.beta_s below about {critical:.2}, or set run.allow_tipping = true")
            }
            None => "weaken choice.beta_s, or set run.allow_tipping = true".to_owned(),
        };
        return Err(Refusal::reason(format!("the market tips: {}", tipping.text), remedy));
    }
    Ok(Prepared { checked, tipping })
}

impl Prepared {
    /// What a reader of the results should keep in mind: the checker's warnings and the tipping guard.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = self.checked.warnings.clone();
        if !self.tipping.text.is_empty() {
            warnings.push(self.tipping.text.clone());
        }
        warnings
    }

    /// Estimated peak memory, bytes: replications run side by side, one a thread.
    pub fn memory(&self, threads: usize) -> u64 {
        let replications = u64::from(self.checked.scenario.run.replications);
        let at_once = replications.min(threads as u64).max(1);
        memory::estimate(&self.checked.scenario).saturating_mul(at_once)
    }

    /// Digest of the resolved scenario, hexadecimal.
    pub fn digest(&self) -> String {
        blake3::hash(self.checked.resolved.to_string().as_bytes()).to_hex().to_string()
    }
}
