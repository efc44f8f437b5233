//! Classic and rolling retention of those who joined, by day.

use std::ops::Range;

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
        active on some day >= n. near_horizon: 1 where some of the joiners counted have their day n within 30 \
        days of the horizon. Every curve follows the same joiners at all ages.",
    reads: "Attendance: joined, active, last_active.",
    caveats: "The joiners of a curve are whole months, the same at all ages. `all joiners` are those of the \
        first half of the months, and of later months as long as all their days of joining reach the curve's last \
        age 30 days before the horizon; the curve ends at measures.retention_days or, if earlier, at the last age \
        that the first half of the months can all reach. So the youngest joiners are left out: the quarters \
        show them, each as far as all its days can reach. Rolling is too low where near_horizon is 1: who would \
        come back later has not had the time.",
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
                let kept = Kept::new(&cohorts, cohort, &calendar, run.attendance.ages - 1);
                for age in 0..run.attendance.ages {
                    table.push(&[
                        (&settings.name).into(),
                        (&audience.name).into(),
                        (&cohorts.names[cohort]).into(),
                        (age as i64).into(),
                        months.share(&months.active, &kept, age).into(),
                        months.share(&months.later, &kept, age).into(),
                        f64::from(u8::from(age as isize > kept.clear_age)).into(),
                    ]);
                }
            }
        }
    }
    table
}

/// The cohorts whose attendance is kept: all joiners, and for everybody the quarters.
pub(super) fn observed_cohorts(cohorts: &Cohorts, is_everybody: bool) -> Range<usize> {
    if is_everybody { Cohorts::JOINERS..cohorts.names.len() } else { Cohorts::JOINERS..Cohorts::QUARTERS }
}

/// The joiners whom a curve follows: the same whole months at every age, so that the curve changes with age
/// alone. The choice rests on the calendar, not on who joined, so it is the same in every replication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Indices of the months.
    pub(super) months: Range<usize>,
    /// Ages that all their days of joining reach inside the horizon: below this bound.
    pub(super) ages: usize,
    /// The last age that they all reach with [`HORIZON_MARGIN`] days to spare; negative if none.
    clear_age: isize,
}

impl Kept {
    /// The months of a cohort for ages up to `longest`. Of `all joiners` at least the first half of the months,
    /// and the later ones that reach the last age clear of the horizon; of a quarter all.
    pub(super) fn new(cohorts: &Cohorts, cohort: usize, calendar: &Calendar, longest: usize) -> Self {
        let Range { start, end } = cohorts.months[cohort].clone();
        let days = calendar.month_end(calendar.months() - 1) as usize + 1;
        // Ages that everybody who joined until the end of a month reaches inside the horizon.
        let reached = |month: usize| (days - calendar.month_end(month) as usize).min(longest + 1);
        let clear = |month: &usize| calendar.month_end(*month) as usize + HORIZON_MARGIN + longest < days;
        let at_least = if cohort == Cohorts::JOINERS { end.div_ceil(2) } else { end };
        let end = (start..end).take_while(clear).last().map_or(at_least, |month| at_least.max(month + 1));
        let spare = days as isize - 1 - calendar.month_end(end - 1) as isize - HORIZON_MARGIN as isize;
        Self { months: start..end, ages: reached(end - 1), clear_age: spare }
    }
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

    /// Share of the joiners of the kept months who are counted at an age; NaN past the ages that all reach.
    fn share(&self, counts: &[u64], kept: &Kept, age: usize) -> f64 {
        if age >= kept.ages {
            return f64::NAN;
        }
        let hits: u64 = kept.months.clone().map(|month| counts[month * self.ages + age]).sum();
        let joined: u64 = self.joined[kept.months.clone()].iter().sum();
        ratio(hits as f64, joined as f64)
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
    fn a_curve_follows_the_same_joiners_at_all_ages() {
        // 61 days: January (31), February (28) and two days of March; months 0, 1, 2.
        let scenario = scenario(61, 1);
        let mut run = run(&scenario, &[0]);
        let (groups, months, ages) = (2, 3, 4);
        run.attendance.joined[3 * groups + 1] = 10; // January
        run.attendance.joined[40 * groups + 1] = 20; // February
        run.attendance.joined[60 * groups + 1] = 5; // 2 March, the last day
        set(&mut run.attendance.active, ages, months, 0, [8, 6, 4, 2]);
        set(&mut run.attendance.active, ages, months, 1, [16, 9, 5, 4]);
        set(&mut run.attendance.active, ages, months, 2, [5, 0, 0, 0]);
        set(&mut run.attendance.last_active, ages, months, 0, [2, 1, 1, 5]);
        set(&mut run.attendance.last_active, ages, months, 1, [4, 4, 4, 4]);
        let table = measure(&scenario, &run);
        let joiners = [("cohort", "all joiners")];
        // Two of the three months: February ends on day 58, its joiners all reach day 2 (day 60) but not day 3.
        close(&numbers(&table, &joiners, "classic"), &[24.0 / 30.0, 15.0 / 30.0, 9.0 / 30.0, f64::NAN]);
        close(&numbers(&table, &joiners, "rolling"), &[25.0 / 30.0, 19.0 / 30.0, 14.0 / 30.0, f64::NAN]);
        close(&numbers(&table, &joiners, "near_horizon"), &[1.0; 4]);
        // The quarter holds March, whose last day cannot reach day 1.
        let quarter = numbers(&table, &[("cohort", "2021-Q1")], "classic");
        close(&quarter, &[29.0 / 35.0, f64::NAN, f64::NAN, f64::NAN]);
    }

    #[test]
    fn later_months_count_when_they_are_clear_of_the_horizon() {
        // Months end on days 30, 58, 89, 119, 150 and 180; ages up to 3 and 30 days more.
        let calendar = Calendar::new("2021-01-01", 181);
        let cohorts = Cohorts::new(&calendar);
        let kept = |cohort, longest| Kept::new(&cohorts, cohort, &calendar, longest);
        // May ends on day 150: it reaches day 150 + 0 + 30 = 180, the last, and no more.
        assert_eq!(kept(Cohorts::JOINERS, 0), Kept { months: 0..5, ages: 1, clear_age: 0 });
        assert_eq!(kept(Cohorts::JOINERS, 3), Kept { months: 0..4, ages: 4, clear_age: 31 });
        // Half of the months, to March: they reach age 91.
        assert_eq!(kept(Cohorts::JOINERS, 365), Kept { months: 0..3, ages: 92, clear_age: 61 });
        assert_eq!(kept(Cohorts::QUARTERS + 1, 3), Kept { months: 3..6, ages: 1, clear_age: -30 });
    }
}
