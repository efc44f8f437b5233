//! How many days of a month people are active.

use crate::report::Story;
use crate::report::chart::compose::{EVERYBODY, bands, by_platform, crowd, panels, sheet};
use crate::report::chart::panel::{Across, Panel};
use crate::report::chart::scale::Measure;
use crate::report::chart::sheet::Sheet;
use crate::report::reading::{table, words};

/// The distribution in the last month of the table.
pub fn draw(story: &Story) -> Sheet {
    let month = table(story, "active_days").and_then(|table| words(table, "month").into_iter().max());
    let month = month.unwrap_or_else(|| "the last whole month".to_owned());
    let mut series =
        by_platform(story, "active_days", &[EVERYBODY, ("month", &month)], "active_days", "share");
    for one in &mut series {
        one.dotted = true;
        one.width = 1.4;
    }
    let title = "How often people come: days active in a month";
    let subtitle =
        format!("Share of the users active in {month}, by active days. {}{}", bands(story), crowd(story));
    let panel = Panel {
        heading: String::new(),
        across: Across::Numbers("active days in the month".to_owned()),
        measure: Measure::Percent,
        holds: 0.0,
        series,
        flags: Vec::new(),
        published: Vec::new(),
    };
    panels(sheet(story, title, &subtitle), &[panel], "no whole month of activity was simulated")
}
