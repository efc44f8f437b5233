//! Profit and loss by month: revenue above zero, costs below it, and what is left as a line.

use crate::report::Story;
use crate::report::chart::banner::{self, FLAG_ROW};
use crate::report::chart::compose::{bands, calendar_sheet, cut_months, flags, short, source, whole_months};
use crate::report::chart::facts::{Probe, Track};
use crate::report::chart::frame::Frame;
use crate::report::chart::palette::{Colour, GREY_LINE, INK, colour, for_text};
use crate::report::chart::panel::{Across, LABELLED};
use crate::report::chart::probe::{readings, stops};
use crate::report::chart::sheet::{Area, HEIGHT, Sheet};
use crate::report::chart::stack;
use crate::report::chart::study::axis::{Axis, Sense};
use crate::report::chart::study::plot::{BELOW, BESIDE, Plot, tiles};
use crate::report::chart::typeface::HEAVIER;
use crate::report::reading::{Point, curve};
use crate::report::study::quantity::Quantity;
use crate::report::wording::{label, money};

/// A column of the table that is drawn as a stack.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its column.
    pub column: &'static str,
    /// In words.
    pub name: &'static str,
    colour: Colour,
}

const REVENUES: [Item; 2] = [
    Item { column: "revenue_subscription", name: "subscriptions", colour: (62, 124, 177) },
    Item { column: "revenue_ads", name: "advertising", colour: (150, 192, 224) },
];
/// What money is spent on.
pub const COSTS: [Item; 6] = [
    Item { column: "cost_licences", name: "licences", colour: (150, 62, 38) },
    Item { column: "cost_revenue_share", name: "revenue share", colour: (196, 104, 58) },
    Item { column: "cost_originals", name: "originals", colour: (222, 148, 82) },
    Item { column: "cost_community", name: "community", colour: (238, 190, 124) },
    Item { column: "cost_marketing", name: "marketing", colour: (164, 132, 108) },
    Item { column: "cost_activity", name: "cost of use", colour: (200, 178, 160) },
];
/// Amounts below this part of the largest ones could not be seen.
const VISIBLE: f64 = 0.01;
/// Half of a bar, days.
const HALF: f64 = 12.0;

/// The statement of a platform.
struct Statement {
    name: String,
    index: usize,
    /// By item, revenues first; costs are negative.
    items: Vec<(Item, Vec<Point>)>,
    profit: Vec<Point>,
    /// What is left over all simulated months, whole or not.
    left: f64,
    /// Whether months were left out.
    is_cut: bool,
}

/// A panel for each platform; all share their axes.
pub fn draw(story: &Story) -> Sheet {
    let mut statements = statements(story);
    let all = statements.len();
    statements.sort_by(|a, b| b.largest().total_cmp(&a.largest()));
    let seen = VISIBLE * statements.first().map_or(0.0, Statement::largest);
    statements.retain(|one| one.largest() >= seen);
    statements.truncate(LABELLED);
    statements.sort_by_key(|one| one.index);
    let title = title(story, &statements);
    let cut =
        if statements.len() < all { " Platforms with much smaller amounts are in the table." } else { "" };
    let subtitle = format!(
        "{} by month. Bars: revenue above zero, costs below; line: profit. {}{}{cut}",
        story.scenario.market.currency,
        bands(story),
        cut_months(story, statements.iter().any(|one| one.is_cut))
    );
    if statements.is_empty() {
        return Sheet::new(&title, &subtitle, &source(story), HEIGHT).nothing("no platform earned or spent");
    }
    let columns = if statements.len() == 1 { 1 } else { 2 };
    let height = 200.0 + 300.0 * statements.len().div_ceil(columns) as f64;
    let mut sheet = calendar_sheet(story, (&title, &subtitle), height);
    let body = sheet.body();
    let items = items(&statements).map(|item| (item.name.to_owned(), item.colour));
    let key: Vec<(String, Colour)> = std::iter::once(("profit".to_owned(), INK)).chain(items).collect();
    let top = body.top + stack::key(&mut sheet, body.left, &key);
    let axes = axes(story, &statements);
    for (area, statement) in
        tiles(Area { top, ..body }, statements.len(), columns, 22.0).into_iter().zip(&statements)
    {
        panel(&mut sheet, area, (story, statement), &axes);
    }
    sheet
}

