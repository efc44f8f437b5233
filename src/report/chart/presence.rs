//! Whether a story has something to say on a chart; what has not is left out of the report.

use crate::measure::reasons::{RIVALS, WHOLE_RUN};
use crate::report::Story;
use crate::report::reading::{number, rows, table};
use crate::report::wording::sells;

/// Every story has.
pub fn always(_: &Story) -> bool {
    true
}

/// There are published figures.
pub fn targets(story: &Story) -> bool {
    !story.scenario.targets.is_empty()
}

/// The scenario declares audiences.
pub fn audiences(story: &Story) -> bool {
    !story.scenario.audiences.is_empty()
}

/// A platform has something to pay for.
pub fn sellers(story: &Story) -> bool {
    story.scenario.platforms.iter().any(|platform| sells(story.scenario, &platform.name))
}

/// The scenario declares audiences, and a platform has something to pay for.
pub fn paying_audiences(story: &Story) -> bool {
    audiences(story) && sellers(story)
}

/// There are genres to live on.
pub fn genres(story: &Story) -> bool {
    story.scenario.genres.len() > 1
}

/// There are platforms whose listening can be compared by genre.
pub fn niches(story: &Story) -> bool {
    genres(story) && story.scenario.platforms.len() > 1
}

/// Somebody moved from one platform to another, and reasons were kept.
pub fn reasons(story: &Story) -> bool {
    table(story, "reasons").is_some_and(|table| {
        story.scenario.platforms.iter().any(|platform| {
            let moved =
                rows(table, &[("period", WHOLE_RUN), ("from", platform.name.as_str()), ("to", RIVALS)]);
            moved.into_iter().any(|row| number(table, "moves", row) > 0.0)
        })
    })
}

/// Somebody uses two platforms.
pub fn second_homes(story: &Story) -> bool {
    holds(story, "overlap", &["shared"], |value| value > 0.0)
}

/// Money is spent: without costs, profit is revenue.
pub fn costs(story: &Story) -> bool {
    holds(story, "profit", &super::profit::COSTS.map(|cost| cost.column), |value| value > 0.0)
}

/// Somebody pays for originals.
pub fn originals(story: &Story) -> bool {
    holds(story, "originals_breakeven", &["share_needed"], f64::is_finite)
}

/// A budget was reviewed.
pub fn reviews(story: &Story) -> bool {
    holds(story, "budget_returns", &["roi"], f64::is_finite)
}

/// A platform enters, and somebody lives on any.
pub fn entrants(story: &Story) -> bool {
    holds(story, "entrant_success", &["success"], f64::is_finite)
}

/// Two platforms house audiences.
pub fn housed(story: &Story) -> bool {
    holds(story, "audience_niche", &["pianka"], f64::is_finite)
}

/// Two platforms have niches that can be compared.
pub fn competition(story: &Story) -> bool {
    holds(story, "coexistence", &["alpha"], f64::is_finite)
}

/// Two platforms were scored.
pub fn rivals(story: &Story) -> bool {
    holds(story, "gratifications", &["superiority"], f64::is_finite)
}

/// Somebody lives on a platform at the end.
pub fn residents(story: &Story) -> bool {
    holds(story, "nps_proxy", &["nps"], f64::is_finite)
}

/// Whether any number in these columns is as wanted.
fn holds(story: &Story, name: &str, columns: &[&str], is_wanted: impl Fn(f64) -> bool) -> bool {
    table(story, name).is_some_and(|table| {
        (0..table.rows()).any(|row| columns.iter().any(|column| is_wanted(number(table, column, row))))
    })
}
