//! `--events`: what happens while it happens, one JSON object a line on standard output, for scripts.
//!
//! A line has a key `event`: started, progress, replication, run, warning, failure, and at the end what `--json` prints,
//! whose event is its status.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::cli::speak;

/// Least time between two lines of progress, milliseconds.
const PAUSE: u64 = 1_000;

static ARE_WANTED: AtomicBool = AtomicBool::new(false);

/// From now on events are told, and nothing is said to persons.
pub fn want() {
    ARE_WANTED.store(true, Ordering::Relaxed);
}

/// Whether somebody reads events.
pub fn are_wanted() -> bool {
    ARE_WANTED.load(Ordering::Relaxed)
}

/// Tells an event, if somebody reads them; a closed output is nobody.
pub fn tell(event: &str, facts: Value) {
    if are_wanted() {
        let _ = speak::say_as_it_is(&line(event, facts));
    }
}

/// An event as a line.
pub fn line(event: &str, facts: Value) -> String {
    let mut object = Map::from_iter([("event".to_owned(), Value::from(event))]);
    object.extend(facts.as_object().cloned().unwrap_or_default());
    format!("{}\n", Value::Object(object))
}

/// How far the work is, told at most once a second.
pub struct Pace {
    begun: Instant,
    /// User-days to simulate.
    whole: AtomicU64,
    /// User-days simulated.
    done: AtomicU64,
    /// When progress was told last, milliseconds since the beginning.
    told: AtomicU64,
    /// When the first days were done, seconds since the beginning, and how many user-days they were.
    first: OnceLock<(f64, u64)>,
}

impl Pace {
    /// Nothing of so many user-days is done.
    pub fn new(user_days: u64) -> Self {
        Self {
            begun: Instant::now(),
            whole: AtomicU64::new(user_days),
            done: AtomicU64::new(0),
            told: AtomicU64::new(0),
            first: OnceLock::new(),
        }
    }

    /// Time since the beginning, seconds.
    pub fn seconds(&self) -> f64 {
        (self.begun.elapsed().as_secs_f64() * 1e3).round() / 1e3
    }

    /// So many user-days less are to be simulated: they were found.
    pub fn spare(&self, user_days: u64) {
        self.whole.fetch_sub(user_days.min(self.whole.load(Ordering::Relaxed)), Ordering::Relaxed);
    }

    /// So many user-days more are done.
    pub fn advance(&self, user_days: u64) {
        if !are_wanted() {
            return;
        }
        let done = self.done.fetch_add(user_days, Ordering::Relaxed) + user_days;
        let first = *self.first.get_or_init(|| (self.begun.elapsed().as_secs_f64(), done));
        let (now, told) = (self.begun.elapsed().as_millis() as u64, self.told.load(Ordering::Relaxed));
        let is_time = now >= told + PAUSE;
        // One thread tells; the others see that the time has moved on.
        if is_time && self.told.compare_exchange(told, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            tell("progress", progress((self.seconds(), done), first, self.whole.load(Ordering::Relaxed)));
        }
    }
}

/// Share done, and the time left if the rest goes as fast as since the `first` days were done: what comes before them,
/// the founding of many users above all, comes once.
fn progress((seconds, done): (f64, u64), first: (f64, u64), whole: u64) -> Value {
    let share = (done as f64 / whole.max(1) as f64).min(1.0);
    let rate = done.saturating_sub(first.1) as f64 / (seconds - first.0).max(0.0);
    let left = if rate > 0.0 { whole.saturating_sub(done) as f64 / rate } else { f64::NAN };
    json!({ "done": (share * 1e4).round() / 1e4, "seconds": seconds, "seconds_left": left.round() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_from_what_was_simulated() {
        // Founding took 60 s with the first day; 24 days in the next 6 s are 4 a second, so 75 take 18.75 s.
        assert_eq!(
            progress((66.0, 25), (60.0, 1), 100),
            json!({ "done": 0.25, "seconds": 66.0, "seconds_left": 19.0 })
        );
        // Nothing done since the first day: no rate, so no number.
        assert!(progress((60.0, 1), (60.0, 1), 100)["seconds_left"].is_null());
    }

    #[test]
    fn an_event_is_one_line_that_names_itself_first() {
        assert_eq!(
            line("run", json!({ "of": 3, "text": "a\nb" })),
            "{\"event\":\"run\",\"of\":3,\"text\":\"a\\nb\"}\n"
        );
    }
}
