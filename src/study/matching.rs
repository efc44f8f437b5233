//! The search for the constant of a platform under which it ends with a wanted share of users.

/// Rounds of the search.
pub const ROUNDS: usize = 8;
/// Difference of shares that counts as matched.
pub const MATCHED: f64 = 0.002;
/// Longest step of alpha in one round, nats.
const STEP: f64 = 1.5;
/// Least slope of the share's log-odds over alpha that is believed.
const FLATTEST: f64 = 0.1;

/// What is known of the constant that matches a share: where it is too low and where too high.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bracket {
    low: Option<(f64, f64)>,
    high: Option<(f64, f64)>,
    last: Option<(f64, f64)>,
}

impl Bracket {
    /// The next constant to try: between the ends of the bracket on the log-odds of the share, or a step along
    /// the slope of the last two tries, at first that of a logit.
    pub fn next(&mut self, alpha: f64, share: f64, target: f64) -> f64 {
        let miss = log_odds(share) - log_odds(target);
        let slope = self.last.map(|(before, missed)| (miss - missed) / (alpha - before));
        // Chance can flatten or turn a slope; a step along it would lead astray.
        let slope = slope.filter(|slope| slope.is_finite() && *slope > FLATTEST).unwrap_or(1.0);
        self.last = Some((alpha, miss));
        *(if miss < 0.0 { &mut self.low } else { &mut self.high }) = Some((alpha, miss));
        match (self.low, self.high) {
            (Some((a, below)), Some((b, above))) => {
                let within = (a * above - b * below) / (above - below);
                // Kept off the ends, so that a bent curve cannot stall the search.
                within.clamp(a.min(b) + 0.1 * (a - b).abs(), a.max(b) - 0.1 * (a - b).abs())
            }
            _ => alpha - (miss / slope).clamp(-STEP, STEP),
        }
    }
}

fn log_odds(share: f64) -> f64 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    crate::maths::ln(share / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_matches_a_share_that_bends() {
        // A share with its own slope and a target at both ends; 8 rounds are what a study grants.
        for (slope, target) in [(0.4, 0.5), (1.0, 0.02), (2.5, 0.9), (0.7, 0.3)] {
            let share = |alpha: f64| 1.0 / (1.0 + crate::maths::exp(-slope * (alpha - 0.3) - 0.05 * alpha));
            let (mut alpha, mut bracket) = (-2.0, Bracket::default());
            let mut rounds = 0;
            while (share(alpha) - target).abs() > MATCHED {
                alpha = bracket.next(alpha, share(alpha), target);
                rounds += 1;
                assert!(rounds <= ROUNDS, "slope {slope}, target {target}: at {}", share(alpha));
            }
        }
    }
}
