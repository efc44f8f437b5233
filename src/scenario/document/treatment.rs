//! Treatments: what a scenario file changes beside its control.
//!
//! ```toml
//! outcomes = ["share:netease"]           # what a comparison looks at
//! [[treatments]]
//! name = "loss"
//! label = "SM's catalogue is lost"
//! without = ["renewal"]                  # labels of events that do not happen
//! set = { "choice.portability" = 1.0 }   # settings by path
//! [[treatments]]
//! name = "loss_and_more"
//! against = "loss"                       # its effects are differences from that treatment
//! [[events]]
//! treatments = ["loss", "loss_and_more"] # happens in these only, never in the control
//! ```
//!
//! The control is the file without them. The checker sees one side at a time.

use super::Document;
use super::patch::set;
use super::tree::{Data, Entry, Node, Place};
use crate::scenario::fault::suggest;

/// Keys of a treatment: name, meaning.
pub const FIELDS: [(&str, &str); 5] = [
    ("name", "Name of the treatment: ecotone run FILE --treatment NAME."),
    ("label", "Name in tables and on charts; absent: the name."),
    (
        "against",
        "What its effects are differences from: a treatment above it, or a list; absent: the control.",
    ),
    ("without", "Labels of events that do not happen in this treatment."),
    ("set", "Settings that it changes, by path: { \"choice.portability\" = 1.0 }."),
];
/// The list of treatments, and what an event calls them.
pub const TREATMENTS: &str = "treatments";
/// The outcomes that a comparison of the treatments looks at.
pub const OUTCOMES: &str = "outcomes";
/// What the file without its treatments is called.
pub const CONTROL: &str = "control";
/// Most treatments of a file.
pub const MOST: usize = 32;

/// A treatment that a file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// Its name.
    pub name: String,
    /// Its name for readers.
    pub label: String,
    /// Names of the sides that its effects are differences from; never empty.
    pub against: Vec<String>,
    /// What it changes beside the control, sorted: settings with their values, events left out, events of its own.
    pub changes: Vec<String>,
}

impl Treatment {
    /// A treatment of that name which is set against the control.
    pub fn named(name: &str) -> Self {
        let against = vec![CONTROL.to_owned()];
        Self { name: name.to_owned(), label: name.to_owned(), against, changes: Vec::new() }
    }
}

impl Document {
    /// The treatments that the file declares, in its order.
    pub fn treatments(&self) -> Vec<Treatment> {
        let list = self.tree.get(TREATMENTS).map(Node::elements).unwrap_or_default();
        let treatment = |node: &Node| {
            let mut found = Treatment::named(node.text_of("name")?);
            if let Some(label) = node.text_of("label") {
                label.clone_into(&mut found.label);
            }
            let against = node.get("against").map(texts).unwrap_or_default();
            if !against.is_empty() {
                found.against = against;
            }
            found.changes = self.changes(&found.name, node);
            Some(found)
        };
        list.iter().filter_map(treatment).collect()
    }

    /// What a treatment changes, a line each.
    fn changes(&self, name: &str, treatment: &Node) -> Vec<String> {
        let settings = treatment.get("set").map(|settings| leaves("", settings)).unwrap_or_default();
        let settings = settings.into_iter().map(|(path, value)| format!("{path} = {}", value.data.spelled()));
        let left_out = treatment.get("without").map(texts).unwrap_or_default();
        let left_out = left_out.iter().map(|label| format!("without {label}"));
        let events = self.tree.get("events").map(Node::elements).unwrap_or_default().iter().enumerate();
        let own = events.filter(|(_, event)| {
            event.get(TREATMENTS).is_some_and(|list| texts(list).iter().any(|it| it == name))
        });
        let own = own.map(|(at, _)| format!("event {at}"));
        let mut changes: Vec<String> = settings.chain(left_out).chain(own).collect();
        changes.sort_unstable();
        changes
    }

    /// The outcomes that the file wants to be looked at.
    pub fn outcomes(&self) -> Vec<String> {
        self.tree.get(OUTCOMES).map(texts).unwrap_or_default()
    }

    /// Whether the file says more than one side, or what to look at.
    pub fn is_study(&self) -> bool {
        self.tree.get(TREATMENTS).is_some() || self.tree.get(OUTCOMES).is_some()
    }

    /// Makes the document one side only: the named treatment, or the control. What is wrong becomes faults.
    pub fn treat(&mut self, name: Option<&str>) {
        self.check_treatments();
        let list = self.tree.get(TREATMENTS).cloned();
        let chosen =
            list.iter().flat_map(Node::elements).find(|node| name.is_some() && node.text_of("name") == name);
        if let (Some(name), None) = (name, chosen) {
            let treatments = self.treatments();
            let known: Vec<&str> = treatments.iter().map(|treatment| treatment.name.as_str()).collect();
            let place = Place::Option(format!("--treatment {name}"));
            let rule = "the file declares no such treatment".to_owned();
            self.faults.push(self.fault(&place, "", None, rule, suggest(name, &known)));
        }
        let left_out = chosen.and_then(|node| node.get("without")).map(texts).unwrap_or_default();
        self.keep_events(name, &left_out);
        self.tree.remove(TREATMENTS);
        self.tree.remove(OUTCOMES);
        for (path, node) in
            chosen.and_then(|node| node.get("set")).map(|node| leaves("", node)).unwrap_or_default()
        {
            if let Err((rule, remedy)) = set(&mut self.tree, &path, node.clone()) {
                self.faults.push(self.fault(&node.place, &path, None, rule, remedy));
            }
        }
    }

    /// Keeps the events of one side, without saying whose they are.
    fn keep_events(&mut self, name: Option<&str>, left_out: &[String]) {
        let Some(Node { data: Data::List(events), .. }) = self.tree.get_mut("events") else { return };
        events.retain(|event| {
            let is_ours = event
                .get(TREATMENTS)
                .is_none_or(|list| texts(list).iter().any(|treatment| Some(treatment.as_str()) == name));
            let label = event.text_of("label").unwrap_or_default();
            is_ours && !left_out.iter().any(|out| out == label)
        });
        events.iter_mut().for_each(|event| event.remove(TREATMENTS));
    }
}

/// The values of a table of settings with their paths, however deep the tables lie.
fn leaves<'a>(path: &str, settings: &'a Node) -> Vec<(String, &'a Node)> {
    let one = |Entry { key, node, .. }: &'a Entry| {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match node.data {
            Data::Table(_) => leaves(&path, node),
            _ => vec![(path, node)],
        }
    };
    settings.entries().iter().flat_map(one).collect()
}

/// The elements of a list, or the one value that stands in its place.
pub(super) fn each(node: &Node) -> &[Node] {
    if let Data::List(nodes) = &node.data { nodes } else { std::slice::from_ref(node) }
}

fn texts(list: &Node) -> Vec<String> {
    each(list).iter().filter_map(|node| node.text().map(str::to_owned)).collect()
}
