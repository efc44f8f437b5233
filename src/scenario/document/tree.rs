//! The tree of a document: owned values, each with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::fault::{clip, printable};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub data: Data,
    /// Where it stands.
    pub place: Place,
}

/// A value of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i128),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A date or time, as written.
    Date(String),
    /// A list, or a list of tables.
    List(Vec<Node>),
    /// A table, in file order.
    Table(Vec<Entry>),
    /// Something already reported as a fault, or missing: nothing may be concluded from it.
    Bad,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Its value.
    pub node: Node,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Bytes of the text.
    Text(Range<usize>),
    /// The command-line option, or the study, that set it.
    Option(String),
    /// Nowhere: a default.
    Nowhere,
}

impl Node {
    /// A value that stands nowhere.
    pub fn bare(data: Data) -> Self {
        Self { data, place: Place::Nowhere }
    }

    /// The value under a key, when this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The value under a key, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.data {
            Data::Table(entries) => {
                entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
            }
            _ => None,
        }
    }

    /// Sets the value under a key of a table; anything but a table stays as it is.
    pub fn put(&mut self, key: &str, node: Node) {
        if let Some(old) = self.get_mut(key) {
            *old = node;
        } else if let Data::Table(entries) = &mut self.data {
            entries.push(Entry { key: key.to_owned(), place: node.place.clone(), node });
        }
    }

    /// Removes a key from a table.
    pub fn remove(&mut self, key: &str) {
        if let Data::Table(entries) = &mut self.data {
            entries.retain(|entry| entry.key != key);
        }
    }

    /// The entries of a table; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a list; empty for anything else.
    pub fn elements(&self) -> &[Node] {
        match &self.data {
            Data::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// The elements of a list, to change.
    pub fn elements_mut(&mut self) -> &mut [Node] {
        match &mut self.data {
            Data::List(nodes) => nodes,
            _ => &mut [],
        }
    }

    /// The text, when it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when it is one, whole or not.
    pub fn number(&self) -> Option<f64> {
        match self.data {
            Data::Number(x) => Some(x),
            Data::Integer(x) => Some(x as f64),
            _ => None,
        }
    }

    /// The whole number, when it is one.
    pub fn integer(&self) -> Option<i64> {
        match self.data {
            Data::Integer(x) => i64::try_from(x).ok(),
            _ => None,
        }
    }

    /// The truth value, when it is one.
    pub fn truth(&self) -> Option<bool> {
        match self.data {
            Data::Truth(x) => Some(x),
            _ => None,
        }
    }

    /// The text under a key.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::text)
    }

    /// The number under a key.
    pub fn number_of(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(Node::number)
    }

    /// The whole number under a key.
    pub fn integer_of(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Node::integer)
    }

    /// Whether a key holds something already reported.
    pub fn is_bad(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| node.data == Data::Bad)
    }
}

impl Data {
    /// The value as a short line of TOML.
    pub fn written(&self) -> String {
        let text = match self {
            Data::Text(text) | Data::Date(text) => format!("\"{}\"", clip(text, 60)),
            Data::Integer(x) => x.to_string(),
            Data::Number(x) => format!("{x:?}"),
            Data::Truth(x) => x.to_string(),
            Data::List(nodes) => {
                let shown: Vec<String> = nodes.iter().take(6).map(|node| node.data.written()).collect();
                format!("[{}]", shown.join(", "))
            }
            Data::Table(_) => "{ … }".to_owned(),
            Data::Bad => String::new(),
        };
        printable(&clip(&text, 60))
    }

    /// The whole value as one line of TOML.
    ///
    /// ```
    /// use ecotone::scenario::document::Patch;
    /// let patch = Patch::new("platforms.a.licences", "{ majors = 0.5, others = [1, true] }", "");
    /// assert_eq!(patch.value.spelled(), "{ \"majors\" = 0.5, \"others\" = [1, true] }");
    /// ```
    pub fn spelled(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Data::Text(text) => quoted(text),
            Data::Date(text) => text.clone(),
            Data::List(nodes) => {
                let all: Vec<String> = nodes.iter().map(|node| node.data.spelled()).collect();
                format!("[{}]", all.join(", "))
            }
            Data::Table(entries) => {
                let entry = |entry: &Entry| format!("{} = {}", quoted(&entry.key), entry.node.data.spelled());
                format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            plain => plain.written(),
        }
    }

    /// What kind of value it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Data::Text(_) => "text",
            Data::Integer(_) => "a whole number",
            Data::Number(_) => "a number",
            Data::Truth(_) => "a truth value",
            Data::Date(_) => "a date or time",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
            Data::Bad => "nothing",
        }
    }
}

/// The tree of a parsed text.
pub fn root(table: &Spanned<DeTable>) -> Node {
    Node { data: Data::Table(entries(table.get_ref())), place: Place::Text(0..0) }
}

fn entries(table: &DeTable) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            place: Place::Text(key.span()),
            node: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| match &entry.place {
        Place::Text(span) => span.start,
        _ => 0,
    });
    entries
}

fn node(value: &Spanned<DeValue>) -> Node {
    let data = match value.get_ref() {
        DeValue::String(text) => Data::Text(text.to_string()),
        DeValue::Integer(x) => match i128::from_str_radix(x.as_str(), x.radix()) {
            Ok(x) => Data::Integer(x),
            Err(_) => Data::Number(f64::INFINITY),
        },
        DeValue::Float(x) => Data::Number(x.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(x) => Data::Truth(*x),
        DeValue::Datetime(x) => Data::Date(x.to_string()),
        DeValue::Array(list) => Data::List(list.iter().map(node).collect()),
        DeValue::Table(table) => Data::Table(entries(table)),
    };
    Node { data, place: Place::Text(value.span()) }
}

/// The value that a text means on a command line: TOML when it is TOML, else the text itself.
///
/// Its places point into that text, and are replaced when the value is set.
pub fn value_of(text: &str) -> Data {
    match DeValue::parse(text.trim()) {
        Ok(value) => node(&value).data,
        Err(_) => Data::Text(text.to_owned()),
    }
}
