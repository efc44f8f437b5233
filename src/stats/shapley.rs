//! Shapley value: a total shared fairly among players whose contributions depend on who is already there.

/// Shapley values of n players from the values of all 2^n coalitions.
///
/// `values[m]` is the value of the coalition of the players whose bits are set in m; `values[0]` that of
/// nobody. A player gets phi_i = sum over coalitions S without i of |S|! (n - |S| - 1)! / n! (v(S and i) -
/// v(S)), its mean contribution over all orders of joining. They sum to v(all) - v(nobody), a player who
/// never changes anything gets 0, and players who contribute alike get alike. NaN where a value that counts
/// is. Shape: n.
///
/// Source: Shapley 1953.
///
/// # Panics
///
/// Unless the number of values is a power of two.
///
/// ```
/// use ecotone::stats::shapley::shapley;
/// // A left glove and two right gloves; a pair is worth 1: the left one gets 2/3, each right one 1/6.
/// let gloves = shapley(&[0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
/// assert!((gloves[0] - 2.0 / 3.0).abs() < 1e-15 && (gloves[2] - 1.0 / 6.0).abs() < 1e-15);
/// ```
pub fn shapley(values: &[f64]) -> Vec<f64> {
    assert!(values.len().is_power_of_two(), "{} coalitions: must be a power of two", values.len());
    let players = values.len().ilog2() as usize;
    let weights = weights(players);
    let share = |player: usize| {
        let without = (0..values.len()).filter(|coalition| coalition >> player & 1 == 0);
        let term = |coalition: usize| {
            let gain = values[coalition | 1 << player] - values[coalition];
            weights[coalition.count_ones() as usize] * gain
        };
        without.map(term).sum()
    };
    (0..players).map(share).collect()
}

/// Share of the orders in which exactly a given coalition of size s has joined before: s! (n - s - 1)! / n!.
fn weights(players: usize) -> Vec<f64> {
    let mut weight = 1.0 / players as f64;
    let mut weights = Vec::new();
    for size in 1..=players {
        weights.push(weight);
        weight *= size as f64 / (players - size) as f64;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::shapley;
    use proptest::prelude::*;

    /// Games of 1 to 6 players.
    fn game() -> impl Strategy<Value = Vec<f64>> {
        (1_u32..7).prop_flat_map(|players| prop::collection::vec(-100.0..100.0, 1 << players))
    }

    /// The coalition after two players have changed names.
    fn swapped(coalition: usize, one: usize, other: usize) -> usize {
        let differs = (coalition >> one ^ coalition >> other) & 1;
        coalition ^ (differs << one | differs << other)
    }

    /// The mean contribution over all orders, one order after the other.
    fn over_orders(values: &[f64], joined: usize, totals: &mut [f64]) -> f64 {
        let rest: Vec<usize> = (0..totals.len()).filter(|player| joined >> player & 1 == 0).collect();
        let mut orders = 0.0;
        for player in rest {
            let mut below = vec![0.0; totals.len()];
            let found = over_orders(values, joined | 1 << player, &mut below);
            below[player] += found * (values[joined | 1 << player] - values[joined]);
            totals.iter_mut().zip(below).for_each(|(total, below)| *total += below);
            orders += found;
        }
        if orders == 0.0 { 1.0 } else { orders }
    }

    proptest! {
        #[test]
        fn everything_is_shared(values in game()) {
            let total = values[values.len() - 1] - values[0];
            prop_assert!((shapley(&values).iter().sum::<f64>() - total).abs() < 1e-9);
        }

        #[test]
        fn who_changes_nothing_gets_nothing((values, player) in (game(), 0_usize..6)) {
            let player = player % values.len().ilog2() as usize;
            let without = |coalition: usize| values[coalition & !(1 << player)];
            let dummy: Vec<f64> = (0..values.len()).map(without).collect();
            prop_assert_eq!(shapley(&dummy)[player], 0.0);
        }

        #[test]
        fn other_names_carry_their_shares_along((values, one, other) in (game(), 0_usize..6, 0_usize..6)) {
            let players = values.len().ilog2() as usize;
            let (one, other) = (one % players, other % players);
            let renamed: Vec<f64> =
                (0..values.len()).map(|coalition| values[swapped(coalition, one, other)]).collect();
            let (before, after) = (shapley(&values), shapley(&renamed));
            prop_assert!((before[one] - after[other]).abs() < 1e-9);
            prop_assert!((before[other] - after[one]).abs() < 1e-9);
        }

        #[test]
        fn shares_are_the_mean_over_all_orders(values in game()) {
            let mut totals = vec![0.0; values.len().ilog2() as usize];
            let orders = over_orders(&values, 0, &mut totals);
            for (share, total) in shapley(&values).iter().zip(totals) {
                prop_assert!((share - total / orders).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn nobody_shares_nothing_and_an_undefined_value_is_not_hidden() {
        assert!(shapley(&[5.0]).is_empty());
        assert!(shapley(&[0.0, f64::NAN, 1.0, 2.0]).iter().all(|share| share.is_nan()));
    }

    #[test]
    #[should_panic(expected = "3 coalitions: must be a power of two")]
    fn missing_coalitions_are_refused() {
        shapley(&[0.0, 1.0, 2.0]);
    }
}
