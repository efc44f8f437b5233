//! Promise: every estimator gives the published or independently computed number.
//!
//! Case numbers (V05 ...) are those of the project's verification list; its numbers come from the papers
//! named beside them or from independent calculations in Python.

use ecotone::stats::bca::{Plan, bca};
use ecotone::stats::competing::aalen_johansen;
use ecotone::stats::intervals::{replications_needed, t_critical, t_interval, wilson};
use ecotone::stats::lifetime::{discounted_lifetime, geometric_value};
use ecotone::stats::lives::Lives;
use ecotone::stats::niche;
use ecotone::stats::retention_fit::{Cycles, RetentionFit, fit_bdw, fit_sbg};
use ecotone::stats::survival::{Scale, Survival, kaplan_meier, log_rank};

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} ± {tolerance}");
}

/// Lives from (age, cause) pairs; cause 0 is censored; all enter at age 0.
fn lives(causes: usize, pairs: &[(usize, usize)]) -> Lives {
    let ages = pairs.iter().map(|&(age, _)| age).max().unwrap_or(0) + 1;
    let mut lives = Lives::new(causes, ages);
    lives.entries[0] = pairs.len() as u64;
    for &(age, cause) in pairs {
        if cause == 0 {
            lives.censored[age] += 1;
        } else {
            lives.ends[cause - 1][age] += 1;
        }
    }
    lives
}

/// Remission times of Freireich et al. 1963, 6-mercaptopurine, weeks.
fn six_mercaptopurine() -> Lives {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|age| (age, 1));
    let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|age| (age, 0));
    lives(1, &[ended.as_slice(), censored.as_slice()].concat())
}

/// Remission times of Freireich et al. 1963, placebo, weeks.
fn placebo() -> Lives {
    let ages = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    lives(1, &ages.map(|age| (age, 1)))
}

/// V05: Fader and Hardie 2007, retention by year in percent, first seven renewals.
fn cycles(percent: [f64; 8]) -> Cycles {
    let alive = percent.map(|share| (share * 10.0).round() as u64);
    let ended = (0..8).map(|cycle| if cycle == 0 { 0 } else { alive[cycle - 1] - alive[cycle] }).collect();
    let censored = (0..8).map(|cycle| if cycle == 7 { alive[7] } else { 0 }).collect();
    Cycles { ended, censored }
}

const HIGH_END: [f64; 8] = [100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1];
const REGULAR: [f64; 8] = [100.0, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1];

#[test]
fn v05_sbg_finds_the_published_parameters() {
    let high_end = fit_sbg(&cycles(HIGH_END)).unwrap();
    close(high_end.alpha, 0.668088, 2e-5);
    close(high_end.beta, 3.806095, 1e-4);
    close(high_end.log_likelihood, -1611.1581, 1e-4);
    for (cycle, expected) in [(1, 0.85067926), (7, 0.48890641), (12, 0.37799907)] {
        close(high_end.survival(cycle), expected, 1e-6);
    }
    let regular = fit_sbg(&cycles(REGULAR)).unwrap();
    close(regular.alpha, 0.704077, 2e-5);
    close(regular.beta, 1.182043, 5e-5);
    close(regular.log_likelihood, -1680.2652, 1e-4);
    for (cycle, expected) in [(1, 0.62670605), (7, 0.23902362), (12, 0.17003746)] {
        close(regular.survival(cycle), expected, 1e-6);
    }
}

#[test]
fn v05_sbg_of_five_points() {
    // Counts 1000, 631, 468, 382, 326.
    let cycles = Cycles { ended: vec![0, 369, 163, 86, 56], censored: vec![0, 0, 0, 0, 326] };
    let fit = fit_sbg(&cycles).unwrap();
    close(fit.alpha, 0.763665, 2e-5);
    close(fit.beta, 1.29583, 5e-5);
    close(fit.log_likelihood, -1401.5594, 1e-4);
}

