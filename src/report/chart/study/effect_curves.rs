//! Control and treatment as curves, and their difference below: a sheet for each kind of curve.

use crate::report::chart::banner::Flag;
use crate::report::chart::compose::{event_key, key_height};
use crate::report::chart::palette::{Colour, FAINT, GREY_TEXT, INK, colour};
use crate::report::chart::panel::LABELLED;
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::axis::Axis;
use crate::report::chart::study::compose::{level, page, single};
use crate::report::chart::study::curve::{Kind, kind};
use crate::report::chart::study::effects::{base, written_out};
use crate::report::chart::study::plot::{BELOW, BESIDE, EndLabel, Plot, tiles};
use crate::report::chart::study::reading::Named;
use crate::report::chart::typeface::{HEAVIER, shorten};
use crate::report::reading::{Point, curve, number, rows, word, words};
use crate::report::study::StudyStory;
use crate::report::wording::{label, plain};
use crate::study::phrase::contrast;
use crate::table::Table;

mod dates;

use dates::Dates;

/// Treatments beside each other.
const COLUMNS: usize = 2;
/// Treatments on a sheet.
const MOST: usize = 6;
/// Dashes of a treatment.
const DASH: &[f64] = &[7.0, 4.0];

/// The curves of one platform under one treatment.
struct Pair {
    name: String,
    colour: Colour,
    control: Vec<Point>,
    treated: Vec<Point>,
    effect: Vec<Point>,
}

/// A sheet for each kind of curve.
pub fn draw(study: &StudyStory) -> Vec<Part> {
    let Some(table) = study.table("effect_curves") else { return Vec::new() };
    let mut curves = words(table, "curve");
    curves.retain(|name| says_something(table, name));
    if curves.is_empty() {
        let sheet = page(study, "Control and treatment over time", "", 200.0);
        return single(sheet.nothing("no curve was measured"));
    }
    curves.iter().flat_map(|name| parts(study, name)).collect()
}

/// Whether any value of a curve differs from nothing: where no plan is sold, nobody has paid.
fn says_something(table: &Table, name: &str) -> bool {
    let differs = |value: f64| value.is_finite() && value != 0.0;
    let of = rows(table, &[("curve", name)]);
    of.into_iter().any(|row| ["control", "treated"].iter().any(|side| differs(number(table, side, row))))
}

/// The sheets of a curve, six treatments on each; those after the first are numbered.
fn parts(study: &StudyStory, name: &str) -> Vec<Part> {
    let kind = kind(study, name);
    let title = kind.title.to_lowercase();
    let part = |(index, sheet): (usize, Sheet)| match index {
        0 => Part { name: name.to_owned(), title: title.clone(), sheet },
        _ => Part {
            name: format!("{name}_{}", index + 1),
            title: format!("{title}, sheet {}", index + 1),
            sheet,
        },
    };
    sheets(study, name, &kind).into_iter().enumerate().map(part).collect()
}

/// What the curves of a platform are called behind its name.
const CONTROL: &str = "control";
const TREATED: &str = "treatment";
const EFFECT: &str = "difference";

/// What a curve without the treatment is called.
fn untreated(base: &str) -> &'static str {
    if base == CONTROL { CONTROL } else { "baseline" }
}

impl Pair {
    /// Name of one of its curves.
    fn told(&self, part: &str) -> String {
        format!("{}, {part}", self.name)
    }
}

/// A treatment with the curves of the platforms.
pub struct Treated {
    /// As a heading.
    name: String,
    /// Its label and that of what it is set against.
    pub sides: [String; 2],
    pairs: Vec<Pair>,
}

/// The axes that all treatments of a sheet share, so that they can be compared.
struct Axes {
    across: Axis,
    levels: Axis,
    changes: Axis,
}

fn sheets(study: &StudyStory, name: &str, kind: &Kind) -> Vec<Sheet> {
    let contrasts = study.table("effect_curves").map(contrasts).unwrap_or_default();
    let found: Vec<Treated> = contrasts
        .into_iter()
        .map(|[treatment, against]| Treated {
            name: contrast(treatment, against),
            sides: [treatment, against].map(str::to_owned),
            pairs: pairs(study, name, [treatment, against]),
        })
        .filter(|one| !one.pairs.is_empty())
        .collect();
    if found.is_empty() {
        let sheet = page(study, &headline(kind, &found, base(study)), &subtitle(study, &found), 200.0);
        return vec![sheet.nothing("this curve is not defined")];
    }
    let axes = axes(kind, &found);
    found.chunks(MOST).map(|shown| sheet(study, kind, (&found, shown), &axes)).collect()
}

