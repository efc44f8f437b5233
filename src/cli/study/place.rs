//! Where the results of a study go, and why they cannot go there.

use std::path::{Path, PathBuf};

use crate::cli::output_folder;
use crate::cli::refusal::Refusal;
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::scenario::Scenario;

/// Where the results go.
pub fn folder(options: &StudyOptions, scenario: &Scenario, kind: StudyKind) -> PathBuf {
    let usual = || Path::new("output").join(format!("{}-{}", scenario.name, kind.word()));
    options.out.clone().unwrap_or_else(usual)
}

/// The reason why results cannot go to the folder; a part or a list writes none.
pub fn refuse(options: &StudyOptions, folder: &Path, file: &Path) -> Option<Refusal> {
    if options.dry_run || options.shard.is_some() {
        return None;
    }
    output_folder::refuse_own_scenario(folder, file)
        .or_else(|| refuse_own_store(folder, &options.store))
        .or_else(|| output_folder::refuse(folder, options.force))
}

/// A store in there would keep the results from their place, after all the work.
fn refuse_own_store(folder: &Path, store: &Path) -> Option<Refusal> {
    let (folder, store) = (std::path::absolute(folder).ok()?, std::path::absolute(store).ok()?);
    store.starts_with(&folder).then(|| {
        let what = format!("the run store {} lies in the folder of the results", store.display());
        Refusal::reason(what, "name another folder with --store or --out")
    })
}
