//! The charts: a table of pure functions from a story to a sheet of paper.
//!
//! A new chart is a new file here and one entry in [`CHARTS`]; it then appears in every report that has something to say on it.

use crate::parallel;
use crate::report::chart::sheet::Sheet;
use crate::report::picture::Leaf;
use crate::report::{ReportError, Story};

pub mod active_days;
pub mod audience_niche;
pub mod audiences;
mod axes;
pub mod banner;
pub mod bars;
pub mod budget;
pub mod canvas;
pub mod causes;
pub mod coexistence;
pub mod compose;
pub mod dash;
pub mod entrants;
pub mod facts;
pub mod flows;
pub mod frame;
pub mod gratifications;
pub mod label;
pub mod lettering;
pub mod list;
pub mod look;
pub mod matrix;
pub mod migration;
pub mod niche_map;
pub mod niche_overlap;
pub mod over_time;
pub mod overlap;
pub mod palette;
pub mod panel;
pub mod pixels;
pub mod presence;
mod probe;
pub mod profit;
pub mod promoters;
pub mod reasons;
pub mod retention;
pub mod scale;
pub mod series;
pub mod sheet;
pub mod stack;
pub mod study;
pub mod targets;
pub mod typeface;
pub mod vector;

pub use list::CHARTS;

/// One chart of the report.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// File name without ending; unique.
    pub name: &'static str,
    /// Heading in the report page.
    pub title: &'static str,
    /// How to read it, for someone who never saw such a chart.
    pub guide: &'static str,
    /// The table that holds its numbers.
    pub table: &'static str,
    /// Whether a story has something to say on it.
    pub when: fn(&Story) -> bool,
    /// Draws it.
    pub draw: fn(&Story) -> Sheet,
}

/// The charts of a story that have something to say.
pub fn shown(story: &Story) -> Vec<&'static Chart> {
    CHARTS.iter().filter(|chart| (chart.when)(story)).collect()
}

/// The drawn charts of a story.
pub fn leaves(story: &Story) -> Vec<Leaf> {
    parallel::map_ordered(&shown(story), |chart| Leaf {
        name: chart.name.to_owned(),
        title: chart.title.to_owned(),
        guide: chart.guide,
        table: chart.table,
        sheet: (chart.draw)(story),
    })
}

/// A chart as an SVG document.
///
/// # Errors
/// When plotters refuses: a bug.
pub fn render_svg(chart: &Chart, story: &Story) -> Result<String, ReportError> {
    canvas::svg(&(chart.draw)(story), look::Theme::Light)
}

/// A chart as a PNG file, 1600 pixels wide.
///
/// # Errors
/// When plotters or the encoder refuses: a bug.
pub fn render_png(chart: &Chart, story: &Story) -> Result<Vec<u8>, ReportError> {
    canvas::png(&(chart.draw)(story), look::Look::default())
}
