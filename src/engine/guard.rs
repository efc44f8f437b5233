//! The tipping guard: does the market amplify a small shift of shares until one platform takes all?
//!
//! The guard linearises the mean-field map of one round of reconsideration at the initial state. A point of
//! the state is (type, private taste, home); ties are taken as well mixed. Below a spectral radius of 1
//! shares relax in `1 / (lambda_0 (1 - radius))` days; at 1 the market tips.

use crate::equations::consideration::probability;
use crate::equations::guard::critical_tie_strength;
use crate::equations::migration::{to_new, to_outside};
use crate::equations::plan::inclusive_value;
use crate::maths::{exp, ln, sqrt};
use crate::random::{Chance, Purpose};
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::founding::found;

/// Users founded for the guard: enough for every type, few enough to take a moment.
const POINTS: u64 = 2_048;
const ITERATIONS: usize = 400;
const STEP: f64 = 1e-4;

/// What the guard found.
#[derive(Clone, Debug, PartialEq)]
pub struct Tipping {
    /// Largest eigenvalue of the map of one reconsideration; the market tips at 1.
    pub radius: f64,
    /// Days in which a shift of shares fades to 1/e; infinite beyond the threshold.
    pub relaxation_days: f64,
    /// Long-run response of shares to a change of utility, relative to the same market without ties.
    pub multiplier: f64,
    /// Days until half of a response is there.
    pub half_life_days: f64,
    /// beta_s at which a symmetric market of as many platforms would tip; `None` with an outside option.
    pub critical_beta_s: Option<f64>,
    /// Whether the market is beyond the threshold.
    pub tips: bool,
    /// The verdict in words.
    pub text: String,
}

/// Runs the guard on a scenario.
pub fn tipping(scenario: &Scenario) -> Tipping {
    let small = small(scenario);
    let map = Map::new(found(&small, 0), small);
    let radius = map.radius(map.world.rules.weights.ties);
    let without = map.radius(0.0);
    let spontaneous = scenario.choice.lambda_0;
    let slack = 1.0 - radius;
    let tips = slack <= 1e-6;
    let relaxation_days = if tips {
        f64::INFINITY
    } else if spontaneous > 0.0 {
        1.0 / (spontaneous * slack)
    } else {
        f64::INFINITY
    };
    let multiplier = if tips { f64::INFINITY } else { (1.0 - without) / slack };
    let critical = (!scenario.market.outside)
        .then(|| critical_tie_strength(scenario.platforms.len(), scenario.choice.kappa_0));
    let half_life_days = relaxation_days * core::f64::consts::LN_2;
    let text = verdict(scenario, (radius, relaxation_days, multiplier, half_life_days));
    Tipping { radius, relaxation_days, multiplier, half_life_days, critical_beta_s: critical, tips, text }
}

fn verdict(scenario: &Scenario, (radius, relaxation, multiplier, half_life): (f64, f64, f64, f64)) -> String {
    if radius >= 1.0 - 1e-6 {
        return format!(
            "the market tips (slow mode {radius:.3} >= 1): a small lead grows until one platform takes all; \
             weaken choice.beta_s or set run.allow_tipping = true"
        );
    }
    let horizon = f64::from(scenario.market.days);
    let slow = if relaxation > horizon {
        format!(", longer than the run of {horizon:.0} days: the run shows a transient")
    } else {
        String::new()
    };
    format!(
        "no tipping (slow mode {radius:.3}): ties multiply a lasting change of shares by {multiplier:.2}, \
         half of it is there after {half_life:.0} days; shares relax in {relaxation:.0} days{slow}"
    )
}

/// The same market at the guard's size, with everything off that the guard does not read.
fn small(scenario: &Scenario) -> Scenario {
    let mut small = scenario.clone();
    small.market.users = POINTS;
    small.users.types = small.users.types.min(POINTS as u32);
    small.ties.kind = crate::scenario::TieKind::WellMixed;
    small.ties.edges = Vec::new();
    small.market.days = 1;
    small.measures.retention_days = 1;
    small.events.clear();
    small.audiences.clear();
    small
}

/// The mean-field map around the founded state.
struct Map {
    world: World,
    places: usize,
    /// Utility of a place for a point, ties apart; shape points × places.
    fixed: Vec<f64>,
    /// Social weight of a point.
    social: Vec<f64>,
    /// Own stock at home if it had always been there; shape points × places.
    stock: Vec<f64>,
    /// Probability of each home of a point at the founded state; shape points × places.
    homes: Vec<f64>,
    outside: bool,
}

impl Map {
    fn new(world: World, scenario: Scenario) -> Self {
        let (places, points) = (world.rules.places, world.users.kind.len());
        let mut map = Self {
            places,
            fixed: vec![0.0; points * places],
            social: vec![0.0; points],
            stock: vec![0.0; points * places],
            homes: vec![0.0; points * places],
            outside: scenario.market.outside,
            world,
        };
        for point in 0..points {
            map.fill(point);
        }
        map.settle();
        map
    }

    fn fill(&mut self, point: usize) {
        let World { tables, rules, types, users, chance, .. } = &self.world;
        let kind = usize::from(users.kind[point]);
        let [taste, _] = Chance::pair(*chance, point as u32, 0, Purpose::Taste, 0);
        self.social[point] = types.social[kind];
        for place in 0..self.places {
            let at = tables.at(kind, place);
            self.fixed[point * self.places + place] = rules.taste(taste, place);
            if place > 0 {
                let plans = tables.plans(rules, (kind, place), tables.expected[at], 0.0, 0.0);
                self.fixed[point * self.places + place] +=
                    tables.utility[at] + inclusive_value(&plans, rules.plan_scale);
            }
            self.stock[point * self.places + place] = if rules.stock { tables.expected[at] } else { 0.0 };
        }
    }

