//! Whether a folder may receive results, asked before hours of simulation.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::refusal::Refusal;
use crate::report::ReportError;
use crate::report::folder::strangers;

/// The reason why results may not go to `folder`.
///
/// A folder that holds something is only replaced with `force`, and only when Ecotone wrote it: a slip in
/// `--out` must not cost anybody their documents.
pub fn refuse(folder: &Path, force: bool) -> Option<Refusal> {
    let shown = folder.display();
    let other = "name another folder with --out";
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(Refusal::reason(format!("cannot look at {shown}: {error}"), other)),
        Ok(found) if found.is_symlink() => Some(Refusal::reason(
            format!("{shown} is a link; results are never written through links"),
            other,
        )),
        Ok(found) if !found.is_dir() => Some(Refusal::reason(format!("{shown} is a file"), other)),
        Ok(_) if is_empty(folder) => None,
        Ok(_) if !force => Some(Refusal::reason(
            format!("{shown} already holds something"),
            "name another folder with --out, or replace an earlier result with --force",
        )),
        Ok(_) if !is_a_result(folder) => Some(Refusal::reason(
            format!("{shown} was not written by Ecotone, so --force does not replace it"),
            other,
        )),
        Ok(_) => refuse_strangers(folder),
    }
}

/// Somebody keeps files of their own beside an earlier result.
fn refuse_strangers(folder: &Path) -> Option<Refusal> {
    let away = "move them elsewhere, or name another folder with --out";
    let error = match strangers(folder) {
        Ok(files) if files.is_empty() => return None,
        Ok(files) => ReportError::Strangers { path: folder.to_owned(), files }.to_string(),
        Err(error) => format!("cannot look into {}: {error}", folder.display()),
    };
    Some(Refusal::reason(error, away))
}

/// The reason why results may not go to `folder` when the scenario itself lies in there.
pub fn refuse_own_scenario(folder: &Path, scenario: &Path) -> Option<Refusal> {
    let (folder, scenario) = (fs::canonicalize(folder).ok()?, fs::canonicalize(scenario).ok()?);
    scenario.starts_with(&folder).then(|| {
        let what = format!("the scenario {} lies in the folder that would be replaced", scenario.display());
        Refusal::reason(what, "name another folder with --out")
    })
}

/// Tries out whether the folder can be made, by making and removing an empty one beside it.
pub fn try_out(folder: &Path) -> io::Result<()> {
    let parent = nearest_existing(folder);
    let probe = parent.join(format!(".ecotone-try-{}", std::process::id()));
    fs::create_dir(&probe).and_then(|()| fs::remove_dir(&probe)).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot write in {}: {error}", parent.display()))
    })
}

fn nearest_existing(folder: &Path) -> PathBuf {
    folder
        .ancestors()
        .skip(1)
        .map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
        .find(|parent| parent.exists())
        .unwrap_or(Path::new("."))
        .to_owned()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn is_a_result(folder: &Path) -> bool {
    crate::cli::manifest::read(folder).is_ok()
}
