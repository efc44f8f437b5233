//! Where users go: moves between homes as ribbons from where they leave to where they arrive.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, mean_of, short, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{Colour, GREY_LINE, GREY_TEXT, INK, for_text, surface};
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::typeface::{HEAVIER, distinct};
use crate::report::reading::{Estimate, estimate, rows, table};
use crate::report::wording::{NOWHERE, interval, label, people};

/// Width of a place's bar.
const BAR: f64 = 13.0;
/// Room for names at either side.
const NAMES: f64 = 190.0;
/// Space between places.
const GAP: f64 = 12.0;
/// Positions along a ribbon's edge.
const STEPS: u32 = 24;

/// Who leaves and who arrives.
struct Flows {
    /// Name and colour of every place.
    places: Vec<(String, Colour)>,
    /// Moves from place to place, row by row.
    moves: Vec<Vec<Estimate>>,
}

/// Ribbons over the whole run.
pub fn draw(story: &Story) -> Sheet {
    let flows = flows(story);
    let subtitle = format!(
        "Moves of home over the whole run, every move of a person counted; a ribbon's colour is their origin. {}",
        mean_of(story)
    );
    let height = (260.0 + 62.0 * flows.places.len() as f64).clamp(400.0, 900.0);
    let mut sheet = Sheet::new(&title(story, &flows), &subtitle, &source(story), height);
    if flows.sum() <= 0.0 {
        return sheet.nothing("nobody moved");
    }
    flows.draw(&mut sheet);
    sheet
}

fn flows(story: &Story) -> Flows {
    let scenario = story.scenario;
    let mut names: Vec<(&str, Colour)> = scenario
        .platforms
        .iter()
        .enumerate()
        .map(|(index, platform)| (platform.name.as_str(), surface(index)))
        .collect();
    if scenario.market.outside {
        names.push(("outside", GREY_LINE));
    }
    let moves = |from: &str, to: &str| {
        let wanted = [("period", "whole run"), EVERYBODY, ("from", from), ("to", to)];
        let found = table(story, "migration")
            .and_then(|table| rows(table, &wanted).first().map(|&row| estimate(table, "moves", row)));
        let usable = found.filter(|it| from != to && it.value.is_finite() && it.value < 1e15);
        usable.map_or(Estimate::bare(0.0), |it| Estimate { value: it.value.max(0.0), ..it })
    };
    Flows {
        moves: names.iter().map(|(from, _)| names.iter().map(|(to, _)| moves(from, to)).collect()).collect(),
        places: names.iter().map(|(name, colour)| (label(scenario, name).to_owned(), *colour)).collect(),
    }
}

/// Who wins and who loses most.
fn title(story: &Story, flows: &Flows) -> String {
    let net = |place: usize| flows.arriving(place) - flows.leaving(place);
    let platforms = (0..flows.places.len()).filter(|&place| flows.places[place].0 != NOWHERE);
    let mut ranked: Vec<usize> = platforms.collect();
    ranked.sort_by(|&a, &b| net(b).total_cmp(&net(a)));
    let told = |place: usize| {
        let verb = if net(place) < 0.0 { "loses" } else { "gains" };
        format!(
            "{} {verb} {} net",
            short(story, &flows.places[place].0, 230.0, 17.0),
            people(net(place).abs())
        )
    };
    match ranked.as_slice() {
        _ if flows.sum() <= 0.0 => "Where users go".to_owned(),
        [] => "Where users go".to_owned(),
        [only] => told(*only),
        [first, .., last] => format!("{}, {}", told(*first), told(*last)),
    }
}

impl Flows {
    fn leaving(&self, place: usize) -> f64 {
        self.moves[place].iter().map(|moves| moves.value).sum()
    }

    fn arriving(&self, place: usize) -> f64 {
        self.moves.iter().map(|row| row[place].value).sum()
    }

    fn sum(&self) -> f64 {
        (0..self.places.len()).map(|place| self.leaving(place)).sum()
    }

