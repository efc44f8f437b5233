//! The outcomes of a batch: trials × replications × outcomes, and the tables that hold them.

use crate::random::address::mix;
use crate::stats::intervals::{Interval, t_interval, wilson};
use crate::stats::mean_bootstrap::{FEWEST, MeanBootstrap};
use crate::study::batch::{Fate, Job};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;
use crate::table::{Cell, Kind, Table, Unit};

/// One value per trial, replication and outcome; NaN where undefined.
#[derive(Clone, Debug)]
pub struct Values {
    /// For every trial, the replications that finished, in order.
    pub runs: Vec<Vec<OneRun>>,
}

/// The outcomes of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct OneRun {
    /// Its replication.
    pub replication: u32,
    /// One value an outcome.
    pub values: Vec<f64>,
}

impl Values {
    /// Reads the outcomes out of fates; failed and open runs are left out.
    pub fn read(trials: usize, jobs: &[Job], fates: &[Fate], outcomes: &[Outcome]) -> Self {
        let mut runs = vec![Vec::new(); trials];
        for (job, fate) in jobs.iter().zip(fates) {
            let Fate::Done(tables) = fate else { continue };
            let stored = tables.iter().find(|table| table.name == "outcomes");
            let values = match stored {
                Some(table) => table.numbers("value").to_vec(),
                None => outcomes.iter().map(|outcome| outcome.read(tables)).collect(),
            };
            runs[job.at].push(OneRun { replication: job.replication, values });
        }
        Self { runs }
    }

    /// The values of an outcome over the replications of a trial.
    pub fn of(&self, trial: usize, outcome: usize) -> Vec<f64> {
        self.runs[trial].iter().map(|run| run.values[outcome]).collect()
    }

    /// The values of an outcome in the replications that all these trials finished, in the order of the first.
    pub fn together<const N: usize>(&self, trials: [usize; N], outcome: usize) -> [Vec<f64>; N] {
        let mut found = [const { Vec::new() }; N];
        for OneRun { replication, .. } in &self.runs[trials[0]] {
            let run = |trial: usize| self.runs[trial].iter().find(|run| run.replication == *replication);
            let all = trials.map(run);
            if all.iter().all(Option::is_some) {
                found
                    .iter_mut()
                    .zip(all.iter().flatten())
                    .for_each(|(list, run)| list.push(run.values[outcome]));
            }
        }
        found
    }
}

/// A setting of a trial, as it stands in tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// As it was written.
    pub text: String,
    /// The number that it is, if it is one.
    pub number: Option<f64>,
}

/// The varied settings of a study: their paths, and the settings of every trial; shape trials × paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Varied {
    /// Paths of the settings.
    pub paths: Vec<String>,
    /// Their values in every trial.
    pub points: Vec<Vec<Setting>>,
}

impl Varied {
    /// Whether every trial has a number there.
    pub fn is_number(&self, path: usize) -> bool {
        self.points.iter().all(|point| point[path].number.is_some())
    }

    /// Columns of the settings: numbers where every trial has one, else words.
    pub fn columns(&self) -> Vec<(&str, Kind, Unit)> {
        let mut columns = Vec::new();
        for (at, path) in self.paths.iter().enumerate() {
            let (kind, unit) =
                if self.is_number(at) { (Kind::Number, Unit::Ratio) } else { (Kind::Text, Unit::Label) };
            columns.push((path.as_str(), kind, unit));
        }
        columns
    }

    /// The cells of a trial.
    pub fn cells(&self, trial: usize) -> Vec<Cell<'_>> {
        let mut cells = Vec::new();
        for (at, setting) in self.points.get(trial).into_iter().flatten().enumerate() {
            cells.push(match setting.number {
                Some(number) if self.is_number(at) => Cell::Number(number),
                _ => Cell::Text(&setting.text),
            });
        }
        cells
    }
}

/// Trials that are told apart by their label only.
pub fn labels(trials: &[Trial]) -> Varied {
    let setting = |trial: &Trial| vec![Setting { text: trial.label.clone(), number: None }];
    Varied { paths: vec!["trial".to_owned()], points: trials.iter().map(setting).collect() }
}

