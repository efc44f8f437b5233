//! What a setting is: path, kind, unit, range, default, meaning, source; and how to find one by name.
//!
//! The settings themselves stand once, in `table`. The checker, the defaults, `explain` and the JSON
//! Schema all read that one table.

mod find;
mod table;

pub use find::{comment, default, describe, find, has_source, interval, plain, values};
pub use table::{SECTIONS, SETTINGS};

/// One setting of a scenario file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Where it stands: `choice.beta_s`, `platforms[].premium.price`; `[]` means "of each element".
    pub path: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// Unit in words; empty for text.
    pub unit: &'static str,
    /// What holds when the file does not say.
    pub default: Default,
    /// Values that were meant when the model was written; outside them the checker warns. Zero, which
    /// switches a term off, never warns.
    pub plausible: Option<[f64; 2]>,
    /// One sentence.
    pub meaning: &'static str,
    /// Where the default comes from: a citation or the word "assumption".
    pub source: &'static str,
}

/// The values that a setting takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number in a range.
    Number(Range),
    /// A whole number, both ends included; `1e6` counts as whole.
    Integer(i64, i64),
    /// `true` or `false`.
    Truth,
    /// One line of text of at most so many characters.
    Text(usize),
    /// Text, or a list of lines.
    Lines,
    /// Lower-case letters, digits, `_`, `-`.
    Identifier,
    /// A name inside the scenario: letters of any script, digits, `_`, `-`.
    Name,
    /// A calendar date.
    Date,
    /// A day number from 0, or a calendar date.
    Day,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of an element of this list.
    Reference(&'static str),
    /// Names of elements of this list.
    References(&'static str),
    /// Shares in 0..=1 by name of the elements of this list, or one number for all of them.
    Shares(&'static str),
    /// Sums of money by name of the elements of this list, or one for all of them.
    Amounts(&'static str),
    /// List of `[first, last]` pairs of whole numbers in 0..=this.
    Pairs(i64),
}

/// An interval of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the lower end itself is refused.
    pub above: bool,
    /// Whether the upper end itself is refused.
    pub below: bool,
}

/// What holds when the file does not say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// The file must say.
    Required,
    /// This number.
    Number(f64),
    /// This whole number.
    Integer(i64),
    /// This truth value.
    Truth(bool),
    /// This text.
    Text(&'static str),
    /// These pairs.
    Pairs(&'static [[i64; 2]]),
    /// Zero for every name.
    NoShares,
    /// Nothing: the setting stays away.
    Absent,
    /// The value of another setting, in words.
    Same(&'static str),
}

/// A table, or a list of tables, of a scenario file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// Where it stands; a trailing `[]` marks a list.
    pub path: &'static str,
    /// What holds when the file leaves it out.
    pub absence: Absence,
    /// Greatest number of elements of a list.
    pub most: usize,
    /// One sentence.
    pub meaning: &'static str,
}

/// What an absent section means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It is filled with defaults.
    Defaults,
    /// A fault.
    Fault,
    /// It stays away.
    Nothing,
}

impl Kind {
    /// The list by whose names there is a number each, and the range of those numbers.
    pub fn by_name(self) -> Option<(&'static str, Range)> {
        match self {
            Kind::Shares(list) => Some((list, Range::closed(0.0, 1.0))),
            Kind::Amounts(list) => Some((list, Range::closed(0.0, 1e15))),
            _ => None,
        }
    }
}

impl Range {
    /// Both ends included.
    pub const fn closed(low: f64, high: f64) -> Self {
        Self { low, high, above: false, below: false }
    }

    /// Greater than `low`, at most `high`.
    pub const fn above(low: f64, high: f64) -> Self {
        Self { low, high, above: true, below: false }
    }

    /// At least `low`, smaller than `high`.
    pub const fn below(low: f64, high: f64) -> Self {
        Self { low, high, above: false, below: true }
    }

    /// Whether a finite number lies inside.
    ///
    /// ```
    /// use ecotone::scenario::settings::Range;
    /// assert!(Range::closed(0.0, 1.0).holds(1.0));
    /// assert!(!Range::below(0.0, 1.0).holds(1.0));
    /// assert!(!Range::closed(0.0, 1.0).holds(f64::NAN));
    /// ```
    pub fn holds(&self, x: f64) -> bool {
        let low = if self.above { x > self.low } else { x >= self.low };
        let high = if self.below { x < self.high } else { x <= self.high };
        low && high
    }
}

impl Setting {
    /// The last segment of the path.
    pub fn key(&self) -> &'static str {
        self.path.rsplit('.').next().expect("a path has a segment")
    }

    /// The path of the table that holds the setting; empty at the top.
    pub fn parent(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(parent, _)| parent)
    }
}

impl Section {
    /// The last segment of the path, without `[]`.
    pub fn key(&self) -> &'static str {
        self.path.rsplit('.').next().expect("a path has a segment").trim_end_matches("[]")
    }

    /// The path of the table that holds the section; empty at the top.
    pub fn parent(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(parent, _)| parent)
    }

    /// Whether it is a list of tables.
    pub fn is_list(&self) -> bool {
        self.path.ends_with("[]")
    }
}
