//! Estimators on slices of numbers; they know nothing of users or platforms.
pub mod bca;
pub mod competing;
pub mod design;
pub mod intervals;
pub mod lifetime;
pub mod lives;
pub mod matrix;
pub mod niche;
pub mod pairing;
pub mod quantile;
pub mod retention_fit;
pub mod sensitivity;
pub mod shapley;
pub mod search;
pub mod simplex;
pub mod survival;
pub mod variance_split;
