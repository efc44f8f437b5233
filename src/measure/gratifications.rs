//! The niche of gratifications: what each platform gives people, scored as in a survey.

use crate::engine::Run;
use crate::engine::offers::{Offer, Offers};
use crate::maths::exp;
use crate::measure::Measure;
use crate::scenario::Scenario;
use crate::stats::gratification::{HIGHEST, LOWEST, Respondents};
use crate::table::{Kind, Table, Unit};

/// Breadth, overlap and superiority of gratifications.
pub const MEASURE: Measure = Measure {
    name: "gratifications",
    title: "What platforms give people: breadth, overlap and superiority of gratifications",
    answers: "Which wants does a platform satisfy, how alike are rivals in that, and who does it better?",
    definition: "On the last day every user scores every open platform from 1 to 7 in each component, 1 + 6 x. x of \
        music: m, match with the catalogue. social: 1 - e^(-z s), s the platform's share of the market, which is a user's \
        share of ties there if ties mix well. discovery: R, the recommender. community: 1 - e^(-z open b), felt \
        content. identity: 1 - e^(-z B), B the largest identity of a paid plan. value: e^(-gamma p), p the lowest price \
        of a paid plan; 1 if none is sold. breadth of the platform = (sum of scores / N - K) / (6 K) over N users and K \
        components. distance = mean over users of sqrt(sum (a - b)^2 / K): small means large overlap. superiority = \
        share of users whose scores for the platform add up to more; superiority_score = sum of those users' scores for it, over \
        all users, as Dimmick has it. Component all takes all six together, else K = 1.",
    reads: "Offers of the last day: users, z, gamma, matches, company, recommenders, content, plans.",
    caveats: "The scores are constructs of the model, not answers to a survey: compare platforms, components and scenarios, not \
        levels with published surveys. Users of a type score alike, and everybody scores every platform, also those where \
        she never lived. Where a component does not differ by taste (discovery, and the order in social, community and identity), superiority is 0 \
        or 1. Closed platforms are not defined, one platform alone gives no rows.",
    source: "Dimmick and Rothenbuhler 1984; Dimmick 2003; maps to scores: assumption.",
    units: "index in 0..=1 (breadth); points of the scale in 0..=6 (distance); share of users (superiority); points in 0..=7 K (superiority_score)",
    measure,
};

/// What is scored, in the order of the scores.
const COMPONENTS: [&str; 6] = ["music", "social", "discovery", "community", "identity", "value"];

fn measure(scenario: &Scenario, run: &Run) -> Table {
    let mut table = Table::new(
        MEASURE.name,
        MEASURE.title,
        &[
            ("component", Kind::Text, Unit::Label),
            ("platform", Kind::Text, Unit::Label),
            ("rival", Kind::Text, Unit::Label),
            ("breadth", Kind::Number, Unit::Share),
            ("distance", Kind::Number, Unit::Ratio),
            ("superiority", Kind::Number, Unit::Share),
            ("superiority_score", Kind::Number, Unit::Score),
        ],
    );
    let people: Vec<f64> = run.offers.users.iter().map(|&users| users as f64).collect();
    let scores: Vec<Vec<f64>> =
        (0..scenario.platforms.len()).map(|platform| scores(&run.offers, platform)).collect();
    for (component, name) in COMPONENTS.iter().copied().map(Some).chain([None]).enumerate() {
        let seen: Vec<Vec<f64>> = match name {
            Some(_) => scores.iter().map(|all| every(all, component)).collect(),
            None => scores.clone(),
        };
        let respondents = Respondents { people: &people, components: name.map_or(COMPONENTS.len(), |_| 1) };
        for (at, own) in seen.iter().enumerate() {
            for (rival_at, rival) in seen.iter().enumerate().filter(|&(rival_at, _)| rival_at != at) {
                table.push(&[
                    name.unwrap_or("all").into(),
                    (&scenario.platforms[at].name).into(),
                    (&scenario.platforms[rival_at].name).into(),
                    respondents.breadth(own).into(),
                    respondents.distance(own, rival).into(),
                    respondents.superiority(own, rival).into(),
                    respondents.superiority_score(own, rival).into(),
                ]);
            }
        }
    }
    table
}

/// The scores of one component.
fn every(scores: &[f64], component: usize) -> Vec<f64> {
    scores.iter().copied().skip(component).step_by(COMPONENTS.len()).collect()
}

