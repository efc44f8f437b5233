//! A private temporary folder that goes away with its owner.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many names are tried.
const ATTEMPTS: u32 = 100;

/// A folder of our own.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes a folder with a name nobody uses; an existing one is never taken over.
    pub fn new() -> io::Result<Self> {
        let base = std::env::temp_dir();
        let process = std::process::id();
        for attempt in 0..ATTEMPTS {
            let path = base.join(format!("ecotone-verify-{process}-{attempt}"));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other(format!("no free name for a temporary folder in {}", base.display())))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
