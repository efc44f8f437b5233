//! What the report page promises: every chart with its values and table, one policy, no address, inert text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::report::facts;
use crate::report_story::{HOSTILE, Invented};
use ecotone::report::chart::look::{Look, Size, Theme};
use ecotone::report::chart::{canvas, leaves, typeface};
use ecotone::report::picture::Leaf;
use ecotone::report::{csv, policy, publish};
use ecotone::table::{Cell, Cells, Kind, Table, Unit};
use serde_json::Value;

/// A page with its charts; the names are those of the platforms.
fn page(names: &[&str]) -> (String, Vec<Leaf>) {
    let invented = Invented::new(names, 20);
    let place = tempfile::tempdir().unwrap();
    publish(&invented.story(), &place.path().join("out"), false, &facts()).unwrap();
    (fs::read_to_string(place.path().join("out/report.html")).unwrap(), leaves(&invented.story()))
}

/// The part of the page between the tags of a chart's figure.
fn figure<'a>(page: &'a str, name: &str) -> &'a str {
    let start = page.find(&format!("<figure id=\"{name}\"")).unwrap_or_else(|| panic!("{name} is missing"));
    &page[start..start + page[start..].find("</figure>").unwrap()]
}

fn readings(figure: &str) -> Value {
    let opening = "class=\"readings\">";
    let start = figure.find(opening).unwrap() + opening.len();
    serde_json::from_str(&figure[start..start + figure[start..].find("</script>").unwrap()]).unwrap()
}

#[test]
fn every_chart_has_its_values_its_legend_and_its_table() {
    let (page, leaves) = page(&["NetEase Cloud Music", "QQ Music"]);
    for leaf in leaves {
        let (figure, sheet) = (figure(&page, &leaf.name), &leaf.sheet);
        assert!(figure.contains("role=\"img\" aria-label=\""), "{}", leaf.name);
        let rows = figure.split("<tbody>").nth(1).unwrap().matches("<tr>").count();
        assert!(rows > 0, "{} has no row", leaf.name);
        let read = readings(figure);
        assert_eq!(read["series"].as_array().unwrap().len(), sheet.facts.series.len());
        for number in 0..sheet.facts.series.len() {
            assert!(figure.contains(&format!("<g data-s=\"{number}\">")), "{}: series {number}", leaf.name);
        }
        let buttons = figure.matches("aria-pressed").count();
        assert_eq!(buttons, if sheet.facts.series.len() > 1 { sheet.facts.series.len() } else { 0 });
        let is_empty = figure.contains("No data: ");
        assert!(is_empty || sheet.facts.is_readable(), "{} says nothing to a pointer", leaf.name);
    }
}

/// 20 replications: home survival of the invented story is read at its first and last age.
#[test]
fn values_under_the_pointer_are_those_of_the_table() {
    let (page, _) = page(&["Alpha", "Beta"]);
    let read = readings(figure(&page, "home_survival"));
    let probe = &read["probes"][0];
    assert_eq!(probe["stops"][0][1], "0");
    assert_eq!(
        probe["tracks"][0]["readings"][0][1].as_str().unwrap().split(' ').next(),
        Some("100.0\u{202f}%")
    );
    let [stops, readings] =
        [&probe["stops"], &probe["tracks"][0]["readings"]].map(|it| it.as_array().unwrap());
    assert_eq!(stops.len(), readings.len());
    assert!(
        readings.iter().filter_map(|it| it[1].as_str()).all(|text| text.contains(" to ")),
        "intervals are told"
    );
}

#[test]
fn identifiers_are_unique_and_links_arrive() {
    for names in [&["A", "B"][..], &HOSTILE[..]] {
        let (page, _) = page(names);
        let quoted = |mark: &str| -> Vec<String> {
            page.match_indices(mark)
                .map(|(at, _)| page[at + mark.len()..].split('"').next().unwrap().to_owned())
                .collect()
        };
        let all = quoted(" id=\"");
        let unique: BTreeSet<&String> = all.iter().collect();
        assert_eq!(all.len(), unique.len(), "{all:?}");
        for target in quoted("href=\"#") {
            assert!(unique.contains(&target), "#{target} leads nowhere");
        }
        for target in quoted("aria-labelledby=\"") {
            assert!(unique.contains(&target), "{target}");
        }
    }
}

#[test]
fn nothing_on_the_page_comes_from_elsewhere() {
    let (page, _) = page(&["A", "B"]);
    let opening = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';";
    assert!(page.contains(opening) && !page.contains("connect-src"));
    assert!(
        page.contains(&format!("<script>{}</script>", policy::SCRIPT)),
        "the script is the one of the policy"
    );
    for foreign in ["src=\"", "url(", "@import", "<link", "<iframe", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.len() < 3 << 20, "{} bytes", page.len());
}

