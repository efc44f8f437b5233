//! Small symmetric matrices, as rows: triangular factor, solutions, axes.
//!
//! For matrices of settings, a dozen rows or so; nothing here is blocked or fast for large ones.

use crate::maths::sqrt;

/// A square matrix as rows.
pub type Matrix = Vec<Vec<f64>>;

/// The matrix with ones on its diagonal.
pub fn identity(size: usize) -> Matrix {
    (0..size).map(|row| (0..size).map(|column| if row == column { 1.0 } else { 0.0 }).collect()).collect()
}

/// Sum of products.
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}

/// Cholesky's factor: the lower triangle L with L L' = the matrix; `None` unless positive definite.
///
/// ```
/// use ecotone::stats::matrix::cholesky;
/// assert_eq!(cholesky(&[vec![4.0, 2.0], vec![2.0, 5.0]]).unwrap(), [[2.0, 0.0], [1.0, 2.0]]);
/// assert_eq!(cholesky(&[vec![1.0, 2.0], vec![2.0, 1.0]]), None);
/// ```
pub fn cholesky(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let size = matrix.len();
    let mut lower = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let rest = matrix[row][column] - dot(&lower[row][..column], &lower[column][..column]);
            if row != column {
                lower[row][column] = rest / lower[column][column];
            } else if rest > 0.0 && rest.is_finite() {
                lower[row][row] = sqrt(rest);
            } else {
                return None;
            }
        }
    }
    Some(lower)
}

/// Solves L x = right-hand side for a lower triangle L.
pub fn solve_lower(lower: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::with_capacity(right.len());
    for (row, value) in lower.iter().zip(right) {
        let at = found.len();
        found.push((value - dot(&row[..at], &found)) / row[at]);
    }
    found
}

/// Solves L L' x = right-hand side for the factor L of [`cholesky`].
///
/// ```
/// use ecotone::stats::matrix::{cholesky, solve};
/// let lower = cholesky(&[vec![4.0, 2.0], vec![2.0, 5.0]]).unwrap();
/// // 4 · 1 + 2 · 2 = 8 and 2 · 1 + 5 · 2 = 12.
/// assert_eq!(solve(&lower, &[8.0, 12.0]), [1.0, 2.0]);
/// ```
pub fn solve(lower: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut found = solve_lower(lower, right);
    for at in (0..found.len()).rev() {
        let below: f64 = (at + 1..found.len()).map(|row| lower[row][at] * found[row]).sum();
        found[at] = (found[at] - below) / lower[at][at];
    }
    found
}

/// The inverse of the matrix whose factor this is; symmetric to the last bit.
pub fn inverse(lower: &[Vec<f64>]) -> Matrix {
    let columns: Matrix = identity(lower.len()).iter().map(|unit| solve(lower, unit)).collect();
    let entry = |row: usize, column: usize| columns[row.min(column)][row.max(column)];
    (0..lower.len()).map(|row| (0..lower.len()).map(|column| entry(row, column)).collect()).collect()
}

/// Principal axes of a symmetric matrix: variances (eigenvalues), and axes (eigenvectors) as rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    /// Eigenvalues, in no particular order.
    pub variances: Vec<f64>,
    /// Unit eigenvectors, one a row.
    pub directions: Matrix,
}

/// Axes of a symmetric matrix by Jacobi's cyclic rotations.
///
/// Source: Golub and Van Loan 2013, Matrix Computations, 8.5.
///
/// ```
/// let axes = ecotone::stats::matrix::axes(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
/// let mut variances = axes.variances;
/// variances.sort_by(f64::total_cmp);
/// assert!((variances[0] - 1.0).abs() < 1e-15 && (variances[1] - 3.0).abs() < 1e-15);
/// ```
pub fn axes(matrix: &[Vec<f64>]) -> Axes {
    const SWEEPS: usize = 60;
    let size = matrix.len();
    let mut rotated = matrix.to_vec();
    let mut directions = identity(size);
    for _ in 0..SWEEPS {
        let off: f64 = (0..size).map(|row| dot(&rotated[row][..row], &rotated[row][..row])).sum();
        let on: f64 = (0..size).map(|row| rotated[row][row] * rotated[row][row]).sum();
        if off <= 1e-30 * on {
            break;
        }
        for row in 0..size {
            for column in row + 1..size {
                rotate(&mut rotated, &mut directions, (row, column));
            }
        }
    }
    Axes { variances: (0..size).map(|at| rotated[at][at]).collect(), directions }
}

/// One rotation that makes the entry at `(p, q)` zero.
fn rotate(matrix: &mut Matrix, directions: &mut Matrix, (p, q): (usize, usize)) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let slope = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = slope.signum() / (slope.abs() + sqrt(1.0 + slope * slope));
    let cosine = 1.0 / sqrt(1.0 + tangent * tangent);
    let sine = tangent * cosine;
    let turn = |x: f64, y: f64| (cosine * x - sine * y, sine * x + cosine * y);
    for row in matrix.iter_mut() {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    for rows in [matrix, directions] {
        // p comes before q.
        let (upper, lower) = rows.split_at_mut(q);
        for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
            (*x, *y) = turn(*x, *y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy 2.4.6, linalg.eigvalsh and linalg.inv of the Hilbert matrix of size 4.
    #[test]
    fn hilbert_matrix_of_size_four() {
        let hilbert: Matrix =
            (0..4).map(|row| (0..4).map(|column| 1.0 / f64::from(row + column + 1)).collect()).collect();
        let mut variances = axes(&hilbert).variances;
        variances.sort_by(f64::total_cmp);
        let expected = [
            9.670_230_402_260_876e-5,
            6.738_273_605_760_613e-3,
            0.169_141_220_221_450_06,
            1.500_214_280_059_242_6,
        ];
        for (found, expected) in variances.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}");
        }
        // The inverse is known in whole numbers; its first row is 16, -120, 240, -140.
        let inverse = inverse(&cholesky(&hilbert).unwrap());
        for (found, expected) in inverse[0].iter().zip([16.0, -120.0, 240.0, -140.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    #[test]
    fn axes_rebuild_their_matrix() {
        let matrix = [vec![4.0, 1.0, -2.0], vec![1.0, 3.0, 0.5], vec![-2.0, 0.5, 5.0]];
        let Axes { variances, directions } = axes(&matrix);
        for row in 0..3 {
            for column in 0..3 {
                let rebuilt: f64 = (0..3)
                    .map(|axis| variances[axis] * directions[axis][row] * directions[axis][column])
                    .sum();
                assert!((rebuilt - matrix[row][column]).abs() < 1e-13, "{row} {column}");
            }
        }
    }
}
