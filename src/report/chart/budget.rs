//! Where budgets go and where more money would pay, review by review.

use std::collections::BTreeMap;

use crate::report::Story;
use crate::report::chart::compose::{bands, calendar_sheet, flags, short, source, unbanded};
use crate::report::chart::facts::{Probe, Track};
use crate::report::chart::palette::{Colour, colour, for_text};
use crate::report::chart::panel::{Across, LABELLED};
use crate::report::chart::probe::{readings, stops};
use crate::report::chart::sheet::{Area, HEIGHT, Sheet};
use crate::report::chart::stack;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::plot::{BELOW, BESIDE, Plot, tiles};
use crate::report::chart::typeface::{HEAVIER, shorten};
use crate::report::reading::{Point, estimate, rows, table, trim, word};
use crate::report::study::quantity::Quantity;
use crate::report::wording::{grouped, label, money, percent};
use crate::scenario::calendar::Calendar;
use crate::study::phrase::whose;
use crate::world::money::LEVER_NAMES;

/// Colours of the levers, seen on both grounds.
const COLOURS: [Colour; 4] = [(190, 84, 48), (222, 148, 82), (62, 124, 177), (140, 112, 190)];
/// Height of a platform's row.
const ROW: f64 = 290.0;

/// What a platform spends on and what each lever returns, by lever.
struct Budget {
    name: String,
    index: usize,
    returns: Vec<Vec<Point>>,
    shares: Vec<Vec<Point>>,
}

/// Two panels for each platform with reviews.
pub fn draw(story: &Story) -> Sheet {
    let mut budgets = budgets(story);
    let all = budgets.len();
    budgets.truncate(LABELLED);
    let cut = if budgets.len() < all { " The first platforms; the others are in the table." } else { "" };
    let title = title(story, &budgets);
    let subtitle = format!(
        "Left: forecast at each review of what a little more money returns, net {currency} gained per {currency} spent; below 0 it \
         does not come back. Right: where the budget goes. {}{cut}",
        bands(story),
        currency = story.scenario.market.currency
    );
    if budgets.is_empty() {
        return Sheet::new(&title, &subtitle, &source(story), HEIGHT).nothing("no budget was reviewed");
    }
    let head = Sheet::new(&title, &subtitle, "", 0.0).top;
    let mut sheet = calendar_sheet(story, (&title, &subtitle), head + 50.0 + ROW * budgets.len() as f64);
    let body = sheet.body();
    let key: Vec<(String, Colour)> = LEVER_NAMES.map(str::to_owned).into_iter().zip(COLOURS).collect();
    let top = body.top + stack::key(&mut sheet, body.left, &key);
    let days = Axis::counting(0.0, f64::from(story.scenario.market.days));
    let up = [
        Axis::of_changes(ends(&budgets, |budget| &budget.returns), Quantity::Plain),
        Axis::of_levels(ends(&budgets, |budget| &budget.shares).chain([0.0]), Quantity::Share),
    ];
    let areas = tiles(Area { top, ..body }, 2 * budgets.len(), 2, 22.0);
    for (budget, areas) in budgets.iter().zip(areas.chunks(2)) {
        for (side, area) in areas.iter().enumerate() {
            panel(&mut sheet, *area, (story, budget, side), (&days, &up[side]));
        }
    }
    sheet
}

fn ends<'a>(
    budgets: &'a [Budget],
    of: impl Fn(&Budget) -> &Vec<Vec<Point>> + 'a,
) -> impl Iterator<Item = f64> + 'a {
    let points = move |budget: &'a Budget| {
        of(budget).iter().flatten().flat_map(|it| [it.y.value, it.y.low, it.y.high]).collect::<Vec<f64>>()
    };
    budgets.iter().flat_map(points)
}

fn budgets(story: &Story) -> Vec<Budget> {
    let Some(table) = table(story, "budget_returns") else { return Vec::new() };
    let market = &story.scenario.market;
    let calendar = Calendar::new(&market.start, market.days);
    let days: BTreeMap<String, u32> = (0..market.days).map(|day| (calendar.date(day), day)).collect();
    let read = |(index, platform): (usize, &crate::scenario::Platform)| {
        let of = |lever: &str, column: &str| {
            let found = rows(table, &[("platform", &platform.name), ("lever", lever)]).into_iter();
            let point = |row| {
                Some(Point {
                    x: f64::from(*days.get(word(table, "date", row))?),
                    y: estimate(table, column, row),
                })
            };
            let mut points: Vec<Point> = found.filter_map(point).collect();
            trim(&mut points);
            points
        };
        let each = |column| LEVER_NAMES.iter().map(|lever| of(lever, column)).collect::<Vec<_>>();
        let (returns, shares) = (each("roi"), each("share"));
        let is_told = returns.iter().any(|points| !points.is_empty());
        let name = label(story.scenario, &platform.name).to_owned();
        is_told.then_some(Budget { name, index, returns, shares })
    };
    story.scenario.platforms.iter().enumerate().filter_map(read).collect()
}

