//! Chance with an address: a draw is a pure function of (seed, replication, user, day, purpose, lane).
//!
//! There is no generator to pass, share, lock or advance. Thread order cannot matter, and two scenarios
//! with the same seed share every draw even after their histories diverge.

pub mod address;
pub mod first_bits;
pub mod law;
pub mod permutation;
pub mod philox;
pub mod quick;
pub mod skip;

pub use address::{Chance, NameKey, Purpose};