/// The one tidy data set of a study: a row for every run and outcome.
pub fn results(varied: &Varied, values: &Values, outcomes: &[Outcome]) -> Table {
    let mut columns = vec![("point", Kind::Integer, Unit::Count)];
    columns.extend(varied.columns());
    columns.extend([
        ("replication", Kind::Integer, Unit::Count),
        ("outcome", Kind::Text, Unit::Label),
        ("value", Kind::Number, Unit::Ratio),
    ]);
    let mut table = Table::new("results", "Every outcome of every run", &columns);
    for (point, runs) in values.runs.iter().enumerate() {
        let settings = varied.cells(point);
        for run in runs {
            for (outcome, &value) in outcomes.iter().zip(&run.values) {
                let mut row: Vec<Cell> = vec![(point as i64).into()];
                row.extend(settings.iter().cloned());
                row.extend([i64::from(run.replication).into(), (&outcome.name).into(), value.into()]);
                table.push(&row);
            }
        }
    }
    table
}

/// Mean with its interval over replications: Student's t, but for ratios and medians in days the BCa bootstrap, since
/// their law is skewed (Efron 1987), and for probabilities Wilson's for a proportion. Shares end at 0 and 1; counts, money
/// and ratios at 0.
pub fn interval(unit: Unit, values: &[f64], confidence: f64) -> Interval {
    if unit == Unit::Probability {
        return proportion(values.iter().sum::<f64>() / values.len() as f64, values.len(), confidence);
    }
    let is_ratio = matches!(unit, Unit::Ratio | Unit::Score | Unit::MoneyPerMonth | Unit::Days);
    let found = if is_ratio && values.len() >= FEWEST {
        bootstrap(values.len(), confidence).interval(values)
    } else {
        t_interval(values, confidence)
    };
    within(unit, found)
}

/// The share of so many replications in which something happened, with Wilson's score interval; no interval from one.
pub fn proportion(share: f64, replications: usize, confidence: f64) -> Interval {
    if share.is_nan() || replications < 2 {
        return Interval { point: share, low: f64::NAN, high: f64::NAN };
    }
    wilson((share * replications as f64).round() as u64, replications as u64, confidence)
}

/// The bootstrap of a mean over so many replications; always the same resamples.
pub fn bootstrap(count: usize, confidence: f64) -> MeanBootstrap {
    MeanBootstrap::new(count, confidence, |resample, position| drawn(resample, position, count))
}

