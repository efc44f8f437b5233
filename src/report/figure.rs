//! A chart on a page: message, legend, drawing, values under the pointer, and the table behind it.

use minijinja::{Value, context};
use serde_json::json;

use crate::report::chart::facts::{Facts, Probe};
use crate::report::chart::palette::{hexadecimal, token};
use crate::report::chart::vector;
use crate::report::listing::Listing;
use crate::report::picture::Leaf;
use crate::report::reading::number;
use crate::report::wording::grouped;
use crate::table::{Cells, Column, Table};

/// Sheets higher than this get a page of their own in print.
const TALL: f64 = 760.0;
/// Rows of the table behind a curve.
const ROWS: usize = 13;
/// Rows and columns of a table that stands behind a chart as it is.
const RAW: (usize, usize) = (24, 8);

/// A chart for the template; `tables` are those of the story.
pub fn figure(leaf: &Leaf, tables: &[Table]) -> Value {
    let facts = &leaf.sheet.facts;
    let legend = facts.series.iter().map(|(name, colour)| context! { name => name, colour => css(*colour) });
    let behind: Vec<Value> = behind(leaf, tables).into_iter().map(Listing::value).collect();
    context! {
        name => leaf.name.clone(),
        title => leaf.title.clone(),
        message => leaf.sheet.title.clone(),
        subtitle => leaf.sheet.subtitle.clone(),
        guide => leaf.guide,
        table => leaf.table,
        tall => leaf.sheet.height > TALL,
        legend => legend.filter(|_| facts.series.len() > 1 && facts.is_divided()).collect::<Vec<Value>>(),
        svg => Value::from_safe_string(vector::inner(&leaf.sheet)),
        readings => Value::from_safe_string(readings(facts)),
        behind => behind,
    }
}

/// A colour as the page's style names it.
pub fn css(colour: crate::report::chart::palette::Colour) -> String {
    token(colour).map_or_else(|| hexadecimal(colour), |name| format!("var(--{name})"))
}

/// What the script reads, as JSON that cannot end its element.
fn readings(facts: &Facts) -> String {
    let tenth = |length: f64| (length * 10.0).round() / 10.0;
    let probe = |probe: &Probe| {
        let area = probe.plot;
        let plot = [area.left, area.top, area.right, area.bottom].map(tenth);
        let tracks = probe.tracks.iter().map(|track| {
            let readings = track.readings.iter().map(|it| it.as_ref().map(|(y, text)| (tenth(*y), text)));
            json!({ "series": track.series, "readings": readings.collect::<Vec<_>>() })
        });
        json!({
            "plot": plot,
            "heading": probe.heading,
            "across": probe.across,
            "stops": probe.stops.iter().map(|(x, words)| (tenth(*x), words)).collect::<Vec<_>>(),
            "tracks": tracks.collect::<Vec<_>>(),
        })
    };
    let all = json!({
        "series": facts.series.iter().map(|(name, colour)| (name, css(*colour))).collect::<Vec<_>>(),
        "probes": facts.probes.iter().map(probe).collect::<Vec<_>>(),
        "spots": facts.spots.iter().map(|spot| (&spot.what, &spot.value)).collect::<Vec<_>>(),
    });
    all.to_string().replace('<', "\\u003c")
}

/// The tables behind a chart; at least one.
fn behind(leaf: &Leaf, tables: &[Table]) -> Vec<Listing> {
    let facts = &leaf.sheet.facts;
    let mut found: Vec<Listing> =
        facts.probes.iter().map(|probe| of_probe(leaf.table, facts, probe)).collect();
    if !facts.spots.is_empty() {
        found.push(Listing {
            title: String::new(),
            note: String::new(),
            file: leaf.table,
            head: vec!["What".to_owned(), "Value".to_owned()],
            rows: facts.spots.iter().map(|spot| vec![spot.what.clone(), spot.value.clone()]).collect(),
        });
    }
    if found.is_empty() {
        found.push(raw(leaf.table, tables.iter().find(|table| table.name == leaf.table)));
    }
    found
}

fn of_probe(file: &'static str, facts: &Facts, probe: &Probe) -> Listing {
    let count = probe.stops.len();
    let mut stops: Vec<usize> =
        (0..ROWS.min(count)).map(|row| row * (count - 1) / (ROWS.min(count) - 1).max(1)).collect();
    stops.dedup();
    let name = |series: usize| facts.series.get(series).map_or(String::new(), |(name, _)| name.clone());
    let row = |stop: usize| {
        let values = probe.tracks.iter().map(|track| {
            track.readings[stop].as_ref().map_or_else(|| "–".to_owned(), |(_, text)| text.clone())
        });
        std::iter::once(probe.stops[stop].1.clone()).chain(values).collect()
    };
    let across = if probe.across.is_empty() { "Date" } else { &probe.across };
    Listing {
        title: probe.heading.clone(),
        note: String::new(),
        file,
        head: std::iter::once(across.to_owned())
            .chain(probe.tracks.iter().map(|it| name(it.series)))
            .collect(),
        rows: stops.into_iter().map(row).collect(),
    }
}

/// The first rows and columns of a table as they are.
fn raw(file: &'static str, table: Option<&Table>) -> Listing {
    let columns: &[Column] = table.map_or(&[], |table| &table.columns);
    let columns = &columns[..columns.len().min(RAW.1)];
    let rows = table.map_or(0, Table::rows).min(RAW.0);
    let cell = |column: &Column, row: usize| match &column.cells {
        Cells::Text { words, codes } => words[codes[row] as usize].clone(),
        Cells::Integer(values) => values[row].to_string(),
        Cells::Number(_) => grouped(table.map_or(f64::NAN, |table| number(table, &column.name, row)), 4),
    };
    let none = vec![vec!["no rows".to_owned()]];
    Listing {
        title: String::new(),
        note: String::new(),
        file,
        head: columns.iter().map(|column| column.name.clone()).collect(),
        rows: if rows == 0 {
            none
        } else {
            (0..rows).map(|row| columns.iter().map(|it| cell(it, row)).collect()).collect()
        },
    }
}
