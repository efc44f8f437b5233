//! `ecotone decompose`: which group of settings makes the gap between two platforms?

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::columns::align;
use crate::cli::ending::Ending;
use crate::cli::overrides::{Overrides, quoted};
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::study::{self, Findings, Rounds, Study};
use crate::cli::study_options::StudyOptions;
use crate::report::study::StudyKind;
use crate::scenario::document::{Document, Patch};
use crate::scenario::fault::{Fault, suggest};
use crate::scenario::{ActivityMode, Scenario};
use crate::study::batch::Keeps;
use crate::study::decompose::{self, GROUPS, coalitions, label, shares};
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::study::trial::Trial;
use crate::study::values::{Values, labels, results};
use crate::table::{Table, Unit};

/// Replications that are enough to match shares.
const PILOTS: u32 = 4;
/// Rounds of the search for matching shares.
const ROUNDS: usize = 8;
/// Difference of shares that counts as matched.
const MATCHED: f64 = 0.002;
/// Longest step of alpha in one round, nats.
const STEP: f64 = 1.5;
/// Least slope of the share's log-odds over alpha that is believed.
const FLATTEST: f64 = 0.1;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone decompose first_try.toml --between community catalogue
      the gap in 180-day retention (and paid ratio), shared among community, catalogue, migration cost and price
  ecotone decompose first_try.toml --between community catalogue --of conversion_90 --raw
      another outcome, without matching shares

Every group keeps its own settings or takes the rival's (costs of moving: none), in all 16 combinations under the
same chance; a group's share is its mean contribution over all orders (Shapley). Share-matched: alpha of the own
platform is re-fitted in every combination until it ends with the same share of users, so that size does not count.
Exit codes: 0 done, 1 failure while running, 2 fault in the scenario or the arguments, 3 some runs failed,
130 interrupted (finished runs are kept; the same command continues).";

/// The words after `ecotone decompose`.
#[derive(Debug, clap::Args)]
pub struct DecomposeArguments {
    /// Scenario file
    pub file: PathBuf,
    /// The platform whose lead is explained, and its rival
    #[arg(long, num_args = 2, value_names = ["OWN", "RIVAL"], required = true)]
    pub between: Vec<String>,
    /// Only the raw convention: do not match shares
    #[arg(long)]
    pub raw: bool,
    #[command(flatten)]
    pub overrides: Overrides,
    #[command(flatten)]
    pub options: StudyOptions,
}

/// Decomposes.
pub fn decompose(arguments: &DecomposeArguments) -> Result<Ending> {
    match prepare(arguments) {
        Ok(ready) => carry_out(arguments, ready),
        Err(refusal) => study::refused(&arguments.options, &refusal),
    }
}

/// What was checked before the first run.
struct Ready {
    base: Prepared,
    document: Document,
    coalitions: Vec<Vec<Patch>>,
    trials: Vec<Trial>,
    /// Own and rival's outcome, in turn; then the own share, for matching, unless it is among them.
    outcomes: Vec<Outcome>,
}

fn prepare(arguments: &DecomposeArguments) -> Result<Ready, Refusal> {
    let document = prepare::patched(&arguments.file, &arguments.overrides)?;
    let base = prepare::prepare_document(&document)?;
    let (own, rival) = (&arguments.between[0], &arguments.between[1]);
    refuse_platforms(&base.checked.scenario, own, rival)?;
    let outcomes = outcomes(arguments, &base.checked.scenario)?;
    let coalitions = coalitions(&base.checked.resolved, own, rival);
    let trials = trials(arguments, &document, &coalitions, &[])?;
    Ok(Ready { base, document, coalitions, trials, outcomes })
}

