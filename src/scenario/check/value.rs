//! Reads one value: its type, its range, its form.

use super::Findings;
use super::shape::join;
use super::words::{date, identifier, line, lines, name, text, word};
use crate::scenario::document::{Data, Entry, Node};
use crate::scenario::settings::{Default, Kind, Range, Setting, default, interval, plain};

/// A broken rule and its remedy; an empty remedy is replaced by the setting's meaning.
pub type Refusal = (String, String);

/// Whole numbers beyond this are not exact as floats.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The value in its normal form, or `Bad` after a fault.
pub fn read(setting: &Setting, path: &str, node: &Node, findings: &mut Findings) -> Node {
    if setting.kind.by_name().is_some() && !node.entries().is_empty() {
        return shares(setting, path, node, findings);
    }
    match normal(setting, node) {
        Ok(data) => {
            warn_if_unusual(setting, path, &data, findings);
            Node { data, place: node.place.clone() }
        }
        Err((rule, remedy)) => {
            let remedy = if remedy.is_empty() { meaning(setting) } else { remedy };
            findings.value(node, path, rule, remedy);
            Node { data: Data::Bad, place: node.place.clone() }
        }
    }
}

/// What the setting means, and the number that it takes by default.
fn meaning(setting: &Setting) -> String {
    match setting.default {
        Default::Number(_) | Default::Integer(_) => {
            format!("{} Default: {}.", setting.meaning, default(setting))
        }
        _ => setting.meaning.to_owned(),
    }
}

fn warn_if_unusual(setting: &Setting, path: &str, data: &Data, findings: &mut Findings) {
    if let (Some([low, high]), Data::Number(x)) = (setting.plausible, data)
        && *x != 0.0
        && !(low..=high).contains(x)
    {
        let range = interval(&Range::closed(low, high));
        findings.warn(format!("{path} = {}: usual values are {range}: {}", plain(*x), setting.meaning));
    }
}

fn normal(setting: &Setting, node: &Node) -> Result<Data, Refusal> {
    match setting.kind {
        Kind::Number(range) => number(&range, setting.unit, node).map(Data::Number),
        Kind::Integer(low, high) => integer(low, high, setting.unit, node),
        Kind::Truth => match node.data {
            Data::Truth(x) => Ok(Data::Truth(x)),
            _ => Err(wrong("true or false", node)),
        },
        Kind::Text(most) => text(node).and_then(|text| line(text, most)),
        Kind::Lines => lines(node),
        Kind::Identifier => text(node).and_then(identifier),
        Kind::Name => text(node).and_then(name),
        Kind::Date => date(node),
        Kind::Day => match node.data {
            Data::Integer(_) | Data::Number(_) => integer(0, 4_000_000, "days", node),
            _ => date(node),
        },
        Kind::Word(words) => word(words, node),
        Kind::Reference(_) => text(node).map(|text| Data::Text(text.to_owned())),
        Kind::References(list) => references(list, node),
        Kind::Shares(_) | Kind::Amounts(_) => one_for_all(setting, node),
        Kind::Pairs(most) => pairs(most, node),
    }
}

/// The rule that a value of another kind breaks.
pub fn wrong(wanted: &str, node: &Node) -> Refusal {
    (format!("must be {wanted}, not {}", node.data.kind()), String::new())
}

fn with_unit(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" ({unit})") }
}

fn number(range: &Range, unit: &str, node: &Node) -> Result<f64, Refusal> {
    let Some(x) = node.number() else {
        return Err(wrong(&format!("a number{}", with_unit(unit)), node));
    };
    if range.holds(x) { Ok(x + 0.0) } else { Err((number_rule(range, unit, x), String::new())) }
}

/// The rule that a number breaks; of a wide range only the end that matters.
fn number_rule(range: &Range, unit: &str, x: f64) -> String {
    let unit = with_unit(unit);
    if !x.is_finite() {
        return format!("must be a finite number{unit}");
    }
    if range.high <= 1000.0 && range.low >= -1000.0 {
        return format!("must be {}{unit}", interval(range));
    }
    if x > range.low {
        return format!("must be {} {}{unit}", if range.below { "<" } else { "<=" }, plain(range.high));
    }
    format!("must be {} {}{unit}", if range.above { ">" } else { ">=" }, plain(range.low))
}

