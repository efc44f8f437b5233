//! A chapter as part of the page: headings below the chapter's, links to other chapters, tables that scroll.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::readable::readable;

/// How links of rustdoc to chapters begin.
const GUIDE: &str = "crate::guide::";
/// Letters of code in a line of a printed page.
const SHEET: usize = 104;
/// Items of the library whose table is a chapter of the reference.
const TABLES: [(&str, &str); 6] = [
    ("crate::scenario::settings::SETTINGS", "settings"),
    ("crate::scenario::EVENT_KINDS", "events"),
    ("crate::measure::MEASURES", "measures"),
    ("crate::study::outcome::OUTCOMES", "outcomes"),
    ("crate::equations::utility::TERMS", "terms"),
    ("crate::dynamics::PHASES", "phases"),
];

/// The events of a chapter.
pub(super) fn events(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
}

/// The chapter that a link means; `None` for one that leads out of the handbook.
pub(super) fn target(address: &str) -> Option<&str> {
    let table = TABLES.iter().find(|(item, _)| *item == address).map(|(_, chapter)| *chapter);
    table.or_else(|| address.strip_prefix(GUIDE).and_then(|path| path.rsplit("::").next()))
}

/// The chapter as HTML; anchors begin with its name, links to `chapters` lead there, links into the code are dropped.
pub(super) fn html(markdown: &str, name: &str, chapters: &[&str]) -> String {
    let mut page = Page { name, chapters, made: Vec::new(), in_cell: false, dropped: false };
    let all: Vec<Event> = events(markdown).collect();
    for (at, event) in all.iter().enumerate() {
        page.take(event.clone(), &all[at + 1..]);
    }
    let mut text = String::new();
    html::push_html(&mut text, page.made.into_iter());
    // A corner without words is no heading.
    text.replace("<th></th>", "<td></td>")
}

struct Page<'a> {
    name: &'a str,
    chapters: &'a [&'a str],
    made: Vec<Event<'a>>,
    in_cell: bool,
    /// Whether the link that is open was dropped.
    dropped: bool,
}

impl<'a> Page<'a> {
    fn take(&mut self, event: Event<'a>, rest: &[Event<'a>]) {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let id = Some(format!("{}-{}", self.name, anchor(&words(rest))).into());
                self.made.push(Event::Start(Tag::Heading { level: below(level), id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => self.made.push(Event::End(TagEnd::Heading(below(level)))),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let address = self.address(&dest_url);
                self.dropped = address.is_none();
                let link = |dest_url| Event::Start(Tag::Link { link_type, dest_url, title, id });
                self.made.extend(address.map(link));
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut self.dropped) => {}
            Event::Start(Tag::Table(alignments)) => {
                self.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">");
                self.made.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                self.made.push(event);
                self.raw("</div>\n");
            }
            Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell) => {
                self.in_cell = event == Event::Start(Tag::TableCell);
                self.made.push(event);
            }
            Event::Text(text) if self.in_cell => self.made.push(Event::Text(readable(&text).into())),
            Event::Start(Tag::CodeBlock(_)) => {
                let class = if is_wide(rest) { " class=\"wide\"" } else { "" };
                self.raw(&format!("<pre tabindex=\"0\"{class}><code>"));
            }
            Event::End(TagEnd::CodeBlock) => self.raw("</code></pre>\n"),
            Event::Start(Tag::HtmlBlock) => {
                let label = escaped(&first_words(rest));
                self.raw(&format!("<div class=\"picture\" role=\"img\" aria-label=\"Chart: {label}\">"));
            }
            Event::End(TagEnd::HtmlBlock) => self.raw("</div>\n"),
            event => self.made.push(event),
        }
    }

    fn raw(&mut self, html: &str) {
        self.made.push(Event::Html(html.to_owned().into()));
    }

    /// Where a link leads in the page; `None` when it leads into the code.
    fn address(&self, address: &CowStr<'a>) -> Option<CowStr<'a>> {
        match target(address) {
            Some(chapter) if self.chapters.contains(&chapter) => Some(format!("#{chapter}").into()),
            _ if address.starts_with("https://") => Some(address.clone()),
            _ => None,
        }
    }
}

/// Headings of a chapter stand below title, part and chapter.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// Whether a block of code has lines that are wider than a sheet of paper.
fn is_wide(code: &[Event]) -> bool {
    let inside = code.iter().take_while(|event| matches!(event, Event::Text(_)));
    let mut lines =
        inside.flat_map(|event| if let Event::Text(text) = event { text.lines() } else { "".lines() });
    lines.any(|line| line.chars().count() > SHEET)
}

/// The words of a heading whose events these are.
fn words(events: &[Event]) -> String {
    let inside = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let texts = inside.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

/// A heading as an anchor: letters and digits, with dashes between words.
fn anchor(heading: &str) -> String {
    let words = heading.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<String>>().join("-")
}

/// The first words of a drawing: its title.
fn first_words(drawing: &[Event]) -> String {
    let inside = drawing.iter().take_while(|event| matches!(event, Event::Html(_)));
    let lines =
        inside.filter_map(|event| if let Event::Html(line) = event { Some(line.as_ref()) } else { None });
    let all: String = lines.collect();
    let text = all.split("<text").nth(1).and_then(|rest| rest.split_once('>')).map_or("", |(_, rest)| rest);
    text.split('<').next().unwrap_or_default().trim().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_chapters_and_never_into_the_code() {
        let text = "[a](crate::guide::catalogue::price_war) [b](crate::dynamics::PHASES) [c](crate::stats::bca) [d](https://x.y)";
        let page = html(text, "here", &["price_war", "phases"]);
        assert_eq!(
            page,
            "<p><a href=\"#price_war\">a</a> <a href=\"#phases\">b</a> c <a href=\"https://x.y\">d</a></p>\n"
        );
    }

    #[test]
    fn headings_stand_below_the_chapter_and_carry_its_name() {
        assert_eq!(
            html("# What `x_y` is", "here", &[]),
            "<h4 id=\"here-what-x-y-is\">What <code>x_y</code> is</h4>\n"
        );
    }

    #[test]
    fn the_empty_corner_of_a_table_is_no_heading() {
        let page = html("| | a |\n|---|---|\n| b | c |\n", "here", &[]);
        assert!(page.contains("<tr><td></td><th>a</th></tr>"), "{page}");
    }

    #[test]
    fn a_drawing_is_named_by_its_title() {
        let page = html(
            "a\n\n<svg width=\"9\">\n<text x=\"1\">\nFive & \"six\"\n</text>\n</svg>\n\nb\n",
            "here",
            &[],
        );
        assert!(page.contains("aria-label=\"Chart: Five &amp; &quot;six&quot;\"><svg"), "{page}");
        assert!(page.contains("</svg>\n</div>\n<p>b</p>"), "{page}");
    }
}
