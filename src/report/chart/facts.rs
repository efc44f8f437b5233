//! What a chart knows of itself beyond ink: its series, and the values under a pointer.

use crate::report::chart::palette::Colour;
use crate::report::chart::sheet::{Area, Place};
use crate::report::wording::plain;

/// Series, readings along curves, and places with a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Name and colour of each series, for the legend.
    pub series: Vec<(String, Colour)>,
    /// Curves with their values, one probe for each panel.
    pub probes: Vec<Probe>,
    /// Cells, bars and ribbons with their values.
    pub spots: Vec<Spot>,
    /// Shapes that belong to a series: first, one after the last, series.
    owned: Vec<(usize, usize, usize)>,
}

/// A panel's curves with their values, by position across.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The rectangle between the axes.
    pub plot: Area,
    /// Heading of the panel; may be empty.
    pub heading: String,
    /// What runs across, in words.
    pub across: String,
    /// Positions across on paper with their words, from left to right.
    pub stops: Vec<(f64, String)>,
    /// One for each labelled curve.
    pub tracks: Vec<Track>,
}

/// The values of a curve at the stops of its probe.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Number of its series.
    pub series: usize,
    /// Position up on paper, value and interval in words; nothing where undefined.
    pub readings: Vec<Option<(f64, String)>>,
}

/// A place with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Corners of where it is.
    pub outline: Vec<Place>,
    /// What it is.
    pub what: String,
    /// Its value in words.
    pub value: String,
}

impl Spot {
    /// A rectangle with a value.
    pub fn block(area: Area, what: &str, value: &str) -> Self {
        let Area { left, top, right, bottom } = area;
        let outline = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        Self { outline, what: plain(what), value: plain(value) }
    }
}

impl Facts {
    /// The number of the series of that name, which is noted if it is new.
    pub fn series(&mut self, name: &str, colour: Colour) -> usize {
        self.known(name).unwrap_or_else(|| {
            self.series.push((name.to_owned(), colour));
            self.series.len() - 1
        })
    }

    /// The number of the series of that name, if it was noted.
    pub fn known(&self, name: &str) -> Option<usize> {
        self.series.iter().position(|(known, _)| known == name)
    }

    /// Notes that the shapes from `first` to before `end` belong to a series.
    pub fn own(&mut self, (first, end): (usize, usize), series: usize) {
        if first < end {
            self.owned.push((first, end, series));
        }
    }

    /// The series of a shape.
    pub fn owner(&self, shape: usize) -> Option<usize> {
        let found = self.owned.partition_point(|&(_, end, _)| end <= shape);
        self.owned.get(found).filter(|&&(first, _, _)| first <= shape).map(|&(_, _, series)| series)
    }

    /// Whether every series has shapes of its own, so that it can be hidden.
    pub fn is_divided(&self) -> bool {
        (0..self.series.len()).all(|series| self.owned.iter().any(|&(_, _, owner)| owner == series))
    }

    /// Whether a reader finds values under the pointer.
    pub fn is_readable(&self) -> bool {
        !self.probes.is_empty() || !self.spots.is_empty()
    }
}
