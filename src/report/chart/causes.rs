//! What has become of joiners: bars of those still at home, on no platform, and switched to each rival.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, cohort, cohort_words, mean_of, short, source};
use crate::report::chart::palette::{Colour, GREY_TEXT, colour};
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::{Anchor, Area, MARGIN, Sheet};
use crate::report::chart::stack::{self, APART, CALM, Part};
use crate::report::chart::typeface::HEAVIER;
use crate::report::reading::{at, table, words};
use crate::report::wording::{NOWHERE, interval, label, percent};
use crate::study::phrase::whose;

const AGES: [i64; 4] = [30, 90, 180, 365];
const BAR: f64 = 25.0;
const NAMES: f64 = 262.0;
/// Stands for all rivals when they are too many for colours.
const RIVAL: &str = "a rival";

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
    let mut sheet = Sheet::new(&title(story, &bars), &subtitle, &source(story), height);
    if bars.is_empty() {
        return sheet.nothing("nobody's stay was observed");
    }
    let head = 8.0 + key(&mut sheet, story, &bars);
    let body = sheet.body();
    let step = (body.bottom - body.top - head + 4.0) / bars.len() as f64;
    for (index, one) in bars.iter().enumerate() {
        let repeats = index > 0 && bars[index - 1].platform == one.platform;
        let top = body.top + head + step * index as f64;
        let area = Area { left: MARGIN + NAMES, top, right: body.right, bottom: top + step * 0.72 };
        bar(&mut sheet, story, (one, repeats), area);
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
        let colour = position.map_or(APART, colour);
        let band = interval(found.low, found.high, |share| percent(share, 1));
        parts.push(Part { name: label(story.scenario, rival).to_owned(), share: found.value, band, colour });
    }
    if parts.is_empty() {
        return parts;
    }
    if story.scenario.platforms.len() > LABELLED {
        let (rivals, others): (Vec<Part>, Vec<Part>) =
            parts.into_iter().partition(|part| part.colour != APART);
        let share = rivals.iter().map(|part| part.share).sum();
        parts = others;
        parts.push(Part { name: RIVAL.to_owned(), share, band: String::new(), colour: colour(0) });
    }
    let gone: f64 = parts.iter().map(|part| part.share).sum();
    let home = (1.0 - gone).max(0.0);
    parts
        .insert(0, Part { name: "still at home".to_owned(), share: home, band: String::new(), colour: CALM });
    parts
}

fn title(story: &Story, bars: &[Bar]) -> String {
    let largest = bars
        .iter()
        .filter(|bar| bar.age == 90)
        .flat_map(|bar| bar.parts.iter().skip(1).map(|part| (bar.platform.as_str(), part)));
    let Some((platform, part)) = largest.max_by(|a, b| a.1.share.total_cmp(&b.1.share)) else {
        return "Where leavers go".to_owned();
    };
    let whose = whose(&short(story, platform, 220.0, 19.0));
    let fate = format!("gone to {}", short(story, &part.name, 220.0, 19.0));
    format!("After 90 days, {} of {whose} joiners have {fate}", percent(part.share, 1))
}

/// Draws what the colours that were drawn mean, and tells the height of that.
fn key(sheet: &mut Sheet, story: &Story, bars: &[Bar]) -> f64 {
    let platforms = story.scenario.platforms.iter().enumerate();
    let rivals = platforms
        .map(|(index, it)| (format!("switched to {}", label(story.scenario, &it.name)), colour(index)));
    let crowded = story.scenario.platforms.len() > LABELLED;
    let lumped = crowded.then(|| (format!("switched to {RIVAL}"), colour(0)));
    let rivals = rivals.filter(|_| !crowded).chain(lumped);
    let fixed = [("still at home".to_owned(), CALM), (format!("on {NOWHERE}"), APART)];
    let parts = || bars.iter().flat_map(|bar| &bar.parts);
    let is_drawn =
        |(_, colour): &(String, Colour)| parts().any(|part| part.share > 0.0 && part.colour == *colour);
    let entries: Vec<(String, Colour)> = fixed.into_iter().chain(rivals).filter(is_drawn).collect();
    stack::key(sheet, MARGIN + NAMES, &entries)
}

fn bar(sheet: &mut Sheet, story: &Story, (bar, repeats): (&Bar, bool), area: Area) {
    let middle = f64::midpoint(area.top, area.bottom) + 4.0;
    let platform = if repeats { "" } else { &bar.platform };
    sheet.text((MARGIN, middle), 12.0, &short(story, platform, (NAMES - 74.0) / HEAVIER, 12.0), |text| {
        text.bold = true
    });
    sheet.text((area.left - 10.0, middle), 11.0, &format!("{} days", bar.age), |text| {
        text.anchor = Anchor::End;
        text.colour = GREY_TEXT;
    });
    stack::bar(sheet, area, &format!("{}, {} days", bar.platform, bar.age), &bar.parts);
}
