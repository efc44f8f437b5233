//! Treatments against a control under the same chance: effects are intervals on paired differences.

use crate::scenario::{Event, Scenario};
use crate::stats::intervals::Interval;
use crate::stats::pairing::{Paired, difference_in_differences, paired};
use crate::study::batch::{Fate, Job};
use crate::study::curve::{CURVES, Curve, Points};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;
use crate::study::values::{Values, labels, results};
use crate::table::{Cell, Kind, Table, Unit};

/// Days before and after a date over which a difference in differences averages.
pub const WINDOW: u32 = 90;

/// Runs of a comparison: trial 0 is the control.
pub struct Comparison<'a> {
    /// The control, then the treatments.
    pub trials: &'a [Trial],
    /// What was run.
    pub jobs: &'a [Job<'a>],
    /// What became of it.
    pub fates: &'a [Fate],
    /// What is asked.
    pub outcomes: &'a [Outcome],
    /// Level of the intervals.
    pub confidence: f64,
    /// Day of a difference in differences; `None` when the scenarios declare none.
    pub since: Option<u32>,
}

impl Comparison<'_> {
    /// Tables `effects`, `effect_curves`, `difference_in_differences` (when there is a date) and `results`.
    pub fn tables(&self) -> Vec<Table> {
        let values = Values::read(self.trials.len(), self.jobs, self.fates, self.outcomes);
        let mut tables = vec![self.effects(&values), self.curves()];
        tables.extend(self.since.map(|day| self.differences(day)));
        tables.push(results(&labels(self.trials), &values, self.outcomes));
        tables
    }

    fn effects(&self, values: &Values) -> Table {
        let text = |name| (name, Kind::Text, Unit::Label);
        let mut columns = vec![text("treatment"), text("outcome")];
        columns.extend(SIDES);
        columns.push(("variance_ratio", Kind::Number, Unit::Ratio));
        columns.push(("replications", Kind::Integer, Unit::Count));
        let mut table =
            Table::new("effects", "Effects of the treatments on each outcome, by pairs", &columns);
        for (at, trial) in self.trials.iter().enumerate().skip(1) {
            for (asked, outcome) in self.outcomes.iter().enumerate() {
                let (control, treated) = values.pairs(0, at, asked);
                let found = paired(&control, &treated, self.confidence);
                let mut row: Vec<Cell> = vec![(&trial.label).into(), (&outcome.name).into()];
                row.extend(sides(&found));
                row.extend([found.variance_ratio.into(), (control.len() as i64).into()]);
                table.push(&row);
            }
        }
        table
    }

    /// The tables of the pairs of a treatment, control first, in the order of replications.
    fn pairs(&self, treatment: usize) -> Vec<(&[Table], &[Table])> {
        let done = |at: usize| {
            let mine = self.jobs.iter().zip(self.fates).filter(move |(job, _)| job.at == at);
            mine.filter_map(|(job, fate)| {
                if let Fate::Done(tables) = fate { Some((job.replication, tables.as_slice())) } else { None }
            })
        };
        let treated: Vec<(u32, &[Table])> = done(treatment).collect();
        let partner = |replication: u32| treated.iter().find(|(other, _)| *other == replication);
        done(0).filter_map(|(replication, tables)| Some((tables, partner(replication)?.1))).collect()
    }

    fn curves(&self) -> Table {
        let text = |name| (name, Kind::Text, Unit::Label);
        let mut columns =
            vec![text("treatment"), text("curve"), text("platform"), ("x", Kind::Integer, Unit::Days)];
        columns.extend(SIDES);
        let mut table = Table::new(
            "effect_curves",
            "Curves of control and treatment and their paired difference",
            &columns,
        );
        for (at, trial) in self.trials.iter().enumerate().skip(1) {
            let pairs = self.pairs(at);
            for curve in CURVES {
                for platform in self.platforms() {
                    self.curve(&mut table, (&trial.label, curve, platform), &pairs);
                }
            }
        }
        table
    }

    /// The platforms that all trials have.
    fn platforms(&self) -> impl Iterator<Item = &str> {
        let names = self.trials[0].scenario.platforms.iter().map(|platform| platform.name.as_str());
        names.filter(|name| {
            let has = |trial: &Trial| trial.scenario.platforms.iter().any(|platform| platform.name == *name);
            self.trials.iter().all(has)
        })
    }

    fn curve(
        &self,
        table: &mut Table,
        (treatment, curve, platform): (&str, &Curve, &str),
        pairs: &[(&[Table], &[Table])],
    ) {
        let read = |tables: &[Table]| curve.read(tables, platform);
        let sides: Vec<(Points, Points)> =
            pairs.iter().map(|(control, treated)| (read(control), read(treated))).collect();
        let length =
            sides.iter().map(|(control, treated)| control.len().min(treated.len())).min().unwrap_or(0);
        for at in 0..length {
            let x = sides[0].0[at].0;
            let is_whole = sides.iter().all(|(control, treated)| {
                control[at].0 == x && treated[at].0 == x && !(control[at].1 - treated[at].1).is_nan()
            });
            if !is_whole {
                continue;
            }
            let (control, treated): (Vec<f64>, Vec<f64>) =
                sides.iter().map(|(control, treated)| (control[at].1, treated[at].1)).unzip();
            let mut row: Vec<Cell> = vec![treatment.into(), curve.name.into(), platform.into(), x.into()];
            row.extend(sides_of(&control, &treated, self.confidence));
            table.push(&row);
        }
    }

    /// Means of daily curves before and after a day, and what the treatment changed in their change.
    fn differences(&self, day: u32) -> Table {
        let text = |name| (name, Kind::Text, Unit::Label);
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let columns = [
            text("treatment"),
            text("curve"),
            text("platform"),
            ("day", Kind::Integer, Unit::Days),
            number("control_before"),
            number("control_after"),
            number("treated_before"),
            number("treated_after"),
            number("effect"),
            number("effect_low"),
            number("effect_high"),
        ];
        let mut table = Table::new(
            "difference_in_differences",
            "Change since the date, treatment against control",
            &columns,
        );
        for (at, trial) in self.trials.iter().enumerate().skip(1) {
            let pairs = self.pairs(at);
            for curve in CURVES.iter().filter(|curve| curve.key == "day") {
                for platform in self.platforms() {
                    let window = |tables: &[Table]| around(&curve.read(tables, platform), i64::from(day));
                    let means: Vec<[[f64; 2]; 2]> =
                        pairs.iter().map(|(control, treated)| [window(control), window(treated)]).collect();
                    let side = |side: usize, when: usize| {
                        means.iter().map(|pair| pair[side][when]).collect::<Vec<f64>>()
                    };
                    let [cb, ca, tb, ta] = [side(0, 0), side(0, 1), side(1, 0), side(1, 1)];
                    let found = difference_in_differences([&cb, &ca], [&tb, &ta], self.confidence);
                    let mut row: Vec<Cell> = vec![
                        (&trial.label).into(),
                        curve.name.into(),
                        platform.into(),
                        i64::from(day).into(),
                    ];
                    row.extend([&cb, &ca, &tb, &ta].map(|side| Cell::Number(mean(side))));
                    row.extend([found.point, found.low, found.high].map(Cell::Number));
                    table.push(&row);
                }
            }
        }
        table
    }
}

