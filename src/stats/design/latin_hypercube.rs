//! Latin hypercube: random points that cover the range of every single setting evenly.

/// Points of which each of the `points` equal strata of each coordinate holds exactly one.
///
/// Coordinate d of point i is (p_d(i) + u) / points, with p_d a random permutation of the strata and u the
/// place within the stratum. `draw(i, lane)` answers independent uniform draws in the open 0..1, lanes in
/// 0..2 dimensions: the first of a dimension orders the strata, the second is u. Shape: points × dimensions,
/// in the open unit cube. Adding a dimension leaves the others' coordinates alone; adding a point does not.
///
/// Source: McKay, Beckman, Conover 1979.
///
/// ```
/// use ecotone::stats::design::latin_hypercube::latin_hypercube;
/// // Point 1 draws the smaller key, so it gets the lower of two strata; all stand at a quarter of theirs.
/// let draw = |point: usize, lane: usize| if lane == 0 { [0.7, 0.2][point] } else { 0.25 };
/// assert_eq!(latin_hypercube(2, 1, draw), [[0.625], [0.125]]);
/// ```
pub fn latin_hypercube(
    points: usize,
    dimensions: usize,
    draw: impl Fn(usize, usize) -> f64,
) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = (0..dimensions)
        .map(|dimension| {
            column(points, |point| draw(point, 2 * dimension), |point| draw(point, 2 * dimension + 1))
        })
        .collect();
    (0..points).map(|point| columns.iter().map(|column| column[point]).collect()).collect()
}

/// One coordinate of every point, from the keys that order the strata and the places within them.
fn column(points: usize, key: impl Fn(usize) -> f64, place: impl Fn(usize) -> f64) -> Vec<f64> {
    const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;
    let mut column = vec![0.0; points];
    for (stratum, point) in order(points, key).into_iter().enumerate() {
        // The last stratum plus a place next to 1 rounds up.
        column[point] = ((stratum as f64 + place(point)) / points as f64).min(BELOW_ONE);
    }
    column
}

/// Numbers 0..count in the order of their keys, equal keys in their own order: a uniform permutation.
pub(crate) fn order(count: usize, key: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut keyed: Vec<(f64, usize)> = (0..count).map(|at| (key(at), at)).collect();
    keyed.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    keyed.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::latin_hypercube;
    use crate::random::law::uniform;
    use crate::random::philox::block;
    use proptest::prelude::*;

    fn draw(seed: u32) -> impl Fn(usize, usize) -> f64 {
        move |point, lane| uniform(u64::from(block([point as u32, lane as u32, 0, 0], [seed, 1])[0]) << 32)
    }

    proptest! {
        #[test]
        fn every_stratum_of_every_coordinate_holds_one_point(
            (points, dimensions, seed) in (1_usize..200, 1_usize..6, any::<u32>())
        ) {
            let design = latin_hypercube(points, dimensions, draw(seed));
            for dimension in 0..dimensions {
                let stratum = |point: &Vec<f64>| (point[dimension] * points as f64) as usize;
                let mut strata: Vec<usize> = design.iter().map(stratum).collect();
                strata.sort_unstable();
                prop_assert_eq!(strata, (0..points).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn no_point_touches_the_faces_of_the_cube() {
        let highest = 1.0 - f64::EPSILON / 2.0;
        for design in [latin_hypercube(1 << 12, 1, |_, _| highest), latin_hypercube(9, 2, |_, _| 1e-300)] {
            assert!(design.iter().flatten().all(|&place| place > 0.0 && place < 1.0));
        }
    }

    #[test]
    fn a_new_dimension_leaves_the_others_alone() {
        let (two, three) = (latin_hypercube(17, 2, draw(7)), latin_hypercube(17, 3, draw(7)));
        assert!(two.iter().zip(&three).all(|(two, three)| two[..] == three[..2]));
    }

    #[test]
    fn the_mean_of_an_additive_function_is_far_closer_than_chance_alone() {
        // The mean of x over n strata has variance 1 / (12 n^3); over n independent points it is 1 / (12 n).
        let design = latin_hypercube(1000, 1, draw(7));
        let mean = design.iter().map(|point| point[0]).sum::<f64>() / 1000.0;
        let standard_error = (1.0 / (12.0 * 1000.0_f64 * 1000.0 * 1000.0)).sqrt();
        assert!((mean - 0.5).abs() < 4.0 * standard_error, "{mean}");
    }
}
