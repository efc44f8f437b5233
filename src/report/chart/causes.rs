//! What has become of joiners: bars of those still at home, on no platform, and switched to each rival.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, cohort, cohort_words, mean_of, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_TEXT, colour, ink_on};
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::{Anchor, Area, MARGIN, Sheet, WIDTH};
use crate::report::chart::typeface::{HEAVIER, shorten, width};
use crate::report::reading::{at, table, words};
use crate::report::wording::{NOWHERE, label, percent};

const AGES: [i64; 4] = [30, 90, 180, 365];
const BAR: f64 = 25.0;
const NAMES: f64 = 262.0;
/// Height of a line of the key.
const KEY_LINE: f64 = 18.0;
/// Still at home.
const HOME: Colour = (224, 229, 235);
/// Stands for all rivals when they are too many for colours.
const RIVAL: &str = "a rival";
/// On no platform.
const LAPSED: Colour = (164, 170, 178);

/// A stretch of a bar.
struct Part {
    name: String,
    share: f64,
    colour: Colour,
}

/// What has become of a platform's joiners by an age.
struct Bar {
    platform: String,
    /// Days.
    age: i64,
    parts: Vec<Part>,
}

/// One bar per platform and age.
pub fn draw(story: &Story) -> Sheet {
    let cohort = cohort(story, "home_causes");
    let subtitle = format!(
        "{}: what has happened by that age (Aalen-Johansen). {}",
        cohort_words(cohort),
        mean_of(story)
    );
    let bars = bars(story, cohort);
    let height = (190.0 + BAR * bars.len() as f64 * 1.35).clamp(300.0, 900.0);
    let mut sheet = Sheet::new(&title(&bars), &subtitle, &source(story), height);
    if bars.is_empty() {
        return sheet.nothing("nobody's stay was observed");
    }
    let head = 8.0 + key(&mut sheet, story);
    let body = sheet.body();
    let step = (body.bottom - body.top - head + 4.0) / bars.len() as f64;
    for (index, one) in bars.iter().enumerate() {
        let repeats = index > 0 && bars[index - 1].platform == one.platform;
        let top = body.top + head + step * index as f64;
        let area = Area { left: MARGIN + NAMES, top, right: body.right, bottom: top + step * 0.72 };
        bar(&mut sheet, one, repeats, area);
    }
    sheet
}

fn bars(story: &Story, cohort: &str) -> Vec<Bar> {
    let platforms = &story.scenario.platforms;
    let ages: &[i64] = if platforms.len() > 4 { &AGES[1..2] } else { &AGES };
    let mut bars = Vec::new();
    for platform in platforms {
        for &age in ages {
            let parts = parts(story, &platform.name, cohort, age);
            if !parts.is_empty() {
                let platform = label(story.scenario, &platform.name).to_owned();
                bars.push(Bar { platform, age, parts });
            }
        }
    }
    bars
}

fn parts(story: &Story, platform: &str, cohort: &str, age: i64) -> Vec<Part> {
    let causes = table(story, "home_causes").map(|table| words(table, "cause")).unwrap_or_default();
    let mut parts = Vec::new();
    for cause in &causes {
        let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort), ("cause", cause.as_str())];
        let Some(found) = at(story, "home_causes", &wanted, ("age", age), "incidence") else { continue };
        let rival = cause.strip_prefix("switched to ").unwrap_or(cause);
        let position = story.scenario.platforms.iter().position(|it| it.name == rival);
        let colour = position.map_or(LAPSED, colour);
        parts.push(Part { name: label(story.scenario, rival).to_owned(), share: found.value, colour });
    }
    if parts.is_empty() {
        return parts;
    }
    if story.scenario.platforms.len() > LABELLED {
        let (rivals, others): (Vec<Part>, Vec<Part>) =
            parts.into_iter().partition(|part| part.colour != LAPSED);
        let share = rivals.iter().map(|part| part.share).sum();
        parts = others;
        parts.push(Part { name: RIVAL.to_owned(), share, colour: colour(0) });
    }
    let gone: f64 = parts.iter().map(|part| part.share).sum();
    parts.insert(0, Part { name: "still at home".to_owned(), share: (1.0 - gone).max(0.0), colour: HOME });
    parts
}

fn title(bars: &[Bar]) -> String {
    let largest = bars
        .iter()
        .filter(|bar| bar.age == 90)
        .flat_map(|bar| bar.parts.iter().skip(1).map(|part| (bar.platform.as_str(), part)));
    let Some((platform, part)) = largest.max_by(|a, b| a.1.share.total_cmp(&b.1.share)) else {
        return "Where leavers go".to_owned();
    };
    let platform = shorten(platform, 220.0, 19.0);
    let fate = format!("gone to {}", shorten(&part.name, 220.0, 19.0));
    format!("After 90 days, {} of {platform}'s joiners have {fate}", percent(part.share, 1))
}

/// Draws what the colours mean, in as many lines as it takes, and tells their height.
fn key(sheet: &mut Sheet, story: &Story) -> f64 {
    let first = sheet.body().top - 2.0;
    let mut top = first;
    let mut left = MARGIN + NAMES;
    let platforms = story.scenario.platforms.iter().enumerate();
    let rivals = platforms
        .map(|(index, it)| (format!("switched to {}", label(story.scenario, &it.name)), colour(index)));
    let crowded = story.scenario.platforms.len() > LABELLED;
    let lumped = crowded.then(|| (format!("switched to {RIVAL}"), colour(0)));
    let rivals = rivals.filter(|_| !crowded).chain(lumped);
    let fixed = [("still at home".to_owned(), HOME), (format!("on {NOWHERE}"), LAPSED)];
    for (text, colour) in fixed.into_iter().chain(rivals) {
        let text = shorten(&text, 210.0, 11.0);
        let size = width(&text, 11.0);
        if left + size + 18.0 > WIDTH - MARGIN {
            (left, top) = (MARGIN + NAMES, top + KEY_LINE);
        }
        sheet.block(Area { left, top, right: left + 12.0, bottom: top + 12.0 }, colour, 1.0);
        sheet.text((left + 17.0, top + 10.0), 11.0, &text, |text| text.colour = GREY_TEXT);
        left += size + 36.0;
    }
    top - first + KEY_LINE
}

fn bar(sheet: &mut Sheet, bar: &Bar, repeats: bool, area: Area) {
    let middle = f64::midpoint(area.top, area.bottom) + 4.0;
    let platform = if repeats { "" } else { &bar.platform };
    sheet.text((MARGIN, middle), 12.0, &shorten(platform, (NAMES - 74.0) / HEAVIER, 12.0), |text| {
        text.bold = true
    });
    sheet.text((area.left - 10.0, middle), 11.0, &format!("{} days", bar.age), |text| {
        text.anchor = Anchor::End;
        text.colour = GREY_TEXT;
    });
    let mut left = area.left;
    for part in bar.parts.iter().filter(|part| part.share > 0.0) {
        let right = (left + part.share * (area.right - area.left)).min(area.right);
        let block = Area { left, right: right - 1.0, ..area };
        sheet.block(block, part.colour, 1.0);
        let what = format!("{}, {} days: {}", bar.platform, bar.age, part.name);
        sheet.facts.spots.push(Spot::block(block, &what, &percent(part.share, 1)));
        let text = percent(part.share, 1);
        if right - left > width(&text, 11.5) + 6.0 {
            let ink = ink_on(part.colour);
            sheet.text((f64::midpoint(left, right), middle), 11.5, &text, |text| {
                text.anchor = Anchor::Middle;
                text.colour = ink;
            });
        }
        left = right;
    }
}
