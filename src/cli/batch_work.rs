//! The runs of a study, from the list of trials to their fates: estimate, store, progress, failures.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::cli::columns::{align, counted, indented};
use crate::cli::ending::Ending;
use crate::cli::overrides::quoted;
use crate::cli::progress::StudyProgress;
use crate::cli::refusal::Refusal;
use crate::cli::run_store::RunStore;
use crate::cli::speak::{self, Tone};
use crate::cli::study_options::StudyOptions;
use crate::cli::{check, interrupt, memory};
use crate::engine::simulate;
use crate::parallel;
use crate::study::batch::{Desk, Fate, Job, Keeps, execute};
use crate::study::replicate::ONE_BY_ONE;
use crate::world::memory::peak;

/// Failed runs that are described one by one.
const DESCRIBED: usize = 20;

/// A batch of runs and the scenario file that they come from.
pub struct BatchWork<'a> {
    /// The runs.
    pub jobs: &'a [Job<'a>],
    /// What is kept of each.
    pub keeps: &'a Keeps,
    /// Scenario files of the trials, for the command that repeats a run alone; beyond its end, `file`.
    pub files: &'a [PathBuf],
    /// Scenario file of the study.
    pub file: &'a Path,
    /// What every study may be told.
    pub options: &'a StudyOptions,
}

/// What came of a batch.
pub enum Worked {
    /// All fates, in the order of the jobs; none is open.
    Fates(Vec<Fate>),
    /// There is no result to show: a list, a part, or an interruption.
    Ended(Ending),
}