/// The items that any platform has.
fn items(statements: &[Statement]) -> impl Iterator<Item = Item> {
    REVENUES.into_iter().chain(COSTS).filter(|item| {
        statements.iter().any(|one| one.items.iter().any(|(other, _)| other.column == item.column))
    })
}

fn statements(story: &Story) -> Vec<Statement> {
    let read = |(index, platform): (usize, &crate::scenario::Platform)| {
        let of = |column: &str| curve(story, "profit", &[("platform", &platform.name)], "month", column);
        let item = |(item, sign): (Item, f64)| {
            let mut points = of(item.column);
            points.retain(|point| point.y.value.is_finite());
            points.iter_mut().for_each(|point| point.y.value = sign * point.y.value.clamp(0.0, 1e300));
            (item, points)
        };
        let all = REVENUES.map(|it| (it, 1.0)).into_iter().chain(COSTS.map(|it| (it, -1.0)));
        let items: Vec<(Item, Vec<Point>)> =
            all.map(item).filter(|(_, points)| points.iter().any(|point| point.y.value != 0.0)).collect();
        let name = label(story.scenario, &platform.name).to_owned();
        let (profit, left, is_cut) = (of("profit"), 0.0, false);
        (!items.is_empty()).then_some(Statement { name, index, items, profit, left, is_cut })
    };
    let mut found: Vec<Statement> = story.scenario.platforms.iter().enumerate().filter_map(read).collect();
    found.iter_mut().for_each(|one| one.keep_whole(&whole_months(story)));
    found
}

impl Statement {
    /// The largest amount of a month.
    fn largest(&self) -> f64 {
        let amounts = self.items.iter().flat_map(|(_, points)| points).map(|point| point.y.value.abs());
        amounts.filter(|amount| amount.is_finite()).fold(0.0, f64::max)
    }

    /// Sums up, and then leaves out the months that are not wholly simulated where there are whole ones: what they earn
    /// and cost is less for that alone.
    fn keep_whole(&mut self, is_whole: &impl Fn(&Point) -> bool) {
        self.left = self.profit.iter().map(|point| point.y.value).filter(|profit| profit.is_finite()).sum();
        if self.profit.iter().any(is_whole) {
            self.is_cut = !self.profit.iter().all(is_whole);
            let lists = self.items.iter_mut().map(|(_, points)| points).chain([&mut self.profit]);
            lists.for_each(|points| points.retain(is_whole));
        }
    }
}

/// What is left over the run, of the platforms with the most and the least.
fn title(story: &Story, statements: &[Statement]) -> String {
    let told = |one: &Statement| {
        let amount = money(one.left.abs(), &story.scenario.market.currency);
        let verb = if one.left < 0.0 { "loses" } else { "earns" };
        format!("{} {verb} {amount}", short(story, &one.name, 220.0, 17.0))
    };
    let by_profit = |a: &&Statement, b: &&Statement| a.left.total_cmp(&b.left);
    match (statements.iter().max_by(by_profit), statements.iter().min_by(by_profit)) {
        (Some(best), Some(worst)) if best.index != worst.index => {
            format!("Over the run {}, {}", told(best), told(worst))
        }
        (Some(best), _) => format!("Over the run {}", told(best)),
        _ => "Profit and loss".to_owned(),
    }
}

/// Axes that hold every stack and every interval of a profit.
fn axes(story: &Story, statements: &[Statement]) -> (Axis, Axis) {
    let mut ends = vec![0.0];
    for statement in statements {
        ends.extend(statement.profit.iter().flat_map(|point| [point.y.value, point.y.low, point.y.high]));
        let stops: Vec<f64> =
            statement.items.iter().flat_map(|(_, points)| points.iter().map(|it| it.x)).collect();
        for x in stops {
            let at = statement.items.iter().filter_map(|(_, points)| value(points, x));
            ends.push(at.clone().filter(|it| *it > 0.0).sum());
            ends.push(at.filter(|it| *it < 0.0).sum());
        }
    }
    let quantity = Quantity::Money(story.scenario.market.currency.clone());
    let up = Axis { sense: Sense::Level, ..Axis::of_changes(ends.into_iter(), quantity) };
    (Axis::counting(0.0, f64::from(story.scenario.market.days)), up)
}

