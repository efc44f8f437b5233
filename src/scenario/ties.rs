//! Who knows whom.

use serde::Deserialize;

/// Where ties come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Keyed matchings, nothing stored: `k_friends` and `k_taste` ties a user.
    Matching,
    /// No graph: the tie share is the market share.
    WellMixed,
    /// A ring of `degree` neighbours with rewiring, all in the friendship layer.
    WattsStrogatz,
    /// Read from a file.
    EdgeList,
    /// Every pair tied independently; `degree` ties on average.
    ErdosRenyi,
    /// Blocks of `block` users, with `within` ties inside and `between` outside on average.
    StochasticBlock,
    /// Everybody who arrives is tied to `attachments` users in proportion to their ties.
    BarabasiAlbert,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each setting is documented once, in settings::SETTINGS")]
pub struct Ties {
    pub kind: TieKind,
    pub k_friends: u32,
    pub k_taste: u32,
    pub block: u32,
    pub degree: u32,
    pub rewiring: f64,
    pub within: f64,
    pub between: f64,
    pub attachments: u32,
    /// Path relative to the scenario's folder; empty unless `kind = "edge_list"`.
    pub file: String,
    /// Undirected edges `[smaller, larger]`, sorted, read from `file`; empty for the other kinds.
    #[serde(skip)]
    pub edges: Vec<[u32; 2]>,
}
