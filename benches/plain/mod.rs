//! The yardstick as an hour's work in plain Rust: vectors, a stored ring, standard mathematics, one thread.
//!
//! It is the comparison, not part of the program: the model is that of `benches/yardstick.toml`.

const LEVELS: [f64; 4] = [0.3, 0.1, 0.0, -0.2];
const TIES: f64 = 1.5;
const STAYING: f64 = 3.0;

/// Users on a rewired ring who choose among four platforms every day.
pub struct Market {
    tastes: Vec<[f64; 4]>,
    neighbours: Vec<Vec<u32>>,
    home: Vec<u8>,
    next: Vec<u8>,
    random: u64,
}

impl Market {
    /// A market with random homes and standard normal tastes.
    pub fn new(users: usize, seed: u64) -> Self {
        let mut market = Self {
            tastes: vec![],
            neighbours: vec![vec![]; users],
            home: vec![],
            next: vec![],
            random: seed,
        };
        for user in 0..users {
            let tastes = core::array::from_fn(|_| market.normal());
            market.tastes.push(tastes);
            let home = (market.uniform() * 4.0) as u8;
            market.home.push(home);
            for distance in 1..=5 {
                let rewired = market.uniform() < 0.1;
                let far = if rewired { (market.uniform() * users as f64) as usize } else { user + distance }
                    % users;
                market.neighbours[user].push(far as u32);
                market.neighbours[far].push(user as u32);
            }
        }
        market.next = market.home.clone();
        market
    }

    /// One day: everybody reads yesterday and draws from the multinomial logit.
    #[expect(
        clippy::disallowed_methods,
        reason = "the comparison uses the standard library as anybody would"
    )]
    pub fn step(&mut self) {
        for user in 0..self.home.len() {
            let mut counts = [0.0; 4];
            for &neighbour in &self.neighbours[user] {
                counts[self.home[neighbour as usize] as usize] += 1.0;
            }
            let degree = self.neighbours[user].len().max(1) as f64;
            let weights: [f64; 4] = core::array::from_fn(|place| {
                let staying = if self.home[user] as usize == place { STAYING } else { 0.0 };
                (self.tastes[user][place] + LEVELS[place] + TIES * counts[place] / degree + staying).exp()
            });
            let mut left = self.uniform() * weights.iter().sum::<f64>();
            let chosen = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            self.next[user] = chosen.unwrap_or(3) as u8;
        }
        std::mem::swap(&mut self.home, &mut self.next);
    }

    /// SplitMix64.
    fn uniform(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Sum of twelve uniforms, near enough for tastes.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}
