//! A chapter as plain text of a given width, for a terminal.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Chapter;
use super::markdown::events;
use super::readable::readable;

/// Columns narrower than this are not worth a table.
const NARROW: usize = 16;

/// The chapter as text; lines are at most `width` characters long, but code stays as it is.
pub fn text(chapter: &Chapter, width: usize) -> String {
    let mut writer = Writer { width, ..Writer::default() };
    writer.heading(&chapter.title, '=');
    for event in events(&chapter.markdown) {
        writer.take(event);
    }
    writer.done.trim_end().to_owned() + "\n"
}

#[derive(Default)]
struct Writer {
    width: usize,
    done: String,
    /// Words of the paragraph, heading or cell that is open.
    open: String,
    /// For every list that is open the number of its next item; none when it has bullets.
    lists: Vec<Option<u64>>,
    /// What stands before the next line of an item.
    bullet: String,
    table: Vec<Vec<String>>,
    in_table: bool,
}

impl Writer {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_table => self.open += &readable(&text),
            Event::Text(text) => self.open += &text,
            Event::Code(text) if self.in_table => self.open += &text,
            Event::Code(text) => self.open += &format!("`{text}`"),
            Event::SoftBreak | Event::HardBreak => self.open.push(' '),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag) {
        match tag {
            Tag::List(first) => {
                self.paragraph();
                self.lists.push(*first);
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.bullet = number.map_or("- ".to_owned(), |number| {
                    *number += 1;
                    format!("{}. ", *number - 1)
                });
            }
            Tag::CodeBlock(_) => self.paragraph(),
            Tag::Table(_) => self.in_table = true,
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let heading = std::mem::take(&mut self.open);
                self.heading(&heading, if level == HeadingLevel::H1 { '-' } else { '.' });
            }
            TagEnd::Paragraph | TagEnd::Item => self.paragraph(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.done.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.open);
                self.done.extend(code.lines().map(|line| format!("    {line}\n")));
                self.done.push('\n');
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.open);
                self.table.last_mut().expect("a row").push(cell);
            }
            TagEnd::Table => self.rows(),
            TagEnd::HtmlBlock => {
                self.done += "[The page that `ecotone guide` writes has a picture here.]\n\n"
            }
            _ => {}
        }
    }

    fn heading(&mut self, words: &str, line: char) {
        let words = words.replace('`', "");
        self.done += &format!("{words}\n{}\n\n", String::from(line).repeat(words.chars().count()));
    }

    fn paragraph(&mut self) {
        let words = std::mem::take(&mut self.open);
        if words.trim().is_empty() {
            return;
        }
        let depth = 2 * self.lists.len();
        let bullet = std::mem::take(&mut self.bullet);
        let first = format!("{}{bullet}", " ".repeat(depth.saturating_sub(bullet.len())));
        self.done += &filled(&words, &first, &" ".repeat(depth), self.width);
        if self.lists.is_empty() {
            self.done.push('\n');
        }
    }

    /// A table in columns where it fits, else every row as a paragraph with its headings.
    fn rows(&mut self) {
        self.in_table = false;
        let table = std::mem::take(&mut self.table);
        let columns = table.first().map_or(0, Vec::len);
        let widest = |column: usize| {
            table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        let before: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum();
        if before + widths.last().copied().unwrap_or(0).min(NARROW) <= self.width {
            let column = |(at, cell): (usize, &String)| {
                if at + 1 < columns { format!("{cell:width$}  ", width = widths[at]) } else { String::new() }
            };
            for row in &table {
                let first: String = row.iter().enumerate().map(column).collect();
                let last = row.last().map_or("", String::as_str);
                let last = if last.is_empty() { " " } else { last };
                self.done += &filled(last, &first, &" ".repeat(before), self.width);
            }
        } else {
            let (head, rows) = table.split_first().expect("a head");
            for row in rows {
                self.done += &filled(&row[0], "", "  ", self.width);
                for (what, cell) in head.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty()) {
                    self.done += &filled(&format!("{what}: {cell}"), "    ", "      ", self.width);
                }
            }
        }
        self.done.push('\n');
    }
}

/// Words in lines of at most `width` characters, the first after one text, the others after another.
fn filled(words: &str, first: &str, others: &str, width: usize) -> String {
    let (mut text, mut line) = (String::new(), first.to_owned());
    let mut is_empty = true;
    for word in words.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            text += line.trim_end();
            text.push('\n');
            line = others.to_owned();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    text + line.trim_end() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(markdown: &str, width: usize) -> String {
        let chapter = Chapter { name: "x".into(), title: "Title".into(), markdown: markdown.into() };
        text(&chapter, width).strip_prefix("Title\n=====\n\n").expect("a title").to_owned()
    }

    #[test]
    fn paragraphs_lists_and_code_keep_their_shapes() {
        let written = "One two three\nfour five.\n\n- a `b` c d e f\n  g\n- h\n\n```text\n  code   stays as it is, however long\n```\n";
        let shown = "One two three\nfour five.\n\n- a `b` c d e\n  f g\n- h\n\n      code   stays as it is, however long\n";
        assert_eq!(of(written, 14), shown);
    }

    #[test]
    fn a_table_is_set_in_columns_or_told_row_by_row() {
        let table = "| name | meaning |\n|---|---|\n| `a` | first of all |\n| b | 71780860 |\n";
        assert_eq!(of(table, 80), "name  meaning\na     first of all\nb     71,780,860\n");
        let wide = "| name | a heading | b |\n|---|---|---|\n| `a` | first of all | second |\n";
        assert_eq!(of(wide, 24), "a\n    a heading: first of\n      all\n    b: second\n");
    }
}
