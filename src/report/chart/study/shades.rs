//! The colours of a range of numbers.

use crate::report::chart::palette::{Colour, mix};
use crate::report::chart::scale::{Tick, between};
use crate::report::study::quantity::Quantity;

/// Pale to deep blue. Source: ColorBrewer, Blues, ends and middle.
const RISING: [Colour; 3] = [(239, 246, 252), (107, 174, 214), (8, 48, 107)];
/// Orange over white to blue, apart for colour-blind eyes.
const DIVERGING: [Colour; 3] = [(179, 88, 6), (250, 250, 250), (0, 84, 140)];

/// The colours of a range of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Shades {
    /// Number at the pale, or orange, end.
    pub low: f64,
    /// Number at the deep end.
    pub high: f64,
    /// What the numbers count.
    pub quantity: Quantity,
    ramp: [Colour; 3],
}

impl Shades {
    /// For the finite ones of these values: diverging around zero when both signs occur, else rising.
    pub fn of(values: &[f64], quantity: Quantity) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let (low, high) =
            (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low.max(-1e300), high.min(1e300)) };
        if low < 0.0 && high > 0.0 {
            let far = high.max(-low);
            return Self { low: -far, high: far, quantity, ramp: DIVERGING };
        }
        let flat = high - low <= 1e-12 * high.abs().max(low.abs());
        let air = if flat { 0.1 * high.abs().max(1e-9) } else { 0.0 };
        Self { low: low - air, high: high + air, quantity, ramp: RISING }
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The colour of a value.
    pub fn colour(&self, value: f64) -> Colour {
        match 2.0 * self.share(value) {
            lower if lower < 1.0 => mix(self.ramp[0], self.ramp[1], lower),
            upper => mix(self.ramp[1], self.ramp[2], upper - 1.0),
        }
    }

    /// Round numbers inside the range, about as many as wanted.
    pub fn ticks(&self, wanted: f64) -> Vec<Tick> {
        between(self.low, self.high, wanted, &self.quantity.measure())
    }
}

#[cfg(test)]
mod tests {
    use super::Shades;
    use crate::report::study::quantity::Quantity;

    #[test]
    fn both_signs_put_white_at_zero() {
        let shades = Shades::of(&[-0.1, 0.4], Quantity::Share);
        assert_eq!((shades.low, shades.high), (-0.4, 0.4));
        assert_eq!(shades.colour(0.0), (250, 250, 250));
    }
}
