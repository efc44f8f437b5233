//! The output folder: built beside its place and swapped in by rename.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::report::write::{parent, refuse_link, sibling, sync_folder};
use crate::report::{ReportError, manifest};

/// Its presence marks a folder as one of ours, which `force` may replace.
const MARK: &str = "manifest.json";

/// An output folder in the making. Dropped unfinished, it vanishes and the old content stays.
#[derive(Debug)]
pub struct Folder {
    wanted: PathBuf,
    partial: PathBuf,
    finished: bool,
}

impl Folder {
    /// Opens an empty folder beside `wanted`, after clearing what interrupted processes left behind.
    ///
    /// # Errors
    /// When `wanted` is a link, a file, or not empty without `force`; with `force`, when it holds
    /// something other than an earlier report, be it beside one; when the sibling cannot be created.
    pub fn prepare(wanted: &Path, force: bool) -> Result<Self, ReportError> {
        let wanted = std::path::absolute(wanted).map_err(|source| failure(wanted, source))?;
        refuse_link(&wanted)?;
        let holder = parent(&wanted);
        fs::create_dir_all(holder).map_err(|source| failure(holder, source))?;
        sweep(&wanted)?;
        refuse_occupied(&wanted, force)?;
        let partial = sibling(&wanted, "partial");
        fs::create_dir(&partial).map_err(|source| failure(&partial, source))?;
        Ok(Self { wanted, partial, finished: false })
    }

    /// Where to write until [`Folder::finish`].
    pub fn path(&self) -> &Path {
        &self.partial
    }

    /// Puts the new folder in its place; the former content is removed.
    ///
    /// Two renames: an interruption between them leaves the former folder under its `.replaced-` name,
    /// and the next [`Folder::prepare`] puts it back.
    ///
    /// # Errors
    /// When a rename fails; the former folder is then back in its place.
    pub fn finish(mut self) -> Result<PathBuf, ReportError> {
        let replaced = sibling(&self.wanted, "replaced");
        let occupied = self.wanted.exists();
        if occupied {
            fs::rename(&self.wanted, &replaced).map_err(|source| failure(&self.wanted, source))?;
        }
        if let Err(source) = fs::rename(&self.partial, &self.wanted) {
            if occupied {
                let _ = fs::rename(&replaced, &self.wanted);
            }
            return Err(failure(&self.wanted, source));
        }
        self.finished = true;
        sync_folder(parent(&self.wanted)).map_err(|source| failure(&self.wanted, source))?;
        if occupied {
            fs::remove_dir_all(&replaced).map_err(|source| failure(&replaced, source))?;
        }
        Ok(self.wanted.clone())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

fn failure(path: &Path, source: io::Error) -> ReportError {
    ReportError::Write { path: path.to_owned(), source }
}

/// Whether the folder may be used or replaced.
fn refuse_occupied(wanted: &Path, force: bool) -> Result<(), ReportError> {
    let entries = match fs::read_dir(wanted) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(failure(wanted, source)),
    };
    if entries.count() == 0 {
        return Ok(());
    }
    match (force, wanted.join(MARK).is_file()) {
        (true, true) => {
            let files = strangers(wanted).map_err(|source| failure(wanted, source))?;
            if files.is_empty() {
                return Ok(());
            }
            Err(ReportError::Strangers { path: wanted.to_owned(), files })
        }
        (true, false) => Err(ReportError::Foreign { path: wanted.to_owned() }),
        (false, _) => Err(ReportError::Occupied { path: wanted.to_owned() }),
    }
}

/// The files of a result folder that its manifest does not name, relative to it, sorted: somebody else's.
///
/// # Errors
/// When the folder cannot be listed.
pub fn strangers(folder: &Path) -> io::Result<Vec<String>> {
    let named = manifest::files_named(&fs::read_to_string(folder.join(MARK)).unwrap_or_default());
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    found.retain(|path| path != MARK && !named.contains(path));
    found.sort();
    Ok(found)
}

/// Everything below a folder that is not itself a folder, with `/`; links are not followed.
fn walk(folder: &Path, below: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Removes half-built siblings of dead processes and puts back a folder whose replacement never came.
fn sweep(wanted: &Path) -> Result<(), ReportError> {
    let name = wanted.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy().into_owned());
    let entries = fs::read_dir(parent(wanted)).map_err(|source| failure(parent(wanted), source))?;
    let mut leftovers: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    leftovers.sort();
    for leftover in leftovers {
        let Some(role) = role_of(&leftover, &name) else { continue };
        let settled = if role == "replaced" && !wanted.exists() {
            fs::rename(&leftover, wanted)
        } else {
            remove_any(&leftover)
        };
        settled.map_err(|source| failure(&leftover, source))?;
    }
    Ok(())
}

/// `partial` or `replaced` when the path is a dead process's leftover of `name`.
fn role_of<'a>(path: &'a Path, name: &str) -> Option<&'a str> {
    let rest = path.file_name()?.to_str()?.strip_prefix('.')?.strip_prefix(name)?.strip_prefix('.')?;
    let (role, process) = rest.split_once('-')?;
    let process: u32 = process.parse().ok()?;
    let ours = matches!(role, "partial" | "replaced");
    (ours && !is_alive(process)).then_some(role)
}

/// Whether another process of that number runs, as far as the system tells.
fn is_alive(process: u32) -> bool {
    process != std::process::id() && Path::new("/proc").join(process.to_string()).exists()
}

fn remove_any(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}
