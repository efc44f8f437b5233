//! `ecotone check`: is the scenario sound, and what would a run of it cost?

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;

use crate::cli::columns::{align, align_within, counted, indented, thousands};
use crate::cli::ending::Ending;
use crate::cli::memory;
use crate::cli::overrides::Overrides;
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::speak::{self, Tone};
use crate::cli::study;
use crate::parallel;
use crate::scenario::calendar::Calendar;

/// Simulated user-days per second and thread, for the rough estimate of time only.
/// Source: assumption, the design target of 5e7 on two threads.
pub const USER_DAYS_PER_SECOND: f64 = 2.5e7;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone check first_try.toml
      every fault with its place and remedy, or what a run would simulate and need
  ecotone check first_try.toml --set choice.beta_s=1.5
      would stronger ties tip this market?
  ecotone check first_try.toml --json
      the same for another program

Exit codes: 0 sound, be it too large for this machine (which is said), 2 faults.";

/// The words after `ecotone check`.
#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    /// Scenario file
    pub file: PathBuf,
    #[command(flatten)]
    pub overrides: Overrides,
    /// Print exactly one JSON object on standard output
    #[arg(long)]
    pub json: bool,
    /// Warnings and faults only
    #[arg(short, long)]
    pub quiet: bool,
}

/// Checks and describes; simulates nothing, writes nothing.
pub fn check(arguments: &CheckArguments) -> Result<Ending> {
    match sound(arguments) {
        Ok((prepared, treatments)) if arguments.json => speak::say_json(&summary(&prepared, treatments))?,
        Ok((prepared, treatments)) => describe(&prepared, treatments, arguments.quiet)?,
        Err(refusal) if arguments.json => return Ok(refusal.tell_json()?),
        Err(refusal) => return Ok(refusal.tell()),
    }
    Ok(Ending::Done)
}

/// The file's control, or the treatment asked for, and how many treatments it declares; they must be sound as well.
fn sound(arguments: &CheckArguments) -> Result<(Prepared, usize), Refusal> {
    let prepared = prepare::prepare(&arguments.file, &arguments.overrides)?;
    if arguments.overrides.treatment.is_some() {
        return Ok((prepared, 0));
    }
    let document = prepare::load(&arguments.file)?;
    let treatments = document.treatments();
    for treatment in &treatments {
        let treatment = Some(treatment.name.clone());
        let overrides = Overrides { treatment, ..arguments.overrides.clone() };
        prepare::prepare(&arguments.file, &overrides)?;
    }
    if !document.outcomes().is_empty() {
        study::outcomes_named(&document.outcomes(), "outcomes", &prepared.checked.scenario)?;
    }
    Ok((prepared, treatments.len()))
}

fn describe(prepared: &Prepared, treatments: usize, is_quiet: bool) -> Result<()> {
    if !is_quiet {
        tell(prepared, treatments)?;
    }
    for warning in prepared.cautions() {
        speak::say_labelled(Tone::Warning, "warning", &warning)?;
    }
    if let Some(Refusal::Reason { what, remedy }) = too_large(prepared) {
        let text = format!("ecotone run refuses it here: {what}\n  help: {remedy}");
        speak::say_labelled(Tone::Warning, "too large for this machine", &text)?;
    }
    Ok(())
}

/// The reason why a run would be refused on this machine, sound as the scenario is.
fn too_large(prepared: &Prepared) -> Option<Refusal> {
    memory::refuse(prepared.memory(parallel::threads()), memory::available())
}

fn tell(prepared: &Prepared, treatments: usize) -> Result<()> {
    let name = &prepared.checked.scenario.name;
    speak::say_labelled(Tone::Good, "scenario is sound", name)?;
    speak::say(&format!("\n{}", indented(&align(&rows(prepared, treatments)))))?;
    if !prepared.tipping.text.is_empty() {
        let words = [vec![prepared.ties_in_words()], vec![format!("Technical: {}.", prepared.tipping.text)]];
        speak::say(&format!("\n{}", indented(&align_within(&words, speak::width().saturating_sub(2)))))?;
    }
    Ok(())
}

fn rows(prepared: &Prepared, treatments: usize) -> Vec<Vec<String>> {
    let scenario = &prepared.checked.scenario;
    let market = &scenario.market;
    let calendar = Calendar::new(&market.start, market.days);
    let (first, last) = (calendar.date(0), calendar.date(market.days - 1));
    let platforms: Vec<&str> = scenario.platforms.iter().map(|platform| platform.label.as_str()).collect();
    let people = thousands(market.population.round() as u64);
    let targets = counted(scenario.targets.len() as u64, "published figure");
    let memory = memory::words(prepared.memory(parallel::threads()));
    let threads = counted(parallel::threads() as u64, "thread");
    [
        ("platforms", platforms.join(", ")),
        ("users", format!("{} standing for {people} people", thousands(market.users))),
        ("days", format!("{}, {first} to {last}", thousands(u64::from(market.days)))),
        ("replications", format!("{}, seed {}", scenario.run.replications, scenario.run.seed)),
        ("events", scenario.events.len().to_string()),
        ("to compare", targets),
        ("memory", format!("about {memory}")),
        ("time", format!("{} on {threads}, a rough guess", duration(seconds(prepared)))),
    ]
    .into_iter()
    .chain((treatments > 0).then(|| ("treatments", beside(treatments))))
    .map(|(what, value)| vec![what.to_owned(), value])
    .collect()
}

/// How many treatments there are, and what sets them beside the control.
fn beside(treatments: usize) -> String {
    let sides = treatments + 1;
    format!(
        "{treatments} beside this control; ecotone compare simulates all {sides} sides, {sides} times as long"
    )
}

fn summary(prepared: &Prepared, treatments: usize) -> serde_json::Value {
    let scenario = &prepared.checked.scenario;
    let tipping = &prepared.tipping;
    json!({
        "sound": true,
        "name": scenario.name,
        "digest": prepared.digest(),
        "users": scenario.market.users,
        "days": scenario.market.days,
        "replications": scenario.run.replications,
        "seed": scenario.run.seed,
        "platforms": scenario.platforms.iter().map(|platform| platform.name.as_str()).collect::<Vec<_>>(),
        "memory_bytes": prepared.memory(parallel::threads()),
        "memory_available_bytes": memory::available(),
        "fits_memory": too_large(prepared).is_none(),
        "seconds_roughly": seconds(prepared),
        "treatments": treatments,
        "tipping": {
            "tips": tipping.tips,
            "radius": tipping.radius,
            "relaxation_days": tipping.relaxation_days,
            "multiplier": tipping.multiplier,
            "half_life_days": tipping.half_life_days,
            "critical_beta_s": tipping.critical_beta_s,
            "text": tipping.text,
        },
        "warnings": prepared.cautions(),
    })
}

/// Rough time of a run on this machine, seconds.
fn seconds(prepared: &Prepared) -> f64 {
    let scenario = &prepared.checked.scenario;
    let user_days = scenario.market.users as f64 * f64::from(scenario.market.days);
    let threads = parallel::threads().max(1) as f64;
    user_days * f64::from(scenario.run.replications) / (USER_DAYS_PER_SECOND * threads)
}

fn duration(seconds: f64) -> String {
    match seconds {
        ..1.0 => "less than a second".to_owned(),
        ..100.0 => format!("about {seconds:.0} s"),
        ..6_000.0 => format!("about {:.0} min", seconds / 60.0),
        _ => format!("about {:.1} h", seconds / 3_600.0),
    }
}
