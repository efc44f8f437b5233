//! The embedded typefaces: the only ones that charts are drawn with, so that no machine changes them.
//!
//! DejaVu Sans for Latin, Greek and Cyrillic, Noto Sans SC for Chinese and kana; see `font/README.md`. Letters
//! of neither are drawn by the viewer's own typeface in SVG and as a box in PNG.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};

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

/// What a typeface writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Latin, Greek, Cyrillic, and the boxes of unknown letters.
    Western,
    /// Chinese and kana.
    Eastern,
}

impl Script {
    /// The typeface that draws it.
    pub fn face(self, weight: Weight) -> &'static FontRef<'static> {
        let [plain, heavy, chinese] = faces();
        match (self, weight) {
            (Script::Western, Weight::Plain) => plain,
            (Script::Western, Weight::Heavy) => heavy,
            (Script::Eastern, _) => chinese,
        }
    }

    /// Which typeface draws a letter.
    fn of(letter: char, weight: Weight) -> Self {
        let [plain, heavy, chinese] = faces();
        let first = if weight == Weight::Heavy { heavy } else { plain };
        if !has(first, letter) && has(chinese, letter) { Script::Eastern } else { Script::Western }
    }
}

fn faces() -> &'static [FontRef<'static>; 3] {
    static FACES: OnceLock<[FontRef; 3]> = OnceLock::new();
    FACES.get_or_init(|| {
        [PLAIN, HEAVY, CHINESE]
            .map(|bytes| FontRef::try_from_slice(bytes).expect("the embedded typeface is sound"))
    })
}

/// The glyph of letters that a typeface does not have.
const BOX: GlyphId = GlyphId(0);

fn has(face: &FontRef, letter: char) -> bool {
    face.glyph_id(letter) != BOX
}

/// Units of a typeface in an em.
pub fn units(face: &FontRef) -> f64 {
    f64::from(face.units_per_em().expect("the embedded typeface is sound"))
}

/// The text cut into stretches that one typeface draws.
///
/// ```
/// use ecotone::report::chart::typeface::{Script, Weight, runs};
/// let cut = [(Script::Western, "QQ".to_owned()), (Script::Eastern, "音乐".to_owned())];
/// assert_eq!(runs("QQ音乐", Weight::Plain), cut);
/// ```
pub fn runs(text: &str, weight: Weight) -> Vec<(Script, String)> {
    let mut runs: Vec<(Script, String)> = Vec::new();
    for letter in text.chars() {
        let script = Script::of(letter, weight);
        match runs.last_mut() {
            Some((last, run)) if *last == script => run.push(letter),
            _ => runs.push((script, letter.to_string())),
        }
    }
    runs
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
        let is_known = faces().iter().any(|face| has(face, letter));
        if !is_known && !found.contains(letter) {
            found.push(letter);
        }
    }
    found
}

/// Heavy letters are at most this much wider than plain ones.
pub const HEAVIER: f64 = 1.12;

/// Width of a text at an em size; heavy letters need [`HEAVIER`] times as much.
pub fn width(text: &str, size: f64) -> f64 {
    size * text.chars().map(advance).sum::<f64>()
}

/// How far the letter after this one stands, ems.
fn advance(letter: char) -> f64 {
    let [plain, _, chinese] = faces();
    let face = if !has(plain, letter) && has(chinese, letter) { chinese } else { plain };
    f64::from(face.h_advance_unscaled(face.glyph_id(letter))) / units(face)
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

/// Texts that stand together, cut where they exceed `room`: those that their ends would tell apart are cut in the middle.
///
/// ```
/// use ecotone::report::chart::typeface::distinct;
/// let names = ["Platform number 1 of the great valley", "Platform number 2 of the great valley", "QQ"];
/// let short = distinct(&names, 100.0, 11.0);
/// assert!(short[0] != short[1] && short[0].contains('1') && short[1].contains('2'), "{short:?}");
/// assert_eq!(short[2], "QQ");
/// ```
pub fn distinct(texts: &[&str], room: f64, size: f64) -> Vec<String> {
    let short: Vec<String> = texts.iter().map(|text| shorten(text, room, size)).collect();
    let one = |(at, text): (usize, &&str)| {
        let alike = |other: usize| other != at && short[other] == short[at] && texts[other] != *text;
        let same = |other: &str| text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let common = (0..texts.len()).filter(|&other| alike(other)).map(|other| same(texts[other])).min();
        common.map_or_else(|| short[at].clone(), |common| middle_cut(text, common, (room, size)))
    };
    texts.iter().enumerate().map(one).collect()
}

/// The beginning of a text, an ellipsis, and what follows its first `common` letters, from the word on that they end in.
fn middle_cut(text: &str, common: usize, (room, size): (f64, f64)) -> String {
    let letters: Vec<char> = text.chars().collect();
    let word = letters[..common.min(letters.len())].iter().rposition(|&letter| letter == ' ');
    let from = word.map_or(common, |blank| blank + 1);
    let from = if common - from > 8 { common } else { from };
    let head: String = letters[..from.min(letters.len())].iter().collect();
    let tail: String = letters[from.min(letters.len())..].iter().collect();
    let head = shorten(&head, room * 0.4, size);
    let head = if head.ends_with('…') { head } else { format!("{}…", head.trim_end()) };
    let tail = shorten(&tail, room - width(&head, size), size);
    head + &tail
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
