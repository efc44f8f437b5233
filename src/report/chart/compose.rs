//! What charts share: source line, interval note, one curve per platform, events, published figures.

use crate::report::Story;
use crate::report::chart::banner::Flag;
use crate::report::chart::palette::{GREY_TEXT, colour, dash};
use crate::report::chart::panel::{LABELLED, Panel};
use crate::report::chart::series::{Published, Series};
use crate::report::chart::sheet::{Area, HEIGHT, Sheet};
use crate::report::chart::typeface::{distinct, shorten};
use crate::report::reading::{Point, curve, rows, table, trim};
use crate::report::wording::{event_name, label, percent, sells};
use crate::scenario::TargetMeasure;
use crate::scenario::calendar::Calendar;

/// The audience of every chart.
pub const EVERYBODY: (&str, &str) = ("audience", "everybody");

/// Space between panels.
const GUTTER: f64 = 26.0;

/// The line at the bottom of every chart.
pub fn source(story: &Story) -> String {
    let digest: String = story.digest.chars().take(12).collect();
    format!(
        "Ecotone {} · scenario {} · seed {} · digest {digest} · simulated, not observed",
        story.version, story.scenario.name, story.scenario.run.seed
    )
}

/// What the bands are, in words.
pub fn bands(story: &Story) -> String {
    let run = &story.scenario.run;
    if run.replications > 1 {
        let level = percent(run.confidence, 0);
        format!("Mean of {} replications; bands: {level} interval of the mean.", run.replications)
    } else {
        "One replication: no interval over replications.".to_owned()
    }
}

/// How many replications stand behind a mean, for charts without bands.
pub fn mean_of(story: &Story) -> String {
    match story.scenario.run.replications {
        1 => "One replication.".to_owned(),
        count => format!("Mean of {count} replications."),
    }
}

/// The platform whose label a series carries.
pub fn platform_of<'a>(story: &Story<'a>, series: &Series) -> Option<&'a str> {
    let platforms = story.scenario.platforms.iter();
    let mut names = platforms.map(|platform| platform.name.as_str());
    names.find(|name| label(story.scenario, name) == series.name)
}

/// A sheet with title and subtitle and this story's source line.
pub fn sheet(story: &Story, title: &str, subtitle: &str) -> Sheet {
    Sheet::new(title, subtitle, &source(story), HEIGHT)
}

/// Draws panels side by side, or the calm sentence when none has data.
pub fn panels(sheet: Sheet, panels: &[Panel], missing: &str) -> Sheet {
    let drawn: Vec<&Panel> = panels.iter().filter(|panel| panel.has_data()).collect();
    if drawn.is_empty() {
        return sheet.nothing(missing);
    }
    let mut sheet = sheet;
    let body = sheet.body();
    let each = (body.right - body.left + GUTTER) / drawn.len() as f64;
    for (index, panel) in drawn.iter().enumerate() {
        let left = body.left + each * index as f64;
        panel.draw(&mut sheet, Area { left, right: left + each - GUTTER, ..body });
    }
    sheet
}

/// One curve per platform in the scenario's order.
///
/// With more platforms than labels the ones with the largest last value come first.
pub fn by_platform(story: &Story, name: &str, keys: &[(&str, &str)], x: &str, y: &str) -> Vec<Series> {
    let mut series: Vec<Series> = story
        .scenario
        .platforms
        .iter()
        .enumerate()
        .map(|(index, platform)| {
            let mut wanted = vec![("platform", platform.name.as_str())];
            wanted.extend_from_slice(keys);
            Series {
                name: label(story.scenario, &platform.name).to_owned(),
                colour: colour(index),
                dash: dash(index),
                width: 2.2,
                dotted: false,
                stepped: false,
                points: curve(story, name, &wanted, x, y),
            }
        })
        .collect();
    if series.len() > LABELLED {
        let last = |series: &Series| series.points.last().map_or(f64::NEG_INFINITY, |point| point.y.value);
        series.sort_by(|a, b| last(b).total_cmp(&last(a)));
    }
    series
}

/// Leaves out the platforms that have nothing to pay for.
pub fn keep_sellers(story: &Story, series: &mut Vec<Series>) {
    series.retain(|one| platform_of(story, one).is_none_or(|name| sells(story.scenario, name)));
}

/// Leaves out the months that are not wholly simulated, whose sums would fall off a cliff, where there are whole ones;
/// returns whether it left out any.
pub fn keep_whole_months(story: &Story, series: &mut [Series]) -> bool {
    let is_whole = whole_months(story);
    let count = |series: &[Series]| series.iter().map(|one| one.points.len()).sum::<usize>();
    if !series.iter().any(|one| one.points.iter().any(&is_whole)) {
        return false;
    }
    let before = count(series);
    series.iter_mut().for_each(|one| one.points.retain(&is_whole));
    count(series) < before
}

/// Whether a point stands for a month that is wholly simulated.
pub fn whole_months(story: &Story) -> impl Fn(&Point) -> bool {
    let calendar = Calendar::new(&story.scenario.market.start, story.scenario.market.days);
    let last = story.scenario.market.days.saturating_sub(1);
    move |point| point.x >= 0.0 && calendar.is_whole(calendar.month_of((point.x as u32).min(last)))
}

/// Says that months were left out, or that there is no whole one.
pub fn cut_months(story: &Story, is_cut: bool) -> &'static str {
    let calendar = Calendar::new(&story.scenario.market.start, story.scenario.market.days);
    if is_cut {
        " Months that are not whole are left out."
    } else if (0..calendar.months()).any(|month| calendar.is_whole(month)) {
        ""
    } else {
        " No month was simulated whole: these are sums over its simulated days."
    }
}

