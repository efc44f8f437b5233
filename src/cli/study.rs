//! What all studies share on their way from trials to a folder of results.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::batch_work::{BatchWork, Worked};
use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::prepare::Prepared;
use crate::cli::speak::{self, Tone};
use crate::cli::study_options::StudyOptions;
use crate::cli::{interrupt, memory};
use crate::parallel;
use crate::report::study::{StudyKind, StudyStory, publish_study_while};
use crate::report::wording::event_name;
use crate::report::{ManifestFacts, Published};
use crate::scenario::Event;
use crate::study::batch::{Fate, Job, Keeps, jobs};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;
use crate::table::Table;

mod asked;
mod place;
mod tell;

pub use asked::{outcomes, outcomes_named, trial, trials};
pub use place::{folder, refuse};
pub use tell::{conclude, few_replications, now, refused, stopped};

/// A study that is ready to run.
pub struct Study<'a> {
    /// What it does.
    pub kind: StudyKind,
    /// The scenario file that it departs from.
    pub file: &'a Path,
    /// The scenario of that file, checked.
    pub base: &'a Prepared,
    /// Its trials.
    pub trials: Vec<Trial>,
    /// Scenario file of every trial where it is not that of the study.
    pub files: Vec<PathBuf>,
    /// What it asks of every run.
    pub outcomes: Vec<Outcome>,
    /// What is kept of every run.
    pub keeps: Keeps,
    /// Runs of every trial.
    pub replications: u32,
    /// What decides the tables beside trials and outcomes; null: nothing.
    pub design: Value,
    /// What every study may be told.
    pub options: &'a StudyOptions,
    /// The command that repeats it.
    pub command: String,
}

/// What a study found, in tables and in words.
pub struct Findings {
    /// Heading.
    pub title: String,
    /// The answer in one sentence.
    pub answer: String,
    /// Label and value pairs about the design.
    pub facts: Vec<(String, String)>,
    /// All tables.
    pub tables: Vec<Table>,
    /// What a reader should keep in mind, beside the warnings of the scenario.
    pub warnings: Vec<String>,
    /// Lines for the terminal.
    pub lines: String,
    /// Further files of the folder: name and content.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Jobs with their fates, or how the study ends before it has a result.
pub type Round<'t> = Result<(Vec<Job<'t>>, Vec<Fate>), Ending>;

/// Runs trials of a study, as often as it needs to look at results before it knows the next ones.
pub struct Rounds<'a> {
    study: &'a Study<'a>,
}

impl Rounds<'_> {
    /// Runs trials; their fates with the jobs, or how the study ends before it has a result.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub fn run<'t>(&self, trials: &'t [Trial], keeps: &Keeps, replications: u32) -> Result<Round<'t>> {
        let jobs = jobs(trials, replications);
        let fates = match self.study.work(&jobs, keeps).run()? {
            Worked::Fates(fates) => fates,
            Worked::Ended(ending) => return Ok(Err(ending)),
        };
        Ok(Ok((jobs, fates)))
    }
}

