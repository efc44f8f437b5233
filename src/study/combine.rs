//! The same table of several replications, combined into means with bands.

use crate::parallel::map_indices;
use crate::stats::intervals::t_critical;
use crate::stats::mean_bootstrap::FEWEST;
use crate::study::values::{bootstrap, cut, proportion};
use crate::table::{Cells, Column, Table, Unit};

mod rows;

use rows::match_rows;

/// Name of the column that counts replications.
const REPLICATIONS: &str = "replications";

/// Combines the same table of several replications.
///
/// Rows are matched by their key columns (text and integers); the rows of the first replication come first,
/// in its order, then those that only later replications have. Every number column `x` becomes the mean `x`
/// and the ends `x_low`, `x_high` of its interval at `confidence`: Student's t, or for ratios and money per month with at
/// least 8 replications the BCa bootstrap, since their law is skewed (Efron 1987), or for probabilities Wilson's score interval of
/// the share of replications in which it happened. Columns that already end in `_low` or `_high` are only averaged. No tables give an empty table.
///
/// A value has a mean and an interval only where *every* replication has it defined, else they are NaN. Were it
/// averaged over the replications that have it, a curve would change its replications on the way and could
/// rise where every single curve falls (the last cycles are reached in few replications), and a fit would
/// describe only the replications that could be fitted. The last column, `replications`, says why: of the
/// numbers of the row that any replication has defined, the one that fewest have counts. One replication gives
/// means without intervals.
///
/// No interval leaves what its unit allows: shares are cut at 0 and 1; people, counts and money, durations, ratios
/// and parameters of a shape too, at 0. That is the simplest rule for the t interval of a value close to its bound; it makes the interval
/// shorter, never wider. Scores, changes of people, balances of money and utilities are not cut.
///
/// ```
/// use ecotone::table::{Kind, Table, Unit};
/// let replication = |users: f64| {
///     let columns = [("day", Kind::Integer, Unit::Days), ("users", Kind::Number, Unit::People)];
///     let mut table = Table::new("activity", "Users by day", &columns);
///     table.push(&[0_i64.into(), users.into()]);
///     table
/// };
/// let band = ecotone::study::combine::combine(&[replication(1.0), replication(3.0)], 0.95);
/// assert_eq!(band.numbers("users"), [2.0]);
/// // 2 + 12.7062 · sqrt(2) / sqrt(2)
/// assert!((band.numbers("users_high")[0] - 14.7062047).abs() < 1e-6);
/// assert_eq!(band.integers("replications"), [2]);
/// ```
pub fn combine(tables: &[Table], confidence: f64) -> Table {
    let Some(first) = tables.first() else {
        return Table::new("", "", &[]);
    };
    let (keys, places) = match_rows(tables);
    let rows = keys.first().map_or_else(|| first.rows(), Column::len);
    let critical = t_critical(tables.len(), confidence);
    let mut columns = keys;
    let mut replications = vec![0; rows];
    for (at, column) in first.columns.iter().enumerate().filter(|(_, column)| is_number(column)) {
        let lists: Vec<&[f64]> = tables.iter().map(|table| numbers(&table.columns[at])).collect();
        let moments = Moments::new(&lists, &places, rows);
        for (fewest, &count) in replications.iter_mut().zip(&moments.counts).filter(|(_, count)| **count > 0)
        {
            let count = i64::from(count);
            *fewest = if *fewest == 0 { count } else { count.min(*fewest) };
        }
        let mut found = moments.columns(column, critical);
        if let Some([mean, low, high]) = found.first_chunk_mut::<3>() {
            match column.unit {
                Unit::Probability => counted(mean, tables.len(), confidence, [low, high]),
                _ if is_skewed(column, tables.len()) => {
                    bootstrapped(&lists, &places, confidence, [low, high]);
                }
                _ => {}
            }
        }
        columns.extend(found);
    }
    columns.push(integer_column(replications));
    Table { name: first.name.clone(), title: first.title.clone(), columns }
}

/// Whether a column holds values rather than keys.
fn is_number(column: &Column) -> bool {
    matches!(column.cells, Cells::Number(_))
}

/// The values of a number column; every replication has the columns of the first.
fn numbers(column: &Column) -> &[f64] {
    match &column.cells {
        Cells::Number(values) => values,
        _ => panic!("column {}: not the same kind in every replication", column.name),
    }
}

