//! Promise: in every corner that can be solved on paper, the simulation meets the paper.
//!
//! Case numbers (V01 ...) are those of the project's verification list, with the set-ups and tolerances of
//! its protocols. Where a tolerance is not given, it is four standard errors; every seed is fixed.

mod activity;
mod attachment;
mod capacity;
mod choice;
mod corners;
mod crowd;
mod departures;
mod founding;
mod luck;
mod networks;
pub mod plain;
mod plans;
mod renewals;
mod retention;
mod ties;
mod urn;
