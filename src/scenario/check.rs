//! From a document to a scenario that cannot be wrong, or to all its faults at once.
//!
//! First every value is read by itself against the table of settings (`shape`), then what only holds
//! between values is checked, section by section. A value already reported is `Bad`, and nothing is
//! concluded from it: one mistake gives one message.

use serde_json::Value;

use super::Scenario;
use super::document::{Document, Node, Place, edges};
use super::fault::Fault;

mod build;
mod events;
mod horizon;
mod names;
mod platforms;
mod presence;
mod remarks;
mod shape;
mod supply;
mod targets;
mod ties;
mod value;
mod words;

pub(super) use events::is_spared as is_event_spared;
pub use events::kinds as event_kinds;

/// Most faults that are shown.
const MOST_FAULTS: usize = 200;

/// A scenario with what it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The scenario.
    pub scenario: Scenario,
    /// The document with every default filled in; it checks to the same scenario.
    pub resolved: Value,
    /// What the file says of its settings in comments: an object of texts by place, `platforms.netease.aware`.
    pub remarks: Value,
    /// What is allowed but deserves a second look, with its remedy.
    pub warnings: Vec<String>,
}

/// Checks a document.
///
/// # Errors
/// All faults, sorted by position.
///
/// ```
/// use ecotone::scenario::{check::check, document::Document, templates};
/// let text = templates::template("minimal").unwrap();
/// let document = Document::parse(text, "minimal.toml", ".".as_ref());
/// assert_eq!(check(&document).unwrap().scenario.name, "minimal");
/// ```
pub fn check(document: &Document) -> Result<Checked, Vec<Fault>> {
    if document.is_broken() {
        return Err(document.faults.clone());
    }
    let mut control = None;
    if document.is_study() {
        control.insert(document.clone()).treat(None);
    }
    let document = control.as_ref().unwrap_or(document);
    let mut findings = Findings { document, drafts: Vec::new(), warnings: Vec::new() };
    let mut tree = shape::fill(&document.tree, &mut findings);
    horizon::check(&mut tree, &mut findings);
    names::check(&tree, &mut findings);
    platforms::check(&tree, &mut findings);
    presence::check(&tree, &mut findings);
    events::check(&mut tree, &mut findings);
    targets::check(&mut tree, &mut findings);
    supply::check(&mut tree, &mut findings);
    ties::check(&tree, &mut findings);
    build::derive(&mut tree);
    let warnings = findings.warnings.clone();
    findings.faults()?;
    let resolved = build::resolved(&tree);
    let mut scenario = build::scenario(&resolved);
    if scenario.ties.kind == super::TieKind::EdgeList {
        let users = scenario.market.users;
        scenario.ties.edges = edges::read(&document.folder, &scenario.ties.file, users)?;
    }
    Ok(Checked { scenario, resolved, remarks: remarks::remarks(document), warnings })
}

/// What was found so far.
struct Findings<'a> {
    document: &'a Document,
    drafts: Vec<Draft>,
    warnings: Vec<String>,
}

/// A fault before its line is looked up.
struct Draft {
    place: Place,
    path: String,
    value: Option<String>,
    rule: String,
    remedy: String,
}

impl Findings<'_> {
    /// A fault of a value.
    fn value(&mut self, node: &Node, path: &str, rule: impl Into<String>, remedy: impl Into<String>) {
        let value = Some(self.document.written(node));
        let (rule, remedy) = (rule.into(), remedy.into());
        self.drafts.push(Draft { place: node.place.clone(), path: path.to_owned(), value, rule, remedy });
    }

    /// A fault of a place: something missing, something that does not belong, a sum.
    fn place(&mut self, place: &Place, path: &str, rule: impl Into<String>, remedy: impl Into<String>) {
        let (rule, remedy) = (rule.into(), remedy.into());
        self.drafts.push(Draft { place: place.clone(), path: path.to_owned(), value: None, rule, remedy });
    }

    /// Warns of elements of a list that are left out for where they lie in time: of each, or of many in a sum.
    fn leave_out(&mut self, list: &str, paths: &[String], lie: &str) {
        match paths {
            [first, _, _, ..] => self
                .warn(format!("{list}: {} are left out, they lie {lie}; the first is {first}", paths.len())),
            few => few.iter().for_each(|path| self.warn(format!("{path}: left out, it lies {lie}"))),
        }
    }

    fn warn(&mut self, warning: String) {
        if self.warnings.len() < MOST_FAULTS {
            self.warnings.push(warning);
        }
    }

    /// All faults, sorted by position: options first, then the file from top to bottom.
    fn faults(mut self) -> Result<(), Vec<Fault>> {
        self.drafts.sort_by_key(|draft| match &draft.place {
            Place::Option(_) => (0, 0),
            Place::Text(span) => (1, span.start),
            Place::Nowhere => (2, 0),
        });
        let hidden = self.drafts.len().saturating_sub(MOST_FAULTS);
        let mut faults = self.document.faults.clone();
        faults.extend(self.drafts.into_iter().take(MOST_FAULTS).map(|draft| {
            self.document.fault(&draft.place, &draft.path, draft.value, draft.rule, draft.remedy)
        }));
        if hidden > 0 {
            faults.push(Fault::of_file(&self.document.path, &format!("{hidden} more faults"), ""));
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// Path of an element: by its name when it has one, else by its number from 1.
fn element_path(list: &str, index: usize, element: &Node) -> String {
    match element.text_of("name") {
        Some(name) => format!("{list}.{}", super::fault::clip(name, 60)),
        None => format!("{list}[{}]", index + 1),
    }
}

/// Where to point: at the value when it stands somewhere, else at the table that should hold it.
fn at<'a>(node: &'a Node, table: &'a Node) -> &'a Place {
    if node.place == Place::Nowhere { &table.place } else { &node.place }
}

/// The elements of a list of the tree with their paths.
fn elements<'a>(tree: &'a Node, list: &str) -> Vec<(String, &'a Node)> {
    let nodes = tree.get(list).map(Node::elements).unwrap_or_default();
    nodes.iter().enumerate().map(|(index, node)| (element_path(list, index, node), node)).collect()
}

/// The names of a list; `None` when one of them was reported, so that nothing is known for sure.
fn names_of<'a>(tree: &'a Node, list: &str) -> Option<Vec<&'a str>> {
    let list = tree.get(list)?;
    if list.data == super::document::Data::Bad {
        return None;
    }
    list.elements().iter().map(|element| element.text_of("name")).collect()
}
