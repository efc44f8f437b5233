//! The tipping guard: does the market amplify a small shift of shares until one platform takes all?
//!
//! The guard linearises the mean-field map of one round of reconsideration at the initial state. A point of
//! the state is a sample user (type and private tastes) with a probability of each home; ties are taken as
//! well mixed and awareness as it is: word of mouth makes an unknown platform grow, but it saturates. Below a
//! spectral radius of 1 a shift of shares fades; at 1 the market tips.

use crate::equations::consideration::probability;
use crate::equations::guard::critical_tie_strength;
use crate::equations::migration::{to_new, to_outside};
use crate::maths::{exp, ln, sqrt};
use crate::random::Purpose;
use crate::scenario::{Effect, Scenario, TieKind};
use crate::world::World;
use crate::world::founding::found;

/// Sample users: enough for every margin of the types, few enough to take a moment.
const POINTS: u64 = 1_024;
/// Sample users of a first look, whose slow mode is within a tenth or so of the full sample's.
const COARSE: u64 = 128;
/// A slow mode that a first look leaves alone.
const NEAR: f64 = 0.7;
/// Tie strength from which on users may be frozen where they are, nats.
const STRONG: f64 = 2.0;
const ITERATIONS: usize = 2_000;
const SETTLED: f64 = 1e-6;
/// Rounds of fitting the levels of homes, and how near to the wanted shares is near enough.
const MOST_ROUNDS: usize = 60;
const EXACT: f64 = 1e-12;
/// Rounds before a slow mode is given up as too low: the first ones mix fast modes in.
const FIRST_ROUNDS: usize = 10;

/// What the guard found.
#[derive(Clone, Debug, PartialEq)]
pub struct Tipping {
    /// Largest eigenvalue of the map of one reconsideration; the market tips at 1.
    pub radius: f64,
    /// Days until 1 - 1/e of the response to a lasting change is there; infinite beyond the threshold.
    pub relaxation_days: f64,
    /// Long-run response of the largest platform's share to a change of its utility, relative to the same
    /// market without ties.
    pub multiplier: f64,
    /// Days until half of that response is there.
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
    let small = small(scenario, POINTS);
    let points = Points::new(&found(&small, 0), &small);
    let weights = (scenario.choice.beta_s, scenario.choice.beta_n);
    let map = points.linearised(weights);
    let radius = map.radius();
    let tips = radius >= 1.0 - SETTLED;
    let response = map.response();
    let days = |share: f64| match scenario.choice.lambda_0 {
        rate if rate > 0.0 && !tips => response.rounds_until(share) / rate,
        _ => f64::INFINITY,
    };
    let alone = points.linearised((0.0, 0.0)).response().total();
    let multiplier = if tips { f64::INFINITY } else { response.total() / alone };
    let open = (0..scenario.platforms.len()).filter(|&platform| scenario.is_open_at_start(platform)).count();
    let critical_beta_s =
        (!scenario.market.outside).then(|| critical_tie_strength(open, scenario.choice.kappa_0));
    let (relaxation_days, half_life_days) = (days(1.0 - 1.0 / core::f64::consts::E), days(0.5));
    if let Some(weaker) = tips_below(scenario, tips) {
        return weaker;
    }
    let text = verdict(scenario, radius, (multiplier, half_life_days, relaxation_days));
    Tipping { radius, relaxation_days, multiplier, half_life_days, critical_beta_s, tips, text }
}

/// The verdict at weaker ties, when ties so strong that nobody can move any more hide that they tip: stronger
/// ties never make a market safe.
fn tips_below(scenario: &Scenario, tips: bool) -> Option<Tipping> {
    if tips || scenario.choice.beta_s <= STRONG {
        return None;
    }
    let weaker = weaker(scenario);
    let found = tipping(&weaker);
    let is_first = !found.text.contains("already");
    let text = format!("{}, already at choice.beta_s = {}", found.text, weaker.choice.beta_s);
    found.tips.then(|| Tipping { text: if is_first { text } else { found.text.clone() }, ..found })
}

/// The same market with ties of half the weight.
fn weaker(scenario: &Scenario) -> Scenario {
    let mut weaker = scenario.clone();
    weaker.choice.beta_s /= 2.0;
    weaker
}

