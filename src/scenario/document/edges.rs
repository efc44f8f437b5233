//! Reads an edge list: two user numbers a line, plain or gzip, inside the scenario's folder.
//!
//! Bounded against hostile files: no way out of the folder, no endless line, no bomb.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use crate::scenario::fault::{Fault, clip, printable};

/// Longest line, bytes.
const LONGEST_LINE: u64 = 4096;
/// Largest expansion of a gzip file, bytes, and as a multiple of its size.
const LARGEST: u64 = 8 << 30;
const EXPANSION: u64 = 100;
/// Most ties of a user on average; one user may have any number.
const MOST_TIES: u32 = 255;
/// Most edges of a list: the graph numbers both ends of every tie with 32 bits.
const MOST_EDGES: u64 = (1 << 31) - 1;
/// Lines beyond one for each edge: comments and blank ones.
const SPARE_LINES: u64 = 1 << 16;
/// Faults shown before the rest is only counted.
const SHOWN: usize = 20;

/// The undirected edges, each `[smaller, larger]`, sorted.
///
/// # Errors
/// All faults of the file, the first twenty in full.
pub fn read(folder: &Path, file: &str, users: u64) -> Result<Vec<[u32; 2]>, Vec<Fault>> {
    let path = inside(folder, file).map_err(|(rule, remedy)| vec![Fault::of_file(file, &rule, remedy)])?;
    let refuse = |error: std::io::Error| vec![Fault::of_file(file, &format!("cannot be read: {error}"), "")];
    let source = File::open(&path).map_err(refuse)?;
    let size = source.metadata().map_err(refuse)?.len();
    let mut source = BufReader::with_capacity(1 << 16, source);
    let is_gzip = source.fill_buf().map_err(refuse)?.starts_with(&[0x1f, 0x8b]);
    let list = List { file, users, limit: size, edges: Vec::new(), faults: Vec::new(), hidden: 0 };
    if is_gzip {
        let limit = size.saturating_mul(EXPANSION).saturating_add(1 << 16).min(LARGEST);
        let text = BufReader::with_capacity(1 << 16, flate2::bufread::MultiGzDecoder::new(source));
        List { limit, ..list }.read(text)
    } else {
        list.read(source)
    }
}

/// The path of a regular file that lies inside the folder, links followed.
fn inside(folder: &Path, file: &str) -> Result<PathBuf, (String, &'static str)> {
    let relative = Path::new(file);
    let stays = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !stays || file.contains('\\') {
        return Err(leaves());
    }
    let missing = |error: std::io::Error| {
        (format!("cannot be read: {error}"), "ties.file is relative to the scenario's folder")
    };
    let home = folder.canonicalize().map_err(missing)?;
    let path = home.join(relative).canonicalize().map_err(missing)?;
    if !path.starts_with(&home) {
        return Err(leaves());
    }
    if !path.is_file() {
        return Err(("is not a regular file".to_owned(), ""));
    }
    Ok(path)
}

fn leaves() -> (String, &'static str) {
    ("leads out of the scenario's folder".to_owned(), "put the edge list beside the scenario file")
}

struct List<'a> {
    file: &'a str,
    users: u64,
    limit: u64,
    /// Edge and its line, in file order.
    edges: Vec<([u32; 2], u32)>,
    faults: Vec<Fault>,
    hidden: usize,
}

impl List<'_> {
    fn read(mut self, source: impl BufRead) -> Result<Vec<[u32; 2]>, Vec<Fault>> {
        self.lines(source);
        if self.edges.is_empty() && self.faults.is_empty() {
            self.fault(
                0,
                "",
                "holds no tie",
                "for users without ties: ties.kind = \"well_mixed\" and choice.beta_s = 0",
            );
        }
        self.edges.sort_unstable();
        self.refuse_duplicates();
        if self.hidden > 0 {
            let rest = format!("{} more faults in this file", self.hidden);
            self.faults.push(Fault::of_file(self.file, &rest, ""));
        }
        if self.faults.is_empty() {
            Ok(self.edges.into_iter().map(|(edge, _)| edge).collect())
        } else {
            Err(self.faults)
        }
    }

    fn lines(&mut self, source: impl BufRead) {
        let most = (self.users.saturating_mul(u64::from(MOST_TIES)) / 2).min(MOST_EDGES);
        let mut source = source.take(self.limit.saturating_add(1));
        let mut line = Vec::new();
        for number in 1..u32::MAX {
            line.clear();
            match source.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => return self.fault(number, "", &format!("cannot be read: {error}"), ""),
            }
            if line.len() as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
                return self.fault(number, "", "the line is longer than 4096 bytes", "one pair a line");
            }
            if source.limit() == 0 {
                let rule = format!("expands to more than {} bytes", self.limit);
                return self.fault(number, "", &rule, "leave the file uncompressed");
            }
            if u64::from(number) > most + SPARE_LINES {
                let rule = format!("more than {} lines for {} users", most + SPARE_LINES, self.users);
                return self.fault(number, "", &rule, "one pair a line, few comments and blank lines");
            }
            self.line(number, &line);
            if self.edges.len() as u64 > most {
                let rule = format!("more than {most} edges for {} users", self.users);
                return self.fault(number, "", &rule, "at most 255 ties a user on average");
            }
        }
    }

    fn line(&mut self, number: u32, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        let pair = text.split('#').next().unwrap_or_default().trim();
        if pair.is_empty() {
            return;
        }
        let mut words = pair.split([',', ' ', '\t', ';']).filter(|word| !word.is_empty());
        let ends = (words.next().map(str::parse::<u64>), words.next().map(str::parse::<u64>), words.next());
        let (Some(Ok(a)), Some(Ok(b)), None) = ends else {
            return self.fault(number, pair, "must be two user numbers", "for example: 12 345");
        };
        if a.max(b) >= self.users {
            let rule = format!("user {} does not exist: numbers run from 0 to {}", a.max(b), self.users - 1);
            return self.fault(number, pair, &rule, "");
        }
        if a == b {
            return self.fault(number, pair, "ties a user to itself", "remove the line");
        }
        let ends = [a.min(b), a.max(b)].map(|user| u32::try_from(user).expect("fewer than 2^32 users"));
        self.edges.push((ends, number));
    }

    fn refuse_duplicates(&mut self) {
        let mut twice: Vec<(u32, [u32; 2], u32)> = self
            .edges
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0)
            .map(|pair| (pair[1].1, pair[1].0, pair[0].1))
            .collect();
        twice.sort_unstable();
        for (line, [a, b], first) in twice {
            let rule = format!("the tie stands on line {first} already (ties have no direction)");
            self.fault(line, &format!("{a} {b}"), &rule, "remove one of the lines");
        }
    }

    fn fault(&mut self, line: u32, value: &str, rule: &str, remedy: &str) {
        if self.faults.len() >= SHOWN {
            self.hidden += 1;
            return;
        }
        let mut fault = Fault::of_file(self.file, rule, remedy);
        fault.line = line as usize;
        fault.column = usize::from(line > 0);
        fault.value = printable(&clip(value, 40));
        self.faults.push(fault);
    }
}
