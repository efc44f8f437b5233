//! The settings that a study varied, read from the columns of its tables.

use crate::report::chart::typeface::{shorten, width};
use crate::report::reading::{number, word};
use crate::report::study::quantity::level;
use crate::report::wording::{label, plain};
use crate::scenario::Scenario;
use crate::scenario::settings::{SETTINGS, Setting};
use crate::table::{Cells, Column, Table};

/// A varied setting: a column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// Path, also the name of the column.
    pub path: String,
    /// The distinct levels: numbers in rising order, words in order of appearance.
    pub levels: Levels,
}

/// The levels of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Words.
    Words(Vec<String>),
}

/// The settings of a table, the columns that are `fixed` left out; those with one level vary nothing.
pub fn varied(table: &Table, fixed: &[&str]) -> Vec<Varied> {
    let columns = table.columns.iter().filter(|column| !fixed.contains(&column.name.as_str()));
    columns.map(read).filter(|setting| setting.count() > 1).collect()
}

fn read(column: &Column) -> Varied {
    let levels = match &column.cells {
        Cells::Text { words, codes } => {
            let used = |code: usize| codes.iter().any(|&it| it as usize == code);
            let words = words.iter().enumerate().filter(|(code, _)| used(*code));
            Levels::Words(words.map(|(_, word)| word.clone()).collect())
        }
        Cells::Integer(values) => Levels::Numbers(distinct(values.iter().map(|&value| value as f64))),
        Cells::Number(values) => Levels::Numbers(distinct(values.iter().copied())),
    };
    Varied { path: column.name.clone(), levels }
}

/// Finite numbers in rising order, each once.
fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

impl Varied {
    /// Number of levels.
    pub fn count(&self) -> usize {
        match &self.levels {
            Levels::Numbers(values) => values.len(),
            Levels::Words(words) => words.len(),
        }
    }

    /// Whether its levels are numbers.
    pub fn is_numeric(&self) -> bool {
        matches!(self.levels, Levels::Numbers(_))
    }

    /// The levels in words.
    pub fn words(&self) -> Vec<String> {
        match &self.levels {
            Levels::Numbers(values) => values.iter().map(|&value| level(value)).collect(),
            Levels::Words(words) => words.clone(),
        }
    }

    /// Position of the level at a row of a table that has the column.
    pub fn position(&self, table: &Table, row: usize) -> Option<usize> {
        match &self.levels {
            Levels::Numbers(values) => {
                let here = number(table, &self.path, row);
                values.iter().position(|&value| value == here)
            }
            Levels::Words(words) => words.iter().position(|it| it == word(table, &self.path, row)),
        }
    }

    /// Meaning and unit, for an axis.
    pub fn title(&self, scenario: &Scenario) -> String {
        let spoken = spoken(scenario, &self.path);
        match unit(&self.path) {
            "" => spoken,
            unit => format!("{spoken} ({})", unit.replace("currency", &scenario.market.currency)),
        }
    }
}

/// The schema's entry for a path such as `platforms.netease.premium.price`.
pub fn schema(path: &str) -> Option<&'static Setting> {
    let wanted: Vec<&str> = path.split('.').collect();
    SETTINGS.iter().find(|setting| {
        // An element of a list is named behind the list: `platforms[]` stands for two segments.
        let own: Vec<&str> = setting
            .path
            .split('.')
            .flat_map(|part| part.strip_suffix("[]").map_or_else(|| vec![part], |list| vec![list, "*"]))
            .collect();
        own.len() == wanted.len() && own.iter().zip(&wanted).all(|(own, given)| *own == "*" || own == given)
    })
}

/// The unit of a setting; empty when it has none or is unknown.
pub fn unit(path: &str) -> &'static str {
    schema(path).map_or("", |setting| setting.unit)
}

/// Path and unit of a setting.
pub fn named(path: &str) -> String {
    let unit = unit(path);
    if unit.is_empty() { plain(path) } else { format!("{}, {unit}", plain(path)) }
}

/// A setting by its meaning, the label before a platform's own and the name behind an entry's: `NetEase · Price of the
/// premium plan`; by its path where nobody knows its meaning.
pub fn spoken(scenario: &Scenario, path: &str) -> String {
    let (known, entry) = match (schema(path), path.rsplit_once('.')) {
        (None, Some((list, entry))) => (schema(list), Some(entry)),
        (found, _) => (found, None),
    };
    let Some(setting) = known else { return plain(path) };
    let own = path.split_once('.').and_then(|(_, rest)| rest.split_once('.'));
    let owner = own.filter(|_| setting.path.contains("[]")).map(|(name, _)| label(scenario, name));
    let parts = owner.into_iter().chain([meaning(setting)]).chain(entry);
    plain(&parts.collect::<Vec<&str>>().join(" · "))
}

/// What a setting means, without what is said beside it.
fn meaning(setting: &Setting) -> &'static str {
    let text = setting.meaning.trim_end_matches('.');
    let ends = [";", " (", ", ", ". "].into_iter().filter_map(|mark| text.find(mark));
    &text[..ends.min().unwrap_or(text.len())]
}

/// The meaning of a setting in one line; what does not fit is cut, the platform's label first.
pub fn told(scenario: &Scenario, path: &str, (room, size): (f64, f64)) -> String {
    let spoken = spoken(scenario, path);
    let Some((owner, rest)) = spoken.split_once(" · ") else { return shorten(&spoken, room, size) };
    let behind = format!(" · {rest}");
    let left = (room - width(&behind, size)).max(5.0 * size);
    shorten(&(shorten(owner, left, size) + &behind), room, size)
}

/// The same inside a sentence: it begins small, and whose it is stands behind: `price of the premium plan (NetEase)`.
pub fn in_sentence(scenario: &Scenario, path: &str) -> String {
    let spoken = spoken(scenario, path);
    if spoken == plain(path) {
        return spoken;
    }
    let parts: Vec<&str> = spoken.split(" · ").collect();
    match parts.as_slice() {
        [owner, meaning, rest @ ..] => {
            let whose: Vec<&str> = std::iter::once(*owner).chain(rest.iter().copied()).collect();
            format!("{} ({})", small(meaning), whose.join(", "))
        }
        _ => small(&spoken),
    }
}

fn small(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A path in one line; what does not fit loses its beginning.
///
/// ```
/// use ecotone::report::study::setting::tail;
/// assert_eq!(tail("choice.beta_s", 200.0, 11.0), "choice.beta_s");
/// assert_eq!(tail("platforms.netease.premium.price", 110.0, 11.0), "…premium.price");
/// ```
pub fn tail(path: &str, room: f64, size: f64) -> String {
    let path = plain(path);
    if width(&path, size) <= room {
        return path;
    }
    let mut tails = path.match_indices('.').map(|(at, _)| format!("…{}", &path[at + 1..]));
    let fitting = tails.find(|tail| width(tail, size) <= room);
    let last = path.rsplit('.').next().unwrap_or_default();
    fitting.unwrap_or_else(|| shorten(last, room, size))
}
