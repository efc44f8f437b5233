//! Treatments: what a scenario file changes beside its control.
//!
//! ```toml
//! outcomes = ["share:netease"]           # what a comparison looks at
//! [[treatments]]
//! name = "loss"
//! label = "SM's catalogue is lost"
//! without = ["renewal"]                  # labels of events that do not happen
//! set = { "choice.portability" = 1.0 }   # settings by path
//! [[events]]
//! treatments = ["loss"]                  # happens in these only, never in the control
//! ```
//!
//! The control is the file without them. The checker sees one side at a time.

use super::Document;
use super::patch::set;
use super::tree::{Data, Entry, Node, Place};
use crate::scenario::fault::suggest;

/// Keys of a treatment: name, meaning.
pub const FIELDS: [(&str, &str); 4] = [
    ("name", "Name of the treatment: ecotone run FILE --treatment NAME."),
    ("label", "Name in tables and on charts; absent: the name."),
    ("without", "Labels of events that do not happen in this treatment."),
    ("set", "Settings that it changes, by path: { \"choice.portability\" = 1.0 }."),
];
/// The list of treatments, and what an event calls them.
pub const TREATMENTS: &str = "treatments";
/// The outcomes that a comparison of the treatments looks at.
pub const OUTCOMES: &str = "outcomes";
/// Most treatments of a file.
pub const MOST: usize = 32;

/// A treatment that a file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// Its name.
    pub name: String,
    /// Its name for readers.
    pub label: String,
}

impl Document {
    /// The treatments that the file declares, in its order.
    pub fn treatments(&self) -> Vec<Treatment> {
        let list = self.tree.get(TREATMENTS).map(Node::elements).unwrap_or_default();
        let treatment = |node: &Node| {
            let name = node.text_of("name")?.to_owned();
            let label = node.text_of("label").unwrap_or(&name).to_owned();
            Some(Treatment { name, label })
        };
        list.iter().filter_map(treatment).collect()
    }

    /// The outcomes that the file wants to be looked at.
    pub fn outcomes(&self) -> Vec<String> {
        let list = self.tree.get(OUTCOMES).map(Node::elements).unwrap_or_default();
        list.iter().filter_map(|node| node.text().map(str::to_owned)).collect()
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
        if let Some(settings) = chosen.and_then(|node| node.get("set")) {
            self.set_all("", settings);
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

    /// Sets every value of a table by its path.
    fn set_all(&mut self, path: &str, settings: &Node) {
        for Entry { key, node, .. } in settings.entries() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if let Data::Table(_) = node.data {
                self.set_all(&path, node);
            } else if let Err((rule, remedy)) = set(&mut self.tree, &path, node.clone()) {
                self.faults.push(self.fault(&node.place, &path, None, rule, remedy));
            }
        }
    }

    /// Treatments must be well formed, whichever side is wanted.
    fn check_treatments(&mut self) {
        let mut faults = Vec::new();
        let mut refuse = |node: &Place, path: &str, rule: &str, remedy: String| {
            faults.push(self.fault(node, path, None, rule.to_owned(), remedy));
        };
        let list = self.tree.get(TREATMENTS);
        if let Some(list) = list.filter(|list| !matches!(list.data, Data::List(_))) {
            refuse(&list.place, TREATMENTS, "must be a list of tables", "write [[treatments]]".to_owned());
        }
        let treatments = list.map(Node::elements).unwrap_or_default();
        if treatments.len() > MOST {
            refuse(&treatments[MOST].place, TREATMENTS, "at most 32 treatments", String::new());
        }
        let events = self.tree.get("events").map(Node::elements).unwrap_or_default();
        let labels: Vec<&str> = events.iter().filter_map(|event| event.text_of("label")).collect();
        let keys = FIELDS.map(|(key, _)| key);
        let mut names: Vec<&str> = Vec::new();
        for (index, treatment) in treatments.iter().enumerate() {
            let path = format!("{TREATMENTS}[{}]", index + 1);
            match treatment.text_of("name") {
                Some(name) if names.contains(&name) || name == "control" => {
                    refuse(&treatment.place, &path, "this name is taken", "give it another name".to_owned());
                }
                Some(name) if !name.trim().is_empty() => names.push(name),
                _ => refuse(&treatment.place, &path, "has no name", "add name = \"...\"".to_owned()),
            }
            for entry in treatment.entries().iter().filter(|entry| !keys.contains(&entry.key.as_str())) {
                refuse(
                    &entry.place,
                    &format!("{path}.{}", entry.key),
                    "unknown setting",
                    suggest(&entry.key, &keys),
                );
            }
            if let Some(settings) = treatment.get("set").filter(|node| !matches!(node.data, Data::Table(_))) {
                let remedy = "write set = { \"choice.beta_s\" = 0.0 }".to_owned();
                refuse(&settings.place, &format!("{path}.set"), "must be a table", remedy);
            }
            for label in treatment.get("without").map(Node::elements).unwrap_or_default() {
                if label.text().is_none_or(|label| !labels.contains(&label)) {
                    let remedy = suggest(label.text().unwrap_or_default(), &labels);
                    refuse(&label.place, &format!("{path}.without"), "no event has this label", remedy);
                }
            }
        }
        for (index, event) in events.iter().enumerate() {
            for name in event.get(TREATMENTS).map(Node::elements).unwrap_or_default() {
                if name.text().is_none_or(|name| !names.contains(&name)) {
                    let path = format!("events[{}].{TREATMENTS}", index + 1);
                    refuse(
                        &name.place,
                        &path,
                        "names no treatment",
                        suggest(name.text().unwrap_or_default(), &names),
                    );
                }
            }
        }
        self.faults.extend(faults);
    }
}

fn texts(list: &Node) -> Vec<String> {
    list.elements().iter().filter_map(|node| node.text().map(str::to_owned)).collect()
}
