//! The niche map: how broad each platform's niche is, and how much of it rivals share.

use crate::report::Story;
use crate::report::chart::compose::{short, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::label::spread;
use crate::report::chart::palette::{FAINT, GREY_LINE, GREY_TEXT, GRID, colour, for_text};
use crate::report::chart::scale::{Measure, between};
use crate::report::chart::sheet::{Anchor, Area, HEIGHT, Place, Sheet, circle};
use crate::report::findings::at_the_end;
use crate::report::reading::{number, rows, table};
use crate::report::wording::{label, percent};

/// Radius of a platform that holds all users.
const LARGEST: f64 = 46.0;

/// One platform on the map.
struct Niche {
    index: usize,
    name: String,
    /// 0 lives on one genre, 1 on all alike.
    breadth: f64,
    /// Mean overlap with rivals, 0 to 1.
    overlap: f64,
    /// Share of platform users.
    share: f64,
}

/// Platforms by breadth and mean overlap; areas are shares of users.
pub fn draw(story: &Story) -> Sheet {
    let niches = niches(story);
    let subtitle = "Across: breadth of listening by genre (Levins, standardised). Up: mean overlap with rivals \
                    (Pianka). Areas: share of platform users at the end.";
    let mut sheet = Sheet::new(&title(story, &niches), subtitle, &source(story), HEIGHT);
    if niches.is_empty() {
        let one = story.scenario.genres.len() < 2;
        return sheet.nothing(if one {
            "not defined: one genre"
        } else {
            "a niche needs listening and rivals"
        });
    }
    let body = sheet.body();
    let plot = Area {
        left: body.left + 52.0,
        right: body.right - 200.0,
        top: body.top + 18.0,
        bottom: body.bottom - 40.0,
    };
    let (across, up) = (range(&niches, |it| it.breadth), range(&niches, |it| it.overlap));
    axes(&mut sheet, plot, across, up);
    let place = |niche: &Niche| {
        let share = |value: f64, (low, high): (f64, f64)| ((value - low) / (high - low)).clamp(0.0, 1.0);
        (along(plot, share(niche.breadth, across)), above(plot, share(niche.overlap, up)))
    };
    let places: Vec<Place> = niches.iter().map(place).collect();
    let heights =
        spread(&places.iter().map(|it| it.1 + 4.0).collect::<Vec<_>>(), 15.0, plot.top, plot.bottom);
    for ((niche, at), height) in niches.iter().zip(places).zip(heights) {
        draw_niche(&mut sheet, story, niche, at, (plot.right + 14.0, height));
    }
    sheet
}

fn niches(story: &Story) -> Vec<Niche> {
    let platforms = story.scenario.platforms.iter().enumerate();
    let niche = |(index, platform): (usize, &crate::scenario::Platform)| {
        let mine = [("axis", "genre"), ("platform", platform.name.as_str())];
        let breadths = table(story, "niche_breadth")?;
        let breadth = number(breadths, "levins_standardised", *rows(breadths, &mine).first()?);
        let overlaps = table(story, "niche_overlap")?;
        let shared: Vec<f64> = rows(overlaps, &mine)
            .into_iter()
            .map(|row| number(overlaps, "pianka", row))
            .filter(|it| it.is_finite())
            .collect();
        let overlap = shared.iter().sum::<f64>() / shared.len() as f64;
        let share =
            at_the_end(story, &platform.name, "share_home").map_or(0.1, |it| it.value.clamp(0.0, 1.0));
        let name = label(story.scenario, &platform.name).to_owned();
        let is_defined = breadth.is_finite() && overlap.is_finite() && share.is_finite();
        is_defined.then_some(Niche {
            index,
            name,
            breadth: breadth.clamp(0.0, 1.0),
            overlap: overlap.clamp(0.0, 1.0),
            share,
        })
    };
    platforms.filter_map(niche).collect()
}

fn title(story: &Story, niches: &[Niche]) -> String {
    let broadest = niches.iter().max_by(|a, b| a.breadth.total_cmp(&b.breadth));
    let narrowest = niches.iter().min_by(|a, b| a.breadth.total_cmp(&b.breadth));
    match (broadest, narrowest) {
        (Some(broad), Some(narrow)) if broad.breadth - narrow.breadth >= 0.005 => format!(
            "{} has the broadest niche ({}), {} the narrowest ({})",
            short(story, &broad.name, 230.0, 17.0),
            percent(broad.breadth, 0),
            short(story, &narrow.name, 230.0, 17.0),
            percent(narrow.breadth, 0)
        ),
        (Some(_), _) => "All niches are equally broad".to_owned(),
        _ => "Niche map".to_owned(),
    }
}

/// Round ends around the values, at least a tenth apart, inside 0 to 1.
fn range(niches: &[Niche], value: impl Fn(&Niche) -> f64) -> (f64, f64) {
    let low = niches.iter().map(&value).fold(1.0, f64::min);
    let high = niches.iter().map(&value).fold(0.0, f64::max);
    let (low, high) = (((low - 0.05) * 10.0).floor() / 10.0, ((high + 0.05) * 10.0).ceil() / 10.0);
    (low.clamp(0.0, 0.9), high.clamp(0.1, 1.0))
}

/// Position across of a share of the axis, with room for a disc at either end.
fn along(plot: Area, share: f64) -> f64 {
    plot.left + LARGEST + share * (plot.right - plot.left - 2.0 * LARGEST)
}

/// Position up of a share of the axis, with room for a disc at either end.
fn above(plot: Area, share: f64) -> f64 {
    plot.bottom - LARGEST - share * (plot.bottom - plot.top - 2.0 * LARGEST)
}

fn axes(sheet: &mut Sheet, plot: Area, across: (f64, f64), up: (f64, f64)) {
    for tick in between(up.0, up.1, 5.0, &Measure::Percent) {
        let y = above(plot, (tick.at - up.0) / (up.1 - up.0));
        sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 0.8, &[]);
        sheet.text((plot.left - 7.0, y + 4.0), 11.0, &tick.label, |text| {
            (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
        });
    }
    for tick in between(across.0, across.1, 6.0, &Measure::Percent) {
        let x = along(plot, (tick.at - across.0) / (across.1 - across.0));
        sheet.line(vec![(x, plot.top), (x, plot.bottom)], GRID, 0.8, &[]);
        sheet.text((x, plot.bottom + 17.0), 11.0, &tick.label, |text| {
            (text.anchor, text.colour) = (Anchor::Middle, GREY_TEXT);
        });
    }
    sheet.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], GREY_LINE, 1.0, &[]);
    let words = [
        ((plot.left, plot.bottom + 34.0), Anchor::Start, "← specialist"),
        ((f64::midpoint(plot.left, plot.right), plot.bottom + 34.0), Anchor::Middle, "breadth of the niche"),
        ((plot.right, plot.bottom + 34.0), Anchor::End, "generalist →"),
        ((plot.left, plot.top - 10.0), Anchor::Start, "↑ shared with rivals"),
    ];
    for (place, anchor, word) in words {
        sheet.text(place, 11.0, word, |text| (text.anchor, text.colour) = (anchor, GREY_TEXT));
    }
}

fn draw_niche(sheet: &mut Sheet, story: &Story, niche: &Niche, at: Place, label: Place) {
    let radius = (LARGEST * niche.share.sqrt()).max(4.0);
    let first = sheet.shapes.len();
    sheet.fill(circle(at, radius), colour(niche.index), 0.35);
    sheet.dot(at, 3.0, colour(niche.index));
    sheet.line(vec![(at.0 + 5.0, at.1), (label.0 - 4.0, label.1 - 4.0)], FAINT, 0.8, &[]);
    let name = short(story, &niche.name, 150.0, 11.5);
    sheet.text(label, 11.5, &name, |text| (text.bold, text.colour) = (true, for_text(colour(niche.index))));
    let series = sheet.facts.series(&niche.name, colour(niche.index));
    sheet.facts.own((first, sheet.shapes.len()), series);
    let value = format!(
        "breadth {}, overlap {}, {} of users",
        percent(niche.breadth, 1),
        percent(niche.overlap, 1),
        percent(niche.share, 1)
    );
    sheet.facts.spots.push(Spot { outline: circle(at, radius.max(9.0)), what: niche.name.clone(), value });
}
