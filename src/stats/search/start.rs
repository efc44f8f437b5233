//! Points spread over the priors, and normal draws at an address.

use crate::random::law::{normal_quantile, uniform};
use crate::random::permutation::Permutation;
use crate::random::{Chance, Purpose};

/// Latin hypercube over the priors, in standard coordinates: cut into `count` slices of equal prior
/// probability, every setting has one point in each slice. Shape: points × settings.
///
/// Source: McKay, Beckman and Conover 1979.
pub fn latin_start(count: usize, settings: usize, chance: Chance) -> Vec<Vec<f64>> {
    let slices: Vec<Permutation> = (0..settings)
        .map(|setting| {
            Permutation::new(count as u32, chance.pair(setting as u32, 1, Purpose::StartPoint, 0)[0])
        })
        .collect();
    let place = |point: usize, setting: usize| {
        let [bits, _] = chance.pair(point as u32, 0, Purpose::StartPoint, setting as u32);
        let slice = slices[setting].apply(point as u32);
        normal_quantile((f64::from(slice) + uniform(bits)) / count as f64)
    };
    (0..count).map(|point| (0..settings).map(|setting| place(point, setting)).collect()).collect()
}

/// Independent standard normal draws that belong to a point of a batch.
pub(super) fn normals(
    chance: Chance,
    (point, batch, purpose): (u32, u32, Purpose),
    count: usize,
) -> Vec<f64> {
    let draw = |at: usize| chance.pair(point, batch, purpose, at as u32 / 2)[at % 2];
    (0..count).map(|at| normal_quantile(uniform(draw(at)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::law::normal_probability;

    #[test]
    fn every_slice_of_every_setting_has_one_point() {
        let points = latin_start(50, 3, Chance::new(4, 0));
        for setting in 0..3 {
            let slice = |point: &Vec<f64>| (normal_probability(point[setting]) * 50.0) as usize;
            let mut slices: Vec<usize> = points.iter().map(slice).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..50).collect::<Vec<_>>());
        }
        assert_eq!(points, latin_start(50, 3, Chance::new(4, 0)));
        assert_ne!(points, latin_start(50, 3, Chance::new(5, 0)));
    }
}
