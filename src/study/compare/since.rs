//! What a treatment changed since a date: differences in differences of daily curves.

use super::{Comparison, number, text};
use crate::stats::pairing::difference_in_differences;
use crate::study::curve::CURVES;
use crate::table::{Cell, Kind, Table, Unit};

/// Days before and after a date over which a difference in differences averages.
pub const WINDOW: u32 = 90;

impl Comparison<'_> {
    /// Means of daily curves before and after a day, and what the treatment changed in their change.
    pub(super) fn differences(&self, day: u32) -> Table {
        let columns = [
            text("treatment"),
            text("against"),
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
        for contrast in &self.design.contrasts {
            let pairs = self.pairs(contrast);
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
                    let mut row = self.named(contrast).to_vec();
                    row.extend([curve.name.into(), platform.into(), i64::from(day).into()]);
                    row.extend([&cb, &ca, &tb, &ta].map(|side| Cell::Number(mean(side))));
                    row.extend([found.point, found.low, found.high].map(Cell::Number));
                    table.push(&row);
                }
            }
        }
        table
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
