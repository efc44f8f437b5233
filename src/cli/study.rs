//! What all studies share on their way from trials to a folder of results.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::batch_work::{BatchWork, Worked};
use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::speak::{self, Tone};
use crate::cli::study_options::StudyOptions;
use crate::cli::{interrupt, output_folder, study_file};
use crate::parallel::{self, map_ordered};
use crate::report::ManifestFacts;
use crate::report::study::{StudyKind, StudyStory, publish_study};
use crate::scenario::Scenario;
use crate::scenario::document::{Document, Patch};
use crate::scenario::fault::Fault;
use crate::study::batch::{Fate, Job, Keeps, jobs};
use crate::study::outcome::{self, Outcome};
use crate::study::trial::Trial;
use crate::table::Table;

/// Faults of a study's points that are shown; the rest repeats them.
const MOST_FAULTS: usize = 20;

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
        self.announce(jobs.len());
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
        self.publish(&found, &folder, &facts)?;
        conclude(self.options, &found, &folder, seconds)?;
        Ok(ending)
    }

    fn work<'a>(&'a self, jobs: &'a [Job<'a>], keeps: &'a Keeps) -> BatchWork<'a> {
        BatchWork { jobs, keeps, files: &self.files, file: self.file, options: self.options }
    }

    fn announce(&self, runs: usize) {
        if self.options.is_quiet() || self.options.dry_run {
            return;
        }
        let trials = counted(self.trials.len() as u64, "trial");
        let text = format!(
            "{trials}, {}, seed {}",
            counted(runs as u64, "run"),
            self.base.checked.scenario.run.seed
        );
        speak::tell(Tone::Plain, self.kind.word(), &text);
        self.base.cautions().iter().for_each(|warning| speak::tell(Tone::Warning, "warning", warning));
    }

    /// Everything that decides the numbers, for the manifest and the digest.
    fn resolved(&self) -> Value {
        let trials: Vec<Value> = self
            .trials
            .iter()
            .map(|trial| json!({ "label": trial.label, "changes": trial.words, "digest": trial.digest }))
            .collect();
        let outcomes: Vec<&str> = self.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
        json!({
            "study": { "kind": self.kind.word(), "outcomes": outcomes, "replications": self.replications, "trials": trials },
            "scenario": self.base.checked.resolved,
        })
    }

    fn publish(&self, found: &Findings, folder: &Path, facts: &ManifestFacts) -> Result<()> {
        let resolved = self.resolved();
        let warnings: Vec<String> =
            self.base.warnings().into_iter().chain(found.warnings.iter().cloned()).collect();
        let story = StudyStory {
            kind: self.kind,
            scenario: &self.base.checked.scenario,
            resolved: &resolved,
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
        publish_study(&story, &found.files, (folder, self.options.force), facts)?;
        Ok(())
    }
}

/// Tells a refusal the way the user wants to hear it.
///
/// # Errors
/// When standard output is closed.
pub fn refused(options: &StudyOptions, refusal: &Refusal) -> Result<Ending> {
    let told = options.told_by.as_ref().map(|file| study_file::located(refusal, file));
    let refusal = told.as_ref().unwrap_or(refusal);
    Ok(if options.json { refusal.tell_json()? } else { refusal.tell() })
}

/// The time of day, ISO 8601, UTC.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Where the results go.
pub fn folder(options: &StudyOptions, scenario: &Scenario, kind: StudyKind) -> PathBuf {
    let usual = || Path::new("output").join(format!("{}-{}", scenario.name, kind.word()));
    options.out.clone().unwrap_or_else(usual)
}

/// The reason why results cannot go to the folder; a part or a list writes none.
pub fn refuse(options: &StudyOptions, folder: &Path, file: &Path) -> Option<Refusal> {
    if options.dry_run || options.shard.is_some() {
        return None;
    }
    output_folder::refuse_own_scenario(folder, file)
        .or_else(|| refuse_own_store(folder, &options.store))
        .or_else(|| output_folder::refuse(folder, options.force))
}

/// A store in there would keep the results from their place, after all the work.
fn refuse_own_store(folder: &Path, store: &Path) -> Option<Refusal> {
    let (folder, store) = (std::path::absolute(folder).ok()?, std::path::absolute(store).ok()?);
    store.starts_with(&folder).then(|| {
        let what = format!("the run store {} lies in the folder of the results", store.display());
        Refusal::reason(what, "name another folder with --store or --out")
    })
}

