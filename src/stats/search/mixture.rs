//! Mixtures of normal laws in standard coordinates: where the points of a population are drawn from.

use crate::maths::{exp, ln};
use crate::random::{Chance, Purpose};
use crate::stats::matrix::{Matrix, dot, identity, solve_lower};
use crate::stats::search::start::normals;

/// Equally weighted normal kernels of one shape.
#[derive(Clone, Debug)]
pub(super) struct Component {
    /// Points drawn from this component.
    pub points: usize,
    /// Centres of the kernels, at least one.
    centres: Vec<Vec<f64>>,
    /// The centres in units of the kernels.
    white: Vec<Vec<f64>>,
    /// Cholesky's factor of the kernels' covariance matrix.
    lower: Matrix,
}

/// Components, each drawn a fixed number of times: the sample is stratified by them.
#[derive(Clone, Debug)]
pub(super) struct Mixture(pub Vec<Component>);

impl Component {
    /// Kernels with Cholesky's factor `lower` of their covariance around at least one centre.
    pub fn new(points: usize, centres: Vec<Vec<f64>>, lower: Matrix) -> Self {
        let white = centres.iter().map(|centre| solve_lower(&lower, centre)).collect();
        Self { points, centres, white, lower }
    }

    /// The prior itself.
    pub fn prior(settings: usize, points: usize) -> Self {
        Self::new(points, vec![vec![0.0; settings]], identity(settings))
    }

    /// ln of the sum over kernels of the density, but for the constant (2 pi)^(-n/2).
    fn log_sum(&self, coordinates: &[f64]) -> f64 {
        let width: f64 = (0..self.lower.len()).map(|at| ln(self.lower[at][at])).sum();
        let white = solve_lower(&self.lower, coordinates);
        let height =
            |centre: &Vec<f64>| -0.5 * white.iter().zip(centre).map(|(x, y)| (x - y) * (x - y)).sum::<f64>();
        log_sum_exp(&self.white.iter().map(height).collect::<Vec<_>>()) - width
    }
}

impl Mixture {
    /// The sample of a batch; kernels take turns.
    pub fn draw(&self, batch: u32, chance: Chance) -> Vec<Vec<f64>> {
        let turns =
            self.0.iter().flat_map(|component| (0..component.points).map(move |turn| (component, turn)));
        let draw = |(at, (component, turn)): (usize, (&Component, usize))| -> Vec<f64> {
            let centre = &component.centres[turn % component.centres.len()];
            let white = normals(chance, (at as u32, batch, Purpose::PosteriorPoint), centre.len());
            let rows = component.lower.iter().zip(centre);
            rows.map(|(row, centre)| centre + dot(row, &white)).collect()
        };
        turns.enumerate().map(draw).collect()
    }

    /// ln of (number of points × density), but for the constant (2 pi)^(-n/2).
    pub fn log_intensity(&self, coordinates: &[f64]) -> f64 {
        let terms = self.0.iter().filter(|component| component.points > 0).map(|component| {
            let share = component.points as f64 / component.centres.len() as f64;
            ln(share) + component.log_sum(coordinates)
        });
        log_sum_exp(&terms.collect::<Vec<_>>())
    }
}

/// ln of the sum of exponentials, without overflow; minus infinity for none.
pub(super) fn log_sum_exp(logarithms: &[f64]) -> f64 {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + ln(logarithms.iter().map(|logarithm| exp(logarithm - most)).sum())
}
