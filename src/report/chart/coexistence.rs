//! Who leaves whom room: pairs of platforms among the outcomes of Lotka and Volterra's competition.

use crate::report::Story;
use crate::report::chart::compose::{mean_of, short, source};
use crate::report::chart::facts::Spot;
use crate::report::chart::label::spread;
use crate::report::chart::palette::{Colour, FAINT, GREY_LINE, GREY_TEXT, INK, PALE, colour};
use crate::report::chart::sheet::{Anchor, Area, HEIGHT, Sheet, circle};
use crate::report::chart::study::axis::{Axis, Spacing};
use crate::report::chart::study::plot::Plot;
use crate::report::chart::typeface::{HEAVIER, clipped, shorten, width};
use crate::report::reading::{number, rows, table, word};
use crate::report::wording::{label, percent};

/// Pairs with a name, those nearest to a border first; more would be a thicket.
const NAMED: usize = 8;
/// Both axes reach at least from its inverse to this.
const LEAST: f64 = 2.0;
/// Both axes reach at most from its inverse to this.
const MOST: f64 = 100.0;
/// The ground on which both last.
const ROOM: Colour = (0, 158, 115);
/// Room for names.
const NAMES: f64 = 270.0;
/// Of a quarter of the plot, what the words of an outcome fill.
const NARROW: f64 = 0.68;

/// A pair of platforms.
struct Pair {
    names: [String; 2],
    colour: Colour,
    /// Pressure on the first and on the second, each over its room; below 1 it can come back from nothing.
    pressures: [f64; 2],
    /// Share of replications in which both last, the first alone, the second alone.
    outcomes: [f64; 3],
}

/// Pairs by the pressure on the first and on the second.
pub fn draw(story: &Story) -> Sheet {
    let pairs = pairs(story);
    let subtitle = format!(
        "Pressure of a rival on a platform: overlap of their niches by genre (MacArthur and Levins) × what the rival would \
         hold alone / what the platform would hold alone. Where this would lead if nothing changed: a limit, no forecast. \
         Logarithmic axes. {}",
        mean_of(story)
    );
    let mut sheet = Sheet::new(&title(story, &pairs), &subtitle, &source(story), HEIGHT + 40.0);
    if pairs.is_empty() {
        return sheet.nothing("competition needs two platforms with niches and users");
    }
    let body = sheet.body();
    let plot = plot(
        &pairs,
        Area {
            left: body.left + 60.0,
            right: body.right - NAMES,
            top: body.top + 20.0,
            bottom: body.bottom - 42.0,
        },
    );
    // A single pair is told by its names.
    let names = match pairs.as_slice() {
        [only] => only.names.each_ref().map(|name| short(story, name, 170.0, 10.5)),
        _ => ["the first", "the second"].map(str::to_owned),
    };
    grounds(&mut sheet, &plot);
    for tick in plot.up.ticks(7.0) {
        let y = plot.y(tick.at);
        sheet.text((plot.area.left - 7.0, y + 3.8), 10.5, &tick.label, |text| {
            (text.anchor, text.colour) = (Anchor::End, GREY_TEXT);
        });
    }
    plot.floor(&mut sheet, &format!("pressure of {} on {}", names[1], names[0]));
    sheet.text(
        (body.left + 12.0, f64::midpoint(plot.area.top, plot.area.bottom)),
        10.5,
        &format!("pressure of {} on {}", names[0], names[1]),
        |text| {
            (text.anchor, text.colour, text.upwards) = (Anchor::Middle, GREY_TEXT, true);
        },
    );
    points(&mut sheet, &plot, &pairs);
    outcomes(&mut sheet, &plot, &names);
    sheet
}

fn pairs(story: &Story) -> Vec<Pair> {
    let Some(table) = table(story, "coexistence") else { return Vec::new() };
    let position = |name: &str| story.scenario.platforms.iter().position(|it| it.name == name);
    let read = |row: usize| {
        let [first, second] = ["platform", "rival"].map(|key| word(table, key, row));
        let of = |column: &str| number(table, column, row);
        let ratio = of("capacity") / of("rival_capacity");
        let pressures = [of("alpha") / ratio, of("rival_alpha") * ratio];
        let is_defined = pressures.iter().all(|it| it.is_finite() && *it > 0.0);
        is_defined.then(|| Pair {
            names: [first, second].map(|name| label(story.scenario, name).to_owned()),
            colour: position(first).map_or(INK, colour),
            pressures,
            outcomes: ["coexist", "wins", "loses"].map(of),
        })
    };
    let is_first =
        |&row: &usize| position(word(table, "platform", row)) < position(word(table, "rival", row));
    let mut pairs: Vec<Pair> = rows(table, &[]).into_iter().filter(is_first).filter_map(read).collect();
    let far = |pair: &Pair| {
        let [a, b] = pair.pressures.map(|it| crate::maths::log10(it).abs());
        a.min(b)
    };
    pairs.sort_by(|a, b| far(a).total_cmp(&far(b)));
    pairs
}

/// A pressure within this share of 1 may fall to either side of it.
const CLOSE: f64 = 0.1;

impl Pair {
    /// Whether a pressure is so close to 1 that the outcome could be another.
    fn is_close(&self) -> bool {
        self.pressures.iter().any(|pressure| (pressure - 1.0).abs() < CLOSE)
    }

    /// The outcome of all replications, or how they differ.
    fn outcome(&self) -> String {
        let [first, second] = &self.names;
        let [both, wins, loses] = self.outcomes;
        match self.outcomes {
            [1.0, _, _] => "both last".to_owned(),
            [_, 1.0, _] => format!("{first} displaces {second}"),
            [_, _, 1.0] => format!("{second} displaces {first}"),
            _ if both + wins + loses > 0.0 => format!(
                "both last in {}, {first} alone in {}, {second} alone in {} of replications",
                percent(both, 0),
                percent(wins, 0),
                percent(loses, 0)
            ),
            _ => "the beginning decides".to_owned(),
        }
    }
}

