//! Second homes of those who stay (E13).

use super::Eyes;
use super::crowd::Crowd;
use crate::dynamics::sight::Company;
use crate::equations::second_home::log_odds;
use crate::maths::ln;
use crate::random::Purpose;
use crate::random::law::uniform;
use crate::world::chunk::Chunk;
use crate::world::graph::lanes;
use crate::world::rules::SecondHomes;
use crate::world::users::second;

/// Covers the rounding of what all ties could add, nats.
const SLACK: f64 = 1e-9;

impl Eyes<'_> {
    /// Lets the staying lanes choose a second home, or none; who did not have to look around wants none.
    pub fn choose_second(&self, chunk: &mut Chunk, crowd: &Crowd, staying: u64, looked: u64) {
        let Some(terms) = self.sight.rules.second else { return };
        for lane in lanes(staying).filter(|&lane| lane < crowd.len && crowd.home[lane] > 0) {
            let user = crowd.user[lane] as usize;
            let now = second(self.users.place[user], self.users.status[user]);
            let has_looked = looked >> lane & 1 == 1;
            let wish = if has_looked { self.second_home(&terms, crowd, lane) } else { 0 };
            if wish != now {
                chunk.seconds.push((crowd.position[lane], wish as u8));
            }
        }
    }

    /// Whether somebody who stays wants no second home even if all ties lived on each other platform.
    pub fn surely_without_second(&self, crowd: &Crowd, lane: usize) -> bool {
        let Some(terms) = &self.sight.rules.second else { return true };
        let here = crowd.home[lane] as usize;
        let everybody = Company { friends: crowd.degree(lane), taste: 0.0, paying: 0.0 };
        let luck = self.second_luck(crowd, lane);
        here == 0
            || (1..self.sight.rules.places).filter(|&place| place != here).all(|place| {
                let most = if terms.ties > 0.0 { self.social(crowd, lane, place, everybody) } else { 0.0 };
                self.second_log_odds(terms, (crowd, lane), place, most) + self.second_noise(luck, place)
                    < -SLACK
            })
    }

    /// The platform whose log-odds with taste and logistic luck are highest, if they are above 0. With one rival this
    /// is E13 as it stands.
    fn second_home(&self, terms: &SecondHomes, crowd: &Crowd, lane: usize) -> usize {
        let luck = self.second_luck(crowd, lane);
        let mut best = (0.0, 0);
        for place in (1..self.sight.rules.places).filter(|&place| place != crowd.home[lane] as usize) {
            if self.sight.tables.closed[place] || !self.considers(crowd, lane, place) {
                continue;
            }
            let social = self.social(crowd, lane, place, self.sight.around(&crowd.tallies, lane, place));
            let wish =
                self.second_log_odds(terms, (crowd, lane), place, social) + self.second_noise(luck, place);
            if wish > best.0 {
                best = (wish, place);
            }
        }
        best.1
    }

    /// The bits of luck and of taste.
    fn second_luck(&self, crowd: &Crowd, lane: usize) -> [u64; 2] {
        let [luck, _] = self.chance.pair(crowd.user[lane], self.sight.day, Purpose::SecondHome, 0);
        let [taste, _] = self.chance.pair(crowd.user[lane], 0, Purpose::Taste, 0);
        [luck, taste]
    }

    /// Half the taste and the logistic luck for a place.
    fn second_noise(&self, [luck, taste]: [u64; 2], place: usize) -> f64 {
        let rules = self.sight.rules;
        let share = uniform(rules.keys[place].bits(luck));
        0.5 * rules.taste(taste, place) + (ln(share) - ln(1.0 - share))
    }

    /// E13 before taste and luck; `social` is z s.
    fn second_log_odds(
        &self,
        terms: &SecondHomes,
        (crowd, lane): (&Crowd, usize),
        place: usize,
        social: f64,
    ) -> f64 {
        let (tables, kind) = (self.sight.tables, usize::from(crowd.kind[lane]));
        let at = tables.at(kind, crowd.home[lane] as usize) * tables.places + place;
        let gain = self.types.appetite[kind] * self.sight.rules.weights.catalogue * tables.second_gain[at];
        let known = if crowd.remembered[lane] as usize == place { terms.known } else { 0.0 };
        log_odds(gain, terms.ties * social, terms.hassle - known)
    }
}
