//! The page of a study: question, answer, design, charts, tables, limits.

use minijinja::{Value, context};

use crate::report::ReportError;
use crate::report::departures::departures;
use crate::report::figure::figure;
use crate::report::html::{NO_FORECAST, file, render, warning};
use crate::report::picture::Leaf;
use crate::report::study::{StudyKind, StudyStory, summary};
use crate::report::wording::{grouped, percent};

const TEMPLATE: &str = include_str!("study.html");

/// The page.
///
/// # Errors
/// When the template fails: a bug.
pub fn page(study: &StudyStory, leaves: &[Leaf]) -> Result<String, ReportError> {
    let scenario = study.scenario;
    let facts = study.facts.iter().map(|(name, value)| context! { name => name, value => value });
    let facts = context! {
        title => if study.title.is_empty() { study.kind.name() } else { study.title },
        kind => study.kind.name(),
        question => study.question,
        answer => study.answer,
        facts => facts.collect::<Vec<Value>>(),
        scenario => scenario.name.clone(),
        scenario_title => scenario.title.clone(),
        sources => scenario.sources.clone(),
        version => study.version,
        digest => study.digest,
        command => study.command,
        seed => scenario.run.seed.to_string(),
        limits => limits(study),
        warnings => study.warnings.iter().map(|it| warning(it)).collect::<Vec<Value>>(),
        warnings_note => warnings_note(study),
        charts => leaves.iter().map(|leaf| figure(leaf, study.tables)).collect::<Vec<Value>>(),
        departures => departures(&study.resolved["scenario"], study.remarks),
        tables => summary::tables(study),
        files => study.tables.iter().map(file).collect::<Vec<Value>>(),
    };
    render(TEMPLATE, facts)
}

/// What is said of ties is known of the base only: the guard does not look at every run of a study.
fn warnings_note(study: &StudyStory) -> &'static str {
    let has_guard = study.warnings.iter().any(|warning| warning.contains('\n'));
    if has_guard {
        "What is said of ties, tipping and drift is of the base scenario; what the study changes may change it."
    } else {
        ""
    }
}

/// What a reader must not conclude.
fn limits(study: &StudyStory) -> Vec<String> {
    let level = percent(study.scenario.run.confidence, 0);
    let users = grouped(study.scenario.market.users as f64, 0);
    let chance = match study.kind {
        StudyKind::Calibrate => format!(
            "Intervals of settings hold {level} of the posterior: they rest on the prior ranges, on the stated \
             tolerances and on the model being right."
        ),
        StudyKind::Fan => format!(
            "Bands hold 50 % and 90 % of the runs. They spread the settings that were drawn, within the ranges that \
             were given, and chance at {users} simulated users, which is larger than that of the real market; they \
             do not cover a wrong model."
        ),
        _ => format!(
            "Intervals ({level}) cover chance between replications only, neither uncertain assumptions nor a wrong \
             model. An interval can be narrow around a wrong value."
        ),
    };
    vec![NO_FORECAST.to_owned(), chance, caution(study.kind).to_owned()]
}

/// The commonest misreading of each kind of study.
fn caution(kind: StudyKind) -> &'static str {
    match kind {
        StudyKind::Compare => {
            "Control and treatment share their chance, so differences are sharper than levels. An effect holds for \
             this scenario and these settings; with many outcomes some intervals miss zero by luck."
        }
        StudyKind::Sweep => {
            "Between tested levels nothing was simulated: lines and contours only join them. What was not varied \
             stayed at the scenario's value."
        }
        StudyKind::Sensitivity => {
            "Influence is relative to the ranges that were given: a wider range makes a setting more influential."
        }
        StudyKind::Decompose => {
            "A decomposition splits a gap of the model among settings; it shows no cause in the observed market. \
             Other groupings split it otherwise."
        }
        StudyKind::Calibrate => {
            "Agreement with a figure that was fitted is no evidence for the model; only predicted figures, left out \
             of the fit, test it."
        }
        StudyKind::Fan => {
            "A wide fan says that the outcome is uncertain under the given ranges, not that every path in it is \
             equally likely."
        }
    }
}
