//! Everything that changes, as columns: users, platforms, ties, spells, panel.
pub mod panel;
pub mod spells;
