//! Where a field of numbers on a grid crosses a level: pieces of contour lines.
//!
//! Source: Lorensen and Cline (1987), marching cubes, in two dimensions.

/// Pieces of the line at a level, in columns and rows: one or two for each square of four grid points.
///
/// Between neighbours the field is linear; squares with an undefined corner are left out.
///
/// ```
/// use ecotone::report::chart::study::contour::crossings;
/// // 0 and 1 below, 0 and 1 above: a quarter lies a quarter of the way along, straight up.
/// assert_eq!(crossings((2, 2), |column, _| column as f64, 0.25), [[(0.25, 0.0), (0.25, 1.0)]]);
/// ```
pub fn crossings(
    (columns, rows): (usize, usize),
    value: impl Fn(usize, usize) -> f64,
    level: f64,
) -> Vec<[(f64, f64); 2]> {
    let mut found = Vec::new();
    for row in 1..rows {
        for column in 1..columns {
            let ends = crossed((column - 1, row - 1), |column, row| value(column, row) - level);
            found.extend(ends.chunks_exact(2).map(|pair| [pair[0], pair[1]]));
        }
    }
    found
}

/// Where the four sides of a square cross zero, in turn around it.
fn crossed((column, row): (usize, usize), value: impl Fn(usize, usize) -> f64) -> Vec<(f64, f64)> {
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(a, b)| (column + a, row + b));
    let values = corners.map(|(column, row)| value(column, row));
    if values.iter().any(|value| !value.is_finite()) {
        return Vec::new();
    }
    let side = |index: usize| {
        let next = (index + 1) % 4;
        let (from, to) = (values[index], values[next]);
        let share = from / (from - to);
        let between = |a: usize, b: usize| a as f64 + share * (b as f64 - a as f64);
        let place = (between(corners[index].0, corners[next].0), between(corners[index].1, corners[next].1));
        ((from < 0.0) != (to < 0.0)).then_some(place)
    };
    (0..4).filter_map(side).collect()
}

#[cfg(test)]
mod tests {
    use super::crossings;

    #[test]
    fn a_flat_field_and_an_undefined_corner_have_no_contour() {
        assert!(crossings((2, 2), |_, _| 1.0, 1.0).is_empty());
        let holed = |column: usize, row: usize| if row == 1 { f64::NAN } else { column as f64 };
        assert!(crossings((2, 2), holed, 0.25).is_empty());
    }

    /// A saddle with 1 at two opposite corners is cut twice.
    #[test]
    fn a_saddle_has_two_pieces() {
        let saddle = |column: usize, row: usize| if column == row { 1.0 } else { 0.0 };
        assert_eq!(crossings((2, 2), saddle, 0.5).len(), 2);
    }
}
