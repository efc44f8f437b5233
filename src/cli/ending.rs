//! How the program ends: the meaning of each exit code.

use std::process::ExitCode;

/// The ways in which a verb ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything asked for is done.
    Done,
    /// A failure while running: files, memory, or a bug.
    Failed,
    /// The scenario or the arguments are at fault; nothing was written.
    Fault,
    /// Finished, but some runs of a study failed.
    SomeFailed,
    /// A verification found differences.
    Mismatch,
    /// Stopped by the user.
    Interrupted,
}

impl Ending {
    /// The exit code; 75 (unfinished but resumable) is kept for a time limit.
    pub fn number(self) -> u8 {
        match self {
            Ending::Done => 0,
            Ending::Failed => 1,
            Ending::Fault => 2,
            Ending::SomeFailed => 3,
            Ending::Mismatch => 4,
            Ending::Interrupted => 130,
        }
    }

    /// The exit code as the operating system takes it.
    pub fn code(self) -> ExitCode {
        ExitCode::from(self.number())
    }
}
