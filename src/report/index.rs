//! The catalogue of a folder of results: one page with a thumbnail, title, question and answer of each.

use std::fs;
use std::path::{Path, PathBuf};

use minijinja::{Value, context};

use crate::report::chart::pixels::encode;
use crate::report::policy::base64;
use crate::report::study::StudyKind;
use crate::report::{ReportError, html, restore, write};

const TEMPLATE: &str = include_str!("index.html");

/// Folders below the top in which results are looked for.
const DEPTH: usize = 4;
/// Width and height of a thumbnail in pixels.
const THUMBNAIL: (usize, usize) = (400, 225);
/// Stands in every page of ours.
const OURS: &str = "<meta name=\"generator\" content=\"Ecotone ";

/// Writes `index.html` into a folder of results; how many it lists, and where it is.
///
/// # Errors
/// When the folder cannot be listed, when it holds an `index.html` of somebody else and not `force`, or when the
/// page cannot be written.
pub fn publish_index(folder: &Path, force: bool) -> Result<(usize, PathBuf), ReportError> {
    let page = folder.join("index.html");
    let is_foreign = fs::read_to_string(&page).is_ok_and(|text| !text.contains(OURS));
    if is_foreign && !force {
        return Err(ReportError::Unreadable {
            path: page,
            rule: "was not written by Ecotone".to_owned(),
            remedy: "move it away, or replace it with --force".to_owned(),
        });
    }
    let mut results = Vec::new();
    search(folder, Path::new(""), &mut results)
        .map_err(|source| ReportError::Write { path: folder.to_owned(), source })?;
    results.sort();
    let entries: Vec<Value> = results.iter().filter_map(|result| entry(folder, result)).collect();
    let count = entries.len();
    let facts = context! { title => "Results", version => env!("CARGO_PKG_VERSION"), entries => entries };
    write::write_atomic(&page, html::render(TEMPLATE, facts)?.as_bytes())?;
    Ok((count, page))
}

/// Every folder with a manifest, relative to the top; hidden folders and links are left alone.
fn search(top: &Path, below: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if top.join(below).join("manifest.json").is_file() {
        found.push(below.to_owned());
        return Ok(());
    }
    if below.components().count() >= DEPTH {
        return Ok(());
    }
    for entry in fs::read_dir(top.join(below))? {
        let entry = entry?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type()?.is_dir() && !is_hidden {
            search(top, &below.join(entry.file_name()), found)?;
        }
    }
    Ok(())
}

/// A result for the template; nothing when its manifest is none of ours.
fn entry(top: &Path, result: &Path) -> Option<Value> {
    let manifest = restore::read_manifest(&top.join(result)).ok()?;
    let text = |name: &str| manifest[name].as_str().unwrap_or_default();
    let scenario = &manifest["settings"];
    let told = |name: &str| match text(name) {
        "" => scenario[name].as_str().unwrap_or_default(),
        text => text,
    };
    let kind = StudyKind::of(text("kind")).map_or("Run", StudyKind::name);
    let date: String = text("started").chars().take(10).collect();
    Some(context! {
        link => Value::from_safe_string(link(result)),
        kind => kind,
        title => if told("title").is_empty() { text("scenario") } else { told("title") },
        question => told("question"),
        answer => text("answer"),
        scenario => text("scenario"),
        command => text("command"),
        version => text("version"),
        digest => text("digest").chars().take(12).collect::<String>(),
        date => date,
        thumbnail => thumbnail(&top.join(result), &manifest).map(|png| base64(&png)),
    })
}

/// The way from the index to a report, as an address.
fn link(result: &Path) -> String {
    let mut address = String::new();
    for part in result.components() {
        for byte in part.as_os_str().to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address += &format!("%{byte:02X}");
            }
        }
        address.push('/');
    }
    address + "report.html"
}

/// The first chart of a result, small.
fn thumbnail(folder: &Path, manifest: &serde_json::Value) -> Option<Vec<u8>> {
    let files = manifest["files"].as_array()?.iter().filter_map(|file| file["path"].as_str());
    let first = files.into_iter().find(|path| path.starts_with("charts/") && path.ends_with(".png"))?;
    let is_inside = !first.contains("..");
    let file = fs::File::open(folder.join(first)).ok().filter(|_| is_inside)?;
    let mut reader = ::png::Decoder::new(std::io::BufReader::new(file)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size().filter(|&size| size < 1 << 28)?];
    let info = reader.next_frame(&mut pixels).ok()?;
    let is_plain = info.color_type == ::png::ColorType::Rgb && info.bit_depth == ::png::BitDepth::Eight;
    let (columns, rows) = (info.width as usize, info.height as usize);
    let small = is_plain.then(|| shrunk(&pixels, (columns, rows)))?;
    encode(&small, THUMBNAIL).ok()
}

/// The picture fitted by width, its end cut or white below; every pixel is the mean of those it covers.
fn shrunk(pixels: &[u8], (columns, rows): (usize, usize)) -> Vec<u8> {
    let side = (columns / THUMBNAIL.0).max(1);
    let mut small = vec![255; THUMBNAIL.0 * THUMBNAIL.1 * 3];
    for row in 0..(rows / side).min(THUMBNAIL.1) {
        for column in 0..(columns / side).min(THUMBNAIL.0) {
            for part in 0..3 {
                let at = |y: usize, x: usize| {
                    usize::from(pixels[((row * side + y) * columns + column * side + x) * 3 + part])
                };
                let sum: usize = (0..side).map(|y| (0..side).map(|x| at(y, x)).sum::<usize>()).sum();
                small[(row * THUMBNAIL.0 + column) * 3 + part] = (sum / (side * side)) as u8;
            }
        }
    }
    small
}

#[cfg(test)]
mod tests {
    use super::{link, shrunk};

    #[test]
    fn names_are_written_as_addresses() {
        assert_eq!(link("a b/網?#".as_ref()), "a%20b/%E7%B6%B2%3F%23/report.html");
        assert_eq!(link("".as_ref()), "report.html");
    }

    /// Every block of two by two pixels holds 10, 20, 30, 40: mean 25; the rest is white.
    #[test]
    fn thumbnails_are_means() {
        let line = |a: u8, b: u8| [[a; 3], [b; 3]].concat().repeat(400);
        let small = shrunk(&[line(10, 20), line(30, 40)].concat(), (800, 2));
        assert!(
            small[..1200].iter().all(|&part| part == 25) && small[1200..].iter().all(|&part| part == 255)
        );
    }
}
