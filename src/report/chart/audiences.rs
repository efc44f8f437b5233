//! Curves by declared audience: one panel for each, the platforms inside.

use crate::report::Story;
use crate::report::chart::compose::{
    bands, by_platform, cohort, cohort_words, crowd, flags, keep_sellers, sheet, source,
};
use crate::report::chart::panel::{Across, Panel};
use crate::report::chart::scale::Measure;
use crate::report::chart::sheet::{Area, Sheet};

/// Panels beside each other.
const COLUMNS: usize = 2;
/// Height of a row of panels.
const ROW: f64 = 270.0;
/// Space between panels.
const GUTTER: f64 = 26.0;

/// Home retention in every audience.
pub fn home_survival(story: &Story) -> Sheet {
    let cohort = cohort(story, "home_survival");
    let ages = Across::Numbers("days since joining".to_owned());
    let panels = each(story, ages, ("home_survival", &[("cohort", cohort)], "age", "survival"));
    let subtitle = format!(
        "{}: share still at home by age (Kaplan-Meier), by audience. {}{}",
        cohort_words(cohort),
        bands(story),
        crowd(story)
    );
    grid(story, ("Who stays at home, by audience", &subtitle), &panels)
}

/// First payment in every audience.
pub fn conversion(story: &Story) -> Sheet {
    let cohort = cohort(story, "conversion");
    let ages = Across::Numbers("days since joining".to_owned());
    let mut panels = each(story, ages, ("conversion", &[("cohort", cohort)], "age", "converted"));
    panels.iter_mut().for_each(|panel| keep_sellers(story, &mut panel.series));
    let subtitle = format!(
        "{}: share with a first payment by age (Aalen-Johansen), by audience. {}{}",
        cohort_words(cohort),
        bands(story),
        crowd(story)
    );
    grid(story, ("From free to paid, by audience", &subtitle), &panels)
}

/// Payers over active users in every audience.
pub fn paid_ratio(story: &Story) -> Sheet {
    let dates = Across::Dates(story.scenario.market.start.clone());
    let mut panels = each(story, dates, ("activity", &[], "day", "paid_ratio"));
    for panel in &mut panels {
        keep_sellers(story, &mut panel.series);
        panel.flags = flags(story);
    }
    let events = if story.scenario.events.is_empty() { "" } else { " Dotted: the scenario's events." };
    let subtitle = format!(
        "Paying users over monthly active users, by audience. {}{}{events}",
        bands(story),
        crowd(story)
    );
    grid(story, ("Paid ratio, by audience", &subtitle), &panels)
}

/// A curve for each platform in a panel for each audience; `of` is table, keys, column across, column up.
fn each(story: &Story, across: Across, of: (&str, &[(&str, &str)], &str, &str)) -> Vec<Panel> {
    let (name, keys, x, y) = of;
    let panel = |audience: &crate::scenario::Audience| {
        let mut wanted = vec![("audience", audience.name.as_str())];
        wanted.extend_from_slice(keys);
        Panel {
            heading: audience.name.replace('_', " "),
            across: across.clone(),
            measure: Measure::Percent,
            series: by_platform(story, name, &wanted, x, y),
            flags: Vec::new(),
            published: Vec::new(),
        }
    };
    story.scenario.audiences.iter().map(panel).collect()
}

fn grid(story: &Story, (title, subtitle): (&str, &str), panels: &[Panel]) -> Sheet {
    let drawn: Vec<&Panel> = panels.iter().filter(|panel| panel.has_data()).collect();
    if drawn.is_empty() {
        return sheet(story, title, subtitle).nothing("no audience was observed");
    }
    let columns = drawn.len().min(COLUMNS);
    let rows = drawn.len().div_ceil(columns);
    let head = Sheet::new(title, subtitle, "", 0.0).top;
    let mut sheet =
        Sheet::new(title, subtitle, &source(story), head + 38.0 + ROW.max(440.0 / rows as f64) * rows as f64);
    let body = sheet.body();
    let (wide, high) =
        ((body.right - body.left + GUTTER) / columns as f64, (body.bottom - body.top) / rows as f64);
    for (index, panel) in drawn.iter().enumerate() {
        let (row, column) = ((index / columns) as f64, (index % columns) as f64);
        let (left, top) = (body.left + wide * column, body.top + high * row);
        panel.draw(&mut sheet, Area { left, right: left + wide - GUTTER, top, bottom: top + high - 6.0 });
    }
    sheet
}
