//! Why they switched: what each term of the utility said for the new platform against the old one.
//!
//! Moves to no platform are left out: the outside has no terms, so there every platform's appeal would count against it.

use crate::measure::reasons::{RIVALS, WHOLE_RUN, names};
use crate::report::Story;
use crate::report::chart::bars::{AROUND, Bars, Column, STEP};
use crate::report::chart::compose::{EVERYBODY, bands, short, source};
use crate::report::chart::palette::colour;
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::Sheet;
use crate::report::reading::{Estimate, estimate, number, rows, table};
use crate::report::wording::label;
use crate::study::phrase::capital;

/// The terms in the words of a reader.
const WORDS: [(&str, &str); 10] = [
    ("attractiveness", "general appeal"),
    ("catalogue", "catalogue"),
    ("community", "community content"),
    ("recommender", "recommendations"),
    ("installed_base", "sheer size"),
    ("ties", "friends and ties"),
    ("plan_value", "plans and prices"),
    ("taste", "personal taste"),
    ("migration_cost", "cost of moving"),
    (LUCK, "luck of the moment"),
];
/// Says more of who moves than of the platforms.
const LUCK: &str = "luck";
const SMALLEST: f64 = 5e-7;

/// Those who left a platform for a rival.
struct Leavers {
    name: String,
    index: usize,
    moves: f64,
    /// By term, in the order of [`names`]; nats.
    terms: Vec<Estimate>,
}

/// A column of bars for each platform that somebody left.
pub fn draw(story: &Story) -> Sheet {
    let mut leavers = leavers(story);
    let cut = if leavers.len() > LABELLED {
        format!(" The {LABELLED} platforms that most people left.")
    } else {
        String::new()
    };
    leavers.sort_by(|a, b| b.moves.total_cmp(&a.moves));
    leavers.truncate(LABELLED);
    let title = title(story, &leavers);
    leavers.sort_by_key(|one| one.index);
    let terms = ranked(&leavers);
    let subtitle = format!(
        "Everybody who moved from one platform to another: what each term said for the new one, less what it said for the old \
         one. {}{cut}",
        bands(story).replace("bands", "whiskers")
    );
    let height = 38.0 + AROUND + STEP * terms.len() as f64;
    let head = Sheet::new(&title, &subtitle, "", 0.0).top;
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), (head + height).max(300.0));
    if terms.is_empty() {
        return sheet.nothing("nobody moved from one platform to another, or reasons were not kept");
    }
    let column = |one: &Leavers| Column {
        heading: format!("switched from {}", one.name),
        colour: colour(one.index),
        bars: terms.iter().map(|&term| one.terms[term]).collect(),
    };
    let bars = Bars {
        rows: terms.iter().map(|&term| in_words(names().nth(term).unwrap_or_default()).to_owned()).collect(),
        columns: leavers.iter().map(column).collect(),
        unit: "← held back · nats · pulled away →".to_owned(),
        write: nats,
    };
    let body = sheet.body();
    bars.draw(&mut sheet, body);
    sheet
}

fn leavers(story: &Story) -> Vec<Leavers> {
    let Some(table) = table(story, "reasons") else { return Vec::new() };
    let leavers = |(index, platform): (usize, &crate::scenario::Platform)| {
        let wanted = [("period", WHOLE_RUN), EVERYBODY, ("from", platform.name.as_str()), ("to", RIVALS)];
        let row = *rows(table, &wanted).first()?;
        let terms: Vec<Estimate> = names().map(|term| estimate(table, term, row)).collect();
        let is_defined = terms.iter().any(|term| term.value.is_finite());
        let name = label(story.scenario, &platform.name).to_owned();
        is_defined.then(|| Leavers { name, index, moves: number(table, "moves", row), terms })
    };
    story.scenario.platforms.iter().enumerate().filter_map(leavers).collect()
}

/// The terms that say something, by size, luck last.
fn ranked(leavers: &[Leavers]) -> Vec<usize> {
    let size = |term: usize| -> f64 {
        let sizes = leavers.iter().map(|one| one.terms[term].value.abs()).filter(|it| it.is_finite());
        sizes.fold(0.0, f64::max)
    };
    let mut terms: Vec<usize> = (0..names().count()).filter(|&term| size(term) > SMALLEST).collect();
    let is_luck = |term: usize| names().nth(term) == Some(LUCK);
    terms.sort_by(|&a, &b| is_luck(a).cmp(&is_luck(b)).then(size(b).total_cmp(&size(a))));
    terms
}

/// What pulled most on those whom most left, and on the next. Luck says nothing of platforms; where it is larger, the
/// title says that it was left out.
fn title(story: &Story, leavers: &[Leavers]) -> String {
    let pull = |one: &Leavers, is_luck: bool| {
        let terms = names().zip(&one.terms).filter(|(name, it)| (*name == LUCK) == is_luck && it.value > 0.0);
        terms.map(|(name, it)| (it.value, in_words(name))).max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let strongest = |one: &Leavers| pull(one, false);
    let is_lucky = |one: &Leavers| pull(one, true) > strongest(one);
    let told: Vec<(String, &str)> = leavers
        .iter()
        .take(2)
        .filter_map(|one| Some((short(story, &one.name, 200.0, 17.0), strongest(one)?.1)))
        .collect();
    let pulled =
        |(name, term): &(String, &str)| format!("{term} pulled most on those who switched from {name}");
    let text = match told.as_slice() {
        [] => return "Why they switched".to_owned(),
        [only] => pulled(only),
        [first, second, ..] if first.1 == second.1 => format!("{} and {}", pulled(first), second.0),
        [first, second, ..] => {
            format!("{}, {} on those who switched from {}", pulled(first), second.1, second.0)
        }
    };
    if leavers.iter().take(2).any(is_lucky) { format!("Luck apart, {text}") } else { capital(&text) }
}

fn in_words(term: &str) -> &str {
    WORDS.iter().find(|(name, _)| *name == term).map_or(term, |(_, words)| words)
}

/// Two decimals with their sign.
fn nats(value: f64) -> String {
    match value {
        value if value.abs() < 0.005 => "0.00".to_owned(),
        value if value.abs() < 1e4 => format!("{value:+.2}"),
        value => format!("{value:+.1e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{WORDS, names};

    #[test]
    fn every_term_has_words() {
        assert!(names().eq(WORDS.iter().map(|(name, _)| *name)));
    }
}
