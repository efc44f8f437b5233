//! What can be wrong with treatments, whichever side is wanted: names, what they are set against, what they call.

use super::Document;
use super::treatment::{CONTROL, FIELDS, MOST, TREATMENTS, each};
use super::tree::{Data, Node};
use crate::scenario::fault::{Fault, suggest};

impl Document {
    /// Treatments must be well formed; what is not becomes faults.
    pub(super) fn check_treatments(&mut self) {
        let mut check = Check { document: self, names: Vec::new(), labels: Vec::new(), faults: Vec::new() };
        check.list();
        check.events();
        let faults = check.faults;
        self.faults.extend(faults);
    }
}

/// What was read so far.
struct Check<'a> {
    document: &'a Document,
    names: Vec<&'a str>,
    labels: Vec<&'a str>,
    faults: Vec<Fault>,
}

impl<'a> Check<'a> {
    fn refuse(&mut self, node: &Node, path: &str, rule: &str, remedy: String) {
        self.faults.push(self.document.fault(&node.place, path, None, rule.to_owned(), remedy));
    }

    fn list(&mut self) {
        let Some(list) = self.document.tree.get(TREATMENTS) else { return };
        if !matches!(list.data, Data::List(_)) {
            self.refuse(list, TREATMENTS, "must be a list of tables", "write [[treatments]]".to_owned());
        }
        let treatments = list.elements();
        if treatments.len() > MOST {
            self.refuse(&treatments[MOST], TREATMENTS, "at most 32 treatments", String::new());
        }
        let names: Vec<&str> = treatments.iter().filter_map(|node| node.text_of("name")).collect();
        for (index, treatment) in treatments.iter().enumerate() {
            let path = format!("{TREATMENTS}[{}]", index + 1);
            self.against(&path, treatment, &names);
            self.name(&path, treatment);
            self.keys(&path, treatment);
        }
    }

    /// A name and a label of its own.
    fn name(&mut self, path: &str, treatment: &'a Node) {
        let taken = || "give it another name".to_owned();
        match treatment.text_of("name") {
            Some(name) if self.names.contains(&name) || name == CONTROL => {
                self.refuse(treatment, path, "this name is taken", taken());
            }
            Some(name) if !name.trim().is_empty() => {
                self.names.push(name);
                let label = treatment.get("label").filter(|label| label.text().is_some());
                let words = treatment.text_of("label").unwrap_or(name);
                if self.labels.contains(&words) || words == CONTROL {
                    let path = format!("{path}.label");
                    self.refuse(label.unwrap_or(treatment), &path, "this label is taken", taken());
                }
                self.labels.push(words);
            }
            _ => self.refuse(treatment, path, "has no name", "add name = \"...\"".to_owned()),
        }
    }

    /// What effects are differences from stands above, so that there is no circle.
    fn against(&mut self, path: &str, treatment: &'a Node, all: &[&str]) {
        let Some(against) = treatment.get("against") else { return };
        let path = format!("{path}.against");
        let named = each(against);
        if named.is_empty() {
            self.refuse(
                against,
                &path,
                "names nothing",
                "leave it out: effects are then differences from the control".to_owned(),
            );
        }
        for (at, node) in named.iter().enumerate() {
            let name = node.text().unwrap_or_default();
            let known: Vec<&str> = self.names.iter().copied().chain([CONTROL]).collect();
            let again = named[..at].iter().any(|other| other.text() == Some(name));
            let (rule, remedy) = match () {
                () if again => ("is named twice", "name it once".to_owned()),
                () if known.contains(&name) => continue,
                () if treatment.text_of("name") == Some(name) => {
                    ("is the treatment itself", "name another treatment above it, or leave it out".to_owned())
                }
                () if all.contains(&name) => {
                    ("stands further down", format!("move `{name}` above this treatment"))
                }
                () => ("names no treatment", suggest(name, &known)),
            };
            self.refuse(node, &path, rule, remedy);
        }
    }

    /// Only keys that mean something, with values that can be.
    fn keys(&mut self, path: &str, treatment: &'a Node) {
        let keys = FIELDS.map(|(key, _)| key);
        for entry in treatment.entries().iter().filter(|entry| !keys.contains(&entry.key.as_str())) {
            let (path, remedy) = (format!("{path}.{}", entry.key), suggest(&entry.key, &keys));
            let fault = self.document.fault(&entry.place, &path, None, "unknown setting".to_owned(), remedy);
            self.faults.push(fault);
        }
        if let Some(settings) = treatment.get("set").filter(|node| !matches!(node.data, Data::Table(_))) {
            let remedy = "write set = { \"choice.beta_s\" = 0.0 }".to_owned();
            self.refuse(settings, &format!("{path}.set"), "must be a table", remedy);
        }
        let events = self.document.tree.get("events").map(Node::elements).unwrap_or_default();
        let labels: Vec<&str> = events.iter().filter_map(|event| event.text_of("label")).collect();
        let path = format!("{path}.without");
        for label in treatment.get("without").map(each).unwrap_or_default() {
            self.one_of(label, &path, "no event has this label", &labels);
        }
    }

    /// Events name treatments that there are.
    fn events(&mut self) {
        let events = self.document.tree.get("events").map(Node::elements).unwrap_or_default();
        let names = self.names.clone();
        for (index, event) in events.iter().enumerate() {
            let path = format!("events[{}].{TREATMENTS}", index + 1);
            for name in event.get(TREATMENTS).map(each).unwrap_or_default() {
                self.one_of(name, &path, "names no treatment", &names);
            }
        }
    }

    fn one_of(&mut self, node: &Node, path: &str, rule: &str, known: &[&str]) {
        let word = node.text().unwrap_or_default();
        if !known.contains(&word) {
            self.refuse(node, path, rule, suggest(word, known));
        }
    }
}
