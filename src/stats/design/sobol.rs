//! Sobol sequence: points that fill the unit cube more evenly than chance does.

use std::array::from_fn;

/// Largest number of dimensions.
pub const MOST_DIMENSIONS: usize = 128;

const BITS: usize = 32;
const DIRECTION_NUMBERS: &str = include_str!("joe_kuo.txt");

/// The first `points` points of the Sobol sequence in Gray-code order, each coordinate shifted by a digital
/// shift.
///
/// Coordinate d of point i is (x xor shift(d) + 1/2) / 2^32 with x the xor of the direction numbers at the
/// bits of i xor i/2. Shape: points × dimensions, in the open unit cube. Longer sequences begin with the
/// shorter ones. `shift` is constant for the plain sequence, `|_| 0`; random bits, one draw a dimension, make
/// every point uniform, so that means over the sequence have no bias, and keep its evenness.
///
/// Limits: the sequence is even when `points` is a power of two and loses much of it elsewhere; 2^32 points;
/// the plain sequence begins in the corner 0 and the centre, where all coordinates agree. Evenness in high
/// dimensions is weak until there are thousands of points.
///
/// Source: Sobol 1967; Antonov and Saleev 1979; direction numbers of Joe and Kuo 2008 (new-joe-kuo-6);
/// digital shift: Owen 2003.
///
/// # Panics
///
/// With more than [`MOST_DIMENSIONS`] dimensions.
///
/// ```
/// use ecotone::stats::design::sobol::sobol;
/// let half_step = 0.5 / 4294967296.0;
/// let points = sobol(4, 2, |_| 0);
/// assert_eq!(points[2], [0.75 + half_step, 0.25 + half_step]);
/// assert_eq!(points[3], [0.25 + half_step, 0.75 + half_step]);
/// ```
pub fn sobol(points: usize, dimensions: usize, shift: impl Fn(usize) -> u32) -> Vec<Vec<f64>> {
    assert!(dimensions <= MOST_DIMENSIONS, "{dimensions} dimensions: at most {MOST_DIMENSIONS}");
    let directions = directions(dimensions);
    let mut now: Vec<u32> = (0..dimensions).map(shift).collect();
    let mut design = Vec::with_capacity(points);
    for point in 0..points {
        design.push(now.iter().map(|&x| (f64::from(x) + 0.5) / 4_294_967_296.0).collect());
        // Neighbours in Gray code differ in one bit: the lowest that is 0 in their number.
        let bit = point.trailing_ones() as usize;
        for (x, direction) in now.iter_mut().zip(&directions) {
            *x ^= direction[bit % BITS];
        }
    }
    design
}

/// Direction numbers by dimension and bit.
fn directions(dimensions: usize) -> Vec<[u32; BITS]> {
    let first = from_fn(|bit| 1 << (BITS - 1 - bit));
    let lines = DIRECTION_NUMBERS.lines().filter(|line| !line.starts_with('#'));
    std::iter::once(first).chain(lines.map(direction)).take(dimensions).collect()
}

/// The direction numbers of a line `d s a m_1 ... m_s`, s the degree and a the inner coefficients of a
/// primitive polynomial: v_j = v_(j-s) xor v_(j-s) / 2^s xor the v_(j-k) whose coefficient a_k is 1.
fn direction(line: &str) -> [u32; BITS] {
    let numbers: Vec<u32> =
        line.split_whitespace().map(|word| word.parse().expect("a number of the table")).collect();
    let (degree, coefficients, initial) = (numbers[1] as usize, numbers[2], &numbers[3..]);
    let mut v = [0; BITS];
    for bit in 0..BITS {
        v[bit] = match bit.checked_sub(degree) {
            None => initial[bit] << (BITS - 1 - bit),
            Some(before) => (1..degree)
                .filter(|k| coefficients >> (degree - 1 - k) & 1 == 1)
                .fold(v[before] ^ (v[before] >> degree), |sum, k| sum ^ v[bit - k]),
        };
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_power_of_two_is_even_in_each_coordinate_shifted_or_not() {
        for shift in [0_u32, 0x9e37_79b9] {
            let design = sobol(256, MOST_DIMENSIONS, |dimension| shift.wrapping_mul(dimension as u32 + 1));
            for dimension in 0..MOST_DIMENSIONS {
                let mut strata: Vec<usize> =
                    design.iter().map(|point| (point[dimension] * 256.0) as usize).collect();
                strata.sort_unstable();
                assert_eq!(strata, (0..256).collect::<Vec<_>>(), "dimension {dimension}");
            }
        }
    }

    #[test]
    fn no_point_touches_the_faces_of_the_cube() {
        for shift in [0, u32::MAX] {
            assert!(sobol(64, 5, |_| shift).iter().flatten().all(|&place| place > 0.0 && place < 1.0));
        }
    }

    #[test]
    #[should_panic(expected = "129 dimensions: at most 128")]
    fn more_dimensions_than_direction_numbers_are_refused() {
        sobol(1, MOST_DIMENSIONS + 1, |_| 0);
    }
}
