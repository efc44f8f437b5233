//! `ecotone calibrate`: settings fitted to published figures, with a posterior sample.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use crate::cli::check::USER_DAYS_PER_SECOND;
use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::speak::{self, Tone};
use crate::cli::study::{self, Study};
use crate::cli::study_options::StudyOptions;
use crate::parallel;
use crate::random::Chance;
use crate::report::study::StudyKind;
use crate::scenario::Scenario;
use crate::stats::search::{
    Ended, Known, PopulationPlan, Posterior, Question, Search, SearchPlan, abc_smc, latin_start, minimise,
};
use crate::study::batch::Keeps;
use crate::study::calibrate::{Fitted, TARGETS, fitted, target};

mod ask;
mod asked;
mod tell;
mod tolerances;

use ask::Ask;
use asked::{Ready, prepare};

/// Runs of the pilot that tells the noise of the figures.
const PILOTS: u32 = 4;
/// Points of the Latin hypercube for each free setting.
const START: u32 = 20;
/// Number of the chance that draws points; runs have those of small numbers.
const SEARCH: u32 = u32::MAX;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone calibrate netease_vs_tencent.toml --users 20000 --replications 2 \\
          --free platforms.netease.alpha=-6..0 --free platforms.tencent.alpha=-6..0 --free plans.w0_basic=-6..0
      fits three settings to the scenario's targets of role \"fitted\"; those \"predicted\" are only shown
  ecotone calibrate market.toml --free 'choice.kappa_0=lognormal(1.5,0.5)@0.1..10' --tolerance mau=0.03
      a prior that is no range, and a figure that is known to 3 %
  ecotone fan market.toml --draws output/market-calibrate/tables/posterior.csv --take 50
      what the uncertainty about the settings means for every curve

