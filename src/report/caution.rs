//! What the run itself warns of: few people behind a number, and a market on its way elsewhere.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, cohort};
use crate::report::findings::at_the_end;
use crate::report::reading::{Estimate, at, number, rows, table, words};
use crate::report::wording::{grouped, label, percent, sells};

/// Simulated people below which a number is shaky.
/// Source: assumption; a share of 10 % of 100 people has a standard error of 3 points.
const FEW: f64 = 100.0;
/// Cohorts that are no quarter.
const ALL_TIMES: [&str; 2] = ["all joiners", "present at start"];
/// Days averaged at both ends.
const MONTH: usize = 30;
/// Relative change that counts as a transition.
const MOVED: f64 = 1.0 / 3.0;
/// Age of the headline's retention, days.
const AGE: i64 = 90;
/// Difference between quarters of joiners, as a share, that an average hides.
const APART: f64 = 0.05;

/// Sentences that a reader must see before trusting a number.
pub fn cautions(story: &Story) -> Vec<String> {
    let mut cautions = Vec::new();
    for platform in &story.scenario.platforms {
        cautions.extend(few_joiners(story, &platform.name));
        cautions.extend(few_payers(story, &platform.name));
    }
    cautions.extend(unlike_quarters(story));
    cautions.extend(transition(story));
    cautions
}

/// The platform whose joiners of one quarter stay most unlike those of another: a headline over all of them, and over
/// the events between them, is the retention of none.
fn unlike_quarters(story: &Story) -> Option<String> {
    let cohorts = words(table(story, "home_survival")?, "cohort");
    let quarters: Vec<&str> =
        cohorts.iter().map(String::as_str).filter(|name| !ALL_TIMES.contains(name)).collect();
    let mut widest: Option<(f64, String)> = None;
    for platform in &story.scenario.platforms {
        let of = |quarter: &str| {
            let wanted = [("platform", platform.name.as_str()), EVERYBODY, ("cohort", quarter)];
            at(story, "home_survival", &wanted, ("age", AGE), "survival")
        };
        let mut found: Vec<(&str, Estimate)> =
            quarters.iter().filter_map(|&quarter| Some((quarter, of(quarter)?))).collect();
        found.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
        let [(least, low), .., (most, high)] = found[..] else { continue };
        let gap = high.value - low.value;
        if gap < APART || high.low <= low.high || widest.as_ref().is_some_and(|(widest, _)| gap <= *widest) {
            continue;
        }
        let name = label(story.scenario, &platform.name);
        let [low, high] = [low, high].map(|it| percent(it.value, 1));
        let text = format!(
            "Retention depends on when people joined: after {AGE} days {high} of those who joined {name} in {most} are still at \
             home, but {low} of {least}. Headline and curves average over them, and over the events between."
        );
        widest = Some((gap, text));
    }
    widest.map(|(_, text)| text)
}

fn few_joiners(story: &Story, platform: &str) -> Option<String> {
    let cohort = cohort(story, "home_survival");
    let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort)];
    let joiners = at(story, "home_survival", &wanted, ("age", 0), "at_risk")?.value;
    let name = label(story.scenario, platform);
    let said = match grouped(joiners, 0) {
        _ if joiners == 0.0 => format!("No simulated person joined {name}"),
        _ if joiners < 1.5 => format!("Hardly one simulated person joined {name}"),
        count => format!("Only about {count} simulated people joined {name}"),
    };
    (joiners < FEW).then(|| format!("{said}: its retention and conversion are shaky."))
}

fn few_payers(story: &Story, platform: &str) -> Option<String> {
    let market = &story.scenario.market;
    let people = at_the_end(story, platform, "payers")?.value;
    let payers = people * market.users as f64 / market.population;
    let name = label(story.scenario, platform);
    let said = match grouped(payers, 0) {
        _ if payers == 0.0 => format!("No simulated person pays at {name} at the end"),
        _ if payers < 1.5 => format!("Hardly one simulated person pays at {name} at the end"),
        count => format!("Only about {count} simulated people pay at {name} at the end"),
    };
    (payers < FEW && sells(story.scenario, platform)).then(|| format!("{said}: its paid ratio is shaky."))
}

/// One sentence that names all numbers that moved by more than a third.
fn transition(story: &Story) -> Option<String> {
    let mut moved = Vec::new();
    for platform in &story.scenario.platforms {
        for (column, what) in
            [("paid_ratio", "the paid ratio"), ("share_home", "the share of platform users")]
        {
            let Some((first, last)) = ends(story, &platform.name, column) else { continue };
            if first > 0.0 && (last / first - 1.0).abs() > MOVED {
                let name = label(story.scenario, &platform.name);
                moved.push(format!(
                    "{what} of {name} went from {} to {}",
                    percent(first, 1),
                    percent(last, 1)
                ));
            }
        }
    }
    (!moved.is_empty()).then(|| {
        format!(
            "The run shows a transition from the start that the file gives, not a forecast of a steady state: \
             from the first to the last month, dated events included, {}.",
            moved.join("; ")
        )
    })
}

/// Mean over the first and over the last month of a column of the activity table.
fn ends(story: &Story, platform: &str, column: &str) -> Option<(f64, f64)> {
    let table = table(story, "activity")?;
    let values: Vec<f64> = rows(table, &[("platform", platform), EVERYBODY])
        .into_iter()
        .map(|row| number(table, column, row))
        .filter(|value| value.is_finite())
        .collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let last = values.len().checked_sub(MONTH)?;
    Some((mean(&values[..MONTH]), mean(&values[last..])))
}