    fn draw(&self, sheet: &mut Sheet) {
        let body = sheet.body();
        let plot = Area { left: body.left + NAMES, right: body.right - NAMES, top: body.top + 22.0, ..body };
        let count = self.places.len();
        let scale = (plot.bottom - plot.top - GAP * (count - 1) as f64) / self.sum();
        for (x, anchor, text) in
            [(plot.left + BAR, Anchor::End, "leaving"), (plot.right - BAR, Anchor::Start, "arriving")]
        {
            sheet.text((x, body.top + 8.0), 11.0, text, |text| {
                text.anchor = anchor;
                text.colour = GREY_TEXT;
            });
        }
        let tops = |size: &dyn Fn(usize) -> f64| {
            let before =
                (0..count).map(|place| (0..place).map(|other| size(other) * scale + GAP).sum::<f64>());
            before.map(|above| plot.top + above).collect::<Vec<f64>>()
        };
        let (left, right) = (tops(&|place| self.leaving(place)), tops(&|place| self.arriving(place)));
        self.draw_ribbons(sheet, plot, (scale, left.clone(), right.clone()));
        for place in 0..count {
            let side = |top: f64, size: f64, left: f64| Area {
                left,
                right: left + BAR,
                top,
                bottom: top + size * scale,
            };
            self.draw_place(sheet, place, side(left[place], self.leaving(place), plot.left), Anchor::End);
            self.draw_place(
                sheet,
                place,
                side(right[place], self.arriving(place), plot.right - BAR),
                Anchor::Start,
            );
        }
    }

    /// `left` and `right` are where the next ribbon of each place begins.
    fn draw_ribbons(
        &self,
        sheet: &mut Sheet,
        plot: Area,
        (scale, mut left, mut right): (f64, Vec<f64>, Vec<f64>),
    ) {
        for (from, row) in self.moves.iter().enumerate() {
            let (name, colour) = &self.places[from];
            for (to, moves) in row.iter().enumerate() {
                let high = moves.value * scale;
                if high <= 0.0 {
                    continue;
                }
                let ends = ((plot.left + BAR, left[from]), (plot.right - BAR, right[to]));
                let outline = ribbon(ends, high);
                let first = sheet.shapes.len();
                sheet.fill(outline.clone(), *colour, 0.42);
                let series = sheet.facts.series(name, *colour);
                sheet.facts.own((first, first + 1), series);
                let band = interval(moves.low, moves.high, people);
                let band = if band.is_empty() { band } else { format!(" ({band})") };
                sheet.facts.spots.push(Spot {
                    outline,
                    what: format!("{name} → {}", self.places[to].0),
                    value: format!("{}{band}", people(moves.value)),
                });
                left[from] += high;
                right[to] += high;
            }
        }
    }

    /// A place's bar with its name and number outside.
    fn draw_place(&self, sheet: &mut Sheet, place: usize, area: Area, anchor: Anchor) {
        let (_, colour) = &self.places[place];
        if area.bottom - area.top <= 0.0 {
            return;
        }
        sheet.block(area, *colour, 1.0);
        let is_left = anchor == Anchor::End;
        let x = if is_left { area.left - 8.0 } else { area.right + 8.0 };
        let y = f64::midpoint(area.top, area.bottom);
        let is_tall = area.bottom - area.top > 24.0;
        let ink = if *colour == GREY_LINE { INK } else { for_text(*colour) };
        let total = people(if is_left { self.leaving(place) } else { self.arriving(place) });
        let names: Vec<&str> = self.places.iter().map(|(name, _)| name.as_str()).collect();
        let name = &distinct(&names, (NAMES - 20.0) / HEAVIER, 11.5)[place];
        sheet.text((x, if is_tall { y - 1.0 } else { y + 4.0 }), 11.5, name, |text| {
            (text.anchor, text.colour, text.bold) = (anchor, ink, true);
        });
        if is_tall {
            sheet.text((x, y + 13.0), 11.0, &total, |text| (text.anchor, text.colour) = (anchor, GREY_TEXT));
        }
    }
}

/// The outline of a ribbon between two upper ends.
fn ribbon((from, to): (Place, Place), high: f64) -> Vec<Place> {
    let edge = |down: f64| {
        (0..=STEPS).map(move |step| {
            let t = f64::from(step) / f64::from(STEPS);
            let ease = t * t * (3.0 - 2.0 * t);
            (from.0 + t * (to.0 - from.0), from.1 + ease * (to.1 - from.1) + down)
        })
    };
    edge(0.0).chain(edge(high).rev()).collect()
}
