//! From the rival's value to the own one, group by group: raw beside share-matched.

use crate::report::chart::facts::Spot;
use crate::report::chart::palette::{AGAINST, FOR, GREY_LINE, GREY_TEXT, INK, PAPER, mix};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{level, numbered, page, single};
use crate::report::chart::study::gap::{Split, convention_words, matching, splits};
use crate::report::chart::study::plot::{BESIDE, Plot, tiles};
use crate::report::chart::typeface::{HEAVIER, shorten, width, wrap};
use crate::report::reading::Estimate;
use crate::report::study::StudyStory;
use crate::report::study::quantity::Quantity;
use crate::report::wording::interval;
use crate::study::decompose::REMAINDER;

/// Outcomes on a sheet.
const MOST: usize = 3;
/// Outcomes of a report; the rest is in the table.
const ALL: usize = 18;
/// A rest smaller than this part of the largest number is rounding.
const ROUNDING: f64 = 1e-6;

/// Sheets of up to three outcomes, their conventions side by side.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let splits = splits(study);
    let subtitle = format!(
        "Steps: Shapley contributions{}; whiskers: {} interval of the step or end. The axis may not begin at zero.{}",
        if splits.iter().any(|split| split.outcome.quantity == Quantity::Share) {
            ", shares in points"
        } else {
            ""
        },
        level(study),
        matching(&splits)
    );
    let mut names: Vec<&str> = Vec::new();
    for split in &splits {
        if !names.contains(&split.outcome.name.as_str()) {
            names.push(&split.outcome.name);
        }
    }
    if names.is_empty() {
        let sheet = page(study, "What makes the gap", &subtitle, 200.0);
        return single(sheet.nothing("no gap is defined"));
    }
    names.truncate(ALL);
    let sheet = |names: &[&str]| {
        let title = title(&splits, names[0]);
        let mut sheet = page(study, &title, &subtitle, 350.0 * names.len() as f64);
        for (area, name) in tiles(sheet.body(), names.len(), 1, 0.0).into_iter().zip(names) {
            let found: Vec<&Split> = splits.iter().filter(|split| split.outcome.name == *name).collect();
            // Conventions share an axis: their steps are compared.
            let ends = found.iter().flat_map(|split| bars(split)).flat_map(|bar| bar.reach());
            let up = Axis::of_levels(ends, found[0].outcome.quantity.clone());
            for (area, split) in tiles(area, found.len(), found.len(), 24.0).into_iter().zip(found) {
                waterfall(&mut sheet, area, split, &up);
            }
        }
        sheet
    };
    numbered(names.chunks(MOST).map(sheet).collect())
}

/// The largest contribution to the gap at matched shares, or else to the first gap, for it or against it.
fn title(splits: &[Split], name: &str) -> String {
    let of_outcome: Vec<&Split> = splits.iter().filter(|split| split.outcome.name == name).collect();
    let told = of_outcome.iter().find(|split| split.convention == "matched").or(of_outcome.first());
    let largest = told.and_then(|split| {
        let by_size =
            |a: &&(String, Estimate), b: &&(String, Estimate)| a.1.value.abs().total_cmp(&b.1.value.abs());
        let groups = split.steps.iter().filter(|(group, _)| group != REMAINDER);
        groups.max_by(by_size).map(|step| (split, step))
    });
    let is_outdone = |split: &Split, it: &Estimate| {
        split.steps.iter().any(|(group, rest)| group == REMAINDER && rest.value.abs() > it.value.abs())
    };
    largest.map_or_else(
        || "What makes the gap".to_owned(),
        |(split, (group, it))| {
            if split.is_open() {
                return format!("{}: the gap may be chance", split.outcome.full());
            }
            let gap = split.own.value - split.rival.value;
            let does = if it.value * gap < 0.0 { "works most against" } else { "contributes most to" };
            let [gap, change] = [gap, it.value].map(|value| split.outcome.quantity.write_change(value));
            let how = if of_outcome.len() > 1 { format!(" ({})", split.convention) } else { String::new() };
            // What no group holds may be larger than any of them.
            let among = if is_outdone(split, it) { "of the groups, " } else { "" };
            format!("{}: {among}{group} {does} the gap of {gap}, {change}{how}", split.outcome.full())
        },
    )
}

/// One bar: a level at an end, or a step from one height to another.
struct Bar {
    name: String,
    from: f64,
    to: f64,
    ends: (f64, f64),
    is_level: bool,
}

impl Bar {
    /// What the axis must hold.
    fn reach(&self) -> [f64; 4] {
        [self.from, self.to, self.ends.0, self.ends.1]
    }
}

fn bars(split: &Split) -> Vec<Bar> {
    let level = |name: &str, it: &Estimate| Bar {
        name: name.to_owned(),
        from: it.value,
        to: it.value,
        ends: (it.low, it.high),
        is_level: true,
    };
    let rival = if split.rival_place.is_empty() { "rival" } else { &split.rival_place };
    let mut bars = vec![level(rival, &split.rival)];
    let mut height = split.rival.value;
    for (group, it) in &split.steps {
        let ends = (height + it.low, height + it.high);
        bars.push(Bar { name: group.clone(), from: height, to: height + it.value, ends, is_level: false });
        height += it.value;
    }
    let rest = split.own.value - height;
    if rest.abs() > ROUNDING * split.own.value.abs().max(split.rival.value.abs()) {
        let ends = (f64::NAN, f64::NAN);
        bars.push(Bar {
            name: "not attributed".to_owned(),
            from: height,
            to: split.own.value,
            ends,
            is_level: false,
        });
    }
    let own = if split.outcome.place.is_empty() { "own value" } else { &split.outcome.place };
    bars.push(level(own, &split.own));
    bars
}

