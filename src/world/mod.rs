//! Everything that changes, as columns: types and users, platforms, tables, ties, panel and spells.

pub mod chunk;
pub mod ends;
pub mod founding;
pub mod graph;
pub mod ledger;
pub mod market;
pub mod memory;
pub mod money;
pub mod panel;
pub mod reasons;
pub mod reviews;
pub mod rules;
pub mod spells;
pub mod tables;
pub mod types;
pub mod users;

use crate::random::Chance;
use crate::scenario::calendar::Calendar;

/// The state of a simulation between two days.
#[derive(Clone, Debug)]
pub struct World {
    /// All draws of this replication.
    pub chance: Chance,
    /// The day about to be simulated, from 0.
    pub day: u32,
    /// Days as dates.
    pub calendar: Calendar,
    /// Settings in the form in which the phases read them.
    pub rules: rules::Rules,
    /// Types of users.
    pub types: types::Types,
    /// Platforms.
    pub market: market::Market,
    /// Type × platform tables of today.
    pub tables: tables::Tables,
    /// Columns that neighbours read.
    pub users: users::Users,
    /// Columns and lists that belong to a chunk of users alone.
    pub chunks: Vec<chunk::Chunk>,
    /// Social ties.
    pub graph: graph::Graph,
    /// Everything that a run leaves.
    pub ledger: ledger::Ledger,
}
