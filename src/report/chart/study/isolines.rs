//! Lines of equal value over a heat map: smooth, labelled, with gaps where numbers stand.

use crate::report::chart::palette::Colour;
use crate::report::chart::sheet::{Anchor, Area, Place, Sheet};
use crate::report::chart::study::contour::{crossings, joined, smooth};
use crate::report::chart::study::heat::Heat;
use crate::report::chart::typeface::width;

/// Lines at most about so many.
const LINES: f64 = 9.0;
/// How often corners are cut.
const ROUNDS: usize = 3;
/// Letters of the labels.
const SMALL: f64 = 9.0;
/// A line shorter than so many widths of its label has none.
const SHORT: f64 = 3.5;
/// More space than this around a label is of no use.
const ROOM: f64 = 12.0;
/// The line, dark on every shade and in every theme, and the pale rim that keeps it off dark ones.
const LINE: Colour = (32, 36, 42);
const RIM: Colour = (253, 253, 253);

impl Heat {
    /// Draws the lines at round numbers, around the areas where numbers stand.
    pub(super) fn isolines(&self, sheet: &mut Sheet, plot: Area, numbers: &[Area]) {
        let mut labels: Vec<Area> = Vec::new();
        for tick in self.shades.ticks(LINES) {
            for line in self.lines_at(plot, tick.at) {
                let label = place_of(&line, &tick.label, &[numbers, &labels].concat(), plot);
                let around: Vec<Area> = numbers.iter().copied().chain(label).collect();
                for piece in outside(&line, &around) {
                    sheet.line(piece.clone(), RIM, 2.8, &[]);
                    sheet.line(piece, LINE, 1.2, &[]);
                }
                if let Some(area) = label {
                    sheet.block(area, RIM, 0.82);
                    let middle = (f64::midpoint(area.left, area.right), area.bottom - 2.8);
                    sheet.text(middle, SMALL, &tick.label, |text| {
                        (text.anchor, text.colour) = (Anchor::Middle, LINE);
                    });
                    labels.push(area);
                }
            }
        }
    }

    /// The smooth lines at a level on paper, up to the rim of the map: outermost cells reach there unchanged.
    fn lines_at(&self, plot: Area, level: f64) -> Vec<Vec<Place>> {
        let (columns, rows) = self.size();
        let inside = |index: usize, count: usize| index.clamp(1, count) - 1;
        let value = |column: usize, row: usize| self.value(inside(column, columns), inside(row, rows));
        let along = |index: f64, count: usize| (index - 1.0).clamp(-0.5, count as f64 - 0.5);
        let pieces = crossings((columns + 2, rows + 2), value, level);
        let on_paper = |(column, row): Place| self.centre(plot, along(column, columns), along(row, rows));
        let pieces: Vec<[Place; 2]> = pieces.into_iter().map(|piece| piece.map(on_paper)).collect();
        let pieces: Vec<[Place; 2]> =
            pieces.into_iter().filter(|[from, to]| apart(*from, *to) > 1e-9).collect();
        joined(&pieces).iter().map(|line| fine(&smooth(line, ROUNDS))).collect()
    }
}

fn apart(a: Place, b: Place) -> f64 {
    crate::maths::sqrt((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1))
}

/// The line with points at most about two points of paper apart, so that it can be cut anywhere.
fn fine(line: &[Place]) -> Vec<Place> {
    let mut found: Vec<Place> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let steps = (apart(pair[0], pair[1]) / 2.0).ceil().clamp(1.0, 1_000.0) as u32;
        found.extend((1..=steps).map(|step| {
            let share = f64::from(step) / f64::from(steps);
            (pair[0].0 + share * (pair[1].0 - pair[0].0), pair[0].1 + share * (pair[1].1 - pair[0].1))
        }));
    }
    found
}

fn is_inside(area: &Area, (x, y): Place) -> bool {
    x > area.left && x < area.right && y > area.top && y < area.bottom
}

/// The stretches of a line outside all of these areas.
fn outside(line: &[Place], areas: &[Area]) -> Vec<Vec<Place>> {
    line.split(|&place| areas.iter().any(|area| is_inside(area, place)))
        .filter(|piece| piece.len() > 1)
        .map(<[Place]>::to_vec)
        .collect()
}

/// Where along the line its label stands farthest from everything else; nowhere where the line is short or crowded.
fn place_of(line: &[Place], label: &str, others: &[Area], plot: Area) -> Option<Area> {
    let (half, high) = (width(label, SMALL) / 2.0 + 2.5, 6.0);
    let length: f64 = line.windows(2).map(|pair| apart(pair[0], pair[1])).sum();
    if length < SHORT * 2.0 * half {
        return None;
    }
    let around = |&(x, y): &Place| Area { left: x - half, right: x + half, top: y - high, bottom: y + high };
    let inside = |area: &Area| {
        area.left >= plot.left
            && area.right <= plot.right
            && area.top >= plot.top
            && area.bottom <= plot.bottom
    };
    let room = |area: &Area| others.iter().map(|other| gap(area, other)).fold(f64::INFINITY, f64::min);
    // Enough room is enough: then the middle of the line is best.
    let middle = line.len() as f64 / 2.0;
    let merit =
        |(index, area): (usize, Area)| (room(&area).min(ROOM) - 1e-3 * (index as f64 - middle).abs(), area);
    let placed = line.iter().map(around).enumerate().filter(|(_, area)| inside(area)).map(merit);
    let (_, best) = placed.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (room(&best) >= 0.0).then_some(best)
}

/// Space between two areas; negative where they overlap.
fn gap(a: &Area, b: &Area) -> f64 {
    let across = (a.left - b.right).max(b.left - a.right);
    let up = (a.top - b.bottom).max(b.top - a.bottom);
    across.max(up)
}
