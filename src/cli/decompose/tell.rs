//! What a decomposition found, in words and lines.

use super::DecomposeArguments;
use crate::cli::columns::align;
use crate::cli::study::{Findings, Study};
use crate::study::decompose::{GROUPS, REMAINDER};
use crate::study::phrase;
use crate::table::{Table, Unit};

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
    let convention = if arguments.raw { "raw" } else { "matched" };
    let wanted = [("outcome", outcome.name.as_str()), ("convention", convention)];
    let Some(&row) = gap.rows_where(&wanted).first() else { return String::new() };
    let words = |values| phrase::difference_with_interval(scenario, outcome.unit, values);
    let whole = gap.estimate("gap", row);
    let (own, rival) = (&arguments.between[0], &arguments.between[1]);
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
