//! Stars who sign with a platform: they move there and stay while the contract runs.

use crate::parallel::CHUNK;
use crate::random::Purpose;
use crate::scenario::Pick;
use crate::world::World;
use crate::world::chunk::Contract;

/// Signs so many users who are under no contract yet: those with the most ties (of equals the lowest numbers), or whom
/// chance picks.
pub fn sign(world: &mut World, platform: usize, (hubs, pick): (usize, Pick), until: Option<u32>) {
    let World { chunks, graph, users, market, chance, day, .. } = world;
    if !market.present[platform] {
        return;
    }
    let is_bound = |user: &u32| chunks[*user as usize / CHUNK].is_bound(*user as usize % CHUNK);
    let mut free: Vec<u32> = (0..users.place.len() as u32).filter(|user| !is_bound(user)).collect();
    free.sort_by_cached_key(|&user| match pick {
        Pick::Ties => (u64::from(u32::MAX - graph.degree(user) as u32), user),
        Pick::Chance => (chance.pair(user, *day, Purpose::Signing, 0)[0], user),
    });
    for &user in free.iter().take(hubs) {
        let contract =
            Contract { position: (user as usize % CHUNK) as u16, place: platform as u8 + 1, until };
        chunks[user as usize / CHUNK].sign(contract);
    }
    market.has_contracts = true;
}

/// Ends the contracts that are over, and those with closed platforms.
pub fn release(world: &mut World) {
    let World { chunks, market, day, .. } = world;
    if !market.has_contracts {
        return;
    }
    let lasts = |contract: &Contract| {
        contract.until.is_none_or(|until| *day < until) && market.present[usize::from(contract.place) - 1]
    };
    chunks.iter_mut().for_each(|chunk| chunk.contracts.retain(lasts));
}
