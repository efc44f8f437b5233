//! Phase 3: who reconsiders today (E12), by three independent triggers.

use super::sight::Sight;
use crate::parallel::{CHUNK, map_indices, map_mut};
use crate::random::law::{uniform, uniform32};
use crate::random::skip::skip;
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::chunk::Chunk;
use crate::world::users::{Users, home, second};

/// Marks the candidates of every chunk.
pub fn run(world: &mut World, _: &Scenario) {
    let told = told_by_friends(world);
    let World { chunks, users, tables, rules, graph, chance, day, .. } = world;
    let sight = Sight { rules, tables, graph, day: *day };
    let is_used = |place: &usize| tables.share[*place] + tables.visitors[*place] > 0.0;
    let must_leave: Vec<usize> =
        (1..rules.places).filter(|&place| tables.closed[place]).filter(is_used).collect();
    map_mut(chunks, |index, chunk| {
        chunk.candidates.fill(0);
        if rules.spontaneous >= 1.0 {
            return chunk.mark_all();
        }
        let address = (index as u32, sight.day, Purpose::Spontaneous);
        skip(*chance, address, rules.spontaneous, chunk.len, |position| chunk.mark(position));
        hear_news(&sight, *chance, index as u32, chunk, users);
        if !must_leave.is_empty() {
            mark_users(chunk, users, &must_leave);
        }
    });
    for user in told {
        chunks[user as usize / CHUNK].mark(user as usize % CHUNK);
    }
    chunks.iter_mut().for_each(Chunk::excuse_bound);
}

/// Everybody whose home, or second home, has closed reconsiders.
fn mark_users(chunk: &mut Chunk, users: &Users, places: &[usize]) {
    for (position, user) in chunk.users().enumerate() {
        let (place, status) = (users.place[user], users.status[user]);
        if places.contains(&home(place)) || places.contains(&second(place, status)) {
            chunk.mark(position);
        }
    }
}

/// News reaches users at a bound that covers the largest salience; each hearer then reconsiders with the
/// probability that the own type and home warrant (thinning).
fn hear_news(sight: &Sight, chance: Chance, index: u32, chunk: &mut Chunk, users: &Users) {
    let Sight { rules, tables, day, .. } = *sight;
    if rules.news == 0.0 || tables.top_salience == 0.0 {
        return;
    }
    let bound = power_of_half_above(tables.top_salience);
    let mut convinced = Vec::new();
    skip(chance, (index, day, Purpose::EventBound), rules.news * bound, chunk.len, |position| {
        let user = chunk.first as usize + position;
        let at = tables.at(usize::from(users.kind[user]), home(users.place[user]));
        let [bits, _] = chance.pair(user as u32, day, Purpose::EventAccept, 0);
        if uniform(bits) * bound < tables.salience[at] {
            convinced.push(position);
        }
    });
    convinced.into_iter().for_each(|position| chunk.mark(position));
}

/// The smallest 2^-n that is not below `x`, for x in (0, 1].
fn power_of_half_above(x: f64) -> f64 {
    let mut bound = 1.0;
    while bound * 0.5 >= x {
        bound *= 0.5;
    }
    bound
}

/// Users who reconsider because a tie moved yesterday; each tie convinces by itself.
fn told_by_friends(world: &World) -> Vec<u32> {
    let World { chunks, graph, rules, chance, day, .. } = world;
    if rules.word == 0.0 {
        return Vec::new();
    }
    let told = map_indices(chunks.len(), |index| {
        let chunk = &chunks[index];
        let mut told = Vec::new();
        for &(position, _) in &chunk.moves {
            let mover = chunk.first + u32::from(position);
            graph.neighbours(mover, |neighbour, _| {
                let [word, ..] = chance.words(neighbour, *day, Purpose::WordOfMouth, mover);
                if uniform32(word) < rules.word {
                    told.push(neighbour);
                }
            });
        }
        told
    });
    told.concat()
}