fn title(story: &Story, pairs: &[Pair]) -> String {
    match pairs {
        [] => "Who leaves whom room".to_owned(),
        [only] => {
            let [first, second] = [0, 1].map(|side| short(story, &only.names[side], 220.0, 17.0));
            match only.outcomes {
                _ if only.is_close() => {
                    format!("{first} and {second} stand at the edge of leaving each other room")
                }
                [1.0, _, _] => format!("{first} and {second} leave each other room"),
                [_, 1.0, _] => format!("{first} leaves {second} no room"),
                [_, _, 1.0] => format!("{second} leaves {first} no room"),
                _ => format!("{first} and {second} stand at the edge of leaving each other room"),
            }
        }
        _ => {
            let both = pairs.iter().filter(|pair| pair.outcomes[0] == 1.0).count();
            let count = if both == 0 { "None".to_owned() } else { both.to_string() };
            format!("{count} of {} pairs of platforms leave each other room", pairs.len())
        }
    }
}

/// Axes of ratios with 1 in the middle.
fn plot(pairs: &[Pair], area: Area) -> Plot {
    let far = pairs.iter().flat_map(|pair| pair.pressures).map(|it| it.max(1.0 / it)).fold(1.0, f64::max);
    let far = (1.15 * far).clamp(LEAST, MOST);
    let axis = Axis { spacing: Spacing::Logarithmic, low: 1.0 / far, high: far, ..Axis::exactly(0.0, 1.0) };
    Plot { area, across: axis.clone(), up: axis }
}

/// The four outcomes as grounds.
fn grounds(sheet: &mut Sheet, plot: &Plot) {
    let Area { left, top, right, bottom } = plot.area;
    let (x, y) = (plot.x(1.0), plot.y(1.0));
    sheet.block(plot.area, PALE, 1.0);
    sheet.block(Area { left, top: y, right: x, bottom }, ROOM, 0.16);
    for line in [vec![(x, top), (x, bottom)], vec![(left, y), (right, y)]] {
        sheet.line(line, GREY_LINE, 1.2, &[]);
    }
    sheet.line(vec![(left, top), (right, bottom)], GREY_LINE, 0.9, &[2.5, 2.5]);
}

/// The names of the outcomes, above the dotted line where no pair can stand.
fn outcomes(sheet: &mut Sheet, plot: &Plot, [first, second]: &[String; 2]) {
    let Area { left, top, right, bottom } = plot.area;
    let (x, y) = (plot.x(1.0), plot.y(1.0));
    let displaces = |winner: &str, loser: &str| format!("{winner} displaces {loser}");
    let words = [
        ((left + 8.0, bottom - 10.0), Anchor::Start, 11.0, "each leaves the other room".to_owned()),
        ((x - 8.0, top + 18.0), Anchor::End, 11.0, displaces(first, second)),
        ((right - 8.0, y + 18.0), Anchor::End, 11.0, displaces(second, first)),
        ((right - 8.0, top + 18.0), Anchor::End, 11.0, "who is first stays".to_owned()),
        ((right - 8.0, top + 32.0), Anchor::End, 9.5, "(overlaps reach the dotted line at most)".to_owned()),
    ];
    for (place, anchor, size, words) in words {
        // Pairs of like niches stand close to the dotted line: words in two lines keep away from it.
        let lines = clipped(&words, NARROW * (x - left), size);
        for (row, line) in lines.iter().enumerate() {
            let place = (place.0, place.1 + 14.0 * row as f64);
            if anchor == Anchor::End {
                // Leaders of names pass behind.
                let behind = Area {
                    left: place.0 - width(line, size) - 3.0,
                    right: place.0 + 3.0,
                    top: place.1 - size,
                    bottom: place.1 + 3.5,
                };
                sheet.block(behind, PALE, 1.0);
            }
            sheet.text(place, size, line, |text| (text.anchor, text.colour) = (anchor, GREY_TEXT));
        }
    }
}

fn points(sheet: &mut Sheet, plot: &Plot, pairs: &[Pair]) {
    let places: Vec<(f64, f64)> =
        pairs.iter().map(|pair| plot.place(pair.pressures[0], pair.pressures[1])).collect();
    let named = pairs.len().min(NAMED);
    let wanted: Vec<f64> = places[..named].iter().map(|place| place.1 + 4.0).collect();
    let heights = spread(&wanted, 32.0, plot.area.top + 8.0, plot.area.bottom - 16.0);
    let room = NAMES - 24.0;
    for (index, (pair, &place)) in pairs.iter().zip(&places).enumerate().rev() {
        let left = plot.area.right + 18.0;
        if let Some(&height) = heights.get(index) {
            sheet.line(vec![place, (left - 4.0, height - 4.0)], FAINT, 0.8, &[]);
            let name = shorten(&pair.names.join(" · "), room / HEAVIER, 11.5);
            sheet.text((left, height), 11.5, &name, |text| text.bold = true);
            let outcome = shorten(&pair.outcome(), room, 10.0);
            sheet.text((left, height + 13.0), 10.0, &outcome, |text| text.colour = GREY_TEXT);
        }
        sheet.dot(place, 5.0, if index < named { pair.colour } else { FAINT });
        let value =
            format!("{}; pressures {:.2} and {:.2}", pair.outcome(), pair.pressures[0], pair.pressures[1]);
        sheet.facts.spots.push(Spot { outline: circle(place, 10.0), what: pair.names.join(" · "), value });
    }
}
