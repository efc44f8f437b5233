//! Who uses two platforms: each platform's users by what else they use, and whom pairs reach together.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, mean_of, short, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_LINE, GREY_TEXT, INK, colour};
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::stack::{self, APART, CALM, Part};
use crate::report::chart::typeface::{HEAVIER, clipped, width};
use crate::report::reading::{Estimate, estimate, number, rows, table, word, words};
use crate::report::wording::{interval, label, people, percent};
use crate::study::phrase::whose;
use crate::table::Table;

const STEP: f64 = 38.0;
const NAMES: f64 = 210.0;
const NUMBERS: f64 = 130.0;
/// Pairs whose reach is drawn, those that share most first; the rest is in the table.
const PAIRS: usize = 6;
/// Height of a section's heading.
const HEAD: f64 = 26.0;

/// A platform's users by what else they use.
struct Users {
    name: String,
    parts: Vec<Part>,
    /// Share of them who use no other.
    alone: f64,
}

/// Whom two platforms reach together.
struct Pair {
    names: [String; 2],
    reach: Estimate,
    shared: Estimate,
    /// The shared users over those of the first and over those of the second.
    bases: [f64; 2],
}

/// Bars of users by what else they use, and of the reach of pairs, at the end of the last month.
pub fn draw(story: &Story) -> Sheet {
    let table = table(story, "overlap");
    let month = table.and_then(|table| words(table, "month").pop()).unwrap_or_default();
    let users = table.map(|table| users(story, table, &month)).unwrap_or_default();
    let pairs = table.map(|table| pairs(story, table, &month)).unwrap_or_default();
    let title = title(story, &pairs);
    let subtitle = format!(
        "Users at the end of {month}: who has a platform as home or as second home. {}",
        mean_of(story)
    );
    let head = Sheet::new(&title, &subtitle, "", 0.0).top;
    let rows = (users.len() + pairs.len()) as f64;
    let height = (head + 38.0 + 2.0 * HEAD + 40.0 + STEP * rows).max(300.0);
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), height);
    if users.is_empty() || pairs.is_empty() {
        return sheet.nothing("nobody uses two platforms");
    }
    let body = sheet.body();
    let top = draw_users(&mut sheet, &users);
    draw_pairs(&mut sheet, story, &pairs, Area { top, ..body });
    sheet
}

fn users(story: &Story, table: &Table, month: &str) -> Vec<Users> {
    let crowded = story.scenario.platforms.len() > LABELLED;
    let platforms = story.scenario.platforms.iter();
    let read = |platform: &crate::scenario::Platform| {
        let wanted = [("month", month), ("platform", platform.name.as_str()), EVERYBODY];
        let found = rows(table, &wanted);
        let elsewhere = estimate(table, "share_elsewhere", *found.first()?);
        let alone = 1.0 - elsewhere.value;
        let turned = Estimate { value: alone, low: 1.0 - elsewhere.high, high: 1.0 - elsewhere.low };
        let mut parts = vec![part("no other", &turned, CALM)];
        if crowded {
            parts.push(part("another", &elsewhere, APART));
        } else {
            parts.extend(found.into_iter().map(|row| {
                let rival = word(table, "rival", row);
                let index = story.scenario.platforms.iter().position(|it| it.name == rival);
                let share = estimate(table, "share_of_users", row);
                part(label(story.scenario, rival), &share, index.map_or(APART, colour))
            }));
        }
        let name = label(story.scenario, &platform.name).to_owned();
        alone.is_finite().then_some(Users { name, parts, alone })
    };
    let mut users: Vec<Users> = platforms.filter_map(read).collect();
    if crowded {
        users.sort_by(|a, b| a.alone.total_cmp(&b.alone));
        users.truncate(2 * LABELLED);
    }
    users
}

fn part(name: &str, share: &Estimate, colour: Colour) -> Part {
    let band = interval(share.low, share.high, |share| percent(share, 1));
    Part {
        name: format!("also use {name}").replace("also use no other", "use no other"),
        share: share.value,
        band,
        colour,
    }
}

/// The pairs that share users, each once, those that share most first.
fn pairs(story: &Story, table: &Table, month: &str) -> Vec<Pair> {
    let position = |name: &str| story.scenario.platforms.iter().position(|it| it.name == name);
    let mut pairs: Vec<Pair> = rows(table, &[("month", month), EVERYBODY])
        .into_iter()
        .filter(|&row| position(word(table, "platform", row)) < position(word(table, "rival", row)))
        .filter(|&row| number(table, "shared", row) > 0.0 && number(table, "reach", row).is_finite())
        .map(|row| Pair {
            names: ["platform", "rival"].map(|key| label(story.scenario, word(table, key, row)).to_owned()),
            reach: estimate(table, "reach", row),
            shared: estimate(table, "shared", row),
            bases: ["share_of_users", "share_of_rival"].map(|name| number(table, name, row)),
        })
        .collect();
    pairs.sort_by(|a, b| b.shared.value.total_cmp(&a.shared.value));
    pairs.truncate(PAIRS);
    pairs
}

