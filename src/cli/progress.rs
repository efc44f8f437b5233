//! Progress of a simulation: a bar on a terminal, events for scripts that want them, nothing elsewhere.

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use serde_json::json;

use crate::cli::columns::thousands;
use crate::cli::events::{self, Pace};
use crate::cli::interrupt;
use crate::scenario::Scenario;
use crate::study::batch::Beat;

/// How often the bar is drawn anew, milliseconds.
const BEAT: u64 = 200;
const LINE: &str = "{bar:30} {percent:>3} %  {msg}  {rate} user-days/s  {eta} left";

/// Follows the days of all replications.
pub struct Progress {
    bar: ProgressBar,
    pace: Pace,
    finished: AtomicUsize,
    users: u64,
    first: u32,
    replications: u32,
    days: u32,
}

impl Progress {
    /// A bar on standard error; it draws nothing when `quiet` or where that is no terminal.
    pub fn new(scenario: &Scenario, quiet: bool) -> Self {
        let (replications, days) = (scenario.run.replications, scenario.market.days);
        let bar = if quiet { ProgressBar::hidden() } else { visible(scenario) };
        let users = scenario.market.users;
        let user_days = users * u64::from(days) * u64::from(replications);
        events::tell(
            "started",
            json!({
                "name": scenario.name, "version": env!("CARGO_PKG_VERSION"), "users": users, "days": days,
                "replications": replications, "seed": scenario.run.seed, "user_days": user_days,
            }),
        );
        let first = scenario.run.first_replication;
        Self {
            bar,
            pace: Pace::new(user_days),
            finished: AtomicUsize::new(0),
            users,
            first,
            replications,
            days,
        }
    }

    /// Notes that `day` days of a replication are finished; false asks the simulation to stop.
    pub fn tick(&self, replication: u32, day: u32) -> bool {
        self.bar.inc(u64::from(day > 0));
        self.pace.advance(if day > 0 { self.users } else { 0 });
        if day == self.days {
            self.note(replication);
        }
        if !self.bar.is_hidden() {
            let (replications, days) = (self.replications, self.days);
            let replication = (replication + 1).saturating_sub(self.first).clamp(1, replications);
            self.bar.set_message(format!("replication {replication}/{replications}, day {day}/{days}"));
        }
        !interrupt::is_requested()
    }

    fn note(&self, replication: u32) {
        let finished = self.finished.fetch_add(1, Ordering::Relaxed) + 1;
        let seconds = self.pace.seconds();
        events::tell(
            "replication",
            json!({ "replication": replication, "finished": finished, "seconds": seconds }),
        );
    }

    /// Takes the bar off the terminal.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Follows the runs of a study.
pub struct StudyProgress {
    bar: ProgressBar,
    pace: Pace,
    runs: usize,
    finished: AtomicUsize,
    found: AtomicUsize,
    failed: AtomicUsize,
}

impl StudyProgress {
    /// A bar of user-days on standard error, so that the time left is right for runs of unlike size; it draws
    /// nothing when `quiet` or where that is no terminal.
    pub fn new(runs: usize, user_days: u64, quiet: bool) -> Self {
        let bar =
            if quiet { ProgressBar::hidden() } else { ProgressBar::new(user_days).with_style(style(1)) };
        bar.enable_steady_tick(Duration::from_millis(BEAT));
        events::tell(
            "started",
            json!({ "version": env!("CARGO_PKG_VERSION"), "runs": runs, "user_days": user_days }),
        );
        let none = || AtomicUsize::new(0);
        Self { bar, pace: Pace::new(user_days), runs, finished: none(), found: none(), failed: none() }
    }

    /// Hears how the work goes; false asks it to stop.
    pub fn tick(&self, beat: Beat) -> bool {
        match beat {
            Beat::Day(users) => {
                self.bar.inc(users);
                self.pace.advance(users);
            }
            Beat::Simulated => self.note(&self.finished, "simulated"),
            Beat::Found(user_days) => {
                // What was found took no time and must not flatter the rate.
                self.bar.set_length(self.bar.length().unwrap_or(0).saturating_sub(user_days));
                self.pace.spare(user_days);
                self.note(&self.found, "found");
            }
            Beat::Failed => self.note(&self.failed, "failed"),
        }
        !interrupt::is_requested()
    }

    fn note(&self, count: &AtomicUsize, fate: &str) {
        count.fetch_add(1, Ordering::Relaxed);
        let read = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let (finished, found, failed) = (read(&self.finished), read(&self.found), read(&self.failed));
        let all = finished + found + failed;
        let seconds = self.pace.seconds();
        events::tell("run", json!({ "fate": fate, "finished": all, "of": self.runs, "seconds": seconds }));
        let mut text = format!("run {all}/{}", self.runs);
        for (count, words) in [(found, "from the store"), (failed, "failed")] {
            if count > 0 {
                let _ = write!(text, ", {count} {words}");
            }
        }
        self.bar.set_message(text);
    }

    /// Takes the bar off the terminal.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn visible(scenario: &Scenario) -> ProgressBar {
    let days = u64::from(scenario.run.replications) * u64::from(scenario.market.days);
    let bar = ProgressBar::new(days).with_style(style(scenario.market.users));
    bar.enable_steady_tick(Duration::from_millis(BEAT));
    bar
}

fn style(users: u64) -> ProgressStyle {
    let rate = move |state: &ProgressState, text: &mut dyn Write| {
        let user_days = (state.per_sec() * users as f64) as u64;
        let _ = text.write_str(&thousands(user_days));
    };
    ProgressStyle::with_template(LINE).expect("a template that parses").with_key("rate", rate)
}
