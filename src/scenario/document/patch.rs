//! Setting a value by path, before the check: options of the command line, points of a study.

use super::tree::{Data, Entry, Node, Place, value_of};
use crate::scenario::fault::suggest;

/// A value to set at a path.
///
/// Elements of lists are found by name (`platforms.netease.premium.price`), events also by label, or by
/// number from 1 (`events[2].share`).
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    /// Path of the setting.
    pub path: String,
    /// The new value.
    pub value: Data,
    /// Who asks, for messages: `--users`, `sweep`.
    pub origin: String,
}

/// Keys of which a table holds only one: setting one removes the other.
const RIVALS: [(&str, &str); 2] = [("days", "end"), ("day", "date")];

impl Patch {
    /// A patch from text: TOML when it is TOML (`1e6`, `true`, `"text"`), else the text itself.
    pub fn new(path: &str, text: &str, origin: &str) -> Self {
        Self { path: path.to_owned(), value: value_of(text), origin: origin.to_owned() }
    }

    /// A patch with a number.
    pub fn number(path: &str, value: f64, origin: &str) -> Self {
        Self { path: path.to_owned(), value: Data::Number(value), origin: origin.to_owned() }
    }
}

/// A rule that is broken, and its remedy.
type Refusal = (String, String);

/// Sets the value; tables on the way are made when absent. Whether the path is known is the checker's
/// question.
pub fn set(tree: &mut Node, path: &str, value: Node) -> Result<(), Refusal> {
    let mut node = tree;
    let mut words = path.split('.').peekable();
    while let Some(word) = words.next() {
        if word.is_empty() {
            return Err(("not a path".to_owned(), "write a path such as choice.beta_s".to_owned()));
        }
        if words.peek().is_none() && !matches!(node.data, Data::List(_)) {
            return assign(node, word, value);
        }
        node = step(node, word, value.place.clone())?;
    }
    Err(("names an element of a list, not a setting".to_owned(), format!("write {path}.…")))
}

/// The value, all of it set by one option.
pub fn placed(data: &Data, place: &Place) -> Node {
    let data = match data {
        Data::List(nodes) => Data::List(nodes.iter().map(|node| placed(&node.data, place)).collect()),
        Data::Table(entries) => {
            let entry = |entry: &Entry| Entry {
                key: entry.key.clone(),
                place: place.clone(),
                node: placed(&entry.node.data, place),
            };
            Data::Table(entries.iter().map(entry).collect())
        }
        data => data.clone(),
    };
    Node { data, place: place.clone() }
}

fn assign(node: &mut Node, key: &str, value: Node) -> Result<(), Refusal> {
    if !matches!(node.data, Data::Table(_)) {
        return Err(not_a_table(node, key));
    }
    for (one, other) in RIVALS {
        if key == one {
            node.remove(other);
        } else if key == other {
            node.remove(one);
        }
    }
    node.put(key, value);
    Ok(())
}

fn step<'a>(node: &'a mut Node, word: &str, place: Place) -> Result<&'a mut Node, Refusal> {
    match &node.data {
        Data::List(_) => element(node, word),
        Data::Table(_) => match word.split_once('[') {
            Some((key, number)) => numbered(node, key, number),
            None => {
                if node.get(word).is_none() {
                    node.put(word, Node { data: Data::Table(Vec::new()), place });
                }
                Ok(node.get_mut(word).expect("just put"))
            }
        },
        _ => Err(not_a_table(node, word)),
    }
}

/// An element by its name or label.
fn element<'a>(node: &'a mut Node, word: &str) -> Result<&'a mut Node, Refusal> {
    let names: Vec<Option<String>> = node.elements().iter().map(name_of).collect();
    match names.iter().position(|name| name.as_deref() == Some(word)) {
        Some(index) => Ok(&mut node.elements_mut()[index]),
        None => {
            let known: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
            Err((format!("no element is named `{word}`"), suggest(word, &known)))
        }
    }
}

fn name_of(node: &Node) -> Option<String> {
    node.text_of("name").or(node.text_of("label")).map(str::to_owned)
}

/// An element by its number, from 1: `events[2]`.
fn numbered<'a>(node: &'a mut Node, key: &str, number: &str) -> Result<&'a mut Node, Refusal> {
    let list = node.get_mut(key).map(Node::elements_mut).unwrap_or_default();
    let most = list.len();
    let index = number.strip_suffix(']').and_then(|number| number.parse::<usize>().ok());
    match index.and_then(|index| index.checked_sub(1)).filter(|&index| index < most) {
        Some(index) => Ok(&mut list[index]),
        None => Err((format!("`{key}` has {most} elements, counted from 1"), String::new())),
    }
}

fn not_a_table(node: &Node, word: &str) -> Refusal {
    let rule = format!("cannot set `{word}` inside {}", node.data.kind());
    (rule, "give the shares by name in the file, or set all of them".to_owned())
}
