//! A prepared scenario on its way to a folder of results; what `run` and `verify` share.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::Value;

use crate::cli::interrupt;
use crate::cli::prepare::Prepared;
use crate::cli::progress::Progress;
use crate::parallel;
use crate::report::{self, ManifestFacts, Published, Story};
use crate::study::replicate;
use crate::table::Table;

/// What is to be simulated, and how.
pub struct Simulation {
    /// The scenario.
    pub prepared: Prepared,
    /// Number of threads, at least 1.
    pub threads: usize,
    /// The command that the report shows.
    pub command: String,
    /// What the report warns of.
    pub warnings: Vec<String>,
    /// What came of a precision that was asked for (see [`Story::precision`]); null when none was.
    pub precision: Value,
}

/// What came out.
pub struct Outcome {
    /// Tables with bands.
    pub tables: Vec<Table>,
    /// When it began: date and time, ISO 8601, UTC.
    pub started: String,
    /// Wall-clock time of the simulation, seconds.
    pub seconds: f64,
}

impl Simulation {
    /// Simulates all replications; `None` when the user interrupted.
    pub fn simulate(&self, progress: &Progress) -> Option<Outcome> {
        let started = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let clock = Instant::now();
        let scenario = &self.prepared.checked.scenario;
        let tick = |replication, day| progress.tick(replication, day);
        let tables = parallel::with_threads(self.threads, || replicate::replicate(scenario, &tick));
        progress.finish();
        Some(Outcome { tables: tables?, started, seconds: clock.elapsed().as_secs_f64() })
    }

    /// Writes tables, charts and the report into the folder; with `force` an earlier result is replaced. Nothing when
    /// the user interrupted: then an earlier result stays.
    pub fn publish(&self, outcome: &Outcome, folder: &Path, force: bool) -> Result<Option<Published>> {
        let story = Story {
            scenario: &self.prepared.checked.scenario,
            resolved: &self.prepared.checked.resolved,
            remarks: &self.prepared.checked.remarks,
            tables: &outcome.tables,
            warnings: &self.warnings,
            version: env!("CARGO_PKG_VERSION"),
            digest: &self.prepared.digest(),
            command: &self.command,
            precision: &self.precision,
        };
        let facts = ManifestFacts {
            threads: self.threads,
            started: outcome.started.clone(),
            seconds: vec![("simulate".to_owned(), outcome.seconds)],
        };
        let done = report::publish_while(&story, (folder, force), &facts, &interrupt::go_on);
        Ok(interrupt::unless_stopped(done)?)
    }
}
