//! What the user wrote: the text, its tree with the place of every key and value, and patches on it.
//!
//! The only file of the room, with `document/edges.rs`, that opens files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;
use toml::de::DeTable;

use super::fault::{Fault, clip, printable};

mod excerpt;
mod patch;
mod tree;
mod treatment;
mod treatment_faults;
pub(super) mod edges;

pub use patch::Patch;
pub use treatment::{CONTROL, FIELDS as TREATMENT_FIELDS, OUTCOMES, TREATMENTS, Treatment};
pub use tree::{Data, Entry, Node, Place};

/// Largest scenario file, bytes.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// Most lines, values and separators of a file: the parser needs about a kilobyte for each.
pub const BUSIEST: usize = 100_000;

/// A scenario as written, with everything that is needed to point at a fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The whole text.
    pub text: String,
    /// The file as the user named it.
    pub path: String,
    /// Folder against which files named inside are found.
    pub folder: PathBuf,
    /// The parsed text with patches applied; its data is always a table.
    pub tree: Node,
    /// What is wrong already: syntax, and patches that found no place.
    pub faults: Vec<Fault>,
}

impl Document {
    /// Reads and parses a file. Faults of syntax are kept in the document, for the checker to report.
    ///
    /// # Errors
    /// When the file cannot be read, is larger than [`LARGEST`], or is not UTF-8.
    pub fn load(path: &Path) -> Result<Self, Vec<Fault>> {
        let name = path.display().to_string();
        let fault = |rule: &str, remedy: &str| vec![Fault::of_file(&name, rule, remedy)];
        let refuse = |error: std::io::Error| fault(&format!("cannot be read: {error}"), "");
        if path.is_dir() {
            return Err(fault("is a folder", "name the scenario file inside it"));
        }
        let mut bytes = Vec::new();
        File::open(path).map_err(refuse)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(refuse)?;
        if bytes.len() as u64 > LARGEST {
            return Err(fault(
                "is larger than 4 MiB",
                "a scenario is a few kilobytes; put long lists of ties into an edge list (ties.file)",
            ));
        }
        let text = String::from_utf8(bytes).map_err(|error| vec![not_text(&name, &error)])?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(Self::parse(&text, &name, folder.unwrap_or(Path::new("."))))
    }

    /// Parses a text. `path` names it in messages; files named inside are found from `folder`.
    pub fn parse(text: &str, path: &str, folder: &Path) -> Self {
        let (tree, errors) = DeTable::parse_recoverable(if is_bomb(text) { "" } else { text });
        let mut document = Self {
            text: text.to_owned(),
            path: path.to_owned(),
            folder: folder.to_owned(),
            tree: tree::root(&tree),
            faults: Vec::new(),
        };
        document.faults = errors.iter().take(100).map(|error| document.syntax_fault(error)).collect();
        document.faults.sort_by_key(|fault| (fault.line, fault.column));
        document.faults.dedup_by_key(|fault| fault.line);
        if is_bomb(text) {
            let rule = format!("holds more than {BUSIEST} lines, values and separators");
            document.faults.push(Fault::of_file(path, &rule, "a scenario has a few hundred"));
        }
        document
    }

    /// Whether the text itself is at fault, so that its tree says nothing.
    pub fn is_broken(&self) -> bool {
        self.faults.iter().any(|fault| fault.file == self.path)
    }

    /// The document of a resolved scenario, as the checker made it; it checks to the same scenario.
    ///
    /// # Errors
    /// When the value is not a table that TOML can hold (a null, say).
    pub fn from_resolved(resolved: &Value, path: &str, folder: &Path) -> Result<Self, Vec<Fault>> {
        let refuse =
            |rule: &str| vec![Fault::of_file(path, rule, "the resolved scenario was changed by hand?")];
        if !resolved.is_object() {
            return Err(refuse("holds no resolved scenario"));
        }
        let text = toml::to_string(resolved).map_err(|error| refuse(&error.to_string()))?;
        Ok(Self::parse(&text, path, folder))
    }

    /// Sets values by path; a later patch wins. Patches that find no place become faults.
    pub fn apply(&mut self, patches: &[Patch]) {
        for patch in patches {
            let place = Place::Option(patch.origin.clone());
            let value = patch::placed(&patch.value, &place);
            if let Err((rule, remedy)) = patch::set(&mut self.tree, &patch.path, value) {
                let value = patch.value.written();
                self.faults.push(self.fault(&place, &patch.path, Some(value), rule, remedy));
            }
        }
    }

    /// A fault at a place of this document; the value is shown as written there unless given.
    pub fn fault(
        &self,
        place: &Place,
        path: &str,
        value: Option<String>,
        rule: String,
        remedy: String,
    ) -> Fault {
        let mut fault = Fault::of_file(&self.path, &rule, &remedy);
        path.clone_into(&mut fault.path);
        fault.value = value.unwrap_or_default();
        match place {
            Place::Text(span) => {
                let (line, column) = excerpt::position(&self.text, span.start);
                (fault.line, fault.column) = (line, column);
                fault.excerpt = Some(excerpt::excerpt(&self.text, span));
            }
            Place::Option(option) => option.clone_into(&mut fault.file),
            Place::Nowhere => {}
        }
        fault
    }

    /// A value as it was written: the file's own words, or those of the option.
    pub fn written(&self, node: &Node) -> String {
        match (&node.place, &node.data) {
            (Place::Text(span), data) if !matches!(data, Data::Table(_)) => {
                let text = self.text.get(span.clone()).unwrap_or_default();
                printable(&clip(text.lines().next().unwrap_or_default(), 60))
            }
            (_, data) => data.written(),
        }
    }

    fn syntax_fault(&self, error: &toml::de::Error) -> Fault {
        let place = error.span().map_or(Place::Nowhere, Place::Text);
        let rule = format!("not TOML: {}", error.message().lines().collect::<Vec<_>>().join("; "));
        self.fault(&place, "", None, rule, String::new())
    }
}

/// Whether a text would cost the parser more than any scenario may.
fn is_bomb(text: &str) -> bool {
    text.bytes().filter(|byte| b"\n=[]{},.\"'".contains(byte)).nth(BUSIEST).is_some()
}

fn not_text(name: &str, error: &std::string::FromUtf8Error) -> Fault {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
    Fault::of_file(
        name,
        &format!("is not UTF-8 text (first at byte {}, line {line})", good.len()),
        "save the file as UTF-8",
    )
}
