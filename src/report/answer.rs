//! The answer of a run in one sentence, with its intervals.

use crate::report::Story;
use crate::report::findings::{at_the_end, conversion, home_retention};
use crate::report::reading::Estimate;
use crate::report::wording::{interval, label, people, percent, sells};
use crate::study::phrase::capital;

/// Platforms that a clause names; of more it names the first and the last.
const NAMED: usize = 3;

/// Staying and paying of joiners, or how many are active where too little was simulated for that; then what came of
/// a precision that was asked for.
pub fn answer(story: &Story) -> String {
    let precision = story.precision["sentence"].as_str().unwrap_or_default();
    format!("{} {precision}", found(story)).trim().to_owned()
}

fn found(story: &Story) -> String {
    let share = |value: f64| percent(value, 1);
    let staying = clause(story, share, |name| home_retention(story, name, 90))
        .map(|values| format!("After 90 days, of those who joined, {values} are still at home"));
    let paying =
        clause(story, share, |name| conversion(story, name, 180).filter(|_| sells(story.scenario, name)))
            .map(|values| format!("within 180 days {values} have paid"));
    let active = || {
        clause(story, people, |name| at_the_end(story, name, "mau"))
            .map(|values| format!("At the end people active in a month are {values}"))
    };
    let found: Vec<String> = [staying, paying].into_iter().flatten().collect();
    let found = if found.is_empty() { active().into_iter().collect() } else { found };
    let sentence = found.join("; ");
    if sentence.is_empty() { sentence } else { format!("{}.", capital(&sentence)) }
}

/// "53.3 % (52.7 % to 54.0 %) at A and 36.1 % (35.3 % to 36.8 %) at B", highest first; whose intervals touch is said.
fn clause(
    story: &Story,
    write: impl Fn(f64) -> String,
    value: impl Fn(&str) -> Option<Estimate>,
) -> Option<String> {
    let names = story.scenario.platforms.iter().map(|platform| platform.name.as_str());
    let mut found: Vec<(&str, Estimate)> =
        names.filter_map(|name| value(name).map(|found| (name, found))).collect();
    found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let count = found.len();
    let is_open = count > 1 && found[0].1.low <= found[count - 1].1.high;
    if count > NAMED {
        found = vec![found[0], found[count - 1]];
    }
    let told: Vec<String> = found
        .iter()
        .map(|(name, it)| {
            let ends = interval(it.low, it.high, &write);
            let ends = if ends.is_empty() { ends } else { format!(" ({ends})") };
            format!("{}{ends} at {}", write(it.value), label(story.scenario, name))
        })
        .collect();
    let (last, others) = told.split_last()?;
    let open = if is_open { ", which are not clearly apart," } else { "" };
    let between = if count > NAMED { " (the highest) and " } else { " and " };
    let ending = if count > NAMED { " (the lowest)" } else { "" };
    Some(if others.is_empty() {
        last.clone()
    } else {
        format!("{}{between}{last}{ending}{open}", others.join(", "))
    })
}
