//! Effects of treatments on outcomes: a dot with its interval for each, shares apart from other units.

use crate::report::chart::palette::GREY_TEXT;
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{hue, level, stacked};
use crate::report::chart::study::forest::{Forest, Mark, Row, Sign};
use crate::report::reading::{Estimate, estimate, number, word, words};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};
use crate::report::study::quantity::Quantity;
use crate::report::wording::plain;
use crate::scenario::document::CONTROL;
use crate::study::outcome::usual;
use crate::study::phrase::{self, contrast};

/// Effects of a list.
const MOST: usize = 30;
/// Lists of a report; the rest is in the table.
const SHEETS: usize = 6;

/// Title of the sheets after the first, which alone holds what its title tells.
const FURTHER: &str = "Further effects, with what they are set against";
/// Heading of the lists of shares.
const SHARES: &str = "Shares";

/// One effect.
pub struct Effect {
    /// Which treatment, with what it is set against where that is not the control.
    pub treatment: String,
    /// Which outcome.
    pub outcome: Outcome,
    /// Control, treatment, and their difference.
    pub control: Estimate,
    /// The treatment's mean.
    pub treated: Estimate,
    /// The paired difference.
    pub effect: Estimate,
    /// Variance of the unpaired over that of the paired difference.
    pub variance_ratio: f64,
}

/// The effects of the study that are defined, in the table's order.
pub fn effects(study: &StudyStory) -> Vec<Effect> {
    let Some(table) = study.table("effects") else { return Vec::new() };
    (0..table.rows())
        .map(|row| Effect {
            treatment: contrast(word(table, "treatment", row), word(table, "against", row)),
            outcome: outcome(study.scenario, word(table, "outcome", row)),
            control: estimate(table, "control", row),
            treated: estimate(table, "treated", row),
            effect: estimate(table, "effect", row),
            variance_ratio: number(table, "variance_ratio", row),
        })
        .filter(|effect| effect.effect.value.is_finite())
        .collect()
}

/// What effects are differences from, in one word: the control, or a baseline where some are set against another one.
pub fn base(study: &StudyStory) -> &'static str {
    let against = study.table("effects").map(|table| words(table, "against")).unwrap_or_default();
    if against.iter().all(|name| name == CONTROL) { "control" } else { "baseline" }
}

/// Whether an interval leaves zero out, as [`phrase::is_clear`] says.
pub fn is_clear(effect: &Estimate) -> bool {
    effect.has_band() && phrase::is_clear([effect.value, effect.low, effect.high])
}

/// Whether control and treatment agree in every replication, which no chance does.
pub fn is_unchanged(effect: &Estimate) -> bool {
    effect.value == 0.0 && effect.has_band() && effect.low == 0.0 && effect.high == 0.0
}

/// Sheets of two lists of rows: shares in percentage points, everything else in per cent of the control.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let effects = effects(study);
    let subtitle = format!(
        "{}Treatment minus {}, paired by replication. Whiskers: {} interval of the difference; hollow dots: it \
         holds zero.",
        named(&effects),
        written_out(base(study)),
        level(study)
    );
    let of_asked: Vec<&Effect> = asked(study)
        .map(|name| effects.iter().filter(|effect| effect.outcome.name == name).collect())
        .unwrap_or_default();
    let chunks = effects.chunks(MOST).take(SHEETS);
    let mut forests: Vec<Forest> = chunks.flat_map(|some| forests(some, base(study))).collect();
    // What the title tells stands first.
    if of_asked.first().is_some_and(|effect| effect.outcome.quantity != Quantity::Share) {
        forests.sort_by_key(|forest| forest.heading == SHARES);
    }
    stacked(study, ([&title(&effects, &of_asked), FURTHER], &subtitle), forests, "no effect is defined")
}

/// The control, or what a baseline is.
pub fn written_out(base: &str) -> &'static str {
    if base == "control" { "control" } else { "what it is set against (the control unless named)" }
}

fn forests<'a>(effects: &'a [Effect], base: &str) -> impl Iterator<Item = Forest> + use<'a> {
    let (shares, others): (Vec<&Effect>, Vec<&Effect>) =
        effects.iter().partition(|effect| effect.outcome.quantity == Quantity::Share);
    let both = [
        forest((SHARES, Quantity::Share.change_unit()), &shares, Quantity::Share),
        forest(
            (&format!("Other outcomes, relative to the {base}"), &format!("% of {base}")),
            &others,
            Quantity::Relative,
        ),
    ];
    both.into_iter().filter(|forest| !forest.rows.is_empty())
}

/// The outcome that the study was asked for first; nothing where it looks at the usual ones, none of which is its question.
fn asked<'a>(study: &StudyStory<'a>) -> Option<&'a str> {
    let outcomes = study.resolved["study"]["outcomes"].as_array()?;
    let is_usual = usual(study.scenario).iter().map(|outcome| outcome.name.as_str()).eq(outcomes);
    if is_usual { None } else { outcomes.first()?.as_str() }
}

