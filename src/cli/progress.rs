//! Progress of a simulation: a bar on a terminal, nothing elsewhere.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::cli::columns::thousands;
use crate::cli::interrupt;
use crate::scenario::Scenario;

/// How often the bar is drawn anew, milliseconds.
const BEAT: u64 = 200;
const LINE: &str = "{bar:30} {percent:>3} %  {msg}  {rate} user-days/s  {eta} left";

/// Follows the days of all replications.
pub struct Progress {
    bar: ProgressBar,
    replications: u32,
    days: u32,
}

impl Progress {
    /// A bar on standard error; it draws nothing when `quiet` or where that is no terminal.
    pub fn new(scenario: &Scenario, quiet: bool) -> Self {
        let (replications, days) = (scenario.run.replications, scenario.market.days);
        let bar = if quiet { ProgressBar::hidden() } else { visible(scenario) };
        Self { bar, replications, days }
    }

    /// Notes that `day` days of a replication are finished; false asks the simulation to stop.
    pub fn tick(&self, replication: u32, day: u32) -> bool {
        self.bar.inc(u64::from(day > 0));
        if !self.bar.is_hidden() {
            let (replications, days) = (self.replications, self.days);
            let replication = (replication + 1).min(replications);
            self.bar.set_message(format!("replication {replication}/{replications}, day {day}/{days}"));
        }
        !interrupt::is_requested()
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
