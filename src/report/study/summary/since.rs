//! What a treatment changed since its date, as a table: differences in differences.

use crate::report::chart::study::curve::kind;
use crate::report::chart::study::effects::base;
use crate::report::listing::{Listing, heads};
use crate::report::reading::{estimate, number, word};
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::study::summary::compare::reading;
use crate::report::wording::{label, plain};
use crate::scenario::calendar::Calendar;
use crate::study::compare::WINDOW;
use crate::study::phrase::contrast;
use crate::table::Table;

const TABLE: &str = "difference_in_differences";

/// A row for each treatment, daily curve and platform whose change is known.
pub fn changed(study: &StudyStory) -> Option<Listing> {
    let table = study.table(TABLE)?;
    let known = |&row: &usize| number(table, "effect", row).is_finite();
    let rows: Vec<usize> = (0..table.rows()).filter(known).collect();
    let base = base(study);
    let level = if base == "control" { "Control" } else { "Baseline" };
    let date = date(study, number(table, "day", *rows.first()?));
    Some(Listing {
        title: "What changed since the date".to_owned(),
        note: format!(
            "Averages of up to {WINDOW} days before and from {date} on, when the treatments begin to differ from the \
             {base}. Effect: how much more the treatment changed than the {base}, a difference in differences."
        ),
        file: TABLE,
        head: heads(&["Treatment", "Curve", level, "Treated", "Effect", "Reading"]),
        rows: rows.into_iter().map(|row| cells(study, table, row)).collect(),
    })
}

fn date(study: &StudyStory, day: f64) -> String {
    let market = &study.scenario.market;
    if (0.0..f64::from(market.days)).contains(&day) {
        Calendar::new(&market.start, market.days).date(day as u32)
    } else {
        "the date".to_owned()
    }
}

fn cells(study: &StudyStory, table: &Table, row: usize) -> Vec<String> {
    let kind = kind(study, word(table, "curve", row));
    let platform = plain(label(study.scenario, word(table, "platform", row)));
    let effect = estimate(table, "effect", row);
    vec![
        plain(&contrast(word(table, "treatment", row), word(table, "against", row))),
        format!("{} · {platform}", kind.title),
        path(&kind.quantity, [number(table, "control_before", row), number(table, "control_after", row)]),
        path(&kind.quantity, [number(table, "treated_before", row), number(table, "treated_after", row)]),
        kind.quantity.change_with(&effect),
        reading(&effect).to_owned(),
    ]
}

/// From before to after, in one form.
fn path(quantity: &Quantity, [before, after]: [f64; 2]) -> String {
    let form = quantity.form(&[before, after]);
    format!("{} → {}", form.write(before), form.write_with_unit(after))
}