/// Whether the market tips, told without the verdict's numbers: a study asks it of every trial.
///
/// A coarse sample first; only a market anywhere near the threshold is looked at in full, and only for as long as
/// its slow mode may still reach 1. Strong ties are looked at halved as well, as in [`tipping`].
pub fn tips(scenario: &Scenario) -> bool {
    let reaches = |level: f64, users: u64| {
        let small = small(scenario, users);
        let points = Points::new(&found(&small, 0), &small);
        let map = points.linearised((scenario.choice.beta_s, scenario.choice.beta_n));
        map.radius_or_below(level) >= level
    };
    let is_strong = scenario.choice.beta_s > STRONG;
    let is_beyond = (is_strong || reaches(NEAR, COARSE)) && reaches(1.0 - SETTLED, POINTS);
    is_beyond || (is_strong && tips(&weaker(scenario)))
}

fn verdict(scenario: &Scenario, radius: f64, (multiplier, half_life, relaxation): (f64, f64, f64)) -> String {
    if radius >= 1.0 - SETTLED {
        return format!(
            "the market tips (slow mode {radius:.3} >= 1): a small lead grows until one platform takes all"
        );
    }
    if scenario.choice.lambda_0 == 0.0 {
        return "no tipping: nobody reconsiders spontaneously".to_owned();
    }
    let slow = if relaxation > f64::from(scenario.market.days) {
        format!("; that is slower than the run of {} days, which shows a transient", scenario.market.days)
    } else {
        String::new()
    };
    format!(
        "no tipping (slow mode {radius:.3}): ties multiply the response of shares to a lasting change by \
         {multiplier:.2}; half of it is there after {half_life:.0} days, 63 % after {relaxation:.0}{slow}"
    )
}

/// The same market at the guard's size, with everything off that the guard does not read.
fn small(scenario: &Scenario, users: u64) -> Scenario {
    let mut small = scenario.clone();
    small.market.users = users;
    small.users.types = small.users.types.min(users as u32);
    small.ties.kind = TieKind::WellMixed;
    small.ties.edges = Vec::new();
    small.market.days = 1;
    small.measures.retention_days = 1;
    // Which platforms are closed at the start follows from their entry.
    small.events.retain(|event| matches!(event.effect, Effect::Entry { .. }));
    small.audiences.clear();
    small
}

/// The sample: for every point the probability of each home, and of each move when reconsidering.
struct Points {
    places: usize,
    /// Social weight z; by point.
    social: Vec<f64>,
    /// Probability of each home at the founded state; shape points × places.
    homes: Vec<f64>,
    /// Probability of the next home given the present one; shape points × places × places.
    moves: Vec<f64>,
    /// Market shares at the founded state.
    shares: Vec<f64>,
}

impl Points {
    fn new(world: &World, scenario: &Scenario) -> Self {
        let places = world.rules.places;
        let utilities: Vec<Vec<f64>> =
            (0..world.users.kind.len()).map(|user| utilities(world, user)).collect();
        let known: Vec<f64> = (0..places).map(|place| known(world, place)).collect();
        let moves = (0..utilities.len())
            .flat_map(|user| (0..places).map(move |home| (user, home)))
            .flat_map(|(user, home)| transition(world, scenario, (&utilities[user], &known), (user, home)))
            .collect();
        Self {
            places,
            social: world.users.kind.iter().map(|&kind| world.types.social[usize::from(kind)]).collect(),
            homes: homes(&utilities, &world.tables.share),
            moves,
            shares: world.tables.share.clone(),
        }
    }

    /// The derivative of the map under weights of ties and installed base.
    fn linearised(&self, (ties, installed_base): (f64, f64)) -> Linear<'_> {
        let (points, places) = (self.social.len(), self.places);
        let mut moves = vec![0.0; self.moves.len()];
        let mut gain = vec![0.0; self.moves.len()];
        let mut answer = vec![0.0; self.moves.len()];
        for point in 0..points {
            for home in 0..places {
                let mass = self.homes[point * places + home];
                let odds = &self.moves[(point * places + home) * places..][..places];
                for (to, &p) in odds.iter().enumerate() {
                    moves[(home * places + to) * points + point] = p;
                    for (pushed, &q) in odds.iter().enumerate() {
                        let own = if to == pushed { 1.0 } else { 0.0 };
                        gain[(to * places + pushed) * points + point] += mass * p * (own - q);
                    }
                }
            }
            for pushed in 1..places {
                let nats = ties * self.social[point] + installed_base / self.shares[pushed].max(1e-9);
                for to in 0..places {
                    let at = (to * places + pushed) * points + point;
                    answer[at] = gain[at] * nats;
                }
            }
        }
        Linear { points: self, homes: by_place(&self.homes, places), moves, gain, answer }
    }
}

