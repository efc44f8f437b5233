//! Finding a setting by path or by last word, and telling it in words.

use super::{Default, Kind, Range, SETTINGS, Setting};
use crate::scenario::fault;

/// The settings that a word means: the exact path (also a concrete one, such as
/// `platforms.netease.premium.price`), else all whose last word it is.
///
/// # Errors
/// The nearest known paths when there is none.
///
/// ```
/// use ecotone::scenario::settings::find;
/// assert_eq!(find("beta_s").unwrap()[0].path, "choice.beta_s");
/// assert_eq!(find("platforms.netease.premium.price").unwrap()[0].path, "platforms[].premium.price");
/// assert_eq!(find("choice.beta_ss").unwrap_err()[0], "choice.beta_s");
/// ```
pub fn find(name: &str) -> Result<Vec<&'static Setting>, Vec<&'static str>> {
    let exact: Vec<_> = SETTINGS.iter().filter(|setting| is_path(setting, name)).collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let last: Vec<_> = SETTINGS.iter().filter(|setting| setting.key() == name).collect();
    if last.is_empty() { Err(nearest(name)) } else { Ok(last) }
}

/// Whether a concrete path lies under the setting's pattern.
fn is_path(setting: &Setting, name: &str) -> bool {
    if setting.path == name {
        return true;
    }
    let mut words: Vec<&str> = name.split('.').collect();
    let pattern = setting.path.split('.');
    if setting.kind.by_name().is_some() && words.len() == shape(setting.path) + 1 {
        words.pop();
    }
    let mut words = words.into_iter();
    for segment in pattern {
        let Some(word) = words.next() else { return false };
        let Some(list) = segment.strip_suffix("[]") else {
            if segment != word {
                return false;
            }
            continue;
        };
        if word == list {
            if words.next().is_none() {
                return false;
            }
        } else if word != segment && !(word.starts_with(list) && word[list.len()..].starts_with('[')) {
            return false;
        }
    }
    words.next().is_none()
}

/// Number of words of a concrete path of this pattern.
fn shape(path: &str) -> usize {
    path.split('.').map(|segment| if segment.ends_with("[]") { 2 } else { 1 }).sum()
}

fn nearest(name: &str) -> Vec<&'static str> {
    let mut all: Vec<(usize, &str)> =
        SETTINGS.iter().map(|setting| (distance(setting, name), setting.path)).collect();
    all.sort();
    all.into_iter().take(3).map(|(_, path)| path).collect()
}

fn distance(setting: &Setting, name: &str) -> usize {
    let name = fault::clip(name, 60);
    strsim::damerau_levenshtein(setting.path, &name).min(strsim::damerau_levenshtein(setting.key(), &name))
}

/// A setting in a few lines: path, meaning, values, default, source.
///
/// ```
/// use ecotone::scenario::settings::{describe, find};
/// let text = describe(find("choice.lambda_e").unwrap()[0]);
/// assert!(text.starts_with("choice.lambda_e\n  How strongly news"));
/// assert!(text.contains("values   a number in 0..=1 (share)"));
/// assert!(text.contains("default  0.5"));
/// ```
pub fn describe(setting: &Setting) -> String {
    let mut text = format!("{}\n  {}\n", setting.path, setting.meaning);
    text += &format!("  values   {}\n", values(setting));
    text += &format!("  default  {}\n", default(setting));
    if let Some([low, high]) = setting.plausible {
        text += &format!("  usual    {} to {}\n", round(low), round(high));
    }
    if has_source(setting) {
        text += &format!("  source   {}\n", setting.source);
    }
    text
}

/// A setting as the two comment lines that stand above it in the reference manual, `everything.toml`.
///
/// ```
/// use ecotone::scenario::settings::{comment, find};
/// let lines = [
///     "# Worth of having all one's ties on a platform.",
///     "# a number in 0..=1e6 (nat per unit tie share) · default 0.8 · usual 0 to 2 · source: assumption",
/// ];
/// let expected = lines.join("\n");
/// assert_eq!(comment(find("choice.beta_s").unwrap()[0]), expected);
/// ```
pub fn comment(setting: &Setting) -> String {
    let usual = setting
        .plausible
        .map(|[low, high]| format!(" · usual {} to {}", round(low), round(high)))
        .unwrap_or_default();
    let (values, default) = (values(setting), default(setting));
    let source = if has_source(setting) { format!(" · source: {}", setting.source) } else { String::new() };
    format!("# {}\n# {values} · default {default}{usual}{source}", setting.meaning)
}

/// Whether there is a default number that a reader could dispute.
pub fn has_source(setting: &Setting) -> bool {
    matches!(setting.default, Default::Number(_) | Default::Integer(_) | Default::Pairs(_))
}

/// The values that a setting takes, in words, with the unit.
pub fn values(setting: &Setting) -> String {
    let words = match setting.kind {
        Kind::Number(range) => format!("a number {}", interval(&range)),
        Kind::Integer(low, high) if low == high => format!("{low}"),
        Kind::Integer(low, high) => format!("a whole number in {low}..={high}"),
        Kind::Truth => "true or false".to_owned(),
        Kind::Text(most) => format!("text of at most {most} characters"),
        Kind::Lines => "text or a list of lines".to_owned(),
        Kind::Identifier => "lower-case letters, digits, _ and -".to_owned(),
        Kind::Name => "letters, digits, _ and -".to_owned(),
        Kind::Date => "a date such as 2021-07-24".to_owned(),
        Kind::Day => "a day number from 0, or a date such as 2021-07-24".to_owned(),
        Kind::Word(words) => words.join(" | "),
        Kind::Reference(list) => format!("the name of one of the {list}"),
        Kind::References(list) => format!("a list of names of {list}"),
        Kind::Shares(list) => format!("a number in 0..=1 by name of the {list}, or one for all"),
        Kind::Amounts(list) => format!("a number in 0..=1e15 by name of the {list}, or one for all"),
        Kind::Pairs(most) => format!("a list of [first, last] in 0..={most}"),
    };
    if setting.unit.is_empty() { words } else { format!("{words} ({})", setting.unit) }
}

/// An interval in words.
pub fn interval(range: &Range) -> String {
    match (range.above, range.below) {
        (false, false) => format!("in {}..={}", plain(range.low), plain(range.high)),
        (true, false) => format!("> {} and <= {}", plain(range.low), plain(range.high)),
        (false, true) => format!(">= {} and < {}", plain(range.low), plain(range.high)),
        (true, true) => format!("> {} and < {}", plain(range.low), plain(range.high)),
    }
}

/// The default in words.
pub fn default(setting: &Setting) -> String {
    match setting.default {
        Default::Required => "none: the file must say".to_owned(),
        Default::Number(x) => round(x),
        Default::Integer(x) => x.to_string(),
        Default::Truth(x) => x.to_string(),
        Default::Text("") => "empty".to_owned(),
        Default::Text(x) => x.to_owned(),
        Default::Pairs(pairs) => format!("{pairs:?}"),
        Default::NoShares => "0 for every name".to_owned(),
        Default::Absent => "absent".to_owned(),
        Default::Same(other) => format!("that of `{other}`"),
    }
}

/// A number as a person writes it.
pub fn plain(x: f64) -> String {
    if x != 0.0 && (x.abs() >= 1e6 || x.abs() < 1e-4) { format!("{x:e}") } else { format!("{x}") }
}

/// A number with at most four decimals.
fn round(x: f64) -> String {
    let text = format!("{x:.4}");
    if x.abs() >= 1e-3 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { plain(x) }
}
