//! # Ecotone
//!
//! An agent-based market simulator of niche competition: from one scenario file to retention and
//! conversion curves with honest bands.
//!
//! A *document* is checked into a [`scenario::Scenario`]; a scenario founds a world; the world is stepped
//! to the horizon and leaves a [`engine::Run`]; a run is measured into [`table::Table`]s; tables are drawn.
//! The [`guide`] tells the model, the architecture, recipes and decisions.
//!
//! The rooms, from the ground up; each may use the rooms above it in this list, never those below.

// Foundations: know nothing of users or platforms.
pub mod maths;
pub mod random;
pub mod parallel;
pub mod table;
pub mod stats;
// The model: the science.
pub mod equations;
pub mod scenario;
pub mod world;
pub mod dynamics;
pub mod engine;
// Observation.
pub mod measure;
pub mod study;
// Presentation.
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "cli")]
pub mod cli;

pub mod guide;