/// Points × places as places × points.
fn by_place(homes: &[f64], places: usize) -> Vec<f64> {
    (0..places).flat_map(|place| homes.iter().skip(place).step_by(places).copied()).collect()
}

/// Utility of every place for a sample user: tabulated terms, plans as a newcomer sees them, ties at the
/// market's shares, taste.
fn utilities(world: &World, user: usize) -> Vec<f64> {
    let World { tables, rules, types, users, chance, .. } = world;
    let kind = usize::from(users.kind[user]);
    let [taste, _] = chance.pair(user as u32, 0, Purpose::Taste, 0);
    let value = |place: usize| {
        if place == 0 {
            return rules.taste(taste, 0);
        }
        let company = types.social[kind] * tables.share[place];
        tables.newcomer_value(rules, (kind, place), company) + rules.taste(taste, place)
    };
    (0..rules.places).map(value).collect()
}

/// Logarithm of the probability that a platform comes to mind, with ties at the market's shares.
fn known(world: &World, place: usize) -> f64 {
    let World { tables, rules, .. } = world;
    let ties = rules.degree * tables.share[place];
    ln(probability(tables.aware[place], rules.log_silence, ties).max(1e-300))
}

/// Probabilities of the next home of a user who lives on `home` and reconsiders.
fn transition(
    world: &World,
    scenario: &Scenario,
    (utilities, known): (&[f64], &[f64]),
    (user, home): (usize, usize),
) -> Vec<f64> {
    let World { tables, rules, users, .. } = world;
    let at = tables.at(usize::from(users.kind[user]), home);
    let stock = if rules.stock && home > 0 { tables.expected[at] } else { 0.0 };
    let value = |place: usize| match place {
        _ if place == home => utilities[place],
        0 if !scenario.market.outside => f64::NEG_INFINITY,
        0 => utilities[0] - to_outside(&rules.costs, stock),
        _ => utilities[place] - to_new(&rules.costs, stock) + known[place],
    };
    softmax((0..utilities.len()).map(value).collect())
}

/// Homes by logit, with the levels that meet the founded shares; shape points × places. The levels enter as factors
/// of the odds, so that a round takes no exponential.
fn homes(utilities: &[Vec<f64>], wanted: &[f64]) -> Vec<f64> {
    let places = wanted.len();
    let odds: Vec<f64> = utilities.iter().flat_map(|user| softmax(user.clone())).collect();
    let mut factors: Vec<f64> = wanted.iter().map(|&share| if share > 0.0 { 1.0 } else { 0.0 }).collect();
    let mut homes = vec![0.0; odds.len()];
    for _ in 0..MOST_ROUNDS {
        let mut shares = vec![0.0; places];
        for (home, odds) in homes.chunks_exact_mut(places).zip(odds.chunks_exact(places)) {
            home.iter_mut().zip(odds).zip(&factors).for_each(|((home, odds), factor)| *home = odds * factor);
            let total: f64 = home.iter().sum();
            home.iter_mut().for_each(|home| *home /= total);
            shares.iter_mut().zip(&*home).for_each(|(share, home)| *share += home);
        }
        let mut furthest: f64 = 0.0;
        for place in (0..places).filter(|&place| wanted[place] > 0.0) {
            let correction = wanted[place] / (shares[place] / utilities.len() as f64).max(1e-12);
            furthest = furthest.max((correction - 1.0).abs());
            factors[place] *= correction;
        }
        if furthest < EXACT {
            break;
        }
    }
    homes
}

/// The derivative of the map at the founded state, and its changes, place by place: loops over points then run in
/// vector registers.
struct Linear<'a> {
    points: &'a Points,
    /// Shape places × points.
    homes: Vec<f64>,
    /// Shape homes × next homes × points.
    moves: Vec<f64>,
    /// Change of next homes per nat of a place; shape places × pushed places × points.
    gain: Vec<f64>,
    /// Change of next homes per unit of a place's share; shape places × pushed places × points.
    answer: Vec<f64>,
}

