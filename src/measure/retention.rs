//! Classic and rolling retention of those who joined, by day.

use crate::engine::Run;
use crate::measure::groups::{Cohorts, audiences, calendar};
use crate::measure::{Measure, ratio};
use crate::scenario::Scenario;
use crate::scenario::calendar::Calendar;
use crate::table::{Kind, Table, Unit};

/// Days before the horizon within which rolling retention is biased: a user who would still come back may
/// not have had the time.
const HORIZON_MARGIN: usize = 30;

/// Classic and rolling retention.
pub const MEASURE: Measure = Measure {
    name: "retention",
    title: "Share of joiners who are active on a day after joining, or on that day or later",
    answers: "How many of those who join come back, on the n-th day and ever after?",
    definition: "classic: share of the cohort active on day n, n days after the first whole day. rolling: share \
        active on some day >= n. near_horizon: 1 where rolling had to use joiners whose day n lies within 30 \
        days of the horizon.",
    reads: "Attendance: joined, active, last_active.",
    caveats: "An age counts a month of joiners only if all its days of joining can reach that age inside the \
        horizon, and a quarter only if all its months can; so `all joiners` shifts to older months as the age \
        grows, and the youngest month never counts beyond day 0. Rolling leaves out, where it can, months \
        within 30 days of the horizon; near_horizon marks the points where it cannot, which are too low.",
    source: "Industry usage (classic, or N-day, and rolling, or unbounded, retention).",
    units: "share in 0..=1 of tracked joiners",
    measure,
};

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("platform", Kind::Text, Unit::Label),
            ("audience", Kind::Text, Unit::Label),
            ("cohort", Kind::Text, Unit::Label),
            ("age", Kind::Integer, Unit::Days),
            ("classic", Kind::Number, Unit::Share),
            ("rolling", Kind::Number, Unit::Share),
            ("near_horizon", Kind::Number, Unit::Ratio),
        ],
    );
    let calendar = calendar(scenario);
    let cohorts = Cohorts::new(&calendar);
    let joined = joined_by_month(run, &calendar);
    for (platform, settings) in scenario.platforms.iter().enumerate() {
        for audience in audiences(scenario, run) {
            let months = JoinerMonths::new(run, &joined, &audience.classes, platform + 1);
            for cohort in observed_cohorts(&cohorts, audience.is_everybody) {
                let members = members(&cohorts, cohort, &calendar);
                for age in 0..run.attendance.ages {
                    let (rolling, near) = months.rolling(&members, age, run.panel.days);
                    table.push(&[
                        (&settings.name).into(),
                        (&audience.name).into(),
                        (&cohorts.names[cohort]).into(),
                        (age as i64).into(),
                        months.classic(&members, age, run.panel.days).into(),
                        rolling.into(),
                        f64::from(u8::from(near)).into(),
                    ]);
                }
            }
        }
    }
    table
}

/// The cohorts whose attendance is kept: all joiners, and for everybody the quarters.
pub(super) fn observed_cohorts(cohorts: &Cohorts, is_everybody: bool) -> std::ops::Range<usize> {
    if is_everybody { Cohorts::JOINERS..cohorts.names.len() } else { Cohorts::JOINERS..Cohorts::QUARTERS }
}

/// A month of joiners in a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Index of the month.
    pub(super) month: usize,
    /// The last day of joining that must reach an age for the month to count.
    pub(super) last_start: usize,
}

/// The months of a cohort. The months of a quarter count together, those of `all joiners` one by one.
pub(super) fn members(cohorts: &Cohorts, cohort: usize, calendar: &Calendar) -> Vec<Member> {
    let months = cohorts.months[cohort].clone();
    let end = months.end;
    months
        .map(|month| {
            let last_month = if cohort == Cohorts::JOINERS { month } else { end - 1 };
            Member { month, last_start: calendar.month_end(last_month) as usize }
        })
        .collect()
}

/// Tracked joiners by class, place and month of joining; shape classes × places × months.
pub(super) fn joined_by_month(run: &Run, calendar: &Calendar) -> Vec<u64> {
    let groups = run.attendance.classes * run.attendance.places;
    let months = run.attendance.cohorts;
    let mut joined = vec![0; groups * months];
    for (day, counts) in run.attendance.joined.chunks_exact(groups).enumerate() {
        let month = calendar.month_of(day as u32);
        for (group, &count) in counts.iter().enumerate() {
            joined[group * months + month] += u64::from(count);
        }
    }
    joined
}

/// Tracked joiners of one audience and place by month.
struct JoinerMonths {
    /// Joined, by month.
    joined: Vec<u64>,
    /// Active on the day of each age; shape months × ages.
    active: Vec<u64>,
    /// Active at that age or later; shape months × ages.
    later: Vec<u64>,
    ages: usize,
}

