//! No text and no patch can make the checker panic, hang, or point outside the file.

use std::path::Path;

use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::scenario::settings::SETTINGS;
use proptest::prelude::*;

const EVERYTHING: &str = include_str!("../scenarios/everything.toml");

/// Values that break careless readers.
const POISON: [&str; 22] = [
    "nan",
    "-inf",
    "-0.0",
    "0",
    "-1",
    "1e18",
    "1e308",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999999999999999999999",
    "true",
    "\"\"",
    "\"网易\"",
    "\"\\u202E\"",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "2021-02-28",
    "\"9999-12-31\"",
    "1979-05-27T07:32:00Z",
];

/// Checks the document; every fault must lie inside the text and every message must be one line.
fn survive(document: &Document) {
    let lines = document.text.lines().count().max(1) + 1;
    for fault in check(document).err().unwrap_or_default() {
        require(fault.line <= lines, &fault.to_string());
        require(!fault.headline().contains('\n'), &fault.to_string());
        require(!fault.rule.is_empty(), &fault.to_string());
    }
}

fn require(holds: bool, message: &str) {
    assert!(holds, "{message}");
}

/// The manual without comments, with the value on one line replaced.
fn poisoned(line: usize, poison: &str) -> String {
    let lines: Vec<&str> =
        EVERYTHING.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).collect();
    let target = lines[line % lines.len()];
    let key = target.split(" = ").next().unwrap_or_default();
    EVERYTHING.replacen(target, &format!("{key} = {poison}"), 1)
}

#[test]
fn every_setting_survives_every_poison() {
    let lines = EVERYTHING.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).count();
    for line in 0..lines {
        for poison in POISON {
            survive(&Document::parse(&poisoned(line, poison), "f.toml", Path::new(".")));
        }
    }
}

#[test]
fn every_setting_survives_poison_by_patch() {
    let whole = Document::parse(EVERYTHING, "f.toml", Path::new("."));
    for setting in SETTINGS {
        for poison in POISON {
            let mut document = whole.clone();
            document.apply(&[Patch::new(&setting.path.replace("[]", "[1]"), poison, "--set")]);
            survive(&document);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn torn_files_survive(from in 0_usize..20_000, length in 0_usize..4_000) {
        let keep = |at: &(usize, char)| at.0 < from || at.0 >= from + length;
        let torn: String = EVERYTHING.char_indices().filter(keep).map(|(_, c)| c).collect();
        survive(&Document::parse(&torn, "f.toml", Path::new(".")));
    }

    #[test]
    fn any_text_survives(text in "(?s).{0,200}") {
        survive(&Document::parse(&text, "f.toml", Path::new(".")));
    }

    #[test]
    fn swapped_lines_survive(a in 0_usize..560, b in 0_usize..560) {
        let mut lines: Vec<&str> = EVERYTHING.lines().collect();
        let count = lines.len();
        lines.swap(a % count, b % count);
        survive(&Document::parse(&lines.join("\r\n"), "f.toml", Path::new(".")));
    }

    #[test]
    fn any_patch_survives(path in "[a-z.\\[\\]0-9_]{0,30}", value in "(?s).{0,30}") {
        let mut document = Document::parse(EVERYTHING, "f.toml", Path::new("."));
        document.apply(&[Patch::new(&path, &value, "--set")]);
        survive(&document);
    }
}
