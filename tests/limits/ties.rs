//! V12: the graphs have the clustering, path lengths and randomness of their kind.

use crate::plain::{close, duopoly, fits, scenario};
use ecotone::maths::sqrt;
use ecotone::random::permutation::Permutation;
use ecotone::random::{Chance, Purpose};
use ecotone::world::graph::{Graph, Layer, Stored};
use serde_json::json;
use std::collections::VecDeque;

const USERS: u32 = 100_000;

/// Distinct neighbours of every user, sorted.
type Neighbours = Vec<Vec<u32>>;

fn ring(users: u32, degree: u32, rewiring: f64) -> Neighbours {
    let stored = Stored::ring(users, degree, rewiring, Chance::new(7, 0));
    (0..users).map(|user| distinct(stored.neighbours(user).to_vec())).collect()
}

/// The matching graph of a scenario.
fn matchings(users: u32, friends: u32, taste: u32, block: u32) -> Graph {
    let mut settings = duopoly(u64::from(users), 1);
    settings["ties"]["k_friends"] = json!(friends);
    settings["ties"]["k_taste"] = json!(taste);
    settings["ties"]["block"] = json!(block);
    let chance = Chance::new(7, 0);
    let order = Permutation::new(users, chance.pair(0, 0, Purpose::Type, 0)[0]);
    Graph::new(&scenario(&settings), chance, &order)
}

/// Neighbours of a user in the order of the matchings; none is missing where sizes are even.
fn listed(graph: &Graph, user: u32) -> Vec<u32> {
    let mut listed = Vec::new();
    graph.neighbours(user, |neighbour, _| listed.push(neighbour));
    listed
}

fn distinct(mut neighbours: Vec<u32>) -> Vec<u32> {
    neighbours.sort_unstable();
    neighbours.dedup();
    neighbours
}

fn all(graph: &Graph, users: u32) -> Neighbours {
    (0..users).map(|user| distinct(listed(graph, user))).collect()
}

/// Triangles: for each tie the neighbours that both ends share, each triangle counted at its least corner.
fn triangles(neighbours: &Neighbours) -> f64 {
    let above = |list: &[u32], user: u32| list.partition_point(|&other| other <= user);
    let mut count = 0;
    for (user, list) in neighbours.iter().enumerate() {
        let own = &list[above(list, user as u32)..];
        for &middle in own {
            let theirs = &neighbours[middle as usize];
            let later = &theirs[above(theirs, middle)..];
            count += later.iter().filter(|last| own.binary_search(last).is_ok()).count();
        }
    }
    count as f64
}

/// Ties among the neighbours of a user of `degree`, over the pairs of neighbours.
fn clustering(neighbours: &Neighbours, degree: f64) -> f64 {
    3.0 * triangles(neighbours) / (neighbours.len() as f64 * degree * (degree - 1.0) / 2.0)
}

/// Steps from a user to every other.
fn distances(neighbours: &Neighbours, from: u32) -> Vec<Option<u32>> {
    let mut steps = vec![None; neighbours.len()];
    steps[from as usize] = Some(0);
    let mut queue = VecDeque::from([(from, 0)]);
    while let Some((user, so_far)) = queue.pop_front() {
        for &neighbour in &neighbours[user as usize] {
            if steps[neighbour as usize].is_none() {
                steps[neighbour as usize] = Some(so_far + 1);
                queue.push_back((neighbour, so_far + 1));
            }
        }
    }
    steps
}

#[test]
fn rings_cluster_by_their_degree() {
    let cases = [(4, 0.5), (6, 0.6), (10, 0.666_666_666_7), (16, 0.7), (20, 0.710_526_315_8)];
    for (degree, expected) in cases {
        close(clustering(&ring(1000, degree, 0.0), f64::from(degree)), expected, 1e-9);
    }
}

/// C(p) = C(0) (1 - p)^3 is exact for the ties among neighbours over the pairs that an unrewired user has
/// (Barrat and Weigt 2000); rewiring spreads the degrees, whose variance is (k / 2) p (2 - p).
#[test]
fn rewired_rings_lose_their_clustering_with_the_cube() {
    for (rewiring, expected) in [(0.01, 0.646_866), (0.1, 0.486), (0.3, 0.228_666_666_7)] {
        let neighbours = ring(USERS, 10, rewiring);
        close(clustering(&neighbours, 10.0), expected, 0.01 * expected);
        let degrees = neighbours.iter().map(|list| list.len() as f64);
        let variance =
            degrees.map(|degree| (degree - 10.0) * (degree - 10.0)).sum::<f64>() / f64::from(USERS);
        close(variance, 5.0 * rewiring * (2.0 - rewiring), 0.02 * 5.0);
    }
}

#[test]
fn the_ring_has_its_exact_path_length() {
    let neighbours = ring(1000, 10, 0.0);
    let mut total = 0;
    for from in 0..1000 {
        total += distances(&neighbours, from).into_iter().flatten().sum::<u32>();
    }
    close(f64::from(total) / (1000.0 * 999.0), 50.450_450_450_5, 1e-9);
}

