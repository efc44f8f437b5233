//! What platforms give people: breadth by want, and which of two rivals serves each want better.

use crate::report::Story;
use crate::report::chart::compose::{mean_of, short, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_TEXT, GRID, colour, for_text};
use crate::report::chart::panel::LABELLED;
use crate::report::chart::scale::{Measure, between};
use crate::report::chart::sheet::{Anchor, Area, Sheet, circle};
use crate::report::chart::stack::{self, CALM, Part};
use crate::report::chart::study::plot::tiles;
use crate::report::chart::typeface::HEAVIER;
use crate::report::reading::{Estimate, estimate, number, rows, table, word};
use crate::report::wording::{interval, label, percent};
use crate::table::Table;

/// The wants in the words of a reader; all of them together last.
const WANTS: [(&str, &str); 7] = [
    ("music", "music"),
    ("social", "company"),
    ("discovery", "discovery"),
    ("community", "community"),
    ("identity", "identity"),
    ("value", "value for money"),
    ("all", "all together"),
];
const STEP: f64 = 42.0;
const NAMES: f64 = 120.0;
/// Pairs of rivals that have room, the most alike first.
const PAIRS: usize = 3;
/// Width of a distance beside a bar.
const DISTANCE: f64 = 56.0;
/// Points of the scale below which two scores are shown as the same.
const ALIKE: f64 = 0.005;

/// Two rivals by name.
type Rivals<'a> = (&'a str, &'a str);

/// Dots of breadth at the left, bars of superiority at the right.
pub fn draw(story: &Story) -> Sheet {
    let table = table(story, "gratifications").filter(|table| is_scored(table));
    let title = table.map_or_else(|| "What platforms give people".to_owned(), |table| title(story, table));
    let pairs = table.map(|table| pairs(story, table)).unwrap_or_default();
    let cut =
        if story.scenario.platforms.len() > 3 { " Right: the three pairs that are most alike." } else { "" };
    let subtitle = format!(
        "Scores of users on the last day, by want. Left: breadth, how fully a platform satisfies it. Right: share of users whom \
         each serves better (grey: no difference); distance of their scores. Users do not choose by this sum.{cut} {}",
        mean_of(story)
    );
    let head = Sheet::new(&title, &subtitle, "", 0.0).top;
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), head + 138.0 + STEP * WANTS.len() as f64);
    let Some(table) = table else {
        return sheet.nothing("scores need two platforms");
    };
    let body = sheet.body();
    let platforms = seen(story, table).into_iter().map(|index| (index, &story.scenario.platforms[index]));
    let key: Vec<(String, Colour)> =
        platforms.map(|(index, it)| (label(story.scenario, &it.name).to_owned(), colour(index))).collect();
    let top = body.top + stack::key(&mut sheet, body.left + NAMES, &key) + 44.0;
    let rows = Area { top, bottom: top + STEP * WANTS.len() as f64, ..body };
    let middle =
        body.left + NAMES + (body.right - body.left - NAMES) * if pairs.len() > 1 { 0.40 } else { 0.5 };
    names(&mut sheet, rows);
    breadths(&mut sheet, Area { left: body.left + NAMES, right: middle - 24.0, ..rows }, (story, table));
    let beside = Area { left: middle, ..rows };
    for (area, pair) in tiles(beside, pairs.len(), pairs.len(), 14.0).into_iter().zip(&pairs) {
        superiority(&mut sheet, area, (story, table), *pair);
    }
    sheet
}

/// The first platforms that were scored, as positions in the scenario.
fn seen(story: &Story, table: &Table) -> Vec<usize> {
    let is_seen = |name: &str| {
        rows(table, &[("platform", name)]).into_iter().any(|row| number(table, "breadth", row).is_finite())
    };
    let platforms = story.scenario.platforms.iter().enumerate().take(LABELLED);
    platforms.filter(|(_, it)| is_seen(&it.name)).map(|(index, _)| index).collect()
}

fn is_scored(table: &Table) -> bool {
    (0..table.rows()).any(|row| number(table, "superiority", row).is_finite())
}

/// Pairs of drawn platforms with scores, each once, the most alike over all wants first.
fn pairs<'a>(story: &Story, table: &'a Table) -> Vec<Rivals<'a>> {
    let position = |name: &str| story.scenario.platforms.iter().position(|it| it.name == name);
    let mut found: Vec<(f64, Rivals)> = rows(table, &[("component", "all")])
        .into_iter()
        .map(|row| {
            (number(table, "distance", row), (word(table, "platform", row), word(table, "rival", row)))
        })
        .filter(|(distance, (own, rival))| {
            distance.is_finite() && position(own) < position(rival) && position(rival) < Some(LABELLED)
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, pair)| pair).take(PAIRS).collect()
}

/// The broadest platform of those that are drawn, where the next one differs in what is shown.
fn title(story: &Story, table: &Table) -> String {
    let found = rows(table, &[("component", "all")]).into_iter();
    let drawn = seen(story, table);
    let is_drawn = |name: &str| drawn.iter().any(|&index| story.scenario.platforms[index].name == name);
    let mut broad: Vec<(f64, &str)> = found
        .filter(|&row| number(table, "breadth", row).is_finite() && is_drawn(word(table, "platform", row)))
        .map(|row| (number(table, "breadth", row), word(table, "platform", row)))
        .collect();
    broad.sort_by(|a, b| b.0.total_cmp(&a.0));
    broad.dedup_by_key(|(_, name)| *name);
    let breadth = |(breadth, _): &(f64, &str)| percent(*breadth, 0);
    match broad.as_slice() {
        [] => "What platforms give people".to_owned(),
        [first, second, ..] if breadth(first) == breadth(second) => {
            format!("All wants weighed alike, platforms satisfy {} of them at most", breadth(first))
        }
        [first, ..] => {
            let name = short(story, label(story.scenario, first.1), 300.0, 17.0);
            format!(
                "All wants weighed alike, {name} satisfies most: {} of what could be given",
                breadth(first)
            )
        }
    }
}

