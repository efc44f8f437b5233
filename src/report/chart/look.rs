//! How a chart is to look: theme and size of the picture.

use crate::report::chart::palette::{Colour, dark};
use crate::report::chart::sheet::{Place, Sheet, WIDTH};

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on white paper.
    #[default]
    Light,
    /// Light letters on a dark ground.
    Dark,
}

/// The size of a PNG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 1600 pixels wide, as high as the chart needs.
    #[default]
    Page,
    /// 1600 by 900 pixels: the chart is fitted in.
    Slide,
    /// 400 by 225 pixels: the chart is fitted in.
    Thumbnail,
}

/// Theme and size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// Pixels.
    pub size: Size,
}

impl Theme {
    /// A colour of the light theme as this theme shows it.
    pub fn shown(self, colour: Colour) -> Colour {
        match self {
            Theme::Light => colour,
            Theme::Dark => dark(colour),
        }
    }
}

/// Where a sheet lies in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Width of the picture in pixels.
    pub columns: usize,
    /// Height of the picture in pixels.
    pub rows: usize,
    /// Pixels per point of paper.
    pub scale: f64,
    /// Pixels left of and above the sheet.
    corner: Place,
}

impl Fit {
    /// A position of paper in pixels.
    pub fn pixel(&self, (x, y): Place) -> Place {
        (self.corner.0 + x * self.scale, self.corner.1 + y * self.scale)
    }
}

impl Size {
    /// Where a sheet lies in a picture of this size.
    ///
    /// ```
    /// use ecotone::report::chart::{look::Size, sheet::Sheet};
    /// let fit = Size::Slide.fit(&Sheet::new("title", "", "", 1080.0));
    /// assert_eq!((fit.columns, fit.rows), (1600, 900));
    /// assert_eq!(fit.pixel((0.0, 1080.0)), (400.0, 900.0));
    /// ```
    pub fn fit(self, sheet: &Sheet) -> Fit {
        let (columns, rows) = match self {
            Size::Page => return page(sheet),
            Size::Slide => (1600, 900),
            Size::Thumbnail => (400, 225),
        };
        let (wide, high) = (columns as f64, rows as f64);
        let scale = (wide / WIDTH).min(high / sheet.height.max(1.0));
        let corner = ((wide - WIDTH * scale) / 2.0, (high - sheet.height * scale) / 2.0);
        Fit { columns, rows, scale, corner }
    }
}

fn page(sheet: &Sheet) -> Fit {
    let scale = 1600.0 / WIDTH;
    let rows = (sheet.height * scale).round().clamp(1.0, 20_000.0) as usize;
    Fit { columns: 1600, rows, scale, corner: (0.0, 0.0) }
}
