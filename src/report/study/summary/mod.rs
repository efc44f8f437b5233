//! The tables of a study's page: few rows, plain words; the full tables are files.

use minijinja::Value;

use crate::report::listing::shown;
use crate::report::study::{StudyKind, StudyStory};

mod calibrate;
mod compare;
mod decompose;
mod fan;
mod sensitivity;
mod since;
mod sweep;

/// All tables of the study's kind that have a row.
pub fn tables(study: &StudyStory) -> Vec<Value> {
    match study.kind {
        StudyKind::Compare => {
            shown([compare::compared(study), compare::crossed(study), since::changed(study)])
        }
        StudyKind::Sweep => shown([sweep::swept(study)]),
        StudyKind::Sensitivity => shown([sensitivity::indices(study), sensitivity::effects(study)]),
        StudyKind::Decompose => shown([decompose::split(study)]),
        StudyKind::Calibrate => shown([calibrate::settings(study), calibrate::figures(study)]),
        StudyKind::Fan => shown([fan::variance(study)]),
    }
}