#[test]
fn v05_bdw_finds_the_published_parameters() {
    let high_end = fit_bdw(&cycles(HIGH_END)).unwrap();
    close(high_end.alpha, 0.21425, 2e-4);
    close(high_end.beta, 1.42657, 1e-3);
    close(high_end.c, 1.72356, 1e-3);
    close(high_end.log_likelihood, -1605.3142, 1e-4);
    close(high_end.survival(12), 0.40393, 1e-5);
    let regular = fit_bdw(&cycles(REGULAR)).unwrap();
    close(regular.alpha, 0.45561, 2e-4);
    close(regular.beta, 0.77933, 2e-4);
    close(regular.c, 1.28345, 2e-4);
    close(regular.log_likelihood, -1679.6028, 1e-4);
    close(regular.survival(12), 0.177331, 1e-5);
}

#[test]
fn v05_sbg_with_uniform_leaving_is_one_over_t_plus_one() {
    let fit = RetentionFit { alpha: 1.0, beta: 1.0, c: 1.0, log_likelihood: 0.0 };
    for cycle in 0..6 {
        close(fit.survival(cycle), 1.0 / (cycle as f64 + 1.0), 1e-12);
    }
}

#[test]
fn sbg_of_members_who_are_all_alike_gives_their_geometric_curve() {
    // Everybody leaves with probability 0.05 a cycle: S(12) = 0.95^12 = 0.5403600877 (V05).
    let mut alive = 1e9_f64;
    let mut cycles = Cycles { ended: vec![0], censored: vec![0] };
    for _ in 0..8 {
        cycles.ended.push((alive * 0.05).round() as u64);
        cycles.censored.push(0);
        alive *= 0.95;
    }
    cycles.censored[8] = alive.round() as u64;
    close(fit_sbg(&cycles).unwrap().survival(12), 0.5403600877, 1e-4);
}

#[test]
fn nobody_leaving_is_not_fitted() {
    let cycles = Cycles { ended: vec![0, 0, 0], censored: vec![0, 5, 7] };
    assert!(fit_sbg(&cycles).is_none() && fit_bdw(&cycles).is_none());
}

/// Age, at risk, S, standard error, log-log, plain, log intervals at 95 %.
type Row = (usize, u64, [f64; 8]);

fn has_rows(curve: &Survival, expected: &[Row]) {
    for &(age, at_risk, numbers) in expected {
        assert_eq!(curve.at_risk[age], at_risk);
        let [loglog, plain, log] =
            [Scale::LogLog, Scale::Plain, Scale::Log].map(|scale| curve.interval(age, 0.95, scale));
        let (survival, error) = (curve.survival[age], curve.standard_error(age));
        let found = [survival, error, loglog.0, loglog.1, plain.0, plain.1, log.0, log.1];
        for (found, expected) in found.into_iter().zip(numbers) {
            close(found, expected, 1e-6);
        }
    }
}

#[test]
fn v07_kaplan_meier_of_six_mercaptopurine() {
    let expected = [
        (6, 21, [0.85714286, 0.07636035, 0.619718, 0.951552, 0.707479, 1.0, 0.719817, 1.0]),
        (7, 17, [0.80672269, 0.08693529, 0.563147, 0.922809, 0.636333, 0.977113, 0.653124, 0.996444]),
        (10, 15, [0.75294118, 0.09634965, 0.5032, 0.889362, 0.564099, 0.941783, 0.585919, 0.967575]),
        (13, 12, [0.69019608, 0.10681471, 0.43161, 0.849066, 0.480843, 0.899549, 0.509613, 0.934769]),
        (16, 11, [0.62745098, 0.11405387, 0.367511, 0.804912, 0.40391, 0.850992, 0.439394, 0.895995]),
        (22, 7, [0.53781513, 0.12823375, 0.267779, 0.746791, 0.286482, 0.789149, 0.337037, 0.858201]),
        (23, 6, [0.44817927, 0.13459146, 0.188052, 0.680143, 0.184385, 0.711974, 0.248788, 0.807372]),
    ];
    let curve = kaplan_meier(&six_mercaptopurine());
    has_rows(&curve, &expected);
    assert_eq!(curve.median(), Some(23));
}

