//! `ecotone guide`: the handbook as a page, or a chapter of it in the terminal.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::columns::{align_within, indented};
use crate::cli::ending::Ending;
use crate::cli::program_chapters;
use crate::cli::refusal::Refusal;
use crate::cli::speak::{self, Tone};
use crate::report::ReportError;
use crate::report::handbook::{self, Chapter, Part};
use crate::scenario::fault;

/// Longest line of a chapter: beyond, eyes lose the next one.
const WIDEST: usize = 100;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone guide
      writes output/guide.html: one page with tutorial, how-to, reference and explanation; open it in a browser
  ecotone guide --list
      the topics
  ecotone guide tutorial
      one chapter as plain text
  ecotone guide model | less
      a long one

Exit codes: 0 done, 1 failure while writing, 2 no such topic, or the file is somebody else's.";

/// The words after `ecotone guide`.
#[derive(Debug, clap::Args)]
pub struct GuideArguments {
    /// A topic: print its chapter instead
    pub topic: Option<String>,
    /// File of the page
    #[arg(long, value_name = "FILE", default_value = "output/guide.html", conflicts_with = "topic")]
    pub out: PathBuf,
    /// List the topics instead
    #[arg(long, conflicts_with_all = ["topic", "out"])]
    pub list: bool,
    /// Replace a file that Ecotone did not write
    #[arg(long, conflicts_with = "topic")]
    pub force: bool,
}

/// Writes the page, lists, or prints.
pub fn guide(arguments: &GuideArguments) -> Result<Ending> {
    let parts = handbook::parts(program_chapters::chapters());
    if arguments.list {
        speak::say(&list(&parts))?;
        return Ok(Ending::Done);
    }
    match &arguments.topic {
        Some(topic) => print(&parts, topic),
        None => write(&parts, &arguments.out, arguments.force),
    }
}

fn write(parts: &[Part], file: &Path, force: bool) -> Result<Ending> {
    let page = handbook::page(parts, env!("CARGO_PKG_VERSION"))?;
    match handbook::publish(&page, file, force) {
        Ok(()) => {
            let text = format!("{}; open it in a browser", file.display());
            speak::say_labelled(Tone::Good, "written", &text)?;
            Ok(Ending::Done)
        }
        Err(ReportError::Unreadable { path, rule, remedy }) => {
            Ok(Refusal::reason(format!("{} {rule}", path.display()), remedy).tell())
        }
        Err(error) => Err(error.into()),
    }
}

fn print(parts: &[Part], topic: &str) -> Result<Ending> {
    let chapters: Vec<&Chapter> = parts.iter().flat_map(|part| &part.chapters).collect();
    let Some(chapter) = meant(&chapters, topic) else { return Ok(unknown(&chapters, topic).tell()) };
    speak::say(&handbook::text(chapter, speak::width().min(WIDEST)))?;
    Ok(Ending::Done)
}

/// The chapter of that name, or the only one whose name contains the word.
fn meant<'a>(chapters: &[&'a Chapter], topic: &str) -> Option<&'a Chapter> {
    let word = topic.to_lowercase().replace(['-', ' '], "_");
    let exact = chapters.iter().find(|chapter| chapter.name == word);
    let mut near = chapters.iter().filter(|chapter| chapter.name.contains(&word));
    exact.or_else(|| near.next().filter(|_| near.next().is_none())).copied()
}

fn unknown(chapters: &[&Chapter], topic: &str) -> Refusal {
    let word = topic.to_lowercase();
    let names: Vec<&str> = chapters.iter().map(|chapter| chapter.name.as_str()).collect();
    let parts: Vec<&str> = names.iter().copied().filter(|name| name.contains(&word)).collect();
    let offered = if parts.is_empty() { fault::nearest(&word, names).into_iter().collect() } else { parts };
    let meant =
        if offered.is_empty() { String::new() } else { format!("did you mean {}? ", offered.join(" or ")) };
    let what = format!("there is no chapter {topic}");
    Refusal::reason(
        what,
        format!(
            "{meant}ecotone guide --list names all; ecotone explain {topic} looks among settings and measures"
        ),
    )
}

fn list(parts: &[Part]) -> String {
    let part = |part: &Part| {
        let rows: Vec<Vec<String>> =
            part.chapters.iter().map(|chapter| vec![chapter.name.clone(), chapter.title.clone()]).collect();
        format!("{}\n{}\n", part.title, indented(&align_within(&rows, speak::width().saturating_sub(2))))
    };
    parts.iter().map(part).collect::<String>()
        + "ecotone guide TOPIC prints a chapter; ecotone guide writes all of them as a page.\n"
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::arguments::Arguments;
    use crate::cli::overrides::unquoted;

    /// The commands of a text: lines of code, after a prompt or not, without comments, pipes and what is not Ecotone's.
    fn commands(text: &str) -> Vec<String> {
        let joined = text.replace("\\\n", " ");
        let lines = joined.lines().map(|line| line.trim().trim_start_matches("$ "));
        let own = lines.filter(|line| line.starts_with("ecotone ") && !line.contains(" | sweep"));
        let ends = ["   ", " #", " | ", " > ", " 2>", " && ", "; "];
        let shorn = |line: &str| {
            ends.iter()
                .fold(line.to_owned(), |line, end| line.split(end).next().unwrap_or_default().to_owned())
        };
        own.map(|line| shorn(&line.replace(" \\ ", " "))).collect()
    }

    /// Words of a text between single backticks.
    fn spans(text: &str) -> Vec<String> {
        let outside: Vec<&str> = text.split("```").step_by(2).collect();
        let inside =
            |text: &&str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<String>>();
        outside.iter().flat_map(inside).filter(|code| code.starts_with("ecotone ")).collect()
    }

    #[test]
    fn every_command_of_the_handbook_and_the_readme_is_understood() {
        let mut texts = vec![("README.md".to_owned(), include_str!("../../README.md").to_owned())];
        let chapters = handbook::parts(Vec::new()).into_iter().flat_map(|part| part.chapters);
        texts.extend(chapters.map(|chapter| (chapter.name, chapter.markdown)));
        let mut count = 0;
        for (place, text) in &texts {
            let spans = spans(text).into_iter().map(|span| commands(&span.replace('\n', " ")).concat());
            for command in commands(text).into_iter().chain(spans).filter(|command| !command.is_empty()) {
                let mut words = unquoted(command.trim());
                words.retain(|word| !word.is_empty());
                // A verb that is only named must be one.
                words.extend((words.len() == 2).then(|| "--help".to_owned()));
                let parsed = Arguments::try_parse_from(words);
                let is_fine = parsed.as_ref().err().is_none_or(|fault| fault.exit_code() == 0);
                assert!(is_fine, "{place}: {command}\n{}", parsed.unwrap_err());
                count += 1;
            }
        }
        assert!(count > 60, "only {count} commands were found");
    }

    #[test]
    fn a_part_of_a_topic_is_enough_where_only_one_has_it() {
        let parts = handbook::parts(program_chapters::chapters());
        let chapters: Vec<&Chapter> = parts.iter().flat_map(|part| &part.chapters).collect();
        assert_eq!(
            meant(&chapters, "calibrate").map(|chapter| chapter.name.as_str()),
            Some("calibrate_to_figures")
        );
        assert_eq!(meant(&chapters, "price-war").map(|chapter| chapter.name.as_str()), Some("price_war"));
        assert!(meant(&chapters, "netease").is_none(), "three pages tell of NetEase");
        assert!(meant(&chapters, "zzz").is_none());
    }
}
