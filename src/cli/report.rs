//! `ecotone report`: draw the charts and the page of a result again, or list all results of a folder.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use serde_json::{Value, json};

use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::interrupt;
use crate::cli::refusal::Refusal;
use crate::cli::speak;
use crate::report::ReportError;
use crate::report::chart::look::{Look, Size, Theme};
use crate::report::index::publish_index;
use crate::report::picture::Format;
use crate::report::redraw::{Wishes, redraw_while};
use crate::report::restore::restore;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone report output/first_try
      draw charts and page again from the tables; the same bytes as the run wrote
  ecotone report output/first_try --theme dark --size slide --format png
      every chart as a dark picture of 1600 by 900 pixels
  ecotone report output/first_try --only share --only paid_ratio
      two charts; the page and the others stay
  ecotone report --index output
      output/index.html lists every run and study with its question and answer

Nothing is simulated, and no number changes. To print, or to make a PDF, open report.html in a browser and print it:
the page has a layout for A4.
Exit codes: 0 done, 1 failure while writing, 2 the folder is no result or was changed by hand,
130 interrupted (then nothing was replaced).";

/// The words after `ecotone report`.
#[derive(Debug, clap::Args)]
pub struct ReportArguments {
    /// Folder of a result; with --index, a folder that holds results
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// List all runs and studies below the folder in its index.html
    #[arg(long, conflicts_with_all = ["theme", "size", "format", "only"])]
    pub index: bool,
    /// Theme of charts and page [default: light charts, a page that follows its reader's system]
    #[arg(long, value_enum)]
    pub theme: Option<ThemeWord>,
    /// Size of the PNG files
    #[arg(long, value_enum, default_value = "page")]
    pub size: SizeWord,
    /// Formats of the charts, with commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    pub format: Vec<FormatWord>,
    /// Draw only this chart; repeat it for more. The page stays as it is
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Replace charts and a page that were changed by hand, and read tables that were
    #[arg(long)]
    pub force: bool,
    /// Print exactly one JSON object on standard output
    #[arg(long)]
    pub json: bool,
    /// Say nothing when all is well
    #[arg(short, long)]
    pub quiet: bool,
}

/// Themes by their words.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeWord {
    /// Dark letters on white
    Light,
    /// Light letters on a dark ground
    Dark,
}

/// Sizes by their words.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SizeWord {
    /// 1600 pixels wide, as high as the chart needs
    Page,
    /// 1600 by 900 pixels
    Slide,
    /// 400 by 225 pixels
    Thumbnail,
}

/// Formats by their words.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatWord {
    /// Scalable drawing
    Svg,
    /// Pixels
    Png,
}

/// What was written: a sentence for persons, and facts for programs.
type Written = (String, Value);

/// Draws again, or lists.
pub fn report(arguments: &ReportArguments) -> Result<Ending> {
    interrupt::watch()?;
    let done = if arguments.index { list(arguments) } else { draw(arguments) };
    match interrupt::unless_stopped(done) {
        Ok(None) => stopped(arguments),
        Ok(Some((_, facts))) if arguments.json => {
            speak::say_json(&facts)?;
            Ok(Ending::Done)
        }
        Ok(Some((text, _))) => {
            if !arguments.quiet {
                speak::say(&format!("{text}\n"))?;
            }
            Ok(Ending::Done)
        }
        Err(ReportError::Unreadable { path, rule, remedy }) => {
            let refusal = Refusal::reason(format!("{}: {rule}", path.display()), remedy);
            Ok(if arguments.json { refusal.tell_json()? } else { refusal.tell() })
        }
        Err(error) => Err(error.into()),
    }
}

fn stopped(arguments: &ReportArguments) -> Result<Ending> {
    let facts = arguments.json.then(interrupt::nothing_written);
    Ok(interrupt::stopped("nothing was written", facts.as_ref())?)
}

fn list(arguments: &ReportArguments) -> Result<Written, ReportError> {
    let (count, page) = publish_index(&arguments.folder, arguments.force)?;
    let facts = json!({ "status": "done", "page": page.to_string_lossy(), "results": count });
    Ok((format!("{}: {}", page.display(), counted(count as u64, "result")), facts))
}

fn draw(arguments: &ReportArguments) -> Result<Written, ReportError> {
    let restored = restore(&arguments.folder)?;
    let written = redraw_while(&restored, &arguments.wishes(), &interrupt::go_on)?;
    let paths: Vec<&str> = written.iter().map(|file| file.path.as_str()).collect();
    let facts = json!({ "status": "done", "folder": arguments.folder.to_string_lossy(), "files": paths });
    let files = counted(written.len() as u64, "file");
    Ok((format!("{}: {files} drawn again from the tables", arguments.folder.display()), facts))
}

impl ReportArguments {
    fn wishes(&self) -> Wishes {
        let size = match self.size {
            SizeWord::Page => Size::Page,
            SizeWord::Slide => Size::Slide,
            SizeWord::Thumbnail => Size::Thumbnail,
        };
        let theme = self.theme.map(|word| match word {
            ThemeWord::Light => Theme::Light,
            ThemeWord::Dark => Theme::Dark,
        });
        let format = |word: &FormatWord| match word {
            FormatWord::Svg => Format::Svg,
            FormatWord::Png => Format::Png,
        };
        Wishes {
            theme,
            look: Look { size, ..Look::default() },
            formats: self.format.iter().map(format).collect(),
            only: self.only.clone(),
            force: self.force,
        }
    }
}
