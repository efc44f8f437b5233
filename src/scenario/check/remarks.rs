//! What a file says of its settings in comments, beside a value or else right above it: authors name sources there.

use serde_json::{Map, Value};

use super::shape::join;
use crate::scenario::document::{Data, Document, Entry, Node, Place};
use crate::scenario::fault::printable;
use crate::scenario::settings::{SETTINGS, Setting, comment};

/// Longest remark that is kept, characters.
const LONGEST: usize = 200;
/// So many signs beside each other are a rule.
const RULE: usize = 3;

/// The remarks of a document by place, `platforms.netease.aware`; elements without a name go by their number from 1.
///
/// What is said beside or above a table in braces holds for all in it; a value that an option or a treatment sets has
/// no remark, nor do the words of the program's own manual count as one.
pub fn remarks(document: &Document) -> Value {
    let mut reader = Reader { document, found: Map::new() };
    reader.table(&document.tree, ("", ""), None);
    Value::Object(reader.found)
}

struct Reader<'a> {
    document: &'a Document,
    found: Map<String, Value>,
}

impl Reader<'_> {
    /// `pattern` is the path in the table of settings, `place` that with names; `around` was said of the whole table.
    fn table(&mut self, table: &Node, (pattern, place): (&str, &str), around: Option<&str>) {
        for entry in table.entries() {
            let (pattern, place) = (join(pattern, &entry.key), join(place, &entry.key));
            let setting = SETTINGS.iter().find(|setting| setting.path == pattern);
            let said = self.said(entry, setting).or_else(|| around.map(str::to_owned));
            match (&entry.node.data, setting) {
                (_, Some(_)) => {
                    if let (Some(said), Place::Text(_)) = (said, &entry.node.place) {
                        self.found.insert(place, said.into());
                    }
                }
                (Data::Table(_), _) => {
                    let said = said.filter(|_| self.is_in_braces(&entry.node));
                    self.table(&entry.node, (&pattern, &place), said.as_deref());
                }
                (Data::List(elements), _) => {
                    for (index, element) in elements.iter().enumerate() {
                        let name = element.text_of("name").map_or((index + 1).to_string(), str::to_owned);
                        let said = said.as_deref().filter(|_| self.is_in_braces(element));
                        self.table(element, (&format!("{pattern}[]"), &join(&place, &name)), said);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_in_braces(&self, node: &Node) -> bool {
        let Place::Text(span) = &node.place else { return false };
        self.document.text.get(span.start..).is_some_and(|text| text.starts_with('{'))
    }

    /// The comment of one key and its value.
    fn said(&self, entry: &Entry, setting: Option<&Setting>) -> Option<String> {
        let (Place::Text(key), Place::Text(value)) = (&entry.place, &entry.node.place) else { return None };
        let text = &self.document.text;
        let words = beside(text.get(value.end..)?).or_else(|| above(text.get(..key.start)?, setting))?;
        Some(cut(&printable(&words)))
    }
}

/// The comment that ends the line of a value.
fn beside(after: &str) -> Option<String> {
    let line = after.lines().next()?.trim_start_matches([' ', '\t', ',', '}', ']']);
    Some(bare(line.strip_prefix('#')?)).filter(|words| !words.is_empty())
}

/// The comment in the lines right above a key that begins its line.
fn above(before: &str, setting: Option<&Setting>) -> Option<String> {
    let start = before.rfind('\n')? + 1;
    if before[start..].contains(['{', '[', ',', '=']) {
        return None;
    }
    let lines = before[..start].lines().rev().map_while(|line| line.trim().strip_prefix('#'));
    let mut lines: Vec<&str> = lines.take_while(|line| !is_switched_off(line)).collect();
    lines.reverse();
    let manual = setting.filter(|_| !lines.is_empty()).map(comment).unwrap_or_default();
    let is_own = |line: &&&str| manual.lines().any(|own| own.trim_start_matches('#').trim() == line.trim());
    let words: Vec<String> = lines
        .iter()
        .filter(|line| !line.starts_with(':') && !is_own(line))
        .map(|line| bare(line))
        .filter(|line| !line.is_empty())
        .collect();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

/// Whether a comment is a setting that somebody took out: what stands above it was said of that.
fn is_switched_off(line: &str) -> bool {
    let is_path = |key: &str| {
        !key.is_empty() && key.chars().all(|it| it.is_ascii_lowercase() || "0123456789_.-".contains(it))
    };
    line.split_once('=').is_some_and(|(key, _)| is_path(key.trim()))
}

/// Without rules such as `----` around the words; a sign before a number stays.
fn bare(line: &str) -> String {
    let is_rule = |letter: char| "#-=*".contains(letter);
    let unruled = |words: &str, rest: &str| words.len() - rest.len() >= RULE;
    let words = line.trim();
    let rest = words.trim_start_matches(is_rule);
    let words = if unruled(words, rest) { rest } else { words };
    let rest = words.trim_end_matches(is_rule);
    if unruled(words, rest) { rest } else { words }.trim().to_owned()
}

/// At most so long, cut between words where there are some.
fn cut(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(LONGEST) else { return words.to_owned() };
    let kept = &words[..end];
    let blank = kept.rfind(' ').filter(|&blank| blank > end / 2).unwrap_or(end);
    format!("{} …", kept[..blank].trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check::check;
    use crate::scenario::document::Patch;

    const FILE: &str = r##"
schema = 1
name = "remarked"
[market] # not of a setting
users = 1000
days = 20 # definition # of the run
# T045, not said of users
# users = 7

# A heading, a blank line away.

[choice]
# ---- T048; assumption ----
#:schema nothing
# in two lines
beta_s = 0.5
beta_c = 4.0
# said of what was taken out
# beta_u = 0.2
chi = 1.0 # -2 in a former version
# Worth of the best recommender against none.
# my own words
beta_r = 0.4   #   =SUM(A1) <b>&amp;</b>
[[platforms]]
name = "p"
# above
licences = 0.5
# not of the share alone
initial = { share = 1.0,
    premium = 0.0 }   # fitted
premium = { price = 3.0, feature = 0.1 } # T146: "price"
"##;

    fn said(patches: &[Patch]) -> Value {
        let mut document = Document::parse(FILE, "f.toml", ".".as_ref());
        document.apply(patches);
        check(&document).expect("a sound scenario").remarks
    }

    #[test]
    fn a_value_is_remarked_beside_or_else_above_and_a_table_in_braces_as_a_whole() {
        let expected = serde_json::json!({
            "market.days": "definition # of the run",
            "choice.beta_s": "T048; assumption in two lines",
            "choice.chi": "-2 in a former version",
            "choice.beta_r": "=SUM(A1) <b>&amp;</b>",
            "platforms.p.licences": "above",
            "platforms.p.initial.share": "fitted",
            "platforms.p.initial.premium": "fitted",
            "platforms.p.premium.price": "T146: \"price\"",
            "platforms.p.premium.feature": "T146: \"price\"",
        });
        assert_eq!(said(&[]), expected);
    }

    #[test]
    fn a_value_that_an_option_sets_is_not_what_the_file_speaks_of() {
        let set = |path| Patch::new(path, "0.25", "--set");
        let said = said(&[set("choice.beta_s"), set("platforms.p.premium.price")]);
        assert!(
            said.get("choice.beta_s").is_none() && said.get("platforms.p.premium.price").is_none(),
            "{said}"
        );
        assert_eq!(said["platforms.p.premium.feature"], "T146: \"price\"");
    }

    #[test]
    fn long_and_hostile_remarks_are_cut_and_harmless() {
        let long = "word, ".repeat(60);
        let text = FILE.replace("# fitted", &format!("# {long}")).replace("# definition", "# a\u{202e}b\tc");
        let said = check(&Document::parse(&text, "f.toml", ".".as_ref())).expect("a sound scenario").remarks;
        assert_eq!(said["market.days"], "a\u{fffd}b c # of the run");
        let cut = said["platforms.p.initial.share"].as_str().expect("a remark");
        assert!(cut.ends_with("word …") && (190..=202).contains(&cut.chars().count()), "{cut}");
        let unbroken = "网".repeat(400);
        assert_eq!(super::cut(&unbroken).chars().filter(|&it| it == '网').count(), 200);
    }
}
