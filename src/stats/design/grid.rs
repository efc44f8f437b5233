//! The full factorial: every combination of the settings' levels.

/// All combinations of levels, as numbers of levels counted from 0; the last setting runs fastest.
///
/// `levels` holds the number of levels of each setting. Shape: product of `levels` × settings. No setting
/// gives one point without coordinates; a setting without levels gives no point.
///
/// ```
/// use ecotone::stats::design::grid::grid;
/// assert_eq!(grid(&[2, 3]), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
/// ```
pub fn grid(levels: &[usize]) -> Vec<Vec<usize>> {
    levels.iter().fold(vec![Vec::new()], |points, &count| {
        let extended = |point: &Vec<usize>| {
            let point = point.clone();
            (0..count).map(move |level| [point.as_slice(), &[level]].concat())
        };
        points.iter().flat_map(extended).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::grid;

    #[test]
    fn the_empty_product_is_one_point_and_a_setting_without_levels_leaves_none() {
        assert_eq!(grid(&[]), [Vec::<usize>::new()]);
        assert_eq!(grid(&[3, 0, 2]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn every_combination_stands_once_in_counting_order() {
        let points = grid(&[3, 1, 4, 2]);
        let number = |point: &Vec<usize>| ((point[0] + point[1]) * 4 + point[2]) * 2 + point[3];
        let numbers: Vec<usize> = points.iter().map(number).collect();
        assert_eq!(numbers, (0..24).collect::<Vec<_>>());
    }
}
