//! What a decomposition found, in words and lines.

use super::DecomposeArguments;
use crate::cli::columns::align;
use crate::cli::study::{Findings, Study, few_replications};
use crate::report::wording::{event_name, label};
use crate::scenario::Event;
use crate::study::decompose::{GROUPS, REMAINDER, set_by_events};
use crate::study::phrase;
use crate::table::{Table, Unit};

/// Events that a warning names.
const NAMED: usize = 3;

/// What the tables say.
pub fn findings(
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
        ("Everything else".to_owned(), "the gap that stays when no group is the platform's own: general appeal (alpha), awareness, features, users of day 0".to_owned()),
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
    let [own, rival] = [0, 1].map(|at| label(scenario, &arguments.between[at]));
    let set = set_by_events(scenario, platforms(arguments, study));
    warnings.extend(few_replications(study.replications));
    warnings.extend(set.iter().map(|(group, events)| set_in_all(study, group, events)));
    Findings {
        title: phrase::heading(scenario, &format!("what makes the gap between {own} and {rival}")),
        answer: answer(arguments, study, &tables[0], &tables[1]),
        facts,
        lines: lines(study, &tables[0]),
        warnings,
        tables,
        files: Vec::new(),
    }
}

/// Own platform and rival by position.
fn platforms(arguments: &DecomposeArguments, study: &Study) -> [usize; 2] {
    let list = &study.base.checked.scenario.platforms;
    let position =
        |name: &String| list.iter().position(|platform| &platform.name == name).unwrap_or(usize::MAX);
    [position(&arguments.between[0]), position(&arguments.between[1])]
}

/// The warning that events set a group whatever the combination.
fn set_in_all(study: &Study, group: &str, events: &[&Event]) -> String {
    let scenario = &study.base.checked.scenario;
    let mut names: Vec<String> = events
        .iter()
        .take(NAMED)
        .map(|event| format!("\u{201c}{}\u{201d}", event_name(scenario, event)))
        .collect();
    if events.len() > NAMED {
        names.push(format!("{} more", events.len() - NAMED));
    }
    format!(
        "The share of {group} is not what {group} is worth: {} set{} it in every combination, also where it is \
         taken from the rival. Leave such events out to compare the groups as they stand.",
        names.join(", "),
        if events.len() == 1 { "s" } else { "" },
    )
}

fn answer(arguments: &DecomposeArguments, study: &Study, shares: &Table, gap: &Table) -> String {
    let scenario = &study.base.checked.scenario;
    let outcome = &study.outcomes[0];
    let convention = if arguments.raw { "raw" } else { "matched" };
    let wanted = [("outcome", outcome.name.as_str()), ("convention", convention)];
    let Some(&row) = gap.rows_where(&wanted).first() else { return String::new() };
    let words = |values| phrase::difference_with_interval(scenario, outcome.unit, values);
    let whole = gap.estimate("gap", row);
    let [own, rival] = [0, 1].map(|at| label(scenario, &arguments.between[at]));
    let percent = scenario.run.confidence * 100.0;
    let head = format!("The gap of {own} to {rival} in {} is {}", outcome.title, words(whole));
    let is_open = |[_, low, high]: [f64; 3]| low.is_nan() || (low <= 0.0 && high >= 0.0);
    if is_open(whole) {
        return format!(
            "{head}: it cannot be told from zero, so there is nothing to share ({percent:.0} % interval)."
        );
    }
    let (rest, mut groups): (Vec<usize>, Vec<usize>) =
        shares.rows_where(&wanted).into_iter().partition(|&row| shares.word("group", row) == REMAINDER);
    let share = |row: usize| shares.estimate("share", row);
    groups.retain(|&row| !is_open(share(row)) && share(row)[0] * whole[0] > 0.0);
    groups.sort_by(|&a, &b| share(b)[0].abs().total_cmp(&share(a)[0].abs()));
    let how = if arguments.raw { "" } else { "at matched shares " };
    let most = groups.first().map_or(format!("{how}none of the four groups clearly widens it"), |&row| {
        format!("of the four groups {how}{} widens it most: {}", shares.word("group", row), words(share(row)))
    });
    let left = rest.first().map_or(String::new(), |&row| {
        format!("; everything else (general appeal, awareness, users of day 0): {}", words(share(row)))
    });
    let set = set_by_events(scenario, platforms(arguments, study));
    let names: Vec<&str> = set.iter().map(|&(group, _)| group).collect();
    let note = match names.as_slice() {
        [] => String::new(),
        names => format!(
            " Dated events set {} in every combination: read the warning before {}.",
            names.join(" and "),
            if names.len() == 1 { "that share" } else { "those shares" },
        ),
    };
    format!("{head}; {most}{left} ({percent:.0} % intervals).{note}")
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
        let ends = shares.estimate("share", row);
        rows.push(vec![
            name.to_owned(),
            shares.word("convention", row).to_owned(),
            shares.word("group", row).to_owned(),
            phrase::difference_with_interval(scenario, unit, ends),
        ]);
    }
    format!("\n{}", align(&rows))
}