#[test]
fn v07_kaplan_meier_of_placebo_falls_to_zero() {
    let expected = [
        (1, 21, [0.9047619, 0.06405645, 0.670046, 0.975294, 0.779214, 1.0, 0.787535, 1.0]),
        (2, 19, [0.80952381, 0.08568909, 0.568905, 0.923889, 0.641576, 0.977471, 0.657853, 0.996163]),
        (3, 17, [0.76190476, 0.09294286, 0.519391, 0.893257, 0.57974, 0.944069, 0.59988, 0.967691]),
        (4, 16, [0.66666667, 0.1028689, 0.42535, 0.825044, 0.465047, 0.868286, 0.492681, 0.902094]),
        (5, 14, [0.57142857, 0.10798985, 0.337977, 0.749241, 0.359772, 0.783085, 0.394548, 0.827607]),
        (8, 12, [0.38095238, 0.10597117, 0.183067, 0.577789, 0.173253, 0.588652, 0.220845, 0.657133]),
        (11, 8, [0.28571429, 0.09858079, 0.116561, 0.48182, 0.092499, 0.478929, 0.145291, 0.561855]),
        (12, 6, [0.19047619, 0.08568909, 0.059482, 0.377435, 0.022529, 0.358424, 0.07887, 0.460012]),
        (15, 4, [0.14285714, 0.07636035, 0.035657, 0.321162, 0.0, 0.292521, 0.050109, 0.407276]),
        (17, 3, [0.0952381, 0.06405645, 0.016259, 0.26125, 0.0, 0.220786, 0.025486, 0.355896]),
        (22, 2, [0.04761905, 0.04647143, 0.003324, 0.197045, 0.0, 0.138701, 0.007032, 0.322454]),
    ];
    let curve = kaplan_meier(&placebo());
    has_rows(&curve, &expected);
    assert_eq!(curve.survival[23], 0.0);
    assert_eq!(curve.standard_error(23), 0.0);
    assert!(curve.interval(23, 0.95, Scale::LogLog).0.is_nan());
    assert_eq!(curve.median(), Some(8));
}

#[test]
fn v07_log_rank() {
    let test = log_rank(&six_mercaptopurine(), &placebo());
    assert_eq!(test.observed, 9.0);
    close(test.expected, 19.250501, 1e-6);
    close(test.variance, 6.256961, 1e-6);
    close(test.chi_square, 16.792941, 1e-6);
}

#[test]
fn delayed_entry_counts_a_life_from_its_entry_on() {
    // lifelines 0.30.3, KaplanMeierFitter with `entry`, gives the same survival function.
    let mut lives = Lives::new(1, 9);
    lives.entries = vec![3, 0, 2, 0, 1, 0, 0, 0, 0];
    lives.ends[0] = vec![0, 0, 1, 1, 0, 1, 0, 1, 0];
    lives.censored = vec![0, 0, 0, 0, 0, 0, 1, 0, 1];
    let curve = kaplan_meier(&lives);
    assert_eq!(curve.at_risk, [3, 3, 3, 4, 3, 4, 3, 2, 1]);
    // 2/3, · 3/4, · 3/4, · 1/2
    close(curve.survival[2], 2.0 / 3.0, 1e-12);
    close(curve.survival[3], 0.5, 1e-12);
    close(curve.survival[5], 0.375, 1e-12);
    close(curve.survival[8], 0.1875, 1e-12);
}

#[test]
fn v08_aalen_johansen_by_hand() {
    let pairs = [(1, 1), (2, 2), (2, 0), (3, 1), (4, 2), (4, 1), (5, 0), (6, 1), (7, 0), (8, 2)];
    let lives = lives(2, &pairs);
    let (incidence, curve) = (aalen_johansen(&lives), kaplan_meier(&lives));
    let expected = [
        (1, 10, 0.9, 0.1, 0.0),
        (2, 9, 0.8, 0.1, 0.1),
        (3, 7, 0.6857142857, 0.2142857143, 0.1),
        (4, 6, 0.4571428571, 0.3285714286, 0.2142857143),
        (5, 4, 0.4571428571, 0.3285714286, 0.2142857143),
        (6, 3, 0.3047619048, 0.480952381, 0.2142857143),
        (7, 2, 0.3047619048, 0.480952381, 0.2142857143),
        (8, 1, 0.0, 0.480952381, 0.519047619),
    ];
    for (age, at_risk, survival, first, second) in expected {
        assert_eq!(curve.at_risk[age], at_risk);
        close(curve.survival[age], survival, 1e-9);
        close(incidence[0][age], first, 1e-9);
        close(incidence[1][age], second, 1e-9);
    }
}