/// Columns of both sides and the effect, each with its interval.
const SIDES: [(&str, Kind, Unit); 9] = {
    const fn number(name: &str) -> (&str, Kind, Unit) {
        (name, Kind::Number, Unit::Ratio)
    }
    [
        number("control"),
        number("control_low"),
        number("control_high"),
        number("treated"),
        number("treated_low"),
        number("treated_high"),
        number("effect"),
        number("effect_low"),
        number("effect_high"),
    ]
};

fn sides(found: &Paired) -> [Cell<'static>; 9] {
    let [a, b, c] =
        [found.control, found.treated, found.effect].map(|Interval { point, low, high }| [point, low, high]);
    [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]].map(Cell::Number)
}

fn sides_of(control: &[f64], treated: &[f64], confidence: f64) -> [Cell<'static>; 9] {
    sides(&paired(control, treated, confidence))
}

/// Means over [`WINDOW`] days before and from a day on; NaN where a side is empty.
fn around(curve: &[(i64, f64)], day: i64) -> [f64; 2] {
    let window = i64::from(WINDOW);
    let over = |from: i64, to: i64| {
        let inside = curve.iter().filter(|(x, y)| (from..to).contains(x) && !y.is_nan());
        mean(&inside.map(|(_, y)| *y).collect::<Vec<f64>>())
    };
    [over(day - window, day), over(day, day + window)]
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The first day on which a treatment's events differ from the control's.
pub fn first_difference(control: &Scenario, treatment: &Scenario) -> Option<u32> {
    let lacks = |scenario: &Scenario, event: &Event| !scenario.events.contains(event);
    let only_there = treatment.events.iter().filter(|event| lacks(control, event));
    let only_here = control.events.iter().filter(|event| lacks(treatment, event));
    only_there.chain(only_here).map(|event| event.day).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::scenario;
    use crate::scenario::Effect;

    /// Daily users of `p1` as table `activity`; only its share counts.
    fn activity(shares: &[(i64, f64)]) -> Vec<Table> {
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let text = |name| (name, Kind::Text, Unit::Label);
        let columns = [
            text("platform"),
            text("audience"),
            ("day", Kind::Integer, Unit::Days),
            number("share_home"),
            number("mau"),
            number("payers"),
        ];
        let mut table = Table::new("activity", "", &columns);
        for &(day, share) in shares {
            let nan = f64::NAN;
            table.push(&["p1".into(), "everybody".into(), day.into(), share.into(), nan.into(), nan.into()]);
            table.push(&["p1".into(), "fans".into(), day.into(), 77.0.into(), nan.into(), nan.into()]);
            table.push(&["p2".into(), "everybody".into(), day.into(), 99.0.into(), nan.into(), nan.into()]);
        }
        vec![table]
    }

    fn trials(count: usize) -> Vec<Trial> {
        let trial = |at: usize| Trial {
            label: format!("trial {at}"),
            words: Vec::new(),
            scenario: scenario(200, 1),
            digest: String::new(),
        };
        (0..count).map(trial).collect()
    }

    #[test]
    fn a_curve_has_the_points_that_every_run_of_both_sides_defines() {
        let trials = trials(2);
        let jobs = crate::study::batch::jobs(&trials, 2);
        let nan = f64::NAN;
        let fates = [
            Fate::Done(activity(&[(0, 0.1), (1, 0.2), (2, 0.3), (3, 0.4)])),
            Fate::Done(activity(&[(0, 0.1), (1, nan), (2, 0.5), (3, 0.4)])),
            Fate::Done(activity(&[(0, 0.2), (1, 0.4), (2, 0.5), (3, 0.4)])),
            Fate::Done(activity(&[(0, 0.2), (1, 0.4), (2, 0.9)])),
        ];
        let compared = |fates: &[Fate]| {
            let (trials, jobs) = (&trials[..], &jobs[..]);
            Comparison { trials, jobs, fates, outcomes: &[], confidence: 0.95, since: None }.curves()
        };
        let curves = compared(&fates);
        assert_eq!(curves.integers("x"), [0, 2]);
        assert_eq!(curves.word("platform", 1), "p1");
        for (column, expected) in [("control", 0.4), ("treated", 0.7), ("effect", 0.3)] {
            assert!((curves.numbers(column)[1] - expected).abs() < 1e-12, "{column}");
        }
        // Without the second pair, which failed on one side, the first alone decides.
        let failed = [fates[0].clone(), Fate::Failed(String::new()), fates[2].clone(), fates[3].clone()];
        assert_eq!(compared(&failed).integers("x"), [0, 1, 2, 3]);
    }

    #[test]
    fn windows_end_before_the_day_and_begin_with_it() {
        let curve: Vec<(i64, f64)> = (0..300).map(|day| (day, day as f64)).collect();
        // Means of 60..=149 and 150..=239.
        assert_eq!(around(&curve, 150), [104.5, 194.5]);
        // Fewer days where the run ends: means of 0..=9 and 10..=99.
        assert_eq!(around(&curve, 10), [4.5, 54.5]);
        assert!(around(&curve, 0)[0].is_nan() && around(&curve, 0)[1] == 44.5);
        let holed: Vec<(i64, f64)> = vec![(8, f64::NAN), (9, 1.0), (10, 3.0), (11, f64::NAN)];
        assert_eq!(around(&holed, 10), [1.0, 3.0]);
    }

    #[test]
    fn the_first_difference_is_the_first_event_of_one_side_only() {
        let event = |day: u32, label: &str| Event {
            day,
            label: label.to_owned(),
            effect: Effect::Campaign { platform: 0, awareness: 0.5, half_life_days: 9.0 },
        };
        let with = |events: &[Event]| Scenario { events: events.to_vec(), ..scenario(200, 1) };
        let (early, late, other) = (event(10, "early"), event(50, "late"), event(30, "other"));
        let control = with(&[early.clone(), late.clone()]);
        assert_eq!(first_difference(&control, &control), None);
        assert_eq!(first_difference(&control, &with(std::slice::from_ref(&early))), Some(50));
        assert_eq!(
            first_difference(&control, &with(&[early.clone(), other.clone(), late.clone()])),
            Some(30)
        );
        assert_eq!(first_difference(&control, &with(&[other, late])), Some(10));
    }
}
