//! Moat decomposition: the gap between two platforms, shared among groups of settings by Shapley's rule.
//!
//! A coalition of groups keeps the own settings of a platform; the others are set to the rival's, and the costs
//! of moving, which are the market's, to zero. The value of a coalition is the gap between the two platforms in
//! that market. What is left when no group is its own is the remainder: names, awareness, the users of day 0.

use serde_json::Value;

use crate::scenario::document::Patch;
use crate::scenario::{Effect, Event, Scenario};
use crate::stats::intervals::{Interval, t_interval};
use crate::stats::shapley::shapley;
use crate::study::outcome::Outcome;
use crate::study::values::{self, Setting, Values, Varied};
use crate::table::{Cell, Kind, Table, Unit};

/// A group of settings that stands or falls together.
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// What belongs to it, in words.
    pub meaning: &'static str,
    /// Settings of a platform that take the rival's value.
    platform: &'static [&'static str],
    /// Settings of the market that become zero.
    market: &'static [&'static str],
}

/// The groups, in the order of the bits of a coalition.
pub const GROUPS: [Group; 4] = [
    Group {
        name: "community",
        meaning: "openness to ties, community content, recommender, identity of the plans",
        platform: &["open", "y0", "view", "recommender", "basic.identity", "premium.identity"],
        market: &[],
    },
    Group {
        name: "catalogue",
        meaning: "licences, originals, what of it is free",
        platform: &["licences", "originals", "free_catalogue"],
        market: &[],
    },
    Group {
        name: "migration cost",
        meaning: "costs of moving: hassle, own stock left behind, return (zero without it)",
        platform: &[],
        market: &["choice.kappa_0", "choice.kappa_q", "choice.kappa_h"],
    },
    Group {
        name: "price",
        meaning: "prices of the plans and advertising",
        platform: &["basic.price", "premium.price", "ad_load"],
        market: &[],
    },
];

/// Combinations of groups.
pub const COALITIONS: usize = 1 << GROUPS.len();

/// What remains when no group is its own.
pub const REMAINDER: &str = "everything else";

/// The patches of every coalition: bit g set means that group g keeps its own settings. Shape: 2^groups.
///
/// `settings` is the resolved scenario; the platforms are named.
pub fn coalitions(settings: &Value, own: &str, rival: &str) -> Vec<Vec<Patch>> {
    (0..COALITIONS)
        .map(|coalition| {
            let without = GROUPS.iter().enumerate().filter(|(group, _)| coalition >> group & 1 == 0);
            without.flat_map(|(_, group)| group.patches(settings, own, rival)).collect()
        })
        .collect()
}

/// The group that an event sets on one of two platforms, or in the whole market; `None` if it sets none.
fn set_by(event: &Event, platforms: [usize; 2]) -> Option<&'static str> {
    let [community, catalogue, migration, price] = GROUPS.each_ref().map(|group| group.name);
    let (platform, group) = match &event.effect {
        Effect::Licence { platform, .. }
        | Effect::Sublicence { to: platform, .. }
        | Effect::KolSigning { platform, .. }
        | Effect::OriginalsProgramme { platform, .. } => (*platform, catalogue),
        Effect::Feature { platform, recommender, open, identity, .. } => {
            ([recommender, open, identity].iter().any(|it| it.is_some())).then_some((*platform, community))?
        }
        Effect::Price { platform, .. } => (*platform, price),
        Effect::ExclusivityBan { .. } => return Some(catalogue),
        Effect::Portability { .. } => return Some(migration),
        Effect::Partnership { platform, partner, .. } => {
            let is_in = platforms.contains(platform) || platforms.contains(partner);
            return is_in.then_some(catalogue);
        }
        Effect::Campaign { .. } | Effect::Entry { .. } | Effect::Exit { .. } => return None,
    };
    platforms.contains(&platform).then_some(group)
}

/// Groups that dated events set in every combination, also where the group is the rival's: their shares do not tell
/// what the group is worth. Each with its events.
pub fn set_by_events(scenario: &Scenario, platforms: [usize; 2]) -> Vec<(&'static str, Vec<&Event>)> {
    let events = |group: &Group| {
        let sets = |event: &&Event| set_by(event, platforms) == Some(group.name);
        (group.name, scenario.events.iter().filter(sets).collect::<Vec<_>>())
    };
    GROUPS.iter().map(events).filter(|(_, events)| !events.is_empty()).collect()
}

/// What a coalition is called.
pub fn label(coalition: usize) -> String {
    let own: Vec<&str> = GROUPS
        .iter()
        .enumerate()
        .filter(|(group, _)| coalition >> group & 1 == 1)
        .map(|(_, group)| group.name)
        .collect();
    if own.is_empty() { "no group its own".to_owned() } else { format!("own {}", own.join(" + ")) }
}

