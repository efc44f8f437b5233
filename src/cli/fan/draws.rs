//! A file of draws: a line of settings, then a draw a line, as written.

use std::fs;
use std::path::Path;

use csv::StringRecord;

use crate::cli::refusal::Refusal;
use crate::scenario::fault::Fault;
use crate::scenario::settings;

/// Longest file of draws that is read, bytes.
const LONGEST: u64 = 64 << 20;
/// Columns that are no settings.
const OTHERS: [&str; 2] = ["draw", WEIGHT];
/// The column that says how much a draw counts.
const WEIGHT: &str = "weight";

/// A file of draws.
pub struct Draws {
    /// The settings, by path.
    pub paths: Vec<String>,
    /// Their values as written; shape draws x paths.
    pub rows: Vec<Vec<String>>,
    /// How much every draw counts.
    weights: Vec<f64>,
}

impl Draws {
    /// Reads a file of draws.
    ///
    /// # Errors
    /// All that is wrong with it at once.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        let name = path.display().to_string();
        let refuse = |rule: String, remedy: &str| Refusal::from(Fault::of_file(&name, &rule, remedy));
        let size = fs::metadata(path).map_err(|error| refuse(format!("cannot be read: {error}"), ""))?.len();
        if size > LONGEST {
            return Err(refuse("is longer than 64 MiB".to_owned(), "take fewer draws"));
        }
        let mut reader =
            csv::Reader::from_path(path).map_err(|error| refuse(format!("cannot be read: {error}"), ""))?;
        let head =
            reader.headers().map_err(|error| refuse(error.to_string(), "the first line names the settings"));
        let mut reading = Reading::new(&name, head?.clone());
        for (at, record) in reader.records().enumerate() {
            reading.line(at + 2, record);
        }
        reading.end()
    }

    /// The rows to take: all of them, or so many, evenly along the sum of their weights.
    pub fn take(&self, wanted: Option<u32>) -> Vec<usize> {
        let Some(count) = wanted else { return (0..self.rows.len()).collect() };
        let all: f64 = self.weights.iter().sum();
        let (mut row, mut sum) = (0, self.weights[0]);
        let pick = |at: u32| {
            let goal = all * (f64::from(at) + 0.5) / f64::from(count);
            while sum < goal && row + 1 < self.rows.len() {
                row += 1;
                sum += self.weights[row];
            }
            row
        };
        (0..count).map(pick).collect()
    }
}

/// What was read so far.
struct Reading<'a> {
    name: &'a str,
    head: StringRecord,
    draws: Draws,
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    /// Reads the line of names.
    fn new(name: &'a str, head: StringRecord) -> Self {
        let draws = Draws { paths: Vec::new(), rows: Vec::new(), weights: Vec::new() };
        let mut reading = Self { name, head, draws, faults: Vec::new() };
        let paths: Vec<String> = reading.head.iter().filter(is_setting).map(str::to_owned).collect();
        for (at, path) in paths.iter().enumerate() {
            if let Err(near) = settings::find(path) {
                let remedy = near.first().map_or(String::new(), |name| format!("did you mean `{name}`?"));
                reading.refuse(1, &format!("no setting is named `{path}`"), &remedy);
            }
            if paths[..at].contains(path) {
                let rule = format!("column {} names `{path}` again", at + 1);
                reading.refuse(1, &rule, "one column a setting");
            }
        }
        if paths.is_empty() {
            reading.refuse(0, "names no setting", "the first line holds paths such as choice.beta_s");
        }
        reading.draws.paths = paths;
        reading
    }

    /// A fault at a line; 0: of the whole file.
    fn refuse(&mut self, line: usize, rule: &str, remedy: &str) {
        let column = usize::from(line > 0);
        self.faults.push(Fault { line, column, ..Fault::of_file(self.name, rule, remedy) });
    }

    /// Reads a draw.
    fn line(&mut self, line: usize, record: csv::Result<StringRecord>) {
        let record = match record {
            Ok(record) => record,
            Err(error) => return self.refuse(line, &error.to_string(), ""),
        };
        let weight = self.head.iter().position(|column| column == WEIGHT).map_or(Some(1.0), |column| {
            record[column].parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0)
        });
        match weight {
            Some(weight) => self.draws.weights.push(weight),
            None => self.refuse(line, "the weight is no number >= 0", ""),
        }
        let cells = self.head.iter().zip(&record).filter(|(column, _)| is_setting(column));
        self.draws.rows.push(cells.map(|(_, cell)| cell.to_owned()).collect());
    }

    /// What was read, unless something is wrong with it.
    fn end(mut self) -> Result<Draws, Refusal> {
        if !self.draws.rows.is_empty() && self.draws.weights.iter().sum::<f64>() <= 0.0 {
            self.refuse(0, "no draw has a weight above 0", "weights are shares, or leave the column out");
        }
        if self.draws.rows.len() < 2 {
            self.refuse(0, "holds fewer than two draws", "one row a draw below the line of names");
        }
        if self.faults.is_empty() { Ok(self.draws) } else { Err(self.faults.into()) }
    }
}

fn is_setting(column: &&str) -> bool {
    !OTHERS.contains(column)
}
