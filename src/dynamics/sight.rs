//! What users see of others: their company at home, and ties elsewhere when they look around.

use crate::equations::ties;
use crate::world::chunk::Chunk;
use crate::world::graph::{Graph, Tallies};
use crate::world::rules::Rules;
use crate::world::tables::Tables;
use crate::world::users::ORIGIN;

/// The parts of a world that sight needs.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    pub rules: &'a Rules,
    pub tables: &'a Tables,
    pub graph: &'a Graph,
    pub day: u32,
}

/// Friends, taste neighbours and paying ties on a place.
#[derive(Clone, Copy)]
pub struct Company {
    pub friends: f64,
    pub taste: f64,
    pub paying: f64,
}

impl Sight<'_> {
    /// rho at the tenure of a position.
    #[inline(always)]
    pub fn ramp(&self, chunk: &Chunk, position: usize) -> f64 {
        self.rules.ramp_at(self.day + u32::from(ORIGIN) - u32::from(chunk.start[position]))
    }

    /// Ties on the own platform, from the counters that moves keep current.
    #[inline(always)]
    pub fn at_home(&self, chunk: &Chunk, position: usize, here: usize) -> Company {
        match self.graph {
            Graph::WellMixed => self.well_mixed(here),
            _ => match chunk.hubs.find(position) {
                None => Company {
                    friends: f64::from(chunk.friends[position]),
                    taste: f64::from(chunk.taste[position]),
                    paying: f64::from(chunk.paying[position]),
                },
                Some(hub) => Company {
                    friends: f64::from(hub.friends(here)),
                    taste: 0.0,
                    paying: f64::from(hub.paying(here)),
                },
            },
        }
    }

    /// Ties of one of a crowd on any place, from looking around.
    #[inline(always)]
    pub fn around(&self, tallies: &Tallies, lane: usize, place: usize) -> Company {
        match self.graph {
            Graph::WellMixed => self.well_mixed(place),
            _ => Company {
                friends: f64::from(tallies.friends(lane, place)),
                taste: f64::from(tallies.taste(lane, place)),
                paying: f64::from(tallies.paying(lane, place)),
            },
        }
    }

    /// s, share of ties on a place (E4).
    #[inline(always)]
    pub fn share(&self, company: Company, place: usize, ramp: f64, inverse_degree: f64) -> f64 {
        ties::share(company.friends, company.taste, self.tables.open[place], ramp, inverse_degree)
    }

    #[inline(always)]
    pub fn well_mixed(&self, place: usize) -> Company {
        let degree = self.rules.degree;
        let Tables { share, visitors, payers, .. } = self.tables;
        let present = share[place] + visitors[place];
        Company { friends: degree * present, taste: 0.0, paying: degree * payers[place] }
    }
}
