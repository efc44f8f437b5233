//! An axis between two numbers, even or logarithmic, of levels or of changes.

use crate::maths::{log10, pow};
use crate::report::chart::scale::{Measure, Tick, between};
use crate::report::study::quantity::{Quantity, level};

/// Beyond this, numbers are cut: nothing real is larger, and sums of it stay finite.
const LARGEST: f64 = 1e300;

/// How an axis is spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Equal steps for equal differences.
    Even,
    /// Equal steps for equal ratios; both ends are positive.
    Logarithmic,
}

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Levels.
    Level,
    /// Changes: written with their sign, shares in percentage points.
    Change,
    /// Sizes of changes: not negative, shares in percentage points.
    Size,
    /// Whole numbers such as days and cycles: no tick stands between them.
    Count,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Lower end.
    pub low: f64,
    /// Upper end, above the lower one.
    pub high: f64,
    /// Spacing.
    pub spacing: Spacing,
    /// What its numbers count.
    pub quantity: Quantity,
    /// What they are to the reader.
    pub sense: Sense,
}

impl Axis {
    /// An even axis of levels that holds the finite ones of these values with a little air.
    ///
    /// It begins at zero unless the values lie close together far from it.
    pub fn of_levels(values: impl Iterator<Item = f64>, quantity: Quantity) -> Self {
        let (low, high) = ends(values);
        let is_share = quantity == Quantity::Share && low >= 0.0 && high <= 1.0;
        let (low, high) = if high - low > 0.4 * high.abs().max(low.abs()) {
            (low.min(0.0), high.max(0.0))
        } else {
            (low, high)
        };
        let mut axis = Self::aired(low, high, quantity);
        if is_share {
            (axis.low, axis.high) = (axis.low.max(0.0), axis.high.min(1.0));
        }
        axis
    }

    /// An even axis of changes that holds zero and the finite ones of these values.
    pub fn of_changes(values: impl Iterator<Item = f64>, quantity: Quantity) -> Self {
        let (low, high) = match ends(values.chain([0.0])) {
            // Where nothing changes, zero stands in the middle of something that can be read.
            (low, high) if low == high => {
                let far = if matches!(quantity, Quantity::Share | Quantity::Relative) { 0.01 } else { 1.0 };
                (-far, far)
            }
            both => both,
        };
        Self { sense: Sense::Change, ..Self::aired(low, high, quantity) }
    }

    /// An even axis from zero that holds the finite ones of these sizes.
    pub fn of_sizes(values: impl Iterator<Item = f64>, quantity: Quantity) -> Self {
        let (low, high) = ends(values.chain([0.0]));
        Self { sense: Sense::Size, ..Self::aired(low.max(0.0), high.max(0.0), quantity) }
    }

    /// An even axis with exactly these ends.
    pub fn exactly(low: f64, high: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, spacing: Spacing::Even, quantity: Quantity::Plain, sense: Sense::Level }
    }

    /// An even axis of whole numbers with exactly these ends.
    pub fn counting(low: f64, high: f64) -> Self {
        Self { sense: Sense::Count, ..Self::exactly(low, high) }
    }

    /// An axis for tested levels of a setting: logarithmic where they are spaced so.
    pub fn of_settings(values: &[f64]) -> Self {
        let (low, high) = ends(values.iter().copied());
        let spacing = spacing(values);
        if spacing == Spacing::Logarithmic {
            let air = pow(high / low, 0.04);
            return Self { spacing, low: low / air, high: high * air, ..Self::exactly(0.0, 1.0) };
        }
        Self::aired(low, high, Quantity::Plain)
    }

    /// Between the ends with air of a twentieth; zero stays an end, and a point becomes a stretch.
    fn aired(low: f64, high: f64, quantity: Quantity) -> Self {
        let reach = if high - low > 1e-12 * high.abs().max(low.abs()) {
            high - low
        } else {
            0.2 * high.abs().max(if quantity == Quantity::Share { 0.05 } else { 1e-9 })
        };
        let low = if low == 0.0 { low } else { low - 0.06 * reach };
        let high = if high == 0.0 && low < 0.0 { high } else { high + 0.06 * reach };
        Self { low, high, spacing: Spacing::Even, quantity, sense: Sense::Level }
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper; cut there.
    pub fn share(&self, value: f64) -> f64 {
        let share = match self.spacing {
            Spacing::Even => (value - self.low) / (self.high - self.low),
            Spacing::Logarithmic => {
                log10(value.max(1e-300) / self.low) / log10(self.high / self.low).max(1e-300)
            }
        };
        share.clamp(0.0, 1.0)
    }

    /// Round ticks, about as many as wanted.
    pub fn ticks(&self, wanted: f64) -> Vec<Tick> {
        if self.spacing == Spacing::Logarithmic {
            return self.ratios(wanted);
        }
        if self.sense == Sense::Count {
            return between(self.low, self.high, wanted, &Measure::Whole);
        }
        let mut ticks = between(self.low, self.high, wanted, &self.quantity.measure());
        for tick in &mut ticks {
            if self.sense != Sense::Level && self.quantity == Quantity::Share {
                tick.label = tick.label.replace("\u{202f}%", "");
            }
            if self.sense == Sense::Change && tick.at > 0.0 {
                tick.label = format!("+{}", tick.label);
            }
        }
        ticks
    }

    /// Ticks at 1, 2 and 5 times powers of ten, or at the powers alone where those are too many.
    fn ratios(&self, wanted: f64) -> Vec<Tick> {
        let (first, last) = (log10(self.low).floor() as i32, log10(self.high).ceil() as i32);
        let parts: &[f64] = if f64::from(last - first) * 3.0 > wanted { &[1.0] } else { &[1.0, 2.0, 5.0] };
        (first..=last)
            .flat_map(|power| parts.iter().map(move |part| part * pow(10.0, f64::from(power))))
            .filter(|at| (self.low..=self.high).contains(at))
            .map(|at| Tick { at, label: level(at), year: String::new() })
            .collect()
    }
}

