//! Who may know whom: the order of the rooms, and words that only certain rooms may say.
//!
//! Comments, doc examples and string literals do not count. Every rule is shown to bite on a sample.

use std::path::Path;

/// The rooms from the ground up; each may use those before it, never those after.
const ROOMS: [&str; 14] = [
    "maths",
    "random",
    "parallel",
    "table",
    "stats",
    "equations",
    "scenario",
    "world",
    "dynamics",
    "engine",
    "measure",
    "study",
    "report",
    "cli",
];

/// Prose only; uses nothing and is used by nobody.
const PROSE: &str = "guide";

/// Words that only some places may say.
struct Rule {
    name: &'static str,
    words: &'static [&'static str],
    /// Beginnings of the paths below `src/` to which the rule applies; empty: everywhere.
    within: &'static [&'static str],
    /// Beginnings of the paths below `src/` that are exempt.
    except: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        name: "printing and exiting only in cli",
        words: &[
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
            "dbg!",
            "process::exit",
            "process::abort",
            "process::Command",
            "stdout",
            "stderr",
        ],
        within: &[],
        except: &["cli/", "main.rs"],
    },
    Rule {
        name: "arguments and environment only in cli",
        words: &["std::env", "env::args", "env::var"],
        within: &[],
        except: &["cli/", "main.rs"],
    },
    Rule {
        name: "files only in cli, report and the scenario document",
        words: &["std::fs", "fs::", "File", "OpenOptions", "create_dir_all", "read_to_string"],
        within: &[],
        except: &["cli/", "report/", "scenario/document"],
    },
    Rule {
        name: "threads only in parallel.rs",
        words: &["rayon", "std::thread", "thread::", "par_iter", "par_iter_mut", "into_par_iter"],
        within: &[],
        except: &["parallel.rs"],
    },
    Rule {
        name: "clocks only in cli",
        words: &["Instant", "SystemTime", "Zoned::now", "Timestamp::now"],
        within: &[],
        except: &["cli/"],
    },
    Rule {
        name: "no hashed collections: iteration order is part of a result",
        words: &["HashMap", "HashSet", "RandomState"],
        within: &[],
        except: &[],
    },
    Rule {
        name: "a checked scenario cannot fail: no Result",
        words: &["Result"],
        within: &["equations/", "world/", "dynamics/", "engine/", "measure/"],
        except: &[],
    },
    Rule {
        name: "mathematics through crate::maths: the same bits on every processor",
        words: &[
            ".exp()",
            ".exp2()",
            ".exp_m1()",
            ".ln()",
            ".ln_1p()",
            ".log(",
            ".log2()",
            ".log10()",
            ".powf(",
            ".powi(",
            ".sin()",
            ".cos()",
            ".tan()",
            ".tanh()",
            ".sinh()",
            ".cosh()",
            ".cbrt()",
            ".hypot(",
            "f64::exp",
            "f64::ln",
            "f64::powf",
            "f64::powi",
            "f64::log2",
            "f64::log10",
            "libm",
        ],
        within: &[],
        except: &["maths.rs"],
    },
    Rule { name: "no unsafe", words: &["unsafe"], within: &[], except: &[] },
];

/// Everything that is wrong with a file; `path` counts from `src/`.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let code = strip(text);
    let mut found = uses(path, &code);
    for rule in RULES {
        let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| path.starts_with(beginning));
        if starts(rule.except) || !(rule.within.is_empty() || starts(rule.within)) {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            for word in rule.words.iter().filter(|word| says(line, word)) {
                found.push(format!("src/{path}:{}: `{word}`: {}", number + 1, rule.name));
            }
        }
    }
    found
}