fn refuse_platforms(scenario: &Scenario, own: &str, rival: &str) -> Result<(), Refusal> {
    let known: Vec<&str> = scenario.platforms.iter().map(|platform| platform.name.as_str()).collect();
    let unknown = [own, rival].into_iter().filter(|name| !known.contains(name));
    let faults: Vec<Fault> = unknown
        .map(|name| {
            Fault::of_file("--between", &format!("no platform is named `{name}`"), &suggest(name, &known))
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    if own == rival {
        return Err(Refusal::reason("there is no gap between a platform and itself", "name two platforms"));
    }
    Ok(())
}

/// Own and rival's outcome of every word asked for.
fn outcomes(arguments: &DecomposeArguments, scenario: &Scenario) -> Result<Vec<Outcome>, Refusal> {
    let (own, rival) = (&arguments.between[0], &arguments.between[1]);
    let age = [180, 90, 30, 7].into_iter().find(|&age| age < scenario.market.days).unwrap_or(1);
    let sells = |name: &String| {
        let found = scenario.platforms.iter().find(|platform| platform.name == *name);
        found.is_some_and(|platform| platform.basic.is_some() || platform.premium.is_some())
    };
    let usual = || {
        let paid = scenario.measures.activity != ActivityMode::Off && sells(own) && sells(rival);
        let paid = paid.then(|| "paid_ratio".to_owned());
        std::iter::once(format!("retention_{age}")).chain(paid).collect()
    };
    let words: Vec<String> =
        if arguments.options.of.is_empty() { usual() } else { arguments.options.of.clone() };
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for word in words {
        let of = word.split('@').next().unwrap_or_default().split_once(':').map(|(_, platform)| platform);
        if of.is_some_and(|platform| platform != own) {
            let rule = "both platforms are asked, so the outcome is named without one";
            let bare = word.split(':').next().unwrap_or_default();
            faults.push(Fault {
                value: word.clone(),
                ..Fault::of_file("--of", rule, &format!("write {bare}"))
            });
            continue;
        }
        if word == "hhi" {
            let rule = "is of the whole market: there is no gap in it";
            faults
                .push(Fault { value: word, ..Fault::of_file("--of", rule, "name an outcome of a platform") });
            continue;
        }
        let (word, audience) = word
            .split_once('@')
            .map_or((&*word, String::new()), |(word, audience)| (word, format!("@{audience}")));
        let named = format!("{}:{own}{audience}", word.split(':').next().unwrap_or_default());
        match Outcome::parse(&named, scenario) {
            Ok(outcome) if found.contains(&outcome) => {}
            Ok(outcome) => found.extend([outcome.clone(), outcome.of(rival)]),
            Err((rule, remedy)) => {
                faults.push(Fault { value: named, ..Fault::of_file("--of", &rule, &remedy) })
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let share = Outcome::parse(&format!("share:{own}"), scenario).ok();
    found.extend(share.filter(|share| !found.contains(share)));
    Ok(found)
}

/// A trial a coalition; with `alphas` the own platform has that constant in each.
fn trials(
    arguments: &DecomposeArguments,
    document: &Document,
    coalitions: &[Vec<Patch>],
    alphas: &[f64],
) -> Result<Vec<Trial>, Refusal> {
    let path = format!("platforms.{}.alpha", arguments.between[0]);
    let points: Vec<(String, Vec<Patch>)> = coalitions
        .iter()
        .enumerate()
        .map(|(at, patches)| {
            let alpha = alphas.get(at).map(|&alpha| Patch::number(&path, alpha, "matched share"));
            (label(at), patches.iter().cloned().chain(alpha).collect())
        })
        .collect();
    study::trials(document, &arguments.overrides.words(), &points)
}

fn carry_out(arguments: &DecomposeArguments, ready: Ready) -> Result<Ending> {
    let scenario = &ready.base.checked.scenario;
    let study = Study {
        kind: StudyKind::Decompose,
        file: &arguments.file,
        base: &ready.base,
        trials: ready.trials,
        files: Vec::new(),
        keeps: Keeps::Outcomes(ready.outcomes.clone()),
        outcomes: ready.outcomes,
        replications: scenario.run.replications,
        options: &arguments.options,
        command: command(arguments),
    };
    study.carry_out_in_rounds(|rounds| {
        let mut found = decompose::tables();
        let raw = match values(rounds, &study, &study.trials, study.replications)? {
            Ok(values) => values,
            Err(ending) => return Ok(Err(ending)),
        };
        add(&mut found, &study, &raw, "raw");
        let mut warnings = Vec::new();
        if !arguments.raw {
            let search =
                Search { arguments, document: &ready.document, coalitions: &ready.coalitions, study: &study };
            match search.matched(rounds, &raw)? {
                Ok((values, warning)) => {
                    add(&mut found, &study, &values, "matched");
                    warnings.extend(warning);
                }
                Err(ending) => return Ok(Err(ending)),
            }
        }
        let [shares, gap] = found;
        let tables = vec![shares, gap, results(&labels(&study.trials), &raw, &study.outcomes)];
        let is_whole = raw.runs.iter().all(|runs| runs.len() == study.replications as usize);
        let ending = if is_whole { Ending::Done } else { Ending::SomeFailed };
        Ok(Ok((findings(arguments, &study, tables, warnings), ending)))
    })
}

fn values(
    rounds: &Rounds,
    study: &Study,
    trials: &[Trial],
    replications: u32,
) -> Result<Result<Values, Ending>> {
    let ran = rounds.run(trials, &study.keeps, replications)?;
    Ok(ran.map(|(jobs, fates)| Values::read(trials.len(), &jobs, &fates, &study.outcomes)))
}

fn add(found: &mut [Table; 2], study: &Study, values: &Values, convention: &str) {
    for at in (1..study.outcomes.len()).step_by(2).map(|rival| rival - 1) {
        let found_shares = shares(values, at, study.base.checked.scenario.run.confidence);
        decompose::push(found, &study.outcomes[at].name, convention, &found_shares);
    }
}

/// The search for the constants under which every coalition ends with the same share.
struct Search<'a> {
    arguments: &'a DecomposeArguments,
    document: &'a Document,
    coalitions: &'a [Vec<Patch>],
    study: &'a Study<'a>,
}

impl Search<'_> {
    /// Values at matched shares, and a warning where a share could not be matched.
    fn matched(&self, rounds: &Rounds, raw: &Values) -> Result<Result<(Values, Option<String>), Ending>> {
        let scenario = &self.study.base.checked.scenario;
        let own = scenario.platforms.iter().find(|platform| platform.name == self.arguments.between[0]);
        let alpha = own.map_or(0.0, |platform| platform.alpha);
        let name = format!("share:{}", self.arguments.between[0]);
        let share = self.study.outcomes.iter().position(|outcome| outcome.name == name).unwrap_or(0);
        let pilots = self.study.replications.min(PILOTS);
        let mean = |values: &Values, coalition: usize| {
            let found: Vec<f64> = values.of(coalition, share).into_iter().take(pilots as usize).collect();
            found.iter().sum::<f64>() / found.len() as f64
        };
        let target = mean(raw, self.coalitions.len() - 1);
        let mut alphas = vec![alpha; self.coalitions.len()];
        let mut brackets: Vec<Bracket> = vec![Bracket::default(); alphas.len()];
        let mut now: Vec<f64> = (0..alphas.len()).map(|coalition| mean(raw, coalition)).collect();
        for _ in 0..ROUNDS {
            if now.iter().all(|share| (share - target).abs() <= MATCHED) {
                break;
            }
            for ((alpha, bracket), &share) in alphas.iter_mut().zip(&mut brackets).zip(&now) {
                if (share - target).abs() > MATCHED {
                    *alpha = bracket.next(*alpha, share, target);
                }
            }
            let trials = match trials(self.arguments, self.document, self.coalitions, &alphas) {
                Ok(trials) => trials,
                Err(refusal) => return Ok(Err(study::refused(&self.arguments.options, &refusal)?)),
            };
            match values(rounds, self.study, &trials, pilots)? {
                Ok(values) => now = (0..alphas.len()).map(|coalition| mean(&values, coalition)).collect(),
                Err(ending) => return Ok(Err(ending)),
            }
        }
        let warning = mismatch(&now, target);
        let trials = match trials(self.arguments, self.document, self.coalitions, &alphas) {
            Ok(trials) => trials,
            Err(refusal) => return Ok(Err(study::refused(&self.arguments.options, &refusal)?)),
        };
        Ok(values(rounds, self.study, &trials, self.study.replications)?.map(|values| (values, warning)))
    }
}

/// What to say when a share is off its target, or is not known because runs failed.
fn mismatch(shares: &[f64], target: f64) -> Option<String> {
    let misses = shares.iter().map(|share| (share - target).abs());
    let worst = misses.fold(0.0, |worst, miss| if miss.is_nan() { f64::INFINITY } else { miss.max(worst) });
    let how = match worst {
        worst if worst <= MATCHED => return None,
        f64::INFINITY => "not be matched, since runs failed".to_owned(),
        worst => format!("only be matched to {:.2} points", worst * 100.0),
    };
    Some(format!("in some combination the share could {how}; take matched shares with care"))
}

/// What is known of the constant that matches a share: where it is too low and where too high.
#[derive(Clone, Copy, Debug, Default)]
struct Bracket {
    low: Option<(f64, f64)>,
    high: Option<(f64, f64)>,
    last: Option<(f64, f64)>,
}

impl Bracket {
    /// The next constant to try: between the ends of the bracket on the log-odds of the share, or a step along
    /// the slope of the last two tries, at first that of a logit.
    fn next(&mut self, alpha: f64, share: f64, target: f64) -> f64 {
        let miss = log_odds(share) - log_odds(target);
        let slope = self.last.map(|(before, missed)| (miss - missed) / (alpha - before));
        // Chance can flatten or turn a slope; a step along it would lead astray.
        let slope = slope.filter(|slope| slope.is_finite() && *slope > FLATTEST).unwrap_or(1.0);
        self.last = Some((alpha, miss));
        *(if miss < 0.0 { &mut self.low } else { &mut self.high }) = Some((alpha, miss));
        match (self.low, self.high) {
            (Some((a, below)), Some((b, above))) => {
                let within = (a * above - b * below) / (above - below);
                // Kept off the ends, so that a bent curve cannot stall the search.
                within.clamp(a.min(b) + 0.1 * (a - b).abs(), a.max(b) - 0.1 * (a - b).abs())
            }
            _ => alpha - (miss / slope).clamp(-STEP, STEP),
        }
    }
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    crate::maths::ln(share / (1.0 - share))
}

fn command(arguments: &DecomposeArguments) -> String {
    let mut words = vec!["ecotone decompose".to_owned(), quoted(&arguments.file.to_string_lossy())];
    words.push(format!("--between {} {}", quoted(&arguments.between[0]), quoted(&arguments.between[1])));
    if arguments.raw {
        words.push("--raw".to_owned());
    }
    words.extend(arguments.overrides.words());
    words.extend(arguments.options.words());
    words.join(" ")
}

fn findings(
    arguments: &DecomposeArguments,
    study: &Study,
    tables: Vec<Table>,
    mut warnings: Vec<String>,
) -> Findings {
    let scenario = &study.base.checked.scenario;
    let groups: Vec<String> =
        GROUPS.iter().map(|group| format!("{}: {}", group.name, group.meaning)).collect();
    let tipping = &study.base.tipping;
    let mut facts = vec![
        ("Groups of settings".to_owned(), groups.join("; ")),
        ("Everything else".to_owned(), "the gap that stays when no group is the platform's own: alpha, awareness, features, users of day 0".to_owned()),
        ("Combinations".to_owned(), study.trials.len().to_string()),
        ("Replications of each".to_owned(), study.replications.to_string()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
        ("Multiplier of a small change through ties".to_owned(), format!("{:.2}", tipping.multiplier)),
    ];
    if tipping.half_life_days.is_finite() {
        facts.push((
            "Days until half of a change has spread".to_owned(),
            format!("{:.0}", tipping.half_life_days),
        ));
    }
    if !scenario.events.is_empty() {
        warnings.push(
            "dated events stay as they are in every combination, also those that change a group".to_owned(),
        );
    }
    Findings {
        title: phrase::heading(
            scenario,
            &format!("what makes the gap between {} and {}", arguments.between[0], arguments.between[1]),
        ),
        answer: answer(arguments, study, &tables[0], &tables[1]),
        facts,
        lines: lines(study, &tables[0]),
        warnings,
        tables,
        files: Vec::new(),
    }
}

fn answer(arguments: &DecomposeArguments, study: &Study, shares: &Table, gap: &Table) -> String {
    let scenario = &study.base.checked.scenario;
    let outcome = &study.outcomes[0];
    let ends = |table: &Table, column: &str, row: usize| {
        [column.to_owned(), format!("{column}_low"), format!("{column}_high")]
            .map(|name| table.numbers(&name)[row])
    };
    let convention = if arguments.raw { "raw" } else { "matched" };
    let wanted = [("outcome", outcome.name.as_str()), ("convention", convention)];
    let Some(&row) = gap.rows_where(&wanted).first() else { return String::new() };
    let words = |values| phrase::difference_with_interval(scenario, outcome.unit, values);
    let whole = ends(gap, "gap", row);
    let (own, rival) = (&arguments.between[0], &arguments.between[1]);
    let percent = scenario.run.confidence * 100.0;
    let head = format!("The gap of {own} to {rival} in {} is {}", outcome.title, words(whole));
    let is_open = |[_, low, high]: [f64; 3]| low.is_nan() || (low <= 0.0 && high >= 0.0);
    if is_open(whole) {
        return format!(
            "{head}: it cannot be told from zero, so there is nothing to share ({percent:.0} % interval)."
        );
    }
    let (rest, mut groups): (Vec<usize>, Vec<usize>) = shares
        .rows_where(&wanted)
        .into_iter()
        .partition(|&row| shares.word("group", row) == decompose::REMAINDER);
    let share = |row: usize| ends(shares, "share", row);
    groups.retain(|&row| !is_open(share(row)) && share(row)[0] * whole[0] > 0.0);
    groups.sort_by(|&a, &b| share(b)[0].abs().total_cmp(&share(a)[0].abs()));
    let how = if arguments.raw { "" } else { "at matched shares " };
    let most = groups.first().map_or(format!("{how}none of the four groups clearly widens it"), |&row| {
        format!("of the four groups {how}{} widens it most: {}", shares.word("group", row), words(share(row)))
    });
    let left = rest.first().map_or(String::new(), |&row| {
        format!("; everything else (alpha, awareness, users of day 0): {}", words(share(row)))
    });
    format!("{head}; {most}{left} ({percent:.0} % intervals).")
}

fn lines(study: &Study, shares: &Table) -> String {
    let scenario = &study.base.checked.scenario;
    let mut rows = vec![["outcome", "convention", "group", "share of the gap"].map(str::to_owned).to_vec()];
    for row in 0..shares.rows() {
        let name = shares.word("outcome", row);
        let unit = study
            .outcomes
            .iter()
            .find(|outcome| outcome.name == name)
            .map_or(Unit::Ratio, |outcome| outcome.unit);
        let ends = ["share", "share_low", "share_high"].map(|column| shares.numbers(column)[row]);
        rows.push(vec![
            name.to_owned(),
            shares.word("convention", row).to_owned(),
            shares.word("group", row).to_owned(),
            phrase::difference_with_interval(scenario, unit, ends),
        ]);
    }
    format!("\n{}", align(&rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_matches_a_share_that_bends() {
        // A share with its own slope and a target at both ends; 8 rounds are what a study grants.
        for (slope, target) in [(0.4, 0.5), (1.0, 0.02), (2.5, 0.9), (0.7, 0.3)] {
            let share = |alpha: f64| 1.0 / (1.0 + crate::maths::exp(-slope * (alpha - 0.3) - 0.05 * alpha));
            let (mut alpha, mut bracket) = (-2.0, Bracket::default());
            let mut rounds = 0;
            while (share(alpha) - target).abs() > MATCHED {
                alpha = bracket.next(alpha, share(alpha), target);
                rounds += 1;
                assert!(rounds <= ROUNDS, "slope {slope}, target {target}: at {}", share(alpha));
            }
        }
    }

    #[test]
    fn a_share_off_its_target_is_told() {
        assert_eq!(mismatch(&[0.3, 0.3015, 0.2985], 0.3), None);
        let told = mismatch(&[0.3, 0.3124], 0.3).expect("a warning");
        assert!(told.contains("to 1.24 points"), "{told}");
        let told = mismatch(&[0.3, f64::NAN, 0.4], 0.3).expect("a warning");
        assert!(told.contains("runs failed"), "{told}");
    }
}
