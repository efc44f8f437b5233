//! Orderly interruption: the first signal asks, the second one leaves.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::cli::ending::Ending;
use crate::cli::speak::{self, Tone};
use crate::report::ReportError;
use serde_json::{Value, json};

static SIGNALS: AtomicU32 = AtomicU32::new(0);

/// From now on SIGINT, SIGTERM and SIGHUP (or Ctrl-C) are noted instead of ending the program.
pub fn watch() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| {
        if SIGNALS.fetch_add(1, Ordering::SeqCst) > 0 {
            std::process::exit(i32::from(Ending::Interrupted.number()));
        }
        speak::tell(
            Tone::Warning,
            "interrupted",
            "finishing the current day or file; once more to leave at once",
        );
    })
}

/// Whether the user asked to stop.
pub fn is_requested() -> bool {
    SIGNALS.load(Ordering::SeqCst) > 0
}

/// Whether to go on, as those ask who draw and write.
pub fn go_on() -> bool {
    !is_requested()
}

/// What was done, or nothing when the user stopped it.
///
/// # Errors
/// Every other reason why it was not done.
pub fn unless_stopped<T>(done: Result<T, ReportError>) -> Result<Option<T>, ReportError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(ReportError::Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Says what became of the work that the user stopped; a program that listens is told the facts.
///
/// # Errors
/// When standard output is closed.
pub fn stopped(what: &str, facts: Option<&Value>) -> io::Result<Ending> {
    speak::tell(Tone::Warning, "interrupted", what);
    facts.map_or(Ok(()), speak::say_json)?;
    Ok(Ending::Interrupted)
}

/// The facts where nothing was written.
pub fn nothing_written() -> Value {
    json!({ "status": "interrupted", "written": false })
}