#[test]
fn text_that_could_be_markup_formula_or_upside_down_stays_text() {
    let long = "x".repeat(200);
    let names =
        ["=1+1<b>&\"'", "\u{202e}مرحبا بالعالم", &long, "</script><script>alert(1)//", "-2+3", "网易云音乐"];
    let (page, leaves) = page(&names);
    assert_eq!(page.matches("<script>").count(), 1);
    assert!(!page.contains("<b>") && !page.contains('\u{202e}'));
    assert!(page.contains("=1+1&lt;b&gt;"));
    for leaf in leaves {
        let svg = canvas::svg(&leaf.sheet, Theme::Dark).unwrap();
        crate::report::assert_well_formed(&svg, &leaf.name);
        let read = readings(figure(&page, &leaf.name));
        assert!(read.is_object());
    }
}

#[test]
fn a_long_name_keeps_inside_its_chart() {
    let long = "A platform with a name that nobody would print on a ticket ".repeat(4);
    let invented = Invented::new(&[&long[..200], "B"], 20);
    for leaf in leaves(&invented.story()) {
        for shape in &leaf.sheet.shapes {
            let ecotone::report::chart::sheet::Shape::Text(text) = shape else { continue };
            let wide = typeface::width(&text.text, text.size);
            assert!(wide <= 960.0, "{}: {}", leaf.name, text.text);
        }
    }
}

fn pixels(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn pictures_have_the_size_and_the_ground_that_were_asked_for() {
    let invented = Invented::new(&["网易云音乐", "QQ音乐"], 20);
    let leaf = &leaves(&invented.story())[0];
    for (theme, ground) in [(Theme::Light, [255; 3]), (Theme::Dark, [20, 23, 27])] {
        for (size, wanted) in [(Size::Slide, (1600, 900)), (Size::Thumbnail, (400, 225))] {
            let (width, height, pixels) = pixels(&canvas::png(&leaf.sheet, Look { theme, size }).unwrap());
            assert_eq!((width, height), wanted);
            assert_eq!(pixels[..3], ground);
        }
    }
}

/// The glyphs of Noto Sans CJK SC fill their em: 1 em wide, with ink, and no two of these are alike.
#[test]
fn chinese_names_are_drawn_in_pixels() {
    assert_eq!(typeface::missing("网易云音乐 酷狗 咪咕 汽水音乐 虾米"), "");
    assert!((typeface::width("网易云音乐", 10.0) - 50.0).abs() < 1e-9);
    let drawn: Vec<Vec<u8>> = "网易云音乐"
        .chars()
        .map(|letter| {
            let mut sheet = ecotone::report::chart::sheet::Sheet::new("", "", "", 100.0);
            sheet.text((100.0, 80.0), 40.0, &letter.to_string(), |_| ());
            pixels(&canvas::png(&sheet, Look::default()).unwrap()).2
        })
        .collect();
    let dark = |pixels: &Vec<u8>| pixels.iter().filter(|&&part| part < 128).count();
    assert!(drawn.iter().all(|one| dark(one) > 800), "{:?}", drawn.iter().map(dark).collect::<Vec<_>>());
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 5);
}

#[test]
fn a_table_read_back_from_its_csv_is_the_table() {
    let columns = [
        ("name", Kind::Text, Unit::Label),
        ("age", Kind::Integer, Unit::Days),
        ("value", Kind::Number, Unit::Share),
    ];
    let mut table = Table::new("odd", "Odd", &columns);
    let texts = ["=1+1", "'=1+1", "''-2", "'quoted'", "plain", "", "a,\"b\"\nc", "@x", "\t", "网"];
    for (index, text) in texts.iter().enumerate() {
        let value = [0.1 + 0.2, f64::NAN, -0.0, f64::MAX][index % 4];
        table.push(&[Cell::Text(text), Cell::Integer(index as i64 - 3), Cell::Number(value)]);
    }
    let mut read = Table::new("odd", "Odd", &columns);
    csv::fill(&mut read, &csv::table_bytes(&table).unwrap()).unwrap();
    let bits = |table: &Table| match &table.columns[2].cells {
        Cells::Number(values) => values.iter().map(|value| value.to_bits()).collect::<Vec<_>>(),
        _ => unreachable!(),
    };
    assert_eq!(bits(&read), bits(&table));
    assert_eq!(read.columns[..2], table.columns[..2]);
    let broken =
        csv::fill(&mut Table::new("odd", "Odd", &columns), b"name,age,value\nx,1.5,2\n").unwrap_err();
    assert_eq!(broken, "line 2, column age: \"1.5\" is not a whole number");
}

/// Published into the build folder, where it can be looked at.
#[test]
fn a_page_in_chinese_can_be_looked_at() {
    let invented = Invented::new(&["网易云音乐", "QQ音乐", "酷狗音乐"], 20);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report/chinese");
    publish(&invented.story(), &folder, true, &facts()).unwrap();
    assert!(fs::read_to_string(folder.join("charts/share.svg")).unwrap().contains("网易云音乐"));
}
