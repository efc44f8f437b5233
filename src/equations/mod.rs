//! Whiteboard arithmetic: one equation of the model a file, on scalars. No world, no chance, no files.

pub mod activity;
pub mod budget;
pub mod catalogue;
pub mod community;
pub mod consideration;
pub mod guard;
pub mod hazard;
pub mod migration;
pub mod money;
pub mod plan;
pub mod second_home;
pub mod stock;
pub mod ties;
pub mod utility;
