//! Reads every value by itself: known keys, types, ranges; fills in defaults.

use super::{Findings, element_path, events, value};
use crate::scenario::document::{Data, Entry, Node, Place};
use crate::scenario::fault::suggest;
use crate::scenario::settings::{Absence, Default, SECTIONS, SETTINGS, Section, Setting};

/// What may stand under a key.
#[derive(Clone, Copy)]
enum Child {
    Leaf(&'static Setting),
    Section(&'static Section),
}

impl Child {
    fn key(&self) -> &'static str {
        match self {
            Child::Leaf(setting) => setting.key(),
            Child::Section(section) => section.key(),
        }
    }
}

/// The document with only known keys, checked values and defaults; faulty values are `Bad`.
pub fn fill(tree: &Node, findings: &mut Findings) -> Node {
    table("", "", tree, &tree.place, findings)
}

/// What the table of this pattern may hold, settings first.
fn children(pattern: &str) -> Vec<Child> {
    let settings = SETTINGS.iter().filter(|setting| setting.parent() == pattern).map(Child::Leaf);
    let sections = SECTIONS.iter().filter(|section| section.parent() == pattern).map(Child::Section);
    settings.chain(sections).collect()
}

fn table(pattern: &str, path: &str, node: &Node, header: &Place, findings: &mut Findings) -> Node {
    let mut known = children(pattern);
    let kind = if pattern == "events[]" { node.text_of("kind").unwrap_or_default() } else { "" };
    if pattern == "events[]" {
        let fields = events::fields(kind);
        refuse_strangers(path, kind, node, &fields, findings);
        match fields {
            Some(fields) => known.retain(|child| fields.contains(&child.key())),
            None => known.retain(|child| child.key() == "kind" || node.get(child.key()).is_some()),
        }
    } else {
        refuse_unknown(path, node, &known, findings);
    }
    let entries = known.into_iter().filter_map(|child| {
        let found = node.entries().iter().find(|entry| entry.key == child.key());
        let path = join(path, child.key());
        let node = match (child, found) {
            (Child::Leaf(setting), Some(entry)) => Some(value::read(setting, &path, &entry.node, findings)),
            (Child::Leaf(setting), None) if events::is_spared(kind, setting.key()) => {
                Some(Node::bare(Data::Number(0.0)))
            }
            (Child::Leaf(setting), None) => default(setting, &path, header, findings),
            (Child::Section(section), found) => fill_section(section, &path, found, header, findings),
        };
        node.map(|node| Entry { key: child.key().to_owned(), place: place_of(found, header), node })
    });
    Node { data: Data::Table(entries.collect()), place: header.clone() }
}

fn place_of(found: Option<&Entry>, header: &Place) -> Place {
    found.map_or(header, |entry| &entry.place).clone()
}

fn refuse_unknown(path: &str, node: &Node, known: &[Child], findings: &mut Findings) {
    let names: Vec<&str> = known.iter().map(Child::key).collect();
    for entry in node.entries() {
        if !names.contains(&entry.key.as_str()) {
            let remedy = elsewhere(&entry.key, &names);
            findings.place(&entry.place, &join(path, &entry.key), "unknown setting", remedy);
        }
    }
}

/// Remedy for an unknown key: it may belong to another table.
fn elsewhere(key: &str, names: &[&str]) -> String {
    let homes: Vec<&str> =
        SETTINGS.iter().filter(|setting| setting.key() == key).map(|setting| setting.path).collect();
    match homes.as_slice() {
        [] => suggest(key, names),
        homes => format!("it belongs elsewhere: {}", homes[..homes.len().min(4)].join(", ")),
    }
}

/// Fields of an event that its kind does not have.
fn refuse_strangers(
    path: &str,
    kind: &str,
    node: &Node,
    fields: &Option<Vec<&'static str>>,
    findings: &mut Findings,
) {
    let all: Vec<&str> = children("events[]").iter().map(Child::key).collect();
    for entry in node.entries() {
        let path = join(path, &entry.key);
        if !all.contains(&entry.key.as_str()) {
            let known = fields.as_ref().unwrap_or(&all);
            findings.place(&entry.place, &path, "unknown setting", suggest(&entry.key, known));
        } else if let Some(fields) = fields
            && !fields.contains(&entry.key.as_str())
        {
            let remedy = format!("its fields: {}", fields.join(", "));
            let rule = format!("an event of kind {kind} has no such field");
            findings.place(&entry.place, &path, rule, remedy);
        }
    }
}

fn fill_section(
    section: &'static Section,
    path: &str,
    found: Option<&Entry>,
    header: &Place,
    findings: &mut Findings,
) -> Option<Node> {
    let Some(entry) = found else { return absent_section(section, path, header, findings) };
    let fits = match &entry.node.data {
        Data::Table(_) => !section.is_list(),
        Data::List(nodes) => {
            section.is_list() && nodes.iter().all(|node| matches!(node.data, Data::Table(_)))
        }
        _ => false,
    };
    if !fits {
        let (rule, example) = if section.is_list() {
            ("must be a list of tables", format!("[[{}]]", section.key()))
        } else {
            ("must be a table", format!("[{}]", section.path.replace("[]", "")))
        };
        findings.value(&entry.node, path, rule, format!("write {example} on a line of its own"));
        return Some(Node::bare(Data::Bad));
    }
    if section.is_list() {
        Some(list(section, path, entry, findings))
    } else {
        Some(table(section.path, path, &entry.node, &header_of(entry), findings))
    }
}

/// Where a table begins: its key, which is the header's last word.
fn header_of(entry: &Entry) -> Place {
    entry.place.clone()
}

fn list(section: &'static Section, path: &str, entry: &Entry, findings: &mut Findings) -> Node {
    let nodes = entry.node.elements();
    if nodes.len() > section.most {
        let rule = format!("{} elements: at most {}", nodes.len(), section.most);
        findings.place(&nodes[section.most].place, path, rule, "remove some");
        return Node::bare(Data::Bad);
    }
    if nodes.is_empty() && section.absence != Absence::Nothing {
        let rule = "must have at least one element";
        findings.value(&entry.node, path, rule, format!("add a table [[{}]]", section.key()));
        return Node::bare(Data::Bad);
    }
    let filled = nodes.iter().enumerate().map(|(index, node)| {
        let path = element_path(section.key(), index, node);
        table(section.path, &path, node, &node.place, findings)
    });
    Node { data: Data::List(filled.collect()), place: entry.place.clone() }
}

fn absent_section(
    section: &'static Section,
    path: &str,
    header: &Place,
    findings: &mut Findings,
) -> Option<Node> {
    match section.absence {
        Absence::Nothing if section.is_list() => Some(Node::bare(Data::List(Vec::new()))),
        Absence::Nothing => None,
        Absence::Fault => {
            let example = if section.is_list() { "[[platforms]]" } else { "[market]" };
            let remedy = format!("add {example}: {}", section.meaning);
            findings.place(header, path, "missing", remedy);
            Some(Node::bare(Data::Bad))
        }
        Absence::Defaults if section.is_list() => Some(one_element(section, findings)),
        Absence::Defaults => {
            let nothing = Node { data: Data::Table(Vec::new()), place: header.clone() };
            Some(table(section.path, path, &nothing, header, findings))
        }
    }
}

/// The single genre or rights holder of a scenario that names none.
fn one_element(section: &'static Section, findings: &mut Findings) -> Node {
    let mut element = Node::bare(Data::Table(Vec::new()));
    if section.key() == "genres" {
        element.put("name", Node::bare(Data::Text("music".to_owned())));
    } else {
        element.put("name", Node::bare(Data::Text("all".to_owned())));
        element.put("share", Node::bare(Data::Number(1.0)));
    }
    let element = table(section.path, section.key(), &element, &Place::Nowhere, findings);
    Node::bare(Data::List(vec![element]))
}

/// The default of an absent setting; `None` when it stays away.
fn default(setting: &Setting, path: &str, header: &Place, findings: &mut Findings) -> Option<Node> {
    let data = match setting.default {
        Default::Required => {
            let values = crate::scenario::settings::values(setting);
            findings.place(header, path, "missing", format!("{} Give {values}.", setting.meaning));
            Data::Bad
        }
        Default::Number(x) => Data::Number(x),
        Default::Integer(x) => Data::Integer(x.into()),
        Default::Truth(x) => Data::Truth(x),
        Default::Text(x) => Data::Text(x.to_owned()),
        Default::NoShares => Data::Number(0.0),
        // Derived from other settings in `build::derive`.
        Default::Absent | Default::Same(_) | Default::Pairs(_) => return None,
    };
    Some(Node::bare(data))
}

/// A path one word longer.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