impl JoinerMonths {
    fn new(run: &Run, joined: &[u64], classes: &[usize], place: usize) -> Self {
        let attendance = &run.attendance;
        let (months, ages) = (attendance.cohorts, attendance.ages);
        let sum = |list: &[u32]| {
            let mut sums = vec![0_u64; months * ages];
            for &class in classes {
                let first = attendance.at(class, place, 0, ages);
                for (sum, &count) in sums.iter_mut().zip(&list[first..first + months * ages]) {
                    *sum += u64::from(count);
                }
            }
            sums
        };
        let mut later = sum(&attendance.last_active);
        for month in later.chunks_exact_mut(ages) {
            for age in (1..ages).rev() {
                month[age - 1] += month[age];
            }
        }
        let joined = (0..months)
            .map(|month| classes.iter().map(|&class| joined[attendance.at(class, place, month, 1)]).sum())
            .collect();
        Self { joined, active: sum(&attendance.active), later, ages }
    }

    /// Share active on the day of an age.
    fn classic(&self, members: &[Member], age: usize, days: usize) -> f64 {
        self.share(&self.active, members, age, days.saturating_sub(age)).0
    }

    /// Share active at an age or later, and whether it is biased by the horizon.
    fn rolling(&self, members: &[Member], age: usize, days: usize) -> (f64, bool) {
        let (clear, joined) =
            self.share(&self.later, members, age, days.saturating_sub(age + HORIZON_MARGIN));
        if joined > 0 {
            return (clear, false);
        }
        (self.share(&self.later, members, age, days.saturating_sub(age)).0, true)
    }

    /// Share of the joiners of the months whose last start lies before a day, and their number.
    fn share(&self, counts: &[u64], members: &[Member], age: usize, before: usize) -> (f64, u64) {
        let (mut hits, mut joined) = (0, 0);
        for member in members.iter().filter(|member| member.last_start < before) {
            hits += counts[member.month * self.ages + age];
            joined += self.joined[member.month];
        }
        (ratio(hits as f64, joined as f64), joined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, numbers, run, scenario};

    /// Sets the counts by age of place 1 and a month.
    fn set(list: &mut [u32], ages: usize, months: usize, month: usize, counts: [u32; 4]) {
        let first = (months + month) * ages;
        list[first..first + 4].copy_from_slice(&counts);
    }

    #[test]
    fn only_months_that_can_reach_an_age_count() {
        // 60 days: January (31) and 29 days to 1 March; months 0, 1, 2.
        let scenario = scenario(60, 1);
        let mut run = run(&scenario, &[0]);
        let (groups, months, ages) = (2, 3, 4);
        run.attendance.joined[3 * groups + 1] = 10; // January
        run.attendance.joined[40 * groups + 1] = 20; // February
        run.attendance.joined[59 * groups + 1] = 5; // 1 March, the last day
        set(&mut run.attendance.active, ages, months, 0, [8, 6, 4, 2]);
        set(&mut run.attendance.active, ages, months, 1, [16, 9, 5, 4]);
        set(&mut run.attendance.active, ages, months, 2, [5, 0, 0, 0]);
        set(&mut run.attendance.last_active, ages, months, 0, [2, 1, 1, 5]);
        set(&mut run.attendance.last_active, ages, months, 1, [4, 4, 4, 4]);
        let table = measure(&scenario, &run);
        let joiners = [("cohort", "all joiners")];
        // February ends on day 58: its joiners all reach day 1 (day 59) but not day 2.
        close(&numbers(&table, &joiners, "classic"), &[29.0 / 35.0, 15.0 / 30.0, 4.0 / 10.0, 2.0 / 10.0]);
        // January ends on day 30; day 30 + n + 30 lies inside 60 days for no n >= 0: near the horizon.
        close(&numbers(&table, &joiners, "near_horizon"), &[1.0; 4]);
        close(&numbers(&table, &joiners, "rolling"), &[25.0 / 35.0, 19.0 / 30.0, 6.0 / 10.0, 5.0 / 10.0]);
        // The quarter holds March, whose last day cannot reach day 1.
        let quarter = numbers(&table, &[("cohort", "2021-Q1")], "classic");
        close(&quarter, &[29.0 / 35.0, f64::NAN, f64::NAN, f64::NAN]);
    }

    #[test]
    fn rolling_prefers_months_clear_of_the_horizon() {
        let scenario = scenario(62, 1);
        let mut run = run(&scenario, &[0]);
        run.attendance.joined[1] = 10;
        run.attendance.joined[40 * 2 + 1] = 10;
        set(&mut run.attendance.last_active, 4, 3, 0, [0, 0, 0, 8]);
        set(&mut run.attendance.last_active, 4, 3, 1, [0, 0, 0, 0]);
        let table = measure(&scenario, &run);
        let joiners = [("cohort", "all joiners")];
        // January's last joiners (day 30) reach day 0 and 1 with 30 days to spare, and no later one.
        // February's (day 58) reach day 3 on day 61, the last: both months count there.
        close(&numbers(&table, &joiners, "near_horizon"), &[0.0, 0.0, 1.0, 1.0]);
        close(&numbers(&table, &joiners, "rolling"), &[0.8, 0.8, 0.4, 0.4]);
    }
}
