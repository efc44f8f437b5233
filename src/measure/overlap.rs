//! Overlap: users who live on one platform and keep another, and how many people both reach together.

use crate::engine::Run;
use crate::measure::groups::{audiences, calendar, people_per_user};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::table::{Kind, Table, Unit};

/// Users shared by two platforms.
pub const MEASURE: Measure = Measure {
    name: "overlap",
    title: "Users shared by two platforms",
    answers: "How many users do two platforms share, and how many people do they reach together?",
    definition: "At the end of each month. A user of a platform has it as home or as second home. shared: users of \
        both. share_of_users: shared over the users of the platform. share_of_rival: shared over those of the rival. \
        reach: users of either, each counted once. exclusive: users of the platform who use no other. share_elsewhere: \
        users of the platform who use any other, over its users; the same in all its rows.",
    reads: "Panel: home, second_home.",
    caveats: "By accounts in use, not by activity: whoever keeps a second home counts even if idle that month. A user \
        keeps at most two platforms. Without second homes nothing is shared.",
    source: "Definition of this project; both bases as in studies of audience duplication (Goodhardt, Ehrenberg and \
        Collins 1975).",
    units: "people; shares in 0..=1",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("month", Kind::Text, Unit::Date),
            ("platform", Kind::Text, Unit::Label),
            ("rival", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("shared", Kind::Number, Unit::People),
            ("share_of_users", Kind::Number, Unit::Share),
            ("share_of_rival", Kind::Number, Unit::Share),
            ("reach", Kind::Number, Unit::People),
            ("exclusive", Kind::Number, Unit::People),
            ("share_elsewhere", Kind::Number, Unit::Share),
        ],
    );
    let calendar = calendar(scenario);
    let scale = people_per_user(scenario, run);
    let names = |place: usize| &scenario.platforms[place - 1].name;
    for month in 0..calendar.months() {
        let (day, name) = (calendar.month_end(month) as usize + 1, calendar.month_name(month));
        for audience in audiences(scenario, run) {
            let counts = Counts { run, day, classes: &audience.classes };
            for own in 1..scenario.places() {
                for rival in (1..scenario.places()).filter(|&rival| rival != own) {
                    let shared = counts.both(own, rival);
                    let [users, others] = [own, rival].map(|place| counts.users(place));
                    table.push(&[
                        (&name).into(),
                        names(own).into(),
                        names(rival).into(),
                        (&audience.name).into(),
                        (scale * shared).into(),
                        ratio(shared, users).into(),
                        ratio(shared, others).into(),
                        (scale * (users + others - shared)).into(),
                        (scale * counts.exclusive(own)).into(),
                        ratio(users - counts.exclusive(own), users).into(),
                    ]);
                }
            }
        }
    }
    table
}

/// Users of an audience at the start of a day.
struct Counts<'a> {
    run: &'a Run,
    day: usize,
    classes: &'a [usize],
}

impl Counts<'_> {
    fn living(&self, place: usize) -> f64 {
        let count = |&class: &usize| {
            (0..3).map(|tier| self.run.panel.home(self.day, class, place, tier)).sum::<u64>()
        };
        self.classes.iter().map(count).sum::<u64>() as f64
    }

    fn pair(&self, home: usize, second: usize) -> f64 {
        let count = |&class: &usize| self.run.panel.second_home(self.day, class, home, second);
        self.classes.iter().map(count).sum::<u64>() as f64
    }

    fn both(&self, a: usize, b: usize) -> f64 {
        self.pair(a, b) + self.pair(b, a)
    }

    fn users(&self, place: usize) -> f64 {
        let visitors: f64 = (1..self.run.panel.places).map(|home| self.pair(home, place)).sum();
        self.living(place) + visitors
    }

    fn exclusive(&self, place: usize) -> f64 {
        let elsewhere: f64 = (1..self.run.panel.places).map(|second| self.pair(place, second)).sum();
        self.living(place) - elsewhere
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, row, run, scenario};

    /// Six live on p1, two of them keep p2; three on p2, one of them keeps p1; one is outside.
    #[test]
    fn shared_users_have_two_bases_and_are_reached_once() {
        let scenario = scenario(31, 2);
        let mut run = run(&scenario, &[0]);
        run.panel.second_home = vec![0; 32 * 9];
        let end = run.panel.at(31, 0, 0);
        run.panel.home[(end + 1) * 3] = 6;
        run.panel.home[(end + 2) * 3 + 1] = 3;
        run.panel.home[end * 3] = 1;
        run.panel.second_home[(end + 1) * 3 + 2] = 2;
        run.panel.second_home[(end + 2) * 3 + 1] = 1;
        let table = measure(&scenario, &run);
        let at = row(&table, &[("platform", "p1"), ("rival", "p2")]);
        let of = |column: &str| table.numbers(column)[at];
        // A user stands for a hundred people; p1 is used by 6 + 1, p2 by 3 + 2.
        close(&[of("shared"), of("reach"), of("exclusive")], &[300.0, 900.0, 400.0]);
        close(&[of("share_of_users"), of("share_of_rival")], &[3.0 / 7.0, 3.0 / 5.0]);
        close(table.numbers("share_elsewhere"), &[3.0 / 7.0, 3.0 / 5.0]);
    }

    #[test]
    fn without_second_homes_nothing_is_shared() {
        let scenario = scenario(31, 2);
        let run = run(&scenario, &[0]);
        let table = measure(&scenario, &run);
        close(table.numbers("shared"), &[0.0, 0.0]);
        close(table.numbers("share_of_users"), &[f64::NAN, f64::NAN]);
    }
}
