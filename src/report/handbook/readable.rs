//! Numbers of tables as a reader wants them: pages of the catalogue hold every digit, the handbook shows four of fractions.

/// Digits that are shown of a fraction that has more than six.
const SHOWN: i32 = 4;

/// A text whose long fractions are rounded to four digits, and whose numbers have commas between thousands.
pub(super) fn readable(text: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '.';
    let mut shown = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let tail = &rest[begin..];
        let end = tail.find(|letter| !is_part(letter)).unwrap_or(tail.len());
        shown += &rest[..begin];
        shown += &number(&tail[..end]);
        rest = &tail[end..];
    }
    shown + rest
}

fn number(digits: &str) -> String {
    let significant = digits.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count();
    match digits.parse::<f64>() {
        Ok(x) if significant > 6 && x > 0.0 && digits.contains('.') => rounded(x),
        Ok(_) if digits.len() > 4 && digits.bytes().all(|digit| digit.is_ascii_digit()) => thousands(digits),
        _ => digits.to_owned(),
    }
}

fn rounded(x: f64) -> String {
    let scientific = format!("{x:.*e}", (SHOWN - 1) as usize);
    let power: i32 = scientific.split('e').nth(1).and_then(|power| power.parse().ok()).unwrap_or(0);
    let kept: f64 = scientific.parse().unwrap_or(x);
    let decimals = (SHOWN - 1 - power).max(0) as usize;
    let text = format!("{kept:.decimals$}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let whole = thousands(whole);
    if part.is_empty() { whole } else { format!("{whole}.{part}") }
}

fn thousands(digits: &str) -> String {
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn long_numbers_keep_four_digits() {
        for (written, shown) in [
            ("-1333989941.4063075 to -1275252689.1528332", "-1,334,000,000 to -1,275,000,000"),
            ("0.00009169630985182285", "0.0000917"),
            ("6.899999999999997", "6.9"),
            ("71780860", "71,780,860"),
            ("440360 of 20000 in 2021", "440,360 of 20,000 in 2021"),
            ("0.9999999", "1"),
            ("0..=9223372036854775807", "0..=9,223,372,036,854,775,807"),
            ("2021-07-24, 10.6 per cent, V05, 1.2.3", "2021-07-24, 10.6 per cent, V05, 1.2.3"),
        ] {
            assert_eq!(readable(written), shown);
        }
    }
}
