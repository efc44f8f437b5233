//! `ecotone run --until-halfwidth`: replications are added until an interval is narrow enough.

use std::time::Instant;

use serde_json::{Value, json};

use crate::cli::columns::counted;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::progress::Progress;
use crate::cli::refusal::Refusal;
use crate::cli::simulation::Outcome as Simulated;
use crate::cli::speak::{self, Tone};
use crate::cli::study::now;
use crate::parallel;
use crate::scenario::Scenario;
use crate::scenario::fault::Fault;
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::study::until::{Precision, Settled, until};

/// Options that ask for a precision instead of a number of replications.
#[derive(Clone, Debug, clap::Args)]
pub struct UntilOptions {
    /// Add replications until the interval of --of is at most this to either side, in its own unit (0.001 is
    /// 0.1 points of a share)
    #[arg(long, value_name = "X", requires = "of", conflicts_with = "replications")]
    pub until_halfwidth: Option<f64>,
    /// Outcome whose interval counts, e.g. share:netease; `ecotone explain outcomes` lists them
    #[arg(long, value_name = "OUTCOME")]
    pub of: Option<String>,
    /// Give up after so many replications
    #[arg(long, value_name = "N", default_value_t = 1_000, requires = "until_halfwidth", value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub at_most: u32,
}

impl UntilOptions {
    /// The precision asked for, if any.
    ///
    /// # Errors
    /// When the outcome is none or the half-width is not positive.
    pub fn precision(&self, scenario: &Scenario) -> Result<Option<Precision>, Refusal> {
        let (half_width, name) = match (self.until_halfwidth, &self.of) {
            (Some(half_width), Some(name)) => (half_width, name),
            (None, Some(name)) => return Err(alone(name)),
            (_, None) => return Ok(None),
        };
        if half_width.is_nan() || half_width <= 0.0 || half_width.is_infinite() {
            return Err(Refusal::reason(
                format!("--until-halfwidth {half_width}: must be > 0 and finite"),
                "give it in the unit of the outcome, e.g. 0.001 for 0.1 points of a share",
            ));
        }
        let outcome = Outcome::parse(name, scenario).map_err(|(rule, remedy)| {
            Refusal::from(Fault { value: name.clone(), ..Fault::of_file("--of", &rule, &remedy) })
        })?;
        Ok(Some(Precision { outcome, half_width, most: self.at_most }))
    }

    /// The options as they were typed, for the command that a report shows; none when no precision is asked for.
    pub fn words(&self) -> Vec<String> {
        let (Some(half_width), Some(name)) = (self.until_halfwidth, &self.of) else { return Vec::new() };
        vec![format!("--until-halfwidth {half_width} --of {} --at-most {}", quoted(name), self.at_most)]
    }
}

/// A run writes every measure, so an outcome without a half-width asks for nothing.
fn alone(name: &str) -> Refusal {
    Refusal::reason(
        format!(
            "--of {name}: a run writes every measure, so --of alone changes nothing; it names the interval that \
                 --until-halfwidth narrows"
        ),
        "add --until-halfwidth X, such as 0.002 for 0.2 points of a share, or leave --of out",
    )
}

/// Simulates until the precision is there; `None` when the user interrupted.
pub fn simulate(
    scenario: &Scenario,
    wanted: &Precision,
    (threads, quiet): (usize, bool),
) -> Option<(Simulated, Settled)> {
    let (started, clock) = (now(), Instant::now());
    let progress = Progress::new(scenario, quiet);
    let tick = |replication, day| progress.tick(replication, day);
    let settled = parallel::with_threads(threads, || until(scenario, wanted, &tick));
    progress.finish();
    let settled = settled?;
    let simulated =
        Simulated { tables: settled.tables.clone(), started, seconds: clock.elapsed().as_secs_f64() };
    Some((simulated, settled))
}

/// Says how many replications it took, and whether that was enough; too few are a warning for the quiet as well.
pub fn tell(scenario: &Scenario, wanted: &Precision, settled: &Settled, is_quiet: bool) {
    let took = counted(u64::from(settled.replications), "replication");
    let found = phrase::with_interval(scenario, wanted.outcome.unit, ends(settled));
    let half = half_width(settled);
    let text = format!("{}: {found}; half-width {half:.3e} after {took}", wanted.outcome.name);
    if !settled.is_reached {
        let text = format!("{text}; wanted {:.3e}, raise --at-most", wanted.half_width);
        speak::tell(Tone::Warning, "not precise enough", &text);
    } else if !is_quiet {
        speak::tell(Tone::Good, "precise enough", &text);
    }
}

/// What came of it, for programs, the manifest and the page.
pub fn told(scenario: &Scenario, wanted: &Precision, settled: &Settled) -> Value {
    let [mean, low, high] = ends(settled);
    json!({
        "outcome": wanted.outcome.name,
        "unit": wanted.outcome.unit.word(),
        "mean": mean,
        "low": low,
        "high": high,
        "half_width": half_width(settled),
        "wanted": wanted.half_width,
        "replications": settled.replications,
        "at_most": wanted.most,
        "is_reached": settled.is_reached,
        "sentence": sentence(scenario, wanted, settled),
    })
}

fn sentence(scenario: &Scenario, wanted: &Precision, settled: &Settled) -> String {
    let unit = wanted.outcome.unit;
    let size = |value: f64| phrase::difference(scenario, unit, value).trim_start_matches('+').to_owned();
    let what = phrase::outcome(scenario, &wanted.outcome);
    let found = phrase::with_interval(scenario, unit, ends(settled));
    let took = counted(u64::from(settled.replications), "replication");
    let (half, asked) = (size(half_width(settled)), size(wanted.half_width));
    let verdict = if settled.is_reached {
        format!("to {half} to either side, where {asked} were asked for")
    } else if half_width(settled).is_nan() {
        format!("but its interval is not defined; {asked} to either side were asked for")
    } else {
        format!("only to {half} to either side, not to the {asked} that were asked for")
    };
    format!("{}: {found}, known after {took} {verdict}.", phrase::capital(&what))
}

/// Point, low end and high end of the interval.
fn ends(settled: &Settled) -> [f64; 3] {
    [settled.interval.point, settled.interval.low, settled.interval.high]
}

/// Half of the interval's length, in the unit of the outcome.
fn half_width(settled: &Settled) -> f64 {
    (settled.interval.high - settled.interval.low) / 2.0
}

/// The precision that a result was written with, as its manifest tells it; `None` when there was none.
///
/// # Errors
/// When the manifest was changed.
pub fn recorded(told: &Value, scenario: &Scenario) -> Result<Option<Precision>, Refusal> {
    if told.is_null() {
        return Ok(None);
    }
    let options = UntilOptions {
        until_halfwidth: told["wanted"].as_f64(),
        of: told["outcome"].as_str().map(str::to_owned),
        at_most: told["at_most"].as_u64().and_then(|most| u32::try_from(most).ok()).unwrap_or_default(),
    };
    options.precision(scenario)
}

/// The overrides of the plain run that gives the same tables.
pub fn plain(overrides: &Overrides, settled: &Settled) -> Overrides {
    Overrides { replications: Some(settled.replications.to_string()), ..overrides.clone() }
}
