//! The charts: a table of pure functions from a story to a sheet of paper.
//!
//! A new chart is a new file here and one line in [`CHARTS`]; it then appears in every report.

use crate::parallel;
use crate::report::chart::sheet::Sheet;
use crate::report::picture::Leaf;
use crate::report::{ReportError, Story};

pub mod active_days;
pub mod audiences;
pub mod banner;
pub mod canvas;
pub mod causes;
pub mod compose;
pub mod dash;
pub mod facts;
pub mod flows;
pub mod frame;
pub mod label;
pub mod lettering;
pub mod look;
pub mod matrix;
pub mod migration;
pub mod niche_map;
pub mod niche_overlap;
pub mod over_time;
pub mod palette;
pub mod panel;
pub mod pixels;
mod probe;
pub mod retention;
pub mod scale;
pub mod sheet;
pub mod study;
pub mod targets;
pub mod typeface;
pub mod vector;

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
    /// Draws it.
    pub draw: fn(&Story) -> Sheet,
}

/// All charts in the order of the report.
pub const CHARTS: &[Chart] = &[
    Chart {
        name: "home_survival",
        title: "Who stays at home",
        guide: "Each curve starts at 100 % on the day a user makes the platform their home. Its height at any age \
                is the share that has not left since; a steep stretch is when people leave. Each stay counts: who \
                leaves and returns joins again. The shaded band is the interval named above the chart.",
        table: "home_survival",
        draw: retention::home_survival,
    },
    Chart {
        name: "home_survival_by_audience",
        title: "Who stays at home, by audience",
        guide: "The same curves for each audience that the scenario declares; a user can belong to several.",
        table: "home_survival",
        draw: audiences::home_survival,
    },
    Chart {
        name: "conversion",
        title: "From free to paid",
        guide: "The share of joiners who have bought a first subscription by each age. Users who leave before \
                paying stay in the denominator, so the curve is the honest conversion rate, not that of survivors.",
        table: "conversion",
        draw: retention::conversion,
    },
    Chart {
        name: "conversion_by_audience",
        title: "From free to paid, by audience",
        guide: "The same curves for each audience that the scenario declares; a user can belong to several.",
        table: "conversion",
        draw: audiences::conversion,
    },
    Chart {
        name: "member_retention",
        title: "Members who keep paying",
        guide: "The share of new subscribers who still pay at each 30-day billing cycle. Dots are simulated. \
                Dashed lines are the fitted shifted-beta-geometric curve (sBG), dotted ones the fitted beta \
                discrete Weibull curve (BdW); where they part from the dots, a projection from the fit would \
                mislead. Without these lines there were too few members for a fit.",
        table: "member_retention",
        draw: retention::member_retention,
    },
    Chart {
        name: "classic_retention",
        title: "Day-n retention",
        guide: "Left, the share of joiners active on exactly that day; right, the share active on that day or any \
                later one. Day 0 is the first whole day at home; nobody need be active on it, so both curves \
                begin below 100 %. The right curve would fall near the end of the simulation because later days \
                are cut off: those points are left out.",
        table: "retention",
        draw: retention::classic_retention,
    },
    Chart {
        name: "causes_of_leaving",
        title: "Where leavers go",
        guide: "Each bar splits joiners by what has happened by that age: still at home, on no platform, or switched to a \
                named rival. The parts of a bar add to 100 %.",
        table: "home_causes",
        draw: causes::draw,
    },
    Chart {
        name: "migration",
        title: "Who takes users from whom",
        guide: "Read along a row: of all user-months spent on the platform at the left, the share that ended in a \
                move to the platform above. Darker is more. The smaller number counts moves; who moves twice counts twice.",
        table: "migration",
        draw: migration::draw,
    },
    Chart {
        name: "migration_flows",
        title: "Where users go",
        guide: "Ribbons run from the place that people leave, at the left, to the place where they arrive, at the \
                right; a ribbon is as wide as people moved. Who moves twice counts twice.",
        table: "migration",
        draw: flows::draw,
    },
    Chart {
        name: "monthly_active",
        title: "Active users",
        guide: "People active at least once in the measuring window (left) and on the day itself (right). Hollow \
                diamonds are published figures over their period.",
        table: "activity",
        draw: over_time::monthly_active,
    },
    Chart {
        name: "share",
        title: "Share of platform users",
        guide: "Of the people who live on a platform, the share at home on each; people outside are left out. Dotted verticals \
                mark the scenario's events.",
        table: "activity",
        draw: over_time::share,
    },
    Chart {
        name: "stickiness",
        title: "Stickiness",
        guide: "Daily active users, averaged over 30 days, divided by monthly active users: 30 % means that the \
                average active user comes about nine days a month.",
        table: "activity",
        draw: over_time::stickiness,
    },
    Chart {
        name: "active_days",
        title: "Days active in a month",
        guide: "How often people come: the share of a month's active users by their number of active days. Two \
                platforms with the same stickiness can differ here: a few devotees or many regulars.",
        table: "active_days",
        draw: active_days::draw,
    },
    Chart {
        name: "paid_ratio",
        title: "Paid ratio",
        guide: "Paying users divided by monthly active users. Hollow diamonds are published figures. \
                A platform that sells no plan has no curve.",
        table: "activity",
        draw: over_time::paid_ratio,
    },
    Chart {
        name: "paid_ratio_by_audience",
        title: "Paid ratio, by audience",
        guide: "Paying users divided by monthly active users, for each audience that the scenario declares.",
        table: "activity",
        draw: audiences::paid_ratio,
    },
    Chart {
        name: "revenue",
        title: "Revenue",
        guide: "Subscription revenue of each month, as one step for each month. Bands are wide where few people pay.",
        table: "money",
        draw: over_time::revenue,
    },
    Chart {
        name: "arppu",
        title: "Revenue per payer",
        guide: "Subscription revenue of a month divided by the average number of payers, as one step for each month.",
        table: "money",
        draw: over_time::arppu,
    },
    Chart {
        name: "niche_map",
        title: "Niche map",
        guide: "To the right, platforms whose listening spreads over many genres; above, platforms whose listening \
                rivals share. Discs are as large as the platform's share of users. Low and left is a niche of \
                one's own; high and right is the middle of the market.",
        table: "niche_breadth",
        draw: niche_map::draw,
    },
    Chart {
        name: "niche_overlap",
        title: "Niche overlap",
        guide: "How alike two platforms' listening is: 100 % is the same mix, 0 % no common ground. High overlap \
                with a rival means competing for the same listening.",
        table: "niche_overlap",
        draw: niche_overlap::draw,
    },
    Chart {
        name: "targets",
        title: "Against published figures",
        guide: "Each dot is a simulated figure relative to the published one; on the centre line they agree, left \
                of it the simulation is lower. Predicted figures were left out of the fit and test the model; \
                fitted ones were used to choose settings; given ones are inputs and test nothing. A figure \
                after ≥ was published as a lower bound: any dot to its right meets it. The grey zone is within 10 %. Whiskers are the interval over \
                replications.",
        table: "targets",
        draw: targets::draw,
    },
];

/// The charts of a story: without published figures or audiences theirs say nothing.
pub fn shown(story: &Story) -> Vec<&'static Chart> {
    let scenario = story.scenario;
    let is_empty = |chart: &&Chart| match chart.name {
        "targets" => scenario.targets.is_empty(),
        name => name.ends_with("_by_audience") && scenario.audiences.is_empty(),
    };
    CHARTS.iter().filter(|chart| !is_empty(chart)).collect()
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
