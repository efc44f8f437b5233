//! Why somebody moves: every term of the new place's value less that of the old one's.

use super::Eyes;
use super::crowd::Crowd;
use crate::dynamics::sight::Sight;
use crate::equations::plan::inclusive_value;
use crate::equations::utility::{Situation, TERMS};
use crate::random::Purpose;
use crate::random::law::gumbel;
use crate::world::reasons::{FIXED_POINT, REASONS};

impl Eyes<'_> {
    /// What spoke for the move of a lane to a place, in the order of [`REASONS`], in fixed point.
    #[cold]
    pub fn reasons(&self, crowd: &Crowd, lane: usize, to: usize) -> [i64; REASONS] {
        let [taste, _] = self.chance.pair(crowd.user[lane], 0, Purpose::Taste, 0);
        let (new, old) = (
            self.contributions(crowd, lane, to, taste),
            self.contributions(crowd, lane, crowd.home[lane] as usize, taste),
        );
        core::array::from_fn(|term| ((new[term] - old[term]) * FIXED_POINT).round() as i64)
    }

    fn contributions(&self, crowd: &Crowd, lane: usize, place: usize, taste: u64) -> [f64; REASONS] {
        let rules = self.sight.rules;
        let mut parts = [0.0; REASONS];
        let situation = self.situation(crowd, lane, place, rules.taste(taste, place));
        for (part, term) in parts.iter_mut().zip(TERMS) {
            *part = (term.value)(&situation, &rules.weights);
        }
        parts[REASONS - 2] = -self.cost(crowd, lane, place);
        parts[REASONS - 1] = gumbel(rules.keys[place].bits(crowd.luck[lane]));
        parts
    }

    /// What the terms read of a user and a place.
    fn situation(&self, crowd: &Crowd, lane: usize, place: usize, taste: f64) -> Situation {
        let Sight { rules, tables, .. } = self.sight;
        if place == 0 {
            // Outside is worth its taste alone: ln 1 = 0.
            return Situation { taste, share: 1.0, ..Situation::default() };
        }
        let (kind, platform) = (usize::from(crowd.kind[lane]), place - 1);
        let company = self.sight.around(&crowd.tallies, lane, place);
        let social = self.social(crowd, lane, place, company);
        let tier = if place == crowd.home[lane] as usize { usize::from(crowd.tier[lane]) } else { 0 };
        let activity = tables.activity(rules, (kind, place, tier), social);
        let plans = tables.plans(rules, (kind, place), activity, social, company.paying);
        Situation {
            attractiveness: self.market.attractiveness[platform],
            appetite: self.types.appetite[kind],
            social: self.types.social[kind],
            matching: tables.matching[tables.at(kind, place)],
            open: tables.open[place],
            content: self.market.felt_content(platform, rules.content_reference),
            recommender: self.market.recommender[platform],
            share: tables.share[place],
            tie_share: social / self.types.social[kind],
            plan_value: inclusive_value(&plans, rules.plan_scale),
            taste,
        }
    }
}
