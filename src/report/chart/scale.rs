//! Round tick marks and their labels, for numbers and for calendar dates.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::report::wording::{grouped, percent};

/// What the numbers on an axis are.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// Shares, shown in per cent.
    Percent,
    /// Whole numbers: days, cycles.
    Whole,
    /// People, money and other numbers that may be millions; the unit's word stands at the top.
    Large(String),
}

impl Measure {
    /// A value as it stands beside the end of a curve, in the unit of an axis up to `end`.
    pub fn write(&self, value: f64, end: f64) -> String {
        match self {
            Measure::Percent => percent(value, 1),
            Measure::Whole => grouped(value, 0),
            Measure::Large(_) => {
                let (divisor, suffix) = magnitude(end);
                let decimals = match (value / divisor).abs() {
                    size if size < 9.995 => 2,
                    size if size < 99.95 => 1,
                    _ => 0,
                };
                format!("{}{suffix}", grouped(value / divisor, decimals))
            }
        }
    }
}

/// A tick: position in data units, label, and whether it begins a year (dates only).
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// First line.
    pub label: String,
    /// Second line; empty except where a date axis names the year.
    pub year: String,
}

/// Upper end of an axis from zero that holds `largest`, with round ticks, at most about `wanted`.
pub fn from_zero(largest: f64, wanted: f64, measure: &Measure) -> (f64, Vec<Tick>) {
    let largest = if largest.is_finite() && largest > 0.0 { largest.min(1e300) } else { 1.0 };
    let step = round_step(largest / wanted);
    let steps = (largest / step - 1e-9).ceil().max(1.0) as u32;
    let end = f64::from(steps) * step;
    let ticks = (0..=steps).map(|index| number_tick(f64::from(index) * step, step, end, measure)).collect();
    (end, ticks)
}

/// Ticks at round numbers inside `low..=high`.
pub fn between(low: f64, high: f64, wanted: f64, measure: &Measure) -> Vec<Tick> {
    let rough = round_step((high - low).max(1e-12) / wanted);
    let step = if *measure == Measure::Whole { whole_step(rough) } else { rough };
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    (first..=last)
        .map(|index| number_tick(index as f64 * step, step, high.abs().max(low.abs()), measure))
        .collect()
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough`.
fn round_step(rough: f64) -> f64 {
    let power = crate::maths::pow(10.0, crate::maths::log10(rough.max(1e-300)).floor());
    [1.0, 2.0, 2.5, 5.0]
        .map(|part| part * power)
        .into_iter()
        .find(|&step| step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// No tick stands between whole numbers, and 2.5 becomes 5.
fn whole_step(step: f64) -> f64 {
    match step {
        step if step <= 1.0 => 1.0,
        step if step < 10.0 && step != step.round() => 5.0,
        step => step,
    }
}

fn number_tick(at: f64, step: f64, end: f64, measure: &Measure) -> Tick {
    let (divisor, suffix) = match measure {
        Measure::Percent => (0.01, "\u{202f}%"),
        Measure::Whole => (1.0, ""),
        Measure::Large(_) => magnitude(end),
    };
    let suffix = if at == 0.0 && matches!(measure, Measure::Large(_)) { "" } else { suffix };
    let shown = step / divisor;
    let decimals = (0..6usize).find(|&places| is_whole(shown * power_of_ten(places))).unwrap_or(6);
    Tick { at, label: format!("{}{suffix}", grouped(at / divisor, decimals)), year: String::new() }
}

/// Divisor and suffix for numbers up to `end`.
fn magnitude(end: f64) -> (f64, &'static str) {
    match end {
        end if end >= 2e9 => (1e9, "\u{202f}bn"),
        end if end >= 2e6 => (1e6, "\u{202f}M"),
        end if end >= 2e4 => (1e3, "\u{202f}k"),
        _ => (1.0, ""),
    }
}

fn power_of_ten(places: usize) -> f64 {
    [1.0, 10.0, 100.0, 1e3, 1e4, 1e5][places.min(5)]
}

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-6 * number.abs().max(1e-6)
}

/// Ticks at firsts of months between two days of a calendar that begins on `start`.
pub fn dates(start: &str, first: f64, last: f64, wanted: f64) -> Vec<Tick> {
    let Ok(start) = start.parse::<Date>() else { return Vec::new() };
    let months = (last - first) / 30.44;
    let steps = [1i32, 2, 3, 6, 12, 24, 60, 120];
    let step = steps.into_iter().find(|&step| months / f64::from(step) <= wanted).unwrap_or(240);
    let mut ticks: Vec<Tick> = Vec::new();
    let mut date = start.first_of_month();
    for _ in 0..4000 {
        let day = f64::from((date - start).get_days());
        if day > last {
            break;
        }
        let month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        if day >= first && month % step == 0 {
            ticks.push(date_tick(date, day, step, ticks.is_empty()));
        }
        let Ok(next) = date.checked_add(1.month()) else { break };
        date = next;
    }
    ticks
}

fn date_tick(date: Date, at: f64, step: i32, is_first: bool) -> Tick {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if step >= 12 {
        return Tick { at, label: date.year().to_string(), year: String::new() };
    }
    let label = MONTHS[usize::from(date.month().unsigned_abs()) - 1].to_owned();
    let year = if is_first || date.month() == 1 { date.year().to_string() } else { String::new() };
    Tick { at, label, year }
}

#[cfg(test)]
mod tests {
    use super::{Measure, Tick, between, dates, from_zero};

    fn labels(ticks: &[Tick]) -> Vec<String> {
        ticks.iter().map(|tick| format!("{}{}", tick.label, tick.year).replace('\u{202f}', " ")).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_data() {
        let (end, ticks) = from_zero(0.223, 5.0, &Measure::Percent);
        assert_eq!(end, 0.25);
        assert_eq!(labels(&ticks), ["0 %", "5 %", "10 %", "15 %", "20 %", "25 %"]);
        let (end, ticks) = from_zero(214e6, 5.0, &Measure::Large("people".to_owned()));
        assert_eq!(end, 250e6);
        assert_eq!(labels(&ticks), ["0", "50 M", "100 M", "150 M", "200 M", "250 M"]);
    }

    #[test]
    fn odd_ranges_still_have_an_axis() {
        for largest in [0.0, -3.0, f64::NAN, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE] {
            let (end, ticks) = from_zero(largest, 5.0, &Measure::Percent);
            assert!(end > 0.0 && end.is_finite() && (2..12).contains(&ticks.len()), "{largest}: {end}");
        }
    }

    #[test]
    fn whole_numbers_have_no_ticks_between_them() {
        assert_eq!(
            labels(&between(0.0, 30.0, 13.0, &Measure::Whole)),
            ["0", "5", "10", "15", "20", "25", "30"]
        );
        assert_eq!(labels(&between(0.0, 2.0, 9.0, &Measure::Whole)), ["0", "1", "2"]);
    }

    /// 2021 has 365 days and 2024 is a leap year: 1 January 2024 is day 1095, 1 January 2025 day 1461.
    #[test]
    fn dates_fall_on_firsts_of_months() {
        let ticks = dates("2021-01-01", 0.0, 1095.0, 8.0);
        assert_eq!(labels(&ticks), ["Jan2021", "Jul", "Jan2022", "Jul", "Jan2023", "Jul", "Jan2024"]);
        assert_eq!(ticks.last().map(|tick| tick.at), Some(1095.0));
        let ticks = dates("2021-01-15", 0.0, 1500.0, 5.0);
        assert_eq!(labels(&ticks), ["2022", "2023", "2024", "2025"]);
        assert_eq!(ticks[3].at, 1461.0 - 14.0);
    }
}
