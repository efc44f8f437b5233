//! `ecotone run`: simulate a scenario and write its report.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};

use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::progress::Progress;
use crate::cli::refusal::Refusal;
use crate::cli::simulation::{Outcome, Simulation};
use crate::cli::speak::{self, Tone};
use crate::cli::until::{self, UntilOptions};
use crate::cli::{headline, interrupt, memory, output_folder};
use crate::parallel;
use crate::scenario::Scenario;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone run first_try.toml
      simulate and write output/first_try/report.html
  ecotone run first_try.toml --replications 20 --threads 8
      narrower bands, on eight threads; the numbers do not depend on the threads
  ecotone run first_try.toml --set platforms.netease.premium.price=12 --out output/dearer
      the same market with another price
  ecotone run first_try.toml --until-halfwidth 0.002 --of share:community
      as many replications as it takes for an interval of 0.2 points to either side
  ecotone run first_try.toml --json | jq .headline
      the key numbers for another program
  ecotone run first_try.toml --events
      what happens, one JSON object a line, for a script that follows

Ctrl-C once finishes the current day or file and leaves without writing anything; twice leaves at once.
Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments, 130 interrupted.";

/// The words after `ecotone run`.
#[derive(Debug, clap::Args)]
pub struct RunArguments {
    /// Scenario file
    pub file: PathBuf,
    /// Folder of the results [default: output/<name of the scenario>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub until: UntilOptions,
    /// Threads [default: one for each processor]; changes the time, never a number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub threads: Option<u16>,
    /// Replace an earlier result in the folder
    #[arg(long)]
    pub force: bool,
    /// Print exactly one JSON object on standard output
    #[arg(long, default_value_if("events", "true", "true"))]
    pub json: bool,
    /// Print one JSON object a line as the work goes: started, replication, progress, warning, done
    #[arg(long)]
    pub events: bool,
    /// No progress and no start or end line; warnings stay
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about the run
    #[arg(short, long)]
    pub verbose: bool,
}

/// Simulates, writes and sums up.
pub fn run(arguments: &RunArguments) -> Result<Ending> {
    let simulation = match prepare(arguments) {
        Ok(simulation) => simulation,
        Err(refusal) if arguments.json => return Ok(refusal.tell_json()?),
        Err(refusal) => return Ok(refusal.tell()),
    };
    let folder = arguments.folder(&simulation.prepared);
    output_folder::try_out(&folder)?;
    interrupt::watch()?;
    announce(arguments, &simulation);
    let (simulation, outcome) = match simulate(arguments, simulation) {
        Ok(simulated) => simulated,
        Err(refusal) if arguments.json => return Ok(refusal.tell_json()?),
        Err(refusal) => return Ok(refusal.tell()),
    };
    let Some(outcome) = outcome.filter(|_| interrupt::go_on()) else { return stopped(arguments) };
    if simulation.publish(&outcome, &folder, arguments.force)?.is_none() {
        return stopped(arguments);
    }
    conclude(arguments, &simulation, &outcome)?;
    Ok(Ending::Done)
}

fn stopped(arguments: &RunArguments) -> Result<Ending> {
    let facts = arguments.json.then(interrupt::nothing_written);
    Ok(interrupt::stopped("nothing was written", facts.as_ref())?)
}

/// Simulates the replications asked for, or as many as a precision needs; the simulation then says how many.
fn simulate(
    arguments: &RunArguments,
    simulation: Simulation,
) -> Result<(Simulation, Option<Outcome>), Refusal> {
    let scenario = &simulation.prepared.checked.scenario;
    let Some(wanted) = arguments.until.precision(scenario)? else {
        let progress = Progress::new(scenario, arguments.quiet);
        let outcome = simulation.simulate(&progress);
        return Ok((simulation, outcome));
    };
    let Some((outcome, settled)) = until::simulate(scenario, &wanted, (simulation.threads, arguments.quiet))
    else {
        return Ok((simulation, None));
    };
    until::tell(scenario, &wanted, &settled, arguments.quiet);
    let precision = until::told(scenario, &wanted, &settled);
    let plain = until::plain(&arguments.overrides, &settled);
    let prepared = prepare::prepare(&arguments.file, &plain)?;
    let warnings = prepared.warnings();
    Ok((Simulation { prepared, warnings, precision, ..simulation }, Some(outcome)))
}

