//! Designs: where in a space of settings a study puts its points; they know nothing of what the settings
//! mean.
//!
//! Points lie in the unit cube, one coordinate a setting; the caller stretches them to the settings' ranges
//! and brings the chance.
pub mod grid;
pub mod latin_hypercube;
pub mod sobol;
