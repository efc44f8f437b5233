//! Gaps between two platforms with the contributions of groups of settings, read from the tables.

use crate::report::reading::{Estimate, estimate, rows, word, words};
use crate::report::study::StudyStory;
use crate::report::study::outcome::{Outcome, outcome};

/// A gap between two platforms and its parts, in the outcome's unit.
pub struct Split {
    /// Which outcome.
    pub outcome: Outcome,
    /// `raw` or `matched`.
    pub convention: String,
    /// The rival's value.
    pub rival: Estimate,
    /// The own value.
    pub own: Estimate,
    /// The own value minus the rival's.
    pub gap: Estimate,
    /// The rival's label; empty where the tables do not tell who it is.
    pub rival_place: String,
    /// Groups with their contributions.
    pub steps: Vec<(String, Estimate)>,
}

impl Split {
    /// Whether the gap may be none at all: parts of it in per cent would mean nothing.
    pub fn is_open(&self) -> bool {
        let (difference, Estimate { low, high, .. }) = (self.own.value - self.rival.value, self.gap);
        difference == 0.0 || (self.gap.has_band() && low <= 0.0 && high >= 0.0)
    }
}

/// What was done to compare at equal shares; empty where nothing was.
pub fn matching(splits: &[Split]) -> &'static str {
    if splits.iter().any(|split| split.convention == "matched") {
        " Share-matched: alpha of the own platform is re-fitted in every combination so that it ends with the share of \
         users of the full market."
    } else {
        ""
    }
}

/// The gaps of the study that are defined.
///
/// Contributions that sum to one rather than to the gap are fractions of it.
pub fn splits(study: &StudyStory) -> Vec<Split> {
    let (Some(gaps), Some(shares)) = (study.table("gap"), study.table("shares")) else { return Vec::new() };
    let split = |row: usize| {
        let (name, convention) = (word(gaps, "outcome", row), word(gaps, "convention", row));
        let (own, rival) = (estimate(gaps, "own", row), estimate(gaps, "rival", row));
        let mut steps: Vec<(String, Estimate)> =
            rows(shares, &[("outcome", name), ("convention", convention)])
                .into_iter()
                .map(|row| (word(shares, "group", row).to_owned(), estimate(shares, "share", row)))
                .filter(|(_, share)| share.value.is_finite())
                .collect();
        let (sum, gap) = (steps.iter().map(|(_, it)| it.value).sum::<f64>(), own.value - rival.value);
        if (sum - 1.0).abs() < (sum - gap).abs() {
            steps.iter_mut().for_each(|(_, it)| *it = scaled(it, gap));
        }
        let outcome = outcome(study.scenario, name);
        let rival_place = rival_place(study, &outcome);
        let gap = estimate(gaps, "gap", row);
        Split { outcome, convention: convention.to_owned(), rival, own, gap, rival_place, steps }
    };
    let is_defined = |split: &Split| split.own.value.is_finite() && split.rival.value.is_finite();
    (0..gaps.rows()).map(split).filter(is_defined).collect()
}

/// The label of the other platform with the same measure: among the results, or the only other one.
fn rival_place(study: &StudyStory, own: &Outcome) -> String {
    let others: Vec<Outcome> = match study.table("results") {
        Some(results) => words(results, "outcome").iter().map(|name| outcome(study.scenario, name)).collect(),
        None => {
            let platforms = study.scenario.platforms.iter();
            let names = platforms.map(|platform| format!("{}:{}", own.measure, platform.name));
            names.map(|name| outcome(study.scenario, &name)).collect()
        }
    };
    let is_rival = |other: &&Outcome| other.measure == own.measure && other.name != own.name;
    match &others.iter().filter(is_rival).collect::<Vec<_>>()[..] {
        [rival] if !rival.place.is_empty() => rival.place.clone(),
        _ => String::new(),
    }
}

fn scaled(share: &Estimate, by: f64) -> Estimate {
    let (a, b) = (share.low * by, share.high * by);
    Estimate { value: share.value * by, low: a.min(b), high: a.max(b) }
}

/// What a convention means.
pub fn convention_words(convention: &str) -> &str {
    match convention {
        "raw" => "Raw",
        "matched" => "Share-matched",
        other => other,
    }
}
