//! What has become of joiners: bars of those still at home, lapsed, and switched to each rival.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, cohort, cohort_words, mean_of, source};
use crate::report::chart::palette::{Colour, GREY_TEXT, colour, for_text};
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::{Anchor, Area, MARGIN, Sheet, WIDTH};
use crate::report::chart::typeface::{HEAVIER, shorten, width};
use crate::report::reading::{at, table, words};
use crate::report::wording::{label, percent};

const AGES: [i64; 4] = [30, 90, 180, 365];
const BAR: f64 = 25.0;
const NAMES: f64 = 262.0;
/// Still at home.
const HOME: Colour = (224, 229, 235);
/// Stands for all rivals when they are too many for colours.
const RIVAL: &str = "a rival";
/// Lapsed.
const LAPSED: Colour = (120, 126, 134);

/// A stretch of a bar.
struct Part {
    name: String,
    share: f64,
    colour: Colour,
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
    let mut sheet = Sheet::new(&title(&bars, story), &subtitle, &source(story), height);
    if bars.is_empty() {
        return sheet.nothing("nobody's stay was observed");
    }
    key(&mut sheet, story);
    let body = sheet.body();
    let step = (body.bottom - body.top - 24.0) / bars.len() as f64;
    for (index, (name, parts)) in bars.iter().enumerate() {
        let platform = |name: &str| name.split('|').next().map(str::to_owned);
        let repeats = index > 0 && platform(&bars[index - 1].0) == platform(name);
        let name = if repeats { name[name.find('|').unwrap_or(0)..].to_owned() } else { name.clone() };
        let top = body.top + 28.0 + step * index as f64;
        bar(
            &mut sheet,
            &name,
            parts,
            Area { left: MARGIN + NAMES, top, right: body.right, bottom: top + step * 0.72 },
        );
    }
    sheet
}

fn bars(story: &Story, cohort: &str) -> Vec<(String, Vec<Part>)> {
    let platforms = &story.scenario.platforms;
    let ages: &[i64] = if platforms.len() > 4 { &AGES[1..2] } else { &AGES };
    let mut bars = Vec::new();
    for platform in platforms {
        for &age in ages {
            let parts = parts(story, &platform.name, cohort, age);
            if !parts.is_empty() {
                bars.push((format!("{}|{age} days", label(story.scenario, &platform.name)), parts));
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

fn title(bars: &[(String, Vec<Part>)], story: &Story) -> String {
    let largest = bars.iter().filter(|(name, _)| name.ends_with("|90 days")).flat_map(|(name, parts)| {
        parts.iter().skip(1).map(move |part| (name.trim_end_matches("|90 days"), part))
    });
    let Some((platform, part)) = largest.max_by(|a, b| a.1.share.total_cmp(&b.1.share)) else {
        return "Where leavers go".to_owned();
    };
    let platform = shorten(platform, 220.0, 19.0);
    let is_rival = story.scenario.platforms.iter().any(|it| label(story.scenario, &it.name) == part.name)
        || part.name == RIVAL;
    let fate =
        if is_rival { format!("gone to {}", shorten(&part.name, 220.0, 19.0)) } else { part.name.clone() };
    format!("After 90 days, {} of {platform}'s joiners have {fate}", percent(part.share, 0))
}

fn key(sheet: &mut Sheet, story: &Story) {
    let top = sheet.body().top - 2.0;
    let mut left = MARGIN + NAMES;
    let platforms = story.scenario.platforms.iter().enumerate();
    let rivals = platforms
        .map(|(index, it)| (format!("switched to {}", label(story.scenario, &it.name)), colour(index)));
    let crowded = story.scenario.platforms.len() > LABELLED;
    let lumped = crowded.then(|| (format!("switched to {RIVAL}"), colour(0)));
    let rivals = rivals.filter(|_| !crowded).chain(lumped);
    let fixed = [("still at home".to_owned(), HOME), ("lapsed".to_owned(), LAPSED)];
    for (text, colour) in fixed.into_iter().chain(rivals) {
        let text = shorten(&text, 210.0, 11.0);
        let size = width(&text, 11.0);
        if left + size + 18.0 > WIDTH - MARGIN {
            break;
        }
        sheet.block(Area { left, top, right: left + 12.0, bottom: top + 12.0 }, colour, 1.0);
        sheet.text((left + 17.0, top + 10.0), 11.0, &text, |text| text.colour = GREY_TEXT);
        left += size + 36.0;
    }
}

fn bar(sheet: &mut Sheet, name: &str, parts: &[Part], area: Area) {
    let middle = f64::midpoint(area.top, area.bottom) + 4.0;
    let (platform, age) = name.split_once('|').unwrap_or((name, ""));
    sheet.text((MARGIN, middle), 12.0, &shorten(platform, (NAMES - 74.0) / HEAVIER, 12.0), |text| {
        text.bold = true
    });
    sheet.text((area.left - 10.0, middle), 11.0, age, |text| {
        text.anchor = Anchor::End;
        text.colour = GREY_TEXT;
    });
    let mut left = area.left;
    for part in parts.iter().filter(|part| part.share > 0.0) {
        let right = (left + part.share * (area.right - area.left)).min(area.right);
        sheet.block(Area { left, right: right - 1.0, ..area }, part.colour, 1.0);
        let text = percent(part.share, 0);
        if right - left > width(&text, 11.5) + 6.0 {
            let ink = if part.colour == HOME || for_text(part.colour) != part.colour {
                (20, 24, 28)
            } else {
                (255, 255, 255)
            };
            sheet.text((f64::midpoint(left, right), middle), 11.5, &text, |text| {
                text.anchor = Anchor::Middle;
                text.colour = ink;
            });
        }
        left = right;
    }
}
