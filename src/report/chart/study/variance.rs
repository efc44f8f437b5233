//! Where an outcome's uncertainty comes from: settings, chance, and who was observed, as parts of a bar.

use crate::maths::sqrt;
use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_TEXT, colour, ink_on};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::compose::{numbered, page, single};
use crate::report::chart::typeface::{shorten, width};
use crate::report::reading::{number, word};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};
use crate::report::wording::{grouped, percent};

/// Outcomes on a sheet.
const MOST: usize = 16;
/// Height of a bar with its space.
const STEP: f64 = 38.0;
/// Height of the key above the bars.
const KEY: f64 = 30.0;
/// Widths left and right of the bars.
const SIDES: (f64, f64) = (250.0, 170.0);

/// The parts: column, words, colour.
const PARTS: [(&str, &str); 3] =
    [("parameter", "uncertain settings"), ("seed", "chance"), ("panel", "who is in the panel")];

/// The split of one outcome's variance.
pub struct Split {
    /// Which outcome.
    pub outcome: Outcome,
    /// Shares of the parts, in the order parameter, seed, panel; undefined ones are nothing.
    pub shares: [f64; 3],
    /// The whole variance, in the outcome's unit squared.
    pub variance: f64,
}

impl Split {
    /// The standard deviation in words.
    pub fn spread(&self) -> String {
        let size = self.outcome.quantity.write_size(sqrt(self.variance.max(0.0)));
        if self.variance.is_finite() { size } else { crate::report::wording::ABSENT.to_owned() }
    }
}

/// The outcomes whose variance is split.
pub fn splits(study: &StudyStory) -> Vec<Split> {
    let Some(table) = study.table("variance") else { return Vec::new() };
    let split = |row: usize| Split {
        outcome: outcome(study.scenario, word(table, "outcome", row)),
        shares: PARTS
            .map(|(column, _)| number(table, column, row))
            .map(|share| if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }),
        variance: number(table, "variance", row),
    };
    (0..table.rows()).map(split).filter(|split| split.shares.iter().sum::<f64>() > 0.0).collect()
}

/// Sheets of stacked bars.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let splits = splits(study);
    let subtitle = "Shares of each outcome's variance over the draws; right, its standard deviation.";
    if splits.is_empty() {
        let sheet = page(study, "Where the uncertainty comes from", subtitle, 200.0);
        return single(sheet.nothing("no variance is split"));
    }
    let title = title(study, &splits);
    let all = splits.as_slice();
    let sheet = |splits: &[Split]| {
        let mut sheet = page(study, &title, subtitle, KEY + 26.0 + STEP * splits.len() as f64);
        let body = sheet.body();
        let area = Area { left: body.left + SIDES.0, right: body.right - SIDES.1, ..body };
        key(&mut sheet, area, (study, all));
        for (index, split) in splits.iter().enumerate() {
            row(&mut sheet, area, (study, split), area.top + KEY + STEP * (index as f64 + 0.5));
        }
        sheet
    };
    numbered(splits.chunks(MOST).map(sheet).collect())
}

fn title(study: &StudyStory, splits: &[Split]) -> String {
    let mean = |part: usize| splits.iter().map(|split| split.shares[part]).sum::<f64>() / splits.len() as f64;
    let largest = (0..PARTS.len()).max_by(|&a, &b| mean(a).total_cmp(&mean(b))).unwrap_or(0);
    format!(
        "Most of the uncertainty comes from {}: {} on average",
        part_words(study, largest),
        percent(mean(largest), 0)
    )
}

fn ink(part: usize) -> Colour {
    [colour(0), colour(4), colour(3)][part]
}

/// What a part is; the smaller the simulated market, the larger its chance.
fn part_words(study: &StudyStory, part: usize) -> String {
    let users = grouped(study.scenario.market.users as f64, 0);
    if PARTS[part].0 == "seed" {
        format!("chance at {users} simulated users")
    } else {
        PARTS[part].1.to_owned()
    }
}

/// The colours of the parts that any of the bars has.
fn key(sheet: &mut Sheet, area: Area, (study, splits): (&StudyStory, &[Split])) {
    let mut left = area.left;
    for part in 0..PARTS.len() {
        if splits.iter().all(|split| split.shares[part] <= 0.0) {
            continue;
        }
        let words = &part_words(study, part);
        let square = Area { left, right: left + 11.0, top: area.top + 4.0, bottom: area.top + 15.0 };
        sheet.block(square, ink(part), 1.0);
        sheet.text((left + 16.0, area.top + 14.0), 11.0, words, |_| ());
        left += 16.0 + width(words, 11.0) + 18.0;
    }
}

fn row(sheet: &mut Sheet, area: Area, (study, split): (&StudyStory, &Split), y: f64) {
    let Outcome { title, place, .. } = &split.outcome;
    let (name, note) = if place.is_empty() { (title, "") } else { (place, title.as_str()) };
    let left = area.left - SIDES.0;
    let room = SIDES.0 - 12.0;
    let rise = if note.is_empty() { 4.0 } else { -1.0 };
    sheet.text((left, y + rise), 11.5, &shorten(name, room, 11.5), |_| ());
    sheet.text((left, y + 11.5), 9.5, &shorten(note, room, 9.5), |text| text.colour = GREY_TEXT);
    let sum: f64 = split.shares.iter().sum();
    let mut from = area.left;
    for (part, share) in split.shares.iter().map(|share| share / sum).enumerate() {
        let right = from + share * (area.right - area.left);
        sheet.block(Area { left: from, right, top: y - 11.0, bottom: y + 11.0 }, ink(part), 1.0);
        let block = Area { left: from, right, top: y - 11.0, bottom: y + 11.0 };
        if share > 0.0 {
            let what = format!("{}: {}", split.outcome.full(), part_words(study, part));
            sheet.facts.spots.push(Spot::block(
                block,
                &what,
                &format!("{} of the variance", percent(share, 1)),
            ));
        }
        let text = percent(share, 0);
        if right - from > width(&text, 11.0) + 8.0 {
            sheet.text((f64::midpoint(from, right), y + 4.0), 11.0, &text, |text| {
                text.anchor = Anchor::Middle;
                text.colour = ink_on(ink(part));
            });
        }
        from = right;
    }
    let spread = format!("± {}", split.spread());
    sheet.text((area.right + SIDES.1, y + 4.0), 11.0, &spread, |text| text.anchor = Anchor::End);
}
