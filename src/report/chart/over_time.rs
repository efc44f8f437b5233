//! Charts over calendar time: activity, share, stickiness, paid ratio, revenue per payer.

use crate::report::Story;
use crate::report::chart::compose::{
    EVERYBODY, bands, by_platform, crowd, cut_months, dated, flags, keep_sellers, keep_whole_months,
    published, short, unbanded,
};
use crate::report::chart::panel::{Across, Panel};
use crate::report::chart::scale::Measure;
use crate::report::chart::series::Series;
use crate::report::chart::sheet::Sheet;
use crate::report::findings::{at_the_end, both, extremes};
use crate::report::wording::{label, people, percent, sells};
use crate::scenario::{Bound, TargetMeasure};
use crate::study::phrase::whose;

/// Monthly and daily active users.
pub fn monthly_active(story: &Story) -> Sheet {
    let monthly = by_platform(story, "activity", &[EVERYBODY], "day", "mau");
    let mut daily = by_platform(story, "activity", &[EVERYBODY], "day", "dau");
    for one in &mut daily {
        // Dashes and bands would drown in the ripple of the week.
        one.width = 1.0;
        one.dash = &[];
        one.points = unbanded(&one.points);
    }
    let large = || Measure::Large("people".to_owned());
    let mut left = panel(story, monthly, large());
    left.heading = "Monthly".to_owned();
    left.published = published(story, TargetMeasure::Mau);
    let mut right = panel(story, daily, large());
    right.heading = "Daily".to_owned();
    let title = ranked(
        story,
        "mau",
        |name, value| format!("At the end, {name} reaches {} people a month", people(value)),
        |name, value| format!("{name} {}", people(value)),
    )
    .unwrap_or_else(|| "Active users".to_owned());
    let subtitle = format!(
        "People active in the last {} days (left) and on the day (right, without bands). {}{}{}",
        story.scenario.measures.mau_window_days,
        bands(story),
        crowd(story),
        diamonds(&left)
    );
    dated(story, &title, &subtitle, &[left, right], "activity was not simulated")
}

/// Share of people by home.
pub fn share(story: &Story) -> Sheet {
    let series = by_platform(story, "activity", &[EVERYBODY], "day", "share_home");
    let title = ranked(
        story,
        "share_home",
        |name, value| format!("At the end, {} of platform users are at home at {name}", percent(value, 1)),
        |name, value| format!("{} at {name}", percent(value, 1)),
    )
    .unwrap_or_else(|| "Share of platform users".to_owned());
    let subtitle = format!("Share of platform users, by home. {}{}", bands(story), crowd(story));
    dated(story, &title, &subtitle, &[panel(story, series, Measure::Percent)], "no day was simulated")
}

/// DAU over MAU.
pub fn stickiness(story: &Story) -> Sheet {
    let series = by_platform(story, "activity", &[EVERYBODY], "day", "stickiness");
    let mut panel = panel(story, series, Measure::Percent);
    panel.published = published(story, TargetMeasure::Stickiness);
    let title = ranked(
        story,
        "stickiness",
        |name, value| {
            let whose = whose(name);
            format!("At the end, {} of {whose} monthly users come on a given day", percent(value, 1))
        },
        |name, value| format!("{} of {}", percent(value, 1), whose(name)),
    );
    let subtitle = format!(
        "Mean daily active users of 30 days over monthly active users. {}{}{}",
        bands(story),
        crowd(story),
        diamonds(&panel)
    );
    let title = title.unwrap_or_else(|| "Stickiness".to_owned());
    dated(story, &title, &subtitle, &[panel], &no_window(story, "activity was not simulated"))
}

/// Why nothing is drawn of what needs a whole window of days.
fn no_window(story: &Story, otherwise: &str) -> String {
    let window = story.scenario.measures.mau_window_days;
    if story.scenario.market.days < window {
        format!("the run is shorter than the {window} days of monthly activity")
    } else {
        otherwise.to_owned()
    }
}

/// Payers over MAU.
pub fn paid_ratio(story: &Story) -> Sheet {
    let mut series = by_platform(story, "activity", &[EVERYBODY], "day", "paid_ratio");
    keep_sellers(story, &mut series);
    let mut panel = panel(story, series, Measure::Percent);
    panel.published = published(story, TargetMeasure::PaidRatio);
    let title = ranked(
        story,
        "paid_ratio",
        |name, value| format!("At the end, {} of active users pay at {name}", percent(value, 1)),
        |name, value| format!("{} at {name}", percent(value, 1)),
    )
    .unwrap_or_else(|| "Paid ratio".to_owned());
    let subtitle = format!(
        "Paying users over monthly active users. {}{}{}",
        bands(story),
        crowd(story),
        diamonds(&panel)
    );
    let missing = no_window(story, "nobody could pay, or activity was not simulated");
    dated(story, &title, &subtitle, &[panel], &missing)
}

