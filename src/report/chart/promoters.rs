//! Who would surely stay: residents split into promoters, passives and detractors.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, mean_of, short, source};
use crate::report::chart::palette::{AGAINST, Colour, FOR, GREY_TEXT};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::stack::{self, CALM, Part};
use crate::report::chart::typeface::HEAVIER;
use crate::report::reading::{Estimate, estimate, rows, table};
use crate::report::wording::{interval, label, percent};
use crate::study::phrase::whose;

const STEP: f64 = 40.0;
const NAMES: f64 = 190.0;
const NUMBERS: f64 = 150.0;

/// A bar for each platform with residents.
pub fn draw(story: &Story) -> Sheet {
    let found = found(story);
    let subtitle = format!(
        "Residents at the end by the probability with which they would choose their platform again, habit and costs of moving \
         left aside. {}",
        mean_of(story)
    );
    let title = title(story, &found);
    let head = Sheet::new(&title, &subtitle, "", 0.0).top;
    let height = (head + 70.0 + STEP * found.len() as f64).max(260.0);
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), height);
    if found.is_empty() {
        return sheet.nothing("nobody lives on a platform at the end");
    }
    let body = sheet.body();
    let key: Vec<(String, Colour)> = [("90 % or more", FOR), ("60 to 90 %", CALM), ("below 60 %", AGAINST)]
        .map(|(name, colour)| (name.to_owned(), colour))
        .into();
    let top = body.top + 8.0 + stack::key(&mut sheet, body.left + NAMES, &key);
    sheet.text((body.right, body.top + 8.0), 11.0, "first less last, points", |text| {
        (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
    });
    let step = ((body.bottom - top) / found.len() as f64).min(1.3 * STEP);
    for (index, (name, parts, nps)) in found.iter().enumerate() {
        let top = top + step * index as f64;
        let area =
            Area { left: body.left + NAMES, right: body.right - NUMBERS, top, bottom: top + step * 0.7 };
        let middle = f64::midpoint(area.top, area.bottom) + 4.0;
        let name = short(story, name, (NAMES - 12.0) / HEAVIER, 12.0);
        sheet.text((body.left, middle), 12.0, &name, |text| text.bold = true);
        stack::bar(&mut sheet, area, &name, parts);
        sheet.text((body.right, middle - 4.0), 12.0, &points(nps.value), |text| {
            (text.bold, text.anchor) = (true, Anchor::End);
        });
        let band = interval(nps.low, nps.high, points);
        sheet.text((body.right, middle + 9.0), 9.5, &band, |text| {
            (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
        });
    }
    sheet
}

/// Name, parts and score of the platforms with residents.
fn found(story: &Story) -> Vec<(String, Vec<Part>, Estimate)> {
    let Some(table) = table(story, "nps_proxy") else { return Vec::new() };
    let read = |platform: &crate::scenario::Platform| {
        let row = *rows(table, &[("platform", platform.name.as_str()), EVERYBODY]).first()?;
        let part = |column: &str, name: &str, colour: Colour| {
            let found = estimate(table, column, row);
            let band = interval(found.low, found.high, |share| percent(share, 1));
            Part { name: name.to_owned(), share: found.value, band, colour }
        };
        let parts = vec![
            part("promoters", "90 % or more", FOR),
            part("passives", "60 to 90 %", CALM),
            part("detractors", "below 60 %", AGAINST),
        ];
        let nps = estimate(table, "nps", row);
        nps.value.is_finite().then(|| (label(story.scenario, &platform.name).to_owned(), parts, nps))
    };
    story.scenario.platforms.iter().filter_map(read).collect()
}

fn title(story: &Story, found: &[(String, Vec<Part>, Estimate)]) -> String {
    let told = |(name, parts, _): &(String, Vec<Part>, Estimate)| {
        format!("{} of {} residents", percent(parts[0].share, 0), whose(&short(story, name, 220.0, 17.0)))
    };
    let by_share = |a: &&(String, Vec<Part>, Estimate), b: &&(String, Vec<Part>, Estimate)| {
        a.1[0].share.total_cmp(&b.1[0].share)
    };
    match (found.iter().max_by(by_share), found.iter().min_by(by_share)) {
        (Some(best), Some(worst)) if found.len() > 1 => {
            format!("{} would surely choose it again, {}", told(best), told(worst))
        }
        (Some(best), _) => format!("{} would surely choose it again", told(best)),
        _ => "Who would surely stay".to_owned(),
    }
}

/// The score in points.
fn points(nps: f64) -> String {
    format!("{:+.0}", 100.0 * nps.clamp(-1.0, 1.0))
}