#[test]
fn matchings_are_regular_and_mutual() {
    let graph = matchings(USERS, 8, 8, 200);
    for user in 0..USERS {
        let neighbours = listed(&graph, user);
        assert_eq!(neighbours.len(), 16);
        for neighbour in neighbours {
            assert_ne!(neighbour, user);
            let back = listed(&graph, neighbour).into_iter().filter(|&other| other == user).count();
            let there = listed(&graph, user).into_iter().filter(|&other| other == neighbour).count();
            assert_eq!(back, there);
        }
    }
}

/// A union of k random matchings has k (k - 1) (k - 2) / 6 = 560 triangles for k = 16 whatever the number of
/// users (a random regular graph has (k - 1)^3 / 6 = 562.5, V12); the law is near Poisson. Half of the
/// matchings act in one block that is the whole market. Four standard deviations are 95.
#[test]
fn global_matchings_have_the_triangles_of_a_random_regular_graph() {
    let neighbours = all(&matchings(USERS, 16, 0, USERS), USERS);
    close(triangles(&neighbours), 562.5, 4.0 * sqrt(562.5));
}

/// Four of eight matchings act in blocks of n = 200: a block has 4 (1 - 1 / (n - 1)^2) triangles of them; all
/// others need a chance of 1 / N, together (8 7 6 - 4 3 2) / 6 = 52.
#[test]
fn blocks_cluster_as_small_random_graphs_do() {
    let neighbours = all(&matchings(USERS, 8, 0, 200), USERS);
    let expected = f64::from(USERS / 200) * 4.0 * (1.0 - 1.0 / (199.0 * 199.0)) + 52.0;
    close(triangles(&neighbours), expected, 4.0 * sqrt(expected));
}

/// Taste matchings act in clubs of 1,000 users next to each other in the order of tastes: eight matchings have
/// 8 7 6 / 6 = 56 triangles in each of 100 clubs.
#[test]
fn clubs_cluster_by_taste() {
    let graph = matchings(USERS, 0, 8, 200);
    let neighbours = all(&graph, USERS);
    let expected = f64::from(USERS / 1000) * 56.0;
    close(triangles(&neighbours), expected, 4.0 * sqrt(expected));
    let chance = Chance::new(7, 0);
    let order = Permutation::new(USERS, chance.pair(0, 0, Purpose::Type, 0)[0]);
    for user in (0..USERS).step_by(97) {
        graph.neighbours(user, |neighbour, layer| {
            assert_eq!(layer, Layer::Taste);
            assert_eq!(order.apply(user) / 1000, order.apply(neighbour) / 1000);
        });
    }
}

#[test]
fn everybody_is_connected_to_everybody() {
    let neighbours = all(&matchings(USERS, 8, 8, 200), USERS);
    assert!(distances(&neighbours, 0).iter().all(Option::is_some));
}

/// The expected distance to a random partner: uniform on the circle of users. Each pair counts once.
#[test]
fn partners_are_anywhere() {
    let graph = matchings(USERS, 16, 0, USERS);
    for matching in 0..16 {
        let mut counts = vec![0.0; 50];
        for user in 0..USERS {
            let partner = listed(&graph, user)[matching];
            if user < partner {
                counts[circle_cell(user, partner)] += 1.0;
            }
        }
        fits(&counts, &vec![f64::from(USERS / 2) / 50.0; 50]);
    }
}

/// Partners of users next to each other are as far apart as any two users.
#[test]
fn partners_of_neighbouring_numbers_are_unrelated() {
    let graph = matchings(USERS, 16, 0, USERS);
    for matching in 0..16 {
        let mut counts = vec![0.0; 50];
        for user in (0..USERS).step_by(2) {
            let pair = [user, user + 1].map(|user| listed(&graph, user)[matching]);
            counts[circle_cell(pair[0], pair[1])] += 1.0;
        }
        fits(&counts, &vec![f64::from(USERS / 2) / 50.0; 50]);
    }
}

/// Fiftieth of the half circle in which the distance of two users lies.
fn circle_cell(a: u32, b: u32) -> usize {
    let distance = a.abs_diff(b);
    let nearest = distance.min(USERS - distance).max(1);
    ((nearest - 1) * 50 / (USERS / 2)) as usize
}

/// Two random matchings share half a tie on average; the 120 pairs of 16 matchings share 60.
#[test]
fn matchings_are_independent_of_each_other() {
    let graph = matchings(USERS, 16, 0, USERS);
    close(repeated(USERS, |user| listed(&graph, user)), 60.0, 4.0 * sqrt(60.0));
}

/// Two matchings of a block of n = 200 share n / 2 / (n - 1) ties; the six pairs of four matchings and the 500
/// blocks share 1507.5.
#[test]
fn matchings_of_a_block_are_independent_of_each_other() {
    let graph = matchings(USERS, 8, 0, 200);
    let local = |user| listed(&graph, user)[4..].to_vec();
    let shared = repeated(USERS, local);
    let expected = 500.0 * 6.0 * 100.0 / 199.0;
    close(shared, expected, 4.0 * sqrt(expected));
}

/// Ties that users have twice, counted once for both ends.
fn repeated(users: u32, listed: impl Fn(u32) -> Vec<u32>) -> f64 {
    let mut repeated = 0;
    for user in 0..users {
        let neighbours = listed(user);
        for (first, partner) in neighbours.iter().enumerate() {
            repeated += neighbours[first + 1..].iter().filter(|&other| other == partner).count();
        }
    }
    repeated as f64 / 2.0
}
