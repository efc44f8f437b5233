//! From a scenario and a seed to a run.
pub mod run;
pub use run::Run;
