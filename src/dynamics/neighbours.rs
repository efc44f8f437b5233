//! Part of the commit: what neighbours learn of moves and plans. Counters change by commutative integer
//! additions, so the order of threads cannot matter.

use crate::parallel::{CHUNK, map_mut};
use crate::world::chunk::Chunk;
use crate::world::graph::{Graph, Hub, Layer};
use crate::world::rules::Rules;
use crate::world::users::{ORIGIN, Users, home};

/// Regions into which notices are sorted, so that each can be applied by one thread.
const REGIONS: usize = 64;

/// What a neighbour learns.
#[derive(Clone, Copy, Debug)]
struct Notice {
    user: u32,
    from: u8,
    to: u8,
    kind: News,
    /// For a move: 1 if the mover paid; for a plan: the change of the number of payers.
    paying: i8,
}

impl Notice {
    /// Old and new place.
    fn way(self) -> (u8, u8) {
        (self.from, self.to)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    Moved(Layer),
    Second(Layer),
    Plan,
}

/// The users whom a chunk tells itself: its own, where ties are kept. Others wait for [`deliver`].
pub struct Near<'a> {
    pub chunk: &'a mut Chunk,
    /// Place bytes of the chunk's users.
    pub place: &'a [u8],
    pub rules: &'a Rules,
}

impl Near<'_> {
    /// Whether all that neighbours learn of a sender is where a friend who paid nothing lives.
    fn only_friends_count(&self, sender: Notice) -> bool {
        let tells_a_move = matches!(sender.kind, News::Moved(_)) && sender.paying == 0;
        tells_a_move && self.rules.keeps_ties && !self.rules.counts_ties && self.chunk.hubs.all().is_empty()
    }

    /// Takes a notice for somebody of the chunk. Who moves later today counts anew when notices are delivered.
    #[inline(always)]
    fn take(&mut self, notice: Notice) -> bool {
        let position = notice.user.wrapping_sub(self.chunk.first) as usize;
        let taken = self.rules.keeps_ties && position < self.chunk.len;
        if taken {
            keep(self.chunk, notice, self.place, self.rules);
        }
        taken
    }
}

/// Notices on their way.
#[derive(Debug)]
pub struct Post {
    /// Senders, as notices about themselves. The ties of many are read before any of them is acted upon, so that a
    /// processor waits for the memory of several at once.
    senders: Vec<Notice>,
    /// By region of their addressees.
    regions: Vec<Vec<Notice>>,
    /// A power of two.
    chunks_per_region: usize,
}

impl Post {
    /// Empty bags for a world of so many chunks.
    pub fn new(chunks: usize) -> Self {
        let chunks_per_region = chunks.div_ceil(REGIONS).next_power_of_two();
        let regions = vec![Vec::new(); chunks.div_ceil(chunks_per_region)];
        Self { senders: Vec::new(), regions, chunks_per_region }
    }

    /// All neighbours will hear that a user moved; `paid` if the user paid where it lived.
    pub fn moved(&mut self, user: u32, (from, to): (u8, u8), paid: bool) {
        let kind = News::Moved(Layer::Friends);
        self.senders.push(Notice { user, from, to, kind, paying: i8::from(paid) });
    }

    /// All neighbours will hear that a user's second home is another, or none (0). To be said before a move.
    pub fn second(&mut self, user: u32, (from, to): (u8, u8)) {
        self.senders.push(Notice { user, from, to, kind: News::Second(Layer::Friends), paying: 0 });
    }

    /// All neighbours will hear that a user who stays began (+1) or stopped (-1) to pay.
    pub fn pays(&mut self, user: u32, place: u8, change: i8) {
        self.senders.push(Notice { user, from: place, to: place, kind: News::Plan, paying: change });
    }

