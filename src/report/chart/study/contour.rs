//! Where a field of numbers on a grid crosses a level: contour lines, and the same smoothed.
//!
//! Sources: Lorensen and Cline (1987), marching cubes, in two dimensions; Chaikin (1974) for smoothing.

/// A position on the grid, in columns and rows.
pub type Spot = (f64, f64);

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
) -> Vec<[Spot; 2]> {
    let mut found = Vec::new();
    for row in 1..rows {
        for column in 1..columns {
            let ends = crossed((column - 1, row - 1), |column, row| value(column, row) - level);
            found.extend(ends.chunks_exact(2).map(|pair| [pair[0], pair[1]]));
        }
    }
    found
}

/// The pieces joined where they meet; a closed line ends where it begins.
///
/// ```
/// use ecotone::report::chart::study::contour::joined;
/// let pieces = [[(1.0, 0.0), (2.0, 0.0)], [(0.0, 0.0), (1.0, 0.0)]];
/// assert_eq!(joined(&pieces), [[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]]);
/// ```
pub fn joined(pieces: &[[Spot; 2]]) -> Vec<Vec<Spot>> {
    let mut left: Vec<[Spot; 2]> = pieces.to_vec();
    let mut lines = Vec::new();
    while let Some([from, to]) = left.pop() {
        let mut line = vec![from, to];
        for _ in 0..2 {
            // To the end, then, turned round, to the beginning.
            while let Some(next) = taken(&mut left, line[line.len() - 1]) {
                line.push(next);
            }
            line.reverse();
        }
        lines.push(line);
    }
    lines
}

/// The other end of a piece that begins or ends here; the piece is used up.
fn taken(pieces: &mut Vec<[Spot; 2]>, here: Spot) -> Option<Spot> {
    let meets = |spot: Spot| (spot.0 - here.0).abs() < 1e-9 && (spot.1 - here.1).abs() < 1e-9;
    let found = pieces.iter().position(|piece| piece.iter().any(|&spot| meets(spot)))?;
    let [from, to] = pieces.swap_remove(found);
    Some(if meets(from) { to } else { from })
}

/// The line with its corners cut, ends kept; it never leaves the corners' convex hull.
///
/// ```
/// use ecotone::report::chart::study::contour::smooth;
/// let corner = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)];
/// assert_eq!(smooth(&corner, 1), [(0.0, 0.0), (1.0, 0.0), (3.0, 0.0), (4.0, 1.0), (4.0, 3.0), (4.0, 4.0)]);
/// ```
pub fn smooth(line: &[Spot], rounds: usize) -> Vec<Spot> {
    let along = |(a, b): (Spot, Spot), share: f64| (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
    let mut line = line.to_vec();
    for _ in 0..rounds {
        let cut = line.windows(2).flat_map(|pair| [0.25, 0.75].map(|share| along((pair[0], pair[1]), share)));
        let (first, last) = (line.first().copied(), line.last().copied());
        let is_closed = first == last;
        let mut next: Vec<Spot> = cut.collect();
        if is_closed {
            next.extend(next.first().copied());
            line = next;
        } else {
            line = first.into_iter().chain(next).chain(last).collect();
        }
    }
    line
}

/// Where the four sides of a square cross zero, in turn around it.
fn crossed((column, row): (usize, usize), value: impl Fn(usize, usize) -> f64) -> Vec<Spot> {
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
    use super::{crossings, joined, smooth};

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

    /// A hill of 1 in the middle of nine points is ringed by a square at 0.5 whose corners lie halfway to its neighbours.
    #[test]
    fn a_hill_has_one_closed_ring() {
        let hill = |column: usize, row: usize| if (column, row) == (1, 1) { 1.0 } else { 0.0 };
        let rings = joined(&crossings((3, 3), hill, 0.5));
        assert_eq!(rings.len(), 1);
        assert_eq!((rings[0].len(), rings[0][0]), (5, rings[0][4]));
        for corner in [(0.5, 1.0), (1.0, 0.5), (1.5, 1.0), (1.0, 1.5)] {
            assert!(rings[0].contains(&corner), "{corner:?} of {rings:?}");
        }
        let round = smooth(&rings[0], 2);
        assert_eq!(round[0], round[round.len() - 1]);
        let reach = |spot: &(f64, f64)| (spot.0 - 1.0).abs() + (spot.1 - 1.0).abs();
        assert!(round.iter().all(|spot| reach(spot) <= 0.5 + 1e-12), "inside the square");
    }
}
