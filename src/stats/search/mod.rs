//! Calibration without a simulation in it: where to look for settings that meet published figures, and what the
//! figures say about each setting.
//!
//! ```text
//! Question ──▶ latin_start ──▶ minimise ──▶ abc_smc ──▶ Posterior
//! priors and    points over     the best     populations   weighted sample, findings,
//! targets       the priors      point        of points     verdicts in words
//! ```
//!
//! Whoever runs the simulations answers batches of points ([`Evaluate`]). The points are a pure function of
//! question, plan and seed: not of time, not of threads, and not of what was asked before the same study was
//! interrupted. Defaults need about 1,000 to 2,000 simulations for 5 to 8 settings.

mod bell;
pub mod evolution;
mod linear;
pub mod minimise;
mod mixture;
mod pool;
pub mod populations;
pub mod posterior;
pub mod prior;
mod proposal;
pub mod question;
pub mod start;
pub mod target;
pub mod verdict;
pub mod weights;

pub use evolution::{Evolution, usual_batch};
pub use minimise::{Search, SearchPlan, minimise};
pub use populations::{Generation, Known, PopulationPlan, abc_smc};
pub use posterior::{Finding, Posterior, weighted_quantile};
pub use prior::{Law, Prior, PriorFault};
pub use question::{Answers, Ended, Evaluate, Question, Trial};
pub use start::latin_start;
pub use target::{Bound, Target, distance};
pub use verdict::Verdict;
pub use weights::{Acceptance, effective_size, resample};
