//! Forms of text: one line, names, dates, words of a list.

use super::value::{Refusal, wrong};
use crate::scenario::document::{Data, Node};
use crate::scenario::fault::{is_deceptive, suggest};

/// The text itself.
pub fn text(node: &Node) -> Result<&str, Refusal> {
    node.text().ok_or_else(|| wrong("text", node))
}

/// Text for eyes: one line, nothing that steers a terminal.
pub fn line(text: &str, most: usize) -> Result<Data, Refusal> {
    if text.chars().count() > most {
        return Err((format!("must have at most {most} characters"), String::new()));
    }
    if text.chars().any(is_deceptive) {
        let remedy = "remove line breaks, control characters and marks of direction";
        return Err(("holds a character that cannot be shown".to_owned(), remedy.to_owned()));
    }
    Ok(Data::Text(text.to_owned()))
}

/// Lines of a text, or of a list, joined.
pub fn lines(node: &Node) -> Result<Data, Refusal> {
    let lines: Vec<&str> = match &node.data {
        Data::Text(text) => text.lines().map(str::trim).collect(),
        Data::List(nodes) => nodes.iter().map(text).collect::<Result<_, _>>()?,
        _ => return Err(wrong("text or a list of lines", node)),
    };
    for text in &lines {
        line(text, 500)?;
    }
    Ok(Data::Text(lines.join("\n").trim().to_owned()))
}

/// A name for folders.
pub fn identifier(text: &str) -> Result<Data, Refusal> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    let starts = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if starts && text.len() <= 60 && text.chars().all(fits) {
        return Ok(Data::Text(text.to_owned()));
    }
    let rule = "must be 1 to 60 lower-case letters, digits, _ or -, the first a letter or digit";
    Err((rule.to_owned(), "for example: music_duopoly".to_owned()))
}

/// A name inside the scenario; no dots, which part the words of a path.
pub fn name(text: &str) -> Result<Data, Refusal> {
    let fits = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if !text.starts_with(char::is_alphanumeric) || text.chars().count() > 40 || !text.chars().all(fits) {
        let rule = "must be 1 to 40 letters, digits, _ or -, the first a letter or digit";
        return Err((rule.to_owned(), "give the full name as `label` where there is one".to_owned()));
    }
    Ok(Data::Text(text.to_owned()))
}

/// A date of the calendar, ISO 8601.
pub fn date(node: &Node) -> Result<Data, Refusal> {
    let text = match &node.data {
        Data::Text(text) | Data::Date(text) => text,
        _ => return Err(wrong("a date", node)),
    };
    let date = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
    let Some(date) = date else {
        return Err(("must be a date of the calendar".to_owned(), "for example: \"2021-07-24\"".to_owned()));
    };
    if !(1900..=2200).contains(&date.year()) {
        return Err(("must lie in 1900-01-01..=2200-12-31".to_owned(), String::new()));
    }
    Ok(Data::Text(date.to_string()))
}

/// One of some words.
pub fn word(words: &[&str], node: &Node) -> Result<Data, Refusal> {
    let text = text(node)?;
    if words.contains(&text) {
        return Ok(Data::Text(text.to_owned()));
    }
    Err((format!("must be one of {}", words.join(", ")), suggest(text, words)))
}
