//! The handful of numbers that a reader wants first, per platform and with their intervals.

use serde_json::{Map, Value, json};

use crate::cli::columns;
use crate::report::wording::{NO_PLAN, sells};
use crate::scenario::Scenario;
use crate::table::Table;

/// A number with its confidence interval; NaN where not defined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Mean over the replications.
    pub mean: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// One key number and where it stands.
struct KeyNumber {
    /// Key in JSON.
    name: &'static str,
    /// Heading on a terminal.
    title: &'static str,
    table: &'static str,
    column: &'static str,
    row: Row,
    show: fn(f64) -> String,
}

/// Which row of a platform and of everybody holds a key number.
#[derive(Clone, Copy)]
enum Row {
    /// All joiners at an age in days.
    Age(i64),
    /// The last day.
    Last,
}

const KEY_NUMBERS: [KeyNumber; 4] = [
    KeyNumber {
        name: "home_retention_90",
        title: "still at home after 90 days",
        table: "home_survival",
        column: "survival",
        row: Row::Age(90),
        show: percent,
    },
    KeyNumber {
        name: "conversion_180",
        title: "converted within 180 days",
        table: "conversion",
        column: "converted",
        row: Row::Age(180),
        show: percent,
    },
    KeyNumber {
        name: "paid_ratio",
        title: "payers / MAU at the end",
        table: "activity",
        column: "paid_ratio",
        row: Row::Last,
        show: percent,
    },
    KeyNumber {
        name: "monthly_active",
        title: "MAU at the end",
        table: "activity",
        column: "mau",
        row: Row::Last,
        show: people,
    },
];

/// The key numbers as lines for a terminal: one row a platform.
pub fn lines(scenario: &Scenario, tables: &[Table]) -> String {
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(KEY_NUMBERS.iter().map(|key| key.title.to_owned()));
    for platform in &scenario.platforms {
        let mut row = vec![platform.label.clone()];
        let sells = sells(scenario, &platform.name);
        row.extend(KEY_NUMBERS.iter().map(|key| match key.name {
            "conversion_180" | "paid_ratio" if !sells => NO_PLAN.to_owned(),
            _ => words(key, read(key, tables, &platform.name)),
        }));
        rows.push(row);
    }
    columns::align(&rows)
}

/// The key numbers as a JSON list, one object a platform; null where a number is not defined.
pub fn json(scenario: &Scenario, tables: &[Table]) -> Value {
    let of = |platform: &str| {
        let numbers = KEY_NUMBERS.iter().map(|key| {
            let Interval { mean, low, high } = read(key, tables, platform);
            (key.name.to_owned(), json!({ "mean": mean, "low": low, "high": high }))
        });
        let name = ("platform".to_owned(), Value::from(platform));
        Value::Object(std::iter::once(name).chain(numbers).collect::<Map<_, _>>())
    };
    scenario.platforms.iter().map(|platform| of(&platform.name)).collect()
}

fn read(key: &KeyNumber, tables: &[Table], platform: &str) -> Interval {
    let found = tables.iter().find(|table| table.name == key.table);
    found.and_then(|table| read_row(key, table, platform)).unwrap_or(Interval {
        mean: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
    })
}

fn read_row(key: &KeyNumber, table: &Table, platform: &str) -> Option<Interval> {
    let everybody = [("platform", platform), ("audience", "everybody")];
    let row = match key.row {
        Row::Last => *table.rows_where(&everybody).last()?,
        Row::Age(age) => {
            let ages = table.integers("age");
            let joiners = [everybody[0], everybody[1], ("cohort", "all joiners")];
            table.rows_where(&joiners).into_iter().find(|&row| ages[row] == age)?
        }
    };
    let number = |ending: &str| table.numbers(&format!("{}{ending}", key.column))[row];
    Some(Interval { mean: number(""), low: number("_low"), high: number("_high") })
}

fn words(key: &KeyNumber, interval: Interval) -> String {
    let Interval { mean, low, high } = interval;
    if mean.is_nan() {
        "not defined".to_owned()
    } else if low.is_nan() || high.is_nan() {
        (key.show)(mean)
    } else {
        format!("{} ({} to {})", (key.show)(mean), (key.show)(low), (key.show)(high))
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn people(count: f64) -> String {
    columns::thousands(count.max(0.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Kind, Unit};

    fn survival(rows: &[(&str, &str, i64, f64, f64, f64)]) -> Table {
        let text = |name| (name, Kind::Text, Unit::Label);
        let share = |name| (name, Kind::Number, Unit::Share);
        let age = ("age", Kind::Integer, Unit::Days);
        let columns = [text("platform"), text("audience"), text("cohort"), age];
        let numbers = [share("survival"), share("survival_low"), share("survival_high")];
        let mut table = Table::new("home_survival", "", &[&columns[..], &numbers[..]].concat());
        for &(platform, cohort, age, mean, low, high) in rows {
            let keys = [platform.into(), "everybody".into(), cohort.into(), age.into()];
            table.push(&[&keys[..], &[mean.into(), low.into(), high.into()]].concat());
        }
        table
    }

    #[test]
    fn the_row_of_the_platform_the_cohort_and_the_age_is_read() {
        let table = survival(&[
            ("a", "all joiners", 89, 0.9, 0.8, 1.0),
            ("a", "present at start", 90, 0.7, 0.6, 0.8),
            ("b", "all joiners", 90, 0.5, 0.4, 0.6),
            ("a", "all joiners", 90, 0.62, 0.61, 0.63),
        ]);
        let interval = read(&KEY_NUMBERS[0], &[table], "a");
        assert_eq!(interval, Interval { mean: 0.62, low: 0.61, high: 0.63 });
        assert_eq!(words(&KEY_NUMBERS[0], interval), "62.0 % (61.0 % to 63.0 %)");
    }

    #[test]
    fn what_the_horizon_does_not_reach_is_not_defined() {
        let table = survival(&[("a", "all joiners", 30, 0.9, 0.8, 1.0)]);
        let interval = read(&KEY_NUMBERS[0], &[table], "a");
        assert!(interval.mean.is_nan());
        assert_eq!(words(&KEY_NUMBERS[0], interval), "not defined");
    }

    #[test]
    fn one_replication_has_no_interval() {
        let table = survival(&[("a", "all joiners", 90, 0.5, f64::NAN, f64::NAN)]);
        assert_eq!(words(&KEY_NUMBERS[0], read(&KEY_NUMBERS[0], &[table], "a")), "50.0 %");
    }
}
