//! The charts of studies: a table of pure functions from a study's story to sheets of paper.
//!
//! A new chart is a new file here and one line in [`STUDY_CHARTS`]; it then appears in every report of
//! that kind of study that holds its table.

use crate::parallel;
use crate::report::chart::sheet::Sheet;
use crate::report::picture::Leaf;
use crate::report::study::{StudyKind, StudyStory};

pub mod axis;
pub mod compose;
pub mod contour;
pub mod correlation;
pub mod curve;
pub mod effect_curves;
pub mod effects;
pub mod fan;
pub mod fit;
pub mod forest;
pub mod gap;
pub mod grid;
pub mod heat;
mod isolines;
pub mod morris;
pub mod plot;
pub mod posterior;
pub mod reading;
pub mod shades;
pub mod sobol;
pub mod sweep_curves;
pub mod sweep_levels;
pub mod sweep_maps;
pub mod sweep_margins;
pub mod variance;
pub mod waterfall;

/// One chart of a study.
#[derive(Clone, Copy, Debug)]
pub struct StudyChart {
    /// The kind of study that it belongs to.
    pub kind: StudyKind,
    /// File name without ending; unique. Further sheets of the same chart append their part.
    pub name: &'static str,
    /// Heading in the report page.
    pub title: &'static str,
    /// How to read it, for someone who never saw such a chart.
    pub guide: &'static str,
    /// The table that holds its numbers.
    pub table: &'static str,
    /// Draws it, on as many sheets as it needs; none when it does not suit the study's design.
    pub draw: fn(&StudyStory) -> Vec<Part>,
}

/// One sheet of a chart.
#[derive(Clone, Debug)]
pub struct Part {
    /// What is appended to the chart's name: lower-case letters, digits and `_`; empty for the only sheet.
    pub name: String,
    /// What is appended to the chart's heading; empty for the only sheet.
    pub title: String,
    /// The drawing.
    pub sheet: Sheet,
}

