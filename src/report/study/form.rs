//! Numbers that stand together, a value and the ends of its interval, written in one form.

use crate::maths::{log10, pow};
use crate::report::reading::Estimate;
use crate::report::study::quantity::{Quantity, plain};
use crate::report::wording::{ABSENT, grouped};

/// Decimals beyond the usual ones where an interval is narrower than a digit.
const FINER: i32 = 2;

/// How numbers that stand together are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    divisor: f64,
    /// Digits after the point; below zero, digits before it that are rounded away.
    decimals: i32,
    unit: String,
    is_tiny: bool,
}

impl Form {
    /// A number without its unit.
    pub fn write(&self, value: f64) -> String {
        if !value.is_finite() {
            return ABSENT.to_owned();
        }
        if self.is_tiny {
            return plain(value);
        }
        let value = value / self.divisor;
        match usize::try_from(self.decimals) {
            Ok(decimals) => grouped(value, decimals),
            Err(_) => {
                let grain = pow(10.0, f64::from(-self.decimals));
                grouped((value / grain).round() * grain, 0)
            }
        }
    }

    /// A number with its unit.
    pub fn write_with_unit(&self, value: f64) -> String {
        format!("{}{}", self.write(value), if value.is_finite() { self.unit.as_str() } else { "" })
    }

    /// A number with its sign.
    fn signed(&self, value: f64) -> String {
        let text = self.write(value);
        let is_something = text.chars().any(|letter| ('1'..='9').contains(&letter));
        if value > 0.0 && is_something { format!("+{text}") } else { text }
    }
}

impl Quantity {
    /// The form of these numbers: scaled by the largest, three digits of it, more where they differ by less.
    pub fn form(&self, numbers: &[f64]) -> Form {
        let finite = || numbers.iter().copied().filter(|number| number.is_finite());
        let largest = finite().map(f64::abs).fold(0.0, f64::max).min(1e300);
        let (divisor, word) = match (self, largest) {
            (Quantity::Share | Quantity::Relative, _) => (0.01, "\u{202f}%"),
            (_, largest) if largest >= 0.9995e9 => (1e9, " billion"),
            (_, largest) if largest >= 0.9995e6 => (1e6, " million"),
            _ => (1.0, ""),
        };
        let unit = match self {
            Quantity::Money(currency) => format!("{word}\u{a0}{currency}"),
            _ => word.to_owned(),
        };
        let decimals = self.decimals(largest / divisor, divisor);
        let low = finite().fold(f64::INFINITY, f64::min);
        let span = (finite().fold(f64::NEG_INFINITY, f64::max) - low) / divisor;
        let finer = if span > 0.0 && decimals >= 0 {
            (0..FINER).take_while(|&more| pow(10.0, f64::from(-decimals - more)) > span / 2.0).count()
        } else {
            0
        };
        Form {
            divisor,
            decimals: decimals + i32::try_from(finer).unwrap_or(0),
            unit,
            is_tiny: *self == Quantity::Plain && largest < 0.001,
        }
    }

    /// Digits after the point for a number of that size.
    fn decimals(&self, size: f64, divisor: f64) -> i32 {
        let three = if size > 0.0 { 2 - log10(size * 1.0005).floor() as i32 } else { 0 };
        match self {
            Quantity::Share | Quantity::Relative => {
                if size > 0.0 && size < 0.995 {
                    2
                } else {
                    1
                }
            }
            Quantity::Money(_) if size < 1_000.0 && divisor == 1.0 => 2,
            Quantity::People if divisor == 1.0 => three.min(0),
            _ => three.min(6),
        }
    }

    /// A level with its interval; shares end at 0 and 100 %, people and money at 0.
    ///
    /// ```
    /// use ecotone::report::{reading::Estimate, study::quantity::Quantity};
    /// let share = Estimate { value: 0.238, low: 0.197, high: 0.279 };
    /// assert_eq!(Quantity::Share.level_with(&share), "23.8\u{202f}% (19.7 to 27.9)");
    /// let people = Estimate { value: 808_333.0, low: 442_455.0, high: 1.17e6 };
    /// assert_eq!(Quantity::People.level_with(&people), "0.81 million (0.44 to 1.17)");
    /// ```
    pub fn level_with(&self, found: &Estimate) -> String {
        let (least, most) = match self {
            Quantity::Share => (0.0, 1.0),
            Quantity::People => (0.0, f64::INFINITY),
            Quantity::Money(_) if found.value >= 0.0 => (0.0, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let inside = |value: f64| if value.is_finite() { value.clamp(least, most) } else { value };
        let (low, high) = (inside(found.low), inside(found.high));
        let form = self.form(&[found.value, low, high]);
        let value = form.write_with_unit(found.value);
        if found.has_band() {
            format!("{value} ({} to {})", form.write(low), form.write(high))
        } else {
            value
        }
    }

    /// A change with its sign and its interval, shares in percentage points.
    ///
    /// ```
    /// use ecotone::report::{reading::Estimate, study::quantity::Quantity};
    /// let change = Estimate { value: -0.021, low: -0.0232, high: -0.0188 };
    /// assert_eq!(Quantity::Share.change_with(&change), "-2.1 points (-2.3 to -1.9)");
    /// let people = Estimate { value: -1.1e6, low: -1.02e7, high: 8e6 };
    /// assert_eq!(Quantity::People.change_with(&people), "-1.1 million (-10.2 to +8.0)");
    /// ```
    pub fn change_with(&self, change: &Estimate) -> String {
        let form = self.change_form(change);
        let value = format!("{}{}", form.signed(change.value), form.unit);
        if change.has_band() {
            format!("{value} ({} to {})", form.signed(change.low), form.signed(change.high))
        } else {
            value
        }
    }

    /// The size of a change with its interval, shares in percentage points.
    pub fn size_with(&self, size: &Estimate) -> String {
        let form = self.change_form(size);
        let value = form.write_with_unit(size.value);
        if size.has_band() {
            format!("{value} ({} to {})", form.write(size.low.max(0.0)), form.write(size.high))
        } else {
            value
        }
    }

    fn change_form(&self, change: &Estimate) -> Form {
        let form = self.form(&[change.value, change.low, change.high]);
        if *self == Quantity::Share { Form { unit: " points".to_owned(), ..form } } else { form }
    }
}
