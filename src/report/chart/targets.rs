//! Simulated against published figures: one dot per figure on a common relative axis.

use crate::report::Story;
use crate::report::chart::compose::{bands, short, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_LINE, GREY_TEXT, GRID, PALE, colour};
use crate::report::chart::scale::{Measure, between};
use crate::report::chart::sheet::{Anchor, Area, MARGIN, Sheet, WIDTH};
use crate::report::chart::typeface::shorten;
use crate::report::findings::{agrees, bound_mark, published_as, role_words, verdict};
use crate::report::reading::{Estimate, estimate, number, table, word};
use crate::report::wording::{interval, label, measure_name, measure_value, percent};
use crate::scenario::Role;

const NAMES: f64 = 300.0;
const NUMBERS: f64 = 220.0;
const STEP: f64 = 30.0;

/// The roles in the order in which they are drawn; the last one tests nothing.
const ROLES: [Role; 4] = [Role::Predicted, Role::Compare, Role::Fitted, Role::Given];

/// One comparison.
struct Row {
    name: String,
    period: String,
    numbers: String,
    colour: Colour,
    role: Role,
    ratio: Estimate,
}

/// One dot per published figure.
pub fn draw(story: &Story) -> Sheet {
    let rows = comparisons(story);
    let height = (200.0 + STEP * rows.len() as f64).clamp(300.0, 1500.0);
    let title = title(story);
    let subtitle = format!("Simulated over published figure. Grey zone: within 10 %. {}", bands(story));
    let mut sheet = Sheet::new(&title, &subtitle, &source(story), height);
    if rows.is_empty() {
        return sheet.nothing("the scenario names no published figures inside the horizon");
    }
    let body = sheet.body();
    let plot = Area {
        left: MARGIN + NAMES,
        right: WIDTH - MARGIN - NUMBERS,
        bottom: body.bottom - 26.0,
        top: body.top + 10.0,
    };
    let reach = reach(&rows);
    let x = |ratio: f64| {
        let share = ((ratio - 1.0) / reach).clamp(-1.0, 1.0);
        f64::midpoint(plot.left, plot.right) + share * (plot.right - plot.left) / 2.0
    };
    axes(&mut sheet, plot, reach, x);
    let step = (plot.bottom - plot.top) / rows.len() as f64;
    for (index, row) in rows.iter().enumerate() {
        let middle = plot.top + step * (index as f64 + 0.5);
        let is_first = index == 0 || rows[index - 1].role != row.role;
        if is_first && index > 0 {
            let edge = middle - step / 2.0;
            sheet.line(vec![(MARGIN, edge), (WIDTH - MARGIN, edge)], GREY_LINE, 1.0, &[]);
        }
        draw_row(&mut sheet, row, plot, middle, x);
    }
    sheet
}

fn comparisons(story: &Story) -> Vec<Row> {
    let Some(table) = table(story, "targets") else { return Vec::new() };
    let mut rows: Vec<Row> = (0..table.rows())
        .filter_map(|row| {
            let (platform, measure) = (word(table, "platform", row), word(table, "measure", row));
            let (published, simulated) = (number(table, "published", row), estimate(table, "simulated", row));
            let currency = &story.scenario.market.currency;
            let index = story.scenario.platforms.iter().position(|it| it.name == platform).unwrap_or(0);
            let write = |value| measure_value(measure, value, currency);
            let (bound, role) = published_as(story, table, row);
            (published > 0.0 && simulated.value.is_finite()).then(|| Row {
                name: format!(
                    "{} · {}",
                    short(story, label(story.scenario, platform), 130.0, 11.5),
                    measure_name(measure)
                ),
                period: period(word(table, "from", row), word(table, "to", row)),
                numbers: format!("{} vs {}{}", write(simulated.value), bound_mark(bound), write(published)),
                colour: if role == Role::Given { GREY_LINE } else { colour(index) },
                role,
                ratio: Estimate {
                    value: simulated.value / published,
                    low: simulated.low / published,
                    high: simulated.high / published,
                },
            })
        })
        .collect();
    let place = |role| ROLES.iter().position(|&other| other == role);
    rows.sort_by_key(|row| place(row.role));
    rows
}

