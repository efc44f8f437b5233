//! How much of each pixel a polygon covers, exactly: signed areas summed along rows.
//!
//! Source: Levien (2016), "Inside the fastest font renderer in the world", section on accumulation buffers.

use crate::report::chart::sheet::Place;

/// A rectangle of pixels and what covers them.
pub struct Coverage {
    left: usize,
    top: usize,
    columns: usize,
    rows: usize,
    /// Change of coverage from each pixel to its right neighbour; rows are one pixel longer than they show.
    steps: Vec<f32>,
}

impl Coverage {
    /// The coverage by closed outlines, positions in pixels of a picture of that many columns and rows.
    ///
    /// Outlines that turn the same way add up, outlines that turn the other way cut holes.
    pub fn of(outlines: &[Vec<Place>], (columns, rows): (usize, usize)) -> Self {
        let mut coverage = Self::around(outlines, (columns, rows));
        for outline in outlines {
            for (index, &from) in outline.iter().enumerate() {
                coverage.edge(from, outline[(index + 1) % outline.len()]);
            }
        }
        coverage
    }

    fn around(outlines: &[Vec<Place>], (columns, rows): (usize, usize)) -> Self {
        let places = || outlines.iter().flatten();
        let low = |part: fn(&Place) -> f64| places().map(part).fold(f64::INFINITY, f64::min);
        let high = |part: fn(&Place) -> f64| places().map(part).fold(f64::NEG_INFINITY, f64::max);
        let ends = |low: f64, high: f64, most: usize| {
            let cut = |end: f64| end.clamp(0.0, most as f64) as usize;
            (cut(low.floor()), cut(high.ceil()))
        };
        let (left, right) = ends(low(|it| it.0), high(|it| it.0), columns);
        let (top, bottom) = ends(low(|it| it.1), high(|it| it.1), rows);
        let (columns, rows) = (right.saturating_sub(left), bottom.saturating_sub(top));
        Self { left, top, columns, rows, steps: vec![0.0; (columns + 1) * rows] }
    }

    /// Adds an edge: all that lies to its right is covered once more or once less.
    fn edge(&mut self, from: Place, to: Place) {
        let (turn, upper, lower) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
        let slope = (lower.0 - upper.0) / (lower.1 - upper.1);
        let (start, end) = (upper.1 - self.top as f64, lower.1 - self.top as f64);
        let (first, last) = (start.max(0.0), end.min(self.rows as f64));
        if first >= last {
            return;
        }
        for row in first as usize..last.ceil() as usize {
            let (above, below) = ((row as f64).max(first), ((row + 1) as f64).min(last));
            let x = |y: f64| upper.0 - self.left as f64 + slope * (y - start);
            self.stretch(row, (x(above), x(below)), turn * (below - above));
        }
    }

    /// Adds the stretch of an edge inside one row, `height` with its sign.
    fn stretch(&mut self, row: usize, (a, b): (f64, f64), height: f64) {
        let most = self.columns as f64;
        let (low, high) = (a.min(b).clamp(0.0, most), a.max(b).clamp(0.0, most));
        let (first, last) = (low as usize, high as usize);
        let line = &mut self.steps[row * (self.columns + 1)..(row + 1) * (self.columns + 1)];
        let mut before = 0.0;
        for column in first..=last.min(self.columns) {
            // Share of the stretch left of the column's right end, minus the part of its pixels not yet passed.
            let end = (column + 1) as f64;
            let (from, to) = (low.max(column as f64), high.min(end));
            let passed = if high > low { (to - low) / (high - low) } else { 1.0 };
            let within = if high > low { (to - from) / (high - low) } else { 1.0 };
            let covered = (passed - within) + within * (end - f64::midpoint(from, to));
            line[column] += (height * (covered - before)) as f32;
            before = covered;
            if column == last && column < self.columns {
                line[column + 1] += (height * (1.0 - covered)) as f32;
            }
        }
    }

    /// Calls `paint` with column, row and share of every pixel that is covered.
    pub fn each(&self, mut paint: impl FnMut(usize, usize, f32)) {
        for row in 0..self.rows {
            let mut sum = 0.0;
            for column in 0..self.columns {
                sum += self.steps[row * (self.columns + 1) + column];
                let share = sum.abs().min(1.0);
                if share > 1.0 / 512.0 {
                    paint(self.left + column, self.top + row, share);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;

    fn painted(outlines: &[Vec<(f64, f64)>]) -> Vec<f32> {
        let mut pixels = vec![0.0; 16];
        Coverage::of(outlines, (4, 4)).each(|column, row, share| pixels[row * 4 + column] += share);
        pixels
    }

    #[track_caller]
    fn assert_near(found: &[f32], wanted: &[f32]) {
        assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-5), "{found:?}");
    }

    /// A square from 0.5 to 2.25 covers whole pixels, halves, quarters and their products.
    #[test]
    fn a_rectangle_covers_parts_of_its_border_pixels() {
        let square = vec![(0.5, 0.5), (2.25, 0.5), (2.25, 2.0), (0.5, 2.0)];
        let rows = [[0.25, 0.5, 0.125, 0.0], [0.5, 1.0, 0.25, 0.0], [0.0; 4], [0.0; 4]];
        assert_near(&painted(std::slice::from_ref(&square)), &rows.concat());
        let turned: Vec<_> = square.into_iter().rev().collect();
        assert_near(&painted(&[turned]), &rows.concat());
    }

    /// The triangle below the diagonal of a 4 x 4 square: halves on the diagonal, a flat slope over two pixels.
    #[test]
    fn slopes_cover_by_area() {
        let rows = [[0.5, 0.0, 0.0, 0.0], [1.0, 0.5, 0.0, 0.0], [1.0, 1.0, 0.5, 0.0], [1.0, 1.0, 1.0, 0.5]];
        assert_near(&painted(&[vec![(0.0, 0.0), (4.0, 4.0), (0.0, 4.0)]]), &rows.concat());
        let flat = painted(&[vec![(0.0, 0.0), (2.0, 1.0), (0.0, 1.0)]]);
        assert_near(&flat[..4], &[0.75, 0.25, 0.0, 0.0]);
    }

    #[test]
    fn what_lies_outside_is_cut_and_a_turned_outline_is_a_hole() {
        let large = vec![(-3.0, -3.0), (9.0, -3.0), (9.0, 9.0), (-3.0, 9.0)];
        let hole = vec![(1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0)];
        let rows = [[1.0; 4], [1.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 1.0], [1.0; 4]];
        assert_near(&painted(&[large, hole]), &rows.concat());
        assert_near(&painted(&[vec![(5.0, 0.0), (9.0, 0.0), (9.0, 4.0)]]), &[0.0; 16]);
    }
}
