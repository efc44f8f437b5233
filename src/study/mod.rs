//! Many runs: replications and their bands, trials of a study and what they tell.
pub mod batch;
pub mod combine;
pub mod outcome;
pub mod record;
pub mod replicate;
pub mod trial;