impl Group {
    fn patches(&self, settings: &Value, own: &str, rival: &str) -> Vec<Patch> {
        let platform = |name: &str| settings["platforms"].as_array()?.iter().find(|it| it["name"] == name);
        let (Some(mine), Some(theirs)) = (platform(own), platform(rival)) else { return Vec::new() };
        let pointer = |path: &str| format!("/{}", path.replace('.', "/"));
        let copied = self.platform.iter().filter_map(|path| {
            let (mine, theirs) = (mine.pointer(&pointer(path))?, theirs.pointer(&pointer(path))?);
            (mine != theirs)
                .then(|| Patch::new(&format!("platforms.{own}.{path}"), &spelled(theirs), "decompose"))
        });
        let absent = self
            .market
            .iter()
            .filter(|path| settings.pointer(&pointer(path)).and_then(Value::as_f64) != Some(0.0));
        copied.chain(absent.map(|path| Patch::number(path, 0.0, "decompose"))).collect()
    }
}

/// A value of the resolved scenario as TOML on one line.
fn spelled(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                format!("{} = {}", Value::from(key.as_str()), spelled(value))
            };
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(spelled).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// What one convention found.
#[derive(Clone, Debug)]
pub struct Shares {
    /// Share of every group, then the remainder; they sum to the gap.
    pub groups: Vec<Interval>,
    /// Value of the own platform, of the rival, and their difference.
    pub gap: [Interval; 3],
}

/// The shares of a gap from the coalitions' values.
///
/// `values` holds for every coalition its runs, each with the own platform's value and the rival's at `at` and
/// `at + 1`. Shapley shares are taken in every replication; intervals are over replications.
pub fn shares(values: &Values, at: usize, confidence: f64) -> Shares {
    let all = values.runs.len() - 1;
    let mut groups = vec![Vec::new(); GROUPS.len() + 1];
    let mut gap = [const { Vec::new() }; 3];
    for run in &values.runs[all] {
        let of = |coalition: usize| {
            let found = values.runs[coalition].iter().find(|other| other.replication == run.replication)?;
            Some(found.values[at] - found.values[at + 1])
        };
        let Some(worth) = (0..=all).map(of).collect::<Option<Vec<f64>>>() else { continue };
        let players = shapley(&worth);
        for (list, share) in groups.iter_mut().zip(players.into_iter().chain([worth[0]])) {
            list.push(share);
        }
        let (own, rival) = (run.values[at], run.values[at + 1]);
        for (list, value) in gap.iter_mut().zip([own, rival, own - rival]) {
            list.push(value);
        }
    }
    let interval = |values: &Vec<f64>| t_interval(values, confidence);
    Shares { groups: groups.iter().map(interval).collect(), gap: gap.each_ref().map(interval) }
}

/// Tables `shares` and `gap`, to be filled with [`push`].
pub fn tables() -> [Table; 2] {
    let text = |name| (name, Kind::Text, Unit::Label);
    let number = |name| (name, Kind::Number, Unit::Ratio);
    let keys = [text("outcome"), text("convention")];
    let shares = [text("group"), number("share"), number("share_low"), number("share_high")];
    let gap =
        ["own", "own_low", "own_high", "rival", "rival_low", "rival_high", "gap", "gap_low", "gap_high"]
            .map(number);
    [
        Table::new(
            "shares",
            "Shapley shares of the gap between two platforms",
            &[&keys[..], &shares[..]].concat(),
        ),
        Table::new("gap", "The gap that is shared", &[&keys[..], &gap[..]].concat()),
    ]
}

/// Adds what a convention found of an outcome.
pub fn push([shares, gap]: &mut [Table; 2], outcome: &str, convention: &str, found: &Shares) {
    let names = GROUPS.iter().map(|group| group.name).chain([REMAINDER]);
    for (name, share) in names.zip(&found.groups) {
        let numbers = [share.point, share.low, share.high].map(Cell::Number);
        shares.push(&[&[outcome.into(), convention.into(), name.into()], &numbers[..]].concat());
    }
    let numbers = found.gap.iter().flat_map(|one| [one.point, one.low, one.high]).map(Cell::Number);
    gap.push(&[outcome.into(), convention.into()].into_iter().chain(numbers).collect::<Vec<Cell>>());
}

/// The runs of one convention.
pub struct Convention {
    /// Raw or matched.
    pub name: &'static str,
    /// Outcomes of every coalition.
    pub values: Values,
    /// The own platform's constant in every coalition, nats.
    pub alphas: Vec<f64>,
}

/// The tidy data set: every outcome of every run, with its convention, its coalition and the own platform's constant.
pub fn results(conventions: Vec<Convention>, own: &str, outcomes: &[Outcome]) -> Table {
    let alpha = format!("platforms.{own}.alpha");
    let mut varied =
        Varied { paths: vec!["convention".to_owned(), "trial".to_owned(), alpha], points: Vec::new() };
    let mut all = Values { runs: Vec::new() };
    for Convention { name, values, alphas } in conventions {
        let word = |text: &str| Setting { text: text.to_owned(), number: None };
        for (coalition, alpha) in alphas.into_iter().enumerate() {
            let constant = Setting { text: alpha.to_string(), number: Some(alpha) };
            varied.points.push(vec![word(name), word(&label(coalition)), constant]);
        }
        all.runs.extend(values.runs);
    }
    values::results(&varied, &all, outcomes)
}
