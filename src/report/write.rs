//! The only way a file comes into being: whole or not at all, never through a link.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::report::ReportError;

/// Writes `bytes` to `path`: a temporary sibling is written, flushed to the disk and renamed.
///
/// An interruption leaves the old file or the new one, never a half.
///
/// # Errors
/// Names the file: when it is a link, or when creating, writing, flushing or renaming fails.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    refuse_link(path)?;
    let temporary = sibling(path, "partial");
    let written = write_synced(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if let Err(source) = written {
        // The original failure is the message; a leftover is swept later.
        let _ = fs::remove_file(&temporary);
        return Err(ReportError::Write { path: path.to_owned(), source });
    }
    sync_folder(parent(path)).map_err(|source| ReportError::Write { path: path.to_owned(), source })
}

/// An error when something at `path` is a symbolic link.
pub(super) fn refuse_link(path: &Path) -> Result<(), ReportError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_symlink() => Err(ReportError::Link { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// The hidden sibling `.<name>.<role>-<process>` of a path.
pub(super) fn sibling(path: &Path, role: &str) -> PathBuf {
    let name = path.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy());
    parent(path).join(format!(".{name}.{role}-{}", std::process::id()))
}

/// The folder that holds a path; the current one for a bare name.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a rename durable; folders cannot be synchronised outside Unix.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Dropping a writer would hide a full disk: synchronise and report.
fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A leftover of an earlier process of the same number may stand here; `create_new` follows no link.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.flush()?;
    file.sync_all()
}
