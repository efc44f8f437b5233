//! Finished runs of studies as files named by their digest, so that nothing finished is simulated again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::cli::speak::{self, Tone};
use crate::study::record;
use crate::table::Table;

/// Longest record that is read, bytes.
const LONGEST: u64 = 1 << 30;
/// Ending of temporary files, before the process number.
const PARTIAL: &str = ".partial-";

/// A folder of finished runs; several processes may share it.
#[derive(Debug)]
pub struct RunStore {
    folder: PathBuf,
    /// The first file that could not be written, and why.
    failure: Mutex<Option<String>>,
    /// Numbers temporary files of this process.
    written: AtomicU64,
}

impl RunStore {
    /// Looks at a store that may not exist, and changes nothing.
    pub fn look(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), failure: Mutex::new(None), written: AtomicU64::new(0) }
    }

    /// Opens a store, making its folder; temporary files of dead processes go away.
    ///
    /// # Errors
    /// When the folder cannot be made or listed.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let name = |error: io::Error| {
            io::Error::new(error.kind(), format!("cannot use the run store {}: {error}", folder.display()))
        };
        fs::create_dir_all(folder).map_err(name)?;
        for shelf in fs::read_dir(folder).map_err(name)?.flatten() {
            sweep(&shelf.path());
        }
        Ok(Self::look(folder))
    }

    /// Whether a run is stored, without reading it.
    pub fn holds(&self, digest: &str) -> bool {
        self.path(digest).is_file()
    }

    /// The tables of a stored run. A damaged file is named and counts as absent: the run is simulated again.
    pub fn recall(&self, digest: &str) -> Option<Vec<Table>> {
        let path = self.path(digest);
        let is_sane = fs::symlink_metadata(&path).ok()?.len() <= LONGEST;
        let found = if is_sane { record::read(digest, &fs::read(&path).ok()?) } else { None };
        if found.is_none() {
            let text = format!("{} is damaged; that run is simulated again", path.display());
            speak::tell(Tone::Warning, "warning", &text);
        }
        found
    }

    /// Stores a run: a temporary file is written and renamed, so a kill leaves it whole or absent. There is
    /// no wait for the disk: the checksum notices what a power cut tears.
    pub fn keep(&self, digest: &str, tables: &[Table]) {
        let (path, bytes) = (self.path(digest), record::write(digest, tables));
        // Another machine that shares the folder does not see that this process lives, and may have swept.
        let was_swept = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        let written = match self.write(&path, &bytes) {
            Err(error) if was_swept(&error) => self.write(&path, &bytes),
            written => written,
        };
        if let Err(error) = written {
            let mut failure = self.failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            failure.get_or_insert(format!("cannot write {}: {error}", path.display()));
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_extension(format!("{number}{PARTIAL}{}", std::process::id()));
        let written = fs::create_dir_all(path.parent().unwrap_or(&self.folder))
            .and_then(|()| fs::write(&temporary, bytes))
            .and_then(|()| fs::rename(&temporary, path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }

    /// What went wrong while storing, if anything did.
    pub fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Two letters of the digest name a shelf: folders of a hundred thousand files are slow to list.
    fn path(&self, digest: &str) -> PathBuf {
        self.folder.join(&digest[..2]).join(format!("{digest}.run"))
    }
}

/// Removes what dead processes left half written on a shelf.
fn sweep(shelf: &Path) {
    for file in fs::read_dir(shelf).into_iter().flatten().flatten() {
        let name = file.file_name();
        let process = name.to_str().and_then(|name| name.split_once(PARTIAL)?.1.parse::<u32>().ok());
        if process.is_some_and(|process| !Path::new("/proc").join(process.to_string()).exists()) {
            let _ = fs::remove_file(file.path());
        }
    }
}