/// The sheet of some of the treatments.
fn sheet(study: &StudyStory, kind: &Kind, (all, shown): (&[Treated], &[Treated]), axes: &Axes) -> Sheet {
    let dates = if kind.across.is_empty() { Dates::of(study, shown) } else { Dates::default() };
    let subtitle = subtitle(study, all) + dates.note();
    let height = 460.0 * shown.len().div_ceil(COLUMNS) as f64 + key_height(dates.events.len());
    let mut sheet = page(study, &headline(kind, all, base(study)), &subtitle, height);
    event_key(&mut sheet, &study.story(), &dates.named());
    for (area, one) in tiles(sheet.body(), shown.len(), COLUMNS, 22.0).into_iter().zip(shown) {
        let heading = if all.len() > 1 { one.name.as_str() } else { "" };
        block(&mut sheet, (area, heading), (study, kind, &one.pairs, axes), &dates.flags(one));
    }
    sheet
}

/// Treatments with what they are set against, in order of appearance; tables of former versions know the control only.
fn contrasts(table: &Table) -> Vec<[&str; 2]> {
    let mut found: Vec<[&str; 2]> = Vec::new();
    for row in 0..table.rows() {
        let contrast = ["treatment", "against"].map(|column| word(table, column, row));
        if found.last() != Some(&contrast) && !found.contains(&contrast) {
            found.push(contrast);
        }
    }
    found
}

fn subtitle(study: &StudyStory, found: &[Treated]) -> String {
    let is_crowded = found.iter().any(|one| one.pairs.len() > LABELLED);
    let crowd =
        if is_crowded { format!(" The {LABELLED} largest changes have colours.") } else { String::new() };
    format!(
        "Solid: {}; dashed: treatment. Below: their difference, paired by replication; band: {} interval \
         of the difference.{crowd}",
        written_out(base(study)),
        level(study)
    )
}

fn axes(kind: &Kind, found: &[Treated]) -> Axes {
    let pairs = || found.iter().flat_map(|one| &one.pairs);
    let points = || pairs().flat_map(|pair| pair.control.iter().chain(&pair.treated).chain(&pair.effect));
    let (first, end) = points().fold((0.0_f64, 1.0_f64), |(low, high), it| (low.min(it.x), high.max(it.x)));
    let levels = pairs().flat_map(|pair| pair.control.iter().chain(&pair.treated)).map(|it| it.y.value);
    let effects = pairs().flat_map(|pair| &pair.effect).flat_map(|it| [it.y.value, it.y.low, it.y.high]);
    Axes {
        across: Axis::counting(first, end),
        // Levels begin at zero: they are compared as heights.
        levels: Axis::of_levels(levels.chain([0.0]), kind.quantity.clone()),
        changes: Axis::of_changes(effects, kind.quantity.clone()),
    }
}

fn headline(kind: &Kind, found: &[Treated], base: &str) -> String {
    match found {
        [alone] if base == "control" => format!("{}: control against {}", kind.title, alone.name),
        [alone] => format!("{}: {}", kind.title, alone.name),
        _ if base == "control" => format!("{}: control against treatments", kind.title),
        _ => format!("{}: treatments and what they are set against", kind.title),
    }
}

/// The platforms that have a difference, in the scenario's order; with many, the largest changes first.
fn pairs(study: &StudyStory, name: &str, [treatment, against]: [&str; 2]) -> Vec<Pair> {
    let story = study.story();
    let read = |platform: &str, column: &str| {
        let mut wanted = vec![("treatment", treatment), ("curve", name), ("platform", platform)];
        if !against.is_empty() {
            wanted.push(("against", against));
        }
        curve(&story, "effect_curves", &wanted, "x", column)
    };
    let platforms = study.scenario.platforms.iter().enumerate();
    let mut pairs: Vec<Pair> = platforms
        .map(|(index, platform)| Pair {
            name: plain(label(study.scenario, &platform.name)),
            colour: colour(index),
            control: read(&platform.name, "control"),
            treated: read(&platform.name, "treated"),
            effect: read(&platform.name, "effect"),
        })
        .filter(|pair| !pair.effect.is_empty())
        .collect();
    if pairs.len() > LABELLED {
        pairs.sort_by(|a, b| last(&b.effect).abs().total_cmp(&last(&a.effect).abs()));
        let ranked = (0..LABELLED).map(colour).chain(std::iter::repeat(FAINT));
        pairs.iter_mut().zip(ranked).for_each(|(pair, colour)| pair.colour = colour);
    }
    pairs
}

fn last(points: &[Point]) -> f64 {
    points.last().map_or(f64::NAN, |point| point.y.value)
}

/// Where across the curve ends.
fn ends_at(points: &[Point]) -> f64 {
    points.last().map_or(f64::NAN, |point| point.x)
}

