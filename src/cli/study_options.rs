//! The options that every study takes.

use std::path::PathBuf;

/// What every study may be told.
#[derive(Clone, Debug, clap::Args)]
pub struct StudyOptions {
    /// Outcome to look at, e.g. retention_180:netease; may be repeated; `ecotone explain outcomes` lists them
    #[arg(long, value_name = "OUTCOME")]
    pub of: Vec<String>,
    /// Folder of the results [default: output/<scenario>-<study>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Folder of finished runs, shared by all studies; delete it whenever you like
    #[arg(long, value_name = "DIR", default_value = "output/.runs")]
    pub store: PathBuf,
    /// Run only part I of N of the runs into the store and write no result; refused by calibrate, whose runs follow from
    /// each other
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// List the runs with estimated time and memory; simulate nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Threads [default: one for each processor]; changes the time, never a number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub threads: Option<u16>,
    /// Replace an earlier result in the folder
    #[arg(long)]
    pub force: bool,
    /// Print exactly one JSON object on standard output
    #[arg(long, default_value_if("events", "true", "true"))]
    pub json: bool,
    /// Print one JSON object a line as the work goes: started, run, progress, warning, done
    #[arg(long)]
    pub events: bool,
    /// No progress and no start or end line
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about the study
    #[arg(short, long)]
    pub verbose: bool,
    /// Study file that says all this: faults are told with its lines
    #[arg(long, hide = true)]
    pub told_by: Option<PathBuf>,
    /// Say nothing at all: for a study within another verb
    #[arg(long, hide = true)]
    pub silent: bool,
}

/// One part of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub part: usize,
    /// Of how many.
    pub of: usize,
}

impl Shard {
    /// Whether the run with that number belongs to this part.
    pub fn holds(self, job: usize) -> bool {
        job % self.of == self.part - 1
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let read = |word: &str| word.trim().parse::<usize>().ok();
    let parts = text.split_once('/').and_then(|(part, of)| Some(Shard { part: read(part)?, of: read(of)? }));
    match parts {
        Some(shard) if shard.part >= 1 && shard.part <= shard.of => Ok(shard),
        _ => Err("write a part and how many there are, e.g. 2/3".to_owned()),
    }
}

impl StudyOptions {
    /// Whether progress, start and end stay away.
    pub fn is_quiet(&self) -> bool {
        self.quiet || self.silent
    }

    /// The words that repeat the same numbers: without what changes only time, place or talk.
    pub fn words(&self) -> Vec<String> {
        self.of.iter().flat_map(|name| ["--of".to_owned(), crate::cli::overrides::quoted(name)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_belongs_to_exactly_one_part() {
        let shards: Vec<Shard> = ["1/3", "2/3", "3/3"].map(|text| shard(text).unwrap()).to_vec();
        for job in 0..20 {
            assert_eq!(shards.iter().filter(|shard| shard.holds(job)).count(), 1, "{job}");
        }
        for wrong in ["0/3", "4/3", "1", "a/b", "1/0", "-1/3"] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }
}
