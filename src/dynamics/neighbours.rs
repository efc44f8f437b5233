//! Part of the commit: what neighbours learn of moves and plans. Counters change by commutative integer
//! additions, so the order of threads cannot matter.

use crate::parallel::{CHUNK, map_mut};
use crate::world::chunk::Chunk;
use crate::world::graph::{Graph, Layer};
use crate::world::users::{ORIGIN, Users, home};

/// Regions into which notices are sorted, so that each can be applied by one thread.
const REGIONS: usize = 64;

/// What a neighbour learns.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    user: u32,
    from: u8,
    to: u8,
    kind: News,
    /// For a move: 1 if the mover paid; for a plan: the change of the number of payers.
    paying: i8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    FriendMoved,
    TasteMoved,
    Plan,
}

/// Notices by region of their addressees.
#[derive(Debug)]
pub struct Post {
    regions: Vec<Vec<Notice>>,
    chunks_per_region: usize,
}

impl Post {
    /// Empty bags for a world of so many chunks.
    pub fn new(chunks: usize) -> Self {
        let chunks_per_region = chunks.div_ceil(REGIONS).max(1);
        Self { regions: vec![Vec::new(); chunks.div_ceil(chunks_per_region)], chunks_per_region }
    }

    fn send(&mut self, notice: Notice) {
        self.regions[notice.user as usize / CHUNK / self.chunks_per_region].push(notice);
    }

    /// Tells all neighbours that a user moved; `paid` if the user paid where it lived.
    pub fn moved(&mut self, graph: &Graph, user: u32, (from, to): (u8, u8), paid: bool) {
        graph.neighbours(user, |neighbour, layer| {
            let kind = if layer == Layer::Friends { News::FriendMoved } else { News::TasteMoved };
            self.send(Notice { user: neighbour, from, to, kind, paying: i8::from(paid) });
        });
    }

    /// Tells all neighbours that a user who stays began (+1) or stopped (-1) to pay.
    pub fn pays(&mut self, graph: &Graph, user: u32, place: u8, change: i8) {
        graph.neighbours(user, |neighbour, _| {
            self.send(Notice { user: neighbour, from: place, to: place, kind: News::Plan, paying: change });
        });
    }
}

/// Delivers the notices of all chunks; those who moved today count their ties anew.
pub fn deliver(posts: &[Post], chunks: &mut [Chunk], graph: &Graph, users: &Users, day: u32) {
    let per_region = posts.first().map_or(1, |post| post.chunks_per_region);
    let mut regions: Vec<&mut [Chunk]> = chunks.chunks_mut(per_region).collect();
    map_mut(&mut regions, |region, chunks| {
        let first = chunks[0].first;
        for notice in posts.iter().flat_map(|post| &post.regions[region]) {
            let chunk = &mut chunks[(notice.user - first) as usize / CHUNK];
            hear(chunk, notice, home(users.place[notice.user as usize]), day);
        }
        for chunk in chunks.iter_mut() {
            let movers = std::mem::take(&mut chunk.moves);
            movers.iter().for_each(|&(position, _)| chunk.recount(usize::from(position), graph, users));
            chunk.moves = movers;
        }
    });
}

fn hear(chunk: &mut Chunk, notice: &Notice, here: usize, day: u32) {
    let position = (notice.user - chunk.first) as usize;
    let moved_today = u32::from(chunk.start[position]) == day + 1 + u32::from(ORIGIN);
    if moved_today {
        return;
    }
    let (left, joined) = (here == usize::from(notice.from), here == usize::from(notice.to));
    let counter = match notice.kind {
        News::FriendMoved => &mut chunk.friends[position],
        News::TasteMoved => &mut chunk.taste[position],
        News::Plan => {
            if joined {
                chunk.paying[position] = chunk.paying[position].wrapping_add_signed(notice.paying);
            }
            return;
        }
    };
    if left {
        *counter -= 1;
        chunk.paying[position] -= notice.paying as u8;
    } else if joined {
        *counter += 1;
    }
}
