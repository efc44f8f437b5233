//! What a number of a study counts, and how it is written: as a level and as a change.

use crate::report::chart::scale::Measure;
use crate::report::wording::{ABSENT, grouped, money, people, percent};

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A share: levels in per cent, changes in percentage points.
    Share,
    /// A ratio of two equal things: levels and changes in per cent.
    Relative,
    /// People.
    People,
    /// Amounts of this currency.
    Money(String),
    /// Anything else.
    Plain,
}

impl Quantity {
    /// A level, to about three digits.
    ///
    /// ```
    /// use ecotone::report::study::quantity::Quantity;
    /// assert_eq!(Quantity::Share.write(0.6123), "61.2\u{202f}%");
    /// assert_eq!(Quantity::Plain.write(0.012_34), "0.0123");
    /// ```
    pub fn write(&self, value: f64) -> String {
        match self {
            Quantity::Share | Quantity::Relative => percent(value, fine(100.0 * value)),
            Quantity::People => people(value),
            Quantity::Money(currency) => money(value, currency),
            Quantity::Plain => plain(value),
        }
    }

    /// A change, with its sign.
    ///
    /// ```
    /// use ecotone::report::study::quantity::Quantity;
    /// assert_eq!(Quantity::Share.write_change(0.023), "+2.3 points");
    /// assert_eq!(Quantity::People.write_change(-1.2e6), "-1.20 million");
    /// ```
    pub fn write_change(&self, value: f64) -> String {
        match self {
            _ if !value.is_finite() => ABSENT.to_owned(),
            Quantity::Share => format!("{} points", self.write_step(value)),
            _ => self.write_step(value),
        }
    }

    /// The size of a change, without a sign.
    pub fn write_size(&self, value: f64) -> String {
        match self {
            Quantity::Share if value.is_finite() => {
                format!("{} points", grouped(100.0 * value, fine(100.0 * value)))
            }
            _ => self.write(value),
        }
    }

    /// A level in few letters, for narrow places.
    ///
    /// ```
    /// use ecotone::report::study::quantity::Quantity;
    /// assert_eq!(Quantity::People.brief(1.073e6), "1.07\u{202f}M");
    /// ```
    pub fn brief(&self, value: f64) -> String {
        match self {
            Quantity::People if value.is_finite() => abbreviated(value),
            Quantity::Money(_) if value.is_finite() => plain(value),
            _ => self.write(value),
        }
    }

    /// A change in few letters.
    pub fn brief_change(&self, value: f64) -> String {
        let text = match self {
            Quantity::Share | Quantity::Relative | Quantity::Plain => return self.write_change(value),
            other => other.brief(value),
        };
        if value > 0.0 { format!("+{text}") } else { text }
    }

    /// A change with its sign; points without their word.
    fn write_step(&self, value: f64) -> String {
        let text = match self {
            Quantity::Share => grouped(100.0 * value, fine(100.0 * value)),
            other => other.write(value),
        };
        let is_something = text.chars().any(|letter| ('1'..='9').contains(&letter));
        if value > 0.0 && is_something { format!("+{text}") } else { text }
    }

    /// The ticks of an axis of it.
    pub fn measure(&self) -> Measure {
        match self {
            Quantity::Share | Quantity::Relative => Measure::Percent,
            Quantity::People => Measure::Large("people".to_owned()),
            Quantity::Money(currency) => Measure::Large(currency.clone()),
            Quantity::Plain => Measure::Large(String::new()),
        }
    }

    /// The unit of a level in words; empty where the numbers say it.
    pub fn unit(&self) -> &str {
        match self {
            Quantity::People => "people",
            Quantity::Money(currency) => currency,
            _ => "",
        }
    }

    /// The unit of a change in words.
    pub fn change_unit(&self) -> &str {
        match self {
            Quantity::Share => "percentage points",
            Quantity::Relative => "% of control",
            other => other.unit(),
        }
    }
}

/// Decimals of a percentage: two below 1, else one.
fn fine(percentage: f64) -> usize {
    if percentage != 0.0 && percentage.abs() < 0.995 { 2 } else { 1 }
}

/// Three significant digits with a letter for thousands, millions and billions.
fn abbreviated(value: f64) -> String {
    let (divisor, letter) = match value.abs() {
        size if size >= 0.9995e9 => (1e9, "\u{202f}bn"),
        size if size >= 0.9995e6 => (1e6, "\u{202f}M"),
        size if size >= 0.9995e4 => (1e3, "\u{202f}k"),
        _ => return grouped(value, 0),
    };
    let decimals = match (value / divisor).abs() {
        size if size < 9.995 => 2,
        size if size < 99.95 => 1,
        _ => 0,
    };
    format!("{}{letter}", grouped(value / divisor, decimals))
}

/// Three significant digits; very small numbers with an exponent.
pub fn plain(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if !value.is_finite() => ABSENT.to_owned(),
        size if size >= 999.5 => people(value),
        size if size >= 99.95 => grouped(value, 0),
        size if size >= 9.995 => grouped(value, 1),
        size if size >= 0.9995 => grouped(value, 2),
        size if size >= 0.09995 => grouped(value, 3),
        size if size >= 0.001 => grouped(value, 4),
        0.0 => "0".to_owned(),
        _ => format!("{value:.1e}"),
    }
}

/// A tested level of a setting, as short as it can be said.
///
/// ```
/// use ecotone::report::study::quantity::level;
/// assert_eq!(level(0.10), "0.1");
/// assert_eq!(level(1.0 / 3.0), "0.333");
/// ```
pub fn level(value: f64) -> String {
    let text = plain(value);
    if value == value.round() && value.abs() < 1e6 {
        return grouped(value, 0);
    }
    if text.contains('.') && !text.contains('e') && !text.contains(' ') {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
}
