//! Founders whom tastes did not draw: spread evenly over the market, or filling whole blocks of users.

use crate::scenario::{Founders, Scenario};

/// The home of every such founder by user, 0 for all others; empty where tastes draw everybody.
pub fn homes(scenario: &Scenario) -> Vec<u8> {
    let users = scenario.market.users as usize;
    let mut homes = Vec::new();
    // Blocks first: nobody spread over the market leaves a hole in them.
    for way in [Founders::Blocks, Founders::Spread] {
        for (platform, settings) in scenario.platforms.iter().enumerate() {
            let initial = &settings.initial;
            if initial.founders != way || initial.share == 0.0 {
                continue;
            }
            homes.resize(users, 0);
            let free: Vec<usize> = (0..users).filter(|&user| homes[user] == 0).collect();
            let count = ((initial.share * users as f64).round() as usize).min(free.len());
            for number in 0..count {
                let at = match way {
                    Founders::Blocks => number,
                    _ => number * free.len() / count,
                };
                homes[free[at]] = platform as u8 + 1;
            }
        }
    }
    homes
}
