//! A small market for the tests of studies, the program on it, and what it wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use ecotone::scenario::check::{Checked, check};
use ecotone::scenario::document::{Document, Patch};
use ecotone::scenario::fault::Fault;
use ecotone::study::trial::Trial;
use tempfile::TempDir;

/// Two platforms that sell plans; on day 20 the second loses licences (share 0.5 of them stays: nothing is lost).
pub const MARKET: &str = r#"schema = 1
name = "market"

[market]
users = 1000
days = 60
start = "2021-01-01"

[run]
seed = 11
replications = 3

[plans]
w0_premium = -1.0

[[rights_holders]]
name = "majors"
share = 0.7

[[rights_holders]]
name = "independents"
share = 0.3

[[platforms]]
name = "alpha"
alpha = -3.4
open = 0.3
licences = { majors = 0.95, independents = 0.9 }
premium = { price = 15, feature = 1.0, identity = 0.2 }
initial = { share = 0.4, premium = 0.05 }

[[platforms]]
name = "beta"
alpha = -3.0
open = 1.0
licences = { majors = 0.5, independents = 0.8 }
premium = { price = 12, feature = 1.0, identity = 2.0 }
initial = { share = 0.4, premium = 0.08 }

[[events]]
kind = "licence"
day = 20
label = "Licences lost"
platform = "beta"
holder = "majors"
share = 0.5
"#;

/// A folder of its own with `market.toml` in it.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("market.toml"), MARKET).expect("a scenario file");
    folder
}

/// The program with words as a shell splits them at blanks, started in a folder.
pub fn command(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("ecotone"));
    command.current_dir(folder).args(words.split_whitespace());
    command
}

/// What the program says and how it ends.
pub fn ecotone(folder: &Path, words: &str) -> Output {
    command(folder, words).output().expect("the program")
}

/// The program must end with that code; answers what it said on standard output and standard error.
#[track_caller]
pub fn ends(code: i32, folder: &Path, words: &str) -> (String, String) {
    let output = ecotone(folder, words);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{words}\nstdout: {out}\nstderr: {err}");
    (out, err)
}

/// Every file below a folder with its bytes, sorted by path; a folder that is not there has none.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("a readable file"));
        }
    }
    found
}

/// The tables of a result, which must be some.
#[track_caller]
pub fn tables(result: &Path) -> BTreeMap<String, Vec<u8>> {
    let found = files(&result.join("tables"));
    assert!(found.contains_key("results.csv"), "{}: no tables", result.display());
    found
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A row of a CSV table, by column.
pub type Row = BTreeMap<String, String>;

/// The rows of a CSV table of a result.
pub fn rows(result: &Path, table: &str) -> Vec<Row> {
    let path = result.join("tables").join(format!("{table}.csv"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines().map(cells);
    let head = lines.next().expect("a head");
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}

/// The cells of a line; quotes protect commas.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().expect("a cell").push(letter),
        }
    }
    cells
}

/// A number of a row.
#[track_caller]
pub fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {:?} is no number in {row:?}", row[column]))
}

/// The only row that holds these words.
#[track_caller]
pub fn row<'a>(rows: &'a [Row], wanted: &[(&str, &str)]) -> &'a Row {
    let holds = |row: &&Row| wanted.iter().all(|(column, word)| row[*column] == *word);
    let found: Vec<&Row> = rows.iter().filter(holds).collect();
    assert_eq!(found.len(), 1, "{wanted:?}");
    found[0]
}

/// The market, checked, with some settings changed.
pub fn checked(patches: &[(&str, &str)]) -> Checked {
    let mut document = Document::parse(MARKET, "market.toml", Path::new("."));
    let patches: Vec<Patch> =
        patches.iter().map(|(path, value)| Patch::new(path, value, "the test")).collect();
    document.apply(&patches);
    check(&document).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// A trial of the market.
pub fn trial(label: &str, patches: &[(&str, &str)]) -> Trial {
    Trial::new(label, Vec::new(), checked(patches))
}
