//! What a pointer reads from the curves of a plot.

use crate::report::chart::facts::{Probe, Track};
use crate::report::chart::palette::Colour;
use crate::report::chart::panel::Across;
use crate::report::chart::probe::{readings, stops};
use crate::report::chart::sheet::Sheet;
use crate::report::chart::study::axis::Sense;
use crate::report::chart::study::plot::Plot;
use crate::report::reading::Point;
use crate::report::study::quantity::level;

/// A curve with its name.
pub struct Named<'a> {
    /// Name.
    pub name: String,
    /// Colour.
    pub colour: Colour,
    /// Points in order of x.
    pub points: &'a [Point],
}

impl Plot {
    /// Draws for a series: what is drawn belongs to it.
    pub fn owned(&self, sheet: &mut Sheet, (name, colour): (&str, Colour), draw: impl FnOnce(&mut Sheet)) {
        let first = sheet.shapes.len();
        draw(sheet);
        let series = sheet.facts.series(name, colour);
        sheet.facts.own((first, sheet.shapes.len()), series);
    }

    /// Notes the curves with their values; `across` says what runs along the horizontal axis.
    pub fn note(&self, sheet: &mut Sheet, (heading, across): (&str, &Across), curves: &[Named]) {
        let points: Vec<&[Point]> = curves.iter().map(|curve| curve.points).collect();
        let stops = stops(&points);
        let quantity = &self.up.quantity;
        let write = |value: f64| match self.up.sense {
            Sense::Change => quantity.write_change(value),
            Sense::Size => quantity.write_size(value),
            Sense::Level | Sense::Count => quantity.write(value),
        };
        let tracks: Vec<Track> = curves
            .iter()
            .map(|curve| Track {
                series: sheet.facts.series(&curve.name, curve.colour),
                readings: readings(curve.points, &stops, (|value| self.y(value), write)),
            })
            .collect();
        let words = |x: f64| match across {
            Across::Numbers(_) => level(x),
            Across::Dates(_) => across.words(x, false),
        };
        if !stops.is_empty() {
            sheet.facts.probes.push(Probe {
                plot: self.area,
                heading: heading.to_owned(),
                across: if let Across::Numbers(title) = across { title.clone() } else { String::new() },
                stops: stops.iter().map(|&x| (self.x(x), words(x))).collect(),
                tracks,
            });
        }
    }
}