fn title(story: &Story) -> String {
    let Some(table) = table(story, "targets") else { return "Against published figures".to_owned() };
    let verdicts: Vec<(Role, String)> = (0..table.rows())
        .map(|row| {
            let (bound, role) = published_as(story, table, row);
            let simulated = estimate(table, "simulated", row);
            (role, verdict(bound, number(table, "published", row), &simulated))
        })
        .filter(|(_, verdict)| !verdict.starts_with("cannot"))
        .collect();
    // Inputs test nothing: they are not counted.
    let counts: Vec<String> = ROLES[..3].iter().filter_map(|&role| count(&verdicts, role)).collect();
    if counts.is_empty() {
        return "Against published figures".to_owned();
    }
    format!("Within 10 % or bound met: {}", counts.join(", "))
}

/// "10 of 14 predicted figures"; nothing when there is none.
fn count(verdicts: &[(Role, String)], role: Role) -> Option<String> {
    let of_role: Vec<&String> = verdicts.iter().filter(|it| it.0 == role).map(|it| &it.1).collect();
    let agreeing = of_role.iter().filter(|verdict| agrees(verdict)).count();
    let figures = if of_role.len() == 1 { "figure" } else { "figures" };
    (!of_role.is_empty()).then(|| format!("{agreeing} of {} {} {figures}", of_role.len(), role_words(role)))
}

/// A whole calendar year is written as the year alone.
pub fn period(from: &str, to: &str) -> String {
    match (from.strip_suffix("-01-01"), to.strip_suffix("-12-31")) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        _ if from == to => from.to_owned(),
        _ => format!("{from} – {to}"),
    }
}

/// Half the width of the axis, as a share of the published figure; at most 100 %.
fn reach(rows: &[Row]) -> f64 {
    let ends = rows.iter().flat_map(|row| [row.ratio.value, row.ratio.low, row.ratio.high]);
    let far = ends.filter(|end| end.is_finite()).map(|end| (end - 1.0).abs()).fold(0.0, f64::max);
    [0.2, 0.3, 0.5, 1.0].into_iter().find(|&reach| reach >= far * 1.05).unwrap_or(1.0)
}

fn axes(sheet: &mut Sheet, plot: Area, reach: f64, x: impl Fn(f64) -> f64) {
    sheet.block(Area { left: x(0.9), right: x(1.1), ..plot }, PALE, 1.0);
    for tick in between(-reach, reach, 6.0, &Measure::Percent) {
        let at = x(1.0 + tick.at);
        sheet.line(vec![(at, plot.top), (at, plot.bottom)], GRID, 0.8, &[]);
        let sign = if tick.at > 1e-9 { "+" } else { "" };
        sheet.text((at, plot.bottom + 16.0), 11.0, &format!("{sign}{}", tick.label), |text| {
            text.anchor = Anchor::Middle;
            text.colour = GREY_TEXT;
        });
    }
    sheet.line(vec![(x(1.0), plot.top), (x(1.0), plot.bottom)], GREY_LINE, 1.4, &[]);
    sheet.text((WIDTH - MARGIN, plot.top - 8.0), 10.5, "simulated vs published", |text| {
        text.anchor = Anchor::End;
        text.colour = GREY_TEXT;
    });
}

fn draw_row(sheet: &mut Sheet, row: &Row, plot: Area, y: f64, x: impl Fn(f64) -> f64) {
    let area =
        Area { left: MARGIN, right: WIDTH - MARGIN, top: y - STEP / 2.0 + 1.0, bottom: y + STEP / 2.0 - 1.0 };
    let band = interval(row.ratio.low, row.ratio.high, |ratio| percent(ratio - 1.0, 1));
    let band = if band.is_empty() { band } else { format!(" ({band})") };
    let off = percent(row.ratio.value - 1.0, 1);
    let value = format!("simulated {}: {off}{band} off · {}", row.numbers, role_words(row.role));
    sheet.facts.spots.push(Spot::block(area, &format!("{} · {}", row.name, row.period), &value));
    sheet.text((MARGIN, y - 1.0), 11.5, &shorten(&row.name, NAMES - 12.0, 11.5), |_| ());
    sheet.text((MARGIN, y + 11.0), 9.5, &format!("{} · {}", row.period, role_words(row.role)), |text| {
        text.colour = GREY_TEXT
    });
    sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 0.8, &[]);
    if row.ratio.has_band() {
        sheet.line(vec![(x(row.ratio.low), y), (x(row.ratio.high), y)], row.colour, 2.0, &[]);
    }
    sheet.dot((x(row.ratio.value), y), 4.5, row.colour);
    sheet.text((WIDTH - MARGIN, y + 4.0), 11.0, &row.numbers, |text| text.anchor = Anchor::End);
}
