//! V19: the geometric skips are Bernoulli trials, and trials of different days are independent.

use crate::plain::{close, fits, power};
use ecotone::maths::sqrt;
use ecotone::random::skip::skip;
use ecotone::random::{Chance, Purpose};

const LAMBDA: f64 = 1.0 / 30.0;
const LENGTH: usize = 65_536;

/// Hits of a chunk on a day.
fn hits(chunk: u32, day: u32) -> Vec<usize> {
    let mut hits = Vec::new();
    skip(Chance::new(7, 0), (chunk, day, Purpose::Spontaneous), LAMBDA, LENGTH, |at| hits.push(at));
    hits
}

/// Chunks laid end to end are one sequence of trials, so gaps run across their borders. Bernoulli trials have
/// Pr(gap = g) = lambda (1 - lambda)^(g - 1), mean 30, variance 870.
#[test]
fn gaps_are_those_of_bernoulli_trials() {
    const LONGEST: usize = 200;
    let mut counts = vec![0.0; LONGEST + 1];
    let (mut previous, mut total, mut sum, mut squares) = (None, 0.0, 0.0, 0.0);
    for chunk in 0..500 {
        for hit in hits(chunk, 3) {
            let at = chunk as usize * LENGTH + hit;
            if let Some(before) = previous.replace(at) {
                let gap: usize = at - before;
                counts[gap.min(LONGEST + 1) - 1] += 1.0;
                total += 1.0;
                sum += gap as f64;
                squares += (gap * gap) as f64;
            }
        }
    }
    let mut expected: Vec<f64> = (0..LONGEST).map(|gap| total * LAMBDA * power(1.0 - LAMBDA, gap)).collect();
    expected.push(total * power(1.0 - LAMBDA, LONGEST));
    fits(&counts, &expected);
    let mean = sum / total;
    close(mean, 30.0, 4.0 * sqrt(870.0 / total));
    // The geometric law has an excess kurtosis of 6 + lambda^2 / (1 - lambda).
    close(squares / total - mean * mean, 870.0, 4.0 * 870.0 * sqrt(8.0 / total));
}

#[test]
fn picks_of_a_chunk_are_binomial() {
    const CHUNKS: u32 = 2000;
    let counts: Vec<f64> = (0..CHUNKS).map(|chunk| hits(chunk, 5).len() as f64).collect();
    let mean = counts.iter().sum::<f64>() / f64::from(CHUNKS);
    close(mean, 2_184.533_333_333, 4.0 * 45.953_406_354_2 / sqrt(f64::from(CHUNKS)));
    let variance = counts.iter().map(|n| (n - mean) * (n - mean)).sum::<f64>() / f64::from(CHUNKS - 1);
    let expected = 45.953_406_354_2 * 45.953_406_354_2;
    close(variance, expected, 4.0 * expected * sqrt(2.0 / f64::from(CHUNKS)));
}

#[test]
fn every_position_is_hit_alike() {
    let mut counts = vec![0.0; 64];
    for chunk in 0..500 {
        hits(chunk, 9).into_iter().for_each(|at| counts[at / (LENGTH / 64)] += 1.0);
    }
    fits(&counts, &[500.0 * LENGTH as f64 / 64.0 * LAMBDA; 64]);
}

/// Of the positions hit today lambda are hit tomorrow, and the number of hits today says nothing of tomorrow's.
#[test]
fn days_are_independent() {
    const DAYS: u32 = 1000;
    let days: Vec<Vec<usize>> = (0..DAYS).map(|day| hits(1, day)).collect();
    let (mut both, mut first) = (0.0, 0.0);
    for pair in days.windows(2) {
        both += pair[0].iter().filter(|at| pair[1].binary_search(at).is_ok()).count() as f64;
        first += pair[0].len() as f64;
    }
    close(both / first, LAMBDA, 4.0 * sqrt(LAMBDA * (1.0 - LAMBDA) / first));
    let deviations: Vec<f64> = days.iter().map(|hits| hits.len() as f64 - 2_184.533_333_333).collect();
    let covariance: f64 = deviations.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let variance: f64 = deviations.iter().map(|d| d * d).sum();
    close(covariance / variance, 0.0, 4.0 / sqrt(f64::from(DAYS)));
}

/// V19: Pr(not reconsidered in 90 days) = (29 / 30)^90 = .0473.
#[test]
fn some_are_left_alone_for_a_season() {
    let mut left_alone = vec![true; LENGTH];
    for day in 0..90 {
        hits(4, day).into_iter().for_each(|at| left_alone[at] = false);
    }
    let share = left_alone.iter().filter(|&&alone| alone).count() as f64 / LENGTH as f64;
    crate::plain::close_share(share, 0.047_304_982_5, LENGTH as u64);
}

#[test]
fn certain_and_impossible_trials_need_no_luck() {
    for (probability, expected) in [(0.0, 0), (1.0, LENGTH)] {
        let mut count = 0;
        skip(Chance::new(7, 0), (0, 0, Purpose::Exposure), probability, LENGTH, |_| count += 1);
        assert_eq!(count, expected);
    }
}
