//! The values of a panel's curves at positions across, for a pointer and for the table behind the chart.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::report::chart::facts::{Probe, Track};
use crate::report::chart::frame::Frame;
use crate::report::chart::panel::{Across, Panel};
use crate::report::chart::scale::from_zero;
use crate::report::chart::series::Series;
use crate::report::chart::sheet::Sheet;
use crate::report::reading::Point;
use crate::report::wording::{grouped, interval};

impl Panel {
    /// The labelled curves with their values.
    pub(super) fn probe(&self, frame: &Frame, sheet: &Sheet) -> Option<Probe> {
        let labels = self.labels();
        let shown: Vec<&Series> = labels.iter().map(|(index, _, _)| &self.series[*index]).collect();
        let (end, _) = from_zero(self.largest(), 5.0, &self.measure);
        let write = |value: f64| self.measure.write(value, end);
        let is_stepped = shown.iter().any(|series| series.stepped);
        let curves: Vec<&[Point]> = shown.iter().map(|series| series.points.as_slice()).collect();
        let stops = stops(&curves);
        let number = |series: &Series| sheet.facts.series.iter().position(|(name, _)| *name == series.name);
        let tracks = shown.iter().filter_map(|series| {
            let readings = readings(&series.points, &stops, (|value| frame.y(value), write));
            Some(Track { series: number(series)?, readings })
        });
        let tracks: Vec<Track> = tracks.collect();
        (!tracks.is_empty()).then(|| Probe {
            plot: frame.plot,
            heading: self.heading.clone(),
            across: if let Across::Numbers(title) = &self.across { title.clone() } else { String::new() },
            stops: stops.iter().map(|&x| (frame.x(x), self.across.words(x, is_stepped))).collect(),
            tracks,
        })
    }
}

impl Across {
    /// A position in words; a month where values hold for months.
    pub(super) fn words(&self, x: f64, is_monthly: bool) -> String {
        let Across::Dates(start) = self else { return grouped(x, 0) };
        let date = start.parse::<Date>().ok().and_then(|date| date.checked_add((x as i64).days()).ok());
        let Some(date) = date else { return grouped(x, 0) };
        if is_monthly { date.strftime("%Y-%m").to_string() } else { date.to_string() }
    }
}

/// Most positions of a curve that are kept for a pointer.
const STOPS: usize = 220;

/// Positions across at which curves have values, evenly thinned, the last one always.
pub fn stops(curves: &[&[Point]]) -> Vec<f64> {
    let mut all: Vec<f64> = curves
        .iter()
        .copied()
        .flatten()
        .filter(|point| point.x.is_finite() && point.y.value.is_finite())
        .map(|point| point.x)
        .collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let (every, last) = (all.len().div_ceil(STOPS).max(1), all.len().saturating_sub(1));
    all.iter()
        .enumerate()
        .filter(|(index, _)| (last - index).is_multiple_of(every))
        .map(|(_, &x)| x)
        .collect()
}

/// Position up, value and interval of an ordered curve at each stop; nothing where undefined.
pub fn readings(
    points: &[Point],
    stops: &[f64],
    (up, write): (impl Fn(f64) -> f64, impl Fn(f64) -> String),
) -> Vec<Option<(f64, String)>> {
    let reading = |&x: &f64| {
        let found = points.partition_point(|point| point.x < x);
        let point = points.get(found).filter(|point| point.x == x && point.y.value.is_finite())?;
        let band = interval(point.y.low, point.y.high, &write);
        let band = if band.is_empty() { band } else { format!(" ({band})") };
        Some((up(point.y.value), format!("{}{band}", write(point.y.value))))
    };
    stops.iter().map(reading).collect()
}
