//! Screening after Morris: mean absolute elementary effects as bars, and against their spread.

use crate::maths::sqrt;
use crate::report::chart::facts::Spot;
use crate::report::chart::label::spread;
use crate::report::chart::palette::{Colour, FAINT, GREY_LINE, GREY_TEXT, colour, for_text};
use crate::report::chart::sheet::{Anchor, Area, Sheet, circle};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{level, numbered, page, single, stacked};
use crate::report::chart::study::forest::{Forest, Mark, Row, Sign};
use crate::report::chart::study::plot::{BELOW, BESIDE, Plot, tiles};
use crate::report::chart::typeface::{HEAVIER, clipped, shorten};
use crate::report::reading::{Estimate, estimate, number, rows, word, words};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};
use crate::report::study::setting::{in_sentence, spoken, told};
use crate::report::wording::plain;

/// Settings shown for an outcome: the most influential ones.
const SETTINGS: usize = 12;
/// Settings with a name in a scatter.
const NAMED: usize = 8;
/// Letters of those names.
const SMALL: f64 = 9.5;
/// Of two lines, what a name fills at most: it breaks between words.
const LINES: f64 = 1.9;
/// Outcomes of a report; the rest is in the table.
const OUTCOMES: usize = 16;
/// Scatters on a sheet.
const MOST: usize = 4;

/// The effects of one setting on an outcome.
pub struct Influence {
    /// Path of the setting.
    pub setting: String,
    /// Mean elementary effect.
    pub mu: f64,
    /// Mean absolute elementary effect.
    pub mu_star: Estimate,
    /// Standard deviation of the elementary effects.
    pub sigma: f64,
}

impl Influence {
    /// Which way the setting pushes: half of the absolute effect must survive with its sign.
    pub fn direction(&self) -> &'static str {
        match self.mu / self.mu_star.value {
            ratio if ratio > 0.5 => "raises it",
            ratio if ratio < -0.5 => "lowers it",
            _ => "works both ways",
        }
    }
}

/// Outcomes with their settings, the most influential first.
pub fn influences(study: &StudyStory) -> Vec<(Outcome, Vec<Influence>)> {
    let Some(table) = study.table("morris") else { return Vec::new() };
    let of_outcome = |name: &String| {
        let mut found: Vec<Influence> = rows(table, &[("outcome", name)])
            .into_iter()
            .map(|row| Influence {
                setting: word(table, "setting", row).to_owned(),
                mu: number(table, "mu", row),
                mu_star: estimate(table, "mu_star", row),
                sigma: number(table, "sigma", row),
            })
            .filter(|influence| influence.mu_star.value.is_finite())
            .collect();
        found.sort_by(|a, b| b.mu_star.value.total_cmp(&a.mu_star.value));
        (outcome(study.scenario, name), found)
    };
    words(table, "outcome").iter().map(of_outcome).filter(|(_, found)| !found.is_empty()).collect()
}

/// Whether the interval of a setting lies above that of the next one.
fn is_clearly_before(first: &Influence, next: &Influence) -> bool {
    first.mu_star.low > next.mu_star.high
}

/// Bars of the mean absolute effect, a list for each outcome.
pub fn bars(study: &StudyStory) -> Vec<Part> {
    let subtitle = format!(
        "Mean absolute effect of moving one setting across its range (μ*), others anywhere in theirs. Whiskers: {} \
         interval.",
        level(study)
    );
    let found = influences(study);
    let title = found.first().map_or_else(
        || "Which settings matter".to_owned(),
        |(outcome, settings)| {
            let name = |at: usize| in_sentence(study.scenario, &settings[at].setting);
            match settings.get(1) {
                // As the answer: not clearly before the next.
                Some(next) if !is_clearly_before(&settings[0], next) => {
                    format!("{}: {} and {} move it most", outcome.full(), name(0), name(1))
                }
                _ => format!("{}: {} moves it most", outcome.full(), name(0)),
            }
        },
    );
    let forests: Vec<Forest> =
        found.iter().take(OUTCOMES).map(|(outcome, found)| forest(study, outcome, found)).collect();
    stacked(study, ([&title; 2], &subtitle), forests, "no elementary effect is defined")
}

fn forest(study: &StudyStory, outcome: &Outcome, found: &[Influence]) -> Forest {
    let quantity = &outcome.quantity;
    let row = |influence: &Influence| Row {
        name: told(study.scenario, &influence.setting, (318.0, 11.5)),
        note: plain(&influence.setting),
        numbers: [
            format!("{} · {}", quantity.write_size(influence.mu_star.value), influence.direction()),
            String::new(),
        ],
        zone: None,
        marks: vec![Mark { estimate: influence.mu_star, colour: ink(outcome), sign: Sign::Bar }],
    };
    let shown = &found[..found.len().min(SETTINGS)];
    let ends = shown.iter().flat_map(|it| [it.mu_star.value, it.mu_star.high]);
    let cut = if found.len() > shown.len() {
        format!(" (the first {SETTINGS} of {})", found.len())
    } else {
        String::new()
    };
    Forest {
        heading: format!("{}{cut}", outcome.full()),
        unit: quantity.change_unit().to_owned(),
        axis: Axis::of_sizes(ends, quantity.clone()),
        rows: shown.iter().map(row).collect(),
        names: 330.0,
        numbers: 200.0,
    }
}