Priors: LOW..HIGH, LOW..HIGH/log, normal(MEAN,DEVIATION)@LOW..HIGH, lognormal(MEDIAN,SPREAD)@LOW..HIGH. Settings
joined by + move together. Tolerances are shares of the published figure, one standard deviation. Every trial runs
the scenario's replications under the same chance.
Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// The words after `ecotone calibrate`.
#[derive(Debug, clap::Args)]
pub struct CalibrateArguments {
    /// Scenario file; its targets of role "fitted" are met, all others only shown
    pub file: PathBuf,
    /// A free setting and its prior; may be repeated
    #[arg(long, value_name = "PATH=PRIOR", required = true, allow_hyphen_values = true)]
    pub free: Vec<String>,
    /// Tolerance of a measure's figures, a share of the published figure: mau=0.03; * stands for all others
    #[arg(long, value_name = "MEASURE=SHARE")]
    pub tolerance: Vec<String>,
    /// Draws of the posterior to write
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub draws: u32,
    /// Most populations of 100 trials after the search
    #[arg(long, value_name = "N", default_value_t = 18, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub populations: u32,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Calibrates.
pub fn calibrate(arguments: &CalibrateArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok(ready) => carry_out(arguments, ready),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

fn carry_out(arguments: &CalibrateArguments, ready: Ready) -> Result<Ending> {
    let scenario = &ready.base.checked.scenario;
    let study = Study {
        kind: StudyKind::Calibrate,
        file: &arguments.file,
        base: &ready.base,
        trials: vec![ready.pilot],
        files: Vec::new(),
        outcomes: Vec::new(),
        keeps: Keeps::Tables(vec![TARGETS]),
        replications: PILOTS,
        design: Value::Null,
        options: &arguments.options,
        command: command(arguments),
    };
    if arguments.options.dry_run {
        return estimate(arguments, scenario, ready.free.len());
    }
    study.carry_out_in_rounds(|rounds| {
        let mut ask = Ask {
            rounds,
            study: &study,
            document: &ready.document,
            free: &ready.free,
            common: arguments.overrides.words(),
            wanted: fitted(scenario),
            answers: Vec::new(),
            ending: None,
            failure: None,
        };
        let noise = match ask.noise(scenario.run.replications)? {
            Ok(noise) => noise,
            Err(ending) => return Ok(Err(ending)),
        };
        let one = |&at: &usize| target(&scenario.targets[at], ready.tolerances[at], noise[at]);
        let question = Question {
            priors: ready.free.iter().map(|free| free.prior).collect(),
            targets: fitted(scenario).iter().map(one).collect(),
        };
        let (search, posterior) = match sample(arguments, scenario, &question, &mut ask) {
            Ok(found) => found,
            Err(ended) => return ask.end(ended),
        };
        let figures: Vec<Option<Vec<f64>>> =
            posterior.trials.iter().map(|trial| ask.figures(&trial.point)).collect();
        let fitted = Fitted {
            scenario,
            free: &ready.free,
            search: &search,
            posterior: &posterior,
            figures: &figures,
            tolerances: &ready.tolerances,
            noise: &noise,
            best: ask.figures(&search.best.point),
        };
        let failed = ask.answers.iter().filter(|(_, figures)| figures.is_none()).count();
        let document = ask.fitted_document(&search.best.point);
        let found = tell::findings(arguments, scenario, &fitted, (ask.answers.len(), failed), document);
        Ok(Ok((found, Ending::Done)))
    })
}

/// At most so many runs, and about how long they take; how many it will be, the results decide.
fn estimate(arguments: &CalibrateArguments, scenario: &Scenario, settings: usize) -> Result<Ending> {
    let search = SearchPlan::usual(settings).evaluations as u64;
    let most = u64::from(START) * settings as u64 + search + 100 * u64::from(arguments.populations);
    let runs = most * u64::from(scenario.run.replications) + u64::from(PILOTS);
    let user_days = runs * scenario.market.users * u64::from(scenario.market.days);
    let threads = arguments.options.threads.map_or_else(parallel::threads, usize::from);
    let seconds = user_days as f64 / (USER_DAYS_PER_SECOND * threads as f64);
    speak::say(&format!(
        "at most {most} trials, {runs} runs, about {:.0} min on {}; nothing was simulated\n",
        (seconds / 60.0).ceil(),
        counted(threads as u64, "thread"),
    ))?;
    Ok(Ending::Done)
}

/// Start, search and posterior sample.
fn sample(
    arguments: &CalibrateArguments,
    scenario: &Scenario,
    question: &Question,
    ask: &mut Ask,
) -> Result<(Search, Posterior), Ended> {
    let settings = question.priors.len();
    let chance = Chance::new(scenario.run.seed, SEARCH);
    let tell = |text: &str| {
        if !arguments.options.is_quiet() {
            speak::tell(Tone::Plain, "calibrate", text);
        }
    };
    tell(&format!("{} from the priors", counted(u64::from(START) * settings as u64, "trial")));
    let start = latin_start(START as usize * settings, settings, chance);
    let start = question.evaluate(start, &mut |points| ask.ask(points))?;
    tell("search for the best point");
    let search =
        minimise(question, &SearchPlan::usual(settings), &start, chance, &mut |points| ask.ask(points))?;
    tell(&format!("best so far: {:.2} tolerances away; now the posterior", search.best.distance));
    let plan =
        PopulationPlan { populations: arguments.populations as usize, ..PopulationPlan::usual(settings) };
    let known = Known { start: &start, search: &search.trials };
    let posterior = abc_smc(question, &plan, known, chance, &mut |points| ask.ask(points))?;
    Ok((search, posterior))
}

fn command(arguments: &CalibrateArguments) -> String {
    let mut words = vec!["ecotone calibrate".to_owned(), quoted(&arguments.file.to_string_lossy())];
    words.extend(arguments.free.iter().flat_map(|free| ["--free".to_owned(), quoted(free)]));
    words.extend(arguments.tolerance.iter().flat_map(|text| ["--tolerance".to_owned(), quoted(text)]));
    words.push(format!("--draws {} --populations {}", arguments.draws, arguments.populations));
    words.extend(arguments.overrides.words());
    words.join(" ")
}