    /// Tells the neighbours of all senders: those who are near at once, others when notices are delivered.
    pub fn tell(&mut self, graph: &Graph, near: &mut Near) {
        let Self { senders, regions, chunks_per_region } = self;
        let users_per_region = (CHUNK * *chunks_per_region).ilog2();
        std::hint::black_box(senders.iter().fold(0, |sum, sender| sum ^ graph.touch(sender.user)));
        for sender in senders.drain(..) {
            if let (Graph::Stored(stored), true) = (graph, near.only_friends_count(sender)) {
                let far = |user| regions[(user >> users_per_region) as usize].push(Notice { user, ..sender });
                near.chunk.kept.move_friend(
                    near.chunk.first,
                    stored.neighbours(sender.user),
                    sender.way(),
                    far,
                );
                continue;
            }
            graph.neighbours(sender.user, |user, layer| {
                let kind = match sender.kind {
                    News::Plan => News::Plan,
                    News::Moved(_) => News::Moved(layer),
                    News::Second(_) => News::Second(layer),
                };
                let notice = Notice { user, kind, ..sender };
                if !near.take(notice) {
                    regions[(user >> users_per_region) as usize].push(notice);
                }
            });
        }
    }
}

/// Delivers the notices of all chunks; those who moved today count their ties anew.
pub fn deliver(
    posts: &[Post],
    chunks: &mut [Chunk],
    (graph, rules): (&Graph, &Rules),
    users: &Users,
    day: u32,
) {
    let per_region = posts.first().map_or(1, |post| post.chunks_per_region);
    let mut regions: Vec<&mut [Chunk]> = chunks.chunks_mut(per_region).collect();
    map_mut(&mut regions, |region, chunks| {
        let first = chunks[0].first;
        for &notice in posts.iter().flat_map(|post| &post.regions[region]) {
            let chunk = &mut chunks[(notice.user - first) as usize / CHUNK];
            let place = &users.place[chunk.users()];
            if rules.keeps_ties {
                keep(chunk, notice, place, rules);
            } else {
                hear(chunk, notice, place, day);
            }
        }
        for chunk in chunks.iter_mut().filter(|_| rules.counts_ties) {
            let movers = std::mem::take(&mut chunk.moves);
            movers.iter().for_each(|&(position, _)| chunk.recount(usize::from(position), graph, users));
            chunk.moves = movers;
        }
    });
}

/// Brings kept ties up to date, and with them the ties at home; `place` holds the place bytes of the chunk's users.
#[inline(always)]
fn keep(chunk: &mut Chunk, notice: Notice, place: &[u8], rules: &Rules) {
    let position = (notice.user - chunk.first) as usize;
    if let Some(hub) = chunk.hubs.find_mut(position) {
        return tell_hub(hub, notice);
    }
    match notice.kind {
        News::Moved(layer) => {
            chunk.kept.move_tie(position, layer, (notice.from, notice.to), notice.paying as u64);
        }
        News::Second(layer) => chunk.kept.move_second(position, layer, (notice.from, notice.to)),
        News::Plan => chunk.kept.change_payers(position, notice.to, notice.paying),
    }
    if rules.counts_ties {
        let tally = chunk.kept.get(position);
        chunk.take_home(position, home(place[position]), &tally);
    }
}

/// Brings a hub's ties up to date, wherever the hub lives.
fn tell_hub(hub: &mut Hub, notice: Notice) {
    match notice.kind {
        News::Moved(_) => hub.move_tie((notice.from, notice.to), notice.paying as u32),
        News::Second(_) => hub.move_second((notice.from, notice.to)),
        News::Plan => hub.change_payers(notice.to, notice.paying),
    }
}

fn hear(chunk: &mut Chunk, notice: Notice, place: &[u8], day: u32) {
    let position = (notice.user - chunk.first) as usize;
    let here = home(place[position]);
    if let Some(hub) = chunk.hubs.find_mut(position) {
        return tell_hub(hub, notice);
    }
    let moved_today = u32::from(chunk.start[position]) == day + 1 + u32::from(ORIGIN);
    if moved_today {
        return;
    }
    let (left, joined) = (here == usize::from(notice.from), here == usize::from(notice.to));
    if here == 0 && matches!(notice.kind, News::Second(_)) {
        return;
    }
    let counter = match notice.kind {
        News::Moved(Layer::Friends) | News::Second(Layer::Friends) => &mut chunk.friends[position],
        News::Moved(Layer::Taste) | News::Second(Layer::Taste) => &mut chunk.taste[position],
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
