//! Worth of a place to a whole crowd where no plans are sold: short loops over plain columns, each of which fits
//! vector registers.

use super::Eyes;
use super::crowd::Crowd;
use crate::dynamics::sight::Sight;
use crate::equations::migration::{to_new, to_outside, to_remembered};
use crate::equations::ties;
use crate::world::graph::{CROWD, Graph};

impl Eyes<'_> {
    /// E8 without taste, less E9, for every lane.
    #[inline(always)]
    pub fn plain_worth(&self, crowd: &Crowd, place: usize, worth: &mut [f64; CROWD]) {
        let Sight { rules, tables, graph, .. } = self.sight;
        let common = self.common_to_type(place);
        for (worth, &kind) in worth.iter_mut().zip(&crowd.kind) {
            *worth = common[usize::from(kind)];
        }
        let (weight, open) = (rules.weights.ties, tables.open[place]);
        if place > 0 && weight != 0.0 {
            match graph {
                Graph::WellMixed => {
                    let friends = [self.sight.well_mixed(place).friends; CROWD];
                    add_ties(crowd, &friends, weight, worth);
                }
                Graph::Stored(_) => add_ties(crowd, &crowd.tallies.all_friends(place), weight, worth),
                Graph::Matching(_) => self.add_both_layers(crowd, place, (weight, open), worth),
            }
        }
        self.subtract_cost(crowd, place, worth);
    }

    /// Ties of both layers: relations with taste neighbours elsewhere are yet to be built.
    #[inline(always)]
    fn add_both_layers(
        &self,
        crowd: &Crowd,
        place: usize,
        (weight, open): (f64, f64),
        worth: &mut [f64; CROWD],
    ) {
        let (friends, taste) = (crowd.tallies.all_friends(place), crowd.tallies.all_taste(place));
        let newcomer = self.newcomer_ramp;
        for lane in 0..CROWD {
            let ramp = if crowd.home[lane] == place as u32 { crowd.ramp[lane] } else { newcomer };
            let share = ties::share(friends[lane], taste[lane], open, ramp, crowd.inverse_degree[lane]);
            worth[lane] += weight * (crowd.social[lane] * share);
        }
    }

    /// E9, in the form that decides without branches; without stocks and rebates every move costs the same.
    #[inline(always)]
    fn subtract_cost(&self, crowd: &Crowd, place: usize, worth: &mut [f64; CROWD]) {
        let costs = self.sight.rules.costs;
        let place = place as u32;
        if !self.sight.rules.stock && costs.rebate == 0.0 {
            let moving = if place == 0 { to_outside(&costs, 0.0) } else { to_new(&costs, 0.0) };
            for lane in 0..CROWD {
                worth[lane] -= if place == crowd.home[lane] { 0.0 } else { moving };
            }
            return;
        }
        for lane in 0..CROWD {
            let (stock, left) = (crowd.stock[lane], crowd.stock_left[lane]);
            let new = if place == 0 { to_outside(&costs, stock) } else { to_new(&costs, stock) };
            let known = to_remembered(&costs, stock, left);
            let moving = if place > 0 && place == crowd.remembered[lane] { known } else { new };
            worth[lane] -= if place == crowd.home[lane] { 0.0 } else { moving };
        }
    }
}

/// Ties of one layer.
#[inline(always)]
fn add_ties(crowd: &Crowd, friends: &[f64; CROWD], weight: f64, worth: &mut [f64; CROWD]) {
    for lane in 0..CROWD {
        let share = ties::share(friends[lane], 0.0, 0.0, 1.0, crowd.inverse_degree[lane]);
        worth[lane] += weight * (crowd.social[lane] * share);
    }
}