fn waterfall(sheet: &mut Sheet, area: Area, split: &Split, up: &Axis) {
    let bars = bars(split);
    let plot = Plot {
        area: Area {
            left: area.left + BESIDE,
            top: area.top + 48.0,
            right: area.right,
            bottom: area.bottom - 62.0,
        },
        across: Axis::exactly(0.0, bars.len() as f64),
        up: up.clone(),
    };
    let heading = format!("{} · {}", convention_words(&split.convention), split.outcome.title);
    let heading = shorten(&heading, (area.right - plot.area.left) / HEAVIER, 12.0);
    sheet.text((plot.area.left, area.top + 18.0), 12.0, &heading, |text| text.bold = true);
    plot.levels(sheet);
    let floor = vec![(plot.area.left, plot.area.bottom), (plot.area.right, plot.area.bottom)];
    sheet.line(floor, GREY_LINE, 1.0, &[]);
    let letters = letters(&bars, split, plot.x(1.0) - plot.x(0.0) - 4.0);
    for (index, bar) in bars.iter().enumerate() {
        let at = index as f64;
        if index + 1 < bars.len() {
            sheet.line(
                vec![plot.place(at + 0.2, bar.to), plot.place(at + 1.8, bar.to)],
                GREY_LINE,
                0.8,
                &[2.5, 2.5],
            );
        }
        column(sheet, &plot, (bar, at), (split, &letters));
    }
}

/// Sizes of the letters of one waterfall.
struct Letters {
    names: f64,
    numbers: f64,
}

/// Smaller letters rather than cut words or numbers that touch; the same for all bars.
fn letters(bars: &[Bar], split: &Split, room: f64) -> Letters {
    let fits = |words: &str, size: f64| words.split(' ').all(|word| width(word, size) <= room);
    let number_fits = |bar: &Bar, size: f64| width(&number(bar, split), size) * HEAVIER <= room + 2.0;
    let all = |fits: &dyn Fn(&Bar, f64) -> bool, sizes: [f64; 4]| {
        sizes.into_iter().find(|&size| bars.iter().all(|bar| fits(bar, size))).unwrap_or(sizes[3])
    };
    Letters {
        names: all(&|bar, size| fits(&bar.name, size), [10.5, 9.5, 8.5, 7.5]),
        numbers: all(&number_fits, [11.0, 10.0, 9.0, 8.0]),
    }
}

/// The height of an end, or a step with its sign.
fn number(bar: &Bar, split: &Split) -> String {
    let quantity = &split.outcome.quantity;
    let number = if bar.is_level { quantity.brief(bar.to) } else { quantity.brief_change(bar.to - bar.from) };
    number.replace(" points", " pts")
}

fn column(sheet: &mut Sheet, plot: &Plot, (bar, at): (&Bar, f64), (split, letters): (&Split, &Letters)) {
    let middle = plot.x(at + 0.5);
    let (left, right) = (plot.x(at + 0.2), plot.x(at + 0.8));
    let (top, bottom) = (plot.y(bar.from.max(bar.to)), plot.y(bar.from.min(bar.to)));
    let ink = match (bar.is_level, bar.to >= bar.from) {
        (true, _) => INK,
        (false, true) => FOR,
        (false, false) => AGAINST,
    };
    let ground = if bar.is_level { ink } else { mix(ink, PAPER, 0.25) };
    let thick = if bar.is_level { 1.8 } else { 0.6 };
    sheet.block(Area { left, right, top: top - thick, bottom: bottom + thick }, ground, 1.0);
    let (low, high) = (plot.y(bar.ends.0), plot.y(bar.ends.1));
    if low.is_finite() && high.is_finite() {
        sheet.line(vec![(middle, low), (middle, high)], INK, 1.3, &[]);
        for end in [low, high] {
            sheet.line(vec![(middle - 3.5, end), (middle + 3.5, end)], INK, 1.3, &[]);
        }
    }
    note(sheet, Area { left: plot.x(at), right: plot.x(at + 1.0), ..plot.area }, bar, split);
    let number = number(bar, split);
    let above = [top, high].into_iter().filter(|y| y.is_finite()).fold(f64::INFINITY, f64::min);
    sheet.text((middle, above - 6.0), letters.numbers, &number, |text| {
        text.anchor = Anchor::Middle;
        text.bold = true;
        text.colour = ink;
    });
    let room = plot.x(1.0) - plot.x(0.0) - 4.0;
    for (line, words) in wrap(&bar.name, room, letters.names).iter().take(3).enumerate() {
        sheet.text((middle, plot.area.bottom + 16.0 + 13.0 * line as f64), letters.names, words, |text| {
            text.anchor = Anchor::Middle;
            text.colour = GREY_TEXT;
        });
    }
}

/// What a pointer reads on a bar.
fn note(sheet: &mut Sheet, area: Area, bar: &Bar, split: &Split) {
    let quantity = &split.outcome.quantity;
    let base = if bar.is_level { 0.0 } else { bar.from };
    let write =
        |value: f64| if bar.is_level { quantity.write(value) } else { quantity.write_change(value - base) };
    let band = interval(bar.ends.0, bar.ends.1, write);
    let band = if band.is_empty() { band } else { format!(" ({band})") };
    let what = format!("{}, {}: {}", split.outcome.full(), convention_words(&split.convention), bar.name);
    sheet.facts.spots.push(Spot::block(area, &what, &format!("{}{band}", write(bar.to))));
}
