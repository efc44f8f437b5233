//! Second homes of those who stay (E13).

use super::Eyes;
use super::crowd::Crowd;
use crate::equations::second_home::log_odds;
use crate::maths::ln;
use crate::random::Purpose;
use crate::random::law::uniform;
use crate::world::chunk::Chunk;
use crate::world::graph::lanes;
use crate::world::rules::SecondHomes;
use crate::world::users::second;

impl Eyes<'_> {
    /// Lets the staying lanes choose a second home, or none.
    pub fn choose_second(&self, chunk: &mut Chunk, crowd: &Crowd, staying: u64) {
        let Some(terms) = self.sight.rules.second else { return };
        for lane in lanes(staying).filter(|&lane| lane < crowd.len && crowd.home[lane] > 0) {
            let user = crowd.user[lane] as usize;
            let now = second(self.users.place[user], self.users.status[user]);
            let wish = self.second_home(&terms, crowd, lane);
            if wish != now {
                chunk.seconds.push((crowd.position[lane], wish as u8));
            }
        }
    }

    /// The platform whose log-odds with taste and logistic luck are highest, if they are above 0. With one rival this
    /// is E13 as it stands.
    fn second_home(&self, terms: &SecondHomes, crowd: &Crowd, lane: usize) -> usize {
        let rules = self.sight.rules;
        let [luck, _] = self.chance.pair(crowd.user[lane], self.sight.day, Purpose::SecondHome, 0);
        let [taste, _] = self.chance.pair(crowd.user[lane], 0, Purpose::Taste, 0);
        let mut best = (0.0, 0);
        for place in (1..rules.places).filter(|&place| place != crowd.home[lane] as usize) {
            if self.sight.tables.closed[place] || !self.considers(crowd, lane, place) {
                continue;
            }
            let share = uniform(rules.keys[place].bits(luck));
            let logistic = ln(share) - ln(1.0 - share);
            let wish =
                self.second_log_odds(terms, crowd, lane, place) + 0.5 * rules.taste(taste, place) + logistic;
            if wish > best.0 {
                best = (wish, place);
            }
        }
        best.1
    }

    /// E13 before taste and luck.
    fn second_log_odds(&self, terms: &SecondHomes, crowd: &Crowd, lane: usize, place: usize) -> f64 {
        let (tables, kind) = (self.sight.tables, usize::from(crowd.kind[lane]));
        let at = tables.at(kind, crowd.home[lane] as usize) * tables.places + place;
        let gain = self.types.appetite[kind] * self.sight.rules.weights.catalogue * tables.second_gain[at];
        let social = self.social(crowd, lane, place, self.sight.around(&crowd.tallies, lane, place));
        let known = if crowd.remembered[lane] as usize == place { terms.known } else { 0.0 };
        log_odds(gain, terms.ties * social, terms.hassle - known)
    }
}
