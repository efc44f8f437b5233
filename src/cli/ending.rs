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
    /// Every way with what it means, in the order of the exit codes.
    pub const ALL: [(Self, &str); 6] = [
        (Ending::Done, "Everything asked for is done."),
        (
            Ending::Failed,
            "A failure while running: disk, memory, an unwritable folder, or a bug, which says so.",
        ),
        (Ending::Fault, "The scenario or the arguments are at fault; nothing was simulated or written."),
        (Ending::SomeFailed, "The study is written, but some of its runs failed."),
        (Ending::Mismatch, "A verification found differences."),
        (Ending::Interrupted, "Stopped by the user; a study continues when the same command is given again."),
    ];

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
