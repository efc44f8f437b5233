//! Draws the charts and the page of a result again, from its tables, into the same folder.

use std::fs;

use serde_json::{Value, json};

use crate::report::chart::look::{Look, Theme};
use crate::report::chart::study as study_charts;
use crate::report::picture::{Format, Leaf};
use crate::report::restore::{Restored, recorded};
use crate::report::shelf::{GoOn, drawn, refuse_stopped};
use crate::report::study::page;
use crate::report::{ReportError, WrittenFile, chart, html, write};

/// What to draw again, and how.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Theme of charts and of the page, and size of PNGs; no theme is light charts and a page that follows
    /// its reader's system.
    pub theme: Option<Theme>,
    /// Look of the pictures apart from the theme.
    pub look: Look,
    /// File formats; none is both.
    pub formats: Vec<Format>,
    /// Names of charts; none is all of them, and the page.
    pub only: Vec<String>,
    /// Replaces what somebody changed by hand, and reads tables that changed since the run.
    pub force: bool,
}

/// Draws and writes; the files that were written.
///
/// Files that are not drawn again stay as they are. The manifest keeps everything but their digests.
///
/// # Errors
/// When a name is none of the charts, when tables or files to be replaced were changed by hand, and without
/// `force`, or when a file cannot be written.
pub fn redraw(restored: &Restored, wishes: &Wishes) -> Result<Vec<WrittenFile>, ReportError> {
    redraw_while(restored, wishes, &|| true)
}

/// The same for who may want to stop: `go_on` is asked before every drawing, and a last time before the first file;
/// then all are written, so that charts, page and manifest belong together.
///
/// # Errors
/// [`ReportError::Interrupted`], and those of [`redraw`].
pub fn redraw_while(
    restored: &Restored,
    wishes: &Wishes,
    go_on: GoOn,
) -> Result<Vec<WrittenFile>, ReportError> {
    let (leaves, page) = told(restored, wishes)?;
    let chosen = chosen(restored, wishes, leaves)?;
    let formats =
        if wishes.formats.is_empty() { vec![Format::Svg, Format::Png] } else { wishes.formats.clone() };
    let look = Look { theme: wishes.theme.unwrap_or_default(), ..wishes.look };
    let mut files = Vec::new();
    for (path, bytes) in drawn(&chosen, &formats, look, go_on) {
        files.push((path, bytes?));
    }
    if wishes.only.is_empty() {
        files.push(("report.html".to_owned(), page.into_bytes()));
    }
    refuse_changed(restored, wishes, &files)?;
    refuse_stopped(go_on)?;
    let charts = restored.folder.join("charts");
    fs::create_dir_all(&charts).map_err(|source| ReportError::Write { path: charts.clone(), source })?;
    let mut written = Vec::new();
    for (path, bytes) in files {
        write::write_atomic(&restored.folder.join(&path), &bytes)?;
        written.push(WrittenFile::of(path, &bytes));
    }
    let manifest = format!("{:#}\n", noted(&restored.manifest, &written));
    write::write_atomic(&restored.folder.join("manifest.json"), manifest.as_bytes())?;
    Ok(written)
}

/// All charts and the page.
fn told(restored: &Restored, wishes: &Wishes) -> Result<(Vec<Leaf>, String), ReportError> {
    let (leaves, page) = if let Some(study) = restored.study() {
        let leaves = study_charts::leaves(&study);
        let page = page::page(&study, &leaves)?;
        (leaves, page)
    } else {
        let story = restored.story();
        let leaves = chart::leaves(&story);
        let page = html::page(&story, &leaves)?;
        (leaves, page)
    };
    Ok((leaves, html::themed(&page, wishes.theme)))
}

fn chosen(restored: &Restored, wishes: &Wishes, leaves: Vec<Leaf>) -> Result<Vec<Leaf>, ReportError> {
    let unknown: Vec<&String> =
        wishes.only.iter().filter(|name| leaves.iter().all(|leaf| leaf.name != **name)).collect();
    if let Some(name) = unknown.first() {
        let known: Vec<&str> = leaves.iter().map(|leaf| leaf.name.as_str()).collect();
        return Err(ReportError::Unreadable {
            path: restored.folder.clone(),
            rule: format!("has no chart named \"{name}\""),
            remedy: format!("its charts are {}", known.join(", ")),
        });
    }
    Ok(leaves.into_iter().filter(|leaf| wishes.only.is_empty() || wishes.only.contains(&leaf.name)).collect())
}

/// An error when tables, or files to be replaced, are not those that Ecotone wrote.
fn refuse_changed(
    restored: &Restored,
    wishes: &Wishes,
    files: &[(String, Vec<u8>)],
) -> Result<(), ReportError> {
    let is_edited = |path: &&String| {
        let Ok(bytes) = fs::read(restored.folder.join(path)) else { return false };
        recorded(&restored.manifest, path) != Some(WrittenFile::of((*path).clone(), &bytes).blake3)
    };
    let edited = files.iter().map(|(path, _)| path).filter(is_edited).cloned();
    let mut changed = restored.changed.clone();
    changed.extend(edited);
    if wishes.force || changed.is_empty() {
        return Ok(());
    }
    Err(ReportError::Unreadable {
        path: restored.folder.clone(),
        rule: format!("changed since Ecotone wrote it: {}", changed.join(", ")),
        remedy: "--force draws from the tables as they are and replaces charts and page".to_owned(),
    })
}

/// The manifest with the digests of what was written; new files stand at the end of the list.
fn noted(manifest: &Value, written: &[WrittenFile]) -> Value {
    let mut manifest = manifest.clone();
    let Some(files) = manifest["files"].as_array_mut() else { return manifest };
    for file in written {
        let entry = json!({ "path": file.path, "bytes": file.bytes, "blake3": file.blake3 });
        match files.iter_mut().find(|known| known["path"] == file.path.as_str()) {
            Some(known) => *known = entry,
            None => files.push(entry),
        }
    }
    manifest
}