/// The value at a position across.
fn value(points: &[Point], x: f64) -> Option<f64> {
    points.iter().find(|point| point.x == x).map(|point| point.y.value)
}

fn panel(sheet: &mut Sheet, area: Area, (story, statement): (&Story, &Statement), axes: &(Axis, Axis)) {
    let head = 24.0;
    let mut frame = Frame {
        plot: Area {
            left: area.left + BESIDE + 8.0,
            right: area.right - 6.0,
            top: area.top + head,
            bottom: area.bottom - BELOW,
        },
        first: axes.0.low,
        last: axes.0.high,
        top: 1.0,
        head,
        banners: Vec::new(),
    };
    frame.banners = banner::banners(&flags(story), &frame);
    let rows = frame.banners.iter().map(|banner| banner.row + 1).max().unwrap_or(0);
    frame.plot.top += FLAG_ROW * rows as f64;
    let plot = Plot { area: frame.plot, across: axes.0.clone(), up: axes.1.clone() };
    let name = short(story, &statement.name, (plot.area.right - plot.area.left) / HEAVIER, 12.0);
    let ink = for_text(colour(statement.index));
    sheet.text((plot.area.left, area.top + 12.0), 12.0, &name, |text| (text.bold, text.colour) = (true, ink));
    plot.levels(sheet);
    plot.calendar(sheet, &story.scenario.market.start);
    banner::draw(sheet, &frame, area.top);
    stacks(sheet, &plot, statement);
    let zero = vec![(plot.area.left, plot.y(0.0)), (plot.area.right, plot.y(0.0))];
    sheet.line(zero, GREY_LINE, 1.3, &[]);
    let first = sheet.shapes.len();
    plot.band(sheet, &statement.profit, INK);
    plot.curve(sheet, &statement.profit, INK, (2.0, &[]));
    let series = sheet.facts.series("profit", INK);
    sheet.facts.own((first, sheet.shapes.len()), series);
    note(sheet, &plot, (story, statement));
}

/// The bars, item by item, each on those before it.
fn stacks(sheet: &mut Sheet, plot: &Plot, statement: &Statement) {
    let mut heights: Vec<(f64, [f64; 2])> = Vec::new();
    for (item, points) in &statement.items {
        let first = sheet.shapes.len();
        for point in points.iter().filter(|point| point.y.value != 0.0) {
            let at = heights.iter().position(|(x, _)| *x == point.x).unwrap_or_else(|| {
                heights.push((point.x, [0.0, 0.0]));
                heights.len() - 1
            });
            let height = &mut heights[at].1[usize::from(point.y.value < 0.0)];
            let (from, to) = (plot.y(*height), plot.y(*height + point.y.value));
            *height += point.y.value;
            let block = Area {
                left: plot.x(point.x - HALF),
                right: plot.x(point.x + HALF),
                top: from.min(to),
                bottom: from.max(to),
            };
            sheet.block(block, item.colour, 1.0);
        }
        let series = sheet.facts.series(item.name, item.colour);
        sheet.facts.own((first, sheet.shapes.len()), series);
    }
}

/// What a pointer reads.
fn note(sheet: &mut Sheet, plot: &Plot, (story, statement): (&Story, &Statement)) {
    let profit: &[Point] = &statement.profit;
    let all: Vec<&[Point]> =
        statement.items.iter().map(|(_, points)| points.as_slice()).chain([profit]).collect();
    let stops = stops(&all);
    let write = |value: f64| money(value, &story.scenario.market.currency);
    let track = |series: usize, points: &[Point]| Track {
        series,
        readings: readings(points, &stops, (|value| plot.y(value), write)),
    };
    let mut tracks = vec![track(sheet.facts.series("profit", INK), profit)];
    for (item, points) in &statement.items {
        let bare: Vec<Point> = crate::report::chart::compose::unbanded(points);
        tracks.push(track(sheet.facts.series(item.name, item.colour), &bare));
    }
    let across = Across::Dates(story.scenario.market.start.clone());
    if !stops.is_empty() {
        sheet.facts.probes.push(Probe {
            plot: plot.area,
            heading: statement.name.clone(),
            across: String::new(),
            stops: stops.iter().map(|&x| (plot.x(x), across.words(x, true))).collect(),
            tracks,
        });
    }
}
