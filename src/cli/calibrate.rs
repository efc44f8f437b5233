//! `ecotone calibrate`: settings fitted to published figures, with a posterior sample.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::calibration::{Ask, Tolerances};
use crate::cli::check::USER_DAYS_PER_SECOND;
use crate::cli::columns::{align, counted};
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::speak::{self, Tone};
use crate::cli::study::{self, Findings, Study};
use crate::cli::study_options::StudyOptions;
use crate::parallel;
use crate::random::Chance;
use crate::report::study::StudyKind;
use crate::scenario::Scenario;
use crate::scenario::document::Document;
use crate::scenario::fault::Fault;
use crate::stats::search::{
    Ended, Known, PopulationPlan, Posterior, Question, Search, SearchPlan, abc_smc, latin_start, minimise,
};
use crate::study::batch::Keeps;
use crate::study::calibrate::{Fitted, TARGETS, fitted, target};
use crate::study::free::Free;
use crate::study::phrase;
use crate::study::trial::Trial;
use crate::table::Table;

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

/// What was checked before the first run.
struct Ready {
    base: Prepared,
    document: Document,
    free: Vec<Free>,
    tolerances: Vec<f64>,
    pilot: Trial,
}

fn prepare(arguments: &CalibrateArguments) -> Result<Ready, Refusal> {
    let mut faults = Vec::new();
    let mut free: Vec<Free> = Vec::new();
    for text in &arguments.free {
        match Free::parse(text) {
            Ok(one) => {
                if let Some(path) =
                    free.iter().flat_map(|free| &free.paths).find(|path| one.paths.contains(path))
                {
                    let rule = format!("`{path}` is free twice");
                    faults.push(Fault {
                        value: text.clone(),
                        ..Fault::of_file("--free", &rule, "name it once")
                    });
                }
                free.push(one);
            }
            Err((rule, remedy)) => {
                faults.push(Fault { value: text.clone(), ..Fault::of_file("--free", &rule, &remedy) });
            }
        }
    }
    let tolerances = Tolerances::parse(&arguments.tolerance).map_err(|wrong| faults.extend(wrong));
    if !arguments.options.of.is_empty() {
        faults.push(Fault::of_file("--of", "a calibration asks the scenario's targets", "leave it out"));
    }
    if arguments.options.shard.is_some() {
        let rule = "a calibration looks at results before it knows the next trials";
        faults.push(Fault::of_file("--shard", rule, "leave it out; --threads uses every core of a machine"));
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let document = prepare::patched(&arguments.file, &arguments.overrides)?;
    let base = prepare::prepare_document(&document)?;
    let scenario = &base.checked.scenario;
    if fitted(scenario).is_empty() {
        return Err(Refusal::reason(
            "the scenario has no target of role \"fitted\"",
            "add [[targets]] with role = \"fitted\"; ecotone explain targets tells what one holds",
        ));
    }
    refuse_ends(&document, arguments, &free)?;
    let tolerances = tolerances.map(|found| found.of(scenario)).unwrap_or_default();
    let pilot = Trial::new("as it is", arguments.overrides.words(), base.checked.clone());
    Ok(Ready { base, document, free, tolerances, pilot })
}

/// Both ends of every prior must be possible by themselves, so that nothing is refused after an hour.
fn refuse_ends(document: &Document, arguments: &CalibrateArguments, free: &[Free]) -> Result<(), Refusal> {
    let ends = free.iter().flat_map(|free| {
        free.prior.range().map(|end| (format!("{} = {end}", free.name()), free.patches(end)))
    });
    let mut allowed = document.clone();
    // Ties that tip are no fault here: such a point counts as one that does not work.
    allowed.apply(&[crate::scenario::document::Patch::new("run.allow_tipping", "true", "calibrate")]);
    study::trials(&allowed, &arguments.overrides.words(), &ends.collect::<Vec<_>>()).map(|_| ())
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
        let found = findings(arguments, scenario, &fitted, (ask.answers.len(), failed), document);
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

fn findings(
    arguments: &CalibrateArguments,
    scenario: &Scenario,
    fitted: &Fitted,
    (trials, failed): (usize, usize),
    document: Result<String, Refusal>,
) -> Findings {
    let tables = fitted.tables(arguments.draws as usize);
    let posterior = fitted.posterior;
    let facts = vec![
        ("Free settings".to_owned(), arguments.free.join("; ")),
        ("Figures fitted".to_owned(), fitted_count(scenario)),
        ("Trials".to_owned(), trials.to_string()),
        ("Replications of each".to_owned(), scenario.run.replications.to_string()),
        ("Simulated users".to_owned(), crate::cli::columns::thousands(scenario.market.users)),
        (
            "Posterior".to_owned(),
            format!(
                "worth {:.0} independent draws; tolerances stretched by {:.2}",
                posterior.effective, posterior.epsilon
            ),
        ),
        ("Method".to_owned(), "Latin hypercube, CMA-ES, then weighted populations (ABC-SMC)".to_owned()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
    ];
    let settings = &tables[1];
    let lost = (failed > 0).then(|| {
        format!(
            "{} gave no figures: their settings tip, cannot be, or failed",
            counted(failed as u64, "trial")
        )
    });
    let few = (posterior.effective < 100.0).then(|| {
        format!(
            "the posterior is worth only {:.0} independent draws: take more --populations or --replications",
            posterior.effective
        )
    });
    let stretched = (posterior.epsilon > 1.05).then(|| {
        let by = posterior.epsilon;
        if fitted.search.best.distance <= 1.0 {
            format!("the sample has not come down to the stated tolerances (still {by:.1} times as wide), so its intervals are too wide: take more --populations")
        } else {
            format!("even the best point misses the figures by {:.1} tolerances: the model cannot meet them all, and intervals are widened by {by:.1}", fitted.search.best.distance)
        }
    });
    let one = (scenario.run.replications < 2).then(|| {
        "one replication a trial: the fit follows the luck of one market; take two or more".to_owned()
    });
    let loud = noisy(scenario, fitted).map(|count| {
        format!("chance moves {count} of the fitted figures by more than half of their tolerance: simulate more users or replications")
    });
    let warnings: Vec<String> = one
        .into_iter()
        .chain(loud)
        .chain(lost)
        .chain(few)
        .chain(stretched)
        .chain(unidentified(settings))
        .collect();
    let (files, warnings) = match document {
        Ok(text) => (vec![("fitted.toml".to_owned(), text.into_bytes())], warnings),
        Err(_) => (Vec::new(), warnings),
    };
    Findings {
        title: phrase::heading(scenario, "settings fitted to published figures"),
        answer: answer(fitted, &tables[0], settings),
        facts,
        lines: lines(settings),
        warnings,
        tables,
        files,
    }
}

fn fitted_count(scenario: &Scenario) -> String {
    let count = fitted(scenario).len();
    format!("{count} of {}", scenario.targets.len())
}

/// How many fitted figures chance moves by more than half of their tolerance.
fn noisy(scenario: &Scenario, found: &Fitted) -> Option<usize> {
    let is_loud =
        |&&at: &&usize| found.noise[at] > 0.5 * found.tolerances[at] * scenario.targets[at].value.abs();
    let count = fitted(scenario).iter().filter(is_loud).count();
    (count > 0).then_some(count)
}

/// The settings that the figures do not identify, in words.
fn unidentified(settings: &Table) -> Option<String> {
    let open: Vec<String> = (0..settings.rows())
        .filter(|&row| settings.word("verdict", row) != "identified")
        .map(|row| format!("{} is {}", settings.word("setting", row), settings.word("verdict", row)))
        .collect();
    (!open.is_empty()).then(|| open.join("; "))
}

fn answer(fitted: &Fitted, fit: &Table, settings: &Table) -> String {
    let inside = |role: &str| {
        let rows = fit.rows_where(&[("role", role)]);
        let met = rows.iter().filter(|&&row| {
            let number = |column: &str| fit.numbers(column)[row];
            let miss = number("simulated") - number("published");
            let is_allowed = match fit.word("bound", row) {
                "at_least" => miss >= 0.0,
                "at_most" => miss <= 0.0,
                _ => false,
            };
            is_allowed || miss.abs() <= number("tolerance")
        });
        (met.count(), rows.len())
    };
    let ((met, all), (hit, open)) = (inside("fitted"), inside("predicted"));
    let clear = (0..settings.rows()).filter(|&row| settings.word("verdict", row) == "identified").count();
    let predicted =
        if open == 0 { String::new() } else { format!(", and {hit} of {open} that were left out") };
    format!(
        "Under the calibrated settings the median of {met} of {all} fitted figures lies within its tolerance{predicted}; \
         the figures identify {clear} of {} settings.",
        fitted.free.len()
    )
}

fn lines(settings: &Table) -> String {
    let mut rows = vec![["setting", "best", "posterior", "prior", "verdict"].map(str::to_owned).to_vec()];
    for row in 0..settings.rows() {
        let number = |column: &str| settings.numbers(column)[row];
        rows.push(vec![
            settings.word("setting", row).to_owned(),
            format!("{:.4}", number("best")),
            format!("{:.4} ({:.4} to {:.4})", number("mean"), number("mean_low"), number("mean_high")),
            format!("{} to {}", number("prior_low"), number("prior_high")),
            settings.word("verdict", row).to_owned(),
        ]);
    }
    format!("\n{}", align(&rows))
}
