//! Nelder and Mead's simplex: the minimum of a smooth function of a few variables, without derivatives.

/// Where a search ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The best point.
    pub point: Vec<f64>,
    /// The function there.
    pub value: f64,
}

/// Searches from `start` with a first simplex of side `step`; restarts from the result until a restart
/// gains nothing. A function value that is not finite marks forbidden ground.
///
/// Source: Nelder and Mead 1965, with the usual coefficients 1, 2, 1/2, 1/2.
///
/// ```
/// let bowl = |x: &[f64]| (x[0] - 3.0) * (x[0] - 3.0) + 2.0 * (x[1] + 1.0) * (x[1] + 1.0);
/// let minimum = ecotone::stats::simplex::minimise(bowl, &[0.0, 0.0], 1.0);
/// assert!((minimum.point[0] - 3.0).abs() < 1e-6 && (minimum.point[1] + 1.0).abs() < 1e-6);
/// ```
pub fn minimise(function: impl Fn(&[f64]) -> f64, start: &[f64], step: f64) -> Minimum {
    let guarded = |point: &[f64]| {
        let value = function(point);
        if value.is_finite() { value } else { f64::INFINITY }
    };
    let mut best = descend(&guarded, start, step);
    for _ in 0..10 {
        let next = descend(&guarded, &best.point, step / 4.0);
        let gain = best.value - next.value;
        if next.value <= best.value {
            best = next;
        }
        if gain.is_nan() || gain <= 1e-10 * best.value.abs().max(1e-10) {
            break;
        }
    }
    best
}

/// One descent, until the simplex is tiny or two thousand steps were taken.
fn descend(function: &impl Fn(&[f64]) -> f64, start: &[f64], step: f64) -> Minimum {
    let mut corners = first_simplex(function, start, step);
    for _ in 0..2000 {
        corners.sort_by(|left, right| left.value.total_cmp(&right.value));
        if size(&corners) < 1e-10 {
            break;
        }
        replace_worst(function, &mut corners);
    }
    corners.sort_by(|left, right| left.value.total_cmp(&right.value));
    corners.swap_remove(0)
}

/// The start and one corner along each axis.
fn first_simplex(function: &impl Fn(&[f64]) -> f64, start: &[f64], step: f64) -> Vec<Minimum> {
    (0..=start.len())
        .map(|corner| {
            let mut point = start.to_vec();
            if corner > 0 {
                point[corner - 1] += step;
            }
            Minimum { value: function(&point), point }
        })
        .collect()
}

/// Largest distance of a corner from the best, in any coordinate.
fn size(corners: &[Minimum]) -> f64 {
    let best = &corners[0].point;
    let distances =
        corners.iter().flat_map(|corner| corner.point.iter().zip(best).map(|(x, y)| (x - y).abs()));
    distances.fold(0.0, f64::max)
}

/// Reflects, expands or contracts the worst of the sorted corners; shrinks the simplex if nothing helps.
fn replace_worst(function: &impl Fn(&[f64]) -> f64, corners: &mut [Minimum]) {
    let last = corners.len() - 1;
    let try_at = |corners: &[Minimum], factor: f64| {
        let point: Vec<f64> = (0..last)
            .map(|axis| {
                let centre =
                    corners[..last].iter().map(|corner| corner.point[axis]).sum::<f64>() / last as f64;
                centre + factor * (centre - corners[last].point[axis])
            })
            .collect();
        Minimum { value: function(&point), point }
    };
    let reflected = try_at(corners, 1.0);
    let candidate = if reflected.value < corners[0].value {
        let expanded = try_at(corners, 2.0);
        if expanded.value < reflected.value { expanded } else { reflected }
    } else if reflected.value < corners[last - 1].value {
        reflected
    } else {
        try_at(corners, if reflected.value < corners[last].value { 0.5 } else { -0.5 })
    };
    if candidate.value < corners[last].value {
        corners[last] = candidate;
    } else {
        shrink(function, corners);
    }
}

/// Halves every corner's distance from the best.
fn shrink(function: &impl Fn(&[f64]) -> f64, corners: &mut [Minimum]) {
    let best = corners[0].point.clone();
    for corner in &mut corners[1..] {
        for (x, y) in corner.point.iter_mut().zip(&best) {
            *x = (*x + y) / 2.0;
        }
        corner.value = function(&corner.point);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_floor_of_rosenbrocks_valley() {
        // Rosenbrock 1960: minimum 0 at (1, 1).
        let valley = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            a * a + 100.0 * b * b
        };
        let minimum = minimise(valley, &[-1.2, 1.0], 0.5);
        assert!((minimum.point[0] - 1.0).abs() < 1e-6, "{minimum:?}");
        assert!((minimum.point[1] - 1.0).abs() < 1e-6, "{minimum:?}");
    }

    #[test]
    fn stays_off_forbidden_ground() {
        // x - ln x has its minimum 1 at x = 1; NaN for x < 0.
        let minimum = minimise(|x: &[f64]| x[0] - crate::maths::ln(x[0]), &[0.1], 1.0);
        assert!((minimum.point[0] - 1.0).abs() < 1e-5, "{minimum:?}");
    }
}
