//! Cuts a line into dashes, which pixels need.

use crate::report::chart::sheet::Place;

/// A line cut into its inked stretches.
pub fn dashed(points: &[Place], dash: &[f64]) -> Vec<Vec<Place>> {
    if points.len() < 2 {
        return Vec::new();
    }
    if dash.is_empty() {
        return vec![points.to_vec()];
    }
    let (mut pieces, mut piece) = (Vec::new(), vec![points[0]]);
    let (mut turn, mut left) = (0, dash[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let (along, up) = (to.0 - from.0, to.1 - from.1);
            let length = (along * along + up * up).sqrt();
            if length <= left {
                left -= length;
                piece.push(to);
                break;
            }
            from = (from.0 + along * left / length, from.1 + up * left / length);
            piece.push(from);
            if turn % 2 == 0 {
                pieces.push(std::mem::take(&mut piece));
            }
            piece = vec![from];
            turn = (turn + 1) % dash.len();
            left = dash[turn];
        }
    }
    if turn % 2 == 0 && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::dashed;

    /// Along a bent line of length 10 with ink 3 and gap 2: ink 0-3 and 5-8.
    #[test]
    fn dashes_run_around_corners() {
        let line = [(0.0, 0.0), (6.0, 0.0), (6.0, 4.0)];
        let pieces = dashed(&line, &[3.0, 2.0]);
        assert_eq!(pieces, [vec![(0.0, 0.0), (3.0, 0.0)], vec![(5.0, 0.0), (6.0, 0.0), (6.0, 2.0)]]);
        assert_eq!(dashed(&line, &[]), [line.to_vec()]);
        assert!(dashed(&line[..1], &[3.0, 2.0]).is_empty());
    }
}
