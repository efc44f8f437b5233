//! The curves that studies set beside each other: by age since joining, or by day.

use crate::study::outcome::{Outcome, tables_of};
use crate::table::Table;

/// A curve of a platform.
pub struct Curve {
    /// What tables call it.
    pub name: &'static str,
    table: &'static str,
    column: &'static str,
    /// What runs along it: `day`, `age` or `cycle`.
    pub key: &'static str,
    cohort: Option<&'static str>,
}

const fn daily(name: &'static str, column: &'static str) -> Curve {
    Curve { name, table: "activity", column, key: "day", cohort: None }
}

const fn aged(name: &'static str, table: &'static str, column: &'static str, key: &'static str) -> Curve {
    Curve { name, table, column, key, cohort: Some("all joiners") }
}

/// Every curve, in the order of reports.
pub const CURVES: &[Curve] = &[
    aged("home_survival", "home_survival", "survival", "age"),
    aged("conversion", "conversion", "converted", "age"),
    aged("member_retention", "member_retention", "survival", "cycle"),
    daily("share", "share_home"),
    daily("mau", "mau"),
    daily("payers", "payers"),
];

/// x and value of a curve, in the order of its table; undefined values are NaN.
pub type Points = Vec<(i64, f64)>;

/// The measures that the curves and some outcomes read, each once.
pub fn tables_needed(outcomes: &[Outcome]) -> Vec<&'static str> {
    let mut names = tables_of(outcomes);
    names.extend(CURVES.iter().map(|curve| curve.table));
    names.sort_unstable();
    names.dedup();
    names
}

impl Curve {
    /// The curve of a platform among everybody; empty without its table.
    pub fn read(&self, tables: &[Table], platform: &str) -> Points {
        let Some(table) = tables.iter().find(|table| table.name == self.table) else { return Vec::new() };
        let mut wanted = vec![("platform", platform), ("audience", "everybody")];
        wanted.extend(self.cohort.map(|cohort| ("cohort", cohort)));
        let (xs, ys) = (table.integers(self.key), table.numbers(self.column));
        table.rows_where(&wanted).into_iter().map(|row| (xs[row], ys[row])).collect()
    }
}