impl Linear<'_> {
    /// The change of the state one round after the change `x`; shape places × points.
    fn apply(&self, x: &[f64]) -> Vec<f64> {
        let (points, places) = (self.points.social.len(), self.points.places);
        let shares = self.shares(x);
        let mut next = vec![0.0; x.len()];
        for (to, next) in next.chunks_exact_mut(points).enumerate() {
            for (from, x) in x.chunks_exact(points).enumerate() {
                let odds = &self.moves[(from * places + to) * points..][..points];
                let answer = &self.answer[(to * places + from) * points..][..points];
                for (((next, mass), p), answer) in next.iter_mut().zip(x).zip(odds).zip(answer) {
                    *next += mass * p + answer * shares[from];
                }
            }
        }
        next
    }

    fn shares(&self, x: &[f64]) -> Vec<f64> {
        let points = self.points.social.len();
        x.chunks_exact(points).map(|x| x.iter().sum::<f64>() / points as f64).collect()
    }

    /// The platform with the largest share.
    fn leader(&self) -> usize {
        let shares = &self.points.shares;
        (1..shares.len()).fold(1, |best, place| if shares[place] > shares[best] { place } else { best })
    }

    /// Change of the state in one round per nat of the leader's utility.
    fn push(&self) -> Vec<f64> {
        let (points, places, leader) = (self.points.social.len(), self.points.places, self.leader());
        let of_leader = |to: usize| &self.gain[(to * places + leader) * points..][..points];
        (0..places).flat_map(of_leader).copied().collect()
    }

    /// Largest eigenvalue, by power iteration from the push.
    fn radius(&self) -> f64 {
        self.radius_or_below(0.0)
    }

    /// The same, given up where it stays below a level: when a hundred times the last change would not reach it.
    fn radius_or_below(&self, level: f64) -> f64 {
        let (mut x, mut radius) = (self.push(), 0.0);
        for round in 0..ITERATIONS {
            let size = sqrt(x.iter().map(|x| x * x).sum::<f64>());
            if size < 1e-200 {
                return 0.0;
            }
            x.iter_mut().for_each(|x| *x /= size);
            x = self.apply(&x);
            self.conserve(&mut x);
            let growth = sqrt(x.iter().map(|x| x * x).sum::<f64>());
            let change = (growth - radius).abs();
            let is_below = round >= FIRST_ROUNDS && growth + 100.0 * change < level;
            if is_below || change < SETTLED * SETTLED.max(growth) {
                return growth;
            }
            radius = growth;
        }
        radius
    }

    /// Takes away the mass that rounding lets in: a change moves users, it makes none.
    fn conserve(&self, x: &mut [f64]) {
        let points = self.points.social.len();
        let mut mass = vec![0.0; points];
        for x in x.chunks_exact(points) {
            mass.iter_mut().zip(x).for_each(|(mass, x)| *mass += x);
        }
        for (x, homes) in x.chunks_exact_mut(points).zip(self.homes.chunks_exact(points)) {
            x.iter_mut().zip(&mass).zip(homes).for_each(|((x, mass), home)| *x -= mass * home);
        }
    }

    /// How the leader's share answers, round by round, to a lasting push of its utility.
    fn response(&self) -> Response {
        let (mut x, mut steps, mut total) = (self.push(), Vec::new(), 0.0);
        for _ in 0..ITERATIONS {
            let step = self.shares(&x)[self.leader()];
            total += step;
            steps.push(step);
            if step.abs() < SETTLED * total {
                break;
            }
            x = self.apply(&x);
        }
        Response(steps)
    }
}

/// Change of a share in each round.
struct Response(Vec<f64>);

impl Response {
    fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Rounds until a part of the whole response is there.
    fn rounds_until(&self, part: f64) -> f64 {
        let (wanted, mut sum) = (part * self.total(), 0.0);
        for (round, step) in self.0.iter().enumerate() {
            if sum + step >= wanted {
                return round as f64 + (wanted - sum) / step;
            }
            sum += step;
        }
        self.0.len() as f64
    }
}

fn softmax(values: Vec<f64>) -> Vec<f64> {
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = values.iter().map(|value| exp(value - best)).collect();
    let total: f64 = odds.iter().sum();
    odds.iter().map(|x| x / total).collect()
}
