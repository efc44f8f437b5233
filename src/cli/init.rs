//! `ecotone init`: a commented starter to change at will.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::columns::{align, indented};
use crate::cli::ending::Ending;
use crate::cli::refusal::Refusal;
use crate::cli::speak::{self, Tone};
use crate::report::write;
use crate::scenario::fault;
use crate::scenario::templates::{TEMPLATES, template};

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone init
      writes duopoly.toml: two platforms, every line explained
  ecotone init --template minimal market.toml
      the smallest scenario, under a name of your own
  ecotone init --list
      all templates";

/// The words after `ecotone init`.
#[derive(Debug, clap::Args)]
pub struct InitArguments {
    /// File to write [default: <template>.toml]
    pub file: Option<PathBuf>,
    /// Which starter
    #[arg(long, value_name = "NAME", default_value = "duopoly")]
    pub template: String,
    /// Replace an existing file
    #[arg(long)]
    pub force: bool,
    /// List the templates instead
    #[arg(long)]
    pub list: bool,
    /// Print exactly one JSON object on standard output
    #[arg(long)]
    pub json: bool,
    /// Say nothing when all is well
    #[arg(short, long)]
    pub quiet: bool,
}

/// Writes the template, unless the file is there already.
pub fn init(arguments: &InitArguments) -> Result<Ending> {
    if arguments.list {
        return Ok(list(arguments.json)?);
    }
    let refused = |refusal: Refusal| if arguments.json { refusal.tell_json() } else { Ok(refusal.tell()) };
    let Some(text) = template(&arguments.template) else {
        return Ok(refused(unknown(&arguments.template))?);
    };
    let path = arguments.path();
    if path.symlink_metadata().is_ok() && !arguments.force {
        let what = format!("{} is there already", path.display());
        return Ok(refused(Refusal::reason(what, "choose another name, or replace it with --force"))?);
    }
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty() && !it.is_dir()) {
        let what = format!("{} cannot be written: there is no folder {}", path.display(), folder.display());
        return Ok(refused(Refusal::reason(
            what,
            "make the folder first, or name a file in one that is there",
        ))?);
    }
    write::write_atomic(&path, text.as_bytes())?;
    if arguments.json {
        let file = path.to_string_lossy();
        speak::say_json(&json!({ "status": "written", "file": file, "template": arguments.template }))?;
    } else if !arguments.quiet {
        let next = format!("{}; next: ecotone check {}", path.display(), path.display());
        speak::say_labelled(Tone::Good, "written", &next)?;
    }
    Ok(Ending::Done)
}

impl InitArguments {
    fn path(&self) -> PathBuf {
        match &self.file {
            Some(file) if file.as_os_str() != "-" => file.clone(),
            _ => PathBuf::from(format!("{}.toml", self.template)),
        }
    }
}

/// Tells names with the first comment of each template.
fn list(is_json: bool) -> std::io::Result<Ending> {
    let comment =
        |text: &'static str| text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
    let told: Vec<(&str, &str)> = TEMPLATES.iter().map(|(name, text)| (*name, comment(text))).collect();
    if is_json {
        let templates: Vec<Value> =
            told.iter().map(|(name, meaning)| json!({ "name": name, "meaning": meaning })).collect();
        speak::say_json(&json!({ "status": "listed", "templates": templates }))?;
    } else {
        let rows: Vec<Vec<String>> =
            told.iter().map(|(name, meaning)| vec![(*name).to_owned(), (*meaning).to_owned()]).collect();
        speak::say(&indented(&align(&rows)))?;
    }
    Ok(Ending::Done)
}

fn unknown(template: &str) -> Refusal {
    let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    Refusal::reason(format!("there is no template {template}"), fault::suggest(template, &names))
}
