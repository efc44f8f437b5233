//! The outlines of letters as polygons.

use ttf_parser::OutlineBuilder;

use crate::report::chart::sheet::Place;
use crate::report::chart::typeface::Glyph;

/// Straight pieces of a curve.
const PIECES: u32 = 6;

/// The closed outlines of a letter, in ems, y growing downwards from the baseline.
pub fn outlines(glyph: &Glyph) -> Vec<Vec<Place>> {
    let mut tracer = Tracer { em: glyph.em(), outlines: Vec::new() };
    glyph.face.outline_glyph(glyph.id, &mut tracer);
    tracer.outlines
}

struct Tracer {
    em: f64,
    outlines: Vec<Vec<Place>>,
}

impl Tracer {
    fn place(&self, (x, y): (f32, f32)) -> Place {
        (f64::from(x) / self.em, -f64::from(y) / self.em)
    }

    fn push(&mut self, place: Place) {
        if let Some(outline) = self.outlines.last_mut() {
            outline.push(place);
        }
    }

    fn last(&self) -> Place {
        self.outlines.last().and_then(|outline| outline.last()).copied().unwrap_or((0.0, 0.0))
    }

    /// Follows a curve whose position at `t` in 0..=1 is the mean of four corners with Bernstein's weights.
    fn follow(&mut self, corners: [Place; 4]) {
        for piece in 1..=PIECES {
            let t = f64::from(piece) / f64::from(PIECES);
            let s = 1.0 - t;
            let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
            let sum = |part: fn(&Place) -> f64| {
                corners.iter().zip(weights).map(|(corner, weight)| part(corner) * weight).sum::<f64>()
            };
            self.push((sum(|it| it.0), sum(|it| it.1)));
        }
    }
}

impl OutlineBuilder for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        let place = self.place((x, y));
        self.outlines.push(vec![place]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let place = self.place((x, y));
        self.push(place);
    }

    /// A quadratic curve is the cubic one whose corners lie two thirds of the way to its own.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, middle, to) = (self.last(), self.place((x1, y1)), self.place((x, y)));
        let towards =
            |end: Place| (end.0 + 2.0 / 3.0 * (middle.0 - end.0), end.1 + 2.0 / 3.0 * (middle.1 - end.1));
        self.follow([from, towards(from), towards(to), to]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let corners = [self.last(), self.place((x1, y1)), self.place((x2, y2)), self.place((x, y))];
        self.follow(corners);
    }

    fn close(&mut self) {}
}
