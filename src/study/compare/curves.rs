//! Curves of both sides of a contrast and their paired difference.

use super::{Comparison, SIDES, sides, text};
use crate::stats::pairing::paired;
use crate::study::curve::{CURVES, Curve, Points};
use crate::study::design::Contrast;
use crate::table::{Kind, Table, Unit};

impl Comparison<'_> {
    /// Both sides of every contrast and their difference, point by point.
    pub(super) fn curves(&self) -> Table {
        let mut columns = ["treatment", "against", "curve", "platform"].map(text).to_vec();
        columns.push(("x", Kind::Integer, Unit::Days));
        columns.extend(SIDES);
        let mut table = Table::new(
            "effect_curves",
            "Curves of control and treatment and their paired difference",
            &columns,
        );
        for contrast in &self.design.contrasts {
            let pairs = self.pairs(contrast);
            for curve in CURVES {
                for platform in self.platforms() {
                    self.curve(&mut table, (contrast, curve, platform), &pairs);
                }
            }
        }
        table
    }

    fn curve(
        &self,
        table: &mut Table,
        (contrast, curve, platform): (&Contrast, &Curve, &str),
        pairs: &[(&[Table], &[Table])],
    ) {
        let read = |tables: &[Table]| curve.read(tables, platform);
        let both: Vec<(Points, Points)> =
            pairs.iter().map(|(control, treated)| (read(control), read(treated))).collect();
        let length =
            both.iter().map(|(control, treated)| control.len().min(treated.len())).min().unwrap_or(0);
        for at in 0..length {
            let x = both[0].0[at].0;
            let is_whole = both.iter().all(|(control, treated)| {
                control[at].0 == x && treated[at].0 == x && !(control[at].1 - treated[at].1).is_nan()
            });
            if !is_whole {
                continue;
            }
            let (control, treated): (Vec<f64>, Vec<f64>) =
                both.iter().map(|(control, treated)| (control[at].1, treated[at].1)).unzip();
            let mut row = self.named(contrast).to_vec();
            row.extend([curve.name.into(), platform.into(), x.into()]);
            row.extend(sides(&paired(&control, &treated, self.confidence)));
            table.push(&row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::scenario;
    use crate::study::batch::Fate;
    use crate::study::design::Design;
    use crate::study::trial::Trial;

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
            let (trials, design, jobs) = (&trials[..], &Design::against_control(2), &jobs[..]);
            Comparison { trials, design, jobs, fates, outcomes: &[], confidence: 0.95, since: None }.curves()
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
}
