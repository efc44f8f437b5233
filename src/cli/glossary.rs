//! Words of tables, charts and warnings that are no name of a setting, measure or outcome, and equations by number.

/// A word, where it stands, and what it means.
pub struct Word {
    /// As it is written.
    pub word: &'static str,
    /// Where readers meet it.
    pub place: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What tells more, after `ecotone`.
    pub more: &'static str,
}

const fn word(word: &'static str, place: &'static str, meaning: &'static str, more: &'static str) -> Word {
    Word { word, place, meaning, more }
}

/// Every word, by the place where it stands.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word("multiplier", "in ecotone check and in reports", "The response of the largest platform's share to a lasting change of its worth, with ties, over that without: 2 means that ties double a change.", "guide model"),
    word("half_life", "in ecotone check and in reports", "Days after which a lasting change shows half of its effect on shares (half_life_days in JSON).", "guide model"),
    word("radius", "in ecotone check", "Largest eigenvalue of one day's shares by the day before's: at 1 or above a lead grows, and the market tips.", "guide model"),
    word("relaxation_days", "in ecotone check", "Days in which a disturbance of the shares falls to 1/e.", "guide model"),
    word("critical_beta_s", "in ecotone check", "The choice.beta_s at which the market begins to tip.", "guide model"),
    word("tipping", "in ecotone check", "A market tips when ties let a small lead grow by itself until one platform has all. Such a scenario is refused unless run.allow_tipping is true.", "guide model"),
    word("home", "in tables, charts and reports", "The platform that a user chose; exactly one, or none. Opening an app is activity, not a home, and a second home is a further app beside it.", "guide reading"),
    word("band", "of charts and tables", "The interval of a mean over replications: how well the simulation knows its own mean, not how sure the world is.", "guide uncertainty"),
    word("pairing", "in studies", "Replication r of every side has the same chance, so luck cancels in differences. \"Pairing saves 9 x\": unpaired groups would need nine times the replications for the same interval.", "guide uncertainty"),
    word("interaction", "in studies", "Whether the effect of a treatment depends on a condition: its effect under the condition less its effect alone.", "guide studies"),
    word("nat", "of settings and reasons", "Unit of utility. One nat more multiplies the odds of being chosen by e = 2.72.", "guide model"),
    word("general appeal", "in the reasons of moves", "What speaks for a platform beside all that the model has a term for: the setting alpha.", "explain platforms[].alpha"),
    word("luck of the moment", "in the reasons of moves", "The Gumbel draw of the day: what decided beyond everything that the model tells apart. Who moves was lucky that way, so it is always large.", "explain reasons"),
    word("moat", "in reports and questions", "What keeps a platform's users: community, catalogue, migration cost and price. ecotone decompose shares the gap to a rival among them.", "guide decompose"),
    word("lapsed", "of the table home_causes", "A cause: the user left and took no other platform as home (\"no platform\" in reports).", "explain home_causes"),
    word("outside", "of the table migration", "A place: the home of people on no platform (\"no platform\" in reports).", "explain migration"),
    word("incidence", "of the table home_causes", "Share of joiners who by that age have left for that cause (Aalen and Johansen 1978); over all causes it is 1 less survival.", "explain home_causes"),
    word("converted", "of the table conversion", "Share of joiners who by that age have paid, those who leave before counted as never paying.", "explain conversion"),
    word("left", "of the table conversion", "Share of joiners who by that age have left without having paid.", "explain conversion"),
    word("at_risk", "of the tables of survival and conversion", "Simulated users still observed at that age, the denominator of the next step.", "explain home_survival"),
    word("greenwood_low", "of the table home_survival", "Lower end of Greenwood's log-log interval of survival within one replication.", "explain home_survival"),
    word("greenwood_high", "of the table home_survival", "Upper end of Greenwood's log-log interval of survival within one replication.", "explain home_survival"),
    word("sbg_alpha", "of the table member_fit", "First shape of the beta law of the chance to cancel in a cycle (shifted beta-geometric; Fader and Hardie 2007).", "explain member_fit"),
    word("sbg_beta", "of the table member_fit", "Second shape of the beta law of the chance to cancel in a cycle (shifted beta-geometric).", "explain member_fit"),
    word("sbg_log_likelihood", "of the table member_fit", "Log-likelihood of the shifted beta-geometric fit, nats.", "explain member_fit"),
    word("bdw_alpha", "of the table member_fit", "First shape of the beta law in the beta discrete Weibull fit.", "explain member_fit"),
    word("bdw_beta", "of the table member_fit", "Second shape of the beta law in the beta discrete Weibull fit.", "explain member_fit"),
    word("bdw_c", "of the table member_fit", "Exponent of time in the beta discrete Weibull fit: below 1 each member grows more loyal, above 1 less.", "explain member_fit"),
    word("bdw_log_likelihood", "of the table member_fit", "Log-likelihood of the beta discrete Weibull fit, nats.", "explain member_fit"),
    word("results", "a table of every study but calibrate", "One row a run and outcome.", "guide studies"),
    word("effects", "a table of compare", "For every treatment and outcome: what it is set against, the treated value, and the paired effect with its interval.", "guide studies"),
    word("effect", "of the tables effects and effect_curves", "Mean over replications of treated less control, in the unit of the outcome, from pairs of runs that share every draw.", "guide studies"),
    word("effect_curves", "a table of compare", "Curves of both sides and their difference.", "guide studies"),
    word("difference_in_differences", "a table of compare", "Change of the treated side from before to after a date, less that of the control.", "guide studies"),
    word("interactions", "a table of compare", "Whether the effect of a treatment depends on a condition: its effect under the condition less its effect alone.", "guide studies"),
    word("variance_ratio", "of the table effects", "How many times more replications two independent groups would need for the same interval as the pairs.", "guide studies"),
    word("summary", "a table of sweep", "Mean and interval of every outcome at every point.", "guide studies"),
    word("ranges", "a table of sweep", "Effect of every setting from its first to its last level, mean over the levels of the others.", "guide studies"),
    word("morris", "a table of sensitivity", "Elementary effects of every setting (Morris 1991).", "guide studies"),
    word("sobol", "a table of sensitivity", "Shares of the outcome's variance owed to every setting.", "guide studies"),
    word("mu", "of the table morris", "Mean elementary effect over the whole range of the setting; effects of opposite sign cancel.", "guide studies"),
    word("mu_star", "of the table morris", "Mean absolute elementary effect: how much the setting matters (Campolongo et al. 2007).", "guide studies"),
    word("sigma", "of the table morris", "Standard deviation of the elementary effects: large where the effect is bent or depends on other settings.", "guide studies"),
    word("first", "of the table sobol", "Share of variance owed to the setting alone.", "guide studies"),
    word("total", "of the table sobol", "Share of variance owed to the setting with all its interactions; near 0 it can be fixed.", "guide studies"),
    word("converged", "of the table sobol", "yes where both intervals are narrower than 0.05.", "guide studies"),
    word("shares", "a table of decompose", "Shapley share of the gap for every group of settings.", "guide studies"),
    word("gap", "a table of decompose", "The own value, the rival's, and their difference.", "guide studies"),
    word("convention", "of the tables of decompose", "raw: size counts as part of a group's share; matched: the platform keeps its share of users in every combination.", "guide studies"),
    word("fit", "a table of calibrate", "Simulated beside published figures at the posterior.", "guide studies"),
    word("settings", "a table of calibrate", "Free settings: prior, best point, posterior, contraction, verdict.", "guide studies"),
    word("contraction", "of the table settings", "1 less posterior over prior standard deviation: 0, the figures say nothing of the setting.", "guide studies"),
    word("verdict", "of the table settings", "Whether the figures identify the setting.", "guide studies"),
    word("posterior", "a table of calibrate", "The sample of settings that fit, with weights; ecotone fan takes it as draws.", "guide studies"),
    word("correlation", "a table of calibrate", "Correlation of two free settings over the posterior sample.", "guide studies"),
    word("search", "a table of calibrate", "The populations of the search: tolerance, trials, accepted, independent draws that the sample is worth.", "guide studies"),
    word("epsilon", "of the table search", "Factor on the stated tolerances in a population; 1 at the end.", "guide studies"),
    word("variance", "a table of fan", "Split of an outcome's variance into parameter, seed and panel.", "guide studies"),
    word("parameter", "of the table variance", "Share of variance owed to the settings that were drawn.", "guide studies"),
    word("seed", "of the table variance", "Share of variance owed to chance between replications of one draw.", "guide studies"),
    word("panel", "of the table variance", "Share of variance owed to following a sample of users instead of all.", "guide studies"),
];

/// The text of the model, which numbers its equations.
const MODEL: &str = include_str!("../guide/model.md");

/// An equation of the model by its number, `E8` or `e8`, as the guide writes it.
pub fn equation(name: &str) -> Option<String> {
    let number: u32 = name.strip_prefix(['E', 'e'])?.parse().ok()?;
    let head = format!("E{number} ");
    let lines: Vec<&str> = MODEL.lines().skip_while(|line| !line.starts_with(&head)).collect();
    let goes_on = |line: &&&str| line.starts_with(' ') && !line.trim().is_empty();
    let first = lines.first()?;
    let whole: Vec<&str> =
        std::iter::once(*first).chain(lines[1..].iter().take_while(goes_on).copied()).collect();
    Some(format!(
        "E{number}, an equation of the model\n  {}\n  more  ecotone guide model\n",
        whole.join("\n  ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_found_by_number() {
        assert!(equation("e8").unwrap().contains("V[i,j] = alpha[j]"));
        assert!((1..=19).all(|number| equation(&format!("E{number}")).is_some()));
        assert_eq!(equation("E99"), None);
        assert_eq!(equation("entry"), None);
    }
}