/// The room of a file: the first segment of its path.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// Uses of rooms above, of the crate's root, and of the crate by its outer name.
fn uses(path: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let own = room(path);
    if own == "lib" || own == "main" {
        return found;
    }
    let level = ROOMS.iter().position(|&room| room == own);
    if level.is_none() && own != PROSE {
        found.push(format!("src/{path}: `{own}` is not one of the rooms"));
    }
    for name in first_segments(code, "crate::") {
        match (level, ROOMS.iter().position(|&room| room == name)) {
            (Some(level), Some(other)) if other <= level => {}
            (_, Some(_)) => found.push(format!("src/{path}: uses the room `{name}` above it")),
            (_, None) => {
                found.push(format!("src/{path}: `crate::{name}`: import through a room, not the root"))
            }
        }
    }
    if says(code, "ecotone::") {
        found.push(format!("src/{path}: `ecotone::`: inside, say `crate::`"));
    }
    if climbs_to_root(path, code) {
        found.push(format!("src/{path}: `super::` reaches the crate's root"));
    }
    found
}

/// Names that follow a prefix; inside braces, each of them.
fn first_segments<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let is_word = !code[..at].ends_with(|before: char| is_name(before) || before == '$');
        if !is_word {
            continue;
        }
        let rest = code[at + prefix.len()..].trim_start();
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_names(group)),
            None => names.push(leading_name(rest)),
        }
    }
    names
}

/// First names of the members of a brace group whose opening brace was taken off.
fn group_names(group: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut names) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let member = group[begin..at].trim();
                if !member.is_empty() {
                    names.push(leading_name(member));
                }
                begin = at + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

fn leading_name(text: &str) -> &str {
    let end = text.find(|letter: char| !is_name(letter)).unwrap_or(text.len());
    if end == 0 { &text[..text.chars().next().map_or(0, char::len_utf8)] } else { &text[..end] }
}

/// Whether a chain of `super::` leaves the room; unit tests at the end of a file have one level more.
fn climbs_to_root(path: &str, code: &str) -> bool {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let depth = path.trim_end_matches("/mod.rs").split('/').count();
    code.contains(&"super::".repeat(depth)) && depth > 0
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether a word stands in a text as a whole word.
fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_name) && word.starts_with(is_name);
        let after = text[at + word.len()..].chars().next().is_some_and(is_name) && word.ends_with(is_name);
        !before && !after
    })
}

/// The code without comments and without the insides of string literals; lines stay where they are.
fn strip(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest)).unwrap_or(0);
        if skipped > 0 {
            code.extend(rest[..skipped].chars().filter(|&letter| letter == '\n'));
            code.push(' ');
            rest = &rest[skipped..];
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
            // A name may end in r or b without beginning a raw string.
            if is_name(letter) {
                let end = rest.find(|letter: char| !is_name(letter)).unwrap_or(rest.len());
                code.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    code
}

/// Length of the comment that begins here.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.strip_prefix("/*").map(|rest| rest.find("*/").map_or(text.len(), |end| end + 4))
}

/// Length of the string or character literal that begins here.
fn literal(text: &str) -> Option<usize> {
    let unprefixed = text.strip_prefix('b').unwrap_or(text);
    let prefix = text.len() - unprefixed.len();
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(text.len() - inside.len() + inside.find(&end)? + end.len());
    }
    if let Some(inside) = unprefixed.strip_prefix('"') {
        let mut escaped = false;
        for (at, letter) in inside.char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return Some(prefix + 1 + at + 1),
                _ => {}
            }
        }
    }
    for quoted in ["'\"'", "'\\''", "'\\\\'", "'/'"] {
        if unprefixed.starts_with(quoted) {
            return Some(prefix + quoted.len());
        }
    }
    None
}

/// Every Rust file below `src/`, path and text.
fn sources() -> Vec<(String, String)> {
    fn visit(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, root, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).expect("UTF-8")));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    visit(&root, &root, &mut found);
    found.sort();
    found
}