fn ink(outcome: &Outcome) -> Colour {
    colour(outcome.platform.unwrap_or(0))
}

/// Mean absolute effect against its spread, a panel for each outcome.
pub fn scatter(study: &StudyStory) -> Vec<Part> {
    let found = influences(study);
    let title = "Straight or crooked: influence against its variation";
    let subtitle = "Right: more influence (μ*). Up: the effect varies with the other settings or along the range (σ). On \
                    the line both are equal.";
    if found.is_empty() {
        return single(page(study, title, subtitle, 200.0).nothing("no elementary effect is defined"));
    }
    let found = &found[..found.len().min(OUTCOMES)];
    let sheet = |found: &[(Outcome, Vec<Influence>)]| {
        let columns = if found.len() == 1 { 1 } else { 2 };
        let mut sheet = page(study, title, subtitle, 350.0 * found.len().div_ceil(columns) as f64);
        let areas = tiles(sheet.body(), found.len(), columns, 26.0);
        for (area, (outcome, influences)) in areas.into_iter().zip(found) {
            panel(&mut sheet, area, study, (outcome, influences));
        }
        sheet
    };
    numbered(found.chunks(MOST).map(sheet).collect())
}

fn panel(sheet: &mut Sheet, area: Area, study: &StudyStory, (outcome, found): (&Outcome, &[Influence])) {
    let quantity = outcome.quantity.clone();
    let room = ((area.right - area.left) * 0.46).min(320.0);
    let plot = Plot {
        area: Area {
            left: area.left + BESIDE,
            top: area.top + 34.0,
            right: area.right - room,
            bottom: area.bottom - BELOW - 8.0,
        },
        across: Axis::of_sizes(found.iter().map(|it| it.mu_star.value), quantity.clone()),
        up: Axis::of_sizes(found.iter().map(|it| it.sigma), quantity.clone()),
    };
    let heading = shorten(&outcome.full(), (area.right - plot.area.left) / HEAVIER, 12.0);
    sheet.text((plot.area.left, area.top + 6.0), 12.0, &heading, |text| text.bold = true);
    plot.levels(sheet);
    plot.floor(sheet, format!("μ*  {}", quantity.change_unit()).trim());
    let beside = format!("σ  {}", quantity.change_unit());
    sheet.text((plot.area.left, plot.area.top - 8.0), 10.5, beside.trim(), |text| text.colour = GREY_TEXT);
    let end = plot.across.high.min(plot.up.high);
    sheet.line(vec![plot.place(0.0, 0.0), plot.place(end, end)], GREY_LINE, 1.0, &[4.0, 3.0]);
    let seen: Vec<&Influence> = found.iter().filter(|it| it.sigma.is_finite()).collect();
    // Leaders run below the dots.
    names(sheet, &plot, (study, outcome, &seen[..seen.len().min(NAMED)]), room);
    for (rank, it) in seen.iter().enumerate().rev() {
        let ink = if rank < NAMED { ink(outcome) } else { FAINT };
        let place = plot.place(it.mu_star.value, it.sigma);
        sheet.dot(place, 4.0, ink);
        let what = format!("{}: {}", outcome.full(), spoken(study.scenario, &it.setting));
        let value =
            format!("μ* {}, σ {}", quantity.write_size(it.mu_star.value), quantity.write_size(it.sigma));
        sheet.facts.spots.push(Spot { outline: circle(place, 8.0), what, value });
    }
}

/// Names at the right edge, each joined to its dot.
fn names(
    sheet: &mut Sheet,
    plot: &Plot,
    (study, outcome, found): (&StudyStory, &Outcome, &[&Influence]),
    room: f64,
) {
    let room = room - 16.0;
    let lines =
        |it: &&Influence| clipped(&told(study.scenario, &it.setting, (LINES * room, SMALL)), room, SMALL);
    let lines: Vec<Vec<String>> = found.iter().map(lines).collect();
    // A name of two lines has its leader between them.
    let up = |lines: &[String]| 5.5 * (lines.len() as f64 - 1.0);
    let wanted: Vec<f64> =
        found.iter().zip(&lines).map(|(it, lines)| plot.y(it.sigma) + 4.0 - up(lines)).collect();
    let gap = if lines.iter().any(|lines| lines.len() > 1) { 27.0 } else { 15.0 };
    let heights = spread(&wanted, gap, plot.area.top + 4.0, plot.area.bottom);
    for ((it, lines), y) in found.iter().zip(&lines).zip(heights) {
        let left = plot.area.right + 14.0;
        let dot = plot.place(it.mu_star.value, it.sigma);
        let aim = y - 4.0 + up(lines);
        let (along, up) = (left - 3.0 - dot.0, aim - dot.1);
        // The leader begins at the rim of the dot.
        let rim = 5.0 / sqrt(along * along + up * up).max(1.0);
        let from = (dot.0 + along * rim, dot.1 + up * rim);
        sheet.line(vec![from, (left - 3.0, aim)], FAINT, 0.7, &[]);
        for (row, line) in lines.iter().enumerate() {
            sheet.text((left, y + 11.0 * row as f64), SMALL, line, |text| {
                text.anchor = Anchor::Start;
                text.colour = for_text(ink(outcome));
            });
        }
    }
}