#[test]
fn v08_aalen_johansen_of_constant_hazards() {
    // 10^15 lives, hazards 0.004 (switch) and 0.006 (quit) a day.
    let mut lives = Lives::new(2, 366);
    let mut alive = 1_000_000_000_000_000_u64;
    lives.entries[0] = alive;
    for age in 1..=365 {
        lives.ends[0][age] = (alive as f64 * 0.004).round() as u64;
        lives.ends[1][age] = (alive as f64 * 0.006).round() as u64;
        alive -= lives.all_ends(age);
    }
    lives.censored[365] = alive;
    let (incidence, curve) = (aalen_johansen(&lives), kaplan_meier(&lives));
    let expected = [
        (30, 0.7397003734, 0.1041198506, 0.156179776),
        (90, 0.4047319727, 0.2381072109, 0.3571608164),
        (180, 0.1638079697, 0.3344768121, 0.5017152182),
        (365, 0.0255179645, 0.3897928142, 0.5846892213),
    ];
    for (age, survival, switched, quit) in expected {
        close(curve.survival[age], survival, 1e-9);
        close(incidence[0][age], switched, 1e-9);
        close(incidence[1][age], quit, 1e-9);
    }
}

#[test]
fn v13_niche_indices() {
    let (a, b) = ([0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]);
    close(niche::levins(&a), 3.3333333333, 1e-9);
    close(niche::levins_standardised(&a), 0.7777777778, 1e-9);
    close(niche::pianka(&a, &b), 0.6666666667, 1e-9);
    close(niche::macarthur_levins(&a, &b), 0.6666666667, 1e-9);
    close(niche::schoener(&a, &b), 0.6, 1e-9);
    close(niche::morisita_horn(&a, &b), 0.6666666667, 1e-9);
    close(niche::herfindahl(&a), 3000.0, 1e-9);
    // Two platforms with 556 and 205.9 million users.
    close(niche::herfindahl(&niche::shares(&[556.0, 205.9])), 6055.7432, 5e-5);
}

#[test]
fn macarthur_levins_overlap_is_not_symmetric() {
    // A specialist inside a generalist's niche: 0.5 / 1 against 0.5 / 0.5.
    let (specialist, generalist) = ([1.0, 0.0], [0.5, 0.5]);
    close(niche::macarthur_levins(&specialist, &generalist), 0.5, 1e-12);
    close(niche::macarthur_levins(&generalist, &specialist), 1.0, 1e-12);
}

#[test]
fn niche_indices_of_nothing_are_not_defined() {
    let nothing = niche::shares(&[0.0, 0.0]);
    assert!(niche::levins(&nothing).is_nan());
    assert!(niche::pianka(&nothing, &[0.5, 0.5]).is_nan());
    assert!(niche::levins_standardised(&[1.0]).is_nan());
    assert!(niche::effective_number(&[]).is_nan());
}

#[test]
fn v16_lifetime_value() {
    close(geometric_value(4.8, 0.96, 0.01), 96.96, 1e-8);
    close(geometric_value(4.8, 0.96, 0.0), 120.0, 1e-8);
    // The case states alpha and beta to six decimals and the sum for their unrounded values.
    close(discounted_lifetime(0.668088, 3.806095, 0.1), 5.92225506, 1e-5);
}

#[test]
fn discounted_lifetime_is_the_hypergeometric_function() {
    // scipy 1.17.1, special.hyp2f1(1, beta, alpha + beta, 1 / (1 + discount)).
    let expected = [
        (0.668088, 3.806095, 0.1, 5.922255064284868),
        (0.704077, 1.182043, 0.01, 9.417243157602936),
        (0.3, 2.0, 0.005, 60.54994205085473),
        (2.5, 1.0, 0.002, 1.6606638597799657),
    ];
    for (alpha, beta, discount, cycles) in expected {
        close(discounted_lifetime(alpha, beta, discount), cycles, 1e-8);
    }
}