/// The column that counts replications.
fn integer_column(counts: Vec<i64>) -> Column {
    Column { name: REPLICATIONS.to_owned(), unit: Unit::Count, cells: Cells::Integer(counts) }
}

/// Mean and spread of one column, row by row.
struct Moments {
    /// Replications in which the value is defined.
    counts: Vec<u32>,
    /// Mean of the values; NaN unless every replication has one.
    means: Vec<f64>,
    /// Sum of squared distances from the mean.
    squares: Vec<f64>,
}

impl Moments {
    /// Of the values of every replication; `places` gives the matched row of each row.
    fn new(lists: &[&[f64]], places: &[Option<Vec<usize>>], rows: usize) -> Self {
        let mut counts = vec![0_u32; rows];
        let mut means = vec![0.0; rows];
        each_defined(lists, places, |row, value| {
            counts[row] += 1;
            means[row] += value;
        });
        for (mean, &count) in means.iter_mut().zip(&counts) {
            *mean = if count as usize == lists.len() { *mean / f64::from(count) } else { f64::NAN };
        }
        let mut squares = vec![0.0; rows];
        each_defined(lists, places, |row, value| squares[row] += (value - means[row]) * (value - means[row]));
        Self { counts, means, squares }
    }

    /// The mean, and unless the column is itself an end of an interval, the ends of the mean's interval.
    fn columns(self, column: &Column, critical: f64) -> Vec<Column> {
        let named = |ending: &str, values| Column {
            name: format!("{}{ending}", column.name),
            unit: column.unit,
            cells: Cells::Number(values),
        };
        if column.name.ends_with("_low") || column.name.ends_with("_high") {
            return vec![named("", self.means)];
        }
        let half = |row: usize| {
            let count = f64::from(self.counts[row]);
            critical * (self.squares[row] / (count - 1.0) / count).sqrt()
        };
        let end = |sign: f64| {
            let cut = |row| cut(self.means[row] + sign * half(row), column.unit);
            (0..self.means.len()).map(cut).collect()
        };
        let (low, high) = (end(-1.0), end(1.0));
        vec![named("", self.means), named("_low", low), named("_high", high)]
    }
}

/// Whether a column's law is skewed, so that its interval is bootstrapped.
fn is_skewed(column: &Column, replications: usize) -> bool {
    matches!(column.unit, Unit::Ratio | Unit::Score | Unit::MoneyPerMonth) && replications >= FEWEST
}

/// Replaces the ends of intervals by those of the bootstrap, where every replication has a value.
fn bootstrapped(lists: &[&[f64]], places: &[Option<Vec<usize>>], confidence: f64, ends: [&mut Column; 2]) {
    let unit = ends[0].unit;
    let [Cells::Number(low), Cells::Number(high)] = ends.map(|column| &mut column.cells) else { return };
    let count = lists.len();
    let mut values = vec![f64::NAN; low.len() * count];
    for (replication, (list, places)) in lists.iter().zip(places).enumerate() {
        for (row, &value) in list.iter().enumerate() {
            values[places.as_ref().map_or(row, |places| places[row]) * count + replication] = value;
        }
    }
    let bootstrap = bootstrap(count, confidence);
    let found = map_indices(low.len(), |row| {
        let values = &values[row * count..][..count];
        let known = values.iter().all(|value| value.is_finite());
        known.then(|| bootstrap.interval(values))
    });
    for (row, found) in found.into_iter().enumerate() {
        if let Some(found) = found {
            (low[row], high[row]) = (cut(found.low, unit), cut(found.high, unit));
        }
    }
}

/// Replaces the ends of intervals by those of Wilson's for a proportion, where every replication has a value.
fn counted(mean: &Column, replications: usize, confidence: f64, ends: [&mut Column; 2]) {
    let Cells::Number(means) = &mean.cells else { return };
    let [Cells::Number(low), Cells::Number(high)] = ends.map(|column| &mut column.cells) else { return };
    for (row, &mean) in means.iter().enumerate().filter(|(_, mean)| !mean.is_nan()) {
        let found = proportion(mean, replications, confidence);
        (low[row], high[row]) = (found.low, found.high);
    }
}

