//! The niche of gratifications: breadth, overlap and superiority from the scores that respondents give.
//!
//! Scores run from [`LOWEST`] to [`HIGHEST`], a score for every respondent and component. Anything undefined (no
//! respondents, no components, a score that is NaN) is NaN.

use super::niche::ratio;

/// Lower end of the scale, l.
pub const LOWEST: f64 = 1.0;
/// Upper end of the scale, u.
pub const HIGHEST: f64 = 7.0;

/// Who answers: respondents of one kind give the same scores.
#[derive(Clone, Copy, Debug)]
pub struct Respondents<'a> {
    /// People of each kind; their sum is N.
    pub people: &'a [f64],
    /// Components that are scored, K.
    pub components: usize,
}

impl Respondents<'_> {
    /// Breadth `B = (sum GO / N - K l) / (K (u - l))`, in 0..=1: 0 if everybody scores everything lowest, 1 if highest.
    /// `scores` has the shape kinds × components. Source: Dimmick and Rothenbuhler 1984.
    ///
    /// ```
    /// use ecotone::stats::gratification::Respondents;
    /// let two = Respondents { people: &[1.0, 1.0], components: 3 };
    /// // (7 + 4 + 1 + 5 + 5 + 5) / 2 = 13.5; (13.5 - 3) / 18
    /// let breadth = two.breadth(&[7.0, 4.0, 1.0, 5.0, 5.0, 5.0]);
    /// assert!((breadth - 0.583_333_333_333).abs() < 1e-9);
    /// ```
    pub fn breadth(&self, scores: &[f64]) -> f64 {
        let components = self.components as f64;
        let obtained = self.mean(scores.chunks(self.components.max(1)).map(|own| own.iter().sum()));
        ratio(obtained - components * LOWEST, components * (HIGHEST - LOWEST))
    }

    /// Overlap as the mean distance of the scores `sqrt(sum (a - b)^2 / K)`, in 0..=u - l: the smaller, the more alike
    /// what both give, and the more they compete. Source: Dimmick and Rothenbuhler 1984.
    ///
    /// ```
    /// use ecotone::stats::gratification::Respondents;
    /// let two = Respondents { people: &[1.0, 1.0], components: 3 };
    /// // sqrt((9 + 0 + 16) / 3) and 0, halved
    /// let distance = two.distance(&[7.0, 4.0, 1.0, 5.0, 5.0, 5.0], &[4.0, 4.0, 5.0, 5.0, 5.0, 5.0]);
    /// assert!((distance - 1.443_375_672_974).abs() < 1e-9);
    /// ```
    pub fn distance(&self, own: &[f64], rival: &[f64]) -> f64 {
        let components = self.components as f64;
        self.mean(self.pairs(own, rival).map(|(own, rival)| {
            let squares: f64 = own.iter().zip(rival).map(|(a, b)| (a - b) * (a - b)).sum();
            (squares / components).sqrt()
        }))
    }

    /// Superiority: the share of respondents whose scores add up to more than for the rival, in 0..=1. Who scores both alike
    /// counts for neither. Source: Dimmick 2003, whose sums of scores are here counts of respondents.
    ///
    /// ```
    /// use ecotone::stats::gratification::Respondents;
    /// let four = Respondents { people: &[3.0, 1.0], components: 1 };
    /// assert_eq!(four.superiority(&[5.0, 2.0], &[4.0, 2.0]), 0.75);
    /// ```
    pub fn superiority(&self, own: &[f64], rival: &[f64]) -> f64 {
        self.mean(self.pairs(own, rival).map(|(own, rival)| {
            let (own, rival) = (own.iter().sum::<f64>(), rival.iter().sum::<f64>());
            if (own + rival).is_nan() { f64::NAN } else { f64::from(u8::from(own > rival)) }
        }))
    }

    /// Superiority as Dimmick sums it: the scores of those who score the platform higher, over all respondents; in points,
    /// 0..=K u. Source: Dimmick 2003.
    ///
    /// ```
    /// use ecotone::stats::gratification::Respondents;
    /// // V13: sums 11, 11, 6 against 8, 11, 5; (11 + 6) / 3 and nobody.
    /// let three = Respondents { people: &[1.0; 3], components: 2 };
    /// let (own, rival) = ([6.0, 5.0, 4.0, 7.0, 3.0, 3.0], [4.0, 4.0, 5.0, 6.0, 3.0, 2.0]);
    /// assert!((three.superiority_score(&own, &rival) - 17.0 / 3.0).abs() < 1e-9);
    /// assert_eq!(three.superiority_score(&rival, &own), 0.0);
    /// // The same block of V13: breadth .6111 and .5, distance 1.0961.
    /// assert!((three.breadth(&own) - 0.611_111_111_1).abs() < 1e-9 && (three.breadth(&rival) - 0.5).abs() < 1e-9);
    /// assert!((three.distance(&own, &rival) - 1.096_081_870_4).abs() < 1e-9);
    /// ```
    pub fn superiority_score(&self, own: &[f64], rival: &[f64]) -> f64 {
        self.mean(self.pairs(own, rival).map(|(own, rival)| {
            let (own, rival) = (own.iter().sum::<f64>(), rival.iter().sum::<f64>());
            if (own + rival).is_nan() { f64::NAN } else { own * f64::from(u8::from(own > rival)) }
        }))
    }

    fn pairs<'a>(&self, own: &'a [f64], rival: &'a [f64]) -> impl Iterator<Item = (&'a [f64], &'a [f64])> {
        let components = self.components.max(1);
        own.chunks(components).zip(rival.chunks(components))
    }

    /// Mean over the respondents of a value for every kind.
    fn mean(&self, values: impl Iterator<Item = f64>) -> f64 {
        let sum: f64 = self.people.iter().zip(values).map(|(people, value)| people * value).sum();
        ratio(sum, self.people.iter().sum())
    }
}
