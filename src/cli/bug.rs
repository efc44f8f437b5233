//! A panic is a bug of Ecotone, and says so.

use std::panic::PanicHookInfo;
use std::sync::Once;

use crate::cli::speak::{self, Tone};

const REPORT: &str = "\
To report it, send these lines with the scenario file to the project's issue tracker.
Results are put in place only when complete: earlier ones are as they were.";

/// Replaces Rust's panic message. Several threads may panic at once; the first one speaks.
pub fn speak_on_panic() {
    static FIRST: Once = Once::new();
    std::panic::set_hook(Box::new(|panic| {
        FIRST.call_once(|| speak::tell(Tone::Bad, "this is a bug in Ecotone", &describe(panic)));
    }));
}

fn describe(panic: &PanicHookInfo) -> String {
    let payload = panic.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let message = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or("no message");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let command: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    account(message, &place, &command.join(" "))
}

fn account(message: &str, place: &str, command: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    format!("{message}\n  at      {place}\n  version {version}, {system}\n  command {command}\n{REPORT}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_report_names_version_place_and_command() {
        let text = account("index out of bounds", "src/world/panel.rs:7:1", "ecotone run x.toml");
        for part in
            ["index out of bounds", "src/world/panel.rs:7:1", env!("CARGO_PKG_VERSION"), "ecotone run x.toml"]
        {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