/// Which of `count` observations stands at a position of a numbered resample.
pub fn drawn(resample: u64, position: usize, count: usize) -> usize {
    let bits = mix(mix(resample.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ position as u64);
    ((u128::from(bits) * count as u128) >> 64) as usize
}

/// The interval without what its unit forbids.
pub fn within(unit: Unit, found: Interval) -> Interval {
    Interval { point: found.point, low: cut(found.low, unit), high: cut(found.high, unit) }
}

/// The end of an interval, cut at what its unit allows; NaN stays NaN.
pub fn cut(end: f64, unit: Unit) -> f64 {
    match unit {
        _ if end.is_nan() => end,
        Unit::Share | Unit::Probability => end.clamp(0.0, 1.0),
        Unit::Count
        | Unit::People
        | Unit::Money
        | Unit::MoneyPerMonth
        | Unit::Days
        | Unit::Months
        | Unit::Ratio => end.max(0.0),
        Unit::Label | Unit::Date | Unit::Score | Unit::PeopleChange | Unit::Balance | Unit::Nats => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(replication: u32, values: &[f64]) -> OneRun {
        OneRun { replication, values: values.to_vec() }
    }

    #[test]
    fn pairs_are_the_replications_that_both_trials_finished() {
        let values = Values {
            runs: vec![
                vec![one(3, &[0.3, 9.0]), one(4, &[0.4, 9.0]), one(5, &[0.5, 9.0])],
                vec![one(5, &[50.0, 8.0]), one(2, &[20.0, 8.0]), one(3, &[30.0, 8.0])],
            ],
        };
        assert_eq!(values.together([0, 1], 0), [vec![0.3, 0.5], vec![30.0, 50.0]]);
        assert_eq!(values.together([1, 0], 1), [vec![8.0, 8.0], vec![9.0, 9.0]]);
        assert_eq!(values.of(1, 0), [50.0, 20.0, 30.0]);
    }

    #[test]
    fn a_setting_is_a_number_only_where_every_trial_has_one() {
        let setting = |text: &str, number| Setting { text: text.to_owned(), number };
        let varied = Varied {
            paths: vec!["choice.beta_s".to_owned(), "platforms.a.premium".to_owned()],
            points: vec![
                vec![setting("0.5", Some(0.5)), setting("15", Some(15.0))],
                vec![setting("1", Some(1.0)), setting("none", None)],
            ],
        };
        assert_eq!(
            varied.columns(),
            [("choice.beta_s", Kind::Number, Unit::Ratio), ("platforms.a.premium", Kind::Text, Unit::Label)]
        );
        assert_eq!(varied.cells(0), [Cell::Number(0.5), Cell::Text("15")]);
        assert_eq!(varied.cells(1), [Cell::Number(1.0), Cell::Text("none")]);
        assert_eq!(varied.cells(7), []);
    }

    #[test]
    fn few_values_have_students_interval_whatever_their_unit() {
        // 3 ± 2.7764451052 · sqrt(2.5 / 5)
        for unit in [Unit::Ratio, Unit::People, Unit::MoneyPerMonth] {
            let found = interval(unit, &[1.0, 2.0, 3.0, 4.0, 5.0], 0.95);
            assert!((found.low - 1.0367568386).abs() < 1e-8 && (found.high - 4.9632431614).abs() < 1e-8);
        }
    }

    #[test]
    fn many_ratios_have_an_interval_as_skewed_as_they_are() {
        let skewed = [0.1, 0.1, 0.11, 0.12, 0.12, 0.13, 0.15, 0.2, 0.4, 0.9];
        let mean = skewed.iter().sum::<f64>() / 10.0;
        let ratio = interval(Unit::Ratio, &skewed, 0.95);
        assert!((ratio.point - mean).abs() < 1e-15);
        assert!(ratio.high - mean > 1.5 * (mean - ratio.low), "{ratio:?}");
        assert!(ratio.low > 0.1 && ratio.high < 0.9, "means of resamples: {ratio:?}");
        // The same numbers as shares: Student's, symmetric.
        let share = interval(Unit::Share, &skewed, 0.95);
        assert!((share.high - mean - (mean - share.low)).abs() < 1e-12, "{share:?}");
        assert_eq!(interval(Unit::Ratio, &skewed, 0.95), ratio);
    }

    #[test]
    fn intervals_end_where_their_unit_does() {
        let (rare, common) = ([0.0, 0.0, 0.3], [1.0, 1.0, 0.7]);
        assert_eq!(interval(Unit::Share, &rare, 0.95).low, 0.0);
        assert_eq!(interval(Unit::Share, &common, 0.95).high, 1.0);
        for unit in [Unit::People, Unit::Count, Unit::Money, Unit::MoneyPerMonth, Unit::Ratio] {
            assert_eq!(interval(unit, &rare, 0.95).low, 0.0);
            assert!(interval(unit, &common, 0.95).high > 1.0);
        }
        assert!(interval(Unit::PeopleChange, &rare, 0.95).low < 0.0);
        assert!(interval(Unit::Score, &rare, 0.95).low < 0.0);
    }

    #[test]
    fn what_agrees_is_known_exactly_and_what_is_undefined_stays_so() {
        assert!(interval(Unit::Probability, &[1.0, f64::NAN], 0.95).low.is_nan());
        assert!(interval(Unit::Probability, &[1.0], 0.95).low.is_nan());
        for unit in [Unit::Ratio, Unit::Share, Unit::People] {
            let same = interval(unit, &[0.25; 9], 0.95);
            assert_eq!([same.low, same.point, same.high], [0.25; 3]);
            let mut holed = [0.25; 9];
            holed[4] = f64::NAN;
            let found = interval(unit, &holed, 0.95);
            assert!(found.point.is_nan() && found.low.is_nan() && found.high.is_nan());
            let single = interval(unit, &[0.5], 0.95);
            assert!(single.point == 0.5 && single.low.is_nan() && single.high.is_nan());
            assert!(interval(unit, &[], 0.95).point.is_nan());
        }
    }
}
