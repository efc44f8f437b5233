//! Curves by declared audience: one panel for each, the platforms inside.

use crate::report::Story;
use crate::report::chart::compose::{
    bands, by_platform, calendar_sheet, cohort, cohort_words, crowd, cut_months, flags, keep_sellers,
    keep_whole_months, sheet, source,
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
    grid(story, ("Who stays at home, by audience", &subtitle), panels)
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
    grid(story, ("From free to paid, by audience", &subtitle), panels)
}

/// Payers over active users in every audience.
pub fn paid_ratio(story: &Story) -> Sheet {
    let mut panels = over_time(story, ("activity", "day", "paid_ratio"), &Measure::Percent);
    panels.iter_mut().for_each(|panel| keep_sellers(story, &mut panel.series));
    let subtitle =
        format!("Paying users over monthly active users, by audience. {}", over_time_notes(story, false));
    grid(story, ("Paid ratio, by audience", &subtitle), panels)
}

/// Monthly active users of every audience.
pub fn monthly_active(story: &Story) -> Sheet {
    let panels = over_time(story, ("activity", "day", "mau"), &Measure::Large("people".to_owned()));
    let subtitle = format!(
        "People active in the last {} days, by audience. {}",
        story.scenario.measures.mau_window_days,
        over_time_notes(story, false)
    );
    grid(story, ("Active users, by audience", &subtitle), panels)
}

/// Share of people by home in every audience.
pub fn share(story: &Story) -> Sheet {
    let panels = over_time(story, ("activity", "day", "share_home"), &Measure::Percent);
    let subtitle =
        format!("Share of an audience's platform users, by home. {}", over_time_notes(story, false));
    grid(story, ("Share of platform users, by audience", &subtitle), panels)
}

/// Revenue by month from every audience.
pub fn revenue(story: &Story) -> Sheet {
    let unit = format!("{} per month", story.scenario.market.currency);
    let mut panels = over_time(story, ("money", "month", "revenue"), &Measure::Large(unit.clone()));
    let mut is_cut = false;
    for panel in &mut panels {
        keep_sellers(story, &mut panel.series);
        is_cut |= keep_whole_months(story, &mut panel.series);
        panel.series.iter_mut().for_each(|one| one.stepped = true);
    }
    let subtitle = format!("Subscription revenue in {unit}, by audience. {}", over_time_notes(story, is_cut));
    grid(story, ("What subscriptions bring in, by audience", &subtitle), panels)
}

/// Curves over the calendar with the scenario's events; `of` is table, column across, column up.
fn over_time(story: &Story, (table, x, y): (&str, &str, &str), measure: &Measure) -> Vec<Panel> {
    let dates = Across::Dates(story.scenario.market.start.clone());
    let mut panels = each(story, dates, (table, &[], x, y));
    for panel in &mut panels {
        panel.measure = measure.clone();
        panel.flags = flags(story);
    }
    panels
}

/// What the lines, bands and dots of such curves are.
fn over_time_notes(story: &Story, is_cut: bool) -> String {
    let events = if story.scenario.events.is_empty() { "" } else { " Dotted: the scenario's events." };
    format!("{}{}{}{events}", bands(story), crowd(story), cut_months(story, is_cut))
}

/// A curve for each platform in a panel for each audience; `of` is table, keys, column across, column up.
fn each(story: &Story, across: Across, of: (&str, &[(&str, &str)], &str, &str)) -> Vec<Panel> {
    let (name, keys, x, y) = of;
    let panel = |audience: &crate::scenario::Audience| {
        let mut wanted = vec![("audience", audience.name.as_str())];
        wanted.extend_from_slice(keys);
        Panel {
            heading: audience.label.clone(),
            across: across.clone(),
            measure: Measure::Percent,
            holds: 0.0,
            series: by_platform(story, name, &wanted, x, y),
            flags: Vec::new(),
            published: Vec::new(),
        }
    };
    story.scenario.audiences.iter().map(panel).collect()
}

fn grid(story: &Story, (title, subtitle): (&str, &str), mut panels: Vec<Panel>) -> Sheet {
    share_axis(&mut panels);
    let drawn: Vec<&Panel> = panels.iter().filter(|panel| panel.has_data()).collect();
    if drawn.is_empty() {
        return sheet(story, title, subtitle).nothing("no audience was observed");
    }
    let columns = drawn.len().min(COLUMNS);
    let rows = drawn.len().div_ceil(columns);
    let head = Sheet::new(title, subtitle, "", 0.0).top;
    let height = head + 38.0 + ROW.max(440.0 / rows as f64) * rows as f64;
    let is_dated = drawn.iter().any(|panel| !panel.flags.is_empty());
    let mut sheet = if is_dated {
        calendar_sheet(story, (title, subtitle), height)
    } else {
        Sheet::new(title, subtitle, &source(story), height)
    };
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

/// Shares are compared across audiences, so their axes end alike; heads and money depend on an audience's size.
fn share_axis(panels: &mut [Panel]) {
    let largest = panels.iter().map(Panel::largest).fold(0.0, f64::max);
    let shares = panels.iter_mut().filter(|panel| panel.measure == Measure::Percent);
    shares.for_each(|panel| panel.holds = largest);
}
