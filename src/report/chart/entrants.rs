//! Whether platforms that enter get anywhere: replications split by how far each entrant came.

use crate::report::Story;
use crate::report::chart::compose::{short, source};
use crate::report::chart::palette::{Colour, GREY_TEXT};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::stack::{self, APART, CALM, Part};
use crate::report::chart::typeface::{HEAVIER, shorten};
use crate::report::reading::{Estimate, estimate, number, rows, table};
use crate::report::wording::{interval, label, percent};
use crate::scenario::calendar::Calendar;

/// Has the share at the end.
const THERE: Colour = (0, 84, 140);
const STEP: f64 = 52.0;
const NAMES: f64 = 225.0;
const NUMBERS: f64 = 190.0;

/// A platform that enters.
struct Entrant {
    name: String,
    entry: String,
    success: Estimate,
    reached: f64,
    survives: f64,
    share: f64,
}

/// A bar for each entrant.
pub fn draw(story: &Story) -> Sheet {
    let found = found(story);
    let wanted = written(story.scenario.measures.success_share);
    let many = story.scenario.run.replications > 1;
    let run = &story.scenario.run;
    let how = match run.replications {
        1 => "One replication: it did or it did not.".to_owned(),
        count => format!(
            "{count} replications; their share and its {} interval (Wilson) stand at the right.",
            percent(run.confidence, 0)
        ),
    };
    let subtitle = format!(
        "How far each platform that enters came; success is {wanted} of platform users at the end. {how}"
    );
    let title = title(story, &found, &wanted, many);
    let head = Sheet::new(&title, &subtitle, "", 0.0).top;
    let height = (head + 76.0 + STEP * found.len() as f64).max(260.0);
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), height);
    if found.is_empty() {
        return sheet.nothing("no platform enters, or nobody lives on any");
    }
    let body = sheet.body();
    let ways = ways(&wanted);
    let top = body.top + 12.0 + stack::key(&mut sheet, body.left + NAMES, &ways);
    let step = ((body.bottom - top) / found.len() as f64).min(1.3 * STEP);
    for (index, one) in found.iter().enumerate() {
        let top = top + step * index as f64;
        let area =
            Area { left: body.left + NAMES, right: body.right - NUMBERS, top, bottom: top + step * 0.62 };
        one.draw(&mut sheet, story, (area, body), &ways);
    }
    sheet
}

/// How far an entrant can come, each with its colour.
fn ways(wanted: &str) -> [(String, Colour); 3] {
    [
        (format!("{wanted} or more at the end"), THERE),
        ("once, and fell back".to_owned(), CALM),
        ("never".to_owned(), APART),
    ]
}

impl Entrant {
    fn draw(
        &self,
        sheet: &mut Sheet,
        story: &Story,
        (area, body): (Area, Area),
        ways: &[(String, Colour); 3],
    ) {
        let shares = [self.success.value, self.reached - self.success.value, 1.0 - self.reached];
        let band = interval(self.success.low, self.success.high, |share| percent(share, 0));
        let parts: Vec<Part> = ways
            .iter()
            .zip(shares)
            .enumerate()
            .map(|(at, ((name, colour), share))| Part {
                name: name.clone(),
                share: share.max(0.0),
                band: if at == 0 { band.clone() } else { String::new() },
                colour: *colour,
            })
            .collect();
        let middle = f64::midpoint(area.top, area.bottom);
        let name = short(story, &self.name, (NAMES - 14.0) / HEAVIER, 12.0);
        sheet.text((body.left, middle - 2.0), 12.0, &name, |text| text.bold = true);
        let fate = format!("enters {}, ends with {}", self.entry, percent(self.share, 1));
        let fate = shorten(&fate, NAMES - 14.0, 10.0);
        sheet.text((body.left, middle + 12.0), 10.0, &fate, |text| text.colour = GREY_TEXT);
        stack::bar(sheet, area, &name, &parts);
        let success = format!("{} succeed", percent(self.success.value, 0));
        sheet.text((body.right, middle - 2.0), 12.0, &success, |text| {
            (text.bold, text.anchor) = (true, Anchor::End);
        });
        let survive = format!("{} survive", percent(self.survives, 0));
        let beside = if band.is_empty() { survive } else { format!("{band}; {survive}") };
        sheet.text((body.right, middle + 12.0), 10.0, &beside, |text| {
            (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
        });
    }
}

/// A share without needless decimals.
fn written(share: f64) -> String {
    let is_whole = (100.0 * share - (100.0 * share).round()).abs() < 1e-6;
    percent(share, if is_whole { 0 } else { 1 })
}

fn found(story: &Story) -> Vec<Entrant> {
    let Some(table) = table(story, "entrant_success") else { return Vec::new() };
    let market = &story.scenario.market;
    let calendar = Calendar::new(&market.start, market.days);
    let read = |platform: &crate::scenario::Platform| {
        let row = *rows(table, &[("platform", platform.name.as_str())]).first()?;
        let of = |column: &str| number(table, column, row);
        let day = of("entry").clamp(0.0, f64::from(market.days));
        let success = estimate(table, "success", row);
        (success.value.is_finite() && of("reached").is_finite()).then(|| Entrant {
            name: label(story.scenario, &platform.name).to_owned(),
            entry: calendar.date(day as u32),
            success,
            reached: of("reached"),
            survives: of("survives"),
            share: of("share"),
        })
    };
    story.scenario.platforms.iter().filter_map(read).collect()
}

/// How often the most successful entrant succeeds.
fn title(story: &Story, found: &[Entrant], wanted: &str, many: bool) -> String {
    let Some(best) = found.iter().max_by(|a, b| a.success.value.total_cmp(&b.success.value)) else {
        return "Whether platforms that enter succeed".to_owned();
    };
    let name = short(story, &best.name, 260.0, 17.0);
    let ends = format!("{wanted} of platform users or more");
    match best.success.value {
        success if success <= 0.0 && many => format!("In no replication does {name} end with {ends}"),
        success if success <= 0.0 => format!("{name} ends with less than {wanted} of platform users"),
        success if success < 1.0 => {
            format!("In {} of the replications, {name} ends with {ends}", percent(success, 0))
        }
        _ if many => format!("In every replication, {name} ends with {ends}"),
        _ => format!("{name} ends with {ends}"),
    }
}
