//! V12: random graphs have the degrees of their laws.

use super::plain::{close, close_share, duopoly, fits, power, scenario};
use ecotone::maths::{ln, sqrt};
use ecotone::random::Chance;
use ecotone::random::permutation::Permutation;
use ecotone::world::graph::Graph;
use serde_json::{Value, json};

const USERS: u32 = 100_000;
/// Graphs over which rare degrees are counted.
const GRAPHS: u32 = 40;

/// Neighbours of every user, sorted.
fn graph(users: u32, replication: u32, ties: &[(&str, Value)]) -> Vec<Vec<u32>> {
    let mut settings = duopoly(u64::from(users), 1);
    ties.iter().for_each(|(name, value)| settings["ties"][name] = value.clone());
    let graph = Graph::new(&scenario(&settings), Chance::new(7, replication), &Permutation::new(users, 1));
    let listed = |user| {
        let mut neighbours = Vec::new();
        graph.neighbours(user, |neighbour, _| neighbours.push(neighbour));
        neighbours.sort_unstable();
        neighbours
    };
    (0..users).map(listed).collect()
}

fn erdos_renyi(users: u32, replication: u32) -> Vec<Vec<u32>> {
    graph(users, replication, &[("kind", json!("erdos_renyi")), ("degree", json!(10))])
}

fn blocks(users: u32, replication: u32) -> Vec<Vec<u32>> {
    let means = [("within", json!(6.0)), ("between", json!(1.5)), ("block", json!(200))];
    graph(users, replication, &[&[("kind", json!("stochastic_block"))][..], &means].concat())
}

fn barabasi_albert(users: u32, replication: u32) -> Vec<Vec<u32>> {
    graph(users, replication, &[("kind", json!("barabasi_albert")), ("attachments", json!(4))])
}

fn count(neighbours: &[Vec<u32>], is_meant: impl Fn(usize) -> bool) -> f64 {
    neighbours.iter().filter(|list| is_meant(list.len())).count() as f64
}

#[test]
fn random_graphs_are_mutual_and_nobody_knows_herself() {
    for build in [erdos_renyi, blocks, barabasi_albert] {
        let neighbours = build(2000, 0);
        for (user, list) in neighbours.iter().enumerate() {
            for &neighbour in list {
                assert_ne!(neighbour as usize, user);
                let back = neighbours[neighbour as usize].iter().filter(|&&other| other as usize == user);
                assert_eq!(back.count(), list.iter().filter(|&&other| other == neighbour).count());
            }
        }
    }
}

#[test]
fn random_graphs_belong_to_their_replication() {
    for build in [erdos_renyi, blocks, barabasi_albert] {
        assert!(build(2000, 3) == build(2000, 3));
        assert!(build(2000, 3) != build(2000, 4));
    }
}

#[test]
fn independent_ties_are_never_double() {
    for neighbours in [erdos_renyi(USERS, 0), blocks(USERS, 0)] {
        assert!(neighbours.iter().all(|list| list.windows(2).all(|pair| pair[0] < pair[1])));
    }
}

/// In the limit the number of ties is Poisson; cells 0 to 2 and from 20 on are merged.
#[test]
fn degrees_of_independent_ties_are_poisson() {
    let neighbours = erdos_renyi(USERS, 0);
    let (mut law, mut probability) = (Vec::new(), ecotone::maths::exp(-10.0));
    for degree in 0..60 {
        law.push(probability * f64::from(USERS));
        probability *= 10.0 / f64::from(degree + 1);
    }
    let mut expected: Vec<f64> = vec![law[..3].iter().sum()];
    let mut found = vec![count(&neighbours, |degree| degree < 3)];
    for (degree, &probable) in law.iter().enumerate().take(20).skip(3) {
        expected.push(probable);
        found.push(count(&neighbours, |other| other == degree));
    }
    expected.push(law[20..].iter().sum());
    found.push(count(&neighbours, |degree| degree >= 20));
    fits(&found, &expected);
}