/// All charts in the order of the reports.
pub const STUDY_CHARTS: &[StudyChart] = &[
    StudyChart {
        kind: StudyKind::Compare,
        name: "effects",
        title: "What the treatment changes",
        guide: "Each row is an outcome. The dot is the treatment's mean minus the control's, run by run with the same \
                chance in both; the whisker is the interval of that difference. A filled dot's interval leaves out \
                zero, a hollow one's holds it: there the study cannot tell the direction.",
        table: "effects",
        draw: effects::draw,
    },
    StudyChart {
        kind: StudyKind::Compare,
        name: "effect_curves",
        title: "Control and treatment over time",
        guide: "Above, the solid curve is the control, the dashed one the treatment. Below, the treatment minus the \
                control, with its interval: where the band holds the zero line, the difference may be chance.",
        table: "effect_curves",
        draw: effect_curves::draw,
    },
    StudyChart {
        kind: StudyKind::Sweep,
        name: "response",
        title: "How outcomes respond",
        guide: "Each dot is one tested value of the setting, averaged over replications; whisker and band are the \
                interval. Lines only join the dots: between them nothing was simulated. An axis that does not begin \
                at zero says so by its numbers.",
        table: "summary",
        draw: sweep_curves::draw,
    },
    StudyChart {
        kind: StudyKind::Sweep,
        name: "response_map",
        title: "How outcomes respond to two settings",
        guide: "Each cell is one tested pair of values; the scale beside it says what a colour means. Labelled lines join \
                places of equal outcome, as on a map of heights: where they crowd, the outcome is sensitive. Between the \
                tested pairs they are interpolated. Intervals are in the table.",
        table: "summary",
        draw: sweep_maps::draw,
    },
    StudyChart {
        kind: StudyKind::Sweep,
        name: "response_levels",
        title: "Outcomes by level",
        guide: "Each row is one tested level; the dot is the mean over replications and the whisker its interval. \
                Dots of one group share an axis.",
        table: "summary",
        draw: sweep_levels::draw,
    },
    StudyChart {
        kind: StudyKind::Sweep,
        name: "response_margins",
        title: "Each setting on average over the others",
        guide: "Each panel follows one outcome along one setting. The dot is the mean over all tested values of the \
                other settings; the bar reaches from the lowest to the highest of them, so a long bar means that the \
                other settings matter more than this one. Bars are not intervals of chance.",
        table: "summary",
        draw: sweep_margins::draw,
    },
    StudyChart {
        kind: StudyKind::Sensitivity,
        name: "sobol",
        title: "What drives the variance",
        guide: "For each setting, the dark bar is the share of the outcome's variance that it explains alone; the pale \
                bar adds everything it does together with others. A pale bar much longer than the dark one means \
                interaction. Dark bars sum to at most 100 %, pale ones may exceed it.",
        table: "sobol",
        draw: sobol::draw,
    },
    StudyChart {
        kind: StudyKind::Sensitivity,
        name: "morris",
        title: "Which settings matter",
        guide: "The bar is the average size of the outcome's change when one setting crosses its whole range while the \
                others stand anywhere in theirs. Settings whose bars vanish can be fixed without loss.",
        table: "morris",
        draw: morris::bars,
    },
    StudyChart {
        kind: StudyKind::Sensitivity,
        name: "morris_spread",
        title: "Straight or crooked",
        guide: "Each dot is a setting. Further right, it matters more; further up, its effect depends on the other \
                settings or bends along its range. Dots far below the dashed line act almost alone and in a straight \
                line.",
        table: "morris",
        draw: morris::scatter,
    },
    StudyChart {
        kind: StudyKind::Decompose,
        name: "waterfall",
        title: "What makes the gap",
        guide: "Read from left to right: the rival's value, then one step for each group of settings that the platform \
                has different, then its own value. Blue steps raise it, orange ones lower it. Raw: everything \
                else stays as it is. Share-matched: alpha of the own platform is re-fitted in every combination so that \
                it ends with the same share of users as in the full market, and size alone explains nothing.",
        table: "shares",
        draw: waterfall::draw,
    },
    StudyChart {
        kind: StudyKind::Calibrate,
        name: "fit",
        title: "Against published figures",
        guide: "Each row is a published figure; the mark is the simulated one relative to it, on the centre line they \
                agree. Grey is the stated tolerance. Predicted figures were left out of the fit: they alone test the \
                model.",
        table: "fit",
        draw: fit::draw,
    },
    StudyChart {
        kind: StudyKind::Calibrate,
        name: "posterior",
        title: "What the figures say about each setting",
        guide: "The bars show which values of the setting agree with the published figures. Bars that stand out of the \
                grey area in one place identify the setting; bars as flat and wide as the grey area mean that the \
                figures do not tell.",
        table: "settings",
        draw: posterior::draw,
    },
    StudyChart {
        kind: StudyKind::Calibrate,
        name: "correlation",
        title: "How settings trade off",
        guide: "A strong orange or blue cell means that the figures fix only a combination of the two settings: one can \
                move if the other moves with it.",
        table: "correlation",
        draw: correlation::draw,
    },
    StudyChart {
        kind: StudyKind::Fan,
        name: "fan",
        title: "How far outcomes may fan out",
        guide: "The line is the middle path of all draws; half of the draws run inside the dark area and nine tenths \
                inside the pale one. Panels share their axes.",
        table: "fan",
        draw: fan::draw,
    },
    StudyChart {
        kind: StudyKind::Fan,
        name: "variance",
        title: "Where the uncertainty comes from",
        guide: "Each bar splits an outcome's variance: what better knowledge of the settings would remove, what is chance \
                at the simulated number of users (the fewer, the larger), and what comes from observing a panel instead of everybody.",
        table: "variance",
        draw: variance::draw,
    },
];

/// The charts of a study's kind whose tables it holds.
pub fn shown(study: &StudyStory) -> Vec<&'static StudyChart> {
    let has_table = |chart: &&StudyChart| study.table(chart.table).is_some();
    STUDY_CHARTS.iter().filter(|chart| chart.kind == study.kind).filter(has_table).collect()
}

/// The drawn charts of a study.
pub fn leaves(study: &StudyStory) -> Vec<Leaf> {
    let drawn = parallel::map_ordered(&shown(study), |chart| (*chart, (chart.draw)(study)));
    let leaves = drawn.into_iter().flat_map(|(chart, parts)| {
        parts.into_iter().enumerate().map(move |(index, part)| leaf(chart, index, part))
    });
    leaves.collect()
}

fn leaf(chart: &StudyChart, index: usize, part: Part) -> Leaf {
    let joined = |separator: &str, own: &str, part: &str| {
        if part.is_empty() { own.to_owned() } else { format!("{own}{separator}{part}") }
    };
    let is_plain = part.name.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_'));
    let name = if is_plain { part.name } else { format!("part_{}", index + 1) };
    Leaf {
        name: joined("_", chart.name, &name),
        title: joined(": ", chart.title, &part.title),
        guide: if index == 0 { chart.guide } else { "" },
        table: chart.table,
        sheet: part.sheet,
    }
}
