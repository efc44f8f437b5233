//! V10: where size alone attracts in proportion, early luck lasts, and shares end as those of Polya's urn.
//!
//! Users arrive one after the other and stay, each choosing by the program's own utility and luck. With a day an arrival
//! the protocol's sixty million days are too many for a test, so its arrivals are looped over here; fewer and shorter
//! runs go through the days of the engine.

use super::plain::{close, fits, plain, rehome, scenario};
use ecotone::dynamics::PHASES;
use ecotone::equations::utility::{Situation, Weights, tabulated};
use ecotone::maths::sqrt;
use ecotone::parallel::map_indices;
use ecotone::random::law::gumbel;
use ecotone::random::{Chance, NameKey, Purpose};
use ecotone::scenario::Scenario;
use ecotone::world::World;
use ecotone::world::founding::found;
use serde_json::json;
use statrs::distribution::{Beta, ContinuousCDF};

const RUNS: usize = 4000;
const ARRIVALS: u32 = 5000;

/// The first platform's share after all arrivals.
fn share_after(run: u32, start: [f64; 2], weights: &Weights) -> f64 {
    let (chance, keys) = (Chance::new(7, run), [NameKey::new("first"), NameKey::new("second")]);
    let mut users = start;
    for arrival in 0..ARRIVALS {
        let [luck, _] = chance.pair(arrival, 0, Purpose::Choice, 0);
        let all = users[0] + users[1];
        let score = |platform: usize| {
            let situation = Situation { share: users[platform] / all, ..Situation::default() };
            tabulated(&situation, weights) + gumbel(keys[platform].bits(luck))
        };
        let chosen = usize::from(score(1) > score(0));
        users[chosen] += 1.0;
    }
    users[0] / (users[0] + users[1])
}

fn shares(runs: usize, start: [f64; 2], installed_base: f64) -> Vec<f64> {
    let weights = Weights { installed_base, ..Weights::default() };
    let mut shares = map_indices(runs, |run| share_after(run as u32, start, &weights));
    shares.sort_by(f64::total_cmp);
    shares
}

fn variance(shares: &[f64]) -> f64 {
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    shares.iter().map(|share| (share - mean) * (share - mean)).sum::<f64>() / (shares.len() - 1) as f64
}

/// Kolmogorov and Smirnov's distance; 1.9495 / sqrt(n) is exceeded with probability 0.001 (Kolmogorov's law).
fn distance(shares: &[f64], law: &Beta) -> f64 {
    let (all, ranks) = (shares.len() as f64, shares.iter().enumerate());
    ranks.fold(0.0, |most: f64, (rank, &share)| {
        let expected = law.cdf(share);
        most.max((rank as f64 + 1.0) / all - expected).max(expected - rank as f64 / all)
    })
}

#[test]
fn shares_end_as_those_of_polyas_urn() {
    let cases = [([1.0, 1.0], 0.083_333_333_3), ([2.0, 1.0], 0.055_555_555_6), ([5.0, 5.0], 0.022_727_272_7)];
    for (start, expected) in cases {
        let shares = shares(RUNS, start, 1.0);
        let found = distance(&shares, &Beta::new(start[0], start[1]).expect("a law"));
        assert!(found < 1.9495 / sqrt(RUNS as f64), "from {start:?}: distance {found}");
        close(variance(&shares), expected, 0.05 * expected);
    }
}

/// V10: with an exponent below 1 shares become equal, above 1 one platform takes all.
#[test]
fn a_weaker_pull_of_size_evens_out_and_a_stronger_one_tips() {
    let even = shares(400, [1.0, 1.0], 0.5);
    assert!(even.iter().all(|share| (0.3..0.7).contains(share)), "{} to {}", even[0], even[399]);
    let tipped = shares(400, [1.0, 1.0], 2.0);
    let undecided = tipped.iter().filter(|&&share| (0.1..0.9).contains(&share)).count();
    assert!(undecided < 4, "{undecided} undecided");
}

/// One day, on which nobody but this user reconsiders.
fn arrive(world: &mut World, scenario: &Scenario, user: usize) {
    for phase in PHASES {
        (phase.run)(world, scenario);
        if phase.name == "candidates" {
            world.chunks[0].mark(user);
        }
    }
    world.day += 1;
}

/// A day of the engine an arrival: of 101 users two live on a platform each, the others outside come one by one.
/// After n arrivals at an urn that began with one of each, the first's arrivals are uniform on 0..=n (exact).
#[test]
fn a_day_an_arrival_the_engine_is_the_urn() {
    const RUNS: u32 = 1000;
    let mut settings = plain(101, 99, &[50.0, 50.0]);
    settings["choice"]["lambda_0"] = json!(0.0);
    settings["choice"]["beta_n"] = json!(1.0);
    let scenario = scenario(&settings);
    let ends = map_indices(RUNS as usize, |run| {
        let mut world = found(&scenario, run as u32);
        rehome(&mut world, |user| [1, 2, 0][user.min(2)]);
        (2..101).for_each(|user| arrive(&mut world, &scenario, user));
        assert_eq!(world.ledger.living(1) + world.ledger.living(2), 101);
        world.ledger.living(1) - 1
    });
    let mut counts = [0.0; 10];
    ends.iter().for_each(|&first| counts[first as usize / 10] += 1.0);
    fits(&counts, &[f64::from(RUNS) / 10.0; 10]);
}
