//! The only shape that results take: named columns of equal length, each with a unit.
//!
//! A table is *long and tidy*: text and integer columns are keys (platform, audience, day …), number
//! columns are values. It knows nothing of users or platforms.

use serde::{Deserialize, Serialize};

/// What the numbers of a column count or measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A name or label.
    Label,
    /// A calendar date, ISO 8601.
    Date,
    /// Whole days.
    Days,
    /// Calendar months or billing cycles.
    Months,
    /// A plain count.
    Count,
    /// Simulated people, scaled to the market's population.
    People,
    /// A change of the number of people, of either sign.
    PeopleChange,
    /// A share or probability in 0..=1.
    Share,
    /// Whether something happened in a run, 1 or 0; over replications how probable it is, in 0..=1.
    Probability,
    /// A plain ratio or index without unit, 0 or more.
    Ratio,
    /// A ratio or index of either sign: a return, a score, a correlation.
    Score,
    /// The scenario's currency.
    Money,
    /// The scenario's currency, of either sign: what is left of money that comes and goes.
    Balance,
    /// The scenario's currency per person and month.
    MoneyPerMonth,
    /// Utility, in nats.
    Nats,
}

impl Unit {
    /// The word that stands in files and on axes.
    ///
    /// ```
    /// assert_eq!(ecotone::table::Unit::Days.word(), "days");
    /// ```
    pub fn word(self) -> &'static str {
        match self {
            Unit::Label => "label",
            Unit::Date => "date",
            Unit::Days => "days",
            Unit::Months => "months",
            Unit::Count => "count",
            Unit::People | Unit::PeopleChange => "people",
            Unit::Share => "share",
            Unit::Probability => "probability",
            Unit::Ratio | Unit::Score => "ratio",
            Unit::Money | Unit::Balance => "currency",
            Unit::MoneyPerMonth => "currency/month",
            Unit::Nats => "nats",
        }
    }
}

/// The cells of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cells {
    /// Text by code into a dictionary of distinct words.
    Text {
        /// The distinct words, in order of first appearance.
        words: Vec<String>,
        /// For every row the index of its word.
        codes: Vec<u32>,
    },
    /// Whole numbers: keys such as a day or an age.
    Integer(Vec<i64>),
    /// Values; NaN means "not defined here".
    Number(Vec<f64>),
}

/// One named column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Lower-case name with underscores, as it stands in files.
    pub name: String,
    /// What its numbers mean.
    pub unit: Unit,
    /// The cells.
    pub cells: Cells,
}

/// A table of results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// File name without ending, for example `home_survival`.
    pub name: String,
    /// One sentence for a reader.
    pub title: String,
    /// Columns of equal length.
    pub columns: Vec<Column>,
}

/// One cell, as handed to [`Table::push`].
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A value; NaN means "not defined here".
    Number(f64),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(text)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Cell::Integer(number)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl Table {
    /// An empty table with text (`Label`, `Date`), integer or number columns.
    ///
    /// Integer columns are given as `("day", Kind::Integer, Unit::Days)`.
    pub fn new(name: &str, title: &str, columns: &[(&str, Kind, Unit)]) -> Self {
        let columns = columns
            .iter()
            .map(|&(name, kind, unit)| Column { name: name.to_owned(), unit, cells: kind.empty() })
            .collect();
        Self { name: name.to_owned(), title: title.to_owned(), columns }
    }

    /// Appends one row.
    ///
    /// # Panics
    /// When the row's length or a cell's kind differs from the columns: a bug in a measure.
    pub fn push(&mut self, row: &[Cell]) {
        assert_eq!(row.len(), self.columns.len(), "table {}: row length", self.name);
        for (column, cell) in self.columns.iter_mut().zip(row) {
            column.push(cell, &self.name);
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The numbers of a number column.
    ///
    /// # Panics
    /// When there is no such number column: a bug in the caller.
    pub fn numbers(&self, name: &str) -> &[f64] {
        match self.column(name).map(|column| &column.cells) {
            Some(Cells::Number(values)) => values,
            _ => panic!("table {}: no number column {name}", self.name),
        }
    }

    /// A number and the ends of its interval, from its column and those with `_low` and `_high` behind its name.
    ///
    /// # Panics
    /// When one of the three is missing: a bug in the caller.
    pub fn estimate(&self, name: &str, row: usize) -> [f64; 3] {
        ["", "_low", "_high"].map(|end| self.numbers(&format!("{name}{end}"))[row])
    }

    /// The whole numbers of an integer column.
    ///
    /// # Panics
    /// When there is no such integer column: a bug in the caller.
    pub fn integers(&self, name: &str) -> &[i64] {
        match self.column(name).map(|column| &column.cells) {
            Some(Cells::Integer(values)) => values,
            _ => panic!("table {}: no integer column {name}", self.name),
        }
    }

    /// The word in a text column at a row.
    ///
    /// # Panics
    /// When there is no such text column: a bug in the caller.
    pub fn word(&self, name: &str, row: usize) -> &str {
        match self.column(name).map(|column| &column.cells) {
            Some(Cells::Text { words, codes }) => &words[codes[row] as usize],
            _ => panic!("table {}: no text column {name}", self.name),
        }
    }

    /// The rows at which every named text column holds the given word, in order.
    pub fn rows_where(&self, wanted: &[(&str, &str)]) -> Vec<usize> {
        (0..self.rows())
            .filter(|&row| wanted.iter().all(|&(name, word)| self.word(name, row) == word))
            .collect()
    }
}

/// The kind of cells that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers, keys.
    Integer,
    /// Values.
    Number,
}

impl Kind {
    fn empty(self) -> Cells {
        match self {
            Kind::Text => Cells::Text { words: Vec::new(), codes: Vec::new() },
            Kind::Integer => Cells::Integer(Vec::new()),
            Kind::Number => Cells::Number(Vec::new()),
        }
    }
}

impl Column {
    /// Number of cells.
    pub fn len(&self) -> usize {
        match &self.cells {
            Cells::Text { codes, .. } => codes.len(),
            Cells::Integer(values) => values.len(),
            Cells::Number(values) => values.len(),
        }
    }

    /// Whether the column has no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn push(&mut self, cell: &Cell, table: &str) {
        match (&mut self.cells, cell) {
            (Cells::Text { words, codes }, Cell::Text(text)) => {
                let code = words.iter().rposition(|word| word == text).unwrap_or_else(|| {
                    words.push((*text).to_owned());
                    words.len() - 1
                });
                codes.push(u32::try_from(code).expect("fewer than 2^32 distinct words"));
            }
            (Cells::Integer(values), Cell::Integer(value)) => values.push(*value),
            (Cells::Number(values), Cell::Number(value)) => values.push(*value),
            _ => panic!("table {table}, column {}: cell of another kind", self.name),
        }
    }
}
