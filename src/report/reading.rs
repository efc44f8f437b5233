//! Reads curves and cells out of a story's tables without ever failing: what is absent is undefined.

use crate::report::Story;
use crate::scenario::calendar::Calendar;
use crate::table::{Cells, Table};

/// One value with its interval; NaN where undefined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean over replications.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Day, age, cycle …
    pub x: f64,
    /// The value.
    pub y: Estimate,
}

impl Estimate {
    /// A value without an interval.
    pub fn bare(value: f64) -> Self {
        Self { value, low: f64::NAN, high: f64::NAN }
    }

    /// Whether there is an interval.
    pub fn has_band(&self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }
}

/// The story's table of that name.
pub fn table<'a>(story: &Story<'a>, name: &str) -> Option<&'a Table> {
    story.tables.iter().find(|table| table.name == name)
}

/// The rows whose text columns hold the wanted words; none when a column is missing.
pub fn rows(table: &Table, wanted: &[(&str, &str)]) -> Vec<usize> {
    let mut filters = Vec::new();
    for &(name, word) in wanted {
        let Some(Cells::Text { words, codes }) = table.column(name).map(|column| &column.cells) else {
            return Vec::new();
        };
        let Some(code) = words.iter().position(|candidate| candidate == word) else { return Vec::new() };
        filters.push((codes, code));
    }
    (0..table.rows())
        .filter(|&row| filters.iter().all(|(codes, code)| codes[row] as usize == *code))
        .collect()
}

/// The word in a text column; empty when there is no such column.
pub fn word<'a>(table: &'a Table, name: &str, row: usize) -> &'a str {
    match table.column(name).map(|column| &column.cells) {
        Some(Cells::Text { words, codes }) => &words[codes[row] as usize],
        _ => "",
    }
}

/// The distinct words of a text column in order of appearance.
pub fn words(table: &Table, name: &str) -> Vec<String> {
    match table.column(name).map(|column| &column.cells) {
        Some(Cells::Text { words, .. }) => words.clone(),
        _ => Vec::new(),
    }
}

/// The number in an integer or number column; NaN when there is no such column.
pub fn number(table: &Table, name: &str, row: usize) -> f64 {
    match table.column(name).map(|column| &column.cells) {
        Some(Cells::Number(values)) => values[row],
        Some(Cells::Integer(values)) => values[row] as f64,
        _ => f64::NAN,
    }
}

/// The value of a column and its `_low`, `_high` companions.
pub fn estimate(table: &Table, name: &str, row: usize) -> Estimate {
    Estimate {
        value: number(table, name, row),
        low: number(table, &format!("{name}_low"), row),
        high: number(table, &format!("{name}_high"), row),
    }
}

/// The curve `y` over `x` at the wanted rows, in the table's order, from its first to its last defined point.
///
/// Undefined points between them stay: a line is cut there.
pub fn curve(story: &Story, name: &str, wanted: &[(&str, &str)], x: &str, y: &str) -> Vec<Point> {
    let Some(table) = table(story, name) else { return Vec::new() };
    let (low, high) = (format!("{y}_low"), format!("{y}_high"));
    let mut points: Vec<Point> = rows(table, wanted)
        .into_iter()
        .map(|row| Point {
            x: position(story, table, x, row),
            y: Estimate {
                value: number(table, y, row),
                low: number(table, &low, row),
                high: number(table, &high, row),
            },
        })
        .filter(|point| point.x.is_finite())
        .collect();
    trim(&mut points);
    points
}

/// Takes undefined points off both ends.
pub fn trim(points: &mut Vec<Point>) {
    let is_defined = |point: &Point| point.y.value.is_finite();
    points.truncate(points.iter().rposition(is_defined).map_or(0, |last| last + 1));
    points.drain(..points.iter().position(is_defined).unwrap_or(0));
}

/// The estimate at the row with that age (day, cycle), if it is defined.
pub fn at(story: &Story, name: &str, wanted: &[(&str, &str)], x: (&str, i64), y: &str) -> Option<Estimate> {
    let table = table(story, name)?;
    let row = rows(table, wanted).into_iter().find(|&row| number(table, x.0, row) == x.1 as f64)?;
    Some(estimate(table, y, row)).filter(|found| found.value.is_finite())
}

/// A month such as `2021-02` stands at the day of its middle.
fn position(story: &Story, table: &Table, x: &str, row: usize) -> f64 {
    match table.column(x).map(|column| &column.cells) {
        Some(Cells::Text { .. }) => month_middle(story, word(table, x, row)),
        _ => number(table, x, row),
    }
}

fn month_middle(story: &Story, month: &str) -> f64 {
    let market = &story.scenario.market;
    let calendar = Calendar::new(&market.start, market.days);
    (0..calendar.months())
        .find(|&index| calendar.month_name(index) == month)
        .map_or(f64::NAN, |index| f64::from(calendar.month_start(index) + calendar.month_end(index)) / 2.0)
}
