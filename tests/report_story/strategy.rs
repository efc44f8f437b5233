//! Tables of budgets, entrants and audiences, small enough to be worked out by hand.

use super::*;

/// Reviews on 1 April and 30 June 2021; more money pays best where returns grow by a half.
pub fn budget_returns(scenario: &Scenario) -> Table {
    let numbers = [("share", Unit::Share), ("roi", Unit::Score)];
    let columns = ["date", "platform", "lever"];
    let mut table = frame("budget_returns", "Returns on a little more money", &columns, &[], &numbers);
    for (at, date) in ["2021-04-01", "2021-06-30"].into_iter().enumerate() {
        for (index, name) in names(scenario) {
            let levers = [
                ("licences", 0.4, -0.8),
                ("community", 0.3, 0.5),
                ("originals", 0.2, -0.2),
                ("marketing", 0.1, 0.1),
            ];
            for (lever, share, roi) in levers {
                put(
                    &mut table,
                    scenario,
                    &[date, name, lever],
                    &[],
                    &[share, roi * (1.0 + 0.5 * at as f64) - index],
                    0.1,
                );
            }
        }
    }
    table
}

/// The first platform enters on day 59, 1 March 2021: there at the end in 70 % of replications, ever in 80 %.
pub fn entrant_success(scenario: &Scenario) -> Table {
    let numbers = [
        ("success", Unit::Probability),
        ("survives", Unit::Probability),
        ("reached", Unit::Probability),
        ("share", Unit::Share),
        ("day_reached", Unit::Days),
        ("days_needed", Unit::Days),
    ];
    let mut table =
        frame("entrant_success", "Whether platforms that enter succeed", &["platform"], &["entry"], &numbers);
    let name = scenario.platforms[0].name.as_str();
    put(&mut table, scenario, &[name], &[59], &[0.7, 0.95, 0.8, 0.062, f64::NAN, f64::NAN], 0.1);
    table
}

pub fn audience_niche(scenario: &Scenario) -> Table {
    let names_of = ["levins", "levins_standardised", "pianka", "macarthur_levins"];
    let numbers = names_of.map(|name| (name, Unit::Ratio));
    let mut table = frame("audience_niche", "Niches by audience", &["platform", "rival"], &[], &numbers);
    for (a, own) in names(scenario) {
        for (b, rival) in names(scenario).into_iter().filter(|it| it.1 != own) {
            put(
                &mut table,
                scenario,
                &[own, rival],
                &[],
                &[1.6 - 0.6 * a, 0.6 - 0.6 * a, 0.3 + 0.02 * (a + b), 0.4 - 0.15 * a],
                0.05,
            );
        }
    }
    table
}
