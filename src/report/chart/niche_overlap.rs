//! How much platforms' niches overlap, by genre and by audience.

use crate::report::Story;
use crate::report::chart::compose::{short, source};
use crate::report::chart::matrix::{Matrix, shade};
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::reading::{number, rows, table};
use crate::report::wording::{label, percent};

/// Up to this many platforms both matrices fit; beyond it the genres' alone is drawn.
const SIDE_BY_SIDE: usize = 6;

/// Pianka's overlap of every pair.
pub fn draw(story: &Story) -> Sheet {
    let subtitle =
        "Pianka's index of every pair of platforms: 100 % is the same mix, 0 % nothing in common.".to_owned();
    let height = Matrix::sheet_height(story.scenario.platforms.len());
    let mut sheet = Sheet::new(&title(story), &subtitle, &source(story), height);
    let by_genre = story.scenario.genres.len() > 1;
    let axes: &[(&str, &str)] = &[("genre", "By genre listened to"), ("audience", "By audience")];
    let shown = if story.scenario.platforms.len() > SIDE_BY_SIDE { &axes[..1] } else { axes };
    let matrices: Vec<Matrix> = shown
        .iter()
        .filter(|(axis, _)| by_genre || *axis != "genre")
        .map(|(axis, heading)| matrix(story, axis, heading))
        .filter(Matrix::has_data)
        .collect();
    if matrices.is_empty() {
        let why =
            if by_genre { "overlap needs two platforms with listening" } else { "not defined: one genre" };
        return sheet.nothing(why);
    }
    let body = sheet.body();
    let each = (body.right - body.left) / matrices.len() as f64;
    for (index, matrix) in matrices.iter().enumerate() {
        let left = body.left + each * index as f64;
        let right = left + each - if matrices.len() > 1 { 24.0 } else { 0.0 };
        matrix.draw(&mut sheet, Area { left, right, ..body });
    }
    sheet
}

fn overlap(story: &Story, axis: &str, platform: &str, rival: &str) -> Option<f64> {
    let table = table(story, "niche_overlap")?;
    let row = *rows(table, &[("axis", axis), ("platform", platform), ("rival", rival)]).first()?;
    Some(number(table, "pianka", row)).filter(|value| value.is_finite())
}

fn matrix(story: &Story, axis: &str, heading: &str) -> Matrix {
    let names: Vec<&str> = story.scenario.platforms.iter().map(|platform| platform.name.as_str()).collect();
    let cell = |platform: &&str, rival: &&str| {
        let value = overlap(story, axis, platform, rival).filter(|_| platform != rival)?;
        Some((value.clamp(0.0, 1.0), [percent(value, 1), String::new()]))
    };
    Matrix {
        heading: heading.to_owned(),
        corner: "",
        shade,
        cells: names.iter().flat_map(|a| names.iter().map(move |b| cell(a, b))).collect(),
        names: names.iter().map(|name| label(story.scenario, name).to_owned()).collect(),
    }
}

fn title(story: &Story) -> String {
    let names: Vec<&str> = story.scenario.platforms.iter().map(|platform| platform.name.as_str()).collect();
    let pairs =
        names.iter().enumerate().flat_map(|(index, a)| names[index + 1..].iter().map(move |b| (*a, *b)));
    let is_defined = story.scenario.genres.len() > 1;
    let closest = pairs
        .filter(|_| is_defined)
        .filter_map(|(a, b)| overlap(story, "genre", a, b).map(|value| (a, b, value)))
        .max_by(|x, y| x.2.total_cmp(&y.2));
    let name = |name: &str| short(story, label(story.scenario, name), 230.0, 19.0);
    closest.map_or_else(
        || "Niche overlap".to_owned(),
        |(a, b, value)| format!("{} and {} share {} of their niche", name(a), name(b), percent(value, 1)),
    )
}
