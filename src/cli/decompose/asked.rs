//! What a decomposition is asked, checked before the first run.

use super::DecomposeArguments;
use crate::cli::prepare::{self, Prepared};
use crate::cli::refusal::Refusal;
use crate::cli::study;
use crate::scenario::document::{Document, Patch};
use crate::scenario::fault::{Fault, suggest};
use crate::scenario::{ActivityMode, Scenario};
use crate::study::decompose::{coalitions, label};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;

/// What was checked before the first run.
pub struct Ready {
    /// The scenario as it is.
    pub base: Prepared,
    /// Its document, to be patched.
    pub document: Document,
    /// The patches of every combination of groups.
    pub coalitions: Vec<Vec<Patch>>,
    /// A trial for each of them.
    pub trials: Vec<Trial>,
    /// Own and rival's outcome, in turn; then the own share, for matching, unless it is among them.
    pub outcomes: Vec<Outcome>,
}

/// Checks words and scenario.
///
/// # Errors
/// All that is wrong with them.
pub fn prepare(arguments: &DecomposeArguments) -> Result<Ready, Refusal> {
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
    let asked = &arguments.options.of;
    let words = if asked.is_empty() { usual(scenario, own, rival) } else { asked.clone() };
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for word in words {
        match outcome(&word, own, scenario) {
            Ok(outcome) if found.contains(&outcome) => {}
            Ok(outcome) => found.extend([outcome.clone(), outcome.of(rival)]),
            Err((rule, remedy)) => {
                faults.push(Fault { value: word, ..Fault::of_file("--of", &rule, &remedy) });
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

/// Retention at the highest age that the days allow, and the paid ratio where both sell and people are followed.
fn usual(scenario: &Scenario, own: &str, rival: &str) -> Vec<String> {
    let age = [180, 90, 30, 7].into_iter().find(|&age| age < scenario.market.days).unwrap_or(1);
    let sells = |name: &str| {
        let found = scenario.platforms.iter().find(|platform| platform.name == name);
        found.is_some_and(|platform| platform.basic.is_some() || platform.premium.is_some())
    };
    let paid = scenario.measures.activity != ActivityMode::Off && sells(own) && sells(rival);
    std::iter::once(format!("retention_{age}")).chain(paid.then(|| "paid_ratio".to_owned())).collect()
}

/// The own platform's outcome of a word such as `retention_180@fans`.
///
/// # Errors
/// The rule that the word breaks, and the remedy.
fn outcome(word: &str, own: &str, scenario: &Scenario) -> Result<Outcome, (String, String)> {
    let (name, audience) = word.split_once('@').map_or((word, ""), |(name, audience)| (name, audience));
    let (bare, platform) = name.split_once(':').map_or((name, None), |(bare, of)| (bare, Some(of)));
    if platform.is_some_and(|platform| platform != own) {
        let rule = "both platforms are asked, so the outcome is named without one";
        return Err((rule.to_owned(), format!("write {bare}")));
    }
    if bare == "hhi" {
        let rule = "is of the whole market: there is no gap in it";
        return Err((rule.to_owned(), "name an outcome of a platform".to_owned()));
    }
    let among = if word.contains('@') { format!("@{audience}") } else { String::new() };
    Outcome::parse(&format!("{bare}:{own}{among}"), scenario)
}

/// A trial a coalition; with `alphas` the own platform has that constant in each.
///
/// # Errors
/// When a combination cannot be.
pub fn trials(
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