impl RunArguments {
    fn folder(&self, prepared: &Prepared) -> PathBuf {
        self.out.clone().unwrap_or_else(|| Path::new("output").join(&prepared.checked.scenario.name))
    }

    /// The command that repeats the results: without what changes only time, place or talk.
    fn command(&self) -> String {
        let file = self.file.to_string_lossy();
        let mut words = vec!["ecotone run".to_owned(), quoted(&file)];
        words.extend(self.overrides.words());
        words.extend(self.until.words());
        words.join(" ")
    }
}

/// Everything that can be refused is refused here, before a day is simulated.
fn prepare(arguments: &RunArguments) -> Result<Simulation, Refusal> {
    let threads = arguments.threads.map_or_else(parallel::threads, usize::from);
    let prepared = prepare::prepare(&arguments.file, &arguments.overrides)?;
    arguments.until.precision(&prepared.checked.scenario)?;
    let folder = arguments.folder(&prepared);
    let refusal = output_folder::refuse_own_scenario(&folder, &arguments.file)
        .or_else(|| output_folder::refuse(&folder, arguments.force))
        .or_else(|| memory::refuse(prepared.memory(threads), memory::available()));
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let warnings = prepared.warnings();
    Ok(Simulation { prepared, threads, command: arguments.command(), warnings, precision: Value::Null })
}

fn announce(arguments: &RunArguments, simulation: &Simulation) {
    let Simulation { prepared, threads, .. } = simulation;
    // The summary of `--json` holds the warnings.
    if arguments.quiet && arguments.json {
        return;
    }
    if !arguments.quiet {
        introduce(&prepared.checked.scenario);
    }
    prepared.cautions().iter().for_each(|warning| speak::tell(Tone::Warning, "warning", warning));
    if arguments.verbose {
        let needed = memory::words(prepared.memory(*threads));
        speak::tell(Tone::Plain, "threads", &format!("{threads}; memory about {needed}"));
        speak::tell(Tone::Plain, "digest", &prepared.digest());
        speak::tell(Tone::Plain, "ties", &prepared.tipping.text);
    }
}

fn introduce(scenario: &Scenario) {
    let users = counted(scenario.market.users, "user");
    let days = counted(u64::from(scenario.market.days), "day");
    let replications = counted(u64::from(scenario.run.replications), "replication");
    let text = format!("{users}, {days}, {replications}, seed {}", scenario.run.seed);
    speak::tell(Tone::Plain, &speak::inert(&scenario.name), &text);
}

fn conclude(arguments: &RunArguments, simulation: &Simulation, outcome: &Outcome) -> Result<()> {
    let scenario = &simulation.prepared.checked.scenario;
    let folder = arguments.folder(&simulation.prepared);
    if !arguments.quiet {
        speak::tell(Tone::Good, "done", &format!("simulated in {:.1} s", outcome.seconds));
    }
    if arguments.json {
        return Ok(speak::say_json(&summary(simulation, outcome, &folder))?);
    }
    let report = folder.join("report.html");
    let lines = headline::lines(scenario, &outcome.tables);
    Ok(speak::say(&format!("Report: {}\n\n{lines}", report.display()))?)
}

fn summary(simulation: &Simulation, outcome: &Outcome, folder: &Path) -> Value {
    let scenario = &simulation.prepared.checked.scenario;
    let mut told = json!({
        "status": "done",
        "name": scenario.name,
        "version": env!("CARGO_PKG_VERSION"),
        "digest": simulation.prepared.digest(),
        "folder": folder.to_string_lossy(),
        "report": folder.join("report.html").to_string_lossy(),
        "users": scenario.market.users,
        "days": scenario.market.days,
        "replications": scenario.run.replications,
        "seed": scenario.run.seed,
        "confidence": scenario.run.confidence,
        "seconds": outcome.seconds,
        "warnings": simulation.warnings,
        "headline": headline::json(scenario, &outcome.tables),
    });
    if !simulation.precision.is_null() {
        told["precision"] = simulation.precision.clone();
    }
    told
}
