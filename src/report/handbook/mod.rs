//! The handbook: every chapter of the guide for somebody who has only the program, as one page and as plain text.
//!
//! Prose stands in `src/guide`; the reference is made from the tables that the program itself reads, so it cannot lag
//! behind. A chapter is Markdown, whoever wrote it.

use std::path::Path;

use minijinja::{Value, context};

use crate::report::{ReportError, html, write};

mod chapters;
mod markdown;
mod readable;
mod reference;
mod text;

pub use text::text;

const TEMPLATE: &str = include_str!("handbook.html");
const STYLE: &str = include_str!("handbook.css");
/// Stands in every page of ours.
const OURS: &str = "<meta name=\"generator\" content=\"Ecotone ";

/// A chapter of the handbook.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// One word: its topic, and its anchor in the page.
    pub name: String,
    /// Heading.
    pub title: String,
    /// Markdown; headings begin at the first level.
    pub markdown: String,
}

/// Chapters that serve one purpose.
#[derive(Clone, Debug)]
pub struct Part {
    /// Heading.
    pub title: &'static str,
    /// What it is for, one sentence.
    pub purpose: &'static str,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
}

/// The whole handbook; `program` are the chapters of the reference that only the program itself can write, on its words
/// and its exit codes.
pub fn parts(program: Vec<Chapter>) -> Vec<Part> {
    let mut parts = chapters::prose();
    let reference = parts.iter_mut().find(|part| part.title == chapters::REFERENCE).expect("a reference");
    reference.chapters.extend(reference::chapters());
    reference.chapters.extend(program);
    parts
}

/// The handbook as one page that needs no network.
///
/// # Errors
/// When the template fails: a bug.
pub fn page(parts: &[Part], version: &str) -> Result<String, ReportError> {
    let names: Vec<&str> =
        parts.iter().flat_map(|part| &part.chapters).map(|chapter| chapter.name.as_str()).collect();
    let chapter = |chapter: &Chapter| {
        context! {
            name => chapter.name.as_str(),
            title => chapter.title.as_str(),
            body => Value::from_safe_string(markdown::html(&chapter.markdown, &chapter.name, &names)),
        }
    };
    let part = |part: &Part| {
        context! {
            title => part.title,
            purpose => part.purpose,
            chapters => part.chapters.iter().map(chapter).collect::<Vec<Value>>(),
        }
    };
    let facts = context! {
        title => "Ecotone handbook",
        version => version,
        own_style => Value::from_safe_string(STYLE.to_owned()),
        parts => parts.iter().map(part).collect::<Vec<Value>>(),
    };
    html::render(TEMPLATE, facts)
}

/// Writes a page; a file that Ecotone did not write is replaced only by force.
///
/// # Errors
/// When somebody else's file is there, or when writing fails.
pub fn publish(page: &str, file: &Path, force: bool) -> Result<(), ReportError> {
    let is_foreign = match std::fs::read(file) {
        Ok(bytes) => !String::from_utf8_lossy(&bytes).contains(OURS),
        Err(_) => file.is_dir(),
    };
    if is_foreign && !force {
        return Err(ReportError::Unreadable {
            path: file.to_owned(),
            rule: "was not written by Ecotone".to_owned(),
            remedy: "name another file with --out, or replace it with --force".to_owned(),
        });
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let failed = |source| ReportError::Write { path: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    write::write_atomic(file, page.as_bytes())
}
