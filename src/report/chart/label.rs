//! Puts labels beside each other without overlap.

/// Heights for labels that wish to stand at `wanted`: in the same order, at least `gap` apart, inside
/// `low..=high` as far as there is room.
///
/// ```
/// let placed = ecotone::report::chart::label::spread(&[10.0, 11.0], 8.0, 0.0, 100.0);
/// assert!((placed[1] - placed[0] - 8.0).abs() < 1e-9);
/// ```
pub fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    // Clusters of touching labels, each centred on the mean of its wishes: (sum of wishes, members).
    let mut clusters: Vec<(f64, Vec<usize>)> = Vec::new();
    for index in order {
        clusters.push((wanted[index], vec![index]));
        while clusters.len() > 1 && touches(&clusters, gap, low, high) {
            let (sum, members) = clusters.pop().expect("two clusters");
            let before = clusters.last_mut().expect("one cluster");
            before.0 += sum;
            before.1.extend(members);
        }
    }
    let mut placed = vec![0.0; wanted.len()];
    for cluster in &clusters {
        let top = upper_end(cluster, gap, low, high);
        for (position, &index) in cluster.1.iter().enumerate() {
            placed[index] = top + gap * position as f64;
        }
    }
    placed
}

fn touches(clusters: &[(f64, Vec<usize>)], gap: f64, low: f64, high: f64) -> bool {
    let [.., before, last] = clusters else { return false };
    let end = upper_end(before, gap, low, high) + gap * (before.1.len() as f64 - 1.0);
    upper_end(last, gap, low, high) < end + gap
}

fn upper_end((sum, members): &(f64, Vec<usize>), gap: f64, low: f64, high: f64) -> f64 {
    let count = members.len() as f64;
    let height = gap * (count - 1.0);
    (sum / count - height / 2.0).min(high - height).max(low)
}

/// For intervals `(left, right)` in order of their left ends: the lowest row, from 0, where each is free.
pub fn rows(intervals: &[(f64, f64)]) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    let mut chosen = Vec::with_capacity(intervals.len());
    for &(left, right) in intervals {
        let row = ends.iter().position(|&end| end <= left).unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(right);
        } else {
            ends[row] = right;
        }
        chosen.push(row);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::{rows, spread};

    #[test]
    fn labels_never_overlap_and_keep_their_order() {
        let wanted = [50.0, 51.0, 10.0, 99.0, 98.0, 52.0, 50.0];
        let placed = spread(&wanted, 9.0, 0.0, 100.0);
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
        for pair in order.windows(2) {
            assert!(placed[pair[1]] - placed[pair[0]] >= 9.0 - 1e-9, "{placed:?}");
        }
        assert!(placed.iter().all(|place| (0.0..=100.0).contains(place)), "{placed:?}");
    }

    #[test]
    fn labels_with_room_stay_where_they_wish() {
        assert_eq!(spread(&[30.0, 10.0, 60.0], 9.0, 0.0, 100.0), [30.0, 10.0, 60.0]);
    }

    #[test]
    fn touching_intervals_go_to_the_lowest_free_row() {
        assert_eq!(rows(&[(0.0, 5.0), (1.0, 6.0), (5.0, 9.0), (5.5, 8.0), (6.0, 7.0)]), [0, 1, 0, 2, 1]);
    }
}