fn integer(low: i64, high: i64, unit: &str, node: &Node) -> Result<Data, Refusal> {
    let unit = with_unit(unit);
    let x = match node.data {
        Data::Integer(x) => x,
        Data::Number(x) if !x.is_finite() => {
            return Err((format!("must be a finite number{unit}"), String::new()));
        }
        Data::Number(x) if x.fract() == 0.0 && x.abs() <= EXACT => x as i128,
        Data::Number(x) if x.fract() == 0.0 => {
            return Err((whole_rule(low, high, &unit, x > 0.0), String::new()));
        }
        Data::Number(_) => return Err((format!("must be a whole number{unit}"), String::new())),
        _ => return Err(wrong(&format!("a whole number{unit}"), node)),
    };
    if (i128::from(low)..=i128::from(high)).contains(&x) {
        Ok(Data::Integer(x))
    } else {
        Err((whole_rule(low, high, &unit, x > 0), String::new()))
    }
}

fn whole_rule(low: i64, high: i64, unit: &str, is_positive: bool) -> String {
    if low == high {
        format!("must be {low}{unit}")
    } else if high <= 1000 {
        format!("must be in {low}..={high}{unit}")
    } else if is_positive {
        format!("must be <= {high}{unit}")
    } else {
        format!("must be >= {low}{unit}")
    }
}

fn references(list: &str, node: &Node) -> Result<Data, Refusal> {
    let Data::List(nodes) = &node.data else {
        return Err(wrong(&format!("a list of names of {list}"), node));
    };
    if nodes.is_empty() {
        return Err(("names nobody".to_owned(), "leave it out to name all".to_owned()));
    }
    nodes.iter().try_for_each(|node| text(node).map(|_| ()))?;
    Ok(node.data.clone())
}

/// One number for all names, or an empty table.
fn one_for_all(setting: &Setting, node: &Node) -> Result<Data, Refusal> {
    let (list, range) = setting.kind.by_name().expect("numbers by name");
    let (what, unit) = match setting.kind {
        Kind::Shares(_) => ("shares", "share"),
        _ => ("numbers", setting.unit),
    };
    match node.data {
        Data::Table(_) => Ok(Data::Number(0.0)),
        Data::Number(_) | Data::Integer(_) => number(&range, unit, node).map(Data::Number),
        _ => Err(wrong(&format!("{what} by name of the {list}, or one number for all"), node)),
    }
}

fn shares(setting: &Setting, path: &str, node: &Node, findings: &mut Findings) -> Node {
    let (_, range) = setting.kind.by_name().expect("numbers by name");
    let read_one = |entry: &Entry| {
        let path = join(path, &entry.key);
        let data = match number(&range, setting.unit, &entry.node) {
            Ok(x) => Data::Number(x),
            Err((rule, _)) => {
                findings.value(&entry.node, &path, rule, setting.meaning);
                Data::Bad
            }
        };
        Entry { node: Node { data, place: entry.node.place.clone() }, ..entry.clone() }
    };
    Node { data: Data::Table(node.entries().iter().map(read_one).collect()), place: node.place.clone() }
}

fn pairs(most: i64, node: &Node) -> Result<Data, Refusal> {
    let Data::List(pairs) = &node.data else {
        return Err(wrong("a list of [first, last]", node));
    };
    if pairs.len() > 32 {
        return Err(("must have at most 32 brackets".to_owned(), String::new()));
    }
    pairs.iter().map(|node| pair(most, node)).collect::<Result<_, _>>().map(Data::List)
}

fn pair(most: i64, node: &Node) -> Result<Node, Refusal> {
    let example =
        || ("must hold pairs [first, last]".to_owned(), "for example: [[1, 7], [8, 30]]".to_owned());
    let [first, last] = node.elements() else { return Err(example()) };
    let first = integer(0, most, "days", first)?;
    let last = integer(0, most, "days", last)?;
    if let (Data::Integer(a), Data::Integer(b)) = (&first, &last)
        && a > b
    {
        return Err((format!("the bracket [{a}, {b}] ends before it begins"), String::new()));
    }
    Ok(Node::bare(Data::List(vec![Node::bare(first), Node::bare(last)])))
}
