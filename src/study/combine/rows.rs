//! Which rows of several replications belong together: those whose keys, text and integers, agree.

use std::collections::BTreeMap;

use super::is_number;
use crate::table::{Cells, Column, Table};

/// The matched key columns, and for every table the matched row of each of its rows (`None`: row by row).
pub(super) fn match_rows(tables: &[Table]) -> (Vec<Column>, Vec<Option<Vec<usize>>>) {
    let keys = |table: &Table| -> Vec<Column> {
        table.columns.iter().filter(|column| !is_number(column)).cloned().collect()
    };
    let same = |table: &Table| {
        let ours = tables[0].columns.iter().filter(|column| !is_number(column));
        let theirs = table.columns.iter().filter(|column| !is_number(column));
        table.rows() == tables[0].rows() && ours.eq(theirs)
    };
    if tables[1..].iter().all(same) {
        return (keys(&tables[0]), vec![None; tables.len()]);
    }
    let mut union = Union::new(keys(&tables[0]));
    let places = tables.iter().map(|table| Some(union.add(&keys(table), table.rows()))).collect();
    (union.columns, places)
}

/// The union of the keys seen so far.
struct Union {
    /// Key columns; the words of text columns are shared by all tables.
    columns: Vec<Column>,
    /// Every key in order of appearance; shape rows × key columns.
    flat: Vec<i64>,
    /// The row of each key.
    rows: BTreeMap<Vec<i64>, usize>,
}

impl Union {
    /// Nothing yet, with key columns like these.
    fn new(mut columns: Vec<Column>) -> Self {
        for column in &mut columns {
            match &mut column.cells {
                Cells::Text { codes, .. } => codes.clear(),
                Cells::Integer(values) => values.clear(),
                Cells::Number(_) => unreachable!("keys are not numbers"),
            }
        }
        Self { columns, flat: Vec::new(), rows: BTreeMap::new() }
    }

    /// Adds the keys of a table; answers the matched row of each of its rows.
    fn add(&mut self, keys: &[Column], rows: usize) -> Vec<usize> {
        let width = keys.len();
        let codes: Vec<Vec<i64>> =
            self.columns.iter_mut().zip(keys).map(|(union, key)| union_codes(union, key)).collect();
        let mut places = Vec::with_capacity(rows);
        let mut key = vec![0; width];
        let mut guess = 0;
        for row in 0..rows {
            key.iter_mut().zip(&codes).for_each(|(cell, codes)| *cell = codes[row]);
            // Most rows follow each other in every replication: look there before searching.
            let is_next = width > 0 && self.flat.get(guess * width..(guess + 1) * width) == Some(&key[..]);
            let place = if is_next { guess } else { self.find_or_add(&key) };
            places.push(place);
            guess = place + 1;
        }
        places
    }

    /// The row of a key, a new one if it is new.
    fn find_or_add(&mut self, key: &[i64]) -> usize {
        if let Some(&place) = self.rows.get(key) {
            return place;
        }
        let place = self.rows.len();
        self.rows.insert(key.to_vec(), place);
        self.flat.extend_from_slice(key);
        for (column, &cell) in self.columns.iter_mut().zip(key) {
            match &mut column.cells {
                Cells::Text { codes, .. } => codes.push(u32::try_from(cell).expect("a code")),
                Cells::Integer(values) => values.push(cell),
                Cells::Number(_) => unreachable!("keys are not numbers"),
            }
        }
        place
    }
}

/// The cells of a key column as whole numbers: integers themselves, words by their code in the union.
fn union_codes(union: &mut Column, key: &Column) -> Vec<i64> {
    match (&mut union.cells, &key.cells) {
        (Cells::Text { words: known, .. }, Cells::Text { words, codes }) => {
            let mut code_of: BTreeMap<String, i64> = known.iter().cloned().zip(0..).collect();
            let translated: Vec<i64> = words
                .iter()
                .map(|word| {
                    *code_of.entry(word.clone()).or_insert_with(|| {
                        known.push(word.clone());
                        known.len() as i64 - 1
                    })
                })
                .collect();
            codes.iter().map(|&code| translated[code as usize]).collect()
        }
        (Cells::Integer(_), Cells::Integer(values)) => values.clone(),
        _ => panic!("column {}: not the same kind in every replication", key.name),
    }
}