/// Calls with the matched row and the value of every defined value, replication by replication.
fn each_defined(lists: &[&[f64]], places: &[Option<Vec<usize>>], mut each: impl FnMut(usize, f64)) {
    for (values, places) in lists.iter().zip(places) {
        for (row, &value) in values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            each(places.as_ref().map_or(row, |places| places[row]), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Kind};

    /// Platform, day, survival, greenwood_low; NaN for a missing value.
    fn table(rows: &[(&str, i64, f64, f64)]) -> Table {
        let columns = [
            ("platform", Kind::Text, Unit::Label),
            ("day", Kind::Integer, Unit::Days),
            ("survival", Kind::Number, Unit::Share),
            ("greenwood_low", Kind::Number, Unit::Share),
        ];
        let mut table = Table::new("home_survival", "Survival", &columns);
        for &(platform, day, survival, low) in rows {
            table.push(&[Cell::Text(platform), day.into(), survival.into(), low.into()]);
        }
        table
    }

    #[test]
    fn bands_are_t_intervals() {
        let values = [0.1, 0.2, 0.3, 0.4, 0.5];
        let tables: Vec<Table> = values.iter().map(|&value| table(&[("a", 0, value, value)])).collect();
        let band = combine(&tables, 0.95);
        let names: Vec<&str> = band.columns.iter().map(|column| column.name.as_str()).collect();
        let expected =
            ["platform", "day", "survival", "survival_low", "survival_high", "greenwood_low", "replications"];
        assert_eq!(names, expected);
        // 0.3 ± 2.7764451052 · sqrt(0.025 / 5)
        assert!((band.numbers("survival_low")[0] - 0.1036756838522).abs() < 1e-9);
        assert!((band.numbers("survival_high")[0] - 0.4963243161478).abs() < 1e-9);
        assert!((band.numbers("greenwood_low")[0] - 0.3).abs() < 1e-12);
        assert_eq!(band.integers("replications"), [5]);
    }

    #[test]
    fn one_replication_has_no_band() {
        let band = combine(&[table(&[("a", 0, 0.5, 0.4)])], 0.95);
        assert_eq!(band.numbers("survival"), [0.5]);
        assert!(band.numbers("survival_low")[0].is_nan() && band.numbers("survival_high")[0].is_nan());
        assert_eq!(band.integers("replications"), [1]);
    }

    #[test]
    fn what_a_replication_lacks_is_not_averaged() {
        let nan = f64::NAN;
        let tables = [
            table(&[("a", 0, 0.2, 0.1), ("a", 1, nan, nan), ("a", 2, 0.2, 0.1)]),
            table(&[("a", 0, 0.4, 0.3), ("a", 1, nan, nan), ("a", 2, 0.2, nan)]),
            table(&[("a", 0, nan, nan), ("a", 1, nan, nan), ("a", 2, 0.2, nan)]),
        ];
        let band = combine(&tables, 0.95);
        for name in ["survival", "survival_low", "survival_high"] {
            assert!(band.numbers(name)[0].is_nan() && band.numbers(name)[1].is_nan(), "{name}");
        }
        assert!(
            (band.numbers("survival")[2] - 0.2).abs() < 1e-12 && band.numbers("greenwood_low")[2].is_nan()
        );
        assert_eq!(band.integers("replications"), [2, 0, 1]);
    }

    #[test]
    fn a_curve_that_falls_in_every_replication_falls_in_the_combination() {
        // The second market's curve is higher and the only one to reach ages 3 and 4: their mean would rise.
        let curve = |values: &[f64]| {
            let rows: Vec<_> = values.iter().zip(0..).map(|(&share, age)| ("a", age, share, share)).collect();
            table(&rows)
        };
        let nan = f64::NAN;
        let tables =
            [curve(&[1.0, 0.5, 0.1]), curve(&[1.0, 0.9, 0.8, 0.7, 0.6]), curve(&[1.0, 0.4, 0.05, nan, nan])];
        let band = combine(&tables, 0.95);
        let means = band.numbers("survival");
        assert!(means[..3].windows(2).all(|pair| pair[1] < pair[0]), "{means:?}");
        assert!(means[3..].iter().all(|mean| mean.is_nan()), "{means:?}");
        assert_eq!(band.integers("replications"), [3, 3, 3, 1, 1]);
    }

    #[test]
    fn intervals_stay_inside_what_their_unit_allows() {
        let columns = [
            ("rare", Kind::Number, Unit::Share),
            ("common", Kind::Number, Unit::Share),
            ("people", Kind::Number, Unit::People),
            ("count", Kind::Number, Unit::Count),
            ("money", Kind::Number, Unit::Money),
            ("ratio", Kind::Number, Unit::Ratio),
            ("score", Kind::Number, Unit::Score),
            ("net", Kind::Number, Unit::PeopleChange),
        ];
        let replication = |small: f64, share: f64| {
            let mut table = Table::new("t", "T", &columns);
            table.push(&[share, 1.0 - share, small, small, small, small, small, small].map(Cell::Number));
            table
        };
        let band = combine(&[replication(1.0, 0.0), replication(3.0, 0.01)], 0.95);
        for name in ["rare", "people", "count", "money", "ratio"] {
            assert_eq!(band.numbers(&format!("{name}_low")), [0.0], "{name}");
        }
        assert_eq!(band.numbers("common_high"), [1.0]);
        // 2 - 12.7062047362 · sqrt(2) / sqrt(2)
        for name in ["net", "score"] {
            let low = band.numbers(&format!("{name}_low"))[0];
            assert!((low + 10.7062047362).abs() < 1e-9, "{name}");
        }
        assert!((band.numbers("people_high")[0] - 14.7062047362).abs() < 1e-9);
    }

    #[test]
    fn what_happened_in_some_replications_has_wilsons_interval() {
        let columns =
            [("success", Kind::Number, Unit::Probability), ("sure", Kind::Number, Unit::Probability)];
        let replication = |happened: f64| {
            let mut table = Table::new("t", "T", &columns);
            table.push(&[happened.into(), 1.0.into()]);
            table
        };
        let tables: Vec<Table> = (0..10).map(|number| replication(f64::from(u8::from(number < 3)))).collect();
        let band = combine(&tables, 0.95);
        // R 4.2.2, prop.test(3, 10, correct = FALSE) and prop.test(10, 10, correct = FALSE).
        let expected = [0.107_791_267_406, 0.603_221_852_539, 0.722_467_200_137, 1.0];
        let found =
            ["success_low", "success_high", "sure_low", "sure_high"].map(|name| band.numbers(name)[0]);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        }
        assert!(combine(&tables[..1], 0.95).numbers("success_low")[0].is_nan());
    }

    #[test]
    fn a_loss_keeps_its_interval() {
        let replication = |profit: f64| {
            let mut table = Table::new("t", "T", &[("profit", Kind::Number, Unit::Balance)]);
            table.push(&[profit.into()]);
            table
        };
        let band = combine(&[replication(-10.0), replication(-11.0)], 0.95);
        // -10.5 ± 12.7062047362 · 0.5
        assert!((band.numbers("profit_high")[0] + 4.146_897_631_9).abs() < 1e-8);
    }

    #[test]
    fn rows_missing_in_some_replications_are_matched_by_key() {
        let tables = [
            table(&[("a", 0, 1.0, 0.0), ("a", 2, 0.6, 0.0), ("c", 0, 0.9, 0.0)]),
            // Another order of words: codes differ, words decide.
            table(&[("b", 0, 0.7, 0.0), ("a", 0, 0.8, 0.0), ("a", 1, 0.5, 0.0), ("a", 2, 0.4, 0.0)]),
        ];
        let band = combine(&tables, 0.95);
        let rows: Vec<(&str, i64)> =
            (0..band.rows()).map(|row| (band.word("platform", row), band.integers("day")[row])).collect();
        assert_eq!(rows, [("a", 0), ("a", 2), ("c", 0), ("b", 0), ("a", 1)]);
        let found = band.numbers("survival");
        assert!((found[0] - 0.9).abs() < 1e-12 && (found[1] - 0.5).abs() < 1e-12, "{found:?}");
        assert!(found[2..].iter().all(|mean| mean.is_nan()), "{found:?}");
        assert_eq!(band.integers("replications"), [2, 2, 1, 1, 1]);
    }

    #[test]
    fn empty_tables_stay_empty() {
        let band = combine(&[table(&[]), table(&[])], 0.95);
        assert_eq!((band.rows(), band.columns.len()), (0, 7));
        assert_eq!(combine(&[], 0.95).rows(), 0);
    }
}