/// The pair that shares most, on both bases.
fn title(story: &Story, pairs: &[Pair]) -> String {
    let Some(Pair { names: [first, second], bases, .. }) = pairs.first() else {
        return "Who uses two platforms".to_owned();
    };
    let [first, second] = [first, second].map(|name| short(story, name, 200.0, 17.0));
    format!(
        "{} of {} users also use {second}; of {} users, {} also use {first}",
        percent(bases[0], 1),
        whose(&first),
        whose(&second),
        percent(bases[1], 1)
    )
}

/// Tells where the section ends.
fn draw_users(sheet: &mut Sheet, users: &[Users]) -> f64 {
    let body = sheet.body();
    // Only what is drawn.
    let mut entries: Vec<(String, Colour)> = Vec::new();
    for part in users.iter().flat_map(|one| &one.parts).filter(|part| part.share > 0.0) {
        if !entries.iter().any(|(name, _)| *name == part.name) {
            entries.push((part.name.clone(), part.colour));
        }
    }
    let top = body.top + 6.0 + stack::key(sheet, body.left + NAMES, &entries);
    for (index, one) in users.iter().enumerate() {
        let top = top + STEP * index as f64;
        let area = Area { left: body.left + NAMES, right: body.right, top, bottom: top + STEP * 0.7 };
        let middle = f64::midpoint(area.top, area.bottom) + 4.0;
        name(sheet, (body.left, middle), &clipped(&one.name, (NAMES - 64.0) / HEAVIER, 11.5), true);
        sheet.text((area.left - 10.0, middle), 11.0, "users", |text| {
            (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
        });
        stack::bar(sheet, area, &format!("{} users", whose(&one.name)), &one.parts);
    }
    top + STEP * users.len() as f64 + 10.0
}

/// A name in one or two lines around a height; heavy ones are titles of rows.
fn name(sheet: &mut Sheet, (x, y): Place, lines: &[String], is_heavy: bool) {
    for (index, line) in lines.iter().enumerate() {
        let down = 13.0 * (index as f64 - (lines.len() as f64 - 1.0) / 2.0);
        sheet.text((x, y + down), 11.5, line, |text| text.bold = is_heavy);
    }
}

/// Bars of reach, the shared users darker inside.
fn draw_pairs(sheet: &mut Sheet, story: &Story, pairs: &[Pair], area: Area) {
    let heading = "People reached together, each counted once; darker: users of both";
    sheet.text((area.left, area.top + 14.0), 12.0, heading, |text| text.bold = true);
    let plot = Area { left: area.left + NAMES, right: area.right - NUMBERS, top: area.top + HEAD, ..area };
    let largest = pairs.iter().map(|pair| pair.reach.value).fold(0.0, f64::max);
    let long = |value: f64| (value / largest).clamp(0.0, 1.0) * (plot.right - plot.left);
    for (index, pair) in pairs.iter().enumerate() {
        let top = plot.top + STEP * index as f64;
        let bar = Area { right: plot.left + long(pair.reach.value), top, bottom: top + STEP * 0.6, ..plot };
        let middle = f64::midpoint(bar.top, bar.bottom) + 4.0;
        let [first, second] = pair.names.each_ref().map(|name| short(story, name, NAMES - 26.0, 11.5));
        let lines = [first, format!("+ {second}")];
        let alone = lines.join(" ");
        let fits = width(&alone, 11.5) <= NAMES - 12.0;
        name(sheet, (area.left, middle), if fits { std::slice::from_ref(&alone) } else { &lines }, false);
        sheet.block(bar, CALM, 1.0);
        // In the middle, as if the two sets lay across each other.
        let half = long(pair.shared.value) / 2.0;
        let centre = f64::midpoint(bar.left, bar.right);
        sheet.block(Area { left: centre - half, right: centre + half, ..bar }, GREY_LINE, 1.0);
        let written = |it: &Estimate| {
            let band = interval(it.low, it.high, people);
            if band.is_empty() { people(it.value) } else { format!("{} ({band})", people(it.value)) }
        };
        let value = format!("{} reached, {} use both", written(&pair.reach), written(&pair.shared));
        sheet.facts.spots.push(Spot::block(bar, &pair.names.join(" + "), &value));
        sheet
            .text((bar.right + 8.0, middle - 5.0), 11.0, &people(pair.reach.value), |text| text.colour = INK);
        sheet.text(
            (bar.right + 8.0, middle + 8.0),
            9.5,
            &format!("{} use both", people(pair.shared.value)),
            |text| {
                text.colour = GREY_TEXT;
            },
        );
    }
}