#[test]
fn lifetime_without_a_limit_is_not_defined() {
    assert!(discounted_lifetime(0.9, 2.0, 0.0).is_nan());
    assert!(geometric_value(1.0, 1.0, 0.0).is_nan());
    // (alpha + beta - 1) / (alpha - 1)
    close(discounted_lifetime(3.0, 2.0, 0.0), 2.0, 1e-12);
}

#[test]
fn v17_replications() {
    let expected = [
        (5, 2.7764451052),
        (10, 2.2621571628),
        (20, 2.0930240544),
        (30, 2.0452296421),
        (50, 2.0095752371),
        (100, 1.9842169516),
    ];
    for (count, critical) in expected {
        close(t_critical(count, 0.95), critical, 1e-8);
    }
    assert_eq!(replications_needed(2.0, 0.5, 0.95), Some(64));
    assert_eq!(replications_needed(1.0, 0.1, 0.95), Some(387));
    let share = wilson(214, 1000, 0.95);
    close(share.low, 0.1897000852, 1e-8);
    close(share.high, 0.2404888206, 1e-8);
}

#[test]
fn one_replication_has_a_mean_and_no_interval() {
    let band = t_interval(&[7.0], 0.95);
    assert_eq!(band.point, 7.0);
    assert!(band.low.is_nan() && band.high.is_nan());
    assert!(t_interval(&[], 0.95).point.is_nan());
}

#[test]
fn bca_interval_of_every_possible_resample() {
    // All 5^5 resamples of a ratio of sums. scipy 1.17.1, stats._resampling._bca_interval, and the linear
    // percentiles of numpy 2.4.6.
    let numerators = [1.13, 2.57, 3.31, 7.19, 11.83];
    let denominators = [2.07, 1.91, 4.23, 5.39, 6.61];
    let ratio = |sample: &[usize]| {
        let sum = |amounts: [f64; 5]| sample.iter().map(|&at| amounts[at]).sum::<f64>();
        sum(numerators) / sum(denominators)
    };
    let digit = |resample: u64, position: usize| (resample / 5_u64.pow(position as u32) % 5) as usize;
    let expected =
        [(0.90, 0.9260486401225256, 1.6459470810583787), (0.95, 0.8785890073831009, 1.6719745144141884)];
    for (confidence, low, high) in expected {
        let band = bca(Plan { count: 5, resamples: 3125, confidence }, ratio, digit);
        close(band.point, 1.2879762493814944, 1e-12);
        close(band.low, low, 1e-6);
        close(band.high, high, 1e-6);
    }
}

#[test]
fn bca_interval_of_a_ratio_of_means_over_replications() {
    // scipy 1.17.1, stats.bootstrap(paired=True, method="BCa") on the distribution of these 999 resamples.
    let revenue = [21.4, 18.9, 35.2, 27.7, 19.3, 44.1, 23.8, 30.5, 16.2, 25.9, 61.3, 22.6];
    let payers = [4.1, 3.8, 5.2, 4.9, 4.4, 6.3, 3.9, 5.6, 3.7, 4.2, 7.9, 4.0];
    let ratio = |sample: &[usize]| {
        let sum = |amounts: [f64; 12]| sample.iter().map(|&at| amounts[at]).sum::<f64>();
        sum(revenue) / sum(payers)
    };
    // Resamples from the linear congruence x' = 1103515245 x + 12345 mod 2^31, upper 23 bits, begun at 777.
    let mut state = 777_u64;
    let mut next = || {
        state = (1_103_515_245 * state + 12_345) % (1 << 31);
        (((state >> 8) as f64 / 8_388_608.0) * 12.0) as usize
    };
    let picks: Vec<usize> = (0..999 * 12).map(|_| next()).collect();
    let expected = [
        (0.90, 5.495927133442942, 6.607865407553847),
        (0.95, 5.422704432583515, 6.692372011754201),
        (0.99, 5.2794032504593735, 6.900405174087031),
    ];
    for (confidence, low, high) in expected {
        let plan = Plan { count: 12, resamples: 999, confidence };
        let band = bca(plan, ratio, |resample, position| picks[resample as usize * 12 + position]);
        close(band.point, 5.98103448275862, 1e-12);
        close(band.low, low, 1e-9);
        close(band.high, high, 1e-9);
    }
}