/// The best lever of the platform that could gain most.
fn title(story: &Story, budgets: &[Budget]) -> String {
    let last = |points: &Vec<Point>| points.last().map_or(f64::NAN, |point| point.y.value);
    let best = |budget: &Budget| {
        let levers = budget.returns.iter().map(last).enumerate().filter(|(_, value)| value.is_finite());
        levers.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let all = budgets.iter().filter_map(|budget| Some((budget, best(budget)?)));
    let Some((budget, (lever, value))) = all.max_by(|a, b| a.1.1.total_cmp(&b.1.1)) else {
        return "Where more money would pay".to_owned();
    };
    let (whose, lever) = (whose(&short(story, &budget.name, 220.0, 17.0)), LEVER_NAMES[lever]);
    let currency = &story.scenario.market.currency;
    let back = money(1.0 + value, currency);
    if value < 0.0 {
        format!(
            "At the last review no lever pays: of a {currency} more, {whose} {lever} bring back {back}, and others less"
        )
    } else {
        format!("At the last review a {currency} more pays best as {whose} {lever}: it brings back {back}")
    }
}

/// A return with its sign.
fn gain(value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", grouped(value, if value.abs() < 10.0 { 2 } else { 0 }))
}

/// One side of a platform's row: 0 the returns, 1 the shares.
fn panel(
    sheet: &mut Sheet,
    area: Area,
    (story, budget, side): (&Story, &Budget, usize),
    (days, up): (&Axis, &Axis),
) {
    let mut plot = Plot {
        area: Area {
            left: area.left + BESIDE + 8.0,
            right: area.right - 6.0,
            top: area.top + 30.0,
            bottom: area.bottom - BELOW,
        },
        across: days.clone(),
        up: up.clone(),
    };
    let heading = format!("{}: {}", budget.name, ["returns", "share of the budget"][side]);
    let heading = shorten(&heading, (plot.area.right - plot.area.left) / HEAVIER, 12.0);
    let ink = for_text(colour(budget.index));
    sheet.text((plot.area.left, area.top + 16.0), 12.0, &heading, |text| {
        (text.bold, text.colour) = (true, ink)
    });
    plot.mark(sheet, &flags(story));
    plot.levels(sheet);
    plot.calendar(sheet, &story.scenario.market.start);
    let lines = [&budget.returns, &budget.shares][side];
    let told: Vec<(usize, &Vec<Point>)> =
        lines.iter().enumerate().filter(|(_, points)| !points.is_empty()).collect();
    let curves: Vec<&[Point]> = told.iter().map(|(_, points)| points.as_slice()).collect();
    let stops = stops(&curves);
    let write = |value: f64| if side == 0 { gain(value) } else { percent(value, 1) };
    let mut tracks = Vec::new();
    for (lever, points) in told {
        let first = sheet.shapes.len();
        plot.band(sheet, points, COLOURS[lever]);
        plot.curve(sheet, &unbanded(points), COLOURS[lever], (2.0, &[]));
        for point in points.iter().filter(|point| point.y.value.is_finite()) {
            sheet.dot(plot.place(point.x, point.y.value), 2.4, COLOURS[lever]);
        }
        let series = sheet.facts.series(LEVER_NAMES[lever], COLOURS[lever]);
        sheet.facts.own((first, sheet.shapes.len()), series);
        tracks.push(Track { series, readings: readings(points, &stops, (|value| plot.y(value), write)) });
    }
    let across = Across::Dates(story.scenario.market.start.clone());
    if !stops.is_empty() {
        sheet.facts.probes.push(Probe {
            plot: plot.area,
            heading,
            across: String::new(),
            stops: stops.iter().map(|&x| (plot.x(x), across.words(x, false))).collect(),
            tracks,
        });
    }
}
