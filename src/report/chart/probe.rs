//! The values of a panel's curves at positions across, for a pointer and for the table behind the chart.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::report::chart::facts::{Probe, Track};
use crate::report::chart::frame::Frame;
use crate::report::chart::panel::{Across, Panel, Series};
use crate::report::chart::scale::from_zero;
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
        let stops = stops(&shown);
        let number = |series: &Series| sheet.facts.series.iter().position(|(name, _)| *name == series.name);
        let tracks = shown.iter().filter_map(|series| {
            let readings = stops.iter().map(|&x| {
                let point = at(&series.points, x).filter(|point| point.y.value.is_finite())?;
                let band = interval(point.y.low, point.y.high, write);
                let band = if band.is_empty() { band } else { format!(" ({band})") };
                Some((frame.y(point.y.value), format!("{}{band}", write(point.y.value))))
            });
            Some(Track { series: number(series)?, readings: readings.collect() })
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
    fn words(&self, x: f64, is_monthly: bool) -> String {
        let Across::Dates(start) = self else { return grouped(x, 0) };
        let date = start.parse::<Date>().ok().and_then(|date| date.checked_add((x as i64).days()).ok());
        let Some(date) = date else { return grouped(x, 0) };
        if is_monthly { date.strftime("%Y-%m").to_string() } else { date.to_string() }
    }
}

/// Most positions of a curve that are kept for a pointer.
const STOPS: usize = 220;

/// Positions across at which curves have values, evenly thinned, the last one always.
fn stops(series: &[&Series]) -> Vec<f64> {
    let mut all: Vec<f64> = series
        .iter()
        .flat_map(|one| &one.points)
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

/// The point of an ordered curve at a position.
fn at(points: &[Point], x: f64) -> Option<Point> {
    let found = points.partition_point(|point| point.x < x);
    points.get(found).copied().filter(|point| point.x == x)
}