    /// Homes by logit with the levels that meet the founded shares.
    fn settle(&mut self) {
        let points = self.social.len();
        let wanted = self.world.tables.share.clone();
        let mut levels: Vec<f64> =
            wanted.iter().map(|&share| if share > 0.0 { 0.0 } else { f64::NEG_INFINITY }).collect();
        for _ in 0..200 {
            let mut shares = vec![0.0; self.places];
            for point in 0..points {
                let row = point * self.places..(point + 1) * self.places;
                let values: Vec<f64> =
                    self.fixed[row.clone()].iter().zip(&levels).map(|(v, l)| v + l).collect();
                let odds = softmax(&values);
                shares.iter_mut().zip(&odds).for_each(|(share, p)| *share += p / points as f64);
                self.homes[row].copy_from_slice(&odds);
            }
            for place in (0..self.places).filter(|&place| wanted[place] > 0.0) {
                levels[place] += ln(wanted[place] / shares[place].max(1e-12));
            }
        }
    }

    /// State after everybody reconsiders once, each reading the shares of `state`.
    fn apply(&self, state: &[f64], beta_s: f64) -> Vec<f64> {
        let shares = self.shares(state);
        let mut next = vec![0.0; state.len()];
        let mut odds = vec![0.0; self.places];
        for point in 0..self.social.len() {
            let row = point * self.places;
            for home in 0..self.places {
                let mass = state[row + home];
                self.transition((point, home), &shares, beta_s, &mut odds);
                (0..self.places).for_each(|place| next[row + place] += mass * odds[place]);
            }
        }
        next
    }

    fn shares(&self, state: &[f64]) -> Vec<f64> {
        let points = self.social.len() as f64;
        let sum = |place: usize| state.iter().skip(place).step_by(self.places).sum::<f64>() / points;
        (0..self.places).map(sum).collect()
    }

    /// Probabilities of the next home of a point that lives on `home`.
    fn transition(&self, (point, home): (usize, usize), shares: &[f64], beta_s: f64, odds: &mut [f64]) {
        let World { rules, tables, .. } = &self.world;
        let stock = self.stock[point * self.places + home];
        let mut best = f64::NEG_INFINITY;
        for place in 0..self.places {
            let considered = if place == home || place == 0 {
                1.0
            } else {
                probability(tables.aware[place], rules.log_silence, rules.degree * shares[place])
            };
            let cost = match place {
                _ if place == home => 0.0,
                0 => to_outside(&rules.costs, stock),
                _ => to_new(&rules.costs, stock),
            };
            let ties = if place == 0 { 0.0 } else { beta_s * self.social[point] * shares[place] };
            let size = if place == 0 || rules.weights.installed_base == 0.0 {
                0.0
            } else {
                rules.weights.installed_base
                    * (ln(shares[place].max(1e-9)) - ln(tables.share[place].max(1e-9)))
            };
            let allowed = place > 0 || self.outside;
            odds[place] = if allowed && considered > 0.0 {
                self.fixed[point * self.places + place] + ties + size - cost + ln(considered)
            } else {
                f64::NEG_INFINITY
            };
            best = best.max(odds[place]);
        }
        let mut total = 0.0;
        for odds in odds.iter_mut() {
            *odds = exp(*odds - best);
            total += *odds;
        }
        odds.iter_mut().for_each(|odds| *odds /= total);
    }

    /// Largest eigenvalue of the derivative of the map, by power iteration on a difference quotient; the
    /// direction conserves every point's mass.
    fn radius(&self, beta_s: f64) -> f64 {
        let base = self.apply(&self.homes, beta_s);
        let mut direction: Vec<f64> = (0..self.homes.len())
            .map(|at| {
                if at % self.places == 1 {
                    1.0
                } else if at % self.places == 2 % self.places {
                    -1.0
                } else {
                    0.0
                }
            })
            .collect();
        if self.places == 2 {
            direction.iter_mut().enumerate().for_each(|(at, x)| *x = if at % 2 == 1 { 1.0 } else { -1.0 });
        }
        let mut radius = 0.0;
        for _ in 0..ITERATIONS {
            let norm = sqrt(direction.iter().map(|x| x * x).sum::<f64>() / self.social.len() as f64);
            if norm < 1e-300 {
                return 0.0;
            }
            direction.iter_mut().for_each(|x| *x /= norm);
            let moved: Vec<f64> = self.homes.iter().zip(&direction).map(|(x, d)| x + STEP * d).collect();
            let image = self.apply(&moved, beta_s);
            let next: Vec<f64> = image.iter().zip(&base).map(|(a, b)| (a - b) / STEP).collect();
            let growth = sqrt(next.iter().map(|x| x * x).sum::<f64>() / self.social.len() as f64);
            let settled = (growth - radius).abs() < 1e-7 * growth.max(1e-3);
            radius = growth;
            direction = next;
            if settled {
                break;
            }
        }
        radius
    }
}

fn softmax(values: &[f64]) -> Vec<f64> {
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = values.iter().map(|value| exp(value - best)).collect();
    let total: f64 = odds.iter().sum();
    odds.iter().map(|x| x / total).collect()
}
