//! What a comparison found, in words and lines.

use crate::cli::columns::{align, counted, thousands};
use crate::cli::study::{Findings, Study};
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::scenario::document::CONTROL;
use crate::study::outcome::Outcome;
use crate::study::phrase;
use crate::table::{Table, Unit};

/// What the tables say.
pub fn findings(
    scenario: &Scenario,
    study: &Study,
    tables: Vec<Table>,
    (since, asked): (Option<u32>, bool),
) -> Findings {
    let names: Vec<&str> = study.trials[1..].iter().map(|trial| trial.label.as_str()).collect();
    let mut facts = vec![
        ("Control".to_owned(), study.file.display().to_string()),
        ("Treatments".to_owned(), names.join("; ")),
        ("Pairs of runs".to_owned(), study.replications.to_string()),
        ("Seed".to_owned(), scenario.run.seed.to_string()),
        ("Simulated users".to_owned(), thousands(scenario.market.users)),
        ("Chance".to_owned(), "both sides of a pair share every draw".to_owned()),
    ];
    if let Some(day) = since {
        let date = Calendar::new(&scenario.market.start, scenario.market.days).date(day);
        facts.push(("Difference in differences since".to_owned(), date));
    }
    let effects = &tables[0];
    let closed: Vec<&str> = study.trials.iter().flat_map(|trial| phrase::closing(&trial.scenario)).collect();
    let clearest = || phrase::clearest(&study.outcomes, effects, (&closed, treated(study)));
    let first = if asked { study.outcomes.first() } else { clearest() };
    let mut answer = first.map_or(String::new(), |outcome| phrase::effects(scenario, outcome, effects));
    if let Some(money) = first.filter(|_| !asked && names.len() == 1).and_then(|it| money(study, it, effects))
    {
        answer = format!("{answer} {}", phrase::also(scenario, money, effects));
    }
    let few = (study.replications < 5).then(|| {
        format!("only {}: intervals rest on very few markets", counted(u64::from(study.replications), "pair"))
    });
    Findings {
        title: phrase::heading(scenario, &phrase::comparison(&names)),
        answer,
        facts,
        lines: lines(scenario, &study.outcomes, effects) + &crossed(scenario, &study.outcomes, &tables),
        warnings: few.into_iter().chain(without_effect(effects)).collect(),
        tables,
        files: Vec::new(),
    }
}

/// The one platform whose settings the treatments change; none where they change several, or something else.
fn treated<'a>(study: &'a Study) -> Option<&'a str> {
    let control = &study.trials[0].scenario.platforms;
    let treatments = study.trials[1..].iter().flat_map(|trial| control.iter().zip(&trial.scenario.platforms));
    let mut changed: Vec<&str> =
        treatments.filter(|(ours, theirs)| ours != theirs).map(|(ours, _)| ours.name.as_str()).collect();
    changed.dedup();
    if let [only] = changed[..] { Some(only) } else { None }
}

/// The revenue of the platform that a headline is about, where it clearly changes: users won may cost money.
fn money<'a>(study: &'a Study, headline: &Outcome, effects: &Table) -> Option<&'a Outcome> {
    let name = format!("revenue:{}", headline.platform);
    let found = study.outcomes.iter().find(|outcome| outcome.name == name && headline.name != name)?;
    let row = *effects.rows_where(&[("outcome", &name)]).first()?;
    phrase::is_clear(effects.estimate("effect", row)).then_some(found)
}

/// A warning for every pair of sides that differ in nothing: their change does not reach the simulation.
fn without_effect(effects: &Table) -> Vec<String> {
    let sides = |row: usize| [effects.word("treatment", row), effects.word("against", row)];
    let mut pairs: Vec<[&str; 2]> = (0..effects.rows()).map(sides).collect();
    pairs.dedup();
    let changes = |pair: &[&str; 2]| {
        (0..effects.rows()).any(|row| sides(row) == *pair && effects.numbers("effect")[row] != 0.0)
    };
    pairs.retain(|pair| !changes(pair));
    let told = |[treatment, against]: [&str; 2]| {
        format!(
            "\u{201c}{treatment}\u{201d} and \u{201c}{against}\u{201d} are the same in every outcome: what differs \
             between them, if anything, does not reach the simulation"
        )
    };
    pairs.into_iter().map(told).collect()
}

/// A line for each effect; what it is a difference from is said where that is not always the control.
fn lines(scenario: &Scenario, outcomes: &[Outcome], effects: &Table) -> String {
    let is_plain = (0..effects.rows()).all(|row| effects.word("against", row) == CONTROL);
    let base = if is_plain { "control" } else { "baseline" };
    let mut rows = vec![
        ["treatment", "outcome", base, "treated", "effect", "pairing saves"].map(str::to_owned).to_vec(),
    ];
    for row in 0..effects.rows() {
        let number = |column: &str| effects.numbers(column)[row];
        let unit = unit(outcomes, effects.word("outcome", row));
        let words = |column: &str| phrase::amount(scenario, unit, number(column));
        let ratio = number("variance_ratio");
        rows.push(vec![
            phrase::contrast(effects.word("treatment", row), effects.word("against", row)),
            effects.word("outcome", row).to_owned(),
            words("control"),
            words("treated"),
            phrase::difference_with_interval(scenario, unit, effects.estimate("effect", row)),
            if ratio.is_nan() { "–".to_owned() } else { format!("{ratio:.0} x") },
        ]);
    }
    format!("\n{}", align(&rows))
}

/// A line for each interaction; nothing where the design has no cross.
fn crossed(scenario: &Scenario, outcomes: &[Outcome], tables: &[Table]) -> String {
    let Some(table) = tables.iter().find(|table| table.name == "interactions") else { return String::new() };
    let head = ["treatment", "under", "outcome", "effect alone", "under the condition", "interaction"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for row in 0..table.rows() {
        let unit = unit(outcomes, table.word("outcome", row));
        let effect = |column: &str| phrase::difference(scenario, unit, table.numbers(column)[row]);
        rows.push(vec![
            table.word("treatment", row).to_owned(),
            table.word("condition", row).to_owned(),
            table.word("outcome", row).to_owned(),
            effect("effect_alone"),
            effect("effect_under_condition"),
            phrase::difference_with_interval(scenario, unit, table.estimate("interaction", row)),
        ]);
    }
    format!("\n{}", align(&rows))
}

fn unit(outcomes: &[Outcome], name: &str) -> Unit {
    outcomes.iter().find(|outcome| outcome.name == name).map_or(Unit::Ratio, |outcome| outcome.unit)
}
