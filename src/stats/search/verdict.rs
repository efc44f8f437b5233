//! Whether the figures identify a setting, in plain words.

use crate::maths::sqrt;

/// From this contraction on a setting is identified. In the normal case the figures then know at least three
/// times as much about it as the prior, 1 / (1 - 0.5)^2 - 1 = 3.
pub const IDENTIFIED: f64 = 0.5;

/// Below this contraction a setting is not identified: the figures know less than a quarter of what the prior
/// does, 1 / (1 - 0.1)^2 - 1 = 0.23. With few draws the limit is two standard errors of the contraction,
/// 2 / sqrt(2 × effective draws), if that is more: 0.1 needs 200 draws.
pub const UNIDENTIFIED: f64 = 0.1;

/// From this correlation on two settings are known together only: knowing one would narrow the other by
/// 1 - sqrt(1 - 0.8^2) = 40 percent.
pub const TOGETHER: f64 = 0.8;

/// What the figures say about a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The posterior is at most half as wide as the prior.
    Identified,
    /// The posterior is narrower than the prior, but not by half.
    Weakly,
    /// Not identified by itself, but tied to this other setting.
    TogetherWith(usize),
    /// The posterior is about as wide as the prior.
    NotIdentified,
}

impl Verdict {
    /// The verdict in words, with the names of the settings.
    ///
    /// ```
    /// use ecotone::stats::search::Verdict;
    /// let words = Verdict::TogetherWith(1).words(&["choice.beta_s", "choice.kappa"]);
    /// assert_eq!(words, "identified only in combination with choice.kappa");
    /// ```
    pub fn words(self, names: &[&str]) -> String {
        match self {
            Self::Identified => "identified".to_string(),
            Self::Weakly => "weakly identified".to_string(),
            Self::TogetherWith(other) => format!("identified only in combination with {}", names[other]),
            Self::NotIdentified => "not identified: about as uncertain as before".to_string(),
        }
    }
}

/// The verdict on the setting at an index, from its contraction, its row of the correlation matrix, and the
/// number of draws the sample is worth.
pub fn judge(contraction: f64, (own, correlations): (usize, &[f64]), effective: f64) -> Verdict {
    if contraction >= IDENTIFIED {
        return Verdict::Identified;
    }
    let others = correlations.iter().enumerate().filter(|(other, _)| *other != own);
    let closest = others.max_by(|left, right| left.1.abs().total_cmp(&right.1.abs()));
    let limit = UNIDENTIFIED.max(2.0 / sqrt(2.0 * effective.max(1.0)));
    match closest {
        Some((other, correlation)) if correlation.abs() > TOGETHER => Verdict::TogetherWith(other),
        _ if contraction < limit => Verdict::NotIdentified,
        _ => Verdict::Weakly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_where_they_are_said_to_be() {
        let at =
            |contraction, correlation, effective| judge(contraction, (0, &[1.0, correlation]), effective);
        assert_eq!(at(0.5, 0.95, 400.0), Verdict::Identified);
        assert_eq!(at(0.49, -0.81, 400.0), Verdict::TogetherWith(1));
        assert_eq!(at(0.49, 0.79, 400.0), Verdict::Weakly);
        assert_eq!(at(0.11, 0.0, 400.0), Verdict::Weakly);
        assert_eq!(at(0.09, 0.0, 400.0), Verdict::NotIdentified);
        // Fifty draws: two standard errors are 0.2.
        assert_eq!(at(0.19, 0.0, 50.0), Verdict::NotIdentified);
        assert_eq!(at(-0.2, 0.9, 50.0), Verdict::TogetherWith(1));
    }
}
