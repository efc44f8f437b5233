//! Fixed chunks, merged in order; the only file that knows threads exist.
//!
//! Threads decide who computes, never what: chunks have a fixed size, results come back in chunk order, and
//! floats are summed in that order.

use rayon::prelude::*;

/// Users in a chunk. Part of the addresses of skip draws, so changing it changes results.
pub const CHUNK: usize = 16_384;

/// Applies `work` to every item, results in the order of the items. For items that take long: each is handed out by
/// itself, so that no thread still has a handful before it when the others are done.
pub fn map_ordered<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().with_max_len(1).map(work).collect()
}

/// Applies `work` to every index below `count`, results in order.
pub fn map_indices<R: Send>(count: usize, work: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    if count == 1 {
        return vec![work(0)];
    }
    (0..count).into_par_iter().map(work).collect()
}

/// Applies `work` to every item with its index, in place, results in order.
pub fn map_mut<T: Send, R: Send>(items: &mut [T], work: impl Fn(usize, &mut T) -> R + Sync + Send) -> Vec<R> {
    if items.len() == 1 {
        return vec![work(0, &mut items[0])];
    }
    items.par_iter_mut().enumerate().with_max_len(1).map(|(index, item)| work(index, item)).collect()
}

/// Runs `work` on a pool of so many threads (0: as many as the machine has processors).
///
/// # Panics
/// When the operating system refuses to start a thread.
pub fn with_threads<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> R {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("the operating system can start threads").install(work)
}

/// Number of threads of the pool in which the caller runs.
pub fn threads() -> usize {
    rayon::current_num_threads()
}
