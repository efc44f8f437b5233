//! Which names are outcomes of a scenario, and what is wrong with those that are none.

use super::{Misnamed, OUTCOMES, OutcomeKind, Reading, WITHOUT_AUDIENCES};
use crate::scenario::fault::{nearest, suggest};
use crate::scenario::{ActivityMode, Effect, Event, Scenario};

/// The kind of a word, and the age at its end (0 where there is none).
pub(super) fn find(word: &str) -> Result<(&'static OutcomeKind, i64), Misnamed> {
    let aged =
        word.rsplit_once('_').and_then(|(stem, age)| Some((format!("{stem}_N"), age.parse::<u32>().ok()?)));
    let exact = OUTCOMES.iter().find(|kind| kind.name == word).map(|kind| (kind, 0));
    let at_age = aged.as_ref().and_then(|(name, age)| {
        OUTCOMES.iter().find(|kind| kind.name == name).map(|kind| (kind, i64::from(*age)))
    });
    match exact.or(at_age) {
        Some((kind, 0)) if matches!(kind.reading, Reading::At(_)) && word == kind.name => {
            Err((format!("`{word}` needs a number of days or cycles"), word.replace("_N", "_90")))
        }
        Some(found) => Ok(found),
        None => {
            let known: Vec<&str> = OUTCOMES.iter().map(|kind| kind.name).collect();
            let near = nearest(word, known.iter().copied());
            let near = near.map_or(String::new(), |name| format!("did you mean `{name}`? "));
            Err((format!("no outcome is named `{word}`"), format!("{near}known: {}", known.join(", "))))
        }
    }
}

/// A platform where the outcome has one.
pub(super) fn check_platform(
    kind: &OutcomeKind,
    word: &str,
    platform: &str,
    scenario: &Scenario,
) -> Result<(), Misnamed> {
    let known: Vec<&str> = scenario.platforms.iter().map(|platform| platform.name.as_str()).collect();
    let is_market = kind.table == "concentration";
    match (is_market, platform) {
        (true, "") => Ok(()),
        (true, _) => {
            Err((format!("`{word}` is of the whole market, not of a platform"), format!("write {word}")))
        }
        (false, "") => Err((
            format!("`{word}` needs a platform"),
            format!("write {word}:{}", known.first().copied().unwrap_or("PLATFORM")),
        )),
        (false, _) if known.contains(&platform) => check_entrant(kind, platform, scenario),
        _ => Err((format!("no platform is named `{platform}`"), suggest(platform, &known))),
    }
}

/// Whoever never enters can neither succeed nor fail.
fn check_entrant(kind: &OutcomeKind, platform: &str, scenario: &Scenario) -> Result<(), Misnamed> {
    let enters = |event: &Event| match event.effect {
        Effect::Entry { platform: entrant } => {
            scenario.platforms[entrant].name == platform && event.day < scenario.market.days
        }
        _ => false,
    };
    if kind.table != "entrant_success" || scenario.events.iter().any(enters) {
        return Ok(());
    }
    Err((
        format!("`{platform}` does not enter while this scenario runs"),
        "ask for a platform with an event of kind entry".to_owned(),
    ))
}

/// An audience that the scenario knows and the outcome is told by.
pub(super) fn check_audience(
    (kind, word): (&OutcomeKind, &str),
    audience: &str,
    scenario: &Scenario,
) -> Result<(), Misnamed> {
    if WITHOUT_AUDIENCES.contains(&kind.table) && audience != "everybody" {
        return Err((format!("`{word}` is not told by audience"), format!("leave out @{audience}")));
    }
    let mut known = vec!["everybody"];
    known.extend(scenario.audiences.iter().map(|audience| audience.name.as_str()));
    if known.contains(&audience) {
        return Ok(());
    }
    Err((format!("no audience is named `{audience}`"), suggest(audience, &known)))
}

/// An age that the horizon never reaches would be undefined in every run.
pub(super) fn check_reach(kind: &OutcomeKind, age: i64, scenario: &Scenario) -> Result<(), Misnamed> {
    let days = i64::from(scenario.market.days);
    let (last, what) = match kind.name {
        "members_N" => (days / 30 - 1, "billing cycle"),
        "active_N" | "rolling_N" => ((days - 1).min(i64::from(scenario.measures.retention_days)), "day"),
        _ => (days - 1, "day"),
    };
    if matches!(kind.reading, Reading::At(_)) && age > last {
        return Err((
            format!(
                "`{}` is never reached: the last {what} that this scenario can tell is {last}",
                kind.name.replacen('N', &age.to_string(), 1)
            ),
            "ask for an earlier one, or simulate more days".to_owned(),
        ));
    }
    let is_off = scenario.measures.activity == ActivityMode::Off;
    if is_off
        && matches!(
            kind.name,
            "mau" | "mau_share" | "dau" | "stickiness" | "paid_ratio" | "arpu" | "active_N" | "rolling_N"
        )
    {
        return Err((
            format!("`{}` needs daily activity, which this scenario switches off", kind.name),
            "set measures.activity = \"panel\"".to_owned(),
        ));
    }
    Ok(())
}