/// Revenue per payer and month.
pub fn arppu(story: &Story) -> Sheet {
    let mut series = by_platform(story, "money", &[EVERYBODY], "month", "arppu");
    let cut = cut_months(story, keep_whole_months(story, &mut series));
    series.iter_mut().for_each(|one| one.stepped = true);
    let unit = format!("{} per payer and month", story.scenario.market.currency);
    let mut panel = panel(story, series, Measure::Large(unit.clone()));
    panel.published = published(story, TargetMeasure::Arppu);
    let subtitle =
        format!("Subscription {unit}, by month. {}{}{cut}{}", bands(story), crowd(story), diamonds(&panel));
    dated(story, "What a paying user brings in", &subtitle, &[panel], "nobody paid")
}

/// Revenue by month.
pub fn revenue(story: &Story) -> Sheet {
    let mut series = by_platform(story, "money", &[EVERYBODY], "month", "revenue");
    keep_sellers(story, &mut series);
    let cut = cut_months(story, keep_whole_months(story, &mut series));
    series.iter_mut().for_each(|one| one.stepped = true);
    let unit = format!("{} per month", story.scenario.market.currency);
    let panel = panel(story, series, Measure::Large(unit.clone()));
    let subtitle = format!("Subscription revenue in {unit}. {}{}{cut}", bands(story), crowd(story));
    dated(story, "What subscriptions bring in", &subtitle, &[panel], "nobody paid")
}

/// Users of a platform who use another as well.
pub fn second_homes(story: &Story) -> Sheet {
    let mut series = by_platform(story, "overlap", &[EVERYBODY], "month", "share_elsewhere");
    // The share stands in a row for every rival.
    series.iter_mut().for_each(|one| one.points.dedup_by(|later, earlier| later.x == earlier.x));
    let last = |series: &Series| series.points.last().map_or(f64::NAN, |point| point.y.value);
    let told: Vec<String> = series
        .iter()
        .filter(|one| last(one).is_finite())
        .take(2)
        .map(|one| format!("{} of {}", percent(last(one), 1), whose(&short(story, &one.name, 230.0, 18.0))))
        .collect();
    let title = match told.as_slice() {
        [] => "Users who also use another platform".to_owned(),
        _ => format!("At the end, {} users also use another platform", told.join(" and ")),
    };
    let subtitle = format!(
        "Share of a platform's users at the end of each month who use another platform too. {}{}",
        bands(story),
        crowd(story)
    );
    dated(story, &title, &subtitle, &[panel(story, series, Measure::Percent)], "nobody uses two platforms")
}

/// Share of users whom originals must hold to pay for themselves.
pub fn originals(story: &Story) -> Sheet {
    let mut series = by_platform(story, "originals_breakeven", &[], "month", "share_needed");
    series.retain(|one| !one.points.is_empty());
    series.iter_mut().for_each(|one| one.stepped = true);
    let last = series.iter().filter_map(|one| Some((one.points.last()?.y.value, &one.name)));
    let title = last.max_by(|a, b| a.0.total_cmp(&b.0)).map_or_else(
        || "What originals must hold".to_owned(),
        |(share, name)| {
            let whose = whose(&short(story, name, 230.0, 18.0));
            format!(
                "In the last month, {whose} originals must hold {} of its users to pay for themselves",
                percent(share, 0)
            )
        },
    );
    let subtitle = format!(
        "Money for originals over what an average user leaves, as a share of the platform's users, by month. {}{}",
        bands(story),
        crowd(story)
    );
    let panel = panel(story, series, Measure::Percent);
    dated(story, &title, &subtitle, &[panel], "nobody pays for originals, or an average user brings nothing")
}

fn panel(story: &Story, series: Vec<Series>, measure: Measure) -> Panel {
    Panel {
        heading: String::new(),
        across: Across::Dates(story.scenario.market.start.clone()),
        measure,
        holds: 0.0,
        series,
        flags: flags(story),
        published: Vec::new(),
    }
}

/// The key to the signs of published figures, where there are any.
fn diamonds(panel: &Panel) -> String {
    let keys = [
        (Bound::Value, " Diamonds: published figures."),
        (Bound::AtLeast, " Triangles upwards: published as at least."),
        (Bound::AtMost, " Triangles downwards: published as at most."),
    ];
    let is_there = |bound| panel.published.iter().any(|figure| figure.bound == bound);
    keys.into_iter().filter(|&(bound, _)| is_there(bound)).map(|(_, words)| words).collect()
}

/// The platforms with the highest and the lowest last value, told by `first` and `second`.
fn ranked(
    story: &Story,
    column: &str,
    first: impl Fn(&str, f64) -> String,
    second: impl Fn(&str, f64) -> String,
) -> Option<String> {
    let [(best, high), (worst, low)] = extremes(story, |name| {
        at_the_end(story, name, column).filter(|_| column != "paid_ratio" || sells(story.scenario, name))
    })?;
    let name = |name: &str| short(story, label(story.scenario, name), 230.0, 18.0);
    Some(both(story, best == worst, first(&name(best), high), second(&name(worst), low)))
}
