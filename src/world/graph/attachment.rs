//! Preferential attachment: those who have many ties get more (Barabási and Albert 1999).

use crate::random::permutation::Permutation;
use crate::random::{Chance, Purpose};

/// The first `attachments + 1` users all know each other; everybody who comes later ties herself to `attachments`
/// users, each drawn in proportion to the ties that users had before she came. Draws from the list of all ends of ties,
/// where a user stands once for each tie (Batagelj and Brandes 2005). A user may be drawn twice; nobody draws herself.
///
/// In a large market a share 2 m (m + 1) / (k (k + 1) (k + 2)) of users has k ties, m = `attachments`. The order of
/// arrival is a permutation of the users, so that user numbers say nothing about ties.
pub fn barabasi_albert(users: u32, attachments: u32, chance: Chance) -> Vec<[u32; 2]> {
    let founders = attachments + 1;
    let later = users as usize - founders as usize;
    let mut edges = Vec::with_capacity((founders * attachments / 2) as usize + later * attachments as usize);
    for user in 1..founders {
        edges.extend((0..user).map(|earlier| [user, earlier]));
    }
    for user in founders..users {
        let ends = edges.as_flattened().len();
        for block in 0..attachments.div_ceil(2) {
            let drawn = chance.pair(user, 0, Purpose::Attachment, block);
            for bits in drawn.into_iter().take((attachments - 2 * block) as usize) {
                let end = (u128::from(bits) * ends as u128) >> 64;
                edges.push([user, edges.as_flattened()[end as usize]]);
            }
        }
    }
    rename(&mut edges, users, chance);
    edges
}

/// Gives arrivals their user numbers.
fn rename(edges: &mut [[u32; 2]], users: u32, chance: Chance) {
    let order = Permutation::new(users, chance.pair(0, 0, Purpose::Arrival, 0)[0]);
    let names: Vec<u32> = (0..users).map(|arrival| order.apply(arrival)).collect();
    for end in edges.as_flattened_mut() {
        *end = names[*end as usize];
    }
}
