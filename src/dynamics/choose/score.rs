//! What a place is worth to a user (E8, E9), and the race of the places for a whole crowd.

use super::Eyes;
use super::crowd::Crowd;
use crate::dynamics::sight::{Company, Sight};
use crate::equations::consideration::probability;
use crate::equations::migration::{to_new, to_outside, to_remembered};
use crate::equations::plan::inclusive_value;
use crate::random::Purpose;
use crate::random::law::{gumbel, uniform};
use crate::world::graph::{CROWD, lanes};

/// Lanes whose race fits registers.
const HEAT: usize = 8;

impl Eyes<'_> {
    /// The places that the wanted lanes choose (E11). Quick draws decide unless two places come too close.
    #[inline(always)]
    pub fn choose(&self, crowd: &mut Crowd, wanted: u64) -> [u32; CROWD] {
        let rules = self.sight.rules;
        for place in usize::from(!rules.outside)..rules.places {
            let mut scores = [0.0; CROWD];
            self.score(crowd, wanted, place, &mut scores);
            crowd.scores[place] = scores;
        }
        let (mut chosen, lead) = race(&crowd.scores[..rules.places], usize::from(!rules.outside));
        let mut close = 0;
        for lane in 0..CROWD {
            close |= u64::from((lead[lane] <= 2.0 * self.error) | crowd.rare[lane]) << lane;
        }
        for lane in lanes(close & wanted) {
            chosen[lane] = self.choose_exactly(crowd, lane) as u32;
        }
        chosen
    }

    /// Scores of a place: its worth with quick taste and luck, or minus infinity if it does not come to mind.
    #[inline(always)]
    fn score(&self, crowd: &Crowd, wanted: u64, place: usize, scores: &mut [f64; CROWD]) {
        let Sight { rules, tables, .. } = self.sight;
        if rules.plans {
            for lane in lanes(wanted) {
                scores[lane] = self.worth(crowd, lane, place, self.sight.around(&crowd.tallies, lane, place));
            }
        } else {
            self.plain_worth(crowd, place, scores);
        }
        for (score, &noise) in scores.iter_mut().zip(&crowd.noise[place]) {
            *score += f64::from(noise);
        }
        if place > 0 && tables.aware[place] < 1.0 {
            for lane in 0..CROWD {
                let comes = self.considers(crowd, lane, place);
                scores[lane] = if comes { scores[lane] } else { f64::NEG_INFINITY };
            }
        }
    }

    /// The place with the highest score of the draws themselves.
    #[inline(never)]
    fn choose_exactly(&self, crowd: &Crowd, lane: usize) -> usize {
        let rules = self.sight.rules;
        let [taste, _] = self.chance.pair(crowd.user[lane], 0, Purpose::Taste, 0);
        let mut best = (f64::NEG_INFINITY, crowd.home[lane] as usize);
        for place in usize::from(!rules.outside)..rules.places {
            if !self.considers(crowd, lane, place) {
                continue;
            }
            let company = self.sight.around(&crowd.tallies, lane, place);
            let luck = gumbel(rules.keys[place].bits(crowd.luck[lane]));
            let score = self.worth(crowd, lane, place, company) + rules.taste(taste, place) + luck;
            if score > best.0 {
                best = (score, place);
            }
        }
        best.1
    }

    /// Lanes whose home wins even if every tie that does not live there lived, and paid, on each other place:
    /// they need not look around. The own counters tell the ties at home; with second homes ties may be elsewhere
    /// as well. Decides nothing that looking around would not.
    #[inline(always)]
    pub fn surely_stays(&self, crowd: &Crowd, lane: usize, at_home: Company) -> bool {
        let rules = self.sight.rules;
        let degree = crowd.degree(lane);
        let here_only = if rules.second.is_some() { 0.0 } else { at_home.friends + at_home.taste };
        let rest = degree - here_only;
        let elsewhere = Company { friends: rest, taste: 0.0, paying: rest };
        let here = crowd.home[lane] as usize;
        let score = |place: usize, company: Company| {
            self.worth(crowd, lane, place, company) + f64::from(crowd.noise[place][lane])
        };
        let least = score(here, at_home) - 2.0 * self.error;
        !crowd.rare[lane]
            && (usize::from(!rules.outside)..rules.places)
                .filter(|&place| place != here)
                .all(|place| score(place, elsewhere) < least)
    }

    /// E10: outside, the home and the remembered platform always come to mind; whose platform closes looks at all.
    #[inline(always)]
    pub fn considers(&self, crowd: &Crowd, lane: usize, place: usize) -> bool {
        let Sight { rules, tables, .. } = self.sight;
        if place == 0
            || place == crowd.home[lane] as usize
            || place == crowd.remembered[lane] as usize
            || tables.aware[place] >= 1.0
        {
            return true;
        }
        let Company { friends, taste, .. } = self.sight.around(&crowd.tallies, lane, place);
        let ties = friends + tables.open[place] * taste;
        uniform(rules.keys[place].bits(crowd.memory[lane]))
            < probability(tables.aware[place], rules.log_silence, ties)
            || tables.closed[crowd.home[lane] as usize]
    }

    /// E8 without taste, less E9.
    #[inline(always)]
    fn worth(&self, crowd: &Crowd, lane: usize, place: usize, company: Company) -> f64 {
        let Sight { rules, tables, .. } = self.sight;
        let social = self.social(crowd, lane, place, company);
        let mut value =
            self.common_to_type(place)[usize::from(crowd.kind[lane])] + rules.weights.ties * social;
        if rules.plans && place > 0 {
            let kind = usize::from(crowd.kind[lane]);
            // Elsewhere one lives as a newcomer: on the free plan.
            let tier = if place == crowd.home[lane] as usize { usize::from(crowd.tier[lane]) } else { 0 };
            let activity = tables.activity(rules, (kind, place, tier), social);
            let plans = tables.plans(rules, (kind, place), activity, social, company.paying);
            value += inclusive_value(&plans, rules.plan_scale);
        }
        value - self.cost(crowd, lane, place)
    }

    /// z s, what ties on a place count; relations with taste neighbours elsewhere are yet to be built.
    #[inline(always)]
    pub fn social(&self, crowd: &Crowd, lane: usize, place: usize, company: Company) -> f64 {
        if place == 0 {
            return 0.0;
        }
        let at_home = place == crowd.home[lane] as usize;
        let ramp = if at_home { crowd.ramp[lane] } else { self.newcomer_ramp };
        crowd.social[lane] * self.sight.share(company, place, ramp, crowd.inverse_degree[lane])
    }

    /// E9: what the move costs; staying is free.
    #[inline(always)]
    pub fn cost(&self, crowd: &Crowd, lane: usize, place: usize) -> f64 {
        let (costs, stock) = (&self.sight.rules.costs, crowd.stock[lane]);
        match place as u32 {
            home if home == crowd.home[lane] => 0.0,
            0 => to_outside(costs, stock),
            known if known == crowd.remembered[lane] => to_remembered(costs, stock, crowd.stock_left[lane]),
            _ => to_new(costs, stock),
        }
    }
}

/// The place with the highest score of every lane, and its lead over the second.
#[inline(always)]
fn race(scores: &[[f64; CROWD]], first: usize) -> ([u32; CROWD], [f64; CROWD]) {
    let (mut winners, mut leads) = ([0; CROWD], [0.0; CROWD]);
    for heat in (0..CROWD).step_by(HEAT) {
        let (mut best, mut second) = ([f64::NEG_INFINITY; HEAT], [f64::NEG_INFINITY; HEAT]);
        let mut winner = [0; HEAT];
        for (place, scores) in scores.iter().enumerate().skip(first) {
            for lane in 0..HEAT {
                let (score, leader) = (scores[heat + lane], best[lane]);
                let behind = if score > leader { leader } else { score };
                second[lane] = if behind > second[lane] { behind } else { second[lane] };
                winner[lane] = if score > leader { place as u32 } else { winner[lane] };
                best[lane] = if score > leader { score } else { leader };
            }
        }
        for lane in 0..HEAT {
            winners[heat + lane] = winner[lane];
            leads[heat + lane] = best[lane] - second[lane];
        }
    }
    (winners, leads)
}
