//! Everybody's ties at the start.

use super::super::World;
use super::super::graph::{Graph, Hubs, Kept, Layer, Tally};
use super::super::users::{Users, home};
use crate::parallel::map_mut;

/// Counts everybody's ties on the own platform, and on all where they are kept. Part of founding; again only after
/// homes were set by hand.
pub fn count(world: &mut World) {
    let World { chunks, graph, users, rules, .. } = world;
    if !rules.hears_of_ties() {
        return;
    }
    map_mut(chunks, |_, chunk| {
        chunk.hubs = Hubs::new(chunk.users(), graph, users);
        if rules.keeps_ties {
            chunk.kept = Kept::new(chunk.len, graph, rules);
        }
        let mut company = Company::default();
        let few: Vec<usize> = chunk.users().filter(|&user| !graph.is_hub(user as u32)).collect();
        for group in few.chunks(GROUP) {
            company.look(group, graph, users);
            for (&user, tally) in group.iter().zip(company.tallies()) {
                let position = user - chunk.first as usize;
                if rules.keeps_ties {
                    chunk.kept.set(position, &tally);
                }
                chunk.take_home(position, home(users.place[user]), &tally);
            }
        }
    });
}

/// Users whose neighbours are looked up together. Strangers are far apart in memory, and a processor waits for many of
/// them as long as for one.
const GROUP: usize = 64;

/// The neighbours of a group of users, one user after the other.
#[derive(Default)]
struct Company {
    neighbours: Vec<(u32, Layer)>,
    /// Where the neighbours of each user end.
    ends: Vec<usize>,
    /// Place and status of every neighbour.
    seen: Vec<[u8; 2]>,
}

impl Company {
    fn look(&mut self, group: &[usize], graph: &Graph, users: &Users) {
        let Self { neighbours, ends, seen } = self;
        neighbours.clear();
        ends.clear();
        for &user in group {
            graph.neighbours(user as u32, |neighbour, layer| neighbours.push((neighbour, layer)));
            ends.push(neighbours.len());
        }
        seen.clear();
        seen.extend(neighbours.iter().map(|&(neighbour, _)| {
            let neighbour = neighbour as usize;
            [users.place[neighbour], users.status[neighbour]]
        }));
    }

    /// The tally of each user of the group.
    fn tallies(&self) -> impl Iterator<Item = Tally> {
        let mut begin = 0;
        self.ends.iter().map(move |&end| {
            let mut tally = Tally::default();
            for (&(_, layer), &seen) in self.neighbours[begin..end].iter().zip(&self.seen[begin..end]) {
                tally.count::<true>(layer, seen);
            }
            begin = end;
            tally
        })
    }
}
