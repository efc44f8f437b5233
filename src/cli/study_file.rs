//! `ecotone study`: a study written down in a file instead of on a command line.
//!
//! The file says what the command line says, with the same names: every key is an option of its verb, so there
//! is one definition of what a study may be told.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Command, CommandFactory, FromArgMatches};

use crate::cli::arguments::{Arguments, Verb};
use crate::cli::ending::Ending;
use crate::cli::refusal::Refusal;
use crate::scenario::document::{Data, Document, Entry, Node, Place};
use crate::scenario::fault::{Fault, suggest};

/// The verbs that are studies.
const STUDIES: [&str; 6] = ["compare", "sweep", "sensitivity", "decompose", "calibrate", "fan"];
/// Keys that are no options: layout, verb, and files that stand without an option.
const SCHEMA: &str = "schema";
const STUDY: &str = "study";
const SCENARIO: &str = "scenario";
const TREATMENTS: &str = "treatments";
/// Options whose values are files, found from the folder of the study file.
const FILES: [&str; 1] = ["draws"];

/// What follows the help.
pub const EXAMPLES: &str = "\
Example of a study file, phase_diagram.toml:
  schema = 1
  study = \"sweep\"                       # compare, sweep, sensitivity, decompose, calibrate or fan
  scenario = \"first_try.toml\"           # found from the folder of this file
  replications = 5
  vary = [\"choice.beta_s=0..1/8\", \"choice.kappa_0=0.5..4/8\"]
  of = [\"share:community\"]
  [set]                                 # settings changed in every trial
  \"market.users\" = 20000

Run it:
  ecotone study phase_diagram.toml --dry-run
  ecotone study phase_diagram.toml --threads 8 --force

Every key is an option of its verb (ecotone sweep --help), without the dashes before it and with _ for -; further
options on the command line are added.";

/// The words after `ecotone study`.
#[derive(Debug, clap::Args)]
pub struct StudyFileArguments {
    /// Study file
    pub file: PathBuf,
    /// Further options of its verb, e.g. --out DIR, --dry-run, --shard 1/3
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
    pub more: Vec<OsString>,
}

/// Reads the file and does what it says.
pub fn study(arguments: &StudyFileArguments) -> Result<Ending> {
    let mut words = match words(&arguments.file) {
        Ok(words) => words,
        Err(refusal) => return Ok(refusal.tell()),
    };
    words.extend(["--told-by".into(), arguments.file.clone().into_os_string()]);
    words.extend(arguments.more.iter().cloned());
    let matches = match Arguments::command().try_get_matches_from(words) {
        Ok(matches) => matches,
        Err(help_or_fault) => {
            let _ = help_or_fault.print();
            return Ok(if help_or_fault.exit_code() == 0 { Ending::Done } else { Ending::Fault });
        }
    };
    let parsed = Arguments::from_arg_matches(&matches)?;
    match parsed.verb {
        None | Some(Verb::Study(_)) => Ok(Ending::Fault),
        Some(verb) => crate::cli::act(&verb),
    }
}

/// The command line that a study file stands for; all that is wrong with the file at once.
fn words(path: &Path) -> Result<Vec<OsString>, Refusal> {
    let document = Document::load(path)?;
    if document.is_broken() {
        return Err(document.faults.into());
    }
    let mut reader = Reader { document: &document, faults: Vec::new() };
    let words = reader.read();
    if reader.faults.is_empty() { Ok(words) } else { Err(reader.faults.into()) }
}

/// The refusal with the lines of the study file where its faults name options that stand there.
pub fn located(refusal: &Refusal, file: &Path) -> Refusal {
    let (Refusal::Faults(faults), Ok(document)) = (refusal, Document::load(file)) else {
        return refusal.clone();
    };
    let located = |text: &String| located_fault(text, &document).unwrap_or_else(|| text.clone());
    Refusal::Faults(faults.iter().map(located).collect())
}

/// A fault of an option (`--set choice.chi: ...`) as one of the key that stands for it.
fn located_fault(text: &str, document: &Document) -> Option<String> {
    let (headline, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (option, told) = headline.strip_prefix("--")?.split_once(": ")?;
    let (name, path) = option.split_once(' ').unwrap_or((option, ""));
    let node = document.tree.get(&name.replace('-', "_"))?;
    let node = match &node.data {
        Data::Table(_) => node.get(path)?,
        Data::List(nodes) => {
            let is_meant = |node: &&Node| node.text().is_some_and(|text| told.starts_with(text));
            nodes.iter().find(is_meant).or_else(|| {
                let is_path = |node: &&Node| {
                    let path = node.text().and_then(|text| text.split_once('=')).map(|(path, _)| path.trim());
                    path.is_some_and(|path| told.starts_with(path))
                };
                nodes.iter().find(is_path)
            })?
        }
        _ => node,
    };
    let fault = document.fault(&node.place, "", None, told.to_owned(), String::new());
    let rest = if rest.is_empty() { String::new() } else { format!("\n{rest}") };
    Some(format!("{fault}{rest}"))
}

struct Reader<'a> {
    document: &'a Document,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn read(&mut self) -> Vec<OsString> {
        let tree = &self.document.tree;
        if tree.integer_of(SCHEMA) != Some(1) {
            let place = tree.get(SCHEMA).map_or(Place::Nowhere, |node| node.place.clone());
            self.fault(&place, SCHEMA, "must be 1", "begin the file with schema = 1");
        }
        let verb = tree.text_of(STUDY).unwrap_or_default();
        let whole = Arguments::command();
        let Some(command) = whole.find_subcommand(verb).filter(|_| STUDIES.contains(&verb)) else {
            let place = tree.get(STUDY).map_or(Place::Nowhere, |node| node.place.clone());
            let is_scenario = tree.get("platforms").is_some();
            let other =
                "this is a scenario: ecotone run simulates it, ecotone compare and the like ask it something";
            let remedy = if is_scenario { other.to_owned() } else { suggest(verb, &STUDIES) };
            self.fault(&place, STUDY, "names no study", &remedy);
            return Vec::new();
        };
        let mut words: Vec<OsString> = vec!["ecotone".into(), verb.into()];
        match tree.text_of(SCENARIO) {
            Some(file) => words.push(self.beside(file)),
            None => self.fault(&Place::Nowhere, SCENARIO, "is missing", "name the scenario file"),
        }
        if let Some(list) = tree.get(TREATMENTS) {
            let files = self.texts(TREATMENTS, list);
            words.extend(files.iter().map(|file| self.beside(file)));
        }
        for entry in tree.entries() {
            if ![SCHEMA, STUDY, SCENARIO, TREATMENTS].contains(&entry.key.as_str()) {
                self.option(command, entry, &mut words);
            }
        }
        words
    }

    /// One key: an option with its value or values.
    fn option(&mut self, command: &Command, entry: &Entry, words: &mut Vec<OsString>) {
        let name = entry.key.replace('_', "-");
        let Some(option) = command.get_arguments().find(|option| option.get_long() == Some(&name)) else {
            let longs = command.get_arguments().filter_map(|option| option.get_long());
            let keys: Vec<String> = longs.map(|long| long.replace('-', "_")).collect();
            let mut known: Vec<&str> = keys.iter().map(String::as_str).collect();
            known.extend([SCHEMA, STUDY, SCENARIO, TREATMENTS]);
            let rule = format!("`{}` has no such option", command.get_name());
            self.fault(&entry.place, &entry.key, &rule, &suggest(&entry.key, &known));
            return;
        };
        let flag = OsString::from(format!("--{name}"));
        match &entry.node.data {
            Data::Truth(true) if !option.get_action().takes_values() => words.push(flag),
            Data::Truth(false) if !option.get_action().takes_values() => {}
            _ if !option.get_action().takes_values() => {
                self.fault(&entry.node.place, &entry.key, "must be true or false", "");
            }
            Data::Table(entries) => {
                for inner in entries {
                    words.extend([
                        flag.clone(),
                        format!("{}={}", inner.key, inner.node.data.spelled()).into(),
                    ]);
                }
            }
            Data::List(_) => {
                let values = self.texts(&entry.key, &entry.node);
                let is_one = option.get_num_args().is_some_and(|range| range.max_values() > 1);
                for (at, value) in values.iter().enumerate() {
                    if at == 0 || !is_one {
                        words.push(flag.clone());
                    }
                    words.push(if FILES.contains(&name.as_str()) {
                        self.beside(value)
                    } else {
                        value.into()
                    });
                }
            }
            _ => {
                let value = plain(&entry.node);
                words.extend([
                    flag,
                    if FILES.contains(&name.as_str()) { self.beside(&value) } else { value.into() },
                ]);
            }
        }
    }

    /// A list of texts or numbers.
    fn texts(&mut self, key: &str, list: &Node) -> Vec<String> {
        for node in list.elements() {
            if matches!(node.data, Data::List(_) | Data::Table(_)) {
                self.fault(&node.place, key, "must hold texts or numbers", "");
            }
        }
        list.elements().iter().map(plain).collect()
    }

    /// A file named in this one, from its folder.
    fn beside(&self, file: &str) -> OsString {
        let here = self.document.folder == Path::new(".");
        if here { file.into() } else { self.document.folder.join(file).into_os_string() }
    }

    fn fault(&mut self, place: &Place, key: &str, rule: &str, remedy: &str) {
        self.faults.push(self.document.fault(place, key, None, rule.to_owned(), remedy.to_owned()));
    }
}

/// A value as one types it on a command line.
fn plain(node: &Node) -> String {
    match &node.data {
        Data::Text(text) => text.clone(),
        data => data.spelled(),
    }
}