/// n (n - 1) (n - 2) / 6 p^3 triangles; clustering is p = 0.01001 (V12) whatever else.
#[test]
fn independent_ties_cluster_by_their_density() {
    let mut triangles = 0.0;
    for replication in 0..10 {
        let neighbours = erdos_renyi(1000, replication);
        for (user, list) in neighbours.iter().enumerate() {
            for (first, &one) in list.iter().enumerate().filter(|&(_, &one)| one as usize > user) {
                let known = &neighbours[one as usize];
                triangles +=
                    list[first + 1..].iter().filter(|two| known.binary_search(two).is_ok()).count() as f64;
            }
        }
    }
    let expected = 10.0 * 1000.0 * 999.0 * 998.0 / 6.0 * power(0.010_010_01, 3);
    // Triangles that share a tie are dependent: three ties of n others each add a twentieth to the variance.
    close(triangles, expected, 4.0 * sqrt(1.05 * expected));
}

#[test]
fn blocks_have_their_mean_ties_inside_and_outside() {
    let neighbours = blocks(USERS, 0);
    let inside = |user: usize, other: u32| user / 200 == other as usize / 200;
    let ties = |is_inside: bool| -> f64 {
        let lists = neighbours.iter().enumerate();
        lists
            .map(|(user, list)| list.iter().filter(|&&other| inside(user, other) == is_inside).count() as f64)
            .sum()
    };
    let users = f64::from(USERS);
    close(ties(true) / users, 6.0, 4.0 * sqrt(2.0 * 6.0 / users));
    close(ties(false) / users, 1.5, 4.0 * sqrt(2.0 * 1.5 / users));
}

/// 2 m (m + 1) / (k (k + 1) (k + 2)) with m = 4: within 5 % up to k = 32. The exponent of the tail by maximum
/// likelihood (Clauset, Shalizi and Newman 2009, equation 3.7) from k = 50 on: 3 within 0.15.
#[test]
fn preferential_attachment_has_its_law_of_degrees() {
    let mut counts = vec![0.0; USERS as usize];
    for replication in 0..GRAPHS {
        for list in barabasi_albert(USERS, replication) {
            counts[list.len()] += 1.0;
        }
    }
    let all = f64::from(GRAPHS) * f64::from(USERS);
    assert_eq!(counts[..4].iter().sum::<f64>(), 0.0);
    let law = [
        (4, 0.333_333_333_3),
        (5, 0.190_476_190_5),
        (8, 0.055_555_555_6),
        (16, 0.008_169_934_6),
        (32, 0.001_114_082),
    ];
    for (degree, expected) in law {
        close(counts[degree] / all, expected, 0.05 * expected);
    }
    let tail = counts.iter().enumerate().skip(50);
    let (number, logs) = tail.fold((0.0, 0.0), |(number, logs), (degree, count)| {
        (number + count, logs + count * ln(degree as f64 / 49.5))
    });
    close(1.0 + number / logs, 3.0, 0.15);
}

/// The most popular user's ties grow with the root of the market: ten times from 1,000 to 100,000 users. The
/// median over 40 graphs has a standard error of about 6 % on either side.
#[test]
fn hubs_grow_with_the_root_of_the_market() {
    let median = |users| {
        let largest =
            |replication| barabasi_albert(users, replication).iter().map(Vec::len).max().expect("users");
        let mut largest: Vec<usize> = (0..GRAPHS).map(largest).collect();
        largest.sort_unstable();
        largest[GRAPHS as usize / 2] as f64
    };
    close(median(100_000) / median(1000), 10.0, 3.4);
}

/// A third of users have four ties, and a third of those with low numbers too, which panels are made of.
#[test]
fn user_numbers_say_nothing_about_ties() {
    let neighbours = barabasi_albert(USERS, 0);
    let panel = &neighbours[..10_000];
    close_share(count(panel, |degree| degree == 4) / 10_000.0, 1.0 / 3.0, 10_000);
}
