//! Many runs: replications and their bands.
pub mod combine;
pub mod replicate;
