//! Many runs: replications and their bands, trials of a study and what they tell.
pub mod axis;
pub mod batch;
pub mod combine;
pub mod compare;
pub mod curve;
pub mod decompose;
pub mod fan;
pub mod outcome;
pub mod phrase;
pub mod record;
pub mod replicate;
pub mod sensitivity;
pub mod sweep;
pub mod trial;
pub mod until;
pub mod values;