fn names(sheet: &mut Sheet, rows: Area) {
    for (index, (_, name)) in WANTS.iter().enumerate() {
        let y = rows.top + STEP * (index as f64 + 0.5);
        let is_last = index + 1 == WANTS.len();
        sheet.text((rows.left + NAMES - 12.0, y + 4.0), 11.5, name, |text| {
            (text.anchor, text.bold) = (Anchor::End, is_last);
        });
        if is_last {
            sheet.line(vec![(rows.left, y - STEP / 2.0), (rows.right, y - STEP / 2.0)], GRID, 1.0, &[]);
        }
    }
}

fn breadths(sheet: &mut Sheet, plot: Area, (story, table): (&Story, &Table)) {
    sheet.text((plot.left, plot.top - 10.0), 12.0, "Breadth", |text| text.bold = true);
    let x = |share: f64| plot.left + share.clamp(0.0, 1.0) * (plot.right - plot.left);
    for tick in between(0.0, 1.0, 4.0, &Measure::Percent) {
        sheet.line(vec![(x(tick.at), plot.top), (x(tick.at), plot.bottom)], GRID, 0.8, &[]);
        sheet.text((x(tick.at), plot.bottom + 15.0), 10.5, &tick.label, |text| {
            (text.anchor, text.colour) = (Anchor::Middle, GREY_TEXT);
        });
    }
    let of = |want: &str, platform: &str| {
        let row = *rows(table, &[("component", want), ("platform", platform)]).first()?;
        Some(estimate(table, "breadth", row)).filter(|it| it.value.is_finite())
    };
    let seen = seen(story, table);
    let count = seen.len() as f64;
    let apart = (26.0 / count).min(9.0);
    for (index, (want, words)) in WANTS.iter().enumerate() {
        let y = plot.top + STEP * (index as f64 + 0.5);
        sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 0.8, &[]);
        for (rank, &platform) in seen.iter().enumerate() {
            let settings = &story.scenario.platforms[platform];
            let Some(it) = of(want, &settings.name) else { continue };
            let name = label(story.scenario, &settings.name);
            // Below each other, so that equal ones are seen.
            let y = y + apart * (rank as f64 - (count - 1.0) / 2.0);
            let first = sheet.shapes.len();
            sheet.dot((x(it.value), y), 5.0, colour(platform));
            let series = sheet.facts.series(name, colour(platform));
            sheet.facts.own((first, sheet.shapes.len()), series);
            let what = format!("{name}, {words}: breadth");
            let outline = circle((x(it.value), y), 8.0);
            sheet.facts.spots.push(Spot { outline, what, value: with_band(&it, |share| percent(share, 1)) });
        }
    }
}

fn superiority(sheet: &mut Sheet, area: Area, (story, table): (&Story, &Table), (own, rival): Rivals) {
    let index = |name: &str| story.scenario.platforms.iter().position(|it| it.name == name).unwrap_or(0);
    let named = [own, rival].map(|name| (label(story.scenario, name), colour(index(name))));
    let plot = Area { right: area.right - DISTANCE, ..area };
    // Below each other: neither name is cut for the other's sake.
    let sides = [(plot.left, Anchor::Start, 25.0), (plot.right, Anchor::End, 10.0)];
    for ((name, ink), (x, anchor, above)) in named.iter().zip(sides) {
        let name = short(story, name, (plot.right - plot.left) / HEAVIER, 11.0);
        sheet.text((x, plot.top - above), 11.0, &name, |text| {
            (text.bold, text.anchor, text.colour) = (true, anchor, for_text(*ink));
        });
    }
    sheet.text((area.right, plot.top - 10.0), 9.5, "distance", |text| {
        (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
    });
    for (index, (want, words)) in WANTS.iter().enumerate() {
        let one = |a: &str, b: &str, column: &str| {
            let row = rows(table, &[("component", want), ("platform", a), ("rival", b)]).first().copied();
            row.map_or(Estimate::bare(f64::NAN), |row| estimate(table, column, row))
        };
        let (better, worse) = (one(own, rival, "superiority"), one(rival, own, "superiority"));
        if !better.value.is_finite() || !worse.value.is_finite() {
            continue;
        }
        let part = |name: &str, it: &Estimate, colour: Colour| Part {
            name: name.to_owned(),
            share: it.value.clamp(0.0, 1.0),
            band: interval(it.low, it.high, |share| percent(share, 1)),
            colour,
        };
        let distance = one(own, rival, "distance");
        // Scores that differ by less than is shown serve alike.
        let (better, worse) = match distance.value {
            apart if apart < ALIKE => (Estimate::bare(0.0), Estimate::bare(0.0)),
            _ => (better, worse),
        };
        let equal = Estimate::bare((1.0 - better.value - worse.value).max(0.0));
        let parts = [
            part(&format!("{} serves better", named[0].0), &better, named[0].1),
            part("no difference", &equal, CALM),
            part(&format!("{} serves better", named[1].0), &worse, named[1].1),
        ];
        let y = plot.top + STEP * (index as f64 + 0.5);
        stack::bar(sheet, Area { top: y - 10.0, bottom: y + 10.0, ..plot }, words, &parts);
        sheet.text((area.right, y + 4.0), 10.5, &format!("{:.2}", distance.value), |text| {
            (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
        });
    }
}

fn with_band(it: &Estimate, write: impl Fn(f64) -> String) -> String {
    let band = interval(it.low, it.high, &write);
    if band.is_empty() { write(it.value) } else { format!("{} ({band})", write(it.value)) }
}
