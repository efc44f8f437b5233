//! Plain text in aligned columns. Widths are those on a terminal, where a Chinese letter takes two places.

use unicode_width::UnicodeWidthStr;

/// A last column is never made narrower, letters.
const NARROWEST: usize = 24;

/// Rows of cells as lines, each column as wide as its widest cell, two spaces between columns.
pub fn align(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.iter().map(Vec::len).max().unwrap_or(0)).map(width).collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

/// The same within so many letters a line: the last cell of a row goes on below itself.
pub fn align_within(rows: &[Vec<String>], width: usize) -> String {
    let last = rows.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(1);
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let before: usize = (0..last).map(|column| widest(column) + 2).sum();
    let room = width.saturating_sub(before).max(NARROWEST);
    let broken = rows.iter().flat_map(|row| {
        let lines = row.get(last).map_or(Vec::new(), |cell| broken(cell, room));
        (0..lines.len().max(1)).map(move |at| {
            let cell = |(column, cell): (usize, &String)| match (column == last, at) {
                (true, _) => lines[at].clone(),
                (false, 0) => cell.clone(),
                (false, _) => String::new(),
            };
            row.iter().enumerate().map(cell).collect()
        })
    });
    align(&broken.collect::<Vec<Vec<String>>>())
}

/// A text in lines of at most so many letters, broken between words.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn line(row: &[String], widths: &[usize]) -> String {
    let padded = |(cell, &width): (&String, &usize)| {
        format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
    };
    let cells: Vec<String> = row.iter().zip(widths).map(padded).collect();
    format!("{}\n", cells.join("  ").trim_end())
}

/// Indents every line by two spaces.
pub fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}

/// A count with a comma between thousands.
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: "1 day", "2 days".
pub fn counted(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", thousands(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [vec!["a".to_owned(), "1".to_owned()], vec!["网易云".to_owned(), "22".to_owned()]];
        assert_eq!(align(&rows), "a       1\n网易云  22\n", "three Chinese letters take six places");
    }

    #[test]
    fn the_last_column_goes_on_below_itself() {
        let rows = [
            vec!["a".to_owned(), "one two three four five six".to_owned()],
            vec!["bc".to_owned(), "x".to_owned()],
        ];
        assert_eq!(align_within(&rows, 28), "a   one two three four five\n    six\nbc  x\n");
        assert_eq!(align_within(&rows, usize::MAX), align(&rows));
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1,000");
        assert_eq!(thousands(69_123_456), "69,123,456");
        assert_eq!(counted(1, "fault"), "1 fault");
        assert_eq!(counted(1_000, "day"), "1,000 days");
    }
}