fn block(
    sheet: &mut Sheet,
    (area, heading): (Area, &str),
    (study, kind, pairs, axes): (&StudyStory, &Kind, &[Pair], &Axes),
    flags: &[Flag],
) {
    let room = ((area.right - area.left) * 0.27).clamp(110.0, 190.0);
    let (left, right) = (area.left + BESIDE, area.right - room);
    let top = area.top + if heading.is_empty() { 20.0 } else { 38.0 };
    let middle = top + (area.bottom - BELOW - 14.0 - top) * 0.56;
    if !heading.is_empty() {
        let fits = |size: f64| shorten(heading, area.right - area.left, size * HEAVIER);
        let size = if fits(13.0) == heading { 13.0 } else { 11.0 };
        sheet.text((area.left, area.top + 10.0), size, &fits(size), |text| text.bold = true);
    }
    let mut upper = Plot {
        area: Area { left, top, right, bottom: middle },
        across: axes.across.clone(),
        up: axes.levels.clone(),
    };
    let lower = Plot {
        area: Area { left, top: middle + 46.0, right, bottom: area.bottom - BELOW - 14.0 },
        up: axes.changes.clone(),
        ..upper.clone()
    };
    upper.heading(sheet, &kind.title, kind.quantity.unit());
    key(sheet, &upper, base(study));
    dates::mark(sheet, (&mut upper, &lower), flags);
    levels(sheet, &upper, (kind, pairs, base(study)), room);
    differences(sheet, &lower, (kind, pairs), room);
    let of = |points: fn(&Pair) -> &[Point], part: &'static str| {
        let labelled = pairs.iter().filter(|pair| pair.colour != FAINT);
        labelled.map(move |pair| Named { name: pair.told(part), colour: pair.colour, points: points(pair) })
    };
    let heads =
        |words: &str| if heading.is_empty() { words.to_owned() } else { format!("{heading}: {words}") };
    let both = of(|pair| &pair.control, untreated(base(study))).chain(of(|pair| &pair.treated, TREATED));
    upper.note(sheet, (&heads("level"), &kind.along(study)), &both.collect::<Vec<_>>());
    let effects: Vec<Named> = of(|pair| &pair.effect, EFFECT).collect();
    lower.note(sheet, (&heads("difference"), &kind.along(study)), &effects);
    if kind.across.is_empty() {
        lower.calendar(sheet, &study.scenario.market.start);
    } else {
        lower.floor(sheet, kind.across);
    }
}

fn levels(sheet: &mut Sheet, plot: &Plot, (kind, pairs, base): (&Kind, &[Pair], &str), room: f64) {
    plot.levels(sheet);
    for pair in pairs.iter().rev() {
        let draw = |sheet: &mut Sheet, (name, points, dash): (&str, &[Point], &'static [f64])| {
            let draw = |sheet: &mut Sheet| plot.curve(sheet, points, pair.colour, (1.8, dash));
            match pair.colour {
                FAINT => draw(sheet),
                colour => plot.owned(sheet, (name, colour), draw),
            }
        };
        draw(sheet, (&pair.told(untreated(base)), &pair.control, &[]));
        draw(sheet, (&pair.told(TREATED), &pair.treated, DASH));
    }
    let labels: Vec<EndLabel> = pairs
        .iter()
        .take(LABELLED)
        .map(|pair| {
            let (control, treated) = (last(&pair.control), last(&pair.treated));
            let (from, to) = (kind.quantity.brief(control), kind.quantity.brief(treated));
            EndLabel {
                at: ends_at(if treated.is_finite() { &pair.treated } else { &pair.control }),
                end: if treated.is_finite() { treated } else { control },
                colour: pair.colour,
                name: pair.name.clone(),
                value: format!("{from} → {to}"),
                series: None,
            }
        })
        .collect();
    plot.end_labels(sheet, &labels, room);
}

/// The two kinds of line with their names, in the upper right corner where no curve label stands.
fn key(sheet: &mut Sheet, plot: &Plot, base: &str) {
    let y = plot.area.top - 14.0;
    let mut left = plot.area.right - 26.0;
    if plot.area.right - plot.area.left < 400.0 {
        return;
    }
    for (words, dash, wide) in [("treatment", DASH, 88.0), (base, &[][..], 80.0)] {
        left -= wide;
        sheet.line(vec![(left, y), (left + 24.0, y)], INK, 1.8, dash);
        sheet.text((left + 29.0, y + 3.8), 10.5, words, |text| text.colour = GREY_TEXT);
    }
}

fn differences(sheet: &mut Sheet, plot: &Plot, (kind, pairs): (&Kind, &[Pair]), room: f64) {
    plot.heading(sheet, "Difference", kind.quantity.change_unit());
    plot.levels(sheet);
    for pair in pairs.iter().rev() {
        let curve = |sheet: &mut Sheet| plot.curve(sheet, &pair.effect, pair.colour, (2.0, &[]));
        if pair.colour == FAINT {
            curve(sheet);
            continue;
        }
        plot.owned(sheet, (&pair.told(EFFECT), pair.colour), |sheet| {
            plot.band(sheet, &pair.effect, pair.colour);
            curve(sheet);
        });
    }
    let labels: Vec<EndLabel> = pairs
        .iter()
        .take(LABELLED)
        .map(|pair| EndLabel {
            at: ends_at(&pair.effect),
            end: last(&pair.effect),
            colour: pair.colour,
            name: kind.quantity.brief_change(last(&pair.effect)),
            value: String::new(),
            series: sheet.facts.known(&pair.told(EFFECT)),
        })
        .collect();
    plot.end_labels(sheet, &labels, room);
}
