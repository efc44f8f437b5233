//! Published against simulated figures after a fit: relative errors with intervals and tolerances.

use crate::report::chart::palette::colour;
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{level, stacked};
use crate::report::chart::study::forest::{Forest, Mark, Row, Sign};
use crate::report::chart::targets::period;
use crate::report::reading::{Estimate, estimate, number, word};
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::wording::{label, measure_name, measure_value, plain};

/// Figures of a role; the rest is in the table.
const MOST: usize = 40;

/// The role of figures that were left out of the fit.
const PREDICTED: &str = "predicted";
/// Role of a figure that the fit was to meet.
const FITTED: &str = "fitted";

/// One figure.
pub struct Figure {
    /// Platform's label and measure.
    pub name: String,
    /// Colour of the platform.
    platform: usize,
    /// Days that it covers.
    pub period: String,
    /// `fitted`, `predicted` and the like.
    pub role: String,
    /// Published and simulated value in words.
    pub numbers: [String; 2],
    /// Simulated over published value, minus one.
    pub error: Estimate,
    /// `at_least` or `at_most` where the published figure is a bound.
    bound: String,
    /// One standard deviation of the tolerance, relative to the published value.
    pub tolerance: f64,
}

/// The figures that can be compared, predicted ones first.
pub fn figures(study: &StudyStory) -> Vec<Figure> {
    let Some(table) = study.table("fit") else { return Vec::new() };
    let currency = &study.scenario.market.currency;
    let figure = |row: usize| {
        let (platform, measure) = (word(table, "platform", row), word(table, "measure", row));
        let (published, simulated) = (number(table, "published", row), estimate(table, "simulated", row));
        let relative = |value: f64| value / published - 1.0;
        let write = |value| measure_value(measure, value, currency);
        Figure {
            name: format!("{} · {}", plain(label(study.scenario, platform)), measure_name(measure)),
            platform: study.scenario.platforms.iter().position(|it| it.name == platform).unwrap_or(0),
            period: period(word(table, "from", row), word(table, "to", row)),
            role: word(table, "role", row).to_owned(),
            numbers: [
                format!("{}{}", sign(word(table, "bound", row)), write(published)),
                write(simulated.value),
            ],
            bound: word(table, "bound", row).to_owned(),
            error: Estimate {
                value: relative(simulated.value),
                low: relative(simulated.low),
                high: relative(simulated.high),
            },
            tolerance: (number(table, "tolerance", row) / published).abs(),
        }
    };
    let mut figures: Vec<Figure> =
        (0..table.rows()).map(figure).filter(|figure| figure.error.value.is_finite()).collect();
    figures.sort_by_key(|figure| figure.role != PREDICTED);
    figures
}

impl Figure {
    /// Whether the simulated figure is within the tolerance, or on the right side of a bound.
    pub fn is_within(&self) -> bool {
        let is_allowed = match self.bound.as_str() {
            "at_least" => self.error.value >= 0.0,
            "at_most" => self.error.value <= 0.0,
            _ => false,
        };
        is_allowed || self.error.value.abs() <= self.tolerance
    }
}

/// The sign before a bound.
fn sign(bound: &str) -> &'static str {
    match bound {
        "at_least" => "≥ ",
        "at_most" => "≤ ",
        _ => "",
    }
}

/// Predicted and fitted figures, each a list on the same axis.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let figures = figures(study);
    let subtitle = format!(
        "Simulated over published figure, minus one. Hollow diamonds: predicted, left out of the fit; filled dots: fitted. \
         Grey: the stated tolerance. Whiskers: {} interval.",
        level(study)
    );
    let ends = figures
        .iter()
        .flat_map(|it| [it.error.value, it.error.low, it.error.high, it.tolerance, -it.tolerance]);
    let axis = Axis::of_changes(ends.map(|end| end.clamp(-1.0, 1.0)), Quantity::Relative);
    let list = |heading: &str, figures: &[&Figure]| Forest {
        heading: heading.to_owned(),
        unit: "relative error, simulated against published".to_owned(),
        axis: axis.clone(),
        rows: figures.iter().take(MOST).map(|figure| row(figure)).collect(),
        names: 300.0,
        numbers: 190.0,
    };
    let (predicted, others) = by_role(&figures);
    let forests =
        [list("Predicted: these test the model", &predicted), list("Used in the fit or given", &others)];
    let forests = forests.into_iter().filter(|forest| !forest.rows.is_empty()).collect();
    let title = title(&figures);
    stacked(study, ([&title; 2], &subtitle), forests, "no figure can be compared")
}

/// Predicted figures, and all others.
fn by_role(figures: &[Figure]) -> (Vec<&Figure>, Vec<&Figure>) {
    figures.iter().partition(|figure| figure.role == PREDICTED)
}

/// How many figures are met; those that were given test nothing.
fn title(figures: &[Figure]) -> String {
    let count = |role: &str| {
        let all = figures.iter().filter(|it| it.role == role);
        (all.clone().filter(|it| it.is_within()).count(), all.count())
    };
    let (predicted, fitted) = (count(PREDICTED), count(FITTED));
    match (predicted.1, fitted.1) {
        (0, 0) => "Against published figures".to_owned(),
        (0, all) => {
            format!("Within tolerance: {} of {all} fitted figures; none was left to predict", fitted.0)
        }
        (all, others) => {
            format!(
                "Within tolerance: {} of {all} predicted figures, {} of {others} fitted",
                predicted.0, fitted.0
            )
        }
    }
}

fn row(figure: &Figure) -> Row {
    let sign = if figure.role == PREDICTED { Sign::Diamond } else { Sign::Dot };
    let [published, simulated] = &figure.numbers;
    Row {
        name: figure.name.clone(),
        note: format!("{} · {}", figure.period, figure.role),
        numbers: [
            format!("{simulated} vs {published}"),
            format!(
                "{} · tolerance {}",
                Quantity::Relative.write_change(figure.error.value),
                Quantity::Relative.write(figure.tolerance)
            ),
        ],
        zone: Some((-figure.tolerance, figure.tolerance)),
        marks: vec![Mark { estimate: figure.error, colour: colour(figure.platform), sign }],
    }
}
