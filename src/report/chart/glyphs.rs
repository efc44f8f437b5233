//! Which letters the embedded typeface can draw, read from its own character map.

use crate::report::chart::typeface::PLAIN;

/// The letters of a text that a PNG shows as boxes, each once, in order.
///
/// ```
/// use ecotone::report::chart::glyphs::missing;
/// assert_eq!(missing("QQ Music – Ä é Ω"), "");
/// assert_eq!(missing("网易云 music 网"), "网易云");
/// ```
pub fn missing(text: &str) -> String {
    let mut found = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if !is_drawn(letter) && !found.contains(letter) {
            found.push(letter);
        }
    }
    found
}

/// Source: OpenType 1.9, table `cmap`, format 4.
fn is_drawn(letter: char) -> bool {
    let (Ok(code), Some(map)) = (u16::try_from(u32::from(letter)), format_four()) else { return false };
    let segments = usize::from(word(map, 6) / 2);
    let (ends, starts) = (14, 16 + 2 * segments);
    let (deltas, offsets) = (starts + 2 * segments, starts + 4 * segments);
    let Some(segment) = (0..segments).find(|segment| word(map, ends + 2 * segment) >= code) else {
        return false;
    };
    let start = word(map, starts + 2 * segment);
    if start > code {
        return false;
    }
    let (delta, offset) = (word(map, deltas + 2 * segment), word(map, offsets + 2 * segment));
    if offset == 0 {
        return code.wrapping_add(delta) != 0;
    }
    word(map, offsets + 2 * segment + usize::from(offset) + 2 * usize::from(code - start)) != 0
}

/// The subtable that maps sixteen-bit codes to glyphs.
fn format_four() -> Option<&'static [u8]> {
    let tables = usize::from(word(PLAIN, 4));
    let entry =
        (0..tables).map(|index| 12 + 16 * index).find(|&at| PLAIN.get(at..at + 4) == Some(b"cmap"))?;
    let cmap = PLAIN.get(long(PLAIN, entry + 8)..)?;
    let maps = (0..usize::from(word(cmap, 2))).map(|index| long(cmap, 4 + 8 * index + 4));
    maps.filter_map(|at| cmap.get(at..)).find(|map| word(map, 0) == 4)
}

fn word(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |pair| u16::from_be_bytes([pair[0], pair[1]]))
}

fn long(bytes: &[u8], at: usize) -> usize {
    usize::from(word(bytes, at)) << 16 | usize::from(word(bytes, at + 2))
}