impl BatchWork<'_> {
    /// The reason why the batch does not fit into memory.
    pub fn refuse(&self) -> Option<Refusal> {
        memory::refuse(self.memory(), memory::available())
    }

    /// Worker threads.
    pub fn threads(&self) -> usize {
        self.options.threads.map_or_else(parallel::threads, usize::from)
    }

    /// Largest estimated peak, bytes: small worlds side by side, one a thread, large ones one by one.
    pub fn memory(&self) -> u64 {
        let threads = self.threads().min(self.jobs.len()).max(1) as u64;
        let peaks = self.jobs.iter().map(|job| {
            let scenario = &job.trial.scenario;
            peak(scenario, if scenario.market.users < ONE_BY_ONE { threads } else { 1 })
        });
        peaks.max().unwrap_or(0)
    }

    /// Runs what is not stored.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub fn run(&self) -> Result<Worked> {
        if self.options.dry_run {
            self.list(&RunStore::look(&self.options.store))?;
            return Ok(Worked::Ended(Ending::Done));
        }
        let store = RunStore::open(&self.options.store)?;
        let mine: Vec<Job> =
            self.jobs.iter().enumerate().filter(|(at, _)| self.is_mine(*at)).map(|(_, job)| *job).collect();
        let user_days = mine.iter().map(Job::cost).sum();
        let progress = StudyProgress::new(mine.len(), user_days, self.options.is_quiet());
        let desk = Desk {
            recall: &|digest| store.recall(digest),
            keep: &|digest, tables| store.keep(digest, tables),
            tick: &|beat| progress.tick(beat) && store.failure().is_none(),
            simulate,
        };
        let fates = parallel::with_threads(self.threads(), || execute(&mine, self.keeps, desk));
        progress.finish();
        if let Some(failure) = store.failure() {
            bail!("{failure}; finished runs are kept, the same command continues");
        }
        self.conclude(&mine, fates)
    }

    fn is_mine(&self, job: usize) -> bool {
        self.options.shard.is_none_or(|shard| shard.holds(job))
    }

    fn conclude(&self, mine: &[Job], fates: Vec<Fate>) -> Result<Worked> {
        let done = fates.iter().filter(|fate| matches!(fate, Fate::Done(_))).count();
        if interrupt::is_requested() {
            let text = format!(
                "{done} of {} are stored; the same command continues",
                counted(mine.len() as u64, "run")
            );
            let facts = || json!({ "status": "interrupted", "runs": mine.len(), "stored": done });
            let ending = interrupt::stopped(&text, self.options.json.then(facts).as_ref())?;
            return Ok(Worked::Ended(ending));
        }
        self.tell_failures(mine, &fates);
        let Some(shard) = self.options.shard else { return Ok(Worked::Fates(fates)) };
        if self.options.json {
            let part = format!("{}/{}", shard.part, shard.of);
            speak::say_json(&json!({ "status": "part", "part": part, "runs": mine.len(), "stored": done }))?;
        } else {
            let text = format!(
                "{}/{}: {done} of {} are in {}; when all parts are there, run the same command without --shard",
                shard.part,
                shard.of,
                counted(mine.len() as u64, "run"),
                self.options.store.display()
            );
            speak::say_labelled(Tone::Good, "part", &text)?;
        }
        Ok(Worked::Ended(if done == mine.len() { Ending::Done } else { Ending::SomeFailed }))
    }

    fn tell_failures(&self, mine: &[Job], fates: &[Fate]) {
        let failed: Vec<(&Job, &String)> = mine
            .iter()
            .zip(fates)
            .filter_map(|(job, fate)| if let Fate::Failed(words) = fate { Some((job, words)) } else { None })
            .collect();
        for (job, words) in failed.iter().take(DESCRIBED) {
            let text = format!(
                "{}, replication {}: {words}\n  alone: {}",
                job.trial.label,
                job.replication,
                self.alone(job)
            );
            speak::tell(Tone::Bad, "run failed", &text);
        }
        if failed.len() > DESCRIBED {
            speak::tell(Tone::Bad, "runs failed", &format!("{} in all", failed.len()));
        }
    }

    /// The command that repeats a run by itself.
    fn alone(&self, job: &Job) -> String {
        let file = self.files.get(job.at).map_or(self.file, PathBuf::as_path);
        let mut words = vec!["ecotone run".to_owned(), quoted(&file.to_string_lossy())];
        let own = job.trial.words.chunks(2).filter(|pair| !counts_runs(pair));
        words.extend(own.flatten().cloned());
        words.push(format!("--first-replication {} --replications 1", job.replication));
        words.join(" ")
    }

    /// The list of runs for a program: each with the command that repeats it alone.
    fn listing(&self, listed: &[(usize, &Job, bool)], seconds: f64) -> Value {
        let one = |(number, job, is_stored): &(usize, &Job, bool)| {
            json!({
                "run": number, "trial": job.trial.label, "replication": job.replication,
                "user_days": job.cost(), "stored": is_stored, "alone": self.alone(job),
            })
        };
        json!({
            "status": "listed", "runs": listed.iter().map(one).collect::<Vec<Value>>(),
            "seconds": seconds, "memory_bytes": self.memory(),
        })
    }

    fn list(&self, store: &RunStore) -> Result<()> {
        let listed: Vec<(usize, &Job, bool)> = (1..)
            .zip(self.jobs)
            .filter(|(number, _)| self.is_mine(number - 1))
            .map(|(number, job)| (number, job, store.holds(&job.digest(self.keeps))))
            .collect();
        let left: u64 =
            listed.iter().filter(|(.., is_stored)| !is_stored).map(|(_, job, _)| job.cost()).sum();
        let seconds = left as f64 / (check::USER_DAYS_PER_SECOND * self.threads() as f64);
        if self.options.json {
            return Ok(speak::say_json(&self.listing(&listed, seconds))?);
        }
        let head = ["run", "trial", "replication", "user-days", "memory", "stored"].map(str::to_owned);
        let row = |(number, job, is_stored): &(usize, &Job, bool)| {
            vec![
                number.to_string(),
                job.trial.label.clone(),
                job.replication.to_string(),
                format!("{:.1e}", job.cost() as f64),
                memory::words(peak(&job.trial.scenario, 1)),
                if *is_stored { "yes" } else { "" }.to_owned(),
            ]
        };
        let rows: Vec<Vec<String>> = std::iter::once(head.to_vec()).chain(listed.iter().map(row)).collect();
        let runs = counted(listed.len() as u64, "run");
        speak::say(&indented(&align(&rows)))?;
        speak::say(&format!(
            "\n{runs}, about {} on {}, {} of memory at once; nothing was simulated\n",
            duration(seconds),
            counted(self.threads() as u64, "thread"),
            memory::words(self.memory()),
        ))?;
        Ok(())
    }
}

/// Whether an option with its value says how many runs there are, which the command of one run decides itself.
fn counts_runs(pair: &[String]) -> bool {
    let path = pair.last().and_then(|value| value.trim_start_matches('\'').split('=').next());
    match pair[0].as_str() {
        "--set" => {
            path.is_some_and(|path| ["run.replications", "run.first_replication"].contains(&path.trim()))
        }
        option => ["--replications", "--first-replication"].contains(&option),
    }
}

/// A rough time in words.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{:.0} s", s.ceil()),
        s if s < 5_400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3_600.0),
    }
}
