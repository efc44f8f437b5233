//! Charts over calendar time: activity, share, stickiness, paid ratio, revenue per payer.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, bands, by_platform, crowd, flags, panels, published, sheet};
use crate::report::chart::panel::{Across, Panel, Series};
use crate::report::chart::scale::Measure;
use crate::report::chart::sheet::Sheet;
use crate::report::chart::typeface::shorten;
use crate::report::findings::{at_the_end, extremes};
use crate::report::reading::Estimate;
use crate::report::wording::{label, people, percent};
use crate::scenario::TargetMeasure;

/// Monthly and daily active users.
pub fn monthly_active(story: &Story) -> Sheet {
    let monthly = by_platform(story, "activity", &[EVERYBODY], "day", "mau");
    let daily = by_platform(story, "activity", &[EVERYBODY], "day", "dau");
    let large = || Measure::Large("people".to_owned());
    let mut left = panel(story, monthly, large());
    left.heading = "Monthly".to_owned();
    left.published = published(story, TargetMeasure::Mau);
    let mut right = panel(story, daily, large());
    right.heading = "Daily".to_owned();
    for (panel, keep) in [(&mut left, true), (&mut right, false)] {
        panel.flags.retain(|_| keep);
    }
    let title = ranked(story, "ends with", |name| at_the_end(story, name, "mau"), people)
        .map_or_else(|| "Active users".to_owned(), |text| format!("{text} monthly active users"));
    let subtitle = format!(
        "People active in the last {} days and on the day. {}{}{}",
        story.scenario.measures.mau_window_days,
        bands(story),
        crowd(story),
        diamonds(&left)
    );
    panels(sheet(story, &title, &subtitle), &[left, right], "activity was not simulated")
}

/// Share of people by home.
pub fn share(story: &Story) -> Sheet {
    let series = by_platform(story, "activity", &[EVERYBODY], "day", "share_home");
    let value = |name: &str| at_the_end(story, name, "share_home");
    let title = ranked(story, "ends as home of", value, |share| percent(share, 0))
        .map_or_else(|| "Market share".to_owned(), |text| format!("{text} of the market"));
    let subtitle = format!("Share of all people by home platform. {}{}", bands(story), crowd(story));
    panels(sheet(story, &title, &subtitle), &[panel(story, series, Measure::Percent)], "no day was simulated")
}

/// DAU over MAU.
pub fn stickiness(story: &Story) -> Sheet {
    let series = by_platform(story, "activity", &[EVERYBODY], "day", "stickiness");
    let mut panel = panel(story, series, Measure::Percent);
    panel.published = published(story, TargetMeasure::Stickiness);
    let value = |name: &str| at_the_end(story, name, "stickiness");
    let title = ranked(story, "ends with a DAU / MAU of", value, |share| percent(share, 0));
    let subtitle = format!(
        "Mean daily active users of 30 days over monthly active users. {}{}{}",
        bands(story),
        crowd(story),
        diamonds(&panel)
    );
    let sheet = sheet(story, &title.unwrap_or_else(|| "Stickiness".to_owned()), &subtitle);
    panels(sheet, &[panel], "activity was not simulated")
}

/// Payers over MAU.
pub fn paid_ratio(story: &Story) -> Sheet {
    let series = by_platform(story, "activity", &[EVERYBODY], "day", "paid_ratio");
    let mut panel = panel(story, series, Measure::Percent);
    panel.published = published(story, TargetMeasure::PaidRatio);
    let value = |name: &str| at_the_end(story, name, "paid_ratio");
    let title = ranked(story, "ends with", value, |share| percent(share, 1))
        .map_or_else(|| "Paid ratio".to_owned(), |text| format!("{text} of its active users paying"));
    let subtitle = format!(
        "Paying users over monthly active users. {}{}{}",
        bands(story),
        crowd(story),
        diamonds(&panel)
    );
    panels(sheet(story, &title, &subtitle), &[panel], "nobody could pay, or activity was not simulated")
}

/// Revenue per payer and month.
pub fn arppu(story: &Story) -> Sheet {
    let series = by_platform(story, "money", &[EVERYBODY], "month", "arppu");
    let unit = format!("{} per payer and month", story.scenario.market.currency);
    let mut panel = panel(story, series, Measure::Large(unit.clone()));
    panel.published = published(story, TargetMeasure::Arppu);
    let subtitle =
        format!("Subscription {unit}, by month. {}{}{}", bands(story), crowd(story), diamonds(&panel));
    panels(sheet(story, "What a paying user brings in", &subtitle), &[panel], "nobody paid")
}

fn panel(story: &Story, series: Vec<Series>, measure: Measure) -> Panel {
    Panel {
        heading: String::new(),
        across: Across::Dates(story.scenario.market.start.clone()),
        measure,
        series,
        flags: flags(story),
        published: Vec::new(),
    }
}

/// The key to the diamonds, where there are any.
fn diamonds(panel: &Panel) -> &'static str {
    if panel.published.is_empty() { "" } else { " Diamonds: published figures." }
}

/// "NetEase ends with 21 %, QQ Music with 17 %", without what is counted.
fn ranked(
    story: &Story,
    verb: &str,
    value: impl Fn(&str) -> Option<Estimate>,
    write: impl Fn(f64) -> String,
) -> Option<String> {
    let ((best, high), (worst, low)) = extremes(story, value)?;
    let name = |name: &str| shorten(label(story.scenario, name), 200.0, 19.0);
    let first = format!("{} {verb} {}", name(best), write(high));
    Some(if best == worst { first } else { format!("{first}, {} {}", name(worst), write(low)) })
}
