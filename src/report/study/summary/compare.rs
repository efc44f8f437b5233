//! The effects and interactions of a comparison as tables.

use crate::report::chart::study::effects::{Effect, base, effects, is_clear, is_unchanged, written_out};
use crate::report::listing::{Listing, heads};
use crate::report::reading::{Estimate, estimate, number, word};
use crate::report::study::StudyStory;
use crate::report::study::outcome::outcome;
use crate::report::wording::{ABSENT, grouped, plain};

/// A row for each effect.
pub fn compared(study: &StudyStory) -> Option<Listing> {
    let row = |effect: Effect| {
        let quantity = &effect.outcome.quantity;
        vec![
            plain(&effect.treatment),
            effect.outcome.full(),
            quantity.level_with(&effect.control),
            quantity.level_with(&effect.treated),
            quantity.change_with(&effect.effect),
            reading(&effect.effect).to_owned(),
            sharper(effect.variance_ratio),
        ]
    };
    let base = base(study);
    let level = if base == "control" { "Control" } else { "Baseline" };
    Some(Listing {
        title: "Effects".to_owned(),
        note: format!(
            "Effect: treatment minus {}, paired by replication. The last column says how many times larger \
             the variance of the difference would have been with independent chance.",
            written_out(base)
        ),
        file: "effects",
        head: heads(&["Treatment", "Outcome", level, "Treated", "Effect", "Reading", "Gain by pairing"]),
        rows: effects(study).into_iter().map(row).collect(),
    })
}

/// A row for each interaction.
pub fn crossed(study: &StudyStory) -> Option<Listing> {
    let table = study.table("interactions")?;
    let cells = |row: usize| {
        let outcome = outcome(study.scenario, word(table, "outcome", row));
        let effect = |column: &str| outcome.quantity.write_change(number(table, column, row));
        let found = estimate(table, "interaction", row);
        vec![
            plain(word(table, "treatment", row)),
            plain(word(table, "condition", row)),
            outcome.full(),
            effect("effect_alone"),
            effect("effect_under_condition"),
            outcome.quantity.change_with(&found),
            reading(&found).to_owned(),
        ]
    };
    Some(Listing {
        title: "Interactions".to_owned(),
        note: "Does a treatment do the same under a condition as without it? Interaction: its effect under the condition \
               minus its effect without, each against its own baseline, by replications of all four."
            .to_owned(),
        file: "interactions",
        head: heads(&["Treatment", "Condition", "Outcome", "Alone", "Under it", "Interaction", "Reading"]),
        rows: (0..table.rows()).map(cells).collect(),
    })
}

/// What the interval of an effect says about its direction.
pub fn reading(effect: &Estimate) -> &'static str {
    match effect {
        it if is_unchanged(it) => "unchanged",
        it if is_clear(it) => "clear of zero",
        it if it.has_band() && it.low == it.high => "too few pairs to tell",
        it if it.has_band() => "may be chance",
        _ => "no interval",
    }
}

fn sharper(ratio: f64) -> String {
    if ratio.is_finite() { format!("{}×", grouped(ratio, 1)) } else { ABSENT.to_owned() }
}
