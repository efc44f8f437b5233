//! A fault of a scenario file: where, what, why, and what to do about it.

use std::fmt;

/// One fault, ready to read. It prints as plain text; colour is the program's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File as the user named it, or the command-line option that set the value.
    pub file: String,
    /// Line from 1; 0 when there is none.
    pub line: usize,
    /// Column from 1, in characters; 0 when there is none.
    pub column: usize,
    /// Path of the setting, with the names of list elements; may be empty.
    pub path: String,
    /// Value as written; may be empty.
    pub value: String,
    /// The rule that is broken.
    pub rule: String,
    /// What to do; may be empty.
    pub remedy: String,
    /// The line of the file and a line with carets under the fault.
    pub excerpt: Option<[String; 2]>,
}

impl Fault {
    /// A fault of a whole file: it cannot be read, or is too large.
    pub fn of_file(file: &str, rule: &str, remedy: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            path: String::new(),
            value: String::new(),
            rule: rule.to_owned(),
            remedy: remedy.to_owned(),
            excerpt: None,
        }
    }

    /// The first line of the message: place, path, value, rule.
    pub fn headline(&self) -> String {
        let mut text = printable(&self.file);
        if self.line > 0 {
            text += &format!(":{}:{}", self.line, self.column);
        }
        if !self.path.is_empty() {
            text += &format!(": {}", printable(&self.path));
        }
        match (self.path.is_empty(), self.value.is_empty()) {
            (_, true) => {}
            (true, false) => text += &format!(": {}", self.value),
            (false, false) => text += &format!(" = {}", self.value),
        }
        text + &format!(": {}", self.rule)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.headline())?;
        if let Some([line, carets]) = &self.excerpt {
            let number = self.line.to_string();
            let gutter = " ".repeat(number.len());
            write!(f, "\n  {number} | {line}\n  {gutter} | {carets}")?;
        }
        if !self.remedy.is_empty() {
            write!(f, "\n  help: {}", self.remedy)?;
        }
        Ok(())
    }
}

/// Text whose control characters and direction marks cannot deceive a terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).map(harmless).collect()
}

fn harmless(c: char) -> char {
    if is_deceptive(c) { '\u{FFFD}' } else { c }
}

/// Whether a character steers a terminal or a line's direction, or cannot be seen.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{61C}' | '\u{FEFF}')
}

/// At most so many characters of a text, with an ellipsis where it was cut.
pub fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The known name nearest to a mistyped one, when one is near.
///
/// ```
/// use ecotone::scenario::fault::nearest;
/// assert_eq!(nearest("beta_z", ["alpha", "beta_s"]), Some("beta_s"));
/// assert_eq!(nearest("rnu", ["check", "run"]), Some("run"));
/// assert_eq!(nearest("qqq", ["alpha", "beta_s"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = clip(word, 60).to_lowercase();
    known
        .into_iter()
        .map(|name| (likeness(&word, &name.to_lowercase()), name))
        .filter(|&(likeness, _)| likeness >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// How alike two words are, from 0 to 1. Jaro and Winkler's measure sees no likeness in a short word with two letters
/// exchanged; one slip in three letters or more is alike enough.
fn likeness(word: &str, name: &str) -> f64 {
    let is_one_slip = word.chars().count() > 2 && strsim::damerau_levenshtein(word, name) == 1;
    strsim::jaro_winkler(word, name).max(if is_one_slip { 0.8 } else { 0.0 })
}

/// Remedy for an unknown word: the nearest known one, and the first dozen of all.
pub fn suggest(word: &str, known: &[&str]) -> String {
    let shown = known.iter().take(12).copied().collect::<Vec<_>>().join(", ");
    let more = if known.len() > 12 { ", …" } else { "" };
    match nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`? known: {shown}{more}"),
        None if known.is_empty() => "none is known".to_owned(),
        None => format!("known: {shown}{more}"),
    }
}