/// The outcomes that were asked for, or the usual ones; all wrong names at once.
///
/// # Errors
/// The names that are no outcomes.
pub fn outcomes(options: &StudyOptions, scenario: &Scenario) -> Result<Vec<Outcome>, Refusal> {
    if options.of.is_empty() {
        return Ok(outcome::usual(scenario));
    }
    outcomes_named(&options.of, "--of", scenario)
}

/// The outcomes of these names; `origin` says who names them.
///
/// # Errors
/// The names that are no outcomes.
pub fn outcomes_named(names: &[String], origin: &str, scenario: &Scenario) -> Result<Vec<Outcome>, Refusal> {
    let (mut faults, mut found) = (Vec::new(), Vec::new());
    for name in names {
        match Outcome::parse(name, scenario) {
            Ok(outcome) if found.contains(&outcome) => {}
            Ok(outcome) => found.push(outcome),
            Err((rule, remedy)) => {
                faults.push(Fault { value: name.clone(), ..Fault::of_file(origin, &rule, &remedy) });
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults.into()) }
}

/// One trial: a document with patches; the label names it, the common words and the patches repeat it.
///
/// # Errors
/// The faults of the patched document, or that its market tips.
pub fn trial(
    document: &Document,
    common: &[String],
    (label, patches): &(String, Vec<Patch>),
) -> Result<Trial, Refusal> {
    let mut changed = document.clone();
    changed.apply(patches);
    let checked = prepare::prepare_trial(&changed)?;
    let own = patches.iter().flat_map(|patch| {
        let pair = format!("{}={}", patch.path, patch.value.spelled());
        ["--set".to_owned(), crate::cli::overrides::quoted(&pair)]
    });
    Ok(Trial::new(label, common.iter().cloned().chain(own).collect(), checked))
}

/// The trials of a document with each set of patches; the label names them, the words repeat them.
///
/// # Errors
/// The faults of all trials at once, each told once.
pub fn trials(
    document: &Document,
    common: &[String],
    points: &[(String, Vec<Patch>)],
) -> Result<Vec<Trial>, Refusal> {
    let mut trials = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for (made, (label, _)) in
        map_ordered(points, |point| trial(document, common, point)).into_iter().zip(points)
    {
        match made {
            Ok(trial) => trials.push(trial),
            Err(Refusal::Faults(faults)) => told.extend(faults),
            Err(Refusal::Reason { what, remedy }) => told.push(format!("{label}: {what}\n  help: {remedy}")),
        }
    }
    let mut seen = Vec::new();
    told.retain(|fault| {
        !seen.contains(fault) && {
            seen.push(fault.clone());
            true
        }
    });
    if told.is_empty() {
        return Ok(trials);
    }
    let more = told.len().saturating_sub(MOST_FAULTS);
    told.truncate(MOST_FAULTS);
    if more > 0 {
        told.push(format!("and {more} more faults in other trials"));
    }
    Err(Refusal::Faults(told))
}

/// A warning when intervals rest on very few markets.
pub fn few_replications(replications: u32) -> Option<String> {
    let count = counted(u64::from(replications), "replication");
    match replications {
        1 => Some("one replication: there are no intervals, and every difference may be chance".to_owned()),
        2..5 => Some(format!("only {count}: intervals rest on very few markets")),
        _ => None,
    }
}

/// Says where the report is and what was found.
///
/// # Errors
/// When standard output is closed.
pub fn conclude(options: &StudyOptions, found: &Findings, folder: &Path, seconds: f64) -> Result<()> {
    if options.silent {
        return Ok(());
    }
    let report = folder.join("report.html");
    if options.json {
        let facts: serde_json::Map<String, Value> =
            found.facts.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        speak::say_json(&json!({
            "status": "done", "answer": found.answer, "folder": folder.to_string_lossy(),
            "report": report.to_string_lossy(), "seconds": seconds, "facts": facts, "warnings": found.warnings,
        }))?;
        return Ok(());
    }
    if !options.quiet {
        speak::tell(Tone::Good, "done", &format!("in {seconds:.1} s"));
    }
    let warnings: String = found.warnings.iter().map(|warning| format!("Note: {warning}\n")).collect();
    speak::say(&format!("Report: {}\n\n{}\n{}{}", report.display(), found.answer, found.lines, warnings))?;
    Ok(())
}
