//! `ecotone run --until-halfwidth`: replications are added until an interval is narrow enough.

use std::time::Instant;

use crate::cli::columns::counted;
use crate::cli::overrides::Overrides;
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
    #[arg(long, value_name = "OUTCOME", requires = "until_halfwidth")]
    pub of: Option<String>,
    /// Give up after so many replications
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub at_most: u32,
}

impl UntilOptions {
    /// The precision asked for, if any.
    ///
    /// # Errors
    /// When the outcome is none or the half-width is not positive.
    pub fn precision(&self, scenario: &Scenario) -> Result<Option<Precision>, Refusal> {
        let (Some(half_width), Some(name)) = (self.until_halfwidth, &self.of) else { return Ok(None) };
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

/// Says how many replications it took, and whether that was enough.
pub fn tell(scenario: &Scenario, wanted: &Precision, settled: &Settled) {
    let took = counted(u64::from(settled.replications), "replication");
    let ends = [settled.interval.point, settled.interval.low, settled.interval.high];
    let found = phrase::with_interval(scenario, wanted.outcome.unit, ends);
    let half = (settled.interval.high - settled.interval.low) / 2.0;
    let text = format!("{}: {found}; half-width {half:.3e} after {took}", wanted.outcome.name);
    if settled.is_reached {
        speak::tell(Tone::Good, "precise enough", &text);
    } else {
        let text = format!("{text}; wanted {:.3e}, raise --at-most", wanted.half_width);
        speak::tell(Tone::Warning, "not precise enough", &text);
    }
}

/// The overrides of the plain run that gives the same tables.
pub fn plain(overrides: &Overrides, settled: &Settled) -> Overrides {
    Overrides { replications: Some(settled.replications.to_string()), ..overrides.clone() }
}