#[test]
fn every_room_keeps_to_itself() {
    let sources = sources();
    assert!(sources.len() > 50, "only {} files found", sources.len());
    let found: Vec<String> = sources.iter().flat_map(|(path, text)| complaints(path, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_library_lists_the_rooms_in_this_order() {
    let text = include_str!("../src/lib.rs");
    let listed: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|line| line.trim_end_matches(';'))
        .filter(|room| *room != PROSE)
        .collect();
    assert_eq!(listed, ROOMS);
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(path, text)| path != "main.rs" && !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

/// Path, code, and a part of the complaint that it must raise.
const SINS: &[(&str, &str, &str)] = &[
    ("world/users.rs", "use crate::dynamics::step;", "room `dynamics` above"),
    ("world/users.rs", "use crate::{maths::exp, engine::{Run, run}};", "room `engine` above"),
    (
        "world/users.rs",
        "use crate::{\n    scenario::{Scenario, fault},\n    measure,\n};",
        "room `measure` above",
    ),
    ("stats/mod.rs", "fn f() -> f64 { crate::equations::hazard::fading(1.0) }", "room `equations` above"),
    ("world/mod.rs", "use ecotone::engine::Run;", "say `crate::`"),
    ("world/mod.rs", "use crate::Scenario;", "not the root"),
    ("world/mod.rs", "use crate::*;", "not the root"),
    ("world/mod.rs", "use super::engine::Run;", "reaches the crate's root"),
    ("world/graph/mod.rs", "use super::super::engine::Run;", "reaches the crate's root"),
    ("helpers/mod.rs", "", "not one of the rooms"),
    ("engine/mod.rs", "println!(\"day {day}\");", "printing"),
    ("report/chart.rs", "eprintln!(\"odd\");", "printing"),
    ("study/mod.rs", "std::process::exit(1)", "printing"),
    ("measure/mod.rs", "let text = std::fs::read(path);", "files only"),
    ("scenario/check/ties.rs", "let file = File::open(path);", "files only"),
    ("engine/mod.rs", "rayon::join(a, b);", "threads only"),
    ("report/mod.rs", "std::thread::sleep(pause);", "threads only"),
    ("study/mod.rs", "let begin = Instant::now();", "clocks only"),
    ("report/manifest.rs", "use std::time::SystemTime;", "clocks only"),
    ("stats/mod.rs", "use std::collections::HashMap;", "hashed"),
    ("cli/mod.rs", "let seen = HashSet::new();", "hashed"),
    ("engine/mod.rs", "fn simulate() -> Result<Run, Stop> {", "no Result"),
    ("measure/mod.rs", "fn f() -> std::io::Result<()> {", "no Result"),
    ("stats/mod.rs", "let y = x.exp();", "mathematics"),
    ("equations/plan.rs", "let y = x.powi(2) + (1.0 - x).ln_1p();", "mathematics"),
    ("world/types.rs", "values.map(f64::exp)", "mathematics"),
    ("study/mod.rs", "let home = std::env::var(\"HOME\");", "arguments"),
    ("parallel.rs", "unsafe { x }", "no unsafe"),
];

#[test]
fn every_rule_bites() {
    for &(path, code, part) in SINS {
        let found = complaints(path, code).join("\n");
        assert!(found.contains(part), "{path}: `{code}` raised only: {found}");
    }
    for rule in RULES {
        let bitten = SINS.iter().any(|(path, code, _)| complaints(path, code).join("\n").contains(rule.name));
        assert!(bitten, "no sample shows: {}", rule.name);
    }
}

#[test]
fn what_is_allowed_passes() {
    for (path, code) in [
        ("world/mod.rs", "use crate::scenario::{Scenario, calendar::Calendar};"),
        ("world/graph/mod.rs", "use super::users::home; use crate::{maths, random::Chance};"),
        ("parallel.rs", "use rayon::prelude::*;\n#[cfg(test)]\nmod tests { use super::*; }"),
        ("scenario/document/edges.rs", "use std::fs::File; fn f() -> Result<(), Fault> {"),
        ("maths.rs", "libm::exp(x)"),
        ("cli/mod.rs", "println!(\"{}\", std::time::Instant::now());"),
        (
            "engine/mod.rs",
            "// println! and HashMap, x.exp()\n/// ```\n/// use ecotone::engine;\nlet a = \"println!(\";",
        ),
        ("stats/mod.rs", "let quote = '\"'; let text = r#\"unsafe \" HashMap\"#; let b = b\"rayon\";"),
        ("stats/mod.rs", "let explained = x.explain(); let is_unsafe_here = 1; let Resulting = 2;"),
    ] {
        assert_eq!(complaints(path, code), Vec::<String>::new(), "{path}");
    }
}