/// What every type scores a platform; shape types × components, NaN for a closed platform.
fn scores(offers: &Offers, platform: usize) -> Vec<f64> {
    let score = |kind| match &offers.platforms[platform] {
        Some(offer) => given(offers, offer, (kind, platform)).map(|x| LOWEST + (HIGHEST - LOWEST) * x),
        None => [f64::NAN; COMPONENTS.len()],
    };
    (0..offers.users.len()).flat_map(score).collect()
}

/// What a platform gives to a type, in 0..=1 a component; each rises with what is offered and falls with the price.
fn given(offers: &Offers, offer: &Offer, (kind, platform): (usize, usize)) -> [f64; COMPONENTS.len()] {
    let social = offers.social[kind];
    let filled = |amount: f64| 1.0 - exp(-social * amount);
    [
        offers.matching[kind * offers.platforms.len() + platform].clamp(0.0, 1.0),
        filled(offer.company),
        offer.recommender.clamp(0.0, 1.0),
        filled(offer.content),
        filled(offer.identity),
        exp(-offers.price_sensitivity[kind] * offer.price),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{close, numbers, run, scenario};

    /// Three users of one type and one of another; p1 has the music, p2 the people and no plan.
    fn market() -> (Scenario, Run) {
        let scenario = scenario(3, 2);
        let mut run = run(&scenario, &[0]);
        let p1 = Offer { company: 0.0, recommender: 0.5, content: 0.0, identity: 0.0, price: 10.0 };
        let p2 = Offer { company: std::f64::consts::LN_2, content: 2.0, price: 0.0, ..p1 };
        run.offers = Offers {
            users: vec![3, 1],
            social: vec![1.0, 2.0],
            price_sensitivity: vec![0.0, std::f64::consts::LN_2 / 10.0],
            matching: vec![1.0, 0.5, 0.0, 0.25],
            platforms: vec![Some(p1), Some(p2)],
        };
        (scenario, run)
    }

    #[test]
    fn components_are_scored_and_compared_one_by_one() {
        let (scenario, run) = market();
        let table = measure(&scenario, &run);
        let of = |component, column| numbers(&table, &[("component", component)], column);
        // Scores 7 and 1 of p1 against 4 and 2.5: breadth (3 · 6 + 0) / 24 and (3 · 3 + 1.5) / 24.
        close(&of("music", "breadth"), &[0.75, 0.4375]);
        close(&of("music", "distance"), &[10.5 / 4.0; 2]);
        close(&of("music", "superiority"), &[0.75, 0.25]);
        // Three who score 7, one who scores 2.5, over four.
        close(&of("music", "superiority_score"), &[21.0 / 4.0, 2.5 / 4.0]);
        // Half for z = 1, three quarters for z = 2.
        close(&of("social", "breadth"), &[0.0, (3.0 * 0.5 + 0.75) / 4.0]);
        close(&of("social", "superiority"), &[0.0, 1.0]);
        close(&of("discovery", "distance"), &[0.0; 2]);
        close(&of("discovery", "superiority"), &[0.0; 2]);
        // Only the second type minds the price: half as good as nothing to pay.
        close(&of("value", "breadth"), &[(3.0 + 0.5) / 4.0, 1.0]);
        close(&of("value", "superiority"), &[0.0, 0.25]);
    }

    #[test]
    fn all_components_together_have_the_distance_of_the_whole_profile() {
        let (scenario, run) = market();
        let table = measure(&scenario, &run);
        // 1 - e^-2 and 1 - e^-4.
        let community = [0.864_664_716_763, 0.981_684_361_111];
        // Differences by component and type, in points of the scale.
        let first: [f64; 3] = [3.0, 3.0, 6.0 * community[0]];
        let second: [f64; 4] = [1.5, 4.5, 6.0 * community[1], 3.0];
        let length = |differences: &[f64]| (differences.iter().map(|x| x * x).sum::<f64>() / 6.0).sqrt();
        let expected = (3.0 * length(&first) + length(&second)) / 4.0;
        close(&numbers(&table, &[("component", "all")], "distance"), &[expected; 2]);
        close(&numbers(&table, &[("component", "all")], "superiority"), &[0.0, 1.0]);
    }

    #[test]
    fn a_closed_platform_is_not_scored() {
        let (scenario, mut run) = market();
        run.offers.platforms[1] = None;
        let table = measure(&scenario, &run);
        let at = [("component", "music"), ("platform", "p1")];
        close(&numbers(&table, &at, "breadth"), &[0.75]);
        close(&numbers(&table, &at, "superiority"), &[f64::NAN]);
    }
}