/// The label of a platform where there is so much room: labels that would be cut alike are cut in the middle. Other
/// texts are cut at their end.
pub fn short(story: &Story, text: &str, room: f64, size: f64) -> String {
    let labels: Vec<&str> =
        story.scenario.platforms.iter().map(|platform| label(story.scenario, &platform.name)).collect();
    match labels.iter().position(|label| *label == text) {
        Some(at) => distinct(&labels, room, size).swap_remove(at),
        None => shorten(text, room, size),
    }
}

/// A note when not every platform has a label.
pub fn crowd(story: &Story) -> String {
    if story.scenario.platforms.len() > LABELLED {
        format!(" The {LABELLED} platforms that end highest are labelled, the others grey.")
    } else {
        String::new()
    }
}

/// The cohort to show: all joiners, or those present at the start when nobody joined.
pub fn cohort(story: &Story, name: &str) -> &'static str {
    let joined = table(story, name)
        .is_some_and(|table| !rows(table, &[("cohort", "all joiners"), EVERYBODY]).is_empty());
    if joined { "all joiners" } else { "present at start" }
}

/// The cohort in words.
pub fn cohort_words(cohort: &str) -> &'static str {
    if cohort == "all joiners" { "Everybody who joined during the run" } else { "Users present at the start" }
}

/// Events up to this many are explained below a chart.
const EXPLAINED: usize = 60;
/// From so many events on the key has three columns.
const CROWDED: usize = 15;
/// Height of a line of that key.
const KEY_LINE: f64 = 14.0;

/// Draws panels over calendar time, with a key to the numbers of the events below them.
pub fn dated(story: &Story, title: &str, subtitle: &str, drawn: &[Panel], missing: &str) -> Sheet {
    if drawn.iter().any(Panel::has_data) {
        panels(calendar_sheet(story, (title, subtitle), HEIGHT), drawn, missing)
    } else {
        panels(sheet(story, title, subtitle), drawn, missing)
    }
}

/// A sheet of that height whose foot is a key to the numbers of the events, where numbers stand for them.
pub fn calendar_sheet(story: &Story, (title, subtitle): (&str, &str), height: f64) -> Sheet {
    if !is_explained(story) {
        return Sheet::new(title, subtitle, &source(story), height);
    }
    let events = story.scenario.events.iter();
    let named: Vec<(u32, String)> =
        events.map(|event| (event.day, event_name(story.scenario, event))).collect();
    let mut sheet = Sheet::new(title, subtitle, &source(story), height + key_height(named.len()));
    event_key(&mut sheet, story, &named);
    sheet
}

/// Columns of the key to so many events.
fn key_columns(events: usize) -> usize {
    if events < CROWDED { 2 } else { 3 }
}

/// Height of the key to so many events; 0 where there is none.
pub fn key_height(events: usize) -> f64 {
    if (1..=EXPLAINED).contains(&events) {
        KEY_LINE * events.div_ceil(key_columns(events)) as f64 + 10.0
    } else {
        0.0
    }
}

/// Writes the key to the numbers of events, days with names, into the foot of a sheet that is high enough for it.
pub fn event_key(sheet: &mut Sheet, story: &Story, events: &[(u32, String)]) {
    sheet.foot = key_height(events.len());
    if sheet.foot == 0.0 {
        return;
    }
    let calendar = Calendar::new(&story.scenario.market.start, story.scenario.market.days);
    let body = sheet.body();
    let columns = key_columns(events.len());
    let wide = (body.right - body.left) / columns as f64;
    for (index, (day, name)) in events.iter().enumerate() {
        let (row, column) = ((index / columns) as f64, (index % columns) as f64);
        let name = shorten(name, wide - 100.0, 10.0);
        let text = format!("{}  {}  {name}", index + 1, calendar.date(*day));
        let place = (body.left + wide * column, body.bottom + 18.0 + KEY_LINE * row);
        sheet.text(place, 10.0, &text, |text| text.colour = GREY_TEXT);
    }
}

fn is_explained(story: &Story) -> bool {
    (1..=EXPLAINED).contains(&story.scenario.events.len())
}

/// The scenario's events: by number where a key explains them, else by name.
pub fn flags(story: &Story) -> Vec<Flag> {
    let scenario = story.scenario;
    scenario
        .events
        .iter()
        .enumerate()
        .map(|(index, event)| Flag {
            at: f64::from(event.day),
            name: if is_explained(story) { (index + 1).to_string() } else { event_name(scenario, event) },
        })
        .collect()
}

/// The published figures of one measure.
pub fn published(story: &Story, measure: TargetMeasure) -> Vec<Published> {
    let wanted = story.scenario.targets.iter().filter(|target| target.measure == measure);
    wanted
        .map(|target| Published {
            from: f64::from(target.from),
            to: f64::from(target.to),
            value: target.value,
            bound: target.bound,
            colour: colour(target.platform),
        })
        .collect()
}

/// Keeps the points up to an age.
pub fn until(mut series: Vec<Series>, age: f64) -> Vec<Series> {
    for one in &mut series {
        one.points.retain(|point| point.x <= age);
        trim(&mut one.points);
    }
    series
}

/// The points without bands.
pub fn unbanded(points: &[Point]) -> Vec<Point> {
    points
        .iter()
        .map(|point| Point { x: point.x, y: crate::report::reading::Estimate::bare(point.y.value) })
        .collect()
}