/// Smallest and largest of the finite values, cut to what can be drawn; 0 and 1 when there is none.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let finite = values.filter(|value| value.is_finite()).map(|value| value.clamp(-LARGEST, LARGEST));
    let (low, high) = finite
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high { (0.0, 1.0) } else { (low, high) }
}

/// Whether rising values are spaced by ratios rather than by differences.
///
/// Three positive values at least, over a factor of five, whose ratios vary less than their differences.
fn spacing(values: &[f64]) -> Spacing {
    let [first, .., last] = values else { return Spacing::Even };
    if values.len() < 3 || *first <= 0.0 || last / first < 5.0 || *last > LARGEST {
        return Spacing::Even;
    }
    let spread = |steps: Vec<f64>| {
        let mean = steps.iter().sum::<f64>() / steps.len() as f64;
        steps.iter().map(|step| (step / mean - 1.0).abs()).fold(0.0, f64::max)
    };
    let even = spread(values.windows(2).map(|pair| pair[1] - pair[0]).collect());
    let ratios = spread(values.windows(2).map(|pair| log10(pair[1] / pair[0])).collect());
    if ratios < even { Spacing::Logarithmic } else { Spacing::Even }
}

#[cfg(test)]
mod tests {
    use super::{Axis, Spacing};
    use crate::report::study::quantity::Quantity;

    #[test]
    fn levels_spaced_by_ratios_get_a_logarithmic_axis() {
        assert_eq!(Axis::of_settings(&[0.1, 0.3, 1.0, 3.0, 10.0]).spacing, Spacing::Logarithmic);
        assert_eq!(Axis::of_settings(&[1.0, 2.0, 4.0, 8.0]).spacing, Spacing::Logarithmic);
        for even in [&[0.0, 1.0, 10.0][..], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[1.0, 100.0], &[3.0], &[]] {
            assert_eq!(Axis::of_settings(even).spacing, Spacing::Even, "{even:?}");
        }
    }

    #[test]
    fn close_values_far_from_zero_do_not_drag_zero_in() {
        let share = |values: &[f64]| Axis::of_levels(values.iter().copied(), Quantity::Share);
        assert!(share(&[0.60, 0.62]).low > 0.5);
        assert_eq!(share(&[0.1, 0.62]).low, 0.0);
        assert_eq!(share(&[0.98, 1.0]).high, 1.0);
    }

    #[test]
    fn cycles_have_no_ticks_between_them() {
        let ticks = Axis::counting(0.0, 3.0).ticks(8.0);
        assert_eq!(ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(), ["0", "1", "2", "3"]);
    }

    #[test]
    fn changes_of_nothing_stand_in_the_middle_of_a_readable_axis() {
        let axis = Axis::of_changes([0.0, 0.0].into_iter(), Quantity::Relative);
        assert_eq!(axis.share(0.0), 0.5);
        let labels: Vec<String> = axis.ticks(5.0).into_iter().map(|tick| tick.label).collect();
        assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{labels:?}");
    }

    #[test]
    fn odd_values_still_have_an_axis() {
        for odd in [&[][..], &[0.0], &[f64::NAN], &[f64::MAX, f64::MIN], &[f64::INFINITY], &[1e-300], &[-3.0]]
        {
            for axis in [
                Axis::of_levels(odd.iter().copied(), Quantity::Share),
                Axis::of_changes(odd.iter().copied(), Quantity::People),
                Axis::of_sizes(odd.iter().copied(), Quantity::Plain),
                Axis::of_settings(odd),
            ] {
                assert!(axis.low < axis.high && (axis.high - axis.low).is_finite(), "{odd:?}: {axis:?}");
                assert!(axis.ticks(5.0).len() < 20, "{odd:?}");
                assert!((0.0..=1.0).contains(&axis.share(0.3)), "{odd:?}");
            }
        }
    }
}