/// The largest effect in words: on the outcome asked for; else among shares where there are any; else relative to the
/// control.
fn title(effects: &[Effect], of_asked: &[&Effect]) -> String {
    if effects.is_empty() {
        return "What the treatment changes".to_owned();
    }
    if effects.iter().all(|effect| is_unchanged(&effect.effect)) {
        return "The treatment changes none of the measured outcomes".to_owned();
    }
    if !of_asked.is_empty() {
        return answer(effects, of_asked);
    }
    let clear = || effects.iter().filter(|effect| is_clear(&effect.effect));
    let has_shares = clear().any(|effect| effect.outcome.quantity == Quantity::Share);
    let size = |effect: &Effect| match has_shares {
        true => effect.effect.value.abs(),
        false => (effect.effect.value / effect.control.value).abs(),
    };
    let largest = clear()
        .filter(|effect| !has_shares || effect.outcome.quantity == Quantity::Share)
        .max_by(|a, b| size(a).total_cmp(&size(b)));
    largest.map_or_else(
        || "No effect is clear of zero".to_owned(),
        |effect| {
            let change = effect.outcome.quantity.write_change(effect.effect.value);
            let opening = if has_shares { "Largest effect on a share" } else { "Largest effect" };
            format!("{opening}: {change}{}, {}", which(effects, effect), effect.outcome.full())
        },
    )
}

/// The largest effect on the outcome asked for, in words.
fn answer(effects: &[Effect], of_outcome: &[&Effect]) -> String {
    let what = of_outcome[0].outcome.full();
    let clear = of_outcome.iter().filter(|effect| is_clear(&effect.effect));
    // That a platform which closes loses everybody is no finding.
    let empties = |effect: &Effect| effect.treated.value == 0.0;
    let size = |effect: &Effect| if empties(effect) { 0.0 } else { effect.effect.value.abs() };
    let Some(largest) = clear.max_by(|a, b| size(a).total_cmp(&size(b))) else {
        return format!("{what}: no effect is clear of zero");
    };
    let change = largest.outcome.quantity.write_change(largest.effect.value);
    let largest_of = if of_outcome.len() > 1 { "largest effect " } else { "" };
    let is_spared = !empties(largest) && of_outcome.iter().any(|effect| empties(effect));
    let spared = if is_spared { ", beside those that leave nothing" } else { "" };
    format!("{what}: {largest_of}{change}{}{spared}", which(effects, largest))
}

/// The treatment of an effect, in brackets; with one treatment the subtitle names it.
fn which(effects: &[Effect], effect: &Effect) -> String {
    if named(effects).is_empty() { format!(" ({})", plain(&effect.treatment)) } else { String::new() }
}

/// The treatment, where no headings name several.
fn named(effects: &[Effect]) -> String {
    match effects {
        [first, rest @ ..] if rest.iter().all(|other| other.treatment == first.treatment) => {
            format!("Treatment: {}. ", plain(&first.treatment))
        }
        _ => String::new(),
    }
}

fn forest((heading, unit): (&str, &str), effects: &[&Effect], quantity: Quantity) -> Forest {
    let is_relative = quantity == Quantity::Relative;
    let scaled = |effect: &Effect| {
        let by = if is_relative { effect.control.value.abs() } else { 1.0 };
        let Estimate { value, low, high } = effect.effect;
        Estimate { value: value / by, low: low / by, high: high / by }
    };
    let rows = rows(effects, scaled);
    let marks = rows.iter().flat_map(|row| &row.marks).map(|mark| mark.estimate);
    let axis = Axis::of_changes(marks.flat_map(|it| [it.value, it.low, it.high]), quantity);
    Forest { heading: heading.to_owned(), unit: unit.to_owned(), axis, rows, names: 250.0, numbers: 245.0 }
}

/// Rows under a heading for each treatment where there are several.
fn rows(effects: &[&Effect], scaled: impl Fn(&Effect) -> Estimate) -> Vec<Row> {
    let is_alone = effects.iter().all(|effect| effect.treatment == effects[0].treatment);
    let mut rows = Vec::new();
    let mut treatment = "";
    for effect in effects {
        if !is_alone && effect.treatment != treatment {
            rows.push(Row { name: effect.treatment.clone(), ..Row::default() });
        }
        treatment = &effect.treatment;
        rows.push(row(effect, scaled(effect)));
    }
    rows
}

fn row(effect: &Effect, estimate: Estimate) -> Row {
    let Outcome { title, place, quantity, .. } = &effect.outcome;
    let clear = is_clear(&effect.effect);
    let change = match &effect.effect {
        it if is_unchanged(it) => "unchanged".to_owned(),
        it if it.has_band() => quantity.change_with(it),
        it => format!("{} (no interval)", quantity.change_with(it)),
    };
    Row {
        name: if place.is_empty() { title.clone() } else { place.clone() },
        note: if place.is_empty() { String::new() } else { title.clone() },
        numbers: [
            change,
            format!("{} → {}", quantity.write(effect.control.value), quantity.write(effect.treated.value)),
        ],
        zone: None,
        marks: vec![Mark {
            estimate,
            colour: if clear { hue(&effect.outcome) } else { GREY_TEXT },
            sign: if clear { Sign::Dot } else { Sign::Ring },
        }],
    }
}