impl Study<'_> {
    /// Refuses what cannot work, runs every trial, and writes what was found.
    ///
    /// # Errors
    /// When the store or the results cannot be written.
    pub fn carry_out(&self, find: impl FnOnce(&[Job], &[Fate]) -> Findings) -> Result<Ending> {
        self.carry_out_in_rounds(|rounds| {
            Ok(rounds.run(&self.trials, &self.keeps, self.replications)?.map(|(jobs, fates)| {
                let is_whole = fates.iter().all(|fate| matches!(fate, Fate::Done(_)));
                (find(&jobs, &fates), if is_whole { Ending::Done } else { Ending::SomeFailed })
            }))
        })
    }

    /// The same for studies that look at results before they know the next trials.
    ///
    /// # Errors
    /// When the store or the results cannot be written.
    pub fn carry_out_in_rounds(
        &self,
        find: impl FnOnce(&Rounds) -> Result<Result<(Findings, Ending), Ending>>,
    ) -> Result<Ending> {
        let jobs = jobs(&self.trials, self.replications);
        let folder = folder(self.options, &self.base.checked.scenario, self.kind);
        let refusal =
            refuse(self.options, &folder, self.file).or_else(|| self.work(&jobs, &self.keeps).refuse());
        if let Some(refusal) = refusal {
            return refused(self.options, &refusal);
        }
        interrupt::watch()?;
        self.announce(&jobs);
        let (started, clock) = (now(), Instant::now());
        let (mut found, ending) = match find(&Rounds { study: self })? {
            Ok(found) => found,
            Err(ending) => return Ok(ending),
        };
        if ending == Ending::SomeFailed {
            found.warnings.push("some runs failed, so their outcomes are missing".to_owned());
        }
        let seconds = clock.elapsed().as_secs_f64();
        let threads = self.options.threads.map_or_else(parallel::threads, usize::from);
        let facts = ManifestFacts { threads, started, seconds: vec![("simulate".to_owned(), seconds)] };
        if self.publish(&found, &folder, &facts)?.is_none() {
            return Ok(stopped(self.options)?);
        }
        conclude(self.options, &found, &folder, seconds)?;
        Ok(ending)
    }

    fn work<'a>(&'a self, jobs: &'a [Job<'a>], keeps: &'a Keeps) -> BatchWork<'a> {
        BatchWork { jobs, keeps, files: &self.files, file: self.file, options: self.options }
    }

    fn announce(&self, jobs: &[Job]) {
        if self.options.is_quiet() || self.options.dry_run {
            return;
        }
        let trials = counted(self.trials.len() as u64, "trial");
        let text = format!(
            "{trials}, {}, seed {}",
            counted(jobs.len() as u64, "run"),
            self.base.checked.scenario.run.seed
        );
        speak::tell(Tone::Plain, self.kind.word(), &text);
        self.base.cautions().iter().for_each(|warning| speak::tell(Tone::Warning, "warning", warning));
        if self.options.verbose {
            let work = self.work(jobs, &self.keeps);
            let needed = memory::words(work.memory());
            speak::tell(Tone::Plain, "threads", &format!("{}; memory about {needed}", work.threads()));
            speak::tell(Tone::Plain, "store", &self.options.store.display().to_string());
            speak::tell(Tone::Plain, "digest", &self.base.digest());
            speak::tell(Tone::Plain, "ties", &self.base.tipping.text);
        }
    }

    /// Everything that decides the numbers, for the manifest and the digest.
    fn resolved(&self) -> Value {
        let trials: Vec<Value> = self.trials.iter().map(|trial| self.told(trial)).collect();
        let outcomes: Vec<&str> = self.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
        let mut study = json!({
            "kind": self.kind.word(), "outcomes": outcomes, "replications": self.replications, "trials": trials,
        });
        if !self.design.is_null() {
            study["design"] = self.design.clone();
        }
        json!({ "study": study, "scenario": self.base.checked.resolved })
    }

    /// A trial in the manifest; of a comparison with the events that the control has not, for the charts.
    fn told(&self, trial: &Trial) -> Value {
        let mut told = json!({ "label": trial.label, "changes": trial.words, "digest": trial.digest });
        let shared = &self.base.checked.scenario.events;
        let own = trial.scenario.events.iter().filter(|event| !shared.contains(event));
        let name = |event: &Event| json!({ "day": event.day, "name": event_name(&trial.scenario, event) });
        let own: Vec<Value> = own.map(name).collect();
        if self.kind == StudyKind::Compare && !own.is_empty() {
            told["events"] = own.into();
        }
        told
    }

    /// Writes the results; nothing when the user interrupted.
    fn publish(&self, found: &Findings, folder: &Path, facts: &ManifestFacts) -> Result<Option<Published>> {
        let resolved = self.resolved();
        let warnings: Vec<String> =
            self.base.warnings().into_iter().chain(found.warnings.iter().cloned()).collect();
        let story = StudyStory {
            kind: self.kind,
            scenario: &self.base.checked.scenario,
            resolved: &resolved,
            remarks: &self.base.checked.remarks,
            title: &found.title,
            question: &self.base.checked.scenario.question,
            answer: &found.answer,
            facts: &found.facts,
            tables: &found.tables,
            warnings: &warnings,
            version: env!("CARGO_PKG_VERSION"),
            digest: &blake3::hash(resolved.to_string().as_bytes()).to_hex(),
            command: &self.command,
        };
        let place = (folder, self.options.force);
        let done = publish_study_while(&story, &found.files, (place, facts), &interrupt::go_on);
        Ok(interrupt::unless_stopped(done)?)
    }
}
