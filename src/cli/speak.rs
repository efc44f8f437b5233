//! What the program says, on standard output and standard error.
//!
//! Colour appears only on terminals that want it and only in words of our own. Text that came from a file
//! is made inert first: control characters and marks that reverse the reading direction are replaced.

use std::io::{self, IsTerminal, Write};

use clap::builder::styling::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::cli::events;

/// The mood of a message, shown as the colour of its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Success.
    Good,
    /// Something to think about.
    Warning,
    /// Something that stops the work.
    Bad,
    /// Neither.
    Plain,
}

/// Writes a text to standard output.
pub fn say(text: &str) -> io::Result<()> {
    say_as_it_is(&inert(text))
}

/// Writes a text with a coloured label before it to standard output.
pub fn say_labelled(tone: Tone, label: &str, text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(labelled(tone, label, text).as_bytes()).and_then(|()| out.flush()).map_err(unsaid)
}

/// Writes bytes meant for another program to standard output, unchanged.
pub fn say_as_it_is(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(unsaid)
}

/// The error of who cannot speak, with the place.
fn unsaid(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write to standard output: {error}"))
}

/// Writes one JSON object to standard output; among events it is the last one, named by its status.
pub fn say_json(value: &Value) -> io::Result<()> {
    if events::are_wanted() {
        return say_as_it_is(&events::line(value["status"].as_str().unwrap_or("done"), value.clone()));
    }
    say_as_it_is(&format!("{value:#}\n"))
}

/// Writes a line with a coloured label to standard error; if that is closed there is nobody to tell. Who reads events
/// hears of warnings and failures there.
pub fn tell(tone: Tone, label: &str, text: &str) {
    if events::are_wanted() {
        return tell_event(tone, label, text);
    }
    let _ = anstream::stderr().write_all(labelled(tone, label, text).as_bytes());
}

/// Letters in a line of the terminal that standard output is; elsewhere lines are not broken.
pub fn width() -> usize {
    match terminal_size::terminal_size() {
        Some((terminal_size::Width(width), _)) if io::stdout().is_terminal() => usize::from(width),
        _ => usize::MAX,
    }
}

fn tell_event(tone: Tone, label: &str, text: &str) {
    let event = match tone {
        Tone::Warning => "warning",
        Tone::Bad => "failure",
        Tone::Good | Tone::Plain => return,
    };
    events::tell(event, json!({ "label": label, "text": text }));
}

/// Writes a fault to standard error: its first line in colour, so that places stand out in a list.
pub fn tell_fault(fault: &str) {
    let fault = inert(fault);
    let (first, rest) = fault.split_once('\n').unwrap_or((&fault, ""));
    let style = style(Tone::Bad);
    let rest = if rest.is_empty() { String::new() } else { format!("{}\n", rest.trim_end()) };
    let _ = write!(anstream::stderr(), "{style}{first}{style:#}\n{rest}");
}

fn labelled(tone: Tone, label: &str, text: &str) -> String {
    let style = style(tone);
    let text = inert(text);
    if label.is_empty() { format!("{text}\n") } else { format!("{style}{label}{style:#}: {text}\n") }
}

fn style(tone: Tone) -> Style {
    let colour = match tone {
        Tone::Good => AnsiColor::Green,
        Tone::Warning => AnsiColor::Yellow,
        Tone::Bad => AnsiColor::Red,
        Tone::Plain => return Style::new().bold(),
    };
    colour.on_default().bold()
}

/// The text without characters that steer a terminal or reverse the reading direction.
pub fn inert(text: &str) -> String {
    text.chars().map(|letter| if steers(letter) { '\u{fffd}' } else { letter }).collect()
}

fn steers(letter: char) -> bool {
    let is_layout = matches!(letter, '\n' | '\t');
    let is_direction =
        matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && !is_layout) || is_direction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_file_cannot_steer_the_terminal() {
        assert_eq!(inert("a\u{1b}[31mb\u{202e}c\td\r\n网易"), "a\u{fffd}[31mb\u{fffd}c\td\u{fffd}\n网易");
    }
}
