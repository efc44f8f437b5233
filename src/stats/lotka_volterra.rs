//! Two competitors for the same niche: who stays, where they rest, and the way there.
//!
//! `dN1/dt = r1 N1 (1 - (N1 + a12 N2) / K1)`, and the same with 1 and 2 exchanged. K is what a competitor reaches alone, a12
//! how much of the first's room one unit of the second takes. Source: Volterra 1926; Lotka 1932; Gause 1934.

use super::niche::ratio;

/// The two competitors, in units of the niche.
///
/// ```
/// use ecotone::stats::lotka_volterra::{Outcome, Rivals};
/// let rivals = Rivals { capacities: [1.0, 0.8], pressures: [0.6, 0.5] };
/// assert_eq!(rivals.outcome(), Some(Outcome::Coexist));
/// let [first, second] = rivals.interior();
/// assert!((first - 0.52 / 0.7).abs() < 1e-12 && (second - 0.3 / 0.7).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rivals {
    /// K1 and K2: what each reaches alone; > 0.
    pub capacities: [f64; 2],
    /// a12, pressure of the second on the first, and a21; both >= 0.
    pub pressures: [f64; 2],
}

/// What becomes of two competitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both stay, wherever they begin.
    Coexist,
    /// The first alone stays.
    FirstWins,
    /// The second alone stays.
    SecondWins,
    /// One alone stays: which one depends on the beginning.
    Bistable,
}

impl Rivals {
    /// What becomes of them: the second can enter a niche full of the first if `a21 < K2 / K1`, the first one full of the
    /// second if `a12 < K1 / K2`. On the borders nobody enters. Nothing is known where a number is missing (NaN).
    pub fn outcome(&self) -> Option<Outcome> {
        let [first, second] = self.capacities;
        if self.capacities.iter().chain(&self.pressures).any(|number| number.is_nan()) {
            return None;
        }
        let enters = [self.pressures[0] * second < first, self.pressures[1] * first < second];
        Some(match enters {
            [true, true] => Outcome::Coexist,
            [true, false] => Outcome::FirstWins,
            [false, true] => Outcome::SecondWins,
            [false, false] => Outcome::Bistable,
        })
    }

    /// Where they come to rest whatever the beginning, if both were there; NaN if the beginning decides.
    pub fn rest(&self) -> [f64; 2] {
        match self.outcome() {
            Some(Outcome::Coexist) => self.interior(),
            Some(Outcome::FirstWins) => [self.capacities[0], 0.0],
            Some(Outcome::SecondWins) => [0.0, self.capacities[1]],
            Some(Outcome::Bistable) | None => [f64::NAN; 2],
        }
    }

    /// Where neither grows: `N1 = (K1 - a12 K2) / (1 - a12 a21)`, N2 likewise. Attracts if they coexist, divides the
    /// beginnings if they are bistable, and has a negative coordinate if one wins. NaN if a12 a21 = 1.
    pub fn interior(&self) -> [f64; 2] {
        let ([first, second], [on_first, on_second]) = (self.capacities, self.pressures);
        let below = 1.0 - on_first * on_second;
        [ratio(first - on_first * second, below), ratio(second - on_second * first, below)]
    }

    /// Both after a time, from a beginning, with growth rates `rates` per unit of time: `steps` steps of the classic
    /// method of Runge (1895) and Kutta (1901), whose error shrinks with the fourth power of the step.
    pub fn later(&self, start: [f64; 2], rates: [f64; 2], time: f64, steps: u32) -> [f64; 2] {
        let step = time / f64::from(steps);
        (0..steps).fold(start, |now, _| {
            let begin = self.growth(now, rates);
            let middle = self.growth(along(now, begin, step / 2.0), rates);
            let better = self.growth(along(now, middle, step / 2.0), rates);
            let end = self.growth(along(now, better, step), rates);
            core::array::from_fn(|one| {
                now[one] + step / 6.0 * (begin[one] + 2.0 * middle[one] + 2.0 * better[one] + end[one])
            })
        })
    }

    fn growth(&self, now: [f64; 2], rates: [f64; 2]) -> [f64; 2] {
        core::array::from_fn(|one| {
            let taken = now[one] + self.pressures[one] * now[1 - one];
            rates[one] * now[one] * (1.0 - taken / self.capacities[one])
        })
    }
}

/// A step along a slope.
fn along(now: [f64; 2], slope: [f64; 2], step: f64) -> [f64; 2] {
    core::array::from_fn(|one| now[one] + step * slope[one])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One case of V11.
    type Case = ([f64; 4], Outcome, [f64; 2], [f64; 2]);

    /// K1, K2, a12, a21, outcome, interior point and where the flow ends (V11, scipy's integrator).
    const CASES: [Case; 5] = [
        (
            [1.0, 0.8, 0.6, 0.5],
            Outcome::Coexist,
            [0.742_857_142_9, 0.428_571_428_6],
            [0.742_857_142_9, 0.428_571_428_6],
        ),
        ([1.0, 0.5, 0.5, 0.6], Outcome::FirstWins, [1.071_428_571_4, -0.142_857_142_9], [1.0, 0.0]),
        ([1.0, 0.9, 1.2, 1.1], Outcome::Bistable, [0.25, 0.625], [1.0, 0.0]),
        (
            [1.0, 1.0, 0.5, 0.5],
            Outcome::Coexist,
            [0.666_666_666_7, 0.666_666_666_7],
            [0.666_666_666_7, 0.666_666_666_7],
        ),
        ([0.6, 1.0, 0.9, 0.3], Outcome::SecondWins, [-0.410_958_904_1, 1.123_287_671_2], [0.0, 1.0]),
    ];

    fn close(found: [f64; 2], expected: [f64; 2], tolerance: f64) {
        let near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < tolerance);
        assert!(near, "found {found:?}, expected {expected:?}");
    }

    #[test]
    fn the_four_outcomes_and_where_they_end() {
        for ([first, second, on_first, on_second], outcome, interior, end) in CASES {
            let rivals = Rivals { capacities: [first, second], pressures: [on_first, on_second] };
            assert_eq!(rivals.outcome(), Some(outcome));
            close(rivals.interior(), interior, 1e-9);
            close(rivals.later([0.5, 0.5], [1.0, 1.0], 400.0, 8000), end, 1e-5);
            if outcome != Outcome::Bistable {
                close(rivals.rest(), end, 1e-9);
            }
        }
    }

    /// Where two can win, the beginning decides.
    #[test]
    fn the_first_comer_wins_where_both_could() {
        let rivals = Rivals { capacities: [1.0, 0.9], pressures: [1.2, 1.1] };
        close(rivals.later([0.1, 0.8], [1.0, 1.0], 400.0, 8000), [0.0, 0.9], 1e-5);
    }

    /// Alone, growth is logistic: N(t) = K / (1 + (K / N(0) - 1) e^(-r t)); N(3) = 0.8 / (1 + 7 e^(-1.5)).
    #[test]
    fn alone_growth_is_logistic() {
        let rivals = Rivals { capacities: [0.8, 1.0], pressures: [0.5, 0.5] };
        close(rivals.later([0.1, 0.0], [0.5, 1.0], 3.0, 300), [0.312_266_882_9, 0.0], 1e-9);
    }

    #[test]
    fn equal_pressures_of_one_have_no_interior() {
        let rivals = Rivals { capacities: [1.0, 1.0], pressures: [1.0, 1.0] };
        assert!(rivals.interior().iter().all(|share| share.is_nan()));
        assert_eq!(rivals.outcome(), Some(Outcome::Bistable));
    }
}
