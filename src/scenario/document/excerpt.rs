//! Lines and columns of a text, and the line shown under a message.

use std::ops::Range;

use crate::scenario::fault::printable;

/// Longest excerpt, characters.
const WIDEST: usize = 100;

/// Line and column, from 1, of a byte; columns count characters.
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let byte = boundary(text, byte);
    let before = &text[..byte];
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

/// The line on which a span begins, and carets under the span's part of that line.
pub fn excerpt(text: &str, span: &Range<usize>) -> [String; 2] {
    let from = boundary(text, span.start);
    let start = text[..from].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[from..].find('\n').map_or(text.len(), |newline| from + newline);
    let line = text[start..end].trim_end_matches('\r');
    let (line, from) = window(line, from - start);
    let to = boundary(text, span.end).saturating_sub(start).saturating_sub(from.1);
    let (line, from) = (line, from.0);
    let to = boundary(line, to.clamp(from, line.len()));
    let carets = "^".repeat(width(&line[from..to]).max(1));
    [printable(line), " ".repeat(width(&line[..from])) + &carets]
}

/// The part of a long line around a byte; the byte inside it, and the bytes cut off before it.
fn window(line: &str, byte: usize) -> (&str, (usize, usize)) {
    let byte = byte.min(line.len());
    let cut = line[..byte].char_indices().rev().nth(WIDEST / 2).map_or(0, |(at, _)| at);
    let cut = if line.chars().count() <= WIDEST { 0 } else { cut };
    let rest = &line[cut..];
    let end = rest.char_indices().nth(WIDEST).map_or(rest.len(), |(at, _)| at);
    (&rest[..end], (byte - cut, cut))
}

/// The last character boundary at or before a byte.
fn boundary(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Columns that a terminal gives to a text: two for East Asian wide characters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_wide_and_cut_text() {
        assert_eq!(excerpt("a = 1\r\nb = 22\r\n", &(11..13)), ["b = 22", "    ^^"]);
        assert_eq!(excerpt("网易 = 3", &(9..10)), ["网易 = 3", "       ^"]);
        let long = format!("{}x{}", "a".repeat(300), "b".repeat(300));
        let [line, carets] = excerpt(&long, &(300..301));
        assert_eq!(line.chars().count(), 100);
        assert_eq!(line.chars().nth(carets.len() - 1), Some('x'));
    }

    #[test]
    fn positions_count_characters() {
        assert_eq!(position("网易 = 3", 9), (1, 6));
        assert_eq!(position("a\nb", 2), (2, 1));
        assert_eq!(position("", 0), (1, 1));
    }
}
