//! What charts of studies share: sheets of a height, lists below each other, parts, colours.

use crate::report::chart::compose::source;
use crate::report::chart::palette::{Colour, GREY_TEXT, colour};
use crate::report::chart::sheet::{Area, Sheet};
use crate::report::chart::study::Part;
use crate::report::chart::study::forest::Forest;
use crate::report::study::StudyStory;
use crate::report::study::outcome::Outcome;
use crate::report::wording::percent;

/// Height of the source line below a body.
const FOOT: f64 = 38.0;

/// A sheet whose body is of that height.
pub fn page(study: &StudyStory, title: &str, subtitle: &str, height: f64) -> Sheet {
    let head = Sheet::new(title, subtitle, "", 0.0).top;
    Sheet::new(title, subtitle, &source(&study.story()), head + height + FOOT)
}

/// A chart of a single sheet.
pub fn single(sheet: Sheet) -> Vec<Part> {
    vec![Part { name: String::new(), title: String::new(), sheet }]
}

/// Sheets numbered from the second on, for what does not fit on one.
pub fn numbered(sheets: Vec<Sheet>) -> Vec<Part> {
    let part = |(index, sheet)| match index {
        0 => Part { name: String::new(), title: String::new(), sheet },
        _ => Part { name: (index + 1).to_string(), title: format!("sheet {}", index + 1), sheet },
    };
    sheets.into_iter().enumerate().map(part).collect()
}

/// Height of lists on one sheet.
const TALLEST: f64 = 1_100.0;
/// Space between lists.
const BETWEEN: f64 = 12.0;

/// Lists below each other, on as many sheets as they need, under the titles of the first and of further sheets; `missing`
/// says why there is none.
pub fn stacked(
    study: &StudyStory,
    ([first, further], subtitle): ([&str; 2], &str),
    forests: Vec<Forest>,
    missing: &str,
) -> Vec<Part> {
    if forests.is_empty() {
        return single(page(study, first, subtitle, 200.0).nothing(missing));
    }
    let mut sheets: Vec<Vec<Forest>> = Vec::new();
    for forest in forests {
        let filled: f64 = sheets.last().map_or(f64::INFINITY, |it| it.iter().map(Forest::height).sum());
        match sheets.last_mut() {
            Some(last) if filled + forest.height() <= TALLEST => last.push(forest),
            _ => sheets.push(vec![forest]),
        }
    }
    let sheet = |(index, forests): (usize, Vec<Forest>)| {
        let title = if index == 0 { first } else { further };
        let height = forests.iter().map(|forest| forest.height() + BETWEEN).sum();
        let mut sheet = page(study, title, subtitle, height);
        let body = sheet.body();
        let mut top = body.top;
        for forest in forests {
            let bottom = top + forest.height();
            forest.draw(&mut sheet, Area { top, bottom, ..body });
            top = bottom + BETWEEN;
        }
        sheet
    };
    numbered(sheets.into_iter().enumerate().map(sheet).collect())
}

/// The level of the study's intervals, in words.
pub fn level(study: &StudyStory) -> String {
    percent(study.scenario.run.confidence, 0)
}

/// The colour of an outcome's platform; grey without one.
pub fn hue(outcome: &Outcome) -> Colour {
    outcome.platform.map_or(GREY_TEXT, colour)
}
