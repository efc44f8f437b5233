//! The events of a comparison on its time axes: those that both sides share, and those of one treatment alone.

use crate::report::chart::banner::Flag;
use crate::report::chart::palette::GREY_LINE;
use crate::report::chart::sheet::Sheet;
use crate::report::chart::study::effect_curves::Treated;
use crate::report::chart::study::plot::Plot;
use crate::report::study::StudyStory;
use crate::report::wording::{event_name, plain};
use crate::scenario::document::CONTROL;

/// The events of a sheet, in the order of their numbers.
#[derive(Default)]
pub struct Dates {
    /// What happens.
    pub events: Vec<Dated>,
}

/// An event of both sides or of some.
pub struct Dated {
    day: u32,
    name: String,
    /// Labels of the treatments in which alone it happens; none where it happens on every side.
    only: Vec<String>,
}

impl Dates {
    /// The control's events, then those that the treatments of a sheet have beside them.
    pub fn of(study: &StudyStory, shown: &[Treated]) -> Self {
        let shared = study.scenario.events.iter().map(|event| Dated {
            day: event.day,
            name: event_name(study.scenario, event),
            only: Vec::new(),
        });
        let mut events: Vec<Dated> = shared.collect();
        let none = Vec::new();
        let trials = study.resolved["study"]["trials"].as_array().unwrap_or(&none);
        for trial in trials {
            let label = trial["label"].as_str().unwrap_or_default();
            let is_shown = shown.iter().any(|one| one.sides.iter().any(|side| side == label));
            for event in trial["events"].as_array().unwrap_or(&none).iter().filter(|_| is_shown) {
                let day = event["day"].as_u64().and_then(|day| u32::try_from(day).ok()).unwrap_or_default();
                let name = event["name"].as_str().unwrap_or_default();
                let same = |it: &&mut Dated| it.day == day && it.name == name && !it.only.is_empty();
                match events.iter_mut().find(same) {
                    Some(same) => same.only.push(label.to_owned()),
                    None => events.push(Dated { day, name: name.to_owned(), only: vec![label.to_owned()] }),
                }
            }
        }
        Self { events }
    }

    /// What the dotted lines are.
    pub fn note(&self) -> &'static str {
        if self.events.is_empty() { "" } else { " Dotted: events, numbered below." }
    }

    /// Day and name of each, for the key.
    pub fn named(&self) -> Vec<(u32, String)> {
        let name = |event: &Dated| match event.only.as_slice() {
            [] => event.name.clone(),
            [alone] if alone == CONTROL => format!("control only: {}", event.name),
            [alone] => format!("treatment only: {} ({})", event.name, plain(alone)),
            several => format!("{} treatments only: {}", several.len(), event.name),
        };
        self.events.iter().map(|event| (event.day, name(event))).collect()
    }

    /// The events of a treatment and of what it is set against, by number.
    pub fn flags(&self, treated: &Treated) -> Vec<Flag> {
        let happens = |event: &Dated| {
            event.only.is_empty() || event.only.iter().any(|label| treated.sides.contains(label))
        };
        let numbered = self.events.iter().enumerate().filter(|(_, event)| happens(event));
        numbered
            .map(|(index, event)| Flag { at: f64::from(event.day), name: (index + 1).to_string() })
            .collect()
    }
}

/// Marks events in the plot of the levels, which makes room for their numbers, and in that of the differences.
pub fn mark(sheet: &mut Sheet, (upper, lower): (&mut Plot, &Plot), flags: &[Flag]) {
    for x in upper.mark(sheet, flags) {
        sheet.line(vec![(x, lower.area.top), (x, lower.area.bottom)], GREY_LINE, 0.8, &[2.5, 2.5]);
    }
}
