//! The axes of a panel: levels from zero, and numbers or dates across.

use crate::report::chart::frame::Frame;
use crate::report::chart::palette::{GREY_LINE, GREY_TEXT, GRID};
use crate::report::chart::panel::{Across, Panel};
use crate::report::chart::scale::{Measure, Tick, between, dates};
use crate::report::chart::sheet::{Anchor, Area, Sheet};
use crate::report::chart::typeface::{HEAVIER, width};

impl Panel {
    /// The unit above the axis; empty where the tick labels say it.
    pub(super) fn unit(&self) -> &str {
        if let Measure::Large(unit) = &self.measure { unit } else { "" }
    }

    /// Heading, unit, grid and both axes.
    pub(super) fn draw_axes(&self, sheet: &mut Sheet, frame: &Frame, ticks: &[Tick], area: Area) {
        let plot = frame.plot;
        let heading = area.top + 10.0;
        sheet.text((plot.left, heading), 13.0, &self.heading, |text| text.bold = true);
        let beside = if self.heading.is_empty() { 0.0 } else { width(&self.heading, 13.0) * HEAVIER + 10.0 };
        sheet.text((plot.left + beside, heading), 11.0, self.unit(), |text| text.colour = GREY_TEXT);
        for tick in ticks {
            let y = frame.y(tick.at);
            sheet.line(vec![(plot.left, y), (plot.right, y)], GRID, 0.8, &[]);
            sheet.text((plot.left - 7.0, y + 4.0), 11.0, &tick.label, |text| {
                text.anchor = Anchor::End;
                text.colour = GREY_TEXT;
            });
        }
        sheet.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], GREY_LINE, 1.0, &[]);
        self.draw_across(sheet, frame);
    }

    fn draw_across(&self, sheet: &mut Sheet, frame: &Frame) {
        let plot = frame.plot;
        let room = if matches!(self.across, Across::Dates(_)) { 75.0 } else { 52.0 };
        let wanted = ((plot.right - plot.left) / room).max(2.0);
        let ticks = match &self.across {
            Across::Numbers(_) => between(frame.first, frame.last, wanted, &Measure::Whole),
            Across::Dates(start) => dates(start, frame.first, frame.last, wanted),
        };
        for tick in &ticks {
            let x = frame.x(tick.at);
            sheet.line(vec![(x, plot.bottom), (x, plot.bottom + 4.0)], GREY_LINE, 1.0, &[]);
            for (text, below) in [(&tick.label, 17.0), (&tick.year, 30.0)] {
                sheet.text((x, plot.bottom + below), 11.0, text, |text| {
                    text.anchor = Anchor::Middle;
                    text.colour = GREY_TEXT;
                });
            }
        }
        if let Across::Numbers(title) = &self.across {
            let place = (f64::midpoint(plot.left, plot.right), plot.bottom + 34.0);
            sheet.text(place, 11.0, title, |text| {
                text.anchor = Anchor::Middle;
                text.colour = GREY_TEXT;
            });
        }
    }
}
