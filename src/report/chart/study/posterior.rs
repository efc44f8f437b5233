//! What the figures say about each setting: its weighted draws against the prior range.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{FAINT, GREY_TEXT, INK, PALE, PAPER, colour, mix};
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::{Axis, Spacing};
use crate::report::chart::study::compose::{level, numbered, page, single};
use crate::report::chart::study::plot::{BELOW, Plot, tiles};
use crate::report::chart::typeface::{HEAVIER, clipped};
use crate::report::reading::{Estimate, estimate, number, word};
use crate::report::study::StudyStory;
use crate::report::study::quantity::{Quantity, level as short};
use crate::report::study::setting::{tail, told};
use crate::table::Table;

/// Settings on a sheet.
const MOST: usize = 9;
/// Settings of a report; the rest is in the table.
const ALL: usize = 45;
/// Bars over the prior range.
const BARS: usize = 24;
/// A range over more than this factor is drawn by ratios.
const WIDE: f64 = 30.0;

/// One fitted setting.
pub struct Fitted {
    /// Path.
    pub setting: String,
    /// Range of the prior.
    pub prior: (f64, f64),
    /// Best draw.
    pub best: f64,
    /// Mean of the posterior.
    pub mean: Estimate,
    /// One minus posterior over prior standard deviation.
    pub contraction: f64,
    /// Whether the figures identify it, in words.
    pub verdict: String,
}

/// The fitted settings in the table's order.
pub fn fitted(study: &StudyStory) -> Vec<Fitted> {
    let Some(table) = study.table("settings") else { return Vec::new() };
    let read = |row: usize| Fitted {
        setting: word(table, "setting", row).to_owned(),
        prior: (number(table, "prior_low", row), number(table, "prior_high", row)),
        best: number(table, "best", row),
        mean: estimate(table, "mean", row),
        contraction: number(table, "contraction", row),
        verdict: word(table, "verdict", row).to_owned(),
    };
    (0..table.rows()).map(read).filter(|it| it.prior.0.is_finite() && it.prior.1.is_finite()).collect()
}

/// Sheets of up to nine settings.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let mut fitted = fitted(study);
    fitted.truncate(ALL);
    let subtitle = format!(
        "Bars: weighted draws that agree with the figures; grey: the prior, drawn as even over its range. Dot and line: mean \
         and {} interval; diamond: best draw.",
        level(study)
    );
    let title = format!("What the figures say about {} settings", fitted.len());
    if fitted.is_empty() {
        return single(
            page(study, "What the figures say", &subtitle, 200.0).nothing("no setting was fitted"),
        );
    }
    let sheet = |found: &[Fitted]| {
        let columns = found.len().min(3);
        let mut sheet = page(study, &title, &subtitle, 252.0 * found.len().div_ceil(columns) as f64);
        for (area, one) in tiles(sheet.body(), found.len(), columns, 26.0).into_iter().zip(found) {
            panel(&mut sheet, area, study, one);
        }
        sheet
    };
    numbered(fitted.chunks(MOST).map(sheet).collect())
}

fn panel(sheet: &mut Sheet, area: Area, study: &StudyStory, one: &Fitted) {
    let room = area.right - area.left;
    let heading = told(study.scenario, &one.setting, (room / HEAVIER, 11.5));
    sheet.text((area.left, area.top + 12.0), 11.5, &heading, |text| text.bold = true);
    let path = tail(&one.setting, room, 9.0);
    sheet.text((area.left, area.top + 24.0), 9.0, &path, |text| text.colour = GREY_TEXT);
    for (index, line) in clipped(&verdict(one), room, 10.0).iter().enumerate() {
        let place = (area.left, area.top + 38.0 + 12.5 * index as f64);
        sheet.text(place, 10.0, line, |text| text.colour = GREY_TEXT);
    }
    let across = across(one.prior);
    let shares =
        study.table("posterior").map(|table| shares(table, &one.setting, &across)).unwrap_or_default();
    let tallest = shares.iter().copied().fold(1.5 / BARS as f64, f64::max);
    let plot = Plot {
        area: Area { top: area.top + 82.0, bottom: area.bottom - BELOW + 4.0, ..area },
        across,
        up: Axis::exactly(0.0, tallest),
    };
    sheet.facts.spots.push(Spot::block(plot.area, &heading, &verdict(one)));
    prior(sheet, &plot);
    bars(sheet, &plot, &shares);
    plot.floor(sheet, "");
    mean(sheet, &plot, one);
}

/// The range, by ratios where it is wide and positive.
fn across((low, high): (f64, f64)) -> Axis {
    let spacing = if low > 0.0 && high / low > WIDE { Spacing::Logarithmic } else { Spacing::Even };
    Axis { spacing, ..Axis::exactly(low, high) }
}

fn verdict(one: &Fitted) -> String {
    let mean = format!("{} ({} to {})", short(one.mean.value), short(one.mean.low), short(one.mean.high));
    let contraction = Quantity::Relative.write(one.contraction);
    if one.verdict.is_empty() {
        format!("{mean}; {contraction} narrower")
    } else {
        format!("{mean}; {}", one.verdict)
    }
}

/// The weight of the draws in each of the bars.
fn shares(table: &Table, setting: &str, across: &Axis) -> Vec<f64> {
    let mut shares = vec![0.0; BARS];
    for row in 0..table.rows() {
        let (value, weight) = (number(table, setting, row), number(table, "weight", row));
        let is_inside = value >= across.low && value <= across.high;
        if is_inside && weight.is_finite() && weight > 0.0 {
            let bar = ((across.share(value) * BARS as f64) as usize).min(BARS - 1);
            shares[bar] += weight.min(1e300);
        }
    }
    let sum: f64 = shares.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        shares.into_iter().map(|share| share / sum).collect()
    } else {
        Vec::new()
    }
}

/// An even prior puts the same weight into every bar.
fn prior(sheet: &mut Sheet, plot: &Plot) {
    let top = plot.y(1.0 / BARS as f64);
    sheet.block(Area { top, ..plot.area }, mix(PALE, FAINT, 0.35), 1.0);
}

fn bars(sheet: &mut Sheet, plot: &Plot, shares: &[f64]) {
    let wide = (plot.area.right - plot.area.left) / BARS as f64;
    for (bar, &share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        let left = plot.area.left + wide * bar as f64;
        let block = Area { left, right: left + wide - 1.0, top: plot.y(share), bottom: plot.area.bottom };
        sheet.block(block, mix(colour(0), PAPER, 0.25), 0.85);
    }
}

/// Mean, interval and best draw above the bars.
fn mean(sheet: &mut Sheet, plot: &Plot, one: &Fitted) {
    let y = plot.area.top - 14.0;
    sheet.line(vec![(plot.area.left, y), (plot.area.right, y)], PALE, 1.0, &[]);
    if one.mean.has_band() {
        sheet.line(vec![(plot.x(one.mean.low), y), (plot.x(one.mean.high), y)], INK, 1.6, &[]);
    }
    if one.best.is_finite() {
        sheet.diamond((plot.x(one.best), y), 6.5, colour(1));
    }
    if one.mean.value.is_finite() {
        sheet.dot((plot.x(one.mean.value), y), 2.6, INK);
    }
}
