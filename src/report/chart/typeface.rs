//! The embedded typefaces: the only ones that charts are drawn with, so that no machine changes them.
//!
//! DejaVu Sans for Latin, Greek and Cyrillic, Noto Sans SC for Chinese and kana; see `font/README.md`. Letters
//! of neither are drawn by the viewer's own typeface in SVG and as a box in PNG.

use std::sync::OnceLock;

use ttf_parser::{Face, GlyphId};

/// Family names in the order in which a viewer tries them.
pub const FAMILY: &str =
    "DejaVu Sans, Verdana, Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif";

const PLAIN: &[u8] = include_bytes!("../font/DejaVuSans.ttf");
const HEAVY: &[u8] = include_bytes!("../font/DejaVuSans-Bold.ttf");
const CHINESE: &[u8] = include_bytes!("../font/NotoSansSC-subset.otf");

/// How thick letters are. Chinese has one weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Plain,
    /// Titles and labels.
    Heavy,
}

/// A letter's form in one of the typefaces.
#[derive(Clone, Copy)]
pub struct Glyph {
    /// The typeface.
    pub face: &'static Face<'static>,
    /// Its number there; 0 is the box of an unknown letter.
    pub id: GlyphId,
}

impl Glyph {
    /// The form of a letter.
    pub fn of(letter: char, weight: Weight) -> Self {
        let [plain, heavy, chinese] = faces();
        let first = if weight == Weight::Heavy { heavy } else { plain };
        let found = |face: &'static Face| face.glyph_index(letter).map(|id| Self { face, id });
        found(first).or_else(|| found(chinese)).unwrap_or(Self { face: first, id: GlyphId(0) })
    }

    /// How far the next letter stands, ems.
    pub fn advance(&self) -> f64 {
        f64::from(self.face.glyph_hor_advance(self.id).unwrap_or(0)) / self.em()
    }

    /// Font units of an em.
    pub fn em(&self) -> f64 {
        f64::from(self.face.units_per_em())
    }

    /// Whether the typefaces have the letter.
    pub fn is_known(&self) -> bool {
        self.id.0 != 0
    }
}

fn faces() -> &'static [Face<'static>; 3] {
    static FACES: OnceLock<[Face; 3]> = OnceLock::new();
    FACES.get_or_init(|| {
        [PLAIN, HEAVY, CHINESE].map(|bytes| Face::parse(bytes, 0).expect("the embedded typeface is sound"))
    })
}

/// The letters of a text that a PNG shows as boxes, each once, in order.
///
/// ```
/// use ecotone::report::chart::typeface::missing;
/// assert_eq!(missing("QQ Music – Ä é Ω 网易云音乐 カ"), "");
/// assert_eq!(missing("عود music ع"), "عود");
/// ```
pub fn missing(text: &str) -> String {
    let mut found = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if !Glyph::of(letter, Weight::Plain).is_known() && !found.contains(letter) {
            found.push(letter);
        }
    }
    found
}

/// Heavy letters are at most this much wider than plain ones.
pub const HEAVIER: f64 = 1.12;

/// Width of a text at an em size; heavy letters need [`HEAVIER`] times as much.
pub fn width(text: &str, size: f64) -> f64 {
    size * text.chars().map(|letter| Glyph::of(letter, Weight::Plain).advance()).sum::<f64>()
}

/// The text, cut with an ellipsis where it would exceed `room`.
pub fn shorten(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().take(300).collect();
    loop {
        let candidate: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if kept.pop().is_none() || width(&candidate, size) <= room {
            return candidate;
        }
    }
}

/// The text broken into lines no wider than `room`, words kept whole where they fit.
pub fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    // Only plain spaces break lines: a number stays with its sign.
    for word in text.split(' ').filter(|word| !word.is_empty()).take(200) {
        let last = lines.len() - 1;
        let joined = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
        if lines[last].is_empty() || width(&joined, size) <= room {
            lines[last] = shorten(&joined, room, size);
        } else {
            lines.push(shorten(word, room, size));
        }
    }
    lines
}

/// The text in at most two lines, the second cut with an ellipsis.
pub fn clipped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = wrap(text, room, size);
    if lines.len() > 2 {
        lines = vec![lines[0].clone(), shorten(&lines[1..].join(" "), room, size)];
    }
    lines
}
